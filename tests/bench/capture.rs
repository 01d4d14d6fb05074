//! What the server sends to its database, as seen on the wire between them.
//!
//! The yardsticks have to send the same statements, and statements written down by hand would be those of last month.
//! So a server is started behind this tap, sent every request once, and what passes by is kept.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};

/// One statement with what was bound to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<Parameter>,
}

/// A bound value, in PostgreSQL's binary form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parameter {
    /// PostgreSQL's number of the type.
    pub(crate) oid: u32,
    pub(crate) value: Value,
}

/// Where the value of a parameter comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Value {
    Null,
    /// As it was seen.
    Fixed(Vec<u8>),
    /// A UUID that the server made for the request: another one each time, the same wherever the number is the same.
    Fresh(usize),
    /// The id that the request is about, where every request needs another.
    Subject,
    /// A text with that id in it, between these two.
    Around(String, String),
    /// A place in a series that the request prolongs: beyond all that the seed gave out, the further the later.
    Next,
}

/// The server looks now and then how long the journal has been waiting to be sealed.
const FOR_METRICS: &str = "SELECT MIN(\"at\") FROM \"journal_entry\"";

/// Stands between a server and its database.
pub(crate) struct Tap {
    /// Where the server finds its database.
    pub(crate) port: u16,
    seen: Seen,
}

type Seen = Arc<Mutex<Vec<Statement>>>;

#[derive(Clone)]
enum Target {
    Socket(PathBuf),
    Host(String, u16),
}

impl Tap {
    /// Listens, and leads every connection on to the database.
    pub(crate) async fn open(database: &PgConnectOptions) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let seen = Seen::default();
        let target = match database.get_socket() {
            Some(folder) => Target::Socket(folder.join(format!(".s.PGSQL.{}", database.get_port()))),
            None => Target::Host(database.get_host().to_owned(), database.get_port()),
        };
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (target, log) = (target.clone(), Arc::clone(&log));
                tokio::spawn(async move {
                    // A connection that ends is the server's doing, and it will say so itself.
                    let _ended = relay(client, target, log).await;
                });
            }
        });
        Ok(Self { port, seen })
    }

    /// Everything seen since the last time, but for what the server asks by itself.
    pub(crate) fn take(&self) -> Vec<Statement> {
        let mut seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        seen.retain(|statement| !statement.sql.starts_with(FOR_METRICS));
        seen
    }
}

async fn relay(client: TcpStream, target: Target, seen: Seen) -> anyhow::Result<()> {
    match target {
        Target::Socket(path) => relay_to(client, UnixStream::connect(path).await?, seen).await,
        Target::Host(host, port) => relay_to(client, TcpStream::connect((host, port)).await?, seen).await,
    }
}

async fn relay_to<S>(client: TcpStream, server: S, seen: Seen) -> anyhow::Result<()>
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, to_server) = tokio::io::split(server);
    let answers = tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
    let asked = Conversation::new(seen).follow(&mut from_client, to_server).await;
    answers.abort();
    asked
}

/// What one connection has said so far.
struct Conversation {
    /// Prepared statements by name: the text and the types of the parameters.
    prepared: HashMap<Vec<u8>, (String, Vec<u32>)>,
    seen: Seen,
}

impl Conversation {
    fn new(seen: Seen) -> Self {
        Self { prepared: HashMap::new(), seen }
    }

    async fn follow(
        mut self,
        from: &mut (impl AsyncRead + Unpin),
        mut to: impl AsyncWrite + Unpin,
    ) -> anyhow::Result<()> {
        // The first message has no kind.
        let mut start = from.read_u32().await?.to_be_bytes().to_vec();
        read_rest(from, &mut start, 0).await?;
        to.write_all(&start).await?;
        loop {
            let mut message = vec![from.read_u8().await?];
            message.extend(from.read_u32().await?.to_be_bytes());
            read_rest(from, &mut message, 1).await?;
            self.listen(&message)?;
            to.write_all(&message).await?;
        }
    }

