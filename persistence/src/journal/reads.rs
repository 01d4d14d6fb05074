//! Reading the sealed journal.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::journal::{GENESIS, Hash, JournalFilter, JournalReads, SealedEntry, Tail};
use upskill_domain::kernel::{Direction, EmployerId, Fault, JournalEntryId, Page, PageRequest, TypedId};

use crate::fault::OrFault;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, uuids};
use crate::shape::alone;
use crate::store::Db;

#[async_trait]
impl JournalReads for Db {
    async fn entries(
        &self,
        scope: Scope,
        lists: &[JournalFilter],
        direction: Direction,
        request: &PageRequest,
    ) -> Result<Vec<Page<SealedEntry>>, Fault> {
        let selects = lists.iter().map(|filter| sealed(scope, filter));
        let sort = SortKey { alias: "j", column: "position", kind: KeyKind::Number };
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<SealedEntry>()).await
    }

    async fn count_entries(&self, scope: Scope, lists: &[JournalFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| sealed(scope, filter))).await
    }

    async fn entries_by_id(&self, scope: Scope, ids: &[JournalEntryId]) -> Result<Vec<SealedEntry>, Fault> {
        let mut select = sealed(scope, &JournalFilter::default());
        select.and_where(Expr::col(("j", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn chain(&self, employer: EmployerId, after: i64, limit: u32) -> Result<Vec<SealedEntry>, Fault> {
        let mut select = sealed(Scope::all(employer), &JournalFilter::default());
        select
            .and_where(Expr::col(("j", "position")).gt(after))
            .order_by(("j", "position"), Order::Asc)
            .limit(u64::from(limit));
        row::all(&self.pool, &select).await
    }

    async fn tail(&self, employer: EmployerId) -> Result<Tail, Fault> {
        let select = Query::select()
            .columns(["position", "hash"])
            .from("journal_tail")
            .and_where(Expr::col("employer_id").eq(employer.uuid()))
            .to_owned();
        let row = self.pool.query_one(&select).await.or_fault()?;
        let Some(row) = row else { return Ok(Tail { position: 0, hash: GENESIS }) };
        let mut cells = Cells::of(&row);
        Ok(Tail { position: cells.take()?, hash: cells.word(Hash::parse)? })
    }

    async fn employers_to_seal(&self) -> Result<Vec<EmployerId>, Fault> {
        let mut waiting = Query::select();
        waiting
            .expr(Expr::val(1))
            .from_as("journal_entry", "j")
            .and_where(Expr::col(("j", "employer_id")).equals(("o", "id")))
            .and_where(Expr::col(("j", "position")).is_null());
        let select = Query::select()
            .column(("o", "id"))
            .from_as("employer", "o")
            .and_where(Expr::exists(waiting))
            .to_owned();
        row::ids(&self.pool, &select).await
    }

    async fn oldest_unsealed(&self) -> Result<Option<DateTime<Utc>>, Fault> {
        let select = Query::select()
            .expr(Expr::col("at").min())
            .from("journal_entry")
            .and_where(Expr::col("position").is_null())
            .to_owned();
        let row = self.pool.query_one(&select).await.or_fault()?;
        row.map_or(Ok(None), |row| Cells::of(&row).take())
    }
}

fn sealed(scope: Scope, filter: &JournalFilter) -> SelectStatement {
    let mut select = row::select::<SealedEntry>("j", scope.employer.uuid());
    select.and_where(Expr::col(("j", "position")).is_not_null());
    if let Reach::Related(person) = scope.reach {
        select.and_where(Expr::col(("j", "actor_id")).eq(person.uuid()));
    }
    if let Some(kinds) = &filter.kinds {
        select.and_where(Expr::col(("j", "kind")).is_in(kinds.iter().cloned()));
    }
    if let Some(subject) = &filter.subject {
        select.and_where(Expr::col(("j", "subject_id")).eq(subject.id));
        select.and_where(Expr::col(("j", "subject_kind")).eq(subject.kind.as_str()));
    }
    if let Some(actor) = filter.actor {
        select.and_where(Expr::col(("j", "actor_id")).eq(actor.uuid()));
    }
    if let Some(account) = filter.account {
        select.and_where(Expr::col(("j", "account_id")).eq(account.uuid()));
    }
    select
}
