//! Links that decide.

use sea_orm_migration::prelude::*;

use crate::columns::{
    index, instant, instant_null, int, reference, tenant_table, text, together, uuid, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = tenant_table("action_link")
            .col(uuid("request_id"))
            .col(int("request_version"))
            .col(uuid("person_id"))
            // Only digests: whoever reads the table cannot decide.
            .col(text("approve_digest"))
            .col(text("reject_digest"))
            .col(instant("issued_at"))
            .col(instant("expires_at"))
            .col(instant_null("used_at"))
            .col(word_null("outcome", &["APPROVED", "PASSED_ON", "REJECTED"]))
            .check(together("used_at", "outcome"))
            .foreign_key(&mut reference("action_link", "request_id", "funding_request"))
            .foreign_key(&mut reference("action_link", "person_id", "employee"))
            .to_owned();
        manager.create_table(table).await?;
        manager.create_index(index("action_link_request", "action_link", &["request_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("action_link").to_owned()).await
    }
}
