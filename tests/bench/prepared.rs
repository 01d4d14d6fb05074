//! An operation made ready: whom it asks about what, and which statements that takes.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use anyhow::{Context as _, ensure};
use uuid::Uuid;

use crate::Options;
use crate::capture::{Statement, Tap};
use crate::load::{Client, Requests};
use crate::operations::{Made, Operation, Subjects};
use crate::pgbench;
use crate::report::Contender;
use crate::seed::{self, Seeded};
use crate::server::{Process, Upskill};
use crate::subject::{self, Repetition};
use crate::template;

/// An operation with its requests and what they make the server send.
pub(crate) struct Prepared {
    pub(crate) operation: &'static Operation,
    /// Of those who ask, in turn.
    tokens: Vec<String>,
    asked: Asked,
    /// Where the numbers of its requests begin in subjects, so that no two operations have one in common.
    pub(crate) first: usize,
    /// The statements of each request.
    pub(crate) statements: Vec<Vec<Statement>>,
}

/// What the requests are about.
enum Asked {
    /// Everybody asks about these, over and over.
    Found(Vec<Uuid>),
    /// Each contender has this many requests, and every repetition a subject of its own. So nobody's balances depend
    /// on what another did. The counters say how many each contender has sent.
    Made { share: usize, sent: [Rc<Cell<u64>>; Contender::ALL.len()] },
}

/// Learns from a server behind a tap which statements each request of an operation takes. `place` is that of the
/// operation among all, so that no two make the same ids.
pub(crate) async fn prepare(
    upskill: &Upskill,
    seeded: &Seeded,
    (place, operation): (usize, &'static Operation),
    options: &Options,
) -> anyhow::Result<Prepared> {
    let tap = Tap::open(&seeded.options).await?;
    let user = seeded.options.get_username();
    let database = seeded.options.get_database().context("a database")?;
    let url = format!("postgres://{user}@127.0.0.1:{}/{database}?sslmode=disable", tap.port);
    // One connection, so that statements are seen in the order in which they are sent.
    let server = upskill.serve(&url, 1).await?;
    let callers = operation.callers(&seeded.pool).await?;
    let token = |caller| upskill.run(&seeded.url, &["token", "--employer", seed::EMPLOYER, "--as", caller]);
    let tokens = callers.iter().map(|caller| token(caller)).collect::<Result<Vec<_>, _>>()?;
    let (made, first) = (place * subject::IDS, place * subject::REQUESTS);
    let mut capture = Capture { tap: &tap, server: &server, operation, tokens: &tokens, made, first };
    capture.warm_up().await?;
    let (asked, statements) = match &operation.subjects {
        Subjects::Found(query) => {
            let ids: Vec<Uuid> = sqlx::query_scalar(*query).fetch_all(&seeded.pool).await?;
            ensure!(!ids.is_empty(), "{}: the seed has nothing to ask about", operation.name);
            let statements = capture.found(&ids).await?;
            (Asked::Found(ids), statements)
        }
        Subjects::Made(made) => {
            let share = stock(made, seeded, (&callers, first), options).await?;
            let statements = capture.made(share).await?;
            (Asked::Made { share, sent: Default::default() }, statements)
        }
    };
    println!("\n{}: {} statements a request", operation.name, statements[0].len());
    Ok(Prepared { operation, tokens, asked, first, statements })
}

/// Puts down the rows that the requests of an operation need; answers with the number of requests for each contender.
async fn stock(
    made: &Made,
    seeded: &Seeded,
    (callers, first): (&[String], usize),
    options: &Options,
) -> anyhow::Result<usize> {
    let Some(statement) = made.stock else { return Ok(made.requests) };
    let contenders = Contender::ALL.len();
    let runs = options.rounds as u64;
    let lasting = crate::WARM_UP.as_secs() + options.seconds * runs;
    let repetitions = subject::repetitions(lasting, made.requests.min(pgbench::SCRIPTS));
    let each = repetitions + (runs + 2) * subject::SPARE + subject::CAPTURED;
    let requests: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement()))
        .bind(i64::try_from(made.requests * contenders / made.to_a_budget)?)
        .bind(i64::try_from(each)?)
        .bind(callers)
        .bind(i64::try_from(made.to_a_budget)?)
        .bind(i64::try_from(first)?)
        .fetch_one(&seeded.pool)
        .await?;
    let share = usize::try_from(requests)? / contenders;
    ensure!(share == made.requests, "the seed has too few budgets for this operation: take more people");
    sqlx::raw_sql("VACUUM ANALYZE").execute(&seeded.pool).await?;
    Ok(share)
}

