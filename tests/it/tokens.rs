//! Bearer tokens through the API: whom they let in, and why they do not.

use chrono::TimeDelta;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use support::{Answer, TestApp, TestDb, both_databases};
use upskill_api::auth::DevelopmentIssuer;
use upskill_domain::kernel::Clock as _;
use upskill_domain::organization::{ImportRoster, RosterLine, RowOutcome};

const WHO: &str = "{ viewer { employee { externalId } } employer { slug } }";

/// The claims of a good development token for Eva, with some of them replaced; null leaves one out.
fn claims(app: &TestApp, changes: &Value) -> Value {
    let now = app.clock.now().timestamp();
    let mut claims = json!({
        "iss": DevelopmentIssuer::ISSUER, "aud": DevelopmentIssuer::AUDIENCE, "sub": "E1", "employer": "northwind",
        "iat": now, "exp": now + 3_600,
    });
    for (claim, value) in changes.as_object().expect("changes are an object") {
        if value.is_null() {
            claims.as_object_mut().expect("claims are an object").remove(claim);
        } else {
            claims[claim] = value.clone();
        }
    }
    claims
}

/// The status and the message of a token that lets nobody in.
fn refusal(answer: &Answer) -> (u16, &str) {
    assert_eq!(answer.code(), "UNAUTHENTICATED");
    assert_eq!(answer.json.get("data"), None);
    (answer.status, answer.message())
}

both_databases! {
    async fn a_token_says_who_and_for_whom(app: TestApp) {
        app.northwind().await;
        app.southwind().await;
        for employer in ["northwind", "southwind"] {
            let answer = app.bearer(&app.sign(&claims(&app, &json!({ "employer": employer })))).ask(WHO).await;
            assert_eq!(answer.json, json!({
                "data": { "viewer": { "employee": { "externalId": "E1" } }, "employer": { "slug": employer } },
            }));
        }
    }

    async fn who_has_left_is_out_at_once(app: TestApp) {
        let northwind = app.northwind().await;
        let (emil, hana) = (app.caller("northwind", "E2"), app.caller("northwind", "H1"));
        assert_eq!(emil.ask(WHO).await.text("/viewer/employee/externalId"), "E2");
        let leave = "mutation($rows: [RosterRowInput!]!) { importRoster(input: { rows: $rows }) { report { updated } userErrors { code } } }";
        let rows = json!([{ "externalId": "E2", "status": "LEFT", "leftOn": "2026-03-01" }]);
        let left = hana.send(leave, json!({ "rows": rows })).await;
        assert_eq!(left.data("/importRoster/report/updated"), json!(1), "{northwind:?}");
        assert_eq!(refusal(&emil.ask(WHO).await).0, 401);
    }

    async fn a_role_that_was_revoked_is_gone_at_once(app: TestApp) {
        let northwind = app.northwind().await;
        let (aude, xenia) = (app.caller("northwind", "A1"), app.caller("northwind", "X1"));
        let count = "{ journalEntries { totalCount } }";
        aude.ask(count).await.data("/journalEntries/totalCount");
        let id = app.person(&northwind, "A1").await.to_string();
        let revoke = "mutation($id: ID!) { revokeRole(input: { employeeId: $id, role: AUDITOR }) { userErrors { code } } }";
        assert_eq!(xenia.send(revoke, json!({ "id": id })).await.data("/revokeRole/userErrors"), json!([]));
        assert_eq!(aude.ask(count).await.code(), "FORBIDDEN");
    }

    async fn every_flaw_of_a_token_has_its_own_words(app: TestApp) {
        app.northwind().await;
        let now = app.clock.now().timestamp();
        for (changes, expected) in [
            (json!({ "exp": now - 31 }), "expired"),
            (json!({ "exp": null }), "exp"),
            (json!({ "nbf": now + 3_000 }), "not valid"),
            (json!({ "aud": "payroll" }), "audience"),
            (json!({ "aud": null }), "aud"),
            (json!({ "iss": "https://elsewhere.example" }), "issuer"),
            (json!({ "iss": null }), "iss"),
            (json!({ "sub": null }), "sub"),
            (json!({ "sub": "" }), "sub"),
            (json!({ "employer": null }), "employer"),
            (json!({ "employer": "westwind" }), "nobody"),
            (json!({ "employer": "NORTH WIND" }), "nobody"),
            (json!({ "sub": "Z9" }), "nobody"),
            (json!({ "sub": "L1" }), "has left"),
            (json!({ "sub": "E1\u{0}" }), "nobody"),
            (json!({ "employer": "north\u{0}wind" }), "nobody"),
        ] {
            let answer = app.bearer(&app.sign(&claims(&app, &changes))).ask(WHO).await;
            let (status, message) = refusal(&answer);
            assert_eq!(status, 401, "{changes}");
            assert!(message.contains(expected), "{changes}: {message}");
        }
        // The clocks may differ by half a minute.
        for changes in [json!({ "exp": now - 29 }), json!({ "nbf": now + 29 })] {
            assert_eq!(app.bearer(&app.sign(&claims(&app, &changes))).ask(WHO).await.status, 200, "{changes}");
        }
    }

    async fn an_address_names_who_is_here_and_not_who_has_left(database: TestDb) {
        let issuer = Issuer::new();
        let setting = issuer.setting("employer = \"northwind\", subject_claim = \"email\", subject_is = \"EMAIL\"");
        let app = TestApp::start_with(database, &[("UPSKILL__AUTH__ISSUERS", &setting)]).await;
        let northwind = app.northwind().await;
        let import = async |rows: [RosterLine; 1]| {
            let roster = ImportRoster { lines: rows.to_vec(), ..ImportRoster::default() };
            let report = app.app.organization().import_roster(&northwind.system, roster).await.expect("a report");
            assert_eq!(report.count(|fate| matches!(fate, RowOutcome::Refused(_))), 0, "{report:?}");
        };
        let ask = async |email: &str| app.bearer(&issuer.token(&app, &json!({ "email": email, "email_verified": true }))).ask(WHO).await;
        assert!(refusal(&ask("l1@example.org").await).1.contains("has left"));

        let text = |text: &str| Some(text.to_owned());
        let successor = RosterLine {
            external_id: text("N1"), name: text("Lara Later"), email: text("l1@example.org"), hired_on: text("2026-03-01"),
            ..RosterLine::default()
        };
        import([successor]).await;
        assert_eq!(ask("l1@example.org").await.text("/viewer/employee/externalId"), "N1");
        let gone = RosterLine { external_id: text("N1"), status: text("LEFT"), left_on: text("2026-03-01"), ..RosterLine::default() };
        import([gone]).await;
        assert!(refusal(&ask("l1@example.org").await).1.contains("has left"));
        assert!(refusal(&ask("nobody\u{0}@example.org").await).1.contains("nobody"));
    }
}

