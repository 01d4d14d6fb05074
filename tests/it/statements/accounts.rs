//! How many statements it takes to read service accounts, and to know which one asks.

use support::{TestApp, both_databases};

use super::ceilings::Ceiling;
use super::{compare, populate};

const CEILINGS: &[Ceiling] = &[
    ("A1", "query($first: Int) { serviceAccounts(first: $first) { nodes { name scopes lastUsedAt } } }", 2),
    (
        "A1",
        "query($first: Int) { serviceAccounts(first: $first) { totalCount nodes { name createdBy { name } secrets { endsAt } } } }",
        5,
    ),
];

both_databases! {
    async fn service_accounts_take_as_many_statements_however_long_a_page_is(app: TestApp) {
        populate(&app).await;
        for name in ["HRIS", "LMS", "ERP", "BI", "Chat"] {
            app.service_account("northwind", name, "roster:read").await;
        }
        compare(&app, CEILINGS).await;
    }

    async fn it_takes_one_statement_to_know_which_account_asks_and_for_whom(app: TestApp) {
        app.northwind().await;
        let account = app.account("northwind", "Chat", "roster:read people:act").await;
        account.ask("{ employer { name } }").await;
        for caller in [account.clone(), account.acting_for("external-id=H1"), account.acting_for("email=e1@example.org")] {
            let (answer, statements) = upskill_persistence::counted(caller.ask("{ employer { name } }")).await;
            answer.data("/employer");
            assert_eq!(statements, 2, "who asks, and the employer");
        }
    }
}
