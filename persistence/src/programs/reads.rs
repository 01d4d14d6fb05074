//! Reading programs.

use async_trait::async_trait;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{
    Direction, Fault, Page, PageRequest, ParticipantId, ProgramId, TypedId, search_key,
};
use upskill_domain::programs::{
    Outline, Participant, ParticipantFilter, Program, ProgramFilter, ProgramOrder, ProgramReads,
    ProgramStatus,
};

use uuid::Uuid;

use super::outline;
use crate::organization::line::{self, Walk};
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, uuids};
use crate::shape::alone;
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
        let selects = lists.iter().map(|filter| filtered(drafts, filter));
        pages(&self.pool, drafts.employer, selects, (sort, direction), request, alone::<Program>()).await
    }

    async fn count_programs(&self, drafts: Scope, lists: &[ProgramFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(drafts, filter))).await
    }

    async fn participants_by_id(
        &self,
        scope: Scope,
        ids: &[ParticipantId],
    ) -> Result<Vec<Participant>, Fault> {
        let mut select = participants(scope, &ParticipantFilter::default(), Walk::Up);
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
        let walks = walks_through_participants(&self.pool, scope, lists).await?;
        let selects = lists.iter().zip(walks).map(|(filter, walk)| participants(scope, filter, walk));
        let sorted = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<Participant>()).await
    }

    async fn count_participants(&self, scope: Scope, lists: &[ParticipantFilter]) -> Result<Vec<u64>, Fault> {
        let walk =
            |filter: &ParticipantFilter| if filter.employees.is_none() { Walk::Down } else { Walk::Up };
        row::counts(&self.pool, lists.iter().map(|filter| participants(scope, filter, walk(filter)))).await
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

/// The participants within the scope that the filter leaves.
fn participants(scope: Scope, filter: &ParticipantFilter, walk: Walk) -> SelectStatement {
    let mut select = row::select::<Participant>("t", scope.employer.uuid());
    keep_participants(&mut select, scope, walk);
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

/// Keeps the participants that the scope reaches: the person, everybody below them, and whoever was invited into programs
/// that they own.
fn keep_participants(select: &mut SelectStatement, scope: Scope, walk: Walk) {
    let Reach::Related(person) = scope.reach else { return };
    let (employer, person) = (scope.employer.uuid(), person.uuid());
    match walk {
        Walk::Up => {
            let visible = Cond::any()
                .add(Expr::col(("t", "employee_id")).eq(person))
                .add(Expr::col(("t", "program_id")).in_subquery(owned(employer, person)))
                .add(line::is_below(employer, ("t", "employee_id"), person));
            select.cond_where(visible)
        }
        Walk::Down => {
            let mut seen = taking_part(employer, Expr::col("employee_id").eq(person));
            let below = Expr::col("employee_id").in_subquery(line::below(employer, person));
            seen.union(UnionType::All, taking_part(employer, below));
            seen.union(UnionType::All, invited(employer, person));
            select.and_where(Expr::col(("t", "id")).in_subquery(seen))
        }
    };
}

/// How lists of participants are read.
async fn walks_through_participants(
    on: &impl ConnectionTrait,
    scope: Scope,
    lists: &[ParticipantFilter],
) -> Result<Vec<Walk>, Fault> {
    let seen = match scope.reach {
        Reach::Related(person) => {
            let (employer, person) = (scope.employer.uuid(), person.uuid());
            vec![line::below(employer, person), invited(employer, person)]
        }
        Reach::All => Vec::new(),
    };
    Walk::through(on, seen, lists.iter().map(|filter| filter.employees.as_ref().map_or(0, Vec::len))).await
}

/// The programs that a person owns.
fn owned(employer: Uuid, person: Uuid) -> SelectStatement {
    Query::select()
        .column("id")
        .from("program")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("owner_id").eq(person))
        .to_owned()
}

/// Whoever was invited into programs that a person owns.
fn invited(employer: Uuid, person: Uuid) -> SelectStatement {
    taking_part(employer, Expr::col("program_id").in_subquery(owned(employer, person)))
}

fn taking_part(employer: Uuid, which: SimpleExpr) -> SelectStatement {
    Query::select()
        .column("id")
        .from("participant")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(which)
        .to_owned()
}
