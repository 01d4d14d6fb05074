//! Budgets, their ledgers, funding requests with their approval chains and decisions.
//!
//! The constraints repeat what the rules decide before: a defect above them fails here instead of spending money.

mod ledger;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    bigint, bigint_null, day, day_null, index, instant, instant_null, int, int_null, reference, sorted_text,
    tenant_table, text, text_null, together, unique, uuid, uuid_null, word, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for table in [budget(backend), budget_owner(), funding_request(), approval_step(), decision()] {
            manager.create_table(table).await?;
        }
        manager.create_table(ledger::ledger_entry()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            ["ledger_entry", "decision", "approval_step", "funding_request", "budget_owner", "budget"]
        {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn indexes() -> Vec<IndexCreateStatement> {
    let live = ["SUBMITTED", "CHANGES_REQUESTED", "APPROVED", "COMMITTED"];
    vec![
        index("budget_name", "budget", &["name_key", "id"]),
        index("budget_starts_on", "budget", &["starts_on", "id"]),
        index("budget_available", "budget", &["available", "id"]),
        index("budget_department", "budget", &["department_id"]),
        index("budget_program", "budget", &["program_id"]),
        index("budget_parent", "budget", &["parent_id"]),
        index("budget_owner_employee", "budget_owner", &["employee_id", "budget_id"]),
        index("funding_request_submitted_at", "funding_request", &["submitted_at", "id"]),
        index("funding_request_amount", "funding_request", &["amount", "id"]),
        index("funding_request_status", "funding_request", &["status", "submitted_at", "id"]),
        index("funding_request_employee", "funding_request", &["employee_id", "submitted_at", "id"]),
        index("funding_request_budget", "funding_request", &["budget_id", "submitted_at", "id"]),
        index("funding_request_course", "funding_request", &["course_id", "submitted_at", "id"]),
        index("funding_request_program", "funding_request", &["program_id", "submitted_at", "id"]),
        unique("funding_request_round", "funding_request", &["employee_id", "subject", "round"]),
        // One live request per person and course, whoever asks at the same time.
        unique("funding_request_live", "funding_request", &["employee_id", "subject"])
            .and_where(Expr::col("status").is_in(live))
            .to_owned(),
        // What the worker looks for: reservations by their end.
        index("funding_request_reserved_until", "funding_request", &["reserved_until", "id"])
            .and_where(Expr::col("status").eq("APPROVED"))
            .to_owned(),
        unique("approval_step_position", "approval_step", &["request_id", "position"]),
        index("approval_step_assignee", "approval_step", &["assignee_id", "request_id"]),
        index("approval_step_waiting", "approval_step", &["assignee_id", "inbox_at", "id"])
            .and_where(Expr::col("status").eq("WAITING"))
            .to_owned(),
        unique("decision_step", "decision", &["step_id"]),
        index("decision_request", "decision", &["request_id"]),
        unique("ledger_entry_sequence", "ledger_entry", &["budget_id", "sequence"]),
        index("ledger_entry_request", "ledger_entry", &["request_id"]),
        index("ledger_entry_transfer", "ledger_entry", &["transfer_id"]),
    ]
}

const LAYERS: [&str; 5] = ["allocated", "distributed", "reserved", "committed", "spent"];
const HOURS: [&str; 3] = ["hours_reserved", "hours_committed", "hours_spent"];
/// In which capacities people decide.
const CAPACITIES: [&str; 5] = ["MANAGER", "DEPARTMENT_HEAD", "BUDGET_OWNER", "ROLE_HOLDER", "NAMED_PERSON"];

/// A whole number that is never below zero.
fn natural(name: &'static str) -> ColumnDef {
    bigint(name).check(Expr::col(name).gte(0)).take()
}

fn budget(backend: DbBackend) -> TableCreateStatement {
    let mut table = tenant_table("budget");
    table
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(uuid_null("department_id"))
        .col(uuid_null("program_id"))
        .col(day("starts_on"))
        .col(day("ends_on"))
        .col(text("currency"))
        .col(uuid_null("parent_id"))
        .col(word("limit_mode", &["HARD", "WARN"]))
        .col(word("status", &["DRAFT", "OPEN", "CLOSED_TO_SPEND", "ARCHIVED"]));
    for layer in LAYERS {
        table.col(natural(layer));
    }
    table.col(bigint_null("hours_allowance"));
    for layer in HOURS {
        table.col(natural(layer));
    }
    table
        .col(bigint("available"))
        .col(natural("entries"))
        .col(int("version"))
        // Neither of the two means the employer.
        .check(Expr::cust("department_id IS NULL OR program_id IS NULL"))
        .check(Expr::cust("starts_on <= ends_on"))
        .check(Expr::cust("available = allocated - distributed - reserved - committed - spent"))
        .check(Expr::cust("limit_mode = 'WARN' OR available >= 0"))
        .check(Expr::cust("distributed <= allocated"))
        // Learning hours are limited where there is an allowance of them.
        .check(Expr::cust("hours_allowance >= 0"))
        .check(Expr::cust(
            "limit_mode = 'WARN' OR hours_reserved + hours_committed + hours_spent <= hours_allowance",
        ))
        .foreign_key(&mut reference("budget", "department_id", "department"))
        .foreign_key(&mut reference("budget", "program_id", "program"))
        .foreign_key(&mut reference("budget", "parent_id", "budget"))
        .to_owned()
}

fn budget_owner() -> TableCreateStatement {
    Table::create()
        .table("budget_owner")
        .col(uuid("employer_id"))
        .col(uuid("budget_id"))
        .col(uuid("employee_id"))
        .col(instant("since"))
        .primary_key(Index::create().col("employer_id").col("budget_id").col("employee_id"))
        .foreign_key(&mut reference("budget_owner", "budget_id", "budget"))
        .foreign_key(&mut reference("budget_owner", "employee_id", "employee"))
        .to_owned()
}

const PROVIDER_KINDS: [&str; 5] = ["COMPANY", "PROFESSIONAL_BODY", "COLLEGE", "UNIVERSITY", "PARTNERSHIP"];

/// What becomes of a request.
const REQUEST_STATUSES: [&str; 10] = [
    "SUBMITTED",
    "CHANGES_REQUESTED",
    "APPROVED",
    "COMMITTED",
    "SETTLED",
    "REJECTED",
    "WITHDRAWN",
    "CANCELED",
    "EXPIRED",
    "SUPERSEDED",
];

fn funding_request() -> TableCreateStatement {
    tenant_table("funding_request")
        .col(uuid("employee_id"))
        .col(uuid_null("course_id"))
        .col(text("subject"))
        .col(text("title"))
        .col(text("provider_name"))
        .col(text_null("url"))
        .col(natural("price"))
        .col(text("price_currency"))
        .col(int_null("workload_minutes"))
        .col(word_null("provider_kind", &PROVIDER_KINDS))
        .col(int_null("duration_weeks"))
        .col(int_null("release_hours"))
        .col(natural("requested"))
        .col(natural("amount"))
        .col(text("currency"))
        .col(text_null("conditions"))
        .col(text_null("co_funding"))
        .col(bigint_null("rate_mantissa"))
        .col(int_null("rate_scale"))
        .col(day_null("rate_day"))
        .col(text_null("rate_source"))
        .col(text_null("tax_rates"))
        .col(uuid("budget_id"))
        .col(uuid_null("program_id"))
        .col(text("purpose"))
        .col(int("policy_version"))
        .col(int("round").check(Expr::col("round").gte(1)))
        .col(word("status", &REQUEST_STATUSES))
        .col(day_null("reserved_until"))
        .col(instant_null("expiry_noticed_at"))
        .col(bigint_null("committed"))
        .col(text_null("order_number"))
        .col(day_null("starts_on"))
        .col(text_null("proof"))
        .col(bigint_null("settled"))
        .col(day_null("settled_on"))
        .col(natural("refunded"))
        .col(natural("recovered"))
        .col(instant("submitted_at"))
        .col(instant_null("decided_at"))
        .col(instant_null("committed_at"))
        .col(instant_null("settled_at"))
        .col(instant_null("ended_at"))
        .col(int("version"))
        // Approvers make an amount smaller, never larger.
        .check(Expr::cust("amount <= requested"))
        // What is not in the price's currency was converted, at a rate that is known.
        .check(Expr::cust("(currency <> price_currency) = (rate_mantissa IS NOT NULL)"))
        .check(together("rate_mantissa", "rate_scale"))
        .check(together("rate_mantissa", "rate_day"))
        .check(together("rate_mantissa", "rate_source"))
        .check(Expr::cust("(status = 'SETTLED') = (settled IS NOT NULL)"))
        .check(Expr::cust("settled IS NULL OR settled >= 0"))
        .check(together("settled", "settled_on"))
        .check(Expr::cust("committed IS NULL OR committed >= 0"))
        .check(Expr::cust("status NOT IN ('COMMITTED', 'SETTLED') OR committed IS NOT NULL"))
        .check(Expr::cust("(status = 'APPROVED') = (reserved_until IS NOT NULL)"))
        .check(Expr::cust("refunded + recovered <= COALESCE(settled, 0)"))
        .foreign_key(&mut reference("funding_request", "employee_id", "employee"))
        .foreign_key(&mut reference("funding_request", "course_id", "course"))
        .foreign_key(&mut reference("funding_request", "program_id", "program"))
        .foreign_key(&mut reference("funding_request", "budget_id", "budget"))
        .to_owned()
}

fn approval_step() -> TableCreateStatement {
    tenant_table("approval_step")
        .col(uuid("request_id"))
        .col(int("position").check(Expr::col("position").gte(1)))
        .col(uuid("assignee_id"))
        .col(word("capacity", &CAPACITIES))
        .col(word("status", &["PENDING", "WAITING", "DECIDED", "SKIPPED"]))
        .col(int_null("due_within_days"))
        .col(instant_null("waiting_since"))
        .col(instant_null("due_at"))
        // Where it stands in the inbox of its assignee.
        .col(instant_null("inbox_at"))
        // Which step of the policy it follows, counted from 0.
        .col(int("rule").check(Expr::col("rule").gte(0)))
        // Since when nobody can be found who may decide it.
        .col(instant_null("stranded_at"))
        .col(int("remind_days_before").check(Expr::col("remind_days_before").gte(0)))
        // What has been told of its due date, and when to look at it next.
        .col(word("notice", &["NOTHING", "DUE_SOON", "DUE", "OVERDUE"]))
        .col(instant_null("attend_at"))
        .col(instant_null("escalated_at"))
        .col(uuid_null("escalated_from_id"))
        .check(together("escalated_at", "escalated_from_id"))
        .foreign_key(&mut reference("approval_step", "escalated_from_id", "employee"))
        .check(Expr::cust("status <> 'WAITING' OR (waiting_since IS NOT NULL AND inbox_at IS NOT NULL)"))
        .foreign_key(&mut reference("approval_step", "request_id", "funding_request"))
        .foreign_key(&mut reference("approval_step", "assignee_id", "employee"))
        .to_owned()
}

fn decision() -> TableCreateStatement {
    let reasons = ["NOT_RELEVANT", "TOO_EXPENSIVE", "WRONG_TIME", "WORKLOAD", "BETTER_ALTERNATIVE", "OTHER"];
    tenant_table("decision")
        .col(uuid("request_id"))
        .col(uuid_null("step_id"))
        .col(uuid_null("by_id"))
        .col(uuid_null("on_behalf_of_id"))
        .col(
            text("capacity")
                .check(Expr::col("capacity").is_in(CAPACITIES.into_iter().chain(["POLICY"])))
                .take(),
        )
        .col(word("verdict", &["APPROVE", "APPROVE_WITH_CONDITIONS", "REQUEST_CHANGES", "REJECT"]))
        .col(text_null("reason").check(Expr::col("reason").is_in(reasons)))
        .col(text_null("conditions"))
        .col(text_null("changes"))
        .col(text_null("note"))
        .col(int("policy_version"))
        .col(ColumnDef::new("by_link").boolean().not_null())
        .col(natural("price"))
        .col(text("price_currency"))
        .col(natural("amount"))
        .col(text("currency"))
        .col(uuid("budget_id"))
        .col(text("budget_name"))
        .col(bigint("available"))
        .col(text("findings"))
        .col(instant("at"))
        // The policy decides without a step and a person, people never without either; and the policy only approves.
        .check(Expr::cust("(capacity = 'POLICY') = (step_id IS NULL)"))
        .check(Expr::cust("(capacity = 'POLICY') = (by_id IS NULL)"))
        .check(Expr::cust("capacity <> 'POLICY' OR verdict = 'APPROVE'"))
        .check(Expr::cust("(verdict = 'APPROVE_WITH_CONDITIONS') = (conditions IS NOT NULL)"))
        .check(Expr::cust("(verdict = 'REJECT') = (reason IS NOT NULL)"))
        .check(Expr::cust("(verdict = 'REQUEST_CHANGES') = (changes IS NOT NULL)"))
        .check(Expr::cust("verdict NOT IN ('REJECT', 'REQUEST_CHANGES') OR note IS NOT NULL"))
        .foreign_key(&mut reference("decision", "request_id", "funding_request"))
        .foreign_key(&mut reference("decision", "step_id", "approval_step"))
        .check(Expr::cust("on_behalf_of_id IS NULL OR on_behalf_of_id <> by_id"))
        .foreign_key(&mut reference("decision", "by_id", "employee"))
        .foreign_key(&mut reference("decision", "on_behalf_of_id", "employee"))
        .foreign_key(&mut reference("decision", "budget_id", "budget"))
        .to_owned()
}
