//! What jobs ask for, since when, and who has which.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    day, index, instant, int, reference, sorted_text, tenant_table, text, text_null, unique, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(job_profile(manager.get_database_backend())).await?;
        manager.create_table(job_requirements()).await?;
        manager.create_table(job_assignment()).await?;
        manager.create_index(unique("job_profile_name", "job_profile", &["name_key"])).await?;
        manager.create_index(index("job_assignment_profile", "job_assignment", &["profile_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["job_assignment", "job_requirements", "job_profile"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn job_profile(backend: DbBackend) -> TableCreateStatement {
    tenant_table("job_profile")
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(text_null("summary"))
        .col(int("version"))
        .to_owned()
}

fn job_requirements() -> TableCreateStatement {
    numbered("job_requirements", ("profile_id", "job_profile")).col(text("skills")).to_owned()
}

fn job_assignment() -> TableCreateStatement {
    numbered("job_assignment", ("employee_id", "employee"))
        .col(uuid_null("profile_id"))
        .foreign_key(&mut reference("job_assignment", "profile_id", "job_profile"))
        .to_owned()
}

/// What is only ever added to something, counted from 1, each from a day on.
fn numbered(name: &'static str, (column, to): (&'static str, &'static str)) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(uuid("employer_id"))
        .col(uuid(column))
        .col(int("number").check(Expr::cust("number >= 1")).take())
        .col(day("from_on"))
        .col(uuid_null("by_id"))
        .col(instant("at"))
        .primary_key(Index::create().col("employer_id").col(column).col("number"))
        .foreign_key(&mut reference(name, column, to))
        .foreign_key(&mut reference(name, "by_id", "employee"))
        .to_owned()
}
