//! Providers, courses with what they teach and require, and the history of their prices.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    bigint, bigint_null, index, instant, int, int_null, link_table, reference, sorted_text, tenant_table,
    text, text_null, together, unique, uuid, uuid_null, word, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(provider(backend)).await?;
        manager.create_table(course(backend)).await?;
        manager.create_table(course_skill()).await?;
        manager
            .create_table(link_table(
                "course_requirement",
                &[("course_id", "course"), ("required_id", "course")],
            ))
            .await?;
        manager.create_table(course_price()).await?;
        for index in [
            unique("provider_name", "provider", &["name_key"]),
            unique("course_code", "course", &["code"]),
            index("course_title", "course", &["title_key", "id"]),
            index("course_duration", "course", &["weeks_order", "id"]),
            index("course_price_order", "course", &["currency", "price_minor", "id"]),
            index("course_created", "course", &["created_at", "id"]),
            index("course_provider", "course", &["provider_id"]),
            index("course_subject", "course", &["subject_area"]),
            index("course_skill_skill", "course_skill", &["skill_id", "course_id"]),
            index("course_requirement_required", "course_requirement", &["required_id"]),
            index("course_price_course", "course_price", &["course_id", "valid_from", "id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["course_price", "course_requirement", "course_skill", "course", "provider"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn provider(backend: DbBackend) -> TableCreateStatement {
    let kinds = ["COMPANY", "PROFESSIONAL_BODY", "COLLEGE", "UNIVERSITY", "PARTNERSHIP"];
    tenant_table("provider")
        .col(text("name"))
        .col(sorted_text(backend, "name_key"))
        .col(word("kind", &kinds))
        .col(text_null("country"))
        .col(text_null("region"))
        .col(text_null("accreditation"))
        .col(text_null("quality_assurance"))
        .col(text_null("website"))
        .col(int("version"))
        .to_owned()
}

fn course(backend: DbBackend) -> TableCreateStatement {
    let assessments = [
        "WRITTEN_EXAM",
        "ORAL_EXAM",
        "ONLINE_TEST",
        "PRACTICAL_TASK",
        "PROJECT",
        "PORTFOLIO",
        "CONTINUOUS",
        "COMBINED",
    ];
    let supervisions = ["UNSUPERVISED", "SUPERVISED", "SUPERVISED_IDENTITY_VERIFIED"];
    tenant_table("course")
        .col(sorted_text(backend, "code"))
        .col(text("title"))
        .col(sorted_text(backend, "title_key"))
        .col(text("search_key"))
        .col(text_null("summary"))
        .col(uuid("provider_id"))
        .col(text_null("subject_area"))
        .col(text_null("language"))
        .col(word_null("participation", &["ONLINE", "ON_SITE", "BLENDED"]))
        .col(int_null("weeks_min").check(Expr::col("weeks_min").between(1, 520)))
        .col(int_null("weeks_max").check(Expr::col("weeks_max").between(1, 520)))
        .col(bigint("weeks_order"))
        .col(int_null("workload_hours").check(Expr::col("workload_hours").between(1, 10_000)))
        .col(int_null("paid_release_hours").check(Expr::col("paid_release_hours").between(0, 10_000)))
        .col(int_null("ects_hundredths").check(Expr::col("ects_hundredths").between(1, 30_000)))
        .col(int_null("eqf_level").check(Expr::col("eqf_level").between(1, 8)))
        .col(word_null("assessment_type", &assessments))
        .col(word_null("supervision", &supervisions))
        .col(text("learning_outcomes"))
        .col(text_null("milestones"))
        .col(text_null("credit_toward"))
        .col(text_null("url"))
        .col(bigint_null("price_minor").check(Expr::col("price_minor").gte(0)))
        .col(text_null("currency"))
        .col(word("status", &["DRAFT", "PUBLISHED", "RETIRED"]))
        .col(instant("created_at"))
        .col(int("version"))
        .check(together("weeks_min", "weeks_max"))
        .check(Expr::col("weeks_min").lte(Expr::col("weeks_max")))
        .check(Expr::col("paid_release_hours").lte(Expr::col("workload_hours")))
        .check(together("price_minor", "currency"))
        .foreign_key(&mut reference("course", "provider_id", "provider"))
        .to_owned()
}

/// Skills that a course teaches, and those that it takes to be brought along.
fn course_skill() -> TableCreateStatement {
    let mut key = Index::create().col("employer_id").col("course_id").col("role").col("skill_id").to_owned();
    Table::create()
        .table("course_skill")
        .col(uuid("employer_id"))
        .col(uuid("course_id"))
        .col(word("role", &["TAUGHT", "REQUIRED"]))
        .col(uuid("skill_id"))
        .col(int_null("level").check(Expr::col("level").between(1, 5)))
        .primary_key(&mut key)
        .foreign_key(&mut reference("course_skill", "course_id", "course"))
        .foreign_key(&mut reference("course_skill", "skill_id", "skill"))
        .to_owned()
}

fn course_price() -> TableCreateStatement {
    tenant_table("course_price")
        .col(uuid("course_id"))
        .col(bigint_null("price_minor").check(Expr::col("price_minor").gte(0)))
        .col(text_null("currency"))
        .col(instant("valid_from"))
        .col(uuid_null("set_by"))
        .check(together("price_minor", "currency"))
        .foreign_key(&mut reference("course_price", "course_id", "course"))
        .foreign_key(&mut reference("course_price", "set_by", "employee"))
        .to_owned()
}
