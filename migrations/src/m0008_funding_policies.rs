//! Funding policies.

use sea_orm_migration::prelude::*;

use crate::columns::{
    index, instant, instant_null, int, int_null, reference, tenant_table, text, unique, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(funding_policy()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("funding_policy").to_owned()).await
    }
}

fn funding_policy() -> TableCreateStatement {
    tenant_table("funding_policy")
        .col(text("name"))
        // Version 1 is the built-in policy, which has no row.
        .col(int_null("number").check(Expr::col("number").gte(2)).take())
        .col(word("status", &["DRAFT", "PUBLISHED", "SUPERSEDED"]))
        .col(text("rules"))
        .col(instant("created_at"))
        .col(uuid_null("created_by"))
        .col(instant_null("published_at"))
        .col(uuid_null("published_by"))
        .col(instant_null("superseded_at"))
        .col(int("version"))
        .check(Expr::cust("(status = 'DRAFT') = (number IS NULL)"))
        .check(Expr::cust("(status = 'DRAFT') = (published_at IS NULL)"))
        .check(Expr::cust("(status = 'SUPERSEDED') = (superseded_at IS NOT NULL)"))
        .foreign_key(&mut reference("funding_policy", "created_by", "employee"))
        .foreign_key(&mut reference("funding_policy", "published_by", "employee"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("funding_policy_created_at", "funding_policy", &["created_at", "id"]),
        unique("funding_policy_number", "funding_policy", &["number"]),
        // New requests go by one policy.
        unique("funding_policy_published", "funding_policy", &["status"])
            .and_where(Expr::col("status").eq("PUBLISHED"))
            .to_owned(),
    ]
}
