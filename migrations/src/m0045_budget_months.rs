//! What happened to budgets, month by month.

use sea_orm_migration::prelude::*;

use crate::columns::{bigint, day, reference, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("budget_month").col(uuid("employer_id")).col(uuid("budget_id")).col(day("month"));
        for sum in ["allocated", "distributed", "reserved", "committed", "spent", "returned"] {
            table.col(bigint(sum));
        }
        table
            .primary_key(Index::create().col("employer_id").col("budget_id").col("month"))
            .foreign_key(&mut reference("budget_month", "budget_id", "budget"));
        manager.create_table(table.take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("budget_month").to_owned()).await
    }
}
