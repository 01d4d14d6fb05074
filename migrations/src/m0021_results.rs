//! Results of assessments, evidence, and what courses give back.

use sea_orm_migration::prelude::*;

use crate::columns::{
    day, index, instant, instant_null, int, int_null, reference, tenant_table, text, text_null, together,
    unique, uuid, uuid_null, word, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(assessment()).await?;
        manager.create_table(evidence()).await?;
        manager.create_table(course_terms()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("enrollment_end").table("enrollment").to_owned()).await?;
        for table in ["course_terms", "evidence", "assessment"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn assessment() -> TableCreateStatement {
    tenant_table("assessment")
        .col(uuid("enrollment_id"))
        .col(int("attempt").check(Expr::col("attempt").gte(1)))
        .col(word("outcome", &["PASSED", "FAILED"]))
        .col(int_null("score").check(Expr::col("score").between(0, 10_000)))
        .col(day("assessed_on"))
        .col(uuid_null("by_id"))
        .col(instant("at"))
        .foreign_key(&mut reference("assessment", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("assessment", "by_id", "employee"))
        .to_owned()
}

fn evidence() -> TableCreateStatement {
    tenant_table("evidence")
        .col(uuid("enrollment_id"))
        .col(word("kind", &["CERTIFICATE", "WORK_SAMPLE", "OTHER"]))
        .col(text("title"))
        .col(text_null("url"))
        .col(text_null("file_reference"))
        .col(word("status", &["SUBMITTED", "ACCEPTED", "REJECTED"]))
        .col(uuid_null("submitted_by_id"))
        .col(instant("submitted_at"))
        .col(word_null("verifier", &["PROVIDER", "MENTOR", "HR"]))
        .col(text_null("note"))
        .col(uuid_null("verified_by_id"))
        .col(instant_null("verified_at"))
        // It lies in one place, and a verdict is there or is not.
        .check(Expr::cust("(url IS NULL) <> (file_reference IS NULL)"))
        .check(Expr::cust("(status = 'SUBMITTED') = (verifier IS NULL)"))
        .check(together("verifier", "verified_at"))
        .check(Expr::cust("status <> 'REJECTED' OR note IS NOT NULL"))
        .foreign_key(&mut reference("evidence", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("evidence", "submitted_by_id", "employee"))
        .foreign_key(&mut reference("evidence", "verified_by_id", "employee"))
        .to_owned()
}

/// What is agreed about a course, under the course's own id.
fn course_terms() -> TableCreateStatement {
    tenant_table("course_terms")
        .col(text("refunds"))
        .foreign_key(&mut reference("course_terms", "id", "course"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    let live = Expr::col("status").is_in(["PLANNED", "ACTIVE", "IN_ASSESSMENT", "PAUSED"]);
    [
        unique("assessment_attempt", "assessment", &["enrollment_id", "attempt"]),
        index("evidence_submitted", "evidence", &["enrollment_id", "submitted_at", "id"]),
        // What the worker looks for.
        index("enrollment_end", "enrollment", &["ends_on", "id"]).and_where(live).to_owned(),
    ]
}
