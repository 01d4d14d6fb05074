//! Entries of ledgers.

use sea_orm_migration::prelude::*;

use super::{HOURS, LAYERS, natural};
use crate::columns::{
    bigint, bigint_null, day, instant, reference, tenant_table, text, text_null, uuid, uuid_null, word,
};

const LAYERS_AFTER: [&str; 5] =
    ["allocated_after", "distributed_after", "reserved_after", "committed_after", "spent_after"];
const HOURS_AFTER: [&str; 3] = ["hours_reserved_after", "hours_committed_after", "hours_spent_after"];

pub(super) fn ledger_entry() -> TableCreateStatement {
    let kinds = [
        "ALLOCATE",
        "ADJUST",
        "TRANSFER_OUT",
        "TRANSFER_IN",
        "DISTRIBUTE",
        "RESERVE",
        "COMMIT",
        "SPEND",
        "RELEASE",
        "REFUND",
        "RAISE",
        "RECOVER",
        "HOURS",
    ];
    let reasons = [
        "CORRECTION",
        "REPLANNING",
        "CARRY_OVER",
        "BUDGET_CUT",
        "COURSE_CANCELED",
        "NO_LONGER_NEEDED",
        "EMPLOYEE_LEFT",
        "PRICE_CORRECTED",
        "PRICE_DRIFT",
        "RESERVATION_EXPIRED",
        "LAPSED",
    ];
    let mut table = tenant_table("ledger_entry");
    table
        .col(uuid("budget_id"))
        .col(bigint("sequence").check(Expr::col("sequence").gte(1)))
        .col(word("kind", &kinds));
    for layer in LAYERS {
        table.col(bigint(layer));
    }
    table.col(text("currency"));
    for layer in LAYERS_AFTER {
        table.col(natural(layer));
    }
    table.col(bigint("hours_allowance")).col(bigint_null("hours_allowance_after"));
    for layer in HOURS {
        table.col(bigint(layer));
    }
    for layer in HOURS_AFTER {
        table.col(natural(layer));
    }
    table
        .col(uuid_null("request_id"))
        .col(uuid_null("transfer_id"))
        .col(text_null("reason").check(Expr::col("reason").is_in(reasons)))
        .col(text_null("note"))
        .col(text_null("document"))
        .col(day("effective_on"))
        .col(uuid_null("actor_id"))
        .col(instant("at"))
        .check(Expr::cust(SHAPE))
        .check(Expr::cust(SHAPE_OF_HOURS))
        .check(Expr::cust("kind <> 'ADJUST' OR reason IS NOT NULL"))
        .check(Expr::cust(
            "(kind IN ('RESERVE', 'COMMIT', 'SPEND', 'RELEASE', 'REFUND', 'RAISE', 'RECOVER')) = (request_id IS NOT NULL)",
        ))
        .foreign_key(&mut reference("ledger_entry", "budget_id", "budget"))
        .foreign_key(&mut reference("ledger_entry", "request_id", "funding_request"))
        .foreign_key(&mut reference("ledger_entry", "transfer_id", "ledger_entry"))
        .foreign_key(&mut reference("ledger_entry", "actor_id", "employee"))
        .to_owned()
}

/// What an entry of each kind can do to the layers.
const SHAPE: &str = "CASE kind \
    WHEN 'ALLOCATE' THEN allocated > 0 AND distributed = 0 AND reserved = 0 AND committed = 0 AND spent = 0 \
    WHEN 'ADJUST' THEN allocated <> 0 AND distributed = 0 AND reserved = 0 AND committed = 0 AND spent = 0 \
    WHEN 'TRANSFER_OUT' THEN reserved = 0 AND committed = 0 AND spent = 0 \
        AND ((allocated < 0 AND distributed IN (0, allocated)) OR (allocated = 0 AND distributed > 0)) \
    WHEN 'TRANSFER_IN' THEN reserved = 0 AND committed = 0 AND spent = 0 \
        AND ((allocated > 0 AND distributed IN (0, allocated)) OR (allocated = 0 AND distributed < 0)) \
    WHEN 'DISTRIBUTE' THEN allocated = 0 AND distributed <> 0 AND reserved = 0 AND committed = 0 AND spent = 0 \
    WHEN 'RESERVE' THEN allocated = 0 AND distributed = 0 AND reserved >= 0 AND committed = 0 AND spent = 0 \
    WHEN 'COMMIT' THEN allocated = 0 AND distributed = 0 AND committed >= 0 AND reserved = -committed AND spent = 0 \
    WHEN 'SPEND' THEN allocated = 0 AND distributed = 0 AND reserved = 0 AND spent >= 0 AND committed <= -spent \
    WHEN 'RELEASE' THEN allocated = 0 AND distributed = 0 AND reserved <= 0 AND committed <= 0 AND spent = 0 \
        AND (reserved = 0 OR committed = 0) \
    WHEN 'RAISE' THEN allocated = 0 AND distributed = 0 AND spent = 0 AND reserved >= 0 AND committed >= 0 \
        AND (reserved = 0) <> (committed = 0) \
    WHEN 'RECOVER' THEN allocated = 0 AND distributed = 0 AND reserved = 0 AND committed = 0 AND spent < 0 \
    WHEN 'REFUND' THEN allocated = 0 AND distributed = 0 AND reserved = 0 AND committed = 0 AND spent < 0 \
    WHEN 'HOURS' THEN allocated = 0 AND distributed = 0 AND reserved = 0 AND committed = 0 AND spent = 0 \
    END";

/// What an entry of each kind can do to learning hours.
const SHAPE_OF_HOURS: &str = "CASE kind \
    WHEN 'HOURS' THEN hours_allowance <> 0 AND hours_reserved = 0 AND hours_committed = 0 AND hours_spent = 0 \
    WHEN 'RESERVE' THEN hours_allowance = 0 AND hours_reserved >= 0 AND hours_committed = 0 AND hours_spent = 0 \
    WHEN 'COMMIT' THEN hours_allowance = 0 AND hours_committed >= 0 AND hours_reserved = -hours_committed \
        AND hours_spent = 0 \
    WHEN 'SPEND' THEN hours_allowance = 0 AND hours_reserved = 0 AND hours_spent >= 0 \
        AND hours_committed = -hours_spent \
    WHEN 'RELEASE' THEN hours_allowance = 0 AND hours_reserved <= 0 AND hours_committed <= 0 AND hours_spent = 0 \
        AND (hours_reserved = 0 OR hours_committed = 0) \
    ELSE hours_allowance = 0 AND hours_reserved = 0 AND hours_committed = 0 AND hours_spent = 0 \
    END";
