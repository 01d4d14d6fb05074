//! Creating, changing, rotating and revoking: done, refused, forbidden, replayed.

use chrono::TimeDelta;
use serde_json::json;
use support::{TestApp, both_databases};

use super::{act, journal, told};

both_databases! {
    async fn an_account_is_created_with_a_secret_that_is_shown_once(app: TestApp) {
        app.northwind().await;
        let input = json!({ "name": " HRIS ", "scopes": ["ROSTER_WRITE", "ROSTER_READ", "ROSTER_READ"], "idempotencyKey": "hris" });
        let made = act(&app, "X1", "createServiceAccount", input.clone()).await;
        let id = made.text("/createServiceAccount/serviceAccount/id");
        assert!(id.starts_with("service_account_"), "{id}");
        let secret = made.text("/createServiceAccount/secret");
        let digits = secret.strip_prefix("upsk_secret_").expect("a prefix that scanners know");
        assert!(digits.len() == 64 && digits.chars().all(|c| c.is_ascii_hexdigit()), "{secret}");
        assert_eq!(made.data("/createServiceAccount/notice"), json!(null));
        let account = json!({
            "id": id, "name": "HRIS", "scopes": ["ROSTER_READ", "ROSTER_WRITE"], "status": "ACTIVE", "version": 1,
            "createdBy": { "externalId": "X1" }, "createdAt": "2026-03-02T09:00:00Z", "revokedAt": null, "lastUsedAt": null,
            "secrets": [{ "createdAt": "2026-03-02T09:00:00Z", "endsAt": null, "lastUsedAt": null }],
        });
        assert_eq!(made.data("/createServiceAccount/serviceAccount"), account);
        assert_eq!(told(&app, &id).await, account);

        // The same request again has the account and says why it has no secret.
        let mut witness = app.witness().await;
        let again = act(&app, "X1", "createServiceAccount", input).await;
        assert_eq!(again.data("/createServiceAccount/serviceAccount"), account);
        assert_eq!(again.data("/createServiceAccount/secret"), json!(null));
        assert!(again.text("/createServiceAccount/notice").contains("rotateServiceAccountSecret"));
        let other = json!({ "name": "LMS", "scopes": ["ROSTER_READ"], "idempotencyKey": "hris" });
        let reused = act(&app, "X1", "createServiceAccount", other).await;
        assert_eq!(reused.refused("createServiceAccount"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert!(!witness.wrote().await);

        let entries = journal(&app).await;
        assert_eq!(entries.len(), 1, "{entries:?}");
        assert_eq!(entries[0]["kind"], "integration.service_account_created");
        assert_eq!(entries[0]["subjectId"], json!(id));
        assert_eq!((&entries[0]["actor"]["externalId"], &entries[0]["serviceAccountId"]), (&json!("X1"), &json!(null)));
        let payload = entries[0]["payload"].as_str().expect("a payload");
        assert!(payload.contains("\"scopes\":\"roster:read roster:write\""), "{payload}");
        assert!(!payload.contains("HRIS") && !payload.contains(digits), "{payload}");
        // Neither the secret nor anything that could be used in its place is kept.
        let kept = format!("SELECT COUNT(*) FROM client_secret WHERE digest LIKE '%{digits}%'");
        assert_eq!(app.number(&kept).await, 0);
    }

    async fn an_account_is_refused_for_every_reason_and_nothing_is_written(app: TestApp) {
        app.northwind().await;
        let taken = app.service_account("northwind", "Learning Records", "learning:read").await;
        let revoked = app.service_account("northwind", "Gone", "learning:read").await;
        act(&app, "X1", "revokeServiceAccount", json!({ "id": revoked.id })).await.data("/revokeServiceAccount/serviceAccount");
        let mut witness = app.witness().await;
        for (input, expected) in [
            (json!({ "name": " ", "scopes": ["ROSTER_READ"] }), "INVALID_NAME input.name"),
            (json!({ "name": "x".repeat(201), "scopes": ["ROSTER_READ"] }), "INVALID_NAME input.name"),
            (json!({ "name": "learning RECORDS", "scopes": ["ROSTER_READ"] }), "NAME_TAKEN input.name"),
            (json!({ "name": "Nothing", "scopes": [] }), "NO_SCOPES input.scopes"),
        ] {
            let refused = act(&app, "X1", "createServiceAccount", input).await;
            assert_eq!(refused.refused("createServiceAccount"), [expected]);
        }
        for (input, expected) in [
            (json!({ "id": taken.id, "name": "" }), "INVALID_NAME input.name"),
            (json!({ "id": taken.id, "scopes": [] }), "NO_SCOPES input.scopes"),
            (json!({ "id": revoked.id, "name": "Back" }), "REVOKED input.id"),
        ] {
            let refused = act(&app, "X1", "changeServiceAccount", input).await;
            assert_eq!(refused.refused("changeServiceAccount"), [expected]);
        }
        let refused = act(&app, "X1", "rotateServiceAccountSecret", json!({ "id": revoked.id })).await;
        assert_eq!(refused.refused("rotateServiceAccountSecret"), ["REVOKED input.id"]);
        let refused = act(&app, "X1", "revokeServiceAccount", json!({ "id": revoked.id })).await;
        assert_eq!(refused.refused("revokeServiceAccount"), ["ALREADY_REVOKED input.id"]);
        for hours in [-1, 169] {
            let input = json!({ "id": taken.id, "overlapHours": hours });
            assert_eq!(act(&app, "X1", "rotateServiceAccountSecret", input).await.code(), "BAD_USER_INPUT");
        }
        for (mutation, input) in [
            ("changeServiceAccount", json!({ "id": taken.id, "name": "New", "expectedVersion": 2 })),
            ("rotateServiceAccountSecret", json!({ "id": taken.id, "expectedVersion": 2 })),
            ("revokeServiceAccount", json!({ "id": taken.id, "expectedVersion": 2 })),
        ] {
            assert_eq!(act(&app, "X1", mutation, input).await.code(), "CONFLICT", "{mutation}");
        }
        assert!(!witness.wrote().await);
        // The name of an account that was revoked is free again.
        app.service_account("northwind", "gone", "learning:read").await;
    }

    async fn a_change_takes_effect_with_the_next_request(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read journal:read").await;
        let caller = app.bearer(&app.access_token(&account).await);
        let people = "{ employees(first: 1) { totalCount } }";
        assert_eq!(caller.ask(people).await.data("/employees/totalCount"), json!(12));
        let input = json!({ "id": account.id, "name": "Journal", "scopes": ["JOURNAL_READ", "CATALOG_READ"], "expectedVersion": 1 });
        let changed = act(&app, "X1", "changeServiceAccount", input.clone()).await;
        assert_eq!(changed.data("/changeServiceAccount/serviceAccount/name"), json!("Journal"));
        assert_eq!(changed.data("/changeServiceAccount/serviceAccount/scopes"), json!(["CATALOG_READ", "JOURNAL_READ"]));
        assert_eq!(changed.data("/changeServiceAccount/serviceAccount/version"), json!(2));
        assert_eq!(caller.ask(people).await.code(), "FORBIDDEN");
        // What the account got later, a token that was given before does not have.
        assert_eq!(caller.ask("{ courses { totalCount } }").await.code(), "FORBIDDEN");
        let renewed = app.bearer(&app.access_token(&account).await);
        assert_eq!(renewed.ask("{ courses { totalCount } }").await.data("/courses/totalCount"), json!(0));

        let mut witness = app.witness().await;
        let same = json!({ "id": account.id, "name": "Journal" });
        assert_eq!(act(&app, "X1", "changeServiceAccount", same).await.data("/changeServiceAccount/serviceAccount/version"), json!(2));
        assert!(!witness.wrote().await);
        let entries = journal(&app).await;
        assert_eq!(entries[1]["kind"], "integration.service_account_changed");
        assert!(entries[1]["payload"].as_str().expect("a payload").contains("\"renamed\":true"), "{entries:?}");
    }

    async fn a_secret_is_rotated_with_an_overlap(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        let old_token = app.bearer(&app.access_token(&account).await);
        let input = json!({ "id": account.id, "idempotencyKey": "spring" });
        let rotated = act(&app, "X1", "rotateServiceAccountSecret", input.clone()).await;
        let secret = rotated.text("/rotateServiceAccountSecret/secret");
        assert_ne!(secret, account.secret);
        assert_eq!(rotated.data("/rotateServiceAccountSecret/serviceAccount/secrets"), json!([
            { "createdAt": "2026-03-02T09:00:00Z", "endsAt": "2026-03-03T09:00:00Z", "lastUsedAt": "2026-03-02T09:00:00Z" },
            { "createdAt": "2026-03-02T09:00:00Z", "endsAt": null, "lastUsedAt": null },
        ]));
        let again = act(&app, "X1", "rotateServiceAccountSecret", input).await;
        assert_eq!(again.data("/rotateServiceAccountSecret/secret"), json!(null));
        assert!(again.text("/rotateServiceAccountSecret/notice").contains("rotateServiceAccountSecret"));

        let new = support::TestAccount { id: account.id.clone(), secret };
        let both = async || [app.ask_as(&account, "").await.status, app.ask_as(&new, "").await.status];
        assert_eq!(both().await, [200, 200]);
        let underway = act(&app, "X1", "rotateServiceAccountSecret", json!({ "id": account.id })).await;
        assert_eq!(underway.refused("rotateServiceAccountSecret"), ["ROTATION_UNDERWAY input.overlapHours"]);
        app.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
        assert_eq!(both().await, [200, 200]);
        // A token that is given a second before its secret ends lives for that second.
        let last = app.ask_as(&account, "").await.json();
        assert_eq!(last["expires_in"], 1);
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(both().await, [401, 200]);
        assert_eq!(old_token.ask("{ employer { name } }").await.status, 401);
        let secrets = told(&app, &account.id).await["secrets"].clone();
        assert_eq!(secrets.as_array().map(Vec::len), Some(1), "{secrets}");
    }

    async fn a_secret_that_leaked_ends_at_once_with_its_tokens(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        let caller = app.bearer(&app.access_token(&account).await);
        let planned = act(&app, "X1", "rotateServiceAccountSecret", json!({ "id": account.id, "overlapHours": 168 })).await;
        planned.text("/rotateServiceAccountSecret/secret");
        assert_eq!(caller.ask("{ employer { name } }").await.status, 200);
        let leaked = act(&app, "X1", "rotateServiceAccountSecret", json!({ "id": account.id, "overlapHours": 0 })).await;
        let secret = leaked.text("/rotateServiceAccountSecret/secret");
        assert_eq!(caller.ask("{ employer { name } }").await.status, 401);
        assert_eq!(app.ask_as(&account, "").await.status, 401);
        let newest = support::TestAccount { secret, ..account.clone() };
        let caller = app.bearer(&app.access_token(&newest).await);
        assert_eq!(caller.ask("{ employer { name } }").await.status, 200);
        let kinds: Vec<_> = journal(&app).await.iter().map(|entry| entry["kind"].clone()).collect();
        assert_eq!(kinds[1..], ["integration.secret_rotated", "integration.secret_rotated"]);
    }

    async fn an_account_that_is_revoked_has_nothing_with_its_next_request(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        let caller = app.bearer(&app.access_token(&account).await);
        assert_eq!(caller.ask("{ employer { name } }").await.status, 200);
        app.clock.advance(TimeDelta::minutes(5));
        let revoked = act(&app, "X1", "revokeServiceAccount", json!({ "id": account.id, "expectedVersion": 1 })).await;
        assert_eq!(revoked.data("/revokeServiceAccount/serviceAccount/status"), json!("REVOKED"));
        assert_eq!(revoked.data("/revokeServiceAccount/serviceAccount/revokedAt"), json!("2026-03-02T09:05:00Z"));
        assert_eq!(revoked.data("/revokeServiceAccount/serviceAccount/secrets"), json!([]));
        let refused = caller.ask("{ employer { name } }").await;
        assert_eq!((refused.status, refused.code()), (401, "UNAUTHENTICATED"));
        assert_eq!(app.ask_as(&account, "").await.json()["error"], "invalid_client");
        assert_eq!(journal(&app).await[1]["kind"], "integration.service_account_revoked");
        let active = "{ serviceAccounts(filter: { status: { in: [ACTIVE] } }) { totalCount nodes { id } } }";
        let aude = app.caller("northwind", "A1");
        assert_eq!(aude.ask(active).await.data("/serviceAccounts/totalCount"), json!(0));
        let all = aude.ask("{ serviceAccounts { totalCount nodes { id status } } }").await;
        assert_eq!(all.data("/serviceAccounts/nodes"), json!([{ "id": account.id, "status": "REVOKED" }]));
    }

    async fn what_has_ended_is_forgotten_and_what_holds_is_not(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:read").await;
        app.access_token(&account).await;
        act(&app, "X1", "rotateServiceAccountSecret", json!({ "id": account.id, "overlapHours": 2 })).await.text("/rotateServiceAccountSecret/secret");
        app.clock.advance(TimeDelta::minutes(30));
        app.access_token(&account).await;
        let kept = async || {
            let failed = upskill_api::worker::forget_credentials(&app.app).await.expect("credentials are forgotten");
            assert!(failed.is_empty(), "{failed:?}");
            [app.rows("access_token").await, app.rows("client_secret").await]
        };
        assert_eq!(kept().await, [2, 2]);
        app.clock.advance(TimeDelta::minutes(30));
        assert_eq!(kept().await, [1, 2]);
        // A token whose secret is gone goes with it, whenever it would have ended by itself.
        app.clock.advance(TimeDelta::minutes(29));
        app.access_token(&account).await;
        act(&app, "X1", "rotateServiceAccountSecret", json!({ "id": account.id, "overlapHours": 0 })).await.text("/rotateServiceAccountSecret/secret");
        assert_eq!(kept().await, [0, 1]);
    }
}