/// A server under observation.
struct Capture<'a> {
    tap: &'a Tap,
    server: &'a Process,
    operation: &'static Operation,
    tokens: &'a [String],
    /// From which number on the ids are counted that the operation makes.
    made: usize,
    /// From which number on its requests are counted in subjects.
    first: usize,
}

impl Capture<'_> {
    /// The first request of a person looks up what later ones know.
    async fn warm_up(&self) -> anyhow::Result<()> {
        let body = r#"{"query":"{ viewer { employee { id } } }"}"#;
        let mut client = Client::connect(self.server.address).await?;
        for token in self.tokens {
            client.answered(&request("/graphql", token, body)).await?;
        }
        Ok(())
    }

    async fn found(&mut self, ids: &[Uuid]) -> anyhow::Result<Vec<Vec<Statement>>> {
        let mut client = Client::connect(self.server.address).await?;
        let mut statements = Vec::new();
        for id in ids {
            statements.push(self.send(&mut client, 0, *id).await?);
        }
        Ok(statements)
    }

    async fn made(&mut self, share: usize) -> anyhow::Result<Vec<Vec<Statement>>> {
        let mut client = Client::connect(self.server.address).await?;
        let mut statements = Vec::new();
        for request in 0..share * Contender::ALL.len() {
            let mut repetitions = Vec::new();
            for number in 0..subject::CAPTURED {
                let subject = subject::subject(self.first + request, number);
                let statements = self.send(&mut client, request, subject).await?;
                repetitions.push(Repetition { subject, statements });
            }
            let (second, first) = (repetitions.pop(), repetitions.pop());
            let (first, second) = (first.context("a first")?, second.context("a second")?);
            statements.push(template::of(first, second, self.made)?);
        }
        Ok(statements)
    }

    async fn send(
        &self,
        client: &mut Client,
        number: usize,
        subject: Uuid,
    ) -> anyhow::Result<Vec<Statement>> {
        self.tap.take();
        let token = &self.tokens[number % self.tokens.len()];
        let whole = request("/graphql", token, &self.operation.body(subject));
        client.answered(&whole).await?;
        Ok(self.tap.take())
    }
}

impl Prepared {
    /// The numbers of the requests that a contender sends.
    pub(crate) fn requests_of(&self, contender: Contender) -> Range<usize> {
        match &self.asked {
            Asked::Found(ids) => 0..ids.len(),
            Asked::Made { share, .. } => {
                let first = contender as usize * share;
                first..first + share
            }
        }
    }

    /// What a contender is sent, one request after the other.
    pub(crate) fn load(&self, contender: Contender) -> Requests {
        let (operation, tokens) = (self.operation, self.tokens.clone());
        let whole = move |number: usize, subject: Uuid| {
            let path = match contender {
                Contender::Bare => format!("/{number}/{subject}"),
                Contender::Server | Contender::Pgbench => "/graphql".to_owned(),
            };
            request(&path, &tokens[number % tokens.len()], &operation.body(subject))
        };
        match &self.asked {
            Asked::Found(ids) => {
                let all: Vec<_> = ids.iter().enumerate().map(|(number, id)| whole(number, *id)).collect();
                Rc::new(move |number| Rc::clone(&all[usize::try_from(number).unwrap_or(0) % all.len()]))
            }
            Asked::Made { share, sent } => {
                let (first, share, sent) =
                    (contender as usize * share, *share as u64, Rc::clone(&sent[contender as usize]));
                let subjects = self.first;
                Rc::new(move |_| {
                    let number = sent.replace(sent.get() + 1);
                    let request = first + usize::try_from(number % share).unwrap_or(0);
                    whole(request, subject::subject(subjects + request, subject::CAPTURED + number / share))
                })
            }
        }
    }
}

/// One request as it goes over the wire.
pub(crate) fn request(path: &str, token: &str, body: &str) -> Rc<[u8]> {
    let length = body.len();
    let text = format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\naccept: application/json\r\n\
         authorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    Rc::from(text.into_bytes())
}
