//! Who decides in whose name, and when.

use sea_orm_migration::prelude::*;

use crate::columns::{day, index, instant, instant_null, reference, tenant_table, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(approval_delegation()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("approval_delegation").to_owned()).await
    }
}

fn approval_delegation() -> TableCreateStatement {
    tenant_table("approval_delegation")
        .col(uuid("delegator_id"))
        .col(uuid("delegate_id"))
        .col(day("from_on"))
        .col(day("until_on"))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .col(instant_null("ended_at"))
        // Whether it held when somebody last looked at the calendar.
        .col(ColumnDef::new("holds").boolean().not_null())
        .check(Expr::cust("delegator_id <> delegate_id"))
        .check(Expr::cust("from_on <= until_on"))
        .foreign_key(&mut reference("approval_delegation", "delegator_id", "employee"))
        .foreign_key(&mut reference("approval_delegation", "delegate_id", "employee"))
        .foreign_key(&mut reference("approval_delegation", "created_by", "employee"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("approval_delegation_created_at", "approval_delegation", &["created_at", "id"]),
        index("approval_delegation_delegator", "approval_delegation", &["delegator_id", "until_on"]),
        index("approval_delegation_delegate", "approval_delegation", &["delegate_id", "until_on"]),
    ]
}
