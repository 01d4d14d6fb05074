//! What the documents show is what the API says: every query in `README.md` and in `docs/guides` is asked of a freshly
//! seeded employer, in order, and the answer printed below it must be the answer given.
//!
//! A query names who asks, by the names that `cargo run` prints, and may keep values of its answer for the variables
//! of later queries. Neither is seen where the document is read:
//!
//! ````markdown
//! ```graphql as="Mei Tanaka" request=/data/viewer/approvals/nodes/0/request/id
//! ````
//!
//! `days=7` in that line says that seven days have passed. What is not asked of GraphQL stands in a block of `http`: the method and the path, in which `{name}` is such a value,
//! and the body below.

mod layout;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use support::{Listening, Socket, TestApp, TestDb, assert_golden, both_databases, checkout, exchange};
use upskill_api::installation::Installation;
use upskill_api::seed::{self, Persona, Scale};
use upskill_api::worker;
use upskill_domain::kernel::Ids;
use uuid::Uuid;

/// The day on which the documents are read, which the seeded ids and dates follow from.
const TODAY: &str = "2026-11-23";

/// How much the worker takes at a time.
const BATCH: u32 = 100;

const ASKED: &str = "```graphql";
const SENT: &str = "```http";
const ANSWERED: &str = "```json";
const END: &str = "```";

both_databases! {
    async fn the_documents_show_what_the_api_says(database: TestDb) {
        for document in documents() {
            let fresh = TestDb::on(database.engine()).await.expect("the engine is there");
            let mut session = Session::begin(fresh).await;
            let shown = std::fs::read_to_string(checkout::root().join(&document)).expect("the document is read");
            let said = session.answered(&shown).await;
            assert_golden(&format!("../{}", document.display()), &said);
        }
    }
}

/// `README.md` and the guides, by name.
fn documents() -> Vec<PathBuf> {
    let guides = std::fs::read_dir(checkout::root().join("docs/guides")).into_iter().flatten();
    let guides = guides.map(|guide| PathBuf::from("docs/guides").join(guide.expect("a file").file_name()));
    let mut documents: Vec<_> =
        guides.filter(|guide| guide.extension().is_some_and(|ending| ending == "md")).collect();
    documents.push(PathBuf::from("README.md"));
    documents.sort();
    documents
}

/// Ids of the day of the documents, one after the other: what is made while they are read is named the same each time.
struct NumberedIds {
    day: DateTime<Utc>,
    next: AtomicU16,
}

impl Ids for NumberedIds {
    fn next(&self) -> Uuid {
        let number = u64::from(self.next.fetch_add(1, Ordering::Relaxed));
        let millis = u64::try_from(self.day.timestamp_millis()).expect("a day after 1970");
        Uuid::from_u64_pair((millis << 16) | 0x7000 | (number & 0xfff), (1 << 63) | number)
    }
}

/// A document being worked through.
struct Session {
    app: TestApp,
    router: Router,
    personas: Vec<Persona>,
    kept: Map<String, Value>,
}

impl Session {
    /// The demonstration, on the morning after its story.
    async fn begin(database: TestDb) -> Self {
        let app = TestApp::start(database).await;
        let morning: DateTime<Utc> = format!("{TODAY}T09:00:00Z").parse().expect("an instant");
        app.clock.advance(morning - app.app.clock().now());
        // Links are signed with a key of the documents, so that they are the same each time.
        let key_file = app.config.actions.key_file.as_ref().expect("a key that signs links");
        std::fs::write(key_file, [7; 32]).expect("the key is written");
        let ids = Arc::new(NumberedIds { day: morning, next: AtomicU16::new(1) });
        let installation = Installation::open_with(&app.config.database, app.clock.clone(), ids).await;
        let installation = installation.expect("the database opens");
        let router = installation.router(&app.config).await.expect("the routes stand");
        let told = seed::seed(&installation, Scale::demo(TODAY.parse().expect("a day"))).await;
        told.expect("the seed fills an empty installation");
        Self { app, router, personas: seed::personas(), kept: Map::new() }
    }

