//! The token endpoint: what it gives, why it does not, and what tokens are good for.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use support::{Reply, TestApp, both_databases, exchange};

use super::told;

/// The status and the error of a refusal, which nobody on the way may keep.
fn refusal(reply: &Reply) -> (u16, String) {
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
    assert_eq!(reply.header("content-type"), "application/json;charset=UTF-8");
    let body = reply.json();
    assert!(body["error_description"].as_str().is_some_and(|words| !words.is_empty()), "{body}");
    assert_eq!(body.get("access_token"), None);
    (reply.status, body["error"].as_str().expect("an error").to_owned())
}

both_databases! {
    async fn a_token_is_given_to_who_proves_to_be_the_account(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read roster:write journal:read").await;
        let reply = app.ask_as(&account, "journal:read roster:read").await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
        assert_eq!(reply.header("content-type"), "application/json;charset=UTF-8");
        let body = reply.json();
        let token = body["access_token"].as_str().expect("a token");
        assert!(token.starts_with("upsk_token_"), "{token}");
        let rest = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3_600, "scope": "roster:read journal:read" });
        assert_eq!(body, rest);
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{}:{}", account.id, account.secret)));
        let by_header = app.ask_for_token(&[("authorization", &basic)], "grant_type=client_credentials").await;
        assert_eq!(by_header.json()["scope"], "roster:read roster:write journal:read");
        assert_ne!(by_header.json()["access_token"], json!(token));
        // Only digests are kept.
        assert_eq!(app.number(&format!("SELECT COUNT(*) FROM access_token WHERE digest LIKE '%{}%'", &token[11..])).await, 0);
        let secrets = told(&app, &account.id).await["secrets"].clone();
        assert_eq!(secrets[0]["lastUsedAt"], "2026-03-02T09:00:00Z");
    }

    async fn every_flaw_has_the_error_of_the_standard_and_writes_nothing(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        let other = app.service_account("northwind", "LMS", "learning:read").await;
        let (id, secret) = (&account.id, &account.secret);
        let client = format!("client_id={id}&client_secret={secret}");
        let grant = "grant_type=client_credentials";
        let mut witness = app.witness().await;
        for (form, status, error) in [
            (String::new(), 400, "invalid_request"),
            (client.clone(), 400, "invalid_request"),
            (format!("{grant}&{grant}&{client}"), 400, "invalid_request"),
            (format!("grant_type=password&{client}"), 400, "unsupported_grant_type"),
            (grant.to_owned(), 401, "invalid_client"),
            (format!("{grant}&client_id={id}&client_secret=guess"), 401, "invalid_client"),
            (format!("{grant}&client_id={id}&client_secret={}", other.secret), 401, "invalid_client"),
            (format!("{grant}&client_id={}&client_secret={secret}", other.id), 401, "invalid_client"),
            (format!("{grant}&client_id=nobody&client_secret={secret}"), 401, "invalid_client"),
            (format!("{grant}&client_id=service_account_00000000000000000000000000&client_secret={secret}"), 401, "invalid_client"),
            (format!("{grant}&client_id={id}&client_secret=guess&scope=everything"), 401, "invalid_client"),
            (format!("{grant}&{client}&scope=everything"), 400, "invalid_scope"),
            (format!("{grant}&{client}&scope=roster:read+journal:read"), 400, "invalid_scope"),
        ] {
            let reply = app.ask_for_token(&[], &form).await;
            assert_eq!(refusal(&reply), (status, error.to_owned()), "{form}");
            let challenge = if status == 401 { "Basic realm=\"/oauth/token\", charset=\"UTF-8\"" } else { "" };
            assert_eq!(reply.header("www-authenticate"), challenge);
            assert!(!reply.text.contains(secret.as_str()), "{}", reply.text);
        }
        let (router, route) = (app.router(), ("POST", "/oauth/token"));
        let json_body = exchange(&router, route, &[("content-type", "application/json")], "{}").await;
        assert_eq!(refusal(&json_body), (400, "invalid_request".to_owned()));
        let long = format!("{grant}&{client}&scope={}", "x".repeat(app.config.http.body_limit_bytes));
        assert_eq!(refusal(&app.ask_for_token(&[], &long).await), (413, "invalid_request".to_owned()));
        let got = exchange(&router, ("GET", "/oauth/token"), &[], "").await;
        assert_eq!((got.status, got.header("allow")), (405, "POST"));
        assert!(!witness.wrote().await);
    }

    async fn a_token_is_good_for_an_hour_and_for_nobody_else(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        let token = app.access_token(&account).await;
        let caller = app.bearer(&token);
        let who = "{ viewer { employee { id } roles serviceAccount { id name scopes } } employer { slug } }";
        assert_eq!(caller.ask(who).await.json["data"], json!({
            "viewer": {
                "employee": null, "roles": [],
                "serviceAccount": { "id": account.id, "name": "HRIS", "scopes": ["ROSTER_READ"] },
            },
            "employer": { "slug": "northwind" },
        }));
        assert_eq!(app.caller("northwind", "E1").ask(who).await.data("/viewer/serviceAccount"), json!(null));
        for forged in ["upsk_token_", &token[..74], &format!("{token}0"), &token.to_uppercase().replace("UPSK_TOKEN_", "upsk_token_")] {
            let refused = app.bearer(forged).ask(who).await;
            assert_eq!((refused.status, refused.code()), (401, "UNAUTHENTICATED"), "{forged}");
        }
        // The secret is no token.
        assert_eq!(app.bearer(&account.secret).ask(who).await.status, 401);
        app.clock.advance(TimeDelta::seconds(3_599));
        assert_eq!(caller.ask(who).await.status, 200);
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(caller.ask(who).await.status, 401);
    }

    async fn employers_keep_their_accounts_to_themselves(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read people:act").await;
        let namesake = app.account("southwind", "HRIS", "roster:read people:act").await;
        let people = "{ employees(first: 100) { nodes { id } } }";
        let theirs = namesake.ask(people).await.data("/employees/nodes");
        let caller = app.bearer(&app.access_token(&account).await);
        let ours = caller.ask(people).await.data("/employees/nodes");
        let ids = |list: &Value| list.as_array().expect("people").iter().map(|person| person["id"].clone()).collect::<Vec<_>>();
        assert_eq!((ids(&ours).len(), ids(&theirs).len()), (12, 12));
        assert!(ids(&ours).iter().all(|id| !ids(&theirs).contains(id)));
        let find = "query($id: ID!) { serviceAccount(id: $id) { id } node(id: $id) { id } }";
        let found = app.caller("southwind", "X1").send(find, json!({ "id": account.id })).await;
        assert_eq!(found.json["data"], json!({ "serviceAccount": null, "node": null }));
        let list = app.caller("southwind", "X1").ask("{ serviceAccounts { totalCount nodes { name } } }").await;
        assert_eq!(list.data("/serviceAccounts"), json!({ "totalCount": 1, "nodes": [{ "name": "HRIS" }] }));
        let revoke = "mutation($id: ID!) { revokeServiceAccount(input: { id: $id }) { userErrors { code } } }";
        assert_eq!(app.caller("southwind", "X1").send(revoke, json!({ "id": account.id })).await.code(), "NOT_FOUND");
        assert_eq!(caller.ask(people).await.status, 200);
    }

    async fn the_last_use_is_written_down_once_a_minute(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        let caller = app.bearer(&app.access_token(&account).await);
        let ask = "{ employer { name } }";
        let last_used = async || told(&app, &account.id).await["lastUsedAt"].clone();
        assert_eq!(last_used().await, json!(null));
        let statements = async || upskill_persistence::counted(caller.ask(ask)).await.1;
        // Who asks and the employer; and when it is time, one to write it down between the ends of a transaction of its own.
        let (quiet, first) = (2, statements().await);
        assert_eq!(last_used().await, json!("2026-03-02T09:00:00Z"));
        assert!(first > quiet, "{first}");
        let mut witness = app.witness().await;
        app.clock.advance(TimeDelta::seconds(59));
        assert_eq!(statements().await, quiet);
        assert!(!witness.wrote().await);
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(statements().await, first);
        assert_eq!(last_used().await, json!("2026-03-02T09:01:00Z"));
    }
}
