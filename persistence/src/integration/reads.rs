//! Reading service accounts.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement};
use sea_orm::{ConnectionTrait, JoinType};
use upskill_domain::access::Scope;
use upskill_domain::integration::{
    AccountStatus, Client, ClientSecret, IntegrationReads, ServiceAccount, ServiceAccountFilter,
};
use upskill_domain::kernel::{
    Direction, EmployerId, Fault, Joined, Page, PageRequest, ServiceAccountId, TypedId,
};

use super::entity::client_secret;
use crate::fault::OrFault;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, uuids};
use crate::shape::alone;
use crate::store::Db;

#[async_trait]
impl IntegrationReads for Db {
    async fn client(&self, id: ServiceAccountId) -> Result<Option<Client>, Fault> {
        let mut select = row::select_untenanted::<ServiceAccount>("a");
        let is_theirs = Expr::col(("s", "employer_id"))
            .equals(("a", "employer_id"))
            .and(Expr::col(("s", "account_id")).equals(("a", "id")));
        select
            .column(("a", "employer_id"))
            .join_as(JoinType::LeftJoin, client_secret::Entity, "s", is_theirs)
            .and_where(Expr::col(("a", "id")).eq(id.uuid()));
        row::add_columns::<ClientSecret>(&mut select, "s");
        let mut client: Option<Client> = None;
        for row in &self.pool.query_all(&select).await.or_fault()? {
            let mut cells = Cells::of(row);
            let (account, employer) = (ServiceAccount::read(&mut cells)?, cells.id::<EmployerId>()?);
            let client = client.get_or_insert(Client { employer, account, secrets: Vec::new() });
            if let Joined::Present(secret) = cells.joined::<ClientSecret>(true)? {
                client.secrets.push(*secret);
            }
        }
        Ok(client)
    }

    async fn service_accounts_by_id(
        &self,
        scope: Scope,
        ids: &[ServiceAccountId],
    ) -> Result<Vec<ServiceAccount>, Fault> {
        let mut select = filtered(scope, &ServiceAccountFilter::default());
        select.and_where(Expr::col(("a", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn service_accounts(
        &self,
        scope: Scope,
        lists: &[ServiceAccountFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<ServiceAccount>>, Fault> {
        let selects = lists.iter().map(|filter| filtered(scope, filter));
        let sort = SortKey { alias: "a", column: "created_at", kind: KeyKind::Instant };
        let oldest_first = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, oldest_first, request, alone::<ServiceAccount>()).await
    }

    async fn count_service_accounts(
        &self,
        scope: Scope,
        lists: &[ServiceAccountFilter],
    ) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(scope, filter))).await
    }

    async fn client_secrets_by_account(
        &self,
        scope: Scope,
        accounts: &[ServiceAccountId],
    ) -> Result<Vec<ClientSecret>, Fault> {
        let mut select = row::select::<ClientSecret>("s", scope.employer.uuid());
        select
            .and_where(Expr::col(("s", "account_id")).is_in(uuids(accounts)))
            .order_by(("s", "created_at"), Order::Asc)
            .order_by(("s", "id"), Order::Asc);
        row::all(&self.pool, &select).await
    }
}

/// The policy lets nobody read accounts by a relation, so every reader sees all of the employer's.
fn filtered(scope: Scope, filter: &ServiceAccountFilter) -> SelectStatement {
    let mut select = row::select::<ServiceAccount>("a", scope.employer.uuid());
    if let Some(statuses) = &filter.statuses {
        let names = statuses.iter().map(|status| AccountStatus::name(*status));
        select.and_where(Expr::col(("a", "status")).is_in(names));
    }
    select
}
