//! What hours cost, what programs brought, and reports over both.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{
    bigint, index, instant, instant_null, int, int_null, reference, sorted_text, tenant_table, text, unique,
    uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for table in [cost_band(backend), employee_cost_band(), benefit(), roi_report()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["roi_report", "benefit", "employee_cost_band", "cost_band"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn cost_band(backend: DbBackend) -> TableCreateStatement {
    tenant_table("cost_band")
        .col(sorted_text(backend, "code"))
        .col(text("name"))
        .col(bigint("hourly_cost").check(Expr::col("hourly_cost").gte(1)))
        .col(text("currency"))
        .col(int("version"))
        .to_owned()
}

/// A person is in one band at most, so the person is the key.
fn employee_cost_band() -> TableCreateStatement {
    Table::create()
        .table("employee_cost_band")
        .col(uuid("employer_id"))
        .col(uuid("employee_id"))
        .col(uuid("cost_band_id"))
        .primary_key(Index::create().col("employer_id").col("employee_id"))
        .foreign_key(&mut reference("employee_cost_band", "employee_id", "employee"))
        .foreign_key(&mut reference("employee_cost_band", "cost_band_id", "cost_band"))
        .to_owned()
}

fn benefit() -> TableCreateStatement {
    let kinds = ["PRODUCTIVITY", "RETENTION", "AVOIDED_HIRE", "QUALITY", "TIME_SAVED", "REVENUE"];
    tenant_table("benefit")
        .col(uuid("program_id"))
        .col(word("kind", &kinds))
        .col(text("title"))
        .col(text("estimates"))
        .col(int("horizon_months").check(Expr::col("horizon_months").between(1, 60)))
        .col(int_null("respondents").check(Expr::col("respondents").gte(1)).take())
        .col(word("status", &["RECORDED", "VALIDATED", "WITHDRAWN"]))
        .col(uuid_null("recorded_by"))
        .col(instant("recorded_at"))
        .col(uuid_null("validated_by"))
        .col(instant_null("validated_at"))
        .col(instant_null("withdrawn_at"))
        .col(int("version"))
        .check(Expr::cust("status <> 'VALIDATED' OR validated_at IS NOT NULL"))
        .check(Expr::cust("(status = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)"))
        // Nobody confirms what they said themself, whatever a defect might try.
        .check(Expr::cust("validated_by IS NULL OR recorded_by IS NULL OR validated_by <> recorded_by"))
        .foreign_key(&mut reference("benefit", "program_id", "program"))
        .foreign_key(&mut reference("benefit", "recorded_by", "employee"))
        .foreign_key(&mut reference("benefit", "validated_by", "employee"))
        .to_owned()
}

fn roi_report() -> TableCreateStatement {
    tenant_table("roi_report")
        .col(uuid("program_id"))
        .col(int("number").check(Expr::col("number").gte(1)))
        .col(text("basis"))
        .col(text("figures"))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .foreign_key(&mut reference("roi_report", "program_id", "program"))
        .foreign_key(&mut reference("roi_report", "created_by", "employee"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("cost_band_code", "cost_band", &["code"]),
        index("employee_cost_band_band", "employee_cost_band", &["cost_band_id"]),
        index("benefit_recorded_at", "benefit", &["recorded_at", "id"]),
        index("benefit_program", "benefit", &["program_id", "recorded_at", "id"]),
        index("roi_report_created_at", "roi_report", &["created_at", "id"]),
        index("roi_report_program", "roi_report", &["program_id", "created_at", "id"]),
        unique("roi_report_number", "roi_report", &["program_id", "number"]),
    ]
}
