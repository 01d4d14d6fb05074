//! The application under test: the real routes over a real database, with a clock that only the test moves.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use chrono::{DateTime, TimeDelta, Utc};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;
use upskill_api::auth::DevelopmentIssuer;
use upskill_api::config::Config;
use upskill_api::installation::Installation;
use upskill_api::system::SystemIds;
use upskill_domain::app::App;
use upskill_domain::kernel::Clock;

use crate::database::TestDb;
use crate::witness::Witness;

/// The instant at which every test begins.
pub const BEGINNING: &str = "2026-03-02T09:00:00Z";

/// The development key, in a folder of its own.
const KEY_FILE: &str = "issuer.pem";

/// A clock that stands still until the test moves it.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        let mut now = self.0.lock().expect("nobody panics while telling the time");
        *now += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("nobody panics while telling the time")
    }
}

/// The application over a database of its own.
pub struct TestApp {
    /// The use cases, for setting a story up without the wire.
    pub app: App,
    /// The time of the test.
    pub clock: Arc<TestClock>,
    /// The settings in effect.
    pub config: Config,
    router: Router,
    issuer: DevelopmentIssuer,
    database: TestDb,
    keys: TempDir,
}

impl TestApp {
    /// The application over a migrated, empty database.
    pub async fn start(database: TestDb) -> Self {
        Self::start_with(database, &[]).await
    }

    /// The same with settings of the test's own, written as environment variables are.
    pub async fn start_with(database: TestDb, settings: &[(&str, &str)]) -> Self {
        let keys = tempfile::tempdir().expect("a folder for keys");
        let key_file = keys.path().join(KEY_FILE);
        let link_key = keys.path().join("action-links.key");
        let fixed = [
            ("UPSKILL__DATABASE__URL", database.url()),
            ("UPSKILL__DATABASE__MAX_CONNECTIONS", "4"),
            ("UPSKILL__AUTH__DEVELOPMENT__KEY_FILE", key_file.to_str().expect("a path in UTF-8")),
            ("UPSKILL__ACTIONS__KEY_FILE", link_key.to_str().expect("a path in UTF-8")),
        ];
        let environment =
            fixed.iter().chain(settings).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::load(None, environment).expect("the settings hold");
        let beginning = BEGINNING.parse().expect("an instant");
        let clock = Arc::new(TestClock(Mutex::new(beginning)));
        let installation = Installation::open_with(&config.database, clock.clone(), Arc::new(SystemIds))
            .await
            .expect("the database opens");
        let router = installation.router(&config).await.expect("the routes stand");
        let told = clock.clone();
        let issuer =
            DevelopmentIssuer::open(&key_file, Arc::new(move || told.now())).expect("the issuer's key");
        Self { app: installation.app, clock, config, router, issuer, database, keys }
    }

    /// The database underneath, for looking at what no answer shows.
    pub fn database(&self) -> &TestDb {
        &self.database
    }

    /// The routes, for tests of the wire itself.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// A token of a person.
    pub fn token(&self, employer: &str, person: &str) -> String {
        self.issuer.token(employer, person, TimeDelta::hours(12))
    }

