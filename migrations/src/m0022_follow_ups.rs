//! Follow-ups, and what learners say of courses.

use sea_orm_migration::prelude::*;

use crate::columns::{
    day, index, instant, instant_null, int, reference, tenant_table, text_null, together, unique, uuid,
    uuid_null, word, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(follow_up()).await?;
        manager.create_table(course_feedback()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["course_feedback", "follow_up"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn follow_up() -> TableCreateStatement {
    let obstacles = ["NO_OPPORTUNITY", "NO_TIME", "NO_SUPPORT", "NOT_RELEVANT", "MORE_PRACTICE", "OTHER"];
    tenant_table("follow_up")
        .col(uuid("enrollment_id"))
        .col(uuid("employee_id"))
        .col(word("respondent", &["LEARNER", "MANAGER"]))
        .col(int("after_days").check(Expr::col("after_days").gte(1)))
        .col(day("opens_on"))
        .col(day("closes_on"))
        .col(word_null("application", &["APPLIED", "PARTLY", "NOT_APPLIED"]))
        .col(word_null("obstacle", &obstacles))
        .col(text_null("note"))
        .col(uuid_null("answered_by_id"))
        .col(instant_null("answered_at"))
        .col(instant_null("told_at"))
        .col(instant_null("reminded_at"))
        .check(Expr::cust("opens_on <= closes_on"))
        .check(together("application", "answered_at"))
        .check(together("application", "answered_by_id"))
        .check(Expr::cust("application IS NOT NULL OR (obstacle IS NULL AND note IS NULL)"))
        .check(Expr::cust("application <> 'NOT_APPLIED' OR obstacle IS NOT NULL"))
        .check(Expr::cust("application <> 'APPLIED' OR obstacle IS NULL"))
        .foreign_key(&mut reference("follow_up", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("follow_up", "employee_id", "employee"))
        .foreign_key(&mut reference("follow_up", "answered_by_id", "employee"))
        .to_owned()
}

/// What is said of a course in an enrollment, under the enrollment's own id.
fn course_feedback() -> TableCreateStatement {
    tenant_table("course_feedback")
        .col(int("rating").check(Expr::col("rating").between(1, 5)))
        .col(ColumnDef::new("recommended").boolean().not_null())
        .col(text_null("comment"))
        .col(instant("at"))
        .foreign_key(&mut reference("course_feedback", "id", "enrollment"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    let unanswered = Expr::col("application").is_null();
    [
        unique("follow_up_form", "follow_up", &["enrollment_id", "after_days", "respondent"]),
        // What waits for people, and what the worker looks for.
        index("follow_up_open", "follow_up", &["opens_on", "id"]).and_where(unanswered).to_owned(),
        index("follow_up_employee", "follow_up", &["employee_id", "closes_on", "id"]),
    ]
}
