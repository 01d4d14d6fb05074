//! Employers, departments, employees, granted roles.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    day, day_null, index, instant, instant_null, int, reference, sorted_text, tenant_table, text, text_null,
    unique, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(employer()).await?;
        manager.create_table(department(backend)).await?;
        manager.create_table(employee(backend)).await?;
        manager.create_table(role_grant()).await?;
        if backend == DbBackend::Postgres {
            // Departments and employees refer to each other; SQLite takes the forward reference in CREATE TABLE.
            manager.create_foreign_key(reference("department", "head_id", "employee")).await?;
        }
        for index in [
            unique("department_code", "department", &["code"]),
            index("department_name", "department", &["name_key", "id"]),
            index("department_parent", "department", &["parent_id"]),
            index("department_head", "department", &["head_id"]),
            unique("employee_external_id", "employee", &["external_id"]),
            index("employee_name", "employee", &["name_key", "id"]),
            index("employee_department", "employee", &["department_id", "name_key", "id"]),
            index("employee_manager", "employee", &["manager_id", "name_key", "id"]),
            index("employee_email", "employee", &["email"]),
            unique("role_grant_once", "role_grant", &["employee_id", "role"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            let key = ForeignKey::drop().table("department").name("department_head_id").to_owned();
            manager.drop_foreign_key(key).await?;
        }
        for table in ["role_grant", "employee", "department", "employer"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn employer() -> TableCreateStatement {
    Table::create()
        .table("employer")
        .col(uuid("id").primary_key())
        .col(text("slug").unique_key())
        .col(text("name"))
        .col(text("time_zone"))
        .col(text("currency"))
        .col(int("fiscal_year_start_month").check(Expr::col("fiscal_year_start_month").between(1, 12)))
        .col(int("minimum_group_size").check(Expr::col("minimum_group_size").gte(3)))
        .to_owned()
}

fn department(backend: DbBackend) -> TableCreateStatement {
    let mut table = tenant_table("department");
    table
        .col(sorted_text(backend, "code"))
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(uuid_null("parent_id"))
        .col(uuid_null("head_id"))
        .col(int("version"))
        .foreign_key(&mut reference("department", "parent_id", "department"));
    if backend != DbBackend::Postgres {
        table.foreign_key(&mut reference("department", "head_id", "employee"));
    }
    table
}

fn employee(backend: DbBackend) -> TableCreateStatement {
    tenant_table("employee")
        .col(sorted_text(backend, "external_id"))
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(text_null("email"))
        .col(text("search_key"))
        .col(uuid_null("department_id"))
        .col(uuid_null("manager_id"))
        .col(text_null("job_title"))
        .col(word("status", &["ACTIVE", "ON_LEAVE", "LEFT"]))
        .col(day("hired_on"))
        .col(day_null("left_on"))
        .col(int("weekly_minutes").check(Expr::col("weekly_minutes").between(0, 4_800)))
        .col(text_null("work_country"))
        .col(text_null("work_region"))
        .col(instant_null("erased_at"))
        .col(int("version"))
        // Nobody who was erased comes back; whoever is hired again is somebody new.
        .check(Expr::cust("erased_at IS NULL OR status = 'LEFT'"))
        .foreign_key(&mut reference("employee", "department_id", "department"))
        .foreign_key(&mut reference("employee", "manager_id", "employee"))
        .to_owned()
}

fn role_grant() -> TableCreateStatement {
    let roles = ["HR_ADMIN", "HR_ANALYST", "FINANCE", "AUDITOR", "WORKS_COUNCIL", "EMPLOYER_ADMIN"];
    tenant_table("role_grant")
        .col(uuid("employee_id"))
        .col(word("role", &roles))
        .col(uuid_null("granted_by"))
        .col(instant("granted_at"))
        .foreign_key(&mut reference("role_grant", "employee_id", "employee"))
        .foreign_key(&mut reference("role_grant", "granted_by", "employee"))
        .to_owned()
}
