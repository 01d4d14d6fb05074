//! What may be told of the skills that people lack for their jobs, since stock was taken last.

use sea_orm_migration::prelude::*;

use crate::columns::{day, instant, int, text_null, uuid, word, word_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(skills_stock()).await?;
        manager.create_table(skills_told()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["skills_told", "skills_stock"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn skills_stock() -> TableCreateStatement {
    Table::create()
        .table("skills_stock")
        .col(uuid("employer_id").primary_key())
        .col(day("taken_on"))
        .col(instant("taken_at"))
        .col(int("minimum").check(Expr::col("minimum").gte(3)))
        .foreign_key(ForeignKey::create().from("skills_stock", "employer_id").to("employer", "id"))
        .to_owned()
}

/// Everybody is told of under an id of zeros, so what is told refers to nothing. Either something is told or why not.
fn skills_told() -> TableCreateStatement {
    let reasons = ["BELOW_MINIMUM", "COMPLEMENTARY", "HOMOGENEOUS"];
    Table::create()
        .table("skills_told")
        .col(uuid("employer_id"))
        .col(word("kind", &["EMPLOYER", "DEPARTMENT", "PROGRAM"]))
        .col(uuid("subject_id"))
        .col(word_null("suppressed", &reasons))
        .col(ColumnDef::new("partial").boolean().not_null())
        .col(text_null("shortages"))
        .primary_key(Index::create().col("employer_id").col("kind").col("subject_id"))
        .foreign_key(ForeignKey::create().from("skills_told", "employer_id").to("employer", "id"))
        .check(Expr::col("suppressed").is_null().ne(Expr::col("shortages").is_null()))
        .to_owned()
}
