//! Documents that a client names instead of sending them.
//!
//! Three ways lead to a text: `documentId`, Apollo's automatic persisted queries (a hash in the extensions, sent
//! with the text once), and the manifest, a file of documents that a team has reviewed. With `trusted_only` the
//! manifest is all there is.

use std::{
    collections::{HashMap, HashSet},
    io,
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
};

use async_graphql::Value;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use super::{codes, documents::Document, limits::Limits, parameters::Parameters, refusal::Refusal};
use crate::config::GraphqlConfig;

const SHA256: &str = "sha256:";

type Hash = [u8; 32];

/// Why the manifest cannot be used. The server does not start with one that it cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("the document manifest {0} cannot be read: {1}")]
    Unreadable(PathBuf, io::Error),
    /// The file is not one JSON object of texts.
    #[error("the document manifest {0} has to be a JSON object of document id to document text: {1}")]
    Malformed(PathBuf, serde_json::Error),
    /// A document is not what its id says, or keeps no limit.
    #[error("the document {id} of the manifest cannot be used: {reason}")]
    Document {
        /// The document's id in the manifest.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The documents that the server knows without being sent them.
pub(super) struct PersistedDocuments {
    manifest: HashMap<String, Arc<str>>,
    trusted: HashSet<Arc<str>>,
    trusted_only: bool,
    registered: Cache<Hash, Arc<str>, TextWeight>,
}

/// A document's text, and the hash under which to keep it once it has proven good.
#[derive(Debug)]
pub(super) struct Source {
    pub text: Text,
    pub register: Option<Hash>,
}

/// A text that came with the request, or one that is kept.
#[derive(Debug)]
pub(super) enum Text {
    Sent(String),
    Kept(Arc<str>),
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Sent(text) => text,
            Self::Kept(text) => text,
        }
    }
}

impl Text {
    pub(super) fn into_shared(self) -> Arc<str> {
        match self {
            Self::Sent(text) => text.into(),
            Self::Kept(text) => text,
        }
    }
}

impl PersistedDocuments {
    pub(super) fn load(config: &GraphqlConfig, limits: &Limits) -> Result<Self, ManifestError> {
        let manifest =
            config.trusted_documents.as_deref().map_or_else(|| Ok(HashMap::new()), read_manifest)?;
        for (id, text) in &manifest {
            let unusable = |reason: String| ManifestError::Document { id: id.clone(), reason };
            Document::read(text, limits).map_err(|refusal| unusable(refusal.error.message))?;
            if id.strip_prefix(SHA256).is_some_and(|hex| parse_hash(hex) != Some(hash(text))) {
                return Err(unusable("its text has another hash".to_owned()));
            }
        }
        Ok(Self {
            trusted: manifest.values().cloned().collect(),
            manifest,
            trusted_only: config.trusted_only,
            registered: Cache::with_weighter(1_000, config.registered_documents_bytes, TextWeight),
        })
    }

    /// The text that a request means.
    pub(super) fn resolve(&self, parameters: &mut Parameters) -> Result<Source, Refusal> {
        match (Reference::of(parameters)?, parameters.query.take()) {
            (None, None) => Err(Refusal::bad_request(
                "the parameter \"query\" is missing; send a document as a string, or \"documentId\"",
            )),
            (None, Some(text)) => self.trust(Source { text: Text::Sent(text), register: None }),
            (Some(reference), None) => {
                let text = self.find(&reference).ok_or_else(|| self.unknown(&reference))?;
                Ok(Source { text: Text::Kept(text), register: None })
            }
            (Some(reference), Some(text)) => {
                let register = match &reference {
                    Reference::Hash { hash: expected, .. } if *expected == hash(&text) => Some(*expected),
                    Reference::Name(name) if self.manifest.get(name).is_some_and(|kept| **kept == *text) => {
                        None
                    }
                    _ => return Err(Refusal::bad_request(reference.mismatch())),
                };
                self.trust(Source { text: Text::Sent(text), register })
            }
        }
    }

    /// Keeps a document that was executed, so that its hash will do the next time.
    pub(super) fn register(&self, hash: Hash, text: Arc<str>) {
        if !self.trusted_only {
            self.registered.insert(hash, text);
        }
    }

    fn find(&self, reference: &Reference) -> Option<Arc<str>> {
        match reference {
            Reference::Name(name) => self.manifest.get(name).cloned(),
            Reference::Hash { hash, id, .. } => {
                self.manifest.get(id).cloned().or_else(|| self.registered.get(hash))
            }
        }
    }

