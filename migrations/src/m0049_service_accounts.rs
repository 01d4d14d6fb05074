//! Service accounts with their secrets and tokens, and whom of them the journal names.

use sea_orm_migration::prelude::*;

use crate::columns::{
    index, instant, instant_null, int, reference, tenant_table, text, uuid, uuid_null, word,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(service_account()).await?;
        manager.create_table(client_secret()).await?;
        manager.create_table(access_token()).await?;
        // Accounts are never deleted, so the entries that name one need no reference, which SQLite could not add anyway.
        let by = Table::alter().table("journal_entry").add_column(uuid_null("account_id")).to_owned();
        manager.alter_table(by).await?;
        let active = index("service_account_name", "service_account", &["name_key"])
            .unique()
            .and_where(Expr::col("status").eq("ACTIVE"))
            .to_owned();
        let by_accounts = index("journal_entry_account", "journal_entry", &["account_id", "position"])
            .and_where(Expr::col("account_id").is_not_null())
            .to_owned();
        for index in [
            active,
            index("service_account_age", "service_account", &["created_at", "id"]),
            found_by("service_account_client", "service_account", "id"),
            index("client_secret_account", "client_secret", &["account_id"]),
            found_by("access_token_digest", "access_token", "digest"),
            index("access_token_secret", "access_token", &["secret_id"]),
            index("access_token_end", "access_token", &["expires_at"]),
            by_accounts,
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_accounts = Index::drop().name("journal_entry_account").table("journal_entry").to_owned();
        manager.drop_index(by_accounts).await?;
        let by = Table::alter().table("journal_entry").drop_column("account_id").to_owned();
        manager.alter_table(by).await?;
        for table in ["access_token", "client_secret", "service_account"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn service_account() -> TableCreateStatement {
    let is_revoked = Expr::col("status").eq("REVOKED");
    tenant_table("service_account")
        .col(text("name"))
        .col(text("name_key"))
        .col(text("scopes"))
        .col(word("status", &["ACTIVE", "REVOKED"]))
        .col(uuid_null("created_by"))
        .col(instant("created_at"))
        .col(instant_null("revoked_at"))
        .col(instant_null("last_used_at"))
        .col(int("version"))
        .check(is_revoked.eq(Expr::col("revoked_at").is_not_null()))
        .foreign_key(&mut reference("service_account", "created_by", "employee"))
        .to_owned()
}

/// Only digests: whoever reads the table cannot ask for a token.
fn client_secret() -> TableCreateStatement {
    tenant_table("client_secret")
        .col(uuid("account_id"))
        .col(text("digest"))
        .col(instant("created_at"))
        .col(instant_null("ends_at"))
        .col(instant_null("last_used_at"))
        .foreign_key(&mut reference("client_secret", "account_id", "service_account"))
        .to_owned()
}

/// The same here. A token goes with the secret that it was given for.
fn access_token() -> TableCreateStatement {
    let mut secret = reference("access_token", "secret_id", "client_secret");
    tenant_table("access_token")
        .col(uuid("account_id"))
        .col(uuid("secret_id"))
        .col(text("digest"))
        .col(text("scopes"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .foreign_key(&mut reference("access_token", "account_id", "service_account"))
        .foreign_key(secret.on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

/// An index for looking something up before it is known whose it is.
fn found_by(name: &'static str, table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().name(name).table(table).col(column).unique().to_owned()
}
