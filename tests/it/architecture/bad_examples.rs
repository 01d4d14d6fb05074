//! The rules on sources that break them: a checker that finds nothing must have been seen to find something.

use super::{
    Violation, capabilities,
    crates::{self, Dependency},
    shape,
    source::Tree,
};

type Rule = fn(&Tree) -> Vec<Violation>;

#[track_caller]
fn check(rule: Rule, files: &[(&str, &str)], expected: &[&str]) {
    let found: Vec<_> = rule(&Tree::of(files)).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_capability_that_looks_up_is_found() {
    check(
        capabilities::imports,
        &[
            ("domain/src/lib.rs", "pub mod learning;\npub use learning::Enrollment;"),
            ("domain/src/funding/request.rs", "use crate::kernel::Money;\nuse crate::learning::Enrollment;"),
            ("domain/src/funding/budget.rs", "use crate::{programs::Program, Enrollment};"),
            ("domain/src/funding/ledger.rs", "mod tests {\n  use super::super::super::roi::Report;\n}"),
            ("domain/src/mentoring/session.rs", "use crate::roi::Report;"),
            (
                "domain/src/credentials/badge.rs",
                "use crate::learning::Enrollment;\nuse crate::mentoring::Session;",
            ),
            (
                "domain/src/roi/report.rs",
                "use crate::{funding, learning, mentoring, retention, credentials};",
            ),
            ("domain/src/roi/hook.rs", "use crate::integration::Webhook;"),
            ("domain/src/integration/feed.rs", "use crate::{organization::Employee, skills::Skill};"),
            ("domain/src/funding/rule.rs", "use crate::app::Core;"),
            ("domain/src/funding/commands.rs", "use crate::{app::Core, store::Store};"),
        ],
        &[
            "domain/src/funding/request.rs:2: `funding` may not know `learning`, which does not stand below it",
            "domain/src/funding/budget.rs:1: `funding` may not know `learning`, which does not stand below it",
            "domain/src/funding/ledger.rs:2: `funding` may not know `roi`, which does not stand below it",
            "domain/src/mentoring/session.rs:1: `mentoring` may not know `roi`, which does not stand below it",
            "domain/src/credentials/badge.rs:2: `credentials` may not know `mentoring`, which does not stand below it",
            "domain/src/roi/hook.rs:1: `roi` may not know `integration`, which does not stand below it",
            "domain/src/integration/feed.rs:1: `integration` may not know `skills`, which does not stand below it",
            "domain/src/funding/rule.rs:1: only commands and queries may know `app`",
        ],
    );
}

#[test]
fn the_other_crates_follow_the_order_of_the_domain() {
    check(
        capabilities::imports,
        &[
            ("persistence/src/store.rs", "use upskill_domain::roi::RoiReads;"),
            (
                "persistence/src/catalog/reads.rs",
                "use upskill_domain::skills::Skill;\nuse crate::funding::entity;",
            ),
            ("api/src/graphql/schema.rs", "use upskill_domain::roi::Roi;"),
            ("api/src/graphql/skills/types.rs", "use upskill_domain::{skills::Skill, roi::Roi};"),
            ("api/src/graphql/skills/loaders.rs", "use crate::graphql::roi::RoiReport;"),
            ("api/src/worker/relay.rs", "use upskill_domain::roi::Roi;"),
        ],
        &[
            "persistence/src/catalog/reads.rs:2: `catalog` may not know `funding`, which does not stand below it",
            "api/src/graphql/skills/types.rs:1: `skills` may not know `roi`, which does not stand below it",
        ],
    );
}

#[test]
fn a_folder_outside_the_order_is_found() {
    check(
        capabilities::unknown,
        &[
            ("domain/src/lib.rs", ""),
            ("domain/src/funding/mod.rs", ""),
            ("domain/src/payroll/mod.rs", ""),
            ("domain/src/payroll/rule.rs", ""),
            ("domain/src/helpers.rs", ""),
            ("persistence/src/dialect.rs", ""),
            ("api/src/graphql/dashboards/types.rs", ""),
        ],
        &[
            "domain/src/payroll/mod.rs:1: `payroll` is no capability: add it to the order in \
             tests/it/architecture/capabilities.rs",
            "domain/src/helpers.rs:1: only app, lib, store stand beside the capabilities of the domain",
            "api/src/graphql/dashboards/types.rs:1: `dashboards` is no capability: add it to the order in \
             tests/it/architecture/capabilities.rs",
        ],
    );
}

#[test]
fn a_port_that_nobody_calls_is_found() {
    check(
        capabilities::ports_without_caller,
        &[
            (
                "domain/src/funding/ports.rs",
                "trait FundingWrites {\n  async fn lock_request(&mut self);\n  async fn save_request(&mut self);\n}\n\
                 trait FundingReads {\n  async fn budgets(&self);\n  async fn forgotten(&self);\n}\n\
                 impl Row { fn is_no_port(&self) {} }",
            ),
            (
                "domain/src/funding/commands.rs",
                "async fn approve(w: W) { w.lock_request().await; W::save_request(w) }",
            ),
            ("domain/src/funding/queries/budgets.rs", "async fn list(r: R) { r.budgets::<u8>().await }"),
            ("domain/src/funding/request.rs", "fn not_a_use_case(r: R) { r.forgotten() }"),
        ],
        &["domain/src/funding/ports.rs:7: the port method `forgotten` is called by no command and no query"],
    );
}

#[test]
fn a_call_of_a_foreign_port_is_found() {
    check(
        capabilities::foreign_ports,
        &[
            (
                "domain/src/learning/ports.rs",
                "trait LearningReads {\n  fn enrollments(&self);\n  fn progress(&self);\n}",
            ),
            (
                "domain/src/funding/commands.rs",
                "fn a(r: R) {\n  r.progress();\n  r.enrollments(f(1)).await;\n}",
            ),
            ("domain/src/roi/queries.rs", "fn a(r: R) { r.enrollments().await; }"),
        ],
        &["domain/src/funding/commands.rs:3: `funding` may not call `enrollments`, a port of learning"],
    );
}

#[test]
fn a_model_that_waits_is_found() {
    let waits = "async fn f() {\n  g().await\n}";
    check(
        shape::waiting_models,
        &[
            ("domain/src/store.rs", waits),
            ("domain/src/funding/commands.rs", waits),
            ("domain/src/funding/commands/submit.rs", waits),
            ("domain/src/funding/ports.rs", "#[async_trait] trait T { async fn f(); }"),
            ("domain/src/funding/request.rs", waits),
            ("domain/src/lib.rs", "// async is only a comment\n#[async_trait]\ntrait T {}"),
        ],
        &[
            "domain/src/funding/request.rs:1: `async` in a model: only commands, queries and ports wait",
            "domain/src/funding/request.rs:2: `await` in a model: only commands, queries and ports wait",
        ],
    );
}

#[test]
fn a_long_file_is_found() {
    let (fits, long) = ("\n".repeat(400), "\n".repeat(401));
    let generated = format!("// @generated by a tool\n{long}");
    check(
        shape::long_files,
        &[("api/src/a.rs", &fits), ("api/src/b.rs", &long), ("api/src/c.rs", &generated)],
        &["api/src/b.rs:401: 401 lines are more than 400: split the file by noun"],
    );
}

#[test]
fn a_stray_transaction_is_found() {
    let begins = "fn f(db: &Db) {\n  db.begin_with_options(o);\n}";
    check(
        shape::stray_transactions,
        &[
            ("persistence/src/store.rs", begins),
            ("persistence/src/funding/writes.rs", begins),
            (
                "persistence/src/page.rs",
                "use sea_orm::TransactionTrait;\nstruct P { begin: u8, transaction: u8 }",
            ),
            ("domain/src/funding/commands.rs", "async fn f(s: S) { s.begin().await }"),
        ],
        &[
            "persistence/src/funding/writes.rs:2: `begin_with_options`: only persistence/src/store.rs opens transactions",
            "persistence/src/page.rs:1: `TransactionTrait`: only persistence/src/store.rs opens transactions",
        ],
    );
}

#[test]
fn a_forbidden_dependency_is_found() {
    let dependency = |member: &str, name: &str, for_tests| Dependency {
        member: format!("upskill-{member}"),
        name: name.to_owned(),
        for_tests,
    };
    let dependencies = [
        dependency("domain", "chrono", false),
        dependency("domain", "regex", false),
        dependency("domain", "proptest", true),
        dependency("domain", "tokio", true),
        dependency("migrations", "sea-orm-migration", false),
        dependency("migrations", "upskill-domain", false),
        dependency("persistence", "async-graphql-axum", false),
        dependency("persistence", "upskill-api", false),
        dependency("api", "sea-orm", false),
        dependency("api", "upskill-persistence", false),
        dependency("tests", "sqlx", false),
        dependency("gateway", "axum", false),
    ];
    let found: Vec<_> =
        crates::violations(&dependencies).into_iter().map(|violation| violation.rule).collect();
    assert_eq!(
        found,
        [
            "regex is not among what upskill-domain may depend on",
            "upskill-domain must not know tokio",
            "upskill-migrations must not build on upskill-domain",
            "upskill-persistence must not know async-graphql-axum",
            "upskill-persistence must not build on upskill-api",
            "upskill-api must not know sea-orm",
            "`upskill-gateway` is new: say in tests/it/architecture/crates.rs what it may depend on",
        ]
    );
}
