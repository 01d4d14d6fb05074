//! The vocabulary of skills.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{index, sorted_text, tenant_table, text, text_null, unique, word};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(skill(manager.get_database_backend())).await?;
        manager.create_index(unique("skill_name", "skill", &["name_key"])).await?;
        manager.create_index(index("skill_area", "skill", &["area"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("skill").to_owned()).await
    }
}

fn skill(backend: DbBackend) -> TableCreateStatement {
    tenant_table("skill")
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(word("kind", &["SKILL", "KNOWLEDGE", "TECHNOLOGY"]))
        .col(text_null("area"))
        .col(text_null("uri"))
        .to_owned()
}
