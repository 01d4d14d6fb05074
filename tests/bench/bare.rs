//! The yardstick of HTTP: an axum handler that knows no GraphQL. It sends the statements that the server was seen to
//! send, over a pool, prepared, and writes the same JSON by serde.
//!
//! It runs as a process of its own, so that its CPU can be told from the load's.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use axum::body::Bytes;
use axum::extract::{Path as Route, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use serde::{Deserialize, Serialize};
use sqlx::encode::IsNull;
use sqlx::postgres::{PgArguments, PgPoolOptions, PgRow, PgTypeInfo, types::Oid};
use sqlx::{Arguments as _, Encode, Executor as _, PgConnection, PgPool, Postgres, Type};
use uuid::Uuid;

use crate::capture::{Parameter, Statement, Value};
use crate::operations;

/// What the handler is told at its start.
#[derive(Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) database: String,
    pub(crate) connections: u32,
    pub(crate) listen: SocketAddr,
    pub(crate) operation: String,
    /// The statements of each of its requests.
    pub(crate) statements: Vec<Vec<Statement>>,
}

/// Serves until it is killed.
pub(crate) async fn serve(plan: &Path) -> anyhow::Result<()> {
    let plan: Plan = serde_json::from_slice(&std::fs::read(plan)?)?;
    let pool = PgPoolOptions::new()
        .max_connections(plan.connections)
        .test_before_acquire(false)
        .connect(&plan.database)
        .await?;
    let operation = operations::ALL.iter().find(|operation| operation.name == plan.operation);
    let writer = operation.context("no such operation")?.write;
    let prepared = |statements: Vec<_>| statements.into_iter().map(Prepared::new).collect();
    let requests = plan.statements.into_iter().map(prepared).collect();
    let state = Arc::new(Bare { pool, requests, writer });
    let router = axum::Router::new().route("/{request}/{subject}", post(handle)).with_state(state);
    let listener = tokio::net::TcpListener::bind(plan.listen).await?;
    axum::serve(listener, router).await?;
    Ok(())
}

/// What the answer to a request is written from.
pub(crate) struct Replayed<'b> {
    /// The rows of each statement.
    pub(crate) results: Vec<Vec<PgRow>>,
    /// The ids that were made for it.
    pub(crate) fresh: HashMap<usize, Uuid>,
    /// What was asked.
    pub(crate) body: &'b [u8],
    statements: &'b [Prepared],
}

impl Replayed<'_> {
    /// The rows of those statements whose text has these words in it. The server may send statements side by side, so their
    /// order says little.
    pub(crate) fn rows(&self, words: &str) -> impl Iterator<Item = &PgRow> {
        let asked = self.statements.iter().zip(&self.results);
        asked.filter(move |(statement, _)| statement.sql.contains(words)).flat_map(|(_, rows)| rows)
    }
}

struct Bare {
    pool: PgPool,
    requests: Vec<Vec<Prepared>>,
    writer: operations::Write,
}

/// A statement with its text where sqlx takes it from without copying.
struct Prepared {
    sql: &'static str,
    parameters: Vec<Parameter>,
}

impl Prepared {
    fn new(statement: Statement) -> Self {
        Self { sql: statement.sql.leak(), parameters: statement.parameters }
    }
}

async fn handle(
    State(bare): State<Arc<Bare>>,
    Route((request, subject)): Route<(usize, Uuid)>,
    body: Bytes,
) -> impl IntoResponse {
    match bare.answer(request, subject, &body).await {
        Ok(body) => (StatusCode::OK, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body),
        Err(error) => {
            eprintln!("bare: {error:#}");
            (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "text/plain")], Vec::new())
        }
    }
}

impl Bare {
    async fn answer(&self, request: usize, subject: Uuid, body: &[u8]) -> anyhow::Result<Vec<u8>> {
        let statements = self.requests.get(request).context("no such request")?;
        let mut connection = self.pool.acquire().await?;
        let mut fresh = HashMap::new();
        let mut results = Vec::with_capacity(statements.len());
        for statement in statements {
            results.push(run(&mut connection, statement, subject, &mut fresh).await?);
        }
        drop(connection);
        (self.writer)(&Replayed { results, fresh, body, statements })
    }
}

async fn run(
    connection: &mut PgConnection,
    statement: &Prepared,
    subject: Uuid,
    fresh: &mut HashMap<usize, Uuid>,
) -> anyhow::Result<Vec<PgRow>> {
    if statement.parameters.is_empty() {
        connection.execute(statement.sql).await?;
        return Ok(Vec::new());
    }
    let mut arguments = PgArguments::default();
    for parameter in &statement.parameters {
        let oid = parameter.oid;
        let (woven, next): (String, [u8; 8]);
        let bound = match &parameter.value {
            Value::Null => Bound { oid, bytes: None },
            Value::Fixed(bytes) => Bound { oid, bytes: Some(bytes) },
            Value::Subject => Bound { oid, bytes: Some(subject.as_bytes()) },
            Value::Fresh(number) => {
                let uuid = fresh.entry(*number).or_insert_with(fresh_id);
                Bound { oid, bytes: Some(uuid.as_bytes()) }
            }
            Value::Around(before, after) => {
                woven = format!("{before}{subject}{after}");
                Bound { oid, bytes: Some(woven.as_bytes()) }
            }
            Value::Next => {
                next = crate::subject::place(subject).to_be_bytes();
                Bound { oid, bytes: Some(&next) }
            }
        };
        arguments.add(bound).map_err(|error| anyhow::anyhow!(error))?;
    }
    let query = sqlx::query_with(statement.sql, arguments);
    Ok(query.fetch_all(connection).await?)
}

#[expect(clippy::disallowed_methods, reason = "the yardstick is no part of the domain")]
fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// A value that is in PostgreSQL's form already.
struct Bound<'v> {
    oid: u32,
    bytes: Option<&'v [u8]>,
}

impl Type<Postgres> for Bound<'_> {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(25))
    }
}

impl Encode<'_, Postgres> for Bound<'_> {
    fn encode_by_ref(
        &self,
        buffer: &mut <Postgres as sqlx::Database>::ArgumentBuffer,
    ) -> Result<IsNull, sqlx::error::BoxDynError> {
        let Some(bytes) = self.bytes else { return Ok(IsNull::Yes) };
        buffer.extend_from_slice(bytes);
        Ok(IsNull::No)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(PgTypeInfo::with_oid(Oid(self.oid)))
    }
}