#[tokio::test]
async fn a_token_ends_when_it_says_so_even_if_it_was_seen_before() {
    let app = TestApp::start(TestDb::sqlite().await).await;
    app.northwind().await;
    let eva = app.caller("northwind", "E1");
    assert_eq!(eva.ask(WHO).await.status, 200);
    app.clock.advance(TimeDelta::hours(12) + TimeDelta::seconds(29));
    assert_eq!(eva.ask(WHO).await.status, 200);
    app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(refusal(&eva.ask(WHO).await).0, 401);
}

#[tokio::test]
async fn a_token_that_was_tampered_with_is_none() {
    let app = TestApp::start(TestDb::sqlite().await).await;
    app.northwind().await;
    let good = app.token("northwind", "E1");
    let admin = app.token("northwind", "H1");
    let parts: Vec<_> = good.split('.').collect();
    let foreign: Vec<_> = admin.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    for token in [
        format!("{}.{}.{}", parts[0], foreign[1], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        format!("{good}x"),
        format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>()),
        "x".repeat(9_000),
        "...".to_owned(),
    ] {
        let answer = app.bearer(&token).ask(WHO).await;
        assert_eq!(refusal(&answer).0, 401, "{token:.80}");
        assert!(answer.message().len() < 300);
    }
}

/// An issuer of the employer's own: an Ed25519 key and the file that publishes its public half.
struct Issuer {
    key: EncodingKey,
    folder: tempfile::TempDir,
}

