//! Reading and writing delegations.

use async_trait::async_trait;
use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, LockType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, EntityTrait};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::funding::{Delegation, DelegationFilter, DelegationReads, DelegationWrites};
use upskill_domain::kernel::{
    ApprovalDelegationId, Direction, EmployeeId, Fault, FundingRequestId, Page, PageRequest, Period, TypedId,
};
use uuid::Uuid;

use super::entity::approval_delegation;
use crate::fault::OrFault;
use crate::organization::absences::holding;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, replace_by_id, uuids};
use crate::shape::alone;
use crate::store::{Db, Tx};

impl Record for Delegation {
    type Entity = approval_delegation::Entity;
    const COLUMNS: &'static [approval_delegation::Column] = {
        use approval_delegation::Column as C;
        &[C::Id, C::DelegatorId, C::DelegateId, C::FromOn, C::UntilOn, C::CreatedBy, C::CreatedAt, C::EndedAt]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            delegator: cells.id()?,
            delegate: cells.id()?,
            period: Period::new(cells.take()?, cells.take()?)
                .map_err(|error| Fault::inconsistent(error.to_string()))?,
            created_by: cells.id_or_none()?,
            created_at: cells.take()?,
            ended_at: cells.take()?,
        })
    }
}

fn delegation_row(employer: Uuid, delegation: &Delegation, holds: bool) -> approval_delegation::ActiveModel {
    approval_delegation::ActiveModel {
        employer_id: Set(employer),
        id: Set(delegation.id.uuid()),
        delegator_id: Set(delegation.delegator.uuid()),
        delegate_id: Set(delegation.delegate.uuid()),
        from_on: Set(delegation.period.from()),
        until_on: Set(delegation.period.to()),
        created_by: Set(delegation.created_by.map(TypedId::uuid)),
        created_at: Set(delegation.created_at),
        ended_at: Set(delegation.ended_at),
        holds: Set(holds),
    }
}

/// Everybody who ever had a person decide in their name.
fn delegators_ever(employer: Uuid, delegate: Uuid) -> SelectStatement {
    Query::select()
        .column(("g", "delegator_id"))
        .from_as(approval_delegation::Entity, "g")
        .and_where(Expr::col(("g", "employer_id")).eq(employer))
        .and_where(Expr::col(("g", "delegate_id")).eq(delegate))
        .to_owned()
}

/// In whose name a person decides, as the calendar was last looked at: reads do not know the day.
pub(super) fn delegators(employer: Uuid, delegate: Uuid) -> SelectStatement {
    let mut select = delegators_ever(employer, delegate);
    select.and_where(Expr::col(("g", "holds")).eq(true));
    select
}

fn filtered(scope: Scope, filter: &DelegationFilter) -> SelectStatement {
    let mut select = within(scope);
    if let Some(delegators) = &filter.delegators {
        select.and_where(Expr::col(("g", "delegator_id")).is_in(uuids(delegators)));
    }
    if let Some(delegates) = &filter.delegates {
        select.and_where(Expr::col(("g", "delegate_id")).is_in(uuids(delegates)));
    }
    if let Some(day) = filter.on {
        select.cond_where(holding("g", day));
    }
    select
}

/// Those that the scope reaches: in the person's name, and to them.
fn within(scope: Scope) -> SelectStatement {
    let mut select = row::select::<Delegation>("g", scope.employer.uuid());
    if let Reach::Related(person) = scope.reach {
        let own = Expr::col(("g", "delegator_id")).eq(person.uuid());
        select.cond_where(Cond::any().add(own).add(Expr::col(("g", "delegate_id")).eq(person.uuid())));
    }
    select
}

#[async_trait]
impl DelegationWrites for Tx {
    async fn lock_delegation(&mut self, id: ApprovalDelegationId) -> Result<Option<Delegation>, Fault> {
        let mut select = row::select::<Delegation>("g", self.tenant());
        select.and_where(Expr::col(("g", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn delegations_of(
        &mut self,
        delegator: EmployeeId,
        day: NaiveDate,
    ) -> Result<Vec<Delegation>, Fault> {
        let mut select = row::select::<Delegation>("g", self.tenant());
        select
            .and_where(Expr::col(("g", "delegator_id")).eq(delegator.uuid()))
            .and_where(Expr::col(("g", "until_on")).gte(day));
        row::all(&self.tx, &select).await
    }

    async fn save_delegation(&mut self, delegation: &Delegation, holds: bool) -> Result<(), Fault> {
        approval_delegation::Entity::insert(delegation_row(self.tenant(), delegation, holds))
            .on_conflict(replace_by_id::<approval_delegation::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn mark_delegations(&mut self, day: NaiveDate) -> Result<bool, Fault> {
        let mut changed = false;
        for holds in [true, false] {
            let now = holding("approval_delegation", day);
            let differs = if holds { now } else { now.not() };
            let update = Query::update()
                .table(approval_delegation::Entity)
                .value("holds", holds)
                .and_where(Expr::col("employer_id").eq(self.tenant()))
                .and_where(Expr::col("holds").eq(!holds))
                .cond_where(differs)
                .to_owned();
            changed |= self.tx.execute(&update).await.or_fault()?.rows_affected() > 0;
        }
        Ok(changed)
    }

    async fn delegators_of(
        &mut self,
        delegate: EmployeeId,
        day: NaiveDate,
    ) -> Result<Vec<EmployeeId>, Fault> {
        let mut select = delegators_ever(self.tenant(), delegate.uuid());
        select.cond_where(holding("g", day));
        row::ids(&self.tx, &select).await
    }

    async fn deciders_of(&mut self, request: FundingRequestId) -> Result<Vec<EmployeeId>, Fault> {
        let select = Query::select()
            .column("by_id")
            .from("decision")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("request_id").eq(request.uuid()))
            .and_where(Expr::col("by_id").is_not_null())
            .to_owned();
        row::ids(&self.tx, &select).await
    }
}

#[async_trait]
impl DelegationReads for Db {
    async fn delegations_by_id(
        &self,
        scope: Scope,
        ids: &[ApprovalDelegationId],
    ) -> Result<Vec<Delegation>, Fault> {
        let mut select = within(scope);
        select.and_where(Expr::col(("g", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn delegations(
        &self,
        scope: Scope,
        lists: &[DelegationFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<Delegation>>, Fault> {
        let sort = SortKey { alias: "g", column: "created_at", kind: KeyKind::Instant };
        let selects = lists.iter().map(|filter| filtered(scope, filter));
        let newest_first = (sort, Direction::Descending);
        pages(&self.pool, scope.employer, selects, newest_first, request, alone::<Delegation>()).await
    }

    async fn count_delegations(&self, scope: Scope, lists: &[DelegationFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(scope, filter))).await
    }
}