    fn trust(&self, source: Source) -> Result<Source, Refusal> {
        if self.trusted_only && !self.trusted.contains(&*source.text) {
            let message = "this server answers the documents of its manifest only, and this is none of them";
            return Err(Refusal::new(codes::DOCUMENT_NOT_TRUSTED, message));
        }
        Ok(source)
    }

    fn unknown(&self, reference: &Reference) -> Refusal {
        match reference {
            _ if self.trusted_only => Refusal::new(
                codes::DOCUMENT_NOT_TRUSTED,
                "this server answers the documents of its manifest only, and knows none of this id",
            ),
            // These words are what Apollo's clients wait for before they send the text.
            Reference::Hash { automatic: true, .. } => {
                Refusal::new(codes::PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
            }
            _ => Refusal::new(
                codes::PERSISTED_QUERY_NOT_FOUND,
                "no document of this \"documentId\" is known; send it once together with its text in \"query\"",
            ),
        }
    }
}

/// How a request names a document.
enum Reference {
    Name(String),
    Hash { hash: Hash, id: String, automatic: bool },
}

impl Reference {
    fn of(parameters: &mut Parameters) -> Result<Option<Self>, Refusal> {
        if let Some(id) = parameters.document_id.take() {
            let Some(hex) = id.strip_prefix(SHA256) else { return Ok(Some(Self::Name(id))) };
            let malformed =
                "the parameter \"documentId\" has to be `sha256:` and 64 hexadecimal digits in lower case";
            let hash = parse_hash(hex).ok_or_else(|| Refusal::bad_request(malformed))?;
            return Ok(Some(Self::Hash { hash, id, automatic: false }));
        }
        let Some(extension) = parameters.extensions.get("persistedQuery") else { return Ok(None) };
        let Some(hex) = automatic_hash(extension) else {
            return Err(Refusal::bad_request(
                "the extension \"persistedQuery\" has to be {\"version\": 1, \"sha256Hash\": 64 hexadecimal digits}",
            ));
        };
        let hash = parse_hash(hex);
        Ok(hash.map(|hash| Self::Hash { hash, id: format!("{SHA256}{hex}"), automatic: true }))
    }

    fn mismatch(&self) -> &'static str {
        match self {
            Self::Name(_) => {
                "the parameters \"documentId\" and \"query\" are not about the same document; send one"
            }
            Self::Hash { .. } => "the hash of the parameter \"query\" is not the one that the request names",
        }
    }
}

