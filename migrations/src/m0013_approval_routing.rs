//! Up to where the journal was read for approvals that go to somebody else, and what finds those that nobody may decide.

use sea_orm_migration::prelude::*;

use crate::columns::{bigint, index, instant_null, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(approval_routing()).await?;
        manager.create_index(stranded()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name("approval_step_stranded").table("approval_step").to_owned())
            .await?;
        manager.drop_table(Table::drop().table("approval_routing").to_owned()).await
    }
}

fn approval_routing() -> TableCreateStatement {
    Table::create()
        .table("approval_routing")
        .col(uuid("employer_id").primary_key())
        .col(bigint("position").check(Expr::col("position").gte(0)))
        // When the organization changed last, of what was read.
        .col(instant_null("changed_at"))
        .foreign_key(ForeignKey::create().from("approval_routing", "employer_id").to("employer", "id"))
        .to_owned()
}

fn stranded() -> IndexCreateStatement {
    index("approval_step_stranded", "approval_step", &["request_id"])
        .and_where(Expr::col("stranded_at").is_not_null())
        .to_owned()
}
