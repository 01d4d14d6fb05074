//! What scopes open, and acting for a person: within the scopes, within what that person may do, and never to approve.

use serde_json::{Value, json};
use support::{Caller, TestApp, both_databases};

use crate::funding::{Desk, eur};

const WHO: &str = "{ viewer { employee { externalId } roles serviceAccount { name } } }";

const SUBMIT: &str = "mutation($input: SubmitFundingRequestInput!) { submitFundingRequest(input: $input) {
  fundingRequest { id status employee { externalId } } userErrors { code message } } }";

impl Desk {
    /// An account with these scopes.
    async fn bot(&self, name: &str, scopes: &str) -> Caller {
        self.app.account("northwind", name, scopes).await
    }
}

/// The code of the error below one root field.
fn codes(json: &Value) -> Vec<&str> {
    let errors = json["errors"].as_array().into_iter().flatten();
    errors.filter_map(|error| error["extensions"]["code"].as_str()).collect()
}

both_databases! {
    async fn an_account_that_may_read_the_roster_reads_nothing_else(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.request("E1", "Rust", "400").await;
        let hris = desk.bot("HRIS", "roster:read").await;
        let eva = hris.ask("{ employees(filter: { search: \"Eva\" }) { nodes { name department { code } manager { name }
          employment { status } costBand { code } } } }").await;
        assert_eq!(eva.data("/employees/nodes"), json!([{
            "name": "Eva Engineer", "department": { "code": "ENG" }, "manager": { "name": "Max Manager" },
            "employment": { "status": "ACTIVE" }, "costBand": null,
        }]));
        let beyond = hris.ask("{ employees { nodes { name fundingRequests { totalCount } } } }").await;
        assert_eq!((codes(&beyond.json).first(), &beyond.json["data"]["employees"]), (Some(&"FORBIDDEN"), &json!(null)));
        for closed in [
            "{ fundingRequests { totalCount } }", "{ budgets { totalCount } }", "{ courses { totalCount } }",
            "{ enrollments { totalCount } }", "{ journalEntries { totalCount } }", "{ serviceAccounts { totalCount } }",
            "{ roleGrants { totalCount } }",
        ] {
            let refused = hris.ask(closed).await;
            assert_eq!((refused.status, refused.code()), (200, "FORBIDDEN"), "{closed}");
        }
        let budgets = hris.ask("{ budgets { totalCount } }").await;
        assert_eq!(budgets.message(), "you may not read budgets; it takes the scope funding:read");
        let roles = hris.ask("{ roleGrants { totalCount } }").await;
        assert_eq!(roles.message(), "you may not read granted roles; no service account may, whomever it acts for");
    }

    /// What is joined for everybody else has to be asked for by whoever may not read all of it.
    async fn what_comes_along_is_below_the_ceiling_too(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        desk.request("E1", "Rust", "400").await;
        let erp = desk.bot("ERP", "funding:read").await;
        let amounts = erp.ask("{ fundingRequests { nodes { status amount { amount } budget { name } } } }").await;
        assert_eq!(amounts.data("/fundingRequests/nodes"), json!([
            { "status": "SUBMITTED", "amount": { "amount": "400.00" }, "budget": { "name": "Learning" } },
        ]));
        let named = erp.ask("{ fundingRequests { nodes { status employee { name } } } }").await;
        assert_eq!(codes(&named.json), ["FORBIDDEN"]);
        assert!(!named.json.to_string().contains("Eva"), "{}", named.json);
        let both = desk.bot("Both", "funding:read roster:read").await;
        let named = both.ask("{ fundingRequests { nodes { employee { name manager { name } } } } }").await;
        assert_eq!(named.text("/fundingRequests/nodes/0/employee/manager/name"), "Max Manager");
    }

    async fn an_account_acts_for_a_person_with_the_scope_that_says_so(desk: Desk) {
        let bot = desk.bot("Chat", "roster:read people:act").await;
        let eva = json!({ "employee": { "externalId": "E1" }, "roles": [], "serviceAccount": { "name": "Chat" } });
        assert_eq!(bot.acting_for("external-id=E1").ask(WHO).await.data("/viewer"), eva);
        assert_eq!(bot.acting_for("email=E1@Example.org").ask(WHO).await.data("/viewer"), eva);
        let hana = bot.acting_for("external-id=H1").ask(WHO).await;
        assert_eq!(hana.data("/viewer/roles"), json!(["MANAGER", "HR_ADMIN"]));
        for (person, message) in [
            ("external-id=Z9", "nobody"), ("external-id=L1", "nobody"), ("email=l1@example.org", "nobody"), ("E1", "external-id="),
            ("external-id=", "external-id="), ("", "external-id="),
        ] {
            let refused = bot.acting_for(person).ask(WHO).await;
            assert_eq!((refused.status, refused.code()), (400, "BAD_USER_INPUT"), "{person}");
            assert!(refused.message().contains(message), "{person}: {}", refused.message());
        }
        let mute = desk.bot("Mute", "roster:read").await;
        let refused = mute.acting_for("external-id=E1").ask(WHO).await;
        assert_eq!((refused.status, refused.code()), (403, "FORBIDDEN"));
        let max = desk.caller("M1").acting_for("external-id=E1").ask(WHO).await;
        assert_eq!((max.status, max.code()), (403, "FORBIDDEN"));
        let nobody = desk.app.anonymous().acting_for("external-id=E1").ask(WHO).await;
        assert_eq!((nobody.status, nobody.code()), (401, "UNAUTHENTICATED"));
    }

    async fn the_scopes_are_the_ceiling_and_the_person_is_too(desk: Desk) {
        let budget = desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "Rust", "400").await;
        let request = "query($id: ID!) { fundingRequest(id: $id) { status } }";
        let bot = desk.bot("Chat", "funding:read people:act").await;
        let asks = async |person: &str| bot.acting_for(person).send(request, json!({ "id": id })).await.json["data"].clone();
        assert_eq!(asks("external-id=E1").await, json!({ "fundingRequest": { "status": "SUBMITTED" } }));
        // Emil may not see it, whatever the account could see by itself.
        assert_eq!(asks("external-id=E2").await, json!({ "fundingRequest": null }));
        let look = "query($id: ID!) { budget(id: $id) { name } }";
        let budgets = bot.acting_for("external-id=E1").send(look, json!({ "id": budget })).await;
        assert_eq!(budgets.json["data"], json!({ "budget": null }));
        // Hana may, and the account may not, for her either.
        for closed in ["{ employees { totalCount } }", "{ enrollments { totalCount } }", "{ costBands { code } }"] {
            assert_eq!(bot.acting_for("external-id=H1").ask(closed).await.code(), "FORBIDDEN", "{closed}");
        }
        assert_eq!(bot.acting_for("external-id=H1").ask("{ budgets { totalCount } }").await.data("/budgets/totalCount"), json!(1));
        // What waits for Max is told with the scope for it and not without.
        let waits = "{ viewer { approvals { totalCount } } }";
        assert_eq!(bot.acting_for("external-id=M1").ask(waits).await.data("/viewer/approvals/totalCount"), json!(1));
        let blind = desk.bot("Blind", "roster:read people:act").await;
        assert_eq!(blind.acting_for("external-id=M1").ask(waits).await.data("/viewer/approvals/totalCount"), json!(0));
    }

    async fn what_is_done_for_a_person_is_told_with_both_names(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let bot = desk.bot("Chat", "funding:request people:act").await;
        let input = json!({
            "course": { "outside": {
                "title": "Rust", "providerName": "A College", "url": "https://example.org/rust", "workloadMinutes": 600,
            } },
            "quote": eur("400"), "purpose": "To write better programs", "idempotencyKey": "rust-1",
        });
        bot.ask(WHO).await;
        let mut witness = desk.app.witness().await;
        assert_eq!(bot.send(SUBMIT, json!({ "input": input })).await.json["data"]["submitFundingRequest"], json!(null));
        assert!(!witness.wrote().await);
        let eva = bot.acting_for("external-id=E1");
        let submitted = eva.send(SUBMIT, json!({ "input": input })).await;
        let id = submitted.json["data"]["submitFundingRequest"]["fundingRequest"]["id"].clone();
        assert!(id.as_str().is_some_and(|id| id.starts_with("funding_request_")), "{}", submitted.json);
        desk.app.seal().await;
        let account = desk.app.caller("northwind", "X1").ask("{ serviceAccounts { nodes { id } } }").await.text("/serviceAccounts/nodes/0/id");
        let by = "query($id: ID!) { journalEntries(filter: { serviceAccountId: $id }) { nodes { kind actorKind actor { externalId } serviceAccountId } } }";
        let told = desk.caller("A1").send(by, json!({ "id": account })).await;
        assert_eq!(told.data("/journalEntries/nodes"), json!([{
            "kind": "funding.request_submitted", "actorKind": "EMPLOYEE", "actor": { "externalId": "E1" }, "serviceAccountId": account,
        }]));
        // A key belongs to whoever used it: Eva by herself is somebody else than the account for her.
        let own = desk.caller("E1").send(SUBMIT, json!({ "input": input })).await;
        assert_eq!(own.data("/submitFundingRequest/userErrors/0/code"), json!("ALREADY_REQUESTED"));
        let verdict = desk.app.app.journal().verify(desk.northwind.id).await.expect("a verdict");
        assert!(verdict.is_ok(), "{verdict:?}");
    }

    /// F12, for every way there is to decide, and with every scope there is.
    async fn no_account_ever_approves_whomever_it_acts_for(desk: Desk) {
        desk.budget("Learning", "1000", json!({})).await;
        let id = desk.request("E1", "Rust", "400").await;
        let scopes: Vec<_> = upskill_domain::access::AccountScope::ALL.iter().map(|scope| scope.name()).collect();
        let bot = desk.bot("Everything", &scopes.join(" ")).await;
        bot.ask(WHO).await;
        let mutations = [
            ("approveFundingRequest", json!({ "id": id })),
            ("rejectFundingRequest", json!({ "id": id, "reason": "TOO_EXPENSIVE", "text": "no" })),
            ("requestFundingChanges", json!({ "id": id, "changes": [], "text": "cheaper" })),
            ("issueActionLinks", json!({ "id": id })),
            ("delegateApprovals", json!({ "delegateId": desk.person("E2").await, "fromOn": "2026-03-02", "untilOn": "2026-03-09" })),
            ("grantRole", json!({ "employeeId": desk.person("E1").await, "role": "FINANCE" })),
            ("createServiceAccount", json!({ "name": "Another", "scopes": ["PEOPLE_ACT"] })),
        ];
        let mut witness = desk.app.witness().await;
        for person in ["", "external-id=M1", "external-id=C1", "external-id=H1", "external-id=X1"] {
            let caller = if person.is_empty() { bot.clone() } else { bot.acting_for(person) };
            for (mutation, input) in &mutations {
                let input_type = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
                let document = format!("mutation($input: {input_type}!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
                let refused = caller.send(&document, json!({ "input": input })).await;
                let code = refused.code();
                let hidden = code == "NOT_FOUND" || (code == "BAD_USER_INPUT" && person.is_empty());
                assert!(code == "FORBIDDEN" || hidden, "{mutation} for {person}: {}", refused.json);
            }
            let decide = "mutation($input: DecideFundingRequestsInput!) { decideFundingRequests(input: $input) {
              report { approved results { userErrors { code } } } userErrors { code } } }";
            let input = json!({ "decisions": [{ "id": id, "verdict": { "approve": {} } }] });
            let report = caller.send(decide, json!({ "input": input })).await.json["data"]["decideFundingRequests"]["report"].clone();
            assert!(report.is_null() || report["approved"] == 0, "{report}");
        }
        assert!(!witness.wrote().await);
        let approve = "mutation($input: ApproveFundingRequestInput!) { approveFundingRequest(input: $input) { userErrors { code } } }";
        let max = bot.acting_for("external-id=M1").send(approve, json!({ "input": { "id": id } })).await;
        assert_eq!(max.message(), "you may not decide this request; no service account may, whomever it acts for");
        // Max himself still does.
        assert_eq!(desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status"), json!("APPROVED"));
    }

    async fn what_an_account_does_by_itself_is_told_as_its_own(app: TestApp) {
        let northwind = app.northwind().await;
        let account = app.service_account("northwind", "HRIS", "roster:write").await;
        let hris = app.bearer(&app.access_token(&account).await);
        let import = "mutation($input: ImportRosterInput!) { importRoster(input: $input) { report { created } userErrors { code } } }";
        let rows = json!([{ "externalId": "N1", "name": "Nora New", "hiredOn": "2026-03-02" }]);
        let imported = hris.send(import, json!({ "input": { "rows": rows } })).await;
        assert_eq!(imported.data("/importRoster/report/created"), json!(1));
        app.seal().await;
        let told = app.caller("northwind", "A1").ask("{ journalEntries(last: 1) { nodes {
          kind actorKind actor { id } serviceAccountId capacity } } }").await;
        assert_eq!(told.data("/journalEntries/nodes/0"), json!({
            "kind": "organization.employee_added", "actorKind": "SERVICE_ACCOUNT", "actor": null, "serviceAccountId": account.id, "capacity": null,
        }));
        assert!(app.app.journal().verify(northwind.id).await.expect("a verdict").is_ok());
        // An entry cannot be taken from one account and given to another, or to the installation.
        support::database::execute(app.database(), "UPDATE journal_entry SET account_id = NULL WHERE account_id IS NOT NULL").await;
        assert!(app.app.journal().verify(northwind.id).await.expect("a verdict").is_err());
    }
}
