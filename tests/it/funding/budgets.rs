//! Budgets: created, changed, owned, ended.

use serde_json::json;
use support::both_databases;

use super::{CREATE, Desk, eur, merge, reason};

both_databases! {
    async fn finance_creates_a_budget_once(desk: Desk) {
        let finn = desk.caller("F1");
        let mut input = desk.budget_input("Learning 2026", json!({ "allocation": eur("1000"), "idempotencyKey": "b-1" })).await;
        let created = finn.send(CREATE, json!({ "input": input })).await;
        let id = created.text("/createBudget/budget/id");
        assert_eq!(created.data("/createBudget/budget"), json!({ "id": id, "name": "Learning 2026", "status": "DRAFT", "version": 1 }));
        assert_eq!(desk.layers(&id).await, ["1000.00", "0.00", "0.00", "0.00", "0.00", "1000.00"]);

        let before = desk.footprint().await;
        let replayed = finn.send(CREATE, json!({ "input": input })).await;
        assert_eq!(replayed.data("/createBudget/budget/id"), json!(id));
        input["allocation"] = eur("2000");
        let reused = finn.send(CREATE, json!({ "input": input })).await;
        assert_eq!(reused.refused("createBudget"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.footprint().await, before);

        let shown = finn.send(
            "query($id: ID!) { budget(id: $id) {
              currency limitMode startsOn endsOn department { code } parent { id } owners { name }
              ledger { totalCount nodes { sequence kind change { allocated { amount } available { amount } } balance { available { amount } }
                request { id } transferId reason note effectiveOn bookedBy { externalId } bookedAt budget { name } } } } }",
            json!({ "id": id }),
        ).await;
        assert_eq!(shown.data("/budget"), json!({
            "currency": "EUR", "limitMode": "HARD", "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            "department": null, "parent": null, "owners": [{ "name": "Hana Human" }],
            "ledger": { "totalCount": 1, "nodes": [{
                "sequence": 1, "kind": "ALLOCATE",
                "change": { "allocated": { "amount": "1000.00" }, "available": { "amount": "1000.00" } },
                "balance": { "available": { "amount": "1000.00" } },
                "request": null, "transferId": null, "reason": null, "note": null, "effectiveOn": "2026-03-02",
                "bookedBy": { "externalId": "F1" }, "bookedAt": "2026-03-02T09:00:00Z", "budget": { "name": "Learning 2026" },
            }] },
        }));
        desk.holds().await;
    }

    async fn every_refusal_of_a_budget_writes_nothing(desk: Desk) {
        let parent = desk.budget("Above", "100", json!({})).await;
        let (lara, eng) = (desk.person("L1").await, desk.department("ENG").await);
        let before = desk.footprint().await;
        let cases = [
            (json!({ "name": " " }), "INVALID_NAME input.name"),
            (json!({ "ownerIds": [] }), "NO_OWNER input.ownerIds"),
            (json!({ "ownerIds": [lara] }), "UNKNOWN_OWNER input.ownerIds"),
            (json!({ "ownedBy": { "departmentId": "department_00000000000000000000000001" } }), "UNKNOWN_DEPARTMENT input.ownedBy"),
            (json!({ "ownedBy": { "programId": "program_00000000000000000000000001" } }), "UNKNOWN_PROGRAM input.ownedBy"),
            (json!({ "parentId": "budget_00000000000000000000000001" }), "UNKNOWN_PARENT input.parentId"),
            (json!({ "parentId": parent, "currency": "USD" }), "PARENT_CURRENCY input.currency"),
            (json!({ "parentId": parent, "period": { "startsOn": "2026-07-01", "endsOn": "2027-06-30" } }), "OUTSIDE_PARENT_PERIOD input.period"),
            (json!({ "parentId": parent, "allocation": eur("100.01") }), "INSUFFICIENT_FUNDS input.allocation"),
            (json!({ "allocation": eur("0") }), "ALLOCATION_NOT_POSITIVE input.allocation"),
            (json!({ "allocation": { "amount": "5", "currency": "USD" } }), "ALLOCATION_CURRENCY input.allocation"),
        ];
        for (more, refusal) in cases {
            let input = desk.budget_input("Refused", more).await;
            let answer = desk.caller("F1").send(CREATE, json!({ "input": input })).await;
            assert_eq!(answer.refused("createBudget"), [refusal]);
        }
        let input = desk.budget_input("Refused", json!({ "ownedBy": { "departmentId": eng } })).await;
        for person in ["E1", "M1", "C1", "H2", "A1", "W1", "X1"] {
            let answer = desk.caller(person).send(CREATE, json!({ "input": input })).await;
            assert_eq!(answer.code(), "FORBIDDEN", "{person}");
        }
        let backwards = desk.budget_input("Refused", json!({ "period": { "startsOn": "2026-02-01", "endsOn": "2026-01-31" } })).await;
        assert_eq!(desk.caller("F1").send(CREATE, json!({ "input": backwards })).await.code(), "BAD_USER_INPUT");
        assert_eq!(desk.footprint().await, before);
    }

    async fn a_budget_lives_through_its_statuses(desk: Desk) {
        let above = desk.budget("Above", "1000", json!({})).await;
        let below = desk.budget("Below", "400", json!({ "parentId": above })).await;
        let act = async |mutation: &str, id: &str| desk.act("H1", mutation, json!({ "id": id })).await;
        assert_eq!(act("archiveBudget", &below).await.refused("archiveBudget"), ["STATUS_NOT_ALLOWED input.id"]);
        assert_eq!(act("openBudget", &below).await.refused("openBudget"), ["STATUS_NOT_ALLOWED input.id"]);

        let request = desk.approved("E1", "cloud", "100").await;
        assert_eq!(act("closeBudgetToSpend", &above).await.data("/closeBudgetToSpend/budget/status"), json!("CLOSED_TO_SPEND"));
        let promised = act("archiveBudget", &above).await;
        assert_eq!(promised.refused("archiveBudget"), ["STILL_PROMISED input.id"]);
        assert_eq!(reason(&promised, "archiveBudget"), "100.00 EUR is still reserved or committed; settle or cancel those requests first");
        let canceled = desk.act("F1", "cancelFundingRequest", json!({ "id": request, "reason": "NO_LONGER_NEEDED" })).await;
        assert_eq!(canceled.data("/cancelFundingRequest/fundingRequest/status"), json!("CANCELED"));
        assert_eq!(act("archiveBudget", &above).await.refused("archiveBudget"), ["CHILDREN_IN_USE input.id"]);

        let before = desk.footprint().await;
        let stale = desk.act("H1", "closeBudgetToSpend", json!({ "id": below, "expectedVersion": 1 })).await;
        assert_eq!((stale.code(), stale.message()), ("CONFLICT", "the budget has changed since: expected version 1, it is now 2; read it again"));
        assert_eq!(act("closeBudgetToSpend", "budget_00000000000000000000000001").await.code(), "NOT_FOUND");
        for person in ["E1", "M1", "H2", "A1"] {
            for mutation in ["openBudget", "closeBudgetToSpend", "archiveBudget"] {
                assert_eq!(desk.act(person, mutation, json!({ "id": below })).await.code(), "FORBIDDEN");
            }
        }
        assert_eq!(desk.footprint().await, before);

        // A request that waits would wait for ever, and the money would be lost to the budget above.
        let waiting = desk.submit("E1", "rust", "100", json!({ "budgetId": below })).await.text("/submitFundingRequest/fundingRequest/id");
        act("closeBudgetToSpend", &below).await;
        let waited_for = act("archiveBudget", &below).await;
        assert_eq!(waited_for.refused("archiveBudget"), ["REQUESTS_WAITING input.id"]);
        assert_eq!(
            reason(&waited_for, "archiveBudget"),
            "requests to it that still wait for a decision: 1; they must be decided or withdrawn first",
        );
        desk.act("E1", "withdrawFundingRequest", json!({ "id": waiting })).await.data("/withdrawFundingRequest/fundingRequest/id");
        let before = desk.footprint().await;
        let left = act("archiveBudget", &below).await;
        assert_eq!(left.refused("archiveBudget"), ["MONEY_LEFT input.id"]);
        assert_eq!(
            reason(&left, "archiveBudget"),
            "400.00 EUR is still available; hand it back to the budget above first, with transferBudget",
        );
        assert_eq!(desk.footprint().await, before);
        let back = json!({ "fromId": below, "toId": above, "amount": eur("400") });
        desk.act("F1", "transferBudget", back).await.data("/transferBudget/from/id");
        assert_eq!(act("archiveBudget", &below).await.data("/archiveBudget/budget/status"), json!("ARCHIVED"));
        assert_eq!(act("archiveBudget", &above).await.data("/archiveBudget/budget/status"), json!("ARCHIVED"));
        let input = desk.budget_input("Too late", json!({ "parentId": above })).await;
        let late = desk.caller("F1").send(CREATE, json!({ "input": input })).await;
        assert_eq!(late.refused("createBudget"), ["PARENT_ARCHIVED input.parentId"]);
        desk.holds().await;
    }

    async fn what_comes_back_to_an_archived_budget_is_handed_on(desk: Desk) {
        let above = desk.budget("Above", "1000", json!({})).await;
        let below = desk.budget("Below", "100", json!({ "parentId": above })).await;
        let asked = desk.submit("E1", "cloud", "100", json!({ "budgetId": below })).await;
        let id = asked.text("/submitFundingRequest/fundingRequest/id");
        desk.approve("M1", &id).await.data("/approveFundingRequest/fundingRequest/status");
        desk.act("F1", "commitFundingRequest", json!({ "id": id })).await.data("/commitFundingRequest/fundingRequest/id");
        desk.act("F1", "settleFundingRequest", json!({ "id": id, "price": eur("100") })).await.data("/settleFundingRequest/fundingRequest/id");
        for mutation in ["closeBudgetToSpend", "archiveBudget"] {
            desk.act("F1", mutation, json!({ "id": below })).await.data(&format!("/{mutation}/budget/id"));
        }
        let refund = json!({ "id": id, "amount": eur("60"), "reason": "COURSE_CANCELED" });
        desk.act("F1", "refundFundingRequest", refund).await.data("/refundFundingRequest/fundingRequest/id");
        assert_eq!(desk.layers(&below).await[5], "60.00");
        let back = |from: &str, to: &str| json!({ "fromId": from, "toId": to, "amount": eur("60") });
        desk.act("F1", "transferBudget", back(&below, &above)).await.data("/transferBudget/from/id");
        assert_eq!((desk.layers(&below).await[5].as_str(), desk.layers(&above).await[5].as_str()), ("0.00", "960.00"));
        // Nothing else goes in.
        let into = desk.act("F1", "transferBudget", back(&above, &below)).await;
        assert_eq!(into.refused("transferBudget"), ["BUDGET_STATUS input"]);
        desk.holds().await;
    }

    async fn a_budget_changes_unless_somebody_was_faster(desk: Desk) {
        let id = desk.budget("Learning", "50", json!({ "limitMode": "WARN" })).await;
        let change = async |person: &str, input: serde_json::Value| desk.act(person, "changeBudget", input).await;
        let renamed = change("H1", json!({ "id": id, "expectedVersion": 2, "name": "Learning 2026" })).await;
        assert_eq!(renamed.data("/changeBudget/budget/name"), json!("Learning 2026"));
        assert_eq!(renamed.data("/changeBudget/budget/version"), json!(3));

        // What changes nothing is no change, and what did is in the journal.
        let before = desk.footprint().await;
        for same in [json!({}), json!({ "name": " Learning 2026", "limitMode": "WARN" })] {
            let mut input = json!({ "id": id, "expectedVersion": 3 });
            merge(&mut input, same);
            assert_eq!(change("H1", input).await.data("/changeBudget/budget/version"), json!(3));
        }
        assert_eq!(desk.footprint().await, before);
        desk.app.seal().await;
        let journal = "{ journalEntries(last: 1) { nodes { kind payload } } }";
        let journal = desk.caller("A1").ask(journal).await;
        assert_eq!(journal.text("/journalEntries/nodes/0/kind"), "funding.budget_changed");
        let payload = json!({ "budget": id, "fields": ["name"] }).to_string();
        assert_eq!(journal.text("/journalEntries/nodes/0/payload"), payload);

        desk.approved("E1", "cloud", "80").await;
        let before = desk.footprint().await;
        let hard = change("H1", json!({ "id": id, "expectedVersion": 3, "limitMode": "HARD" })).await;
        assert_eq!(hard.refused("changeBudget"), ["OVERDRAWN input.limitMode"]);
        assert_eq!(reason(&hard, "changeBudget"), "-30.00 EUR is available, which is below 0; allocate at least that much before setting HARD");
        assert_eq!(change("H1", json!({ "id": id, "expectedVersion": 3, "name": "" })).await.refused("changeBudget"), ["INVALID_NAME input.name"]);
        assert_eq!(change("H1", json!({ "id": id, "expectedVersion": 2 })).await.code(), "CONFLICT");
        assert_eq!(change("E1", json!({ "id": id, "expectedVersion": 3 })).await.code(), "FORBIDDEN");
        assert_eq!(desk.footprint().await, before);

        desk.act("F1", "allocateBudget", json!({ "id": id, "amount": eur("30") })).await;
        let hard = change("H1", json!({ "id": id, "expectedVersion": 3, "limitMode": "HARD" })).await;
        assert_eq!(hard.data("/changeBudget/budget/limitMode"), json!("HARD"));
        desk.holds().await;
    }

    async fn an_owner_who_is_added_again_with_the_same_key_is_there_already(desk: Desk) {
        let id = desk.budget("Learning", "50", json!({})).await;
        let input = json!({ "id": id, "employeeId": desk.person("M2").await, "idempotencyKey": "mia" });
        let added = desk.act("F1", "addBudgetOwner", input.clone()).await;
        assert_eq!(added.data("/addBudgetOwner/userErrors"), json!([]));
        let before = desk.footprint().await;
        assert_eq!(desk.act("F1", "addBudgetOwner", input.clone()).await, added);
        let mut other = input;
        other["employeeId"] = json!(desk.person("M1").await);
        let reused = desk.act("F1", "addBudgetOwner", other).await;
        assert_eq!(reused.refused("addBudgetOwner"), ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"]);
        assert_eq!(desk.footprint().await, before);
    }

    async fn somebody_always_answers_for_a_budget(desk: Desk) {
        let id = desk.budget("Learning", "50", json!({})).await;
        let (hana, mia, lara) = (desk.person("H1").await, desk.person("M2").await, desk.person("L1").await);
        let add = async |person: &str, who: &str| desk.act(person, "addBudgetOwner", json!({ "id": id, "employeeId": who })).await;
        let remove = async |person: &str, who: &str| desk.act(person, "removeBudgetOwner", json!({ "id": id, "employeeId": who })).await;

        let before = desk.footprint().await;
        assert_eq!(remove("F1", &hana).await.refused("removeBudgetOwner"), ["LAST_OWNER input.employeeId"]);
        assert_eq!(remove("F1", &mia).await.refused("removeBudgetOwner"), ["NOT_OWNER input.employeeId"]);
        assert_eq!(add("F1", &hana).await.refused("addBudgetOwner"), ["ALREADY_OWNER input.employeeId"]);
        assert_eq!(add("F1", &lara).await.refused("addBudgetOwner"), ["UNKNOWN_EMPLOYEE input.employeeId"]);
        assert_eq!(add("M2", &mia).await.code(), "FORBIDDEN");
        assert_eq!(remove("M2", &hana).await.code(), "FORBIDDEN");
        assert_eq!(desk.footprint().await, before);

        let roles = async || desk.caller("M2").ask("{ viewer { roles } }").await.data("/viewer/roles");
        assert_eq!(roles().await, json!(["MANAGER"]));
        // Emil leaves, so Hana is still the last who answers for it.
        let emil = desk.person("E2").await;
        add("F1", &emil).await.data("/addBudgetOwner/budget/id");
        desk.roster(|line| (line.status, line.left_on) = (Some("LEFT".to_owned()), Some("2026-03-01".to_owned())), "E2").await;
        let last = remove("F1", &hana).await;
        assert_eq!(last.refused("removeBudgetOwner"), ["LAST_OWNER input.employeeId"]);
        assert_eq!(reason(&last, "removeBudgetOwner"), "nobody else who owns this budget still works here; add another owner first");
        remove("F1", &emil).await.data("/removeBudgetOwner/budget/id");

        desk.app.clock.advance(chrono::TimeDelta::minutes(1));
        let added = add("F1", &mia).await;
        assert_eq!(added.data("/addBudgetOwner/budget/owners"), json!([{ "externalId": "H1" }, { "externalId": "M2" }]));
        assert_eq!(roles().await, json!(["MANAGER", "BUDGET_OWNER"]));
        let removed = remove("F1", &hana).await;
        assert_eq!(removed.data("/removeBudgetOwner/budget/owners"), json!([{ "externalId": "M2" }]));
    }
}
