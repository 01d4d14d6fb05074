//! Documents that are named instead of sent, and servers that take no others.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::{Reply, TestApp};

use super::{northwind, northwind_with, post};

const DOCUMENT: &str = "{ viewer { employee { externalId } } }";

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

async fn ask(app: &TestApp, parameters: Value) -> Reply {
    post(app, parameters.to_string()).await
}

fn automatic(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[tokio::test]
async fn a_document_is_sent_once_and_then_named_by_its_hash() {
    let app = northwind().await;
    let hash = hash(DOCUMENT);
    let unknown = ask(&app, json!({ "extensions": automatic(&hash) })).await;
    assert_eq!(
        (unknown.code(), unknown.message()),
        ("PERSISTED_QUERY_NOT_FOUND".to_owned(), "PersistedQueryNotFound".to_owned())
    );
    let sent = ask(&app, json!({ "query": DOCUMENT, "extensions": automatic(&hash) })).await;
    assert_eq!(sent.json()["data"]["viewer"]["employee"]["externalId"], "E1");
    for named in
        [json!({ "extensions": automatic(&hash) }), json!({ "documentId": format!("sha256:{hash}") })]
    {
        assert_eq!(ask(&app, named).await.json(), sent.json());
    }
}

#[tokio::test]
async fn a_hash_cannot_be_taken_for_another_document() {
    let app = northwind().await;
    let foreign = hash("{ employer { name } }");
    for parameters in [
        json!({ "query": DOCUMENT, "extensions": automatic(&foreign) }),
        json!({ "query": DOCUMENT, "documentId": format!("sha256:{foreign}") }),
        json!({ "documentId": "sha256:xyz" }),
        json!({ "extensions": { "persistedQuery": { "version": 2, "sha256Hash": foreign } } }),
        json!({ "extensions": { "persistedQuery": 7 } }),
    ] {
        let reply = ask(&app, parameters.clone()).await;
        assert_eq!((reply.status, reply.code()), (400, "BAD_USER_INPUT".to_owned()), "{parameters}");
    }
    assert_eq!(
        ask(&app, json!({ "extensions": automatic(&foreign) })).await.code(),
        "PERSISTED_QUERY_NOT_FOUND"
    );
}

#[tokio::test]
async fn a_document_that_was_refused_is_not_kept() {
    let app = northwind().await;
    let wrong = "{ nothing }";
    let extensions = automatic(&hash(wrong));
    assert_eq!(
        ask(&app, json!({ "query": wrong, "extensions": extensions })).await.code(),
        "GRAPHQL_VALIDATION_FAILED"
    );
    assert_eq!(ask(&app, json!({ "extensions": extensions })).await.code(), "PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn a_server_may_take_only_the_documents_of_its_manifest() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = folder.path().join("documents.json");
    let known = format!("sha256:{}", hash(DOCUMENT));
    let documents = json!({ known.as_str(): DOCUMENT, "inbox": "{ viewer { roles } }" });
    std::fs::write(&manifest, documents.to_string()).expect("the manifest is written");
    let app = northwind_with(&[
        ("UPSKILL__GRAPHQL__TRUSTED_DOCUMENTS", manifest.to_str().expect("a path in UTF-8")),
        ("UPSKILL__GRAPHQL__TRUSTED_ONLY", "true"),
    ])
    .await;
    for parameters in [
        json!({ "documentId": known }),
        json!({ "query": DOCUMENT }),
        json!({ "documentId": "inbox" }),
        json!({ "extensions": automatic(&hash(DOCUMENT)) }),
    ] {
        let reply = ask(&app, parameters.clone()).await;
        assert_eq!((reply.status, reply.code()), (200, String::new()), "{parameters}: {}", reply.text);
    }
    let stranger = "{ employer { name } }";
    for parameters in [
        json!({ "query": stranger }),
        json!({ "query": stranger, "extensions": automatic(&hash(stranger)) }),
        json!({ "extensions": automatic(&hash(stranger)) }),
        json!({ "documentId": "outbox" }),
        json!({ "query": "{ __schema { types { name } } }" }),
    ] {
        let reply = ask(&app, parameters.clone()).await;
        assert_eq!((reply.status, reply.code()), (400, "DOCUMENT_NOT_TRUSTED".to_owned()), "{parameters}");
    }
}
