//! The journal with the ends of its chains, and the claims of idempotency keys.

use sea_orm_migration::prelude::*;

use crate::columns::{
    bigint, bigint_null, index, instant, reference, tenant_table, text, text_null, unique, uuid, uuid_null,
    word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(journal_entry()).await?;
        manager.create_table(journal_tail()).await?;
        manager.create_table(idempotency_claim()).await?;
        let unsealed = Index::create()
            .name("journal_entry_unsealed")
            .table("journal_entry")
            .col("employer_id")
            .col("id")
            .and_where(Expr::col("position").is_null())
            .to_owned();
        for index in [
            unique("journal_entry_position", "journal_entry", &["position"]),
            unsealed,
            index("journal_entry_subject", "journal_entry", &["subject_id", "position"]),
            index("journal_entry_actor", "journal_entry", &["actor_id", "position"]),
            index("idempotency_claim_age", "idempotency_claim", &["at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["idempotency_claim", "journal_tail", "journal_entry"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn journal_entry() -> TableCreateStatement {
    // Position and hash come together, once, when the entry is sealed.
    let sealed_as_one = Expr::col("position").is_null().eq(Expr::col("hash").is_null());
    tenant_table("journal_entry")
        .col(instant("at"))
        .col(word("actor_kind", &["EMPLOYEE", "SYSTEM"]))
        .col(uuid_null("actor_id"))
        .col(text_null("capacity"))
        .col(text("kind"))
        .col(text("subject_kind"))
        .col(uuid("subject_id"))
        .col(text("payload"))
        .col(text("request_id"))
        .col(bigint_null("position"))
        .col(text_null("hash"))
        .check(sealed_as_one)
        .foreign_key(&mut reference("journal_entry", "actor_id", "employee"))
        .to_owned()
}

fn journal_tail() -> TableCreateStatement {
    Table::create()
        .table("journal_tail")
        .col(uuid("employer_id").primary_key())
        .col(bigint("position"))
        .col(text("hash"))
        .foreign_key(ForeignKey::create().from("journal_tail", "employer_id").to("employer", "id"))
        .to_owned()
}

fn idempotency_claim() -> TableCreateStatement {
    Table::create()
        .table("idempotency_claim")
        .col(uuid("employer_id"))
        .col(text("actor"))
        .col(text("key"))
        .col(text("fingerprint"))
        .col(uuid("result"))
        .col(instant("at"))
        .primary_key(Index::create().col("employer_id").col("actor").col("key"))
        .foreign_key(ForeignKey::create().from("idempotency_claim", "employer_id").to("employer", "id"))
        .to_owned()
}
