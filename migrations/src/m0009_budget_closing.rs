//! What was done when budgets were closed.

use sea_orm_migration::prelude::*;

use crate::columns::{bigint, instant, reference, tenant_table, text, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(budget_closing()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("budget_closing").to_owned()).await
    }
}

/// A row has the id of its budget, which is closed once.
fn budget_closing() -> TableCreateStatement {
    let natural = |name: &'static str| bigint(name).check(Expr::col(name).gte(0)).take();
    let mut table = tenant_table("budget_closing");
    table.col(uuid_null("successor_id")).col(text("currency"));
    for amount in
        ["moved_requests", "moved_waiting", "carried_promises", "carried_money", "lapsed", "kept_promises"]
    {
        table.col(natural(amount));
    }
    table
        .col(uuid_null("actor_id"))
        .col(instant("at"))
        .foreign_key(&mut reference("budget_closing", "id", "budget"))
        .foreign_key(&mut reference("budget_closing", "successor_id", "budget"))
        .foreign_key(&mut reference("budget_closing", "actor_id", "employee"))
        .to_owned()
}
