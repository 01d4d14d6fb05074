//! Programs with what they aim at, and who takes part.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    day, index, instant, instant_null, int, link_table, reference, sorted_text, tenant_table, text,
    text_null, unique, uuid, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(program(manager.get_database_backend())).await?;
        manager.create_table(program_skill()).await?;
        for (name, column, to) in
            [("program_department", "department_id", "department"), ("program_course", "course_id", "course")]
        {
            manager.create_table(link_table(name, &[("program_id", "program"), (column, to)])).await?;
        }
        manager.create_table(participant()).await?;
        for index in [
            index("program_name", "program", &["name_key", "id"]),
            index("program_start", "program", &["starts_on", "id"]),
            index("program_owner", "program", &["owner_id"]),
            index("program_skill_skill", "program_skill", &["skill_id"]),
            index("program_department_department", "program_department", &["department_id", "program_id"]),
            index("program_course_course", "program_course", &["course_id", "program_id"]),
            unique("participant_once", "participant", &["program_id", "employee_id"]),
            index("participant_program", "participant", &["program_id", "invited_at", "id"]),
            index("participant_employee", "participant", &["employee_id", "invited_at", "id"]),
            index("participant_invited", "participant", &["invited_at", "id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["participant", "program_course", "program_department", "program_skill", "program"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn program(backend: DbBackend) -> TableCreateStatement {
    tenant_table("program")
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(text("search_key"))
        .col(text_null("purpose"))
        .col(uuid("owner_id"))
        .col(day("starts_on"))
        .col(day("ends_on"))
        .col(word("status", &["DRAFT", "ACTIVE", "CLOSED"]))
        .col(int("version"))
        .check(Expr::col("starts_on").lte(Expr::col("ends_on")))
        .foreign_key(&mut reference("program", "owner_id", "employee"))
        .to_owned()
}

fn program_skill() -> TableCreateStatement {
    link_table("program_skill", &[("program_id", "program"), ("skill_id", "skill")])
        .col(int("level").check(Expr::col("level").between(1, 5)))
        .to_owned()
}

fn participant() -> TableCreateStatement {
    tenant_table("participant")
        .col(uuid("program_id"))
        .col(uuid("employee_id"))
        .col(word("status", &["INVITED", "JOINED", "COMPLETED", "LEFT"]))
        .col(instant("invited_at"))
        .col(instant_null("joined_at"))
        .col(instant_null("completed_at"))
        .col(instant_null("left_at"))
        .foreign_key(&mut reference("participant", "program_id", "program"))
        .foreign_key(&mut reference("participant", "employee_id", "employee"))
        .to_owned()
}