impl Issuer {
    const NAME: &str = "https://login.example.com/";

    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pem = folder.path().join("key.pem");
        let clock = std::sync::Arc::new(|| support::app::BEGINNING.parse().expect("an instant"));
        DevelopmentIssuer::open(&pem, clock).expect("a key is made");
        let key = EncodingKey::from_ed_pem(&std::fs::read(&pem).expect("the key")).expect("an Ed25519 key");
        let mut public = Jwk::from_encoding_key(&key, Algorithm::EdDSA).expect("its public half");
        public.common.key_id = Some("k1".to_owned());
        let jwks = json!({ "keys": [public] }).to_string();
        std::fs::write(folder.path().join("jwks.json"), jwks).expect("the keys are published");
        Self { key, folder }
    }

    /// The setting that trusts it, with what is special about it in TOML.
    fn setting(&self, special: &str) -> String {
        let file = self.folder.path().join("jwks.json");
        format!(
            "[{{ issuer = \"{}\", audience = [\"upskill\"], algorithms = [\"EdDSA\"], jwks_file = \"{}\", {special} }}]",
            Self::NAME,
            file.display()
        )
    }

    fn token(&self, app: &TestApp, changes: &Value) -> String {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some("k1".to_owned());
        let mut own = json!({ "iss": Self::NAME, "employer": null, "sub": "00u1" });
        for (claim, value) in changes.as_object().expect("changes are an object") {
            own[claim] = value.clone();
        }
        jsonwebtoken::encode(&header, &claims(app, &own), &self.key).expect("the key signs")
    }
}

#[tokio::test]
async fn an_issuer_of_one_employer_names_people_by_e_mail() {
    let issuer = Issuer::new();
    let special = "employer = \"northwind\", subject_claim = \"email\", subject_is = \"EMAIL\"";
    let setting = issuer.setting(special);
    let app = TestApp::start_with(TestDb::sqlite().await, &[("UPSKILL__AUTH__ISSUERS", &setting)]).await;
    app.northwind().await;
    app.southwind().await;
    for email in ["e1@example.org", "E1@Example.ORG"] {
        let answer = app
            .bearer(&issuer.token(&app, &json!({ "email": email, "email_verified": true })))
            .ask(WHO)
            .await;
        assert_eq!(answer.json["data"]["viewer"]["employee"]["externalId"], "E1", "{email}: {}", answer.json);
    }
    // Its employer is fixed: a claim cannot lead elsewhere.
    let elsewhere = json!({ "email": "e1@example.org", "email_verified": true, "employer": "southwind" });
    assert_eq!(
        app.bearer(&issuer.token(&app, &elsewhere)).ask(WHO).await.text("/employer/slug"),
        "northwind"
    );
    for changes in [
        json!({}),
        json!({ "email": "nobody@example.org", "email_verified": true }),
        json!({ "email": "l1@example.org", "email_verified": true }),
        json!({ "email": "e1@example.org" }),
        json!({ "email": "e1@example.org", "email_verified": false }),
    ] {
        assert_eq!(refusal(&app.bearer(&issuer.token(&app, &changes)).ask(WHO).await).0, 401, "{changes}");
    }
}

#[tokio::test]
async fn an_issuer_of_several_employers_says_which() {
    let issuer = Issuer::new();
    let setting = issuer.setting("employer_claim = \"tenant\"");
    let app = TestApp::start_with(TestDb::sqlite().await, &[("UPSKILL__AUTH__ISSUERS", &setting)]).await;
    app.northwind().await;
    app.southwind().await;
    for tenant in ["northwind", "southwind"] {
        let token = issuer.token(&app, &json!({ "sub": "M1", "tenant": tenant }));
        assert_eq!(app.bearer(&token).ask(WHO).await.text("/employer/slug"), tenant);
    }
    let token = issuer.token(&app, &json!({ "sub": "M1" }));
    assert_eq!(refusal(&app.bearer(&token).ask(WHO).await).0, 401);
}

#[tokio::test]
async fn the_development_issuer_can_be_off() {
    let issuer = Issuer::new();
    let setting = issuer.setting("employer = \"northwind\"");
    let settings = [("UPSKILL__AUTH__DEVELOPMENT__ENABLED", "false"), ("UPSKILL__AUTH__ISSUERS", &setting)];
    let app = TestApp::start_with(TestDb::sqlite().await, &settings).await;
    app.northwind().await;
    assert_eq!(refusal(&app.caller("northwind", "E1").ask(WHO).await).0, 401);
    let token = issuer.token(&app, &json!({ "sub": "E1" }));
    assert_eq!(app.bearer(&token).ask(WHO).await.text("/employer/slug"), "northwind");
}