    /// The document with the answers that are given now in the place of those it shows.
    async fn answered(&mut self, document: &str) -> String {
        let mut said = Vec::new();
        let mut answer = None;
        let mut lines = document.lines();
        while let Some(line) = lines.next() {
            said.push(line.to_owned());
            let asked = line.strip_prefix(ASKED);
            if asked.is_some() || line == SENT {
                let query: Vec<_> = lines.by_ref().take_while(|line| *line != END).collect();
                let query = query.join("\n");
                said.extend([query.clone(), END.to_owned()]);
                assert_eq!(answer, None, "two queries in a row, and no answer to the one before:\n{query}");
                answer = Some(match asked {
                    Some(asked) => self.ask(asked, &query).await,
                    None => self.send(&query).await,
                });
            } else if line == ANSWERED
                && let Some(answer) = answer.take()
            {
                lines.by_ref().take_while(|line| *line != END).for_each(drop);
                said.extend([answer, END.to_owned()]);
            }
        }
        assert_eq!(answer, None, "the last query has no answer in the document");
        said.push(String::new());
        said.join("\n")
    }

    /// Asks as the document says, and keeps what it says.
    async fn ask(&mut self, asked: &str, query: &str) -> String {
        let whose = asked.strip_prefix(" as=\"").and_then(|asked| asked.split_once('"'));
        let (name, kept) = whose.unwrap_or_else(|| panic!("nobody asks ({ASKED} as=\"Somebody\"):\n{query}"));
        let persona = self.personas.iter().find(|persona| persona.name == name);
        let persona = persona.unwrap_or_else(|| panic!("{name} is nobody that `cargo run` prints"));
        let kept = self.pass_days(kept).await;
        let token = self.app.token(persona.employer, &persona.external_id);
        let mut variables = self.kept.clone();
        variables.retain(|name, _| query.contains(&format!("${name}:")));
        let said = if query.starts_with("subscription") {
            self.first_event(&token, query, variables).await
        } else {
            self.answer(&token, query, variables).await
        };
        // As the worker does within a second.
        self.app.seal().await;
        let answer: Value = serde_json::from_str(&said).expect("an answer in JSON");
        for kept in kept {
            let (name, pointer) = kept.split_once('=').unwrap_or_else(|| panic!("{kept} keeps nothing"));
            let value = answer.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}: {answer}"));
            self.kept.insert(name.to_owned(), value.clone());
        }
        layout::written(&said)
    }

    /// Lets as many days pass as an opening line says, with the worker at work. Answers with the rest of the line.
    async fn pass_days<'a>(&self, line: &'a str) -> Vec<&'a str> {
        let (days, rest): (Vec<&str>, _) =
            line.split_whitespace().partition(|word| word.starts_with("days="));
        for days in days {
            let days = days.trim_start_matches("days=").parse().expect("a number of days");
            self.app.clock.advance(TimeDelta::days(days));
            let app = &self.app.app;
            for failed in [
                worker::mark_delegations(app).await,
                worker::follow_organization(app, BATCH).await,
                worker::attend_to_approvals(app, BATCH).await,
                worker::look_after_reservations(app, BATCH).await,
            ] {
                assert!(failed.expect("the employers are there").is_empty());
            }
            self.app.seal().await;
        }
        rest
    }

    /// Sends a block of `http` as it stands.
    async fn send(&self, sent: &str) -> String {
        let (line, body) = sent.split_once('\n').unwrap_or((sent, ""));
        let (method, path) = line.split_once(' ').unwrap_or_else(|| panic!("no method and path: {line}"));
        let path = self.kept.iter().fold(path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
        });
        let headers = [("content-type", "application/json"), ("x-request-id", "a-reader")];
        let reply = exchange(&self.router, (method, &path), &headers, body.to_owned()).await;
        layout::written(&reply.text)
    }

    async fn answer(&self, token: &str, query: &str, variables: Map<String, Value>) -> String {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let authorization = format!("Bearer {token}");
        // Errors name the request, and this one is named by whoever asks, as a client may.
        let headers = [
            ("content-type", "application/json"),
            ("x-request-id", "a-reader"),
            ("authorization", &authorization),
        ];
        exchange(&self.router, ("POST", "/graphql"), &headers, body).await.text
    }

    /// What a subscription tells first, of what has happened already.
    async fn first_event(&self, token: &str, query: &str, variables: Map<String, Value>) -> String {
        let server = Listening::start(self.router.clone(), &self.app.config.http).await;
        let mut socket = Socket::of(&server, token).await;
        socket.ask("1", query, Value::Object(variables)).await;
        let message = socket.text().await;
        let payload = message
            .strip_prefix(r#"{"type":"next","id":"1","payload":"#)
            .and_then(|rest| rest.strip_suffix('}'));
        payload.unwrap_or_else(|| panic!("no event: {message}")).to_owned()
    }
}