    fn listen(&mut self, message: &[u8]) -> anyhow::Result<()> {
        let (kind, mut body) = (message[0], Fields(&message[5..]));
        match kind {
            b'P' => {
                let name = body.text()?.to_vec();
                let sql = String::from_utf8(body.text()?.to_vec())?;
                let count = body.small()?;
                let types = (0..count).map(|_| body.number()).collect::<anyhow::Result<_>>()?;
                self.prepared.insert(name, (sql, types));
            }
            b'B' => {
                body.text()?;
                let (sql, types) = self.prepared.get(body.text()?).context("a statement nobody prepared")?;
                for _ in 0..body.small()? {
                    anyhow::ensure!(body.small()? == 1, "a parameter that is not binary");
                }
                let count = body.small()?;
                let parameters = (0..count).map(|at| {
                    let oid = *types.get(usize::from(at)).context("a parameter without a type")?;
                    Ok(Parameter { oid, value: body.value()? })
                });
                let parameters = parameters.collect::<anyhow::Result<_>>()?;
                self.note(Statement { sql: sql.clone(), parameters });
            }
            b'Q' => {
                let sql = String::from_utf8(body.text()?.to_vec())?;
                self.note(Statement { sql, parameters: Vec::new() });
            }
            _ => {}
        }
        Ok(())
    }

    fn note(&self, statement: Statement) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
    }
}

async fn read_rest(
    from: &mut (impl AsyncRead + Unpin),
    message: &mut Vec<u8>,
    kind: usize,
) -> anyhow::Result<()> {
    let length = u32::from_be_bytes(message[kind..kind + 4].try_into()?);
    let known = message.len();
    message.resize(kind + usize::try_from(length)?, 0);
    from.read_exact(&mut message[known..]).await?;
    Ok(())
}

/// The fields of a message, from left to right.
struct Fields<'m>(&'m [u8]);

impl<'m> Fields<'m> {
    fn text(&mut self) -> anyhow::Result<&'m [u8]> {
        let end = self.0.iter().position(|byte| *byte == 0).context("a text without an end")?;
        let text = &self.0[..end];
        self.0 = &self.0[end + 1..];
        Ok(text)
    }

    fn bytes(&mut self, length: usize) -> anyhow::Result<&'m [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length).context("a message that is too short")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn small(&mut self) -> anyhow::Result<u16> {
        Ok(u16::from_be_bytes(self.bytes(2)?.try_into()?))
    }

    fn number(&mut self) -> anyhow::Result<u32> {
        Ok(u32::from_be_bytes(self.bytes(4)?.try_into()?))
    }

    fn value(&mut self) -> anyhow::Result<Value> {
        Ok(match self.number()? {
            u32::MAX => Value::Null,
            length => Value::Fixed(self.bytes(usize::try_from(length)?)?.to_vec()),
        })
    }
}

impl Parameter {
    /// The value as PostgreSQL writes it in text; `None` where it is null or different in every request.
    pub(crate) fn text(&self) -> anyhow::Result<Option<String>> {
        let Value::Fixed(bytes) = &self.value else { return Ok(None) };
        text_of(self.oid, bytes).map(Some)
    }
}

fn text_of(oid: u32, bytes: &[u8]) -> anyhow::Result<String> {
    let epoch = chrono::DateTime::from_timestamp(946_684_800, 0).context("the year 2000")?;
    Ok(match oid {
        16 => (bytes == [1]).to_string(),
        17 => bytes.iter().fold("\\x".to_owned(), |text, byte| format!("{text}{byte:02x}")),
        20 => i64::from_be_bytes(bytes.try_into()?).to_string(),
        21 => i16::from_be_bytes(bytes.try_into()?).to_string(),
        23 => i32::from_be_bytes(bytes.try_into()?).to_string(),
        25 | 1043 => String::from_utf8(bytes.to_vec())?,
        1082 => {
            let days = i64::from(i32::from_be_bytes(bytes.try_into()?));
            (epoch + chrono::TimeDelta::days(days)).date_naive().to_string()
        }
        1184 => {
            let micros = i64::from_be_bytes(bytes.try_into()?);
            (epoch + chrono::TimeDelta::microseconds(micros)).to_rfc3339()
        }
        2950 => uuid::Uuid::from_slice(bytes)?.to_string(),
        _ => bail!("a parameter of type {oid}: teach capture.rs to write it"),
    })
}
