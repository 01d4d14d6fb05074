//! Rows about budgets and requests.

use serde_json::json;
use support::TestApp;
use support::story::Employer;

use super::{EVERYBODY, Forbidden, Hidden, Ids, Listed, Nothing, Row, done};

const BUDGET_READERS: &[&str] = &["M1", "H1", "H2", "F1", "A1"];
const REQUEST_READERS: &[&str] = &["C1", "M1", "E1", "H1", "H2", "F1"];
const MONEY: &[&str] = &["H1", "F1"];

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "budget",
        document: "query($id: ID!) { budget(id: $id) { id name balance { available { amount } } owners { id }
          ledger { totalCount nodes { id kind bookedBy { id } } } requests { nodes { id } } children { nodes { id } } } }",
        variables: r#"{ "id": "@purse" }"#,
        allowed: BUDGET_READERS,
        otherwise: Nothing,
    },
    Row {
        field: "budgets",
        document: "{ budgets(first: 100) { totalCount nodes { id name balance { available { amount } } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "fundingRequest",
        document: "query($id: ID!) { fundingRequest(id: $id) { id purpose employee { id } budget { id }
          steps { id assignee { id } } decisions { id decidedBy { id } grounds { available { amount } } } } }",
        variables: r#"{ "id": "@asked" }"#,
        allowed: REQUEST_READERS,
        otherwise: Nothing,
    },
    Row {
        field: "fundingRequests",
        document: "{ fundingRequests(first: 100) { totalCount nodes { id employee { id } budget { id } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "fundingPreview",
        document: "query($input: FundingPreviewInput!) { fundingPreview(input: $input) { outcome
          findings { code actual { money { amount } } limit { money { amount } } } price { amount }
          budget { budgetId name before { available { amount } } } steps { assignee { id } }
          alternatives { ... on BudgetAlternative { budgetId } } } }",
        variables: r#"{ "input": { "employeeId": "@eva", "quote": { "amount": "1", "currency": "EUR" },
          "course": { "outside": { "title": "Row", "providerName": "Row", "url": "https://example.org/row" } } } }"#,
        allowed: &["C1", "M1", "E1", "H1", "H2"],
        otherwise: Forbidden,
    },
    Row {
        field: "fundingAllowance",
        document: "query($id: ID!) { fundingAllowance(employeeId: $id) { courses taxBuckets { year } findings { code } } }",
        variables: r#"{ "id": "@eva" }"#,
        allowed: &["C1", "M1", "E1", "H1", "H2"],
        otherwise: Forbidden,
    },
    Row {
        field: "viewer",
        document: "{ viewer { fundingTasks { kind request { id } } fundingRequests { nodes { id waitsFor } } approvals { totalCount nodes { step { id }
          request { id budget { id } taxShares { taxable { amount } } } findings { code } requesterLoad { liveRequests } requesterHistory { id } } } } }",
        variables: "{}",
        allowed: EVERYBODY,
        otherwise: Forbidden,
    },
    Row {
        field: "nodes",
        document: "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on LedgerEntry { budget { id } } } }",
        variables: r#"{ "ids": ["@purse", "@booking"] }"#,
        allowed: BUDGET_READERS,
        otherwise: Nothing,
    },
    Row {
        field: "nodes",
        document: "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Decision { request { id } step { id } } } }",
        variables: r#"{ "ids": ["@asked", "@step", "@decision"] }"#,
        allowed: REQUEST_READERS,
        otherwise: Nothing,
    },
    mutation!(
        "createBudget",
        "CreateBudgetInput",
        r#"{ "input": { "name": "Row", "period": { "startsOn": "2026-01-01", "endsOn": "2026-12-31" }, "ownerIds": ["@hugo"] } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "changeBudget",
        "ChangeBudgetInput",
        r#"{ "input": { "id": "@change-@person", "expectedVersion": 1, "name": "Renamed" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!("openBudget", "OpenBudgetInput", r#"{ "input": { "id": "@draft-@person" } }"#, MONEY, Forbidden),
    mutation!("closeBudgetToSpend", "CloseBudgetToSpendInput", r#"{ "input": { "id": "@open-@person" } }"#, MONEY, Forbidden),
    mutation!("archiveBudget", "ArchiveBudgetInput", r#"{ "input": { "id": "@end-@person" } }"#, MONEY, Forbidden),
    mutation!(
        "addBudgetOwner",
        "AddBudgetOwnerInput",
        r#"{ "input": { "id": "@change-@person", "employeeId": "@eva" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "removeBudgetOwner",
        "RemoveBudgetOwnerInput",
        r#"{ "input": { "id": "@change-@person", "employeeId": "@hugo" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "allocateBudget",
        "AllocateBudgetInput",
        r#"{ "input": { "id": "@purse", "amount": { "amount": "1", "currency": "EUR" } } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "adjustBudget",
        "AdjustBudgetInput",
        r#"{ "input": { "id": "@purse", "amount": { "amount": "1", "currency": "EUR" }, "reason": "CORRECTION", "note": "row" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "transferBudget",
        "TransferBudgetInput",
        r#"{ "input": { "fromId": "@purse", "toId": "@second", "amount": { "amount": "1", "currency": "EUR" } } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "approveFundingRequest",
        "ApproveFundingRequestInput",
        r#"{ "input": { "id": "@approve" } }"#,
        &["M1"],
        Hidden(REQUEST_READERS)
    ),
    mutation!(
        "rejectFundingRequest",
        "RejectFundingRequestInput",
        r#"{ "input": { "id": "@reject", "reason": "OTHER", "text": "row" } }"#,
        &["M1"],
        Hidden(REQUEST_READERS)
    ),
    mutation!(
        "requestFundingChanges",
        "RequestFundingChangesInput",
        r#"{ "input": { "id": "@handBack", "changes": ["PRICE"], "text": "row" } }"#,
        &["M1"],
        Hidden(REQUEST_READERS)
    ),
    mutation!(
        "resubmitFundingRequest",
        "ResubmitFundingRequestInput",
        r#"{ "input": { "id": "@handedBack" } }"#,
        &["E1"],
        Hidden(REQUEST_READERS)
    ),
    Row {
        field: "issueActionLinks",
        document: "mutation($input: IssueActionLinksInput!) { issueActionLinks(input: $input) {
          links { approvePath rejectPath } userErrors { code } } }",
        variables: r#"{ "input": { "id": "@linked" } }"#,
        allowed: &["M1"],
        otherwise: Hidden(REQUEST_READERS),
    },
    Row {
        field: "decideFundingRequests",
        document: "mutation($input: DecideFundingRequestsInput!) { decideFundingRequests(input: $input) {
          report { results { outcome fundingRequest { id } reservation { id } userErrors { code } } } userErrors { code } } }",
        variables: r#"{ "input": { "decisions": [{ "id": "@decide", "verdict": { "approve": {} } }] } }"#,
        allowed: &["M1"],
        otherwise: Listed(REQUEST_READERS),
    },
    mutation!(
        "commentOnFundingRequest",
        "CommentOnFundingRequestInput",
        r#"{ "input": { "id": "@asked", "text": "Row" } }"#,
        REQUEST_READERS,
        Hidden(REQUEST_READERS)
    ),
    mutation!(
        "withdrawFundingRequest",
        "WithdrawFundingRequestInput",
        r#"{ "input": { "id": "@withdraw" } }"#,
        &["E1"],
        Hidden(REQUEST_READERS)
    ),
    mutation!(
        "commitFundingRequest",
        "CommitFundingRequestInput",
        r#"{ "input": { "id": "@commit-@person" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "settleFundingRequest",
        "SettleFundingRequestInput",
        r#"{ "input": { "id": "@settle-@person", "price": { "amount": "1", "currency": "EUR" } } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "cancelFundingRequest",
        "CancelFundingRequestInput",
        r#"{ "input": { "id": "@cancel-@person", "reason": "CORRECTION" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "refundFundingRequest",
        "RefundFundingRequestInput",
        r#"{ "input": { "id": "@refund-@person", "amount": { "amount": "1", "currency": "EUR" }, "reason": "CORRECTION" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "closeBudget",
        "CloseBudgetInput",
        r#"{ "input": { "id": "@over-@person", "promises": "STAY", "money": "LAPSE" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "setLearningHours",
        "SetLearningHoursInput",
        r#"{ "input": { "budgetId": "@purse", "hours": 100000 } }"#,
        &["H1"],
        Forbidden
    ),
    mutation!(
        "closeBudgetTree",
        "CloseBudgetTreeInput",
        r#"{ "input": { "id": "@over-trees-@person", "promises": "STAY", "money": "LAPSE" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "recoverFunding",
        "RecoverFundingInput",
        r#"{ "input": { "id": "@recover-@person", "amount": { "amount": "1", "currency": "EUR" }, "reason": "EMPLOYEE_LEFT" } }"#,
        MONEY,
        Forbidden
    ),
    mutation!(
        "extendReservation",
        "ExtendReservationInput",
        r#"{ "input": { "id": "@extend-@person", "reservedUntil": "2026-06-01" } }"#,
        MONEY,
        Hidden(REQUEST_READERS)
    ),
    mutation!(
        "submitFundingRequest",
        "SubmitFundingRequestInput",
        r#"{ "input": { "course": { "outside": { "title": "Row", "providerName": "Row", "url": "https://example.org/row" } },
             "quote": { "amount": "1", "currency": "EUR" }, "purpose": "row" } }"#,
        EVERYBODY,
        Forbidden
    ),
];

