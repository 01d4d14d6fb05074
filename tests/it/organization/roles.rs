//! Roles of people who leave, and grants that are repeated.

use serde_json::json;
use support::{TestApp, both_databases};

use super::{GRANT, IMPORT, REVOKE};

both_databases! {
    async fn o3_somebody_who_can_grant_roles_always_stays(app: TestApp) {
        let northwind = app.northwind().await;
        let (xenia, hana) = (app.caller("northwind", "X1"), app.caller("northwind", "H1"));
        let eva = json!({ "employeeId": app.person(&northwind, "E1").await.to_string(), "role": "EMPLOYER_ADMIN" });
        let admin = json!({ "employeeId": app.person(&northwind, "X1").await.to_string(), "role": "EMPLOYER_ADMIN" });
        let leave = async |person: &str| {
            let rows = json!([{ "externalId": person, "status": "LEFT", "leftOn": "2026-03-01" }]);
            hana.send(IMPORT, json!({ "input": { "rows": rows } })).await.data("/importRoster/report/rows/0")
        };

        let mut witness = app.witness().await;
        assert_eq!(leave("X1").await, json!({
            "row": 1, "externalId": "X1", "outcome": "REFUSED",
            "problem": "Xenia Admin (X1) is the last EMPLOYER_ADMIN and cannot leave; grant the role to somebody else first",
        }));
        assert!(!witness.wrote().await);

        xenia.send(GRANT, json!({ "input": eva })).await.data("/grantRole/roleGrant/role");
        assert_eq!(leave("E1").await["outcome"], "UPDATED");
        // Eva's grant outlives her stay, and taking it back takes nothing from anybody.
        let own = xenia.send(REVOKE, json!({ "input": admin })).await;
        assert_eq!(own.refused("revokeRole"), ["LAST_ADMIN input.role"]);
        let hers = xenia.send(REVOKE, json!({ "input": eva })).await;
        assert_eq!(hers.data("/revokeRole/roleGrant/role"), json!("EMPLOYER_ADMIN"));
    }

    async fn a_grant_that_is_repeated_with_its_key_is_the_first(app: TestApp) {
        let northwind = app.northwind().await;
        let xenia = app.caller("northwind", "X1");
        let eva = app.person(&northwind, "E1").await.to_string();
        let document = "mutation($input: GrantRoleInput!) { grantRole(input: $input) { roleGrant { id role } userErrors { code field } } }";
        let input = |role: &str, key: &str| json!({ "input": { "employeeId": eva, "role": role, "idempotencyKey": key } });
        let granted = xenia.send(document, input("FINANCE", "k-1")).await;
        assert_eq!(granted.text("/grantRole/roleGrant/role"), "FINANCE");

        let mut witness = app.witness().await;
        assert_eq!(xenia.send(document, input("FINANCE", "k-1")).await, granted);
        let reused = xenia.send(document, input("AUDITOR", "k-1")).await;
        assert_eq!(reused.refused("grantRole"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        let another = xenia.send(document, input("FINANCE", "k-2")).await;
        assert_eq!(another.refused("grantRole"), ["ALREADY_GRANTED input.role"]);
        assert_eq!(xenia.send(document, input("AUDITOR", " ")).await.code(), "BAD_USER_INPUT");
        assert!(!witness.wrote().await);

        let revoke = json!({ "input": { "employeeId": eva, "role": "FINANCE" } });
        xenia.send(REVOKE, revoke).await.data("/revokeRole/roleGrant/role");
        assert_eq!(xenia.send(document, input("FINANCE", "k-1")).await.code(), "NOT_FOUND");
    }
}
