//! What an operator can set about the wire.

use std::{path::PathBuf, time::Duration};

use serde::Deserialize;

use super::limits::Limits;

/// Settings of the HTTP server; every field has a default that suits a small production server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Serve the `GraphiQL` page at `/graphiql`, and lead `/` there. For development.
    pub graphiql: bool,
    /// Serve Prometheus metrics at `/metrics`.
    pub metrics: bool,
    /// Origins whose pages may call the API from a browser, as `https://hr.example.com`. Empty: same origin only.
    pub allowed_origins: Vec<String>,
    /// Connections open at once; further ones wait in the kernel's queue.
    pub max_connections: usize,
    /// GraphQL requests in work at once; further ones are answered 503 with `Retry-After`.
    pub max_concurrent_requests: usize,
    /// The value of `Retry-After`, in seconds, of an answer that says the server is busy.
    pub retry_after_seconds: u32,
    /// The longest body that is read, in bytes; a longer one is answered 413.
    pub max_body_bytes: usize,
    /// Time for the header of a request to arrive, in milliseconds. An idle connection is closed after it as
    /// well, so it has to be longer than a proxy in front keeps its idle connections.
    pub header_read_timeout_ms: u64,
    /// Time for the body of a request to arrive, in milliseconds.
    pub body_read_timeout_ms: u64,
    /// Time for which a client may take nothing of its answer, in milliseconds, before it is cut off.
    pub write_timeout_ms: u64,
    /// Time for a request as a whole, its body included, in milliseconds; beyond it the work is dropped.
    pub request_timeout_ms: u64,
    /// Time that requests in work get to end after the server was told to stop, in milliseconds.
    pub shutdown_deadline_ms: u64,
    /// What one operation may ask for.
    pub limits: Limits,
    /// Which documents are kept, and which are accepted.
    pub documents: DocumentSettings,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            graphiql: false,
            metrics: true,
            allowed_origins: Vec::new(),
            max_connections: 1_024,
            max_concurrent_requests: 256,
            retry_after_seconds: 1,
            max_body_bytes: 256 * 1_024,
            header_read_timeout_ms: 30_000,
            body_read_timeout_ms: 10_000,
            write_timeout_ms: 30_000,
            request_timeout_ms: 10_000,
            shutdown_deadline_ms: 20_000,
            limits: Limits::default(),
            documents: DocumentSettings::default(),
        }
    }
}

impl HttpSettings {
    pub(super) fn header_read_timeout(&self) -> Duration {
        Duration::from_millis(self.header_read_timeout_ms)
    }

    pub(super) fn body_read_timeout(&self) -> Duration {
        Duration::from_millis(self.body_read_timeout_ms)
    }

    pub(super) fn write_timeout(&self) -> Duration {
        Duration::from_millis(self.write_timeout_ms)
    }

    pub(super) fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    pub(super) fn shutdown_deadline(&self) -> Duration {
        Duration::from_millis(self.shutdown_deadline_ms)
    }
}

/// Which documents the server keeps in memory, and which it accepts at all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentSettings {
    /// Parsed documents kept, at most.
    pub cache_entries: usize,
    /// Bytes of document text kept with them, at most. A parsed document takes about ten times its text.
    pub cache_bytes: u64,
    /// Bytes of documents that clients registered by hash, at most; the least used ones are forgotten.
    pub registered_bytes: u64,
    /// A JSON file, one object of document id to document text, that is read at start.
    pub manifest: Option<PathBuf>,
    /// Answer documents of the manifest only.
    pub trusted_only: bool,
}

impl Default for DocumentSettings {
    fn default() -> Self {
        Self {
            cache_entries: 1_000,
            cache_bytes: 4 * 1_024 * 1_024,
            registered_bytes: 4 * 1_024 * 1_024,
            manifest: None,
            trusted_only: false,
        }
    }
}