/// Every budget or request that a mutation of the table changes once, for each of those who may.
const BUDGETS: [(&str, &[&str]); 5] = [
    ("change", &["change-H1", "change-F1"]),
    ("draft", &["draft-H1", "draft-F1"]),
    ("open", &["open-H1", "open-F1"]),
    ("end", &["end-H1", "end-F1"]),
    ("over", &["over-H1", "over-F1", "over-trees-H1", "over-trees-F1"]),
];
const APPROVED: [(&str, &[&str]); 6] = [
    ("commit", &["commit-H1", "commit-F1"]),
    ("settle", &["settle-H1", "settle-F1"]),
    ("cancel", &["cancel-H1", "cancel-F1"]),
    ("refund", &["refund-H1", "refund-F1"]),
    ("recover", &["recover-H1", "recover-F1"]),
    ("extend", &["extend-H1", "extend-F1"]),
];

/// The budgets and requests that rows speak of.
pub(super) async fn ids(app: &TestApp, employer: &Employer, slug: &str) -> Ids {
    let [finn, max, eva] = ["F1", "M1", "E1"].map(|person| app.caller(slug, person));
    let owners = [app.person(employer, "H1").await.to_string(), app.person(employer, "H2").await.to_string()];
    let currency = finn.ask("{ employer { currency } }").await.text("/employer/currency");
    let money = |amount: &str| json!({ "amount": amount, "currency": currency });
    let budget = async |name: &str, owners: &[String], open: bool| {
        let last = if name.starts_with("over") { "2026-01-31" } else { "2026-12-31" };
        let period = json!({ "startsOn": "2026-01-01", "endsOn": last });
        let input =
            json!({ "name": name, "period": period, "ownerIds": owners, "allocation": money("1000") });
        let id = done(&finn, "createBudget", "CreateBudgetInput", "budget", input).await;
        if open {
            done(&finn, "openBudget", "OpenBudgetInput", "budget", json!({ "id": id })).await;
        }
        id
    };
    let purse = budget("Purse", &owners[..1], true).await;
    let request = async |course: &str| {
        let input = json!({
            "course": { "outside": { "title": course, "providerName": "A College", "url": format!("https://example.org/{course}") } },
            "quote": money("2"), "purpose": "row", "budgetId": purse,
        });
        done(&eva, "submitFundingRequest", "SubmitFundingRequestInput", "fundingRequest", input).await
    };
    let approve = async |id: &str| {
        let input = json!({ "id": id });
        done(&max, "approveFundingRequest", "ApproveFundingRequestInput", "fundingRequest", input).await
    };

    let asked = request("asked").await;
    approve(&asked).await;
    let parts = "query($id: ID!) { fundingRequest(id: $id) { steps { id } decisions { id }
      budget { ledger(first: 1) { nodes { id } } } } }";
    let parts = finn.send(parts, json!({ "id": asked })).await;
    let mut ids = Ids::from([
        ("step", parts.text("/fundingRequest/steps/0/id")),
        ("decision", parts.text("/fundingRequest/decisions/0/id")),
        ("booking", parts.text("/fundingRequest/budget/ledger/nodes/0/id")),
        ("second", budget("Second", &owners[..1], true).await),
    ]);
    for name in ["approve", "reject", "decide", "withdraw", "handBack", "handedBack", "linked"] {
        ids.insert(name, request(name).await);
    }
    let back = json!({ "id": ids["handedBack"], "text": "row" });
    done(&max, "requestFundingChanges", "RequestFundingChangesInput", "fundingRequest", back).await;
    for (what, names) in APPROVED {
        for name in names {
            let id = approve(&request(name).await).await;
            if matches!(what, "settle" | "refund" | "recover") {
                let input = json!({ "id": id });
                done(&finn, "commitFundingRequest", "CommitFundingRequestInput", "fundingRequest", input)
                    .await;
            }
            if matches!(what, "refund" | "recover") {
                let input = json!({ "id": id, "price": money("2") });
                done(&finn, "settleFundingRequest", "SettleFundingRequestInput", "fundingRequest", input)
                    .await;
            }
            ids.insert(name, id);
        }
    }
    for (what, names) in BUDGETS {
        for name in names {
            ids.insert(name, budget(name, &owners, matches!(what, "open" | "over")).await);
        }
    }
    // A reservation can be extended from the day after it was made.
    app.clock.advance(chrono::TimeDelta::days(1));
    ids.insert("asked", asked);
    ids.insert("purse", purse);
    ids
}
