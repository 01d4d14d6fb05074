//! Reading programs.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{
    Direction, Fault, Page, PageRequest, ParticipantId, ProgramId, TypedId, search_key,
};
use upskill_domain::programs::{
    Outline, Participant, ParticipantFilter, Program, ProgramFilter, ProgramOrder, ProgramReads,
    ProgramStatus,
};

use super::outline;
use crate::organization::line;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Record, uuids};
use crate::store::Db;

#[async_trait]
impl ProgramReads for Db {
    async fn programs_by_id(&self, drafts: Scope, ids: &[ProgramId]) -> Result<Vec<Program>, Fault> {
        let mut select = programs(drafts);
        select.and_where(Expr::col(("g", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn outlines_by_id(
        &self,
        drafts: Scope,
        ids: &[ProgramId],
    ) -> Result<Vec<(ProgramId, Outline)>, Fault> {
        let mut visible = programs(drafts);
        visible.clear_selects().column(("g", "id")).and_where(Expr::col(("g", "id")).is_in(uuids(ids)));
        outline::read(&self.pool, drafts.employer.uuid(), &visible).await
    }

    async fn programs(
        &self,
        drafts: Scope,
        lists: &[ProgramFilter],
        (order, direction): (ProgramOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Program>>, Fault> {
        let sort = match order {
            ProgramOrder::Name => SortKey { alias: "g", column: "name_key", kind: KeyKind::Text },
            ProgramOrder::StartsOn => SortKey { alias: "g", column: "starts_on", kind: KeyKind::Day },
        };
        pages(
            &self.pool,
            lists.iter().map(|filter| filtered(drafts, filter)),
            &sort,
            direction,
            request,
            Program::read,
        )
        .await
    }

    async fn count_programs(&self, drafts: Scope, lists: &[ProgramFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(drafts, filter))).await
    }

    async fn participants_by_id(
        &self,
        scope: Scope,
        ids: &[ParticipantId],
    ) -> Result<Vec<Participant>, Fault> {
        let mut select = participants(scope, &ParticipantFilter::default());
        select.and_where(Expr::col(("t", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn participants(
        &self,
        scope: Scope,
        lists: &[ParticipantFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<Participant>>, Fault> {
        let sort = SortKey { alias: "t", column: "invited_at", kind: KeyKind::Instant };
        pages(
            &self.pool,
            lists.iter().map(|filter| participants(scope, filter)),
            &sort,
            Direction::Ascending,
            request,
            Participant::read,
        )
        .await
    }

    async fn count_participants(&self, scope: Scope, lists: &[ParticipantFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| participants(scope, filter))).await
    }
}

/// Every program but the drafts out of reach.
fn programs(drafts: Scope) -> SelectStatement {
    let mut select = row::select::<Program>("g", drafts.employer.uuid());
    if let Reach::Related(person) = drafts.reach {
        let open = Expr::col(("g", "status")).ne(ProgramStatus::Draft.name());
        select.and_where(open.or(Expr::col(("g", "owner_id")).eq(person.uuid())));
    }
    select
}

fn filtered(drafts: Scope, filter: &ProgramFilter) -> SelectStatement {
    let mut select = programs(drafts);
    if let Some(statuses) = &filter.statuses {
        let names = statuses.iter().map(|status| status.name());
        select.and_where(Expr::col(("g", "status")).is_in(names));
    }
    if let Some(owners) = &filter.owners {
        select.and_where(Expr::col(("g", "owner_id")).is_in(uuids(owners)));
    }
    if let Some(departments) = &filter.departments {
        let meant_for = Query::select()
            .column("program_id")
            .from("program_department")
            .and_where(Expr::col("employer_id").eq(drafts.employer.uuid()))
            .and_where(Expr::col("department_id").is_in(uuids(departments)))
            .to_owned();
        select.and_where(Expr::col(("g", "id")).in_subquery(meant_for));
    }
    if let Some(search) = &filter.search {
        select.and_where(row::contains(("g", "search_key"), &search_key(search)));
    }
    select
}

fn participants(scope: Scope, filter: &ParticipantFilter) -> SelectStatement {
    let employer = scope.employer.uuid();
    let mut select = row::select::<Participant>("t", employer);
    if let Reach::Related(person) = scope.reach {
        let owned = Query::select()
            .column("id")
            .from("program")
            .and_where(Expr::col("employer_id").eq(employer))
            .and_where(Expr::col("owner_id").eq(person.uuid()))
            .to_owned();
        let oneself = Expr::col(("t", "employee_id")).eq(person.uuid());
        let reports = Expr::col(("t", "employee_id")).in_subquery(line::below(employer, person.uuid()));
        select.and_where(oneself.or(reports).or(Expr::col(("t", "program_id")).in_subquery(owned)));
    }
    if let Some(programs) = &filter.programs {
        select.and_where(Expr::col(("t", "program_id")).is_in(uuids(programs)));
    }
    if let Some(employees) = &filter.employees {
        select.and_where(Expr::col(("t", "employee_id")).is_in(uuids(employees)));
    }
    if let Some(statuses) = &filter.statuses {
        let names = statuses.iter().map(|status| status.name());
        select.and_where(Expr::col(("t", "status")).is_in(names));
    }
    select
}
