//! The sections of the configuration. What each key means to an operator stands in `config.default.toml`.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::DatabaseUrl;

/// Where the program runs, which decides the defaults and what is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// A developer's machine: everything on, nothing to set up.
    Development,
    /// Real data of real people: what only suits development is refused.
    Production,
}

/// `[database]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite://…` or `postgres://…`.
    pub url: DatabaseUrl,
    /// The most connections held open.
    pub max_connections: u32,
    /// How long to wait for a free connection.
    pub acquire_timeout_ms: u64,
    /// How long one statement may run.
    pub statement_timeout_ms: u64,
    /// Whether `serve` applies outstanding migrations first.
    pub migrate_on_start: bool,
}

/// `[http]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// The most connections served at once.
    pub max_connections: usize,
    /// The most requests worked on at once.
    pub max_concurrent_requests: usize,
    /// What `Retry-After` says when the server is busy.
    pub retry_after_seconds: u32,
    /// How long a client may take to send its headers, and how long a connection may lie idle.
    pub header_read_timeout_ms: u64,
    /// How long a client may take to send its body.
    pub body_read_timeout_ms: u64,
    /// How long a client may take nothing of its answer.
    pub write_timeout_ms: u64,
    /// How long a request may take altogether.
    pub request_timeout_ms: u64,
    /// How long running requests may take to finish at shutdown.
    pub shutdown_grace_ms: u64,
    /// The largest body that is read from anybody.
    pub body_limit_bytes: usize,
    /// The largest body that is read from an identified caller.
    pub large_body_limit_bytes: usize,
    /// The most bodies beyond `body_limit_bytes` held at once.
    pub max_large_bodies: usize,
    /// Whether `/metrics` is served on `listen`.
    pub metrics: bool,
    /// Where `/metrics` is served by itself; written as an empty string when nowhere.
    #[serde(serialize_with = "some_or_empty", deserialize_with = "empty_is_none")]
    pub metrics_listen: Option<SocketAddr>,
    /// Origins whose pages may call the API.
    pub cors_origins: Vec<String>,
}

/// `[graphql]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphqlConfig {
    /// Whether the schema may be asked about itself.
    pub introspection: bool,
    /// Whether the GraphiQL page is served.
    pub graphiql: bool,
    /// How deep selections may nest.
    pub max_depth: u64,
    /// The most an operation may cost.
    pub max_complexity: u64,
    /// The most fields, spreads and inline fragments.
    pub max_selections: u64,
    /// The most fields at the root of an operation.
    pub max_root_fields: u64,
    /// The most aliases in a document.
    pub max_aliases: u64,
    /// The most directives in a document.
    pub max_directives: u64,
    /// The most tokens in a document.
    pub max_tokens: u64,
    /// How deep brackets may nest in a document.
    pub max_nesting: u64,
    /// How deep lists and objects may nest in the values of variables.
    pub max_variable_depth: u64,
    /// How many checked documents are kept.
    pub document_cache_entries: usize,
    /// How many bytes of document text are kept with them.
    pub document_cache_bytes: u64,
    /// How many bytes of documents that clients registered by hash are kept.
    pub registered_documents_bytes: u64,
    /// The file of documents known in advance; written as an empty string when there is none.
    #[serde(serialize_with = "path_or_empty", deserialize_with = "empty_is_no_path")]
    pub trusted_documents: Option<PathBuf>,
    /// Whether only those documents may run.
    pub trusted_only: bool,
}

/// `[live]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveConfig {
    /// The most websockets open at once.
    pub max_sockets: usize,
    /// The most operations running at once on one of them.
    pub max_operations: usize,
    /// How long a client may take to say who it is.
    pub init_timeout_ms: u64,
    /// How often the client is asked for a sign of life, and its token whether it still holds.
    pub keepalive_ms: u64,
    /// How often the journal is looked into for what another process has written on SQLite.
    pub poll_interval_ms: u64,
}

/// `[actions]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionsConfig {
    /// The key that signs links; written as an empty string where there are none.
    #[serde(serialize_with = "path_or_empty", deserialize_with = "empty_is_no_path")]
    pub key_file: Option<PathBuf>,
    /// How long a link works.
    pub link_lifetime_hours: u32,
}

/// `[worker]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerConfig {
    /// Whether the worker runs inside `serve`.
    pub embedded: bool,
    /// How often new events are given their place in the journal.
    pub seal_interval_ms: u64,
    /// The most events or deadlines handled in one go.
    pub batch: u32,
}

/// `[log]`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// For people or for machines.
    pub format: LogFormat,
    /// What is logged, in the syntax of tracing's `EnvFilter`.
    pub filter: String,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Colored text.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// TOML has no null, and a key that is absent by default could not be documented: so "none" is the empty string.
fn empty_is_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
}

#[expect(clippy::ref_option, reason = "serde passes the field by reference")]
fn some_or_empty<S: Serializer>(address: &Option<SocketAddr>, serializer: S) -> Result<S::Ok, S::Error> {
    address.map(|address| address.to_string()).unwrap_or_default().serialize(serializer)
}

fn empty_is_no_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    let path = PathBuf::deserialize(deserializer)?;
    Ok(Some(path).filter(|path| !path.as_os_str().is_empty()))
}

#[expect(clippy::ref_option, reason = "serde passes the field by reference")]
fn path_or_empty<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.clone().unwrap_or_default().serialize(serializer)
}
