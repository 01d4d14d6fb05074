//! Completions that other systems told of.

use sea_orm_migration::prelude::*;

use crate::columns::{reference, tenant_table, text, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(told_completion()).await?;
        let once = unique("told_completion_once", "told_completion", &["source", "external_id"]);
        manager.create_index(once).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("told_completion").to_owned()).await
    }
}

/// A completion that a system told of once, under the id of the enrollment that it completed.
fn told_completion() -> TableCreateStatement {
    tenant_table("told_completion")
        .col(text("source"))
        .col(text("external_id"))
        .col(text("fingerprint"))
        .foreign_key(&mut reference("told_completion", "id", "enrollment"))
        .to_owned()
}
