//! Enrollments, and the time they take.

use sea_orm_migration::prelude::*;

use crate::columns::{
    day, day_null, index, instant, instant_null, int, int_null, reference, tenant_table, text, text_null,
    together, unique, uuid, uuid_null, word, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(enrollment()).await?;
        manager.create_table(learning_time()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["learning_time", "enrollment"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn enrollment() -> TableCreateStatement {
    let statuses =
        ["PLANNED", "ACTIVE", "IN_ASSESSMENT", "PAUSED", "COMPLETED", "FAILED", "WITHDRAWN", "EXPIRED"];
    let reasons = ["NO_TIME", "NOT_SUITABLE", "COURSE_CANCELED", "CHANGED_JOB", "OTHER"];
    tenant_table("enrollment")
        .col(uuid("employee_id"))
        .col(uuid_null("course_id"))
        .col(text("subject"))
        .col(text("title"))
        .col(text("provider_name"))
        .col(text_null("url"))
        .col(int_null("workload_minutes"))
        .col(int_null("duration_weeks"))
        .col(uuid_null("request_id"))
        .col(uuid_null("program_id"))
        .col(day("starts_on"))
        .col(day_null("ends_on"))
        .col(word("status", &statuses))
        .col(word_null("resumes_as", &["ACTIVE", "IN_ASSESSMENT"]))
        .col(text("milestones"))
        .col(text("refunds"))
        .col(word_null("withdrawn_for", &reasons))
        .col(instant("enrolled_at"))
        .col(instant_null("started_at"))
        .col(instant_null("submitted_at"))
        .col(instant_null("paused_at"))
        .col(instant_null("ended_at"))
        .col(int("version"))
        .check(Expr::cust("ends_on IS NULL OR starts_on <= ends_on"))
        .check(Expr::cust("(status = 'PAUSED') = (resumes_as IS NOT NULL)"))
        .check(together("resumes_as", "paused_at"))
        .check(Expr::cust("(status = 'WITHDRAWN') = (withdrawn_for IS NOT NULL)"))
        .check(Expr::cust(
            "(status IN ('COMPLETED', 'FAILED', 'WITHDRAWN', 'EXPIRED')) = (ended_at IS NOT NULL)",
        ))
        .check(Expr::cust("status NOT IN ('ACTIVE', 'IN_ASSESSMENT', 'PAUSED') OR started_at IS NOT NULL"))
        .foreign_key(&mut reference("enrollment", "employee_id", "employee"))
        .foreign_key(&mut reference("enrollment", "course_id", "course"))
        .foreign_key(&mut reference("enrollment", "request_id", "funding_request"))
        .foreign_key(&mut reference("enrollment", "program_id", "program"))
        .to_owned()
}

fn learning_time() -> TableCreateStatement {
    tenant_table("learning_time")
        .col(uuid("enrollment_id"))
        .col(day("day"))
        .col(int("minutes"))
        .col(word("kind", &["WORKING", "OWN"]))
        .col(text_null("note"))
        .col(uuid_null("by_id"))
        .col(instant("at"))
        .check(Expr::cust("minutes <> 0 AND minutes BETWEEN -1440 AND 1440"))
        .foreign_key(&mut reference("learning_time", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("learning_time", "by_id", "employee"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let live = || Expr::col("status").is_in(["PLANNED", "ACTIVE", "IN_ASSESSMENT", "PAUSED"]);
    vec![
        // One that runs per person and subject, and one per request.
        unique("enrollment_live", "enrollment", &["employee_id", "subject"]).and_where(live()).to_owned(),
        unique("enrollment_request", "enrollment", &["request_id"]),
        index("enrollment_enrolled", "enrollment", &["enrolled_at", "id"]),
        // What was completed within some time.
        index("enrollment_ended", "enrollment", &["ended_at"]),
        index("enrollment_start", "enrollment", &["starts_on", "id"]),
        index("enrollment_employee", "enrollment", &["employee_id", "enrolled_at", "id"]),
        index("enrollment_course", "enrollment", &["course_id", "enrolled_at", "id"]),
        index("enrollment_program", "enrollment", &["program_id", "enrolled_at", "id"]),
        index("learning_time_day", "learning_time", &["enrollment_id", "day", "id"]),
    ]
}
