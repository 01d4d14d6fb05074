//! Who masters which skill how well, since when, and on whose word.

use sea_orm_migration::prelude::*;

use crate::columns::{
    day, day_null, index, instant, int_null, reference, tenant_table, text_null, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(skill_record()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("skill_record").to_owned()).await
    }
}

fn skill_record() -> TableCreateStatement {
    let evidence = ["SELF", "PEER", "MANAGER", "MENTOR", "ASSESSED", "CREDENTIAL"];
    tenant_table("skill_record")
        .col(uuid("employee_id"))
        .col(uuid("skill_id"))
        .col(int_null("level"))
        .col(word("evidence", &evidence))
        .col(day("from_on"))
        .col(day_null("until_on"))
        .col(uuid_null("enrollment_id"))
        .col(text_null("url"))
        .col(text_null("note"))
        .col(uuid_null("by_id"))
        .col(instant("at"))
        .check(Expr::cust("level BETWEEN 1 AND 5"))
        .check(Expr::cust("until_on IS NULL OR (from_on <= until_on AND level IS NOT NULL)"))
        // Nobody assesses themself outside of a course, and nobody else says what somebody thinks of themself.
        .check(Expr::cust(
            "by_id IS NULL OR enrollment_id IS NOT NULL OR (evidence = 'SELF') = (by_id = employee_id)",
        ))
        .foreign_key(&mut reference("skill_record", "employee_id", "employee"))
        .foreign_key(&mut reference("skill_record", "skill_id", "skill"))
        .foreign_key(&mut reference("skill_record", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("skill_record", "by_id", "employee"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    [
        index("skill_record_employee", "skill_record", &["employee_id", "from_on", "id"]),
        index("skill_record_skill", "skill_record", &["skill_id", "from_on", "id"]),
        index("skill_record_from", "skill_record", &["from_on", "id"]),
    ]
}