    /// A token with claims of the test's own, signed with the development key.
    pub fn sign(&self, claims: &Value) -> String {
        let pem = std::fs::read(self.keys.path().join(KEY_FILE)).expect("the key");
        let key = jsonwebtoken::EncodingKey::from_ed_pem(&pem).expect("an Ed25519 key");
        let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::EdDSA);
        header.typ = Some("at+jwt".to_owned());
        jsonwebtoken::encode(&header, claims, &key).expect("the key signs")
    }

    /// Somebody with a token of the test's own.
    pub fn bearer(&self, token: &str) -> Caller {
        Caller { router: self.router(), token: Some(token.to_owned()), act_for: None }
    }

    /// A person who sends requests.
    pub fn caller(&self, employer: &str, person: &str) -> Caller {
        Caller { router: self.router(), token: Some(self.token(employer, person)), act_for: None }
    }

    /// Somebody without a token.
    pub fn anonymous(&self) -> Caller {
        Caller { router: self.router(), token: None, act_for: None }
    }

    /// Counts for reports what happened, as the worker would within seconds.
    pub async fn count(&self) {
        self.seal().await;
        let failed =
            upskill_api::worker::count_for_reports(&self.app, 500).await.expect("reports are counted");
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Takes stock of skills, as the worker would within a minute, unless that was done today.
    pub async fn take_stock(&self) {
        let failed = upskill_api::worker::take_stock(&self.app, 500).await.expect("stock is taken");
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Seals what waits in the journal, as the worker would within a second.
    pub async fn seal(&self) {
        let failed = upskill_api::worker::seal(&self.app, 500).await.expect("the journal is sealed");
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Somebody who can tell whether anything was written anywhere.
    pub async fn witness(&self) -> Witness {
        Witness::of(&self.database).await
    }

    /// How many rows a table has, to prove that a refusal wrote nothing.
    pub async fn rows(&self, table: &'static str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// The number that a statement of the test's own answers with.
    pub async fn number(&self, sql: &str) -> i64 {
        crate::database::number(self.database.url(), sql).await
    }
}

/// Somebody who sends GraphQL requests through the routes.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    token: Option<String>,
    act_for: Option<String>,
}

impl Caller {
    /// The same, acting for a person.
    pub fn acting_for(&self, person: &str) -> Self {
        Self { act_for: Some(person.to_owned()), ..self.clone() }
    }

    /// Sends a document without variables.
    pub async fn ask(&self, document: &str) -> Answer {
        self.send(document, json!({})).await
    }

    /// Sends a document with variables.
    pub async fn send(&self, document: &str, variables: Value) -> Answer {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let mut request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(person) = &self.act_for {
            request = request.header("upskill-act-for", person);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the routes answer");
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        let json = serde_json::from_slice(&bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&bytes)));
        Answer { status, json }
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub json: Value,
}

impl Answer {
    /// The value at a JSON pointer below `data`; fails the test when the answer has errors.
    pub fn data(&self, pointer: &str) -> Value {
        assert!(self.json.get("errors").is_none(), "unexpected errors: {}", self.json);
        let data = self.json["data"].pointer(pointer);
        data.unwrap_or_else(|| panic!("nothing at {pointer}: {}", self.json)).clone()
    }

    /// The text at a JSON pointer below `data`.
    pub fn text(&self, pointer: &str) -> String {
        let value = self.data(pointer);
        value.as_str().unwrap_or_else(|| panic!("no text at {pointer}: {value}")).to_owned()
    }

    /// The code of the only error.
    pub fn code(&self) -> &str {
        let errors = self.json["errors"].as_array().unwrap_or_else(|| panic!("no errors: {}", self.json));
        assert_eq!(errors.len(), 1, "one error was expected: {}", self.json);
        errors[0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("no code: {}", self.json))
    }

    /// The message of the only error.
    pub fn message(&self) -> &str {
        self.code();
        self.json["errors"][0]["message"].as_str().unwrap_or_else(|| panic!("no message: {}", self.json))
    }

    /// The user errors of a mutation as `CODE field.path`, and that the mutation gave nothing else.
    pub fn refused(&self, mutation: &str) -> Vec<String> {
        let payload = self.data(&format!("/{mutation}"));
        let payload = payload.as_object().expect("a payload");
        for (field, value) in payload {
            let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            assert!(field == "userErrors" || nothing, "{field} should be null or empty: {payload:?}");
        }
        let errors = payload["userErrors"].as_array().expect("user errors");
        let words = errors.iter().map(|error| {
            let field: Vec<_> =
                error["field"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("{} {}", error["code"].as_str().unwrap_or_default(), field.join("."))
        });
        words.collect()
    }
}
