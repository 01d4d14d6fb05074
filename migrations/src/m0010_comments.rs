//! What is said about funding requests.

use sea_orm_migration::prelude::*;

use crate::columns::{index, instant, reference, tenant_table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = tenant_table("funding_comment")
            .col(uuid("request_id"))
            .col(uuid("by_id"))
            .col(text("text"))
            .col(instant("at"))
            .foreign_key(&mut reference("funding_comment", "request_id", "funding_request"))
            .foreign_key(&mut reference("funding_comment", "by_id", "employee"))
            .to_owned();
        manager.create_table(table).await?;
        manager
            .create_index(index("funding_comment_request", "funding_comment", &["request_id", "at", "id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("funding_comment").to_owned()).await
    }
}
