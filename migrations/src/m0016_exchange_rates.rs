//! What currencies were worth in others.

use sea_orm_migration::prelude::*;

use crate::columns::{
    bigint, day, index, instant, instant_null, int, reference, tenant_table, text, unique, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pair = ["from_currency", "to_currency", "day"];
        manager.create_table(exchange_rate()).await?;
        manager.create_index(unique("exchange_rate_pair", "exchange_rate", &pair)).await?;
        manager.create_index(index("exchange_rate_day", "exchange_rate", &["day", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("exchange_rate").to_owned()).await
    }
}

fn exchange_rate() -> TableCreateStatement {
    tenant_table("exchange_rate")
        .col(text("from_currency"))
        .col(text("to_currency"))
        .col(day("day"))
        // The rate is the whole number over ten to the power of the places.
        .col(bigint("mantissa").check(Expr::col("mantissa").gte(1)))
        .col(int("scale").check(Expr::col("scale").between(0, 12)))
        .col(text("source"))
        .col(uuid_null("set_by"))
        .col(instant("set_at"))
        .col(instant_null("withdrawn_at"))
        .col(int("version"))
        .check(Expr::cust("from_currency <> to_currency"))
        .foreign_key(&mut reference("exchange_rate", "set_by", "employee"))
        .to_owned()
}
