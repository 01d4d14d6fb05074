//! Who is away, up to where the journal was read for approvals that go to somebody else, and what finds those that have
//! to be looked at.

use sea_orm_migration::prelude::*;

use crate::columns::{bigint, day, index, instant, instant_null, reference, tenant_table, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(approval_routing()).await?;
        manager.create_table(absence()).await?;
        for index in absences() {
            manager.create_index(index).await?;
        }
        manager.create_index(stranded()).await?;
        manager.create_index(attended()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in ["approval_step_attend", "approval_step_stranded"] {
            manager.drop_index(Index::drop().name(index).table("approval_step").to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("absence").to_owned()).await?;
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

/// What the worker looks for: steps by when their due date is to be looked at next.
fn attended() -> IndexCreateStatement {
    index("approval_step_attend", "approval_step", &["attend_at", "request_id"])
        .and_where(Expr::col("status").eq("WAITING"))
        .to_owned()
}

fn absence() -> TableCreateStatement {
    tenant_table("absence")
        .col(uuid("employee_id"))
        .col(day("from_on"))
        .col(day("until_on"))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .col(instant_null("ended_at"))
        .check(Expr::cust("from_on <= until_on"))
        .foreign_key(&mut reference("absence", "employee_id", "employee"))
        .foreign_key(&mut reference("absence", "created_by", "employee"))
        .to_owned()
}

fn absences() -> Vec<IndexCreateStatement> {
    vec![
        index("absence_created_at", "absence", &["created_at", "id"]),
        index("absence_employee", "absence", &["employee_id", "until_on"]),
        index("absence_until_on", "absence", &["until_on"]),
    ]
}
