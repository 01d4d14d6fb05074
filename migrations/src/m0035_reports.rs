//! What was counted of the journal, for reports.

use sea_orm_migration::prelude::*;

use crate::columns::{bigint, instant_null, int, reference, text, uuid, uuid_null, word};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [report_progress(), report_person(), report_group()] {
            manager.create_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["report_group", "report_person", "report_progress"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn report_progress() -> TableCreateStatement {
    Table::create()
        .table("report_progress")
        .col(uuid("employer_id").primary_key())
        .col(bigint("position").check(Expr::col("position").gte(0)))
        .col(instant_null("at"))
        .foreign_key(ForeignKey::create().from("report_progress", "employer_id").to("employer", "id"))
        .to_owned()
}

fn report_person() -> TableCreateStatement {
    Table::create()
        .table("report_person")
        .col(uuid("employer_id"))
        .col(int("year"))
        .col(uuid("employee_id"))
        .col(uuid_null("department_id"))
        .col(text("months"))
        .primary_key(Index::create().col("employer_id").col("year").col("employee_id"))
        .foreign_key(&mut reference("report_person", "employee_id", "employee"))
        .foreign_key(&mut reference("report_person", "department_id", "department"))
        .to_owned()
}

/// What belongs to nothing of a kind is counted under an id of zeros, so the group refers to nothing.
fn report_group() -> TableCreateStatement {
    let kinds = ["EVERYBODY", "DEPARTMENT", "PROVIDER", "COURSE", "PROGRAM"];
    Table::create()
        .table("report_group")
        .col(uuid("employer_id"))
        .col(int("year"))
        .col(word("kind", &kinds))
        .col(uuid("group_id"))
        .col(uuid_null("provider_id"))
        .col(text("sizes"))
        .col(text("months"))
        .primary_key(Index::create().col("employer_id").col("year").col("kind").col("group_id"))
        .foreign_key(ForeignKey::create().from("report_group", "employer_id").to("employer", "id"))
        .foreign_key(&mut reference("report_group", "provider_id", "provider"))
        .to_owned()
}
