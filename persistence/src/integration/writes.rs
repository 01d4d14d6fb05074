//! Writing service accounts, secrets and tokens.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, IntoIden, LockType, Query, UpdateStatement};
use sea_orm::{ConnectionTrait, EntityTrait};
use upskill_domain::integration::{
    AccessToken, AccountStatus, ClientSecret, IntegrationWrites, ServiceAccount,
};
use upskill_domain::kernel::{ClientSecretId, Fault, ServiceAccountId, TypedId, search_key};
use uuid::Uuid;

use super::entity::{access_token, client_secret, service_account};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, replace_by_id, uuids};
use crate::store::Tx;

const SECRET_CELLS: usize = 7;
const TOKEN_CELLS: usize = 8;

#[async_trait]
impl IntegrationWrites for Tx {
    async fn lock_service_account(&mut self, id: ServiceAccountId) -> Result<Option<ServiceAccount>, Fault> {
        let mut select = row::select::<ServiceAccount>("a", self.tenant());
        select.and_where(Expr::col(("a", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn service_account_named(&mut self, name: &str) -> Result<Option<ServiceAccountId>, Fault> {
        let select = Query::select()
            .column("id")
            .from(service_account::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("name_key").eq(search_key(name)))
            .and_where(Expr::col("status").eq(AccountStatus::Active.name()))
            .to_owned();
        Ok(row::ids(&self.tx, &select).await?.pop())
    }

    async fn save_service_account(&mut self, account: &ServiceAccount) -> Result<(), Fault> {
        let stays = replace_by_id::<service_account::Entity>(&["created_by", "created_at", "last_used_at"]);
        service_account::Entity::insert(account_row(self.tenant(), account))
            .on_conflict(stays)
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn client_secrets_of(&mut self, account: ServiceAccountId) -> Result<Vec<ClientSecret>, Fault> {
        let mut select = row::select::<ClientSecret>("s", self.tenant());
        select.and_where(Expr::col(("s", "account_id")).eq(account.uuid()));
        row::all(&self.tx, &select).await
    }

    async fn save_client_secrets(&mut self, secrets: &[ClientSecret]) -> Result<(), Fault> {
        let employer = self.tenant();
        for chunk in secrets.chunks(CHUNK_CELLS / SECRET_CELLS) {
            let stays = ["account_id", "digest", "created_at", "last_used_at"];
            client_secret::Entity::insert_many(chunk.iter().map(|secret| secret_row(employer, secret)))
                .on_conflict(replace_by_id::<client_secret::Entity>(&stays))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn insert_access_tokens(&mut self, tokens: &[AccessToken]) -> Result<(), Fault> {
        let employer = self.tenant();
        for chunk in tokens.chunks(CHUNK_CELLS / TOKEN_CELLS) {
            access_token::Entity::insert_many(chunk.iter().map(|token| token_row(employer, token)))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn touch_client_secrets(&mut self, ids: &[ClientSecretId], at: DateTime<Utc>) -> Result<(), Fault> {
        let mut update = self.touch(client_secret::Entity, at);
        update.and_where(Expr::col("id").is_in(uuids(ids)));
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }

    async fn touch_service_accounts(
        &mut self,
        ids: &[ServiceAccountId],
        at: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let mut update = self.touch(service_account::Entity, at);
        update.and_where(Expr::col("id").is_in(uuids(ids)));
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }

    async fn drop_access_tokens(&mut self, by: DateTime<Utc>) -> Result<u64, Fault> {
        let delete = Query::delete()
            .from_table(access_token::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("expires_at").lte(by))
            .to_owned();
        Ok(self.tx.execute(&delete).await.or_fault()?.rows_affected())
    }

    async fn drop_client_secrets(&mut self, by: DateTime<Utc>) -> Result<u64, Fault> {
        let delete = Query::delete()
            .from_table(client_secret::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("ends_at").lte(by))
            .to_owned();
        Ok(self.tx.execute(&delete).await.or_fault()?.rows_affected())
    }
}

impl Tx {
    /// Puts down a use, where no later one is put down.
    fn touch(&self, table: impl IntoIden, at: DateTime<Utc>) -> UpdateStatement {
        let is_later = Expr::col("last_used_at").is_null().or(Expr::col("last_used_at").lt(at));
        Query::update()
            .table(table.into_iden())
            .value("last_used_at", at)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(is_later)
            .to_owned()
    }
}

fn account_row(employer: Uuid, account: &ServiceAccount) -> service_account::ActiveModel {
    service_account::ActiveModel {
        employer_id: Set(employer),
        id: Set(account.id.uuid()),
        name: Set(account.name.clone()),
        name_key: Set(search_key(&account.name)),
        scopes: Set(account.scopes.to_string()),
        status: Set(account.status.name().to_owned()),
        created_by: Set(account.created_by.map(TypedId::uuid)),
        created_at: Set(account.created_at),
        revoked_at: Set(account.revoked_at),
        last_used_at: Set(account.last_used_at),
        version: Set(account.version),
    }
}

fn secret_row(employer: Uuid, secret: &ClientSecret) -> client_secret::ActiveModel {
    client_secret::ActiveModel {
        employer_id: Set(employer),
        id: Set(secret.id.uuid()),
        account_id: Set(secret.account.uuid()),
        digest: Set(secret.digest.to_string()),
        created_at: Set(secret.created_at),
        ends_at: Set(secret.ends_at),
        last_used_at: Set(secret.last_used_at),
    }
}

fn token_row(employer: Uuid, token: &AccessToken) -> access_token::ActiveModel {
    access_token::ActiveModel {
        employer_id: Set(employer),
        id: Set(token.id.uuid()),
        account_id: Set(token.account.uuid()),
        secret_id: Set(token.secret.uuid()),
        digest: Set(token.digest.to_string()),
        scopes: Set(token.scopes.to_string()),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
    }
}