fn automatic_hash(extension: &Value) -> Option<&str> {
    let Value::Object(fields) = extension else { return None };
    match (fields.get("version"), fields.get("sha256Hash")) {
        (Some(Value::Number(version)), Some(Value::String(hex))) if version.as_u64() == Some(1) => {
            parse_hash(hex).map(|_| hex.as_str())
        }
        _ => None,
    }
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

fn parse_hash(hex: &str) -> Option<Hash> {
    let digits: Vec<u8> = hex
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    (digits.len() == 64).then_some(bytes)?.try_into().ok()
}

fn read_manifest(path: &Path) -> Result<HashMap<String, Arc<str>>, ManifestError> {
    let text = std::fs::read(path).map_err(|error| ManifestError::Unreadable(path.to_owned(), error))?;
    let documents: HashMap<String, String> =
        serde_json::from_slice(&text).map_err(|error| ManifestError::Malformed(path.to_owned(), error))?;
    Ok(documents.into_iter().map(|(id, text)| (id, text.into())).collect())
}

#[derive(Clone)]
struct TextWeight;

impl Weighter<Hash, Arc<str>> for TextWeight {
    fn weight(&self, _: &Hash, text: &Arc<str>) -> u64 {
        (text.len() as u64).max(64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    const HASH: &str = "5a8e9d7a3b1ef0ef3a5b1fb1a9c8be2cba3a9de20d5dc0ad3ad6ae1c36adc3c1";

    fn documents(manifest: &[(&str, &str)], trusted_only: bool) -> PersistedDocuments {
        let none = PersistedDocuments::load(&Config::embedded().graphql, &Limits::default());
        let none = none.expect("no manifest");
        let manifest: HashMap<String, Arc<str>> =
            manifest.iter().map(|&(id, text)| (id.to_owned(), Arc::from(text))).collect();
        PersistedDocuments { trusted: manifest.values().cloned().collect(), manifest, trusted_only, ..none }
    }

    fn resolved(documents: &PersistedDocuments, body: &serde_json::Value) -> Result<(String, bool), String> {
        let mut parameters = Parameters::from_body(body.to_string().as_bytes()).expect("a request");
        match documents.resolve(&mut parameters) {
            Ok(source) => Ok((source.text.to_string(), source.register.is_some())),
            Err(refusal) => Err(refusal.error.message),
        }
    }

    fn hex(text: &str) -> String {
        hash(text).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    fn automatic(hash: &str) -> serde_json::Value {
        serde_json::json!({"persistedQuery": {"version": 1, "sha256Hash": hash}})
    }

    #[test]
    fn a_document_is_registered_by_its_hash_and_found_by_both_protocols() {
        let documents = documents(&[], false);
        let hash = hex("{a}");
        let unknown = serde_json::json!({"extensions": automatic(&hash)});
        assert_eq!(resolved(&documents, &unknown), Err("PersistedQueryNotFound".to_owned()));
        let first = serde_json::json!({"query": "{a}", "extensions": automatic(&hash)});
        assert_eq!(resolved(&documents, &first), Ok(("{a}".to_owned(), true)));
        documents.register(parse_hash(&hash).expect("hex"), Arc::from("{a}"));
        assert_eq!(resolved(&documents, &unknown), Ok(("{a}".to_owned(), false)));
        let by_id = serde_json::json!({"documentId": format!("sha256:{hash}")});
        assert_eq!(resolved(&documents, &by_id), Ok(("{a}".to_owned(), false)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let documents = documents(&[("Budgets", "{b}")], false);
        for (body, expected) in [
            (
                serde_json::json!({}),
                "the parameter \"query\" is missing; send a document as a string, or \"documentId\"",
            ),
            (
                serde_json::json!({"query": "{a}", "extensions": automatic(HASH)}),
                "the hash of the parameter \"query\" is not the one that the request names",
            ),
            (
                serde_json::json!({"query": "{a}", "documentId": "Budgets"}),
                "the parameters \"documentId\" and \"query\" are not about the same document; send one",
            ),
            (
                serde_json::json!({"documentId": "sha256:ABC"}),
                "the parameter \"documentId\" has to be `sha256:` and 64 hexadecimal digits in lower case",
            ),
            (
                serde_json::json!({"extensions": {"persistedQuery": true}}),
                "the extension \"persistedQuery\" has to be {\"version\": 1, \"sha256Hash\": 64 hexadecimal digits}",
            ),
            (
                serde_json::json!({"documentId": "Unknown"}),
                "no document of this \"documentId\" is known; send it once together with its text in \"query\"",
            ),
        ] {
            assert_eq!(resolved(&documents, &body), Err(expected.to_owned()), "{body}");
        }
        assert_eq!(
            resolved(&documents, &serde_json::json!({"documentId": "Budgets"})),
            Ok(("{b}".to_owned(), false))
        );
    }

    #[test]
    fn an_allow_list_answers_its_manifest_only() {
        let documents = documents(&[("Budgets", "{b}")], true);
        for (body, expected) in [
            (serde_json::json!({"documentId": "Budgets"}), Ok(("{b}".to_owned(), false))),
            (serde_json::json!({"query": "{b}"}), Ok(("{b}".to_owned(), false))),
            (
                serde_json::json!({"query": "{a}"}),
                Err("this server answers the documents of its manifest only, and this is none of them"
                    .to_owned()),
            ),
            (
                serde_json::json!({"extensions": automatic(HASH)}),
                Err("this server answers the documents of its manifest only, and knows none of this id"
                    .to_owned()),
            ),
        ] {
            assert_eq!(resolved(&documents, &body), expected, "{body}");
        }
    }

    #[test]
    fn a_manifest_that_cannot_be_answered_stops_the_start() {
        let load = |content: &str| {
            let name = format!("upskill-manifest-{}-{}.json", std::process::id(), hex(content));
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, content).expect("the temporary directory can be written");
            let config =
                GraphqlConfig { trusted_documents: Some(path.clone()), ..Config::embedded().graphql };
            let loaded = PersistedDocuments::load(&config, &Limits::default());
            std::fs::remove_file(&path).expect("the file was written");
            loaded.map(|documents| documents.manifest.len()).map_err(|error| error.to_string())
        };
        assert_eq!(load(r#"{"a": "{a}", "b": "{b}"}"#), Ok(2));
        assert_eq!(load(&format!(r#"{{"sha256:{}": "{{a}}"}}"#, hex("{a}"))), Ok(1));
        assert_eq!(
            load(&format!(r#"{{"sha256:{HASH}": "{{a}}"}}"#)),
            Err(format!(
                "the document sha256:{HASH} of the manifest cannot be used: its text has another hash"
            ))
        );
        assert_eq!(
            load(r#"{"a": "{"}"#),
            Err("the document a of the manifest cannot be used: syntax error at line 1, column 2: \
                 expected selection, found the end of the document"
                .to_owned())
        );
        assert!(load("[]").is_err_and(|error| error.contains("has to be a JSON object of document id")));
    }
}
