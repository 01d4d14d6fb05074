//! Reading mentoring.

use async_trait::async_trait;
use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement, SimpleExpr};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{
    Direction, EmployeeId, EmployerId, Fault, LanguageTag, MentorId, MentoringGoalId, MentoringSessionId,
    Page, PageRequest, PairingId, TypedId,
};
use upskill_domain::mentoring::{
    Expertise, GoalStatus, Mentor, MentorFilter, MentorOrder, MentoringGoal, MentoringNote, MentoringReads,
    MentoringSession, ObservedSkill, Pairing, PairingFeedback, PairingFilter, PairingOrder, PairingStatus,
    PlacesBreak,
};
use upskill_domain::skills::SkillLevel;
use uuid::Uuid;

use super::visible::{keep_own_of, keep_pairings, named, walks_through_pairings};
use super::{expertise, settling};
use crate::organization::line::Walk;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, uuids};
use crate::shape::alone;
use crate::store::Db;

#[async_trait]
impl MentoringReads for Db {
    async fn mentors_by_id(&self, scope: Scope, ids: &[MentorId]) -> Result<Vec<Mentor>, Fault> {
        let mut select = row::select::<Mentor>("m", scope.employer.uuid());
        select.and_where(Expr::col(("m", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn mentors_by_employee(&self, scope: Scope, people: &[EmployeeId]) -> Result<Vec<Mentor>, Fault> {
        let mut select = row::select::<Mentor>("m", scope.employer.uuid());
        select.and_where(Expr::col(("m", "employee_id")).is_in(uuids(people)));
        row::all(&self.pool, &select).await
    }

    async fn mentors(
        &self,
        scope: Scope,
        lists: &[MentorFilter],
        (order, direction): (MentorOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Mentor>>, Fault> {
        let sort = match order {
            MentorOrder::ActiveFrom => SortKey { alias: "m", column: "active_from", kind: KeyKind::Day },
        };
        let selects = lists.iter().map(|filter| mentors(scope, filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Mentor>()).await
    }

    async fn count_mentors(&self, scope: Scope, lists: &[MentorFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| mentors(scope, filter))).await
    }

    async fn expertise_by_mentor(
        &self,
        scope: Scope,
        ids: &[MentorId],
    ) -> Result<Vec<(MentorId, Expertise)>, Fault> {
        expertise::read(&self.pool, scope.employer.uuid(), ids).await
    }

    async fn pairings_by_id(&self, scope: Scope, ids: &[PairingId]) -> Result<Vec<Pairing>, Fault> {
        let mut select = pairings(scope, &PairingFilter::default(), Walk::Up);
        select.and_where(Expr::col(("p", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn pairings(
        &self,
        scope: Scope,
        lists: &[PairingFilter],
        (order, direction): (PairingOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Pairing>>, Fault> {
        let sort = match order {
            PairingOrder::ProposedAt => SortKey { alias: "p", column: "proposed_at", kind: KeyKind::Instant },
            PairingOrder::AnswerBy => SortKey { alias: "p", column: "answer_by", kind: KeyKind::Day },
        };
        let walks = walks_through_pairings(&self.pool, scope, lists).await?;
        let selects = lists.iter().zip(walks).map(|(filter, walk)| pairings(scope, filter, walk));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Pairing>()).await
    }

    async fn count_pairings(&self, scope: Scope, lists: &[PairingFilter]) -> Result<Vec<u64>, Fault> {
        let walk = |filter: &PairingFilter| if named(filter) == 0 { Walk::Down } else { Walk::Up };
        row::counts(&self.pool, lists.iter().map(|filter| pairings(scope, filter, walk(filter)))).await
    }

    async fn goals_by_id(&self, scope: Scope, ids: &[MentoringGoalId]) -> Result<Vec<MentoringGoal>, Fault> {
        let mut select = goals(scope);
        select.and_where(Expr::col(("g", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn goals_by_pairing(
        &self,
        scope: Scope,
        pairings: &[PairingId],
    ) -> Result<Vec<MentoringGoal>, Fault> {
        let mut select = goals(scope);
        select
            .and_where(Expr::col(("g", "pairing_id")).is_in(uuids(pairings)))
            .order_by(("g", "id"), Order::Asc);
        row::all(&self.pool, &select).await
    }

    async fn overdue_goals(
        &self,
        scope: Scope,
        ids: &[PairingId],
        today: NaiveDate,
    ) -> Result<Vec<(PairingId, u64)>, Fault> {
        let mut visible = pairings(scope, &PairingFilter::default(), Walk::Up);
        visible.clear_selects().column(("p", "id")).and_where(Expr::col(("p", "id")).is_in(uuids(ids)));
        let select = Query::select()
            .column(("g", "pairing_id"))
            .expr(Expr::cust("COUNT(*)"))
            .from_as("mentoring_goal", "g")
            .and_where(Expr::col(("g", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("g", "pairing_id")).in_subquery(visible))
            .and_where(Expr::col(("g", "status")).eq(GoalStatus::Open.name()))
            .and_where(Expr::col(("g", "target_on")).lt(today))
            .group_by_col(("g", "pairing_id"))
            .to_owned();
        row::all_as(&self.pool, &select, |cells| Ok((cells.id()?, cells.count()?))).await
    }

    async fn sessions_by_id(
        &self,
        scope: Scope,
        ids: &[MentoringSessionId],
    ) -> Result<Vec<MentoringSession>, Fault> {
        let mut select = sessions(scope);
        select.and_where(Expr::col(("s", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn mentoring_sessions(
        &self,
        scope: Scope,
        lists: &[PairingId],
        request: &PageRequest,
    ) -> Result<Vec<Page<MentoringSession>>, Fault> {
        let sort = SortKey { alias: "s", column: "starts_at", kind: KeyKind::Instant };
        let selects = lists.iter().map(|pairing| sessions_of(scope, *pairing));
        let sorted = (sort, Direction::Ascending);
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<MentoringSession>()).await
    }

    async fn count_mentoring_sessions(&self, scope: Scope, lists: &[PairingId]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|pairing| sessions_of(scope, *pairing))).await
    }

    async fn notes_by_session(
        &self,
        scope: Scope,
        sessions: &[MentoringSessionId],
    ) -> Result<Vec<MentoringNote>, Fault> {
        let mut select = row::select::<MentoringNote>("n", scope.employer.uuid());
        keep_own_of(&mut select, ("n", "pairing_id"), scope);
        select
            .and_where(Expr::col(("n", "session_id")).is_in(uuids(sessions)))
            .order_by(("n", "id"), Order::Asc);
        row::all(&self.pool, &select).await
    }

    async fn observations_by_session(
        &self,
        scope: Scope,
        sessions: &[MentoringSessionId],
    ) -> Result<Vec<(MentoringSessionId, ObservedSkill)>, Fault> {
        observations(&self.pool, scope, sessions).await
    }

    async fn feedback_by_pairing(
        &self,
        scope: Scope,
        pairings: &[PairingId],
    ) -> Result<Vec<PairingFeedback>, Fault> {
        let mut select = row::select::<PairingFeedback>("b", scope.employer.uuid());
        if let Reach::Related(person) = scope.reach {
            select.and_where(Expr::col(("b", "by_id")).eq(person.uuid()));
        }
        select
            .and_where(Expr::col(("b", "pairing_id")).is_in(uuids(pairings)))
            .order_by(("b", "side"), Order::Desc);
        row::all(&self.pool, &select).await
    }

    async fn pairings_to_settle(
        &self,
        employer: EmployerId,
        today: NaiveDate,
        beyond: Option<PairingId>,
        limit: u32,
    ) -> Result<Vec<PairingId>, Fault> {
        settling::to_settle(&self.pool, employer, today, beyond, limit).await
    }

    async fn places_break(&self, employer: EmployerId) -> Result<Option<PlacesBreak>, Fault> {
        settling::places_break(&self.pool, employer).await
    }
}

/// The mentors who are still here that the filter leaves.
fn mentors(scope: Scope, filter: &MentorFilter) -> SelectStatement {
    let employer = scope.employer.uuid();
    let mut select = row::select::<Mentor>("m", employer);
    select.and_where(Expr::exists(is_here(employer)));
    if let Some(employees) = &filter.employees {
        select.and_where(Expr::col(("m", "employee_id")).is_in(uuids(employees)));
    }
    if let Some(skills) = &filter.skills {
        let least = filter.least_level.map_or(SkillLevel::LOWEST, SkillLevel::number);
        let mut helps = named_in(employer, "mentor_skill", Expr::col("skill_id").is_in(uuids(skills)));
        helps.and_where(Expr::col("level").gte(least));
        select.and_where(Expr::col(("m", "id")).in_subquery(helps));
    }
    if let Some(languages) = &filter.languages {
        let tags = languages.iter().map(LanguageTag::as_str);
        let speaks = named_in(employer, "mentor_language", Expr::col("language").is_in(tags));
        select.and_where(Expr::col(("m", "id")).in_subquery(speaks));
    }
    if let Some(day) = filter.taking_on {
        let until = Expr::col(("m", "active_to"));
        select
            .and_where(Expr::col(("m", "active_from")).lte(day))
            .and_where(until.clone().is_null().or(until.gte(day)));
    }
    if let Some(free) = filter.with_free_places {
        let places = Expr::col(("m", "places_taken")).lt(Expr::col(("m", "capacity")));
        select.and_where(if free { places } else { places.not() });
    }
    select
}

fn named_in(employer: Uuid, table: &'static str, which: SimpleExpr) -> SelectStatement {
    Query::select()
        .column("mentor_id")
        .from(table)
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(which)
        .to_owned()
}

/// The mentor as a person, unless they have left.
fn is_here(employer: Uuid) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from_as("employee", "here")
        .and_where(Expr::col(("here", "employer_id")).eq(employer))
        .and_where(Expr::col(("here", "id")).equals(("m", "employee_id")))
        .and_where(Expr::col(("here", "status")).ne("LEFT"))
        .to_owned()
}

/// The pairings within the scope that the filter leaves.
fn pairings(scope: Scope, filter: &PairingFilter, walk: Walk) -> SelectStatement {
    let mut select = row::select::<Pairing>("p", scope.employer.uuid());
    keep_pairings(&mut select, scope, walk);
    if let Some(statuses) = &filter.statuses {
        let names = statuses.iter().map(|status| status.name());
        select.and_where(Expr::col(("p", "status")).is_in(names));
    }
    if let Some(mentors) = &filter.mentors {
        select.and_where(Expr::col(("p", "mentor_id")).is_in(uuids(mentors)));
    }
    if let Some(mentees) = &filter.mentees {
        select.and_where(Expr::col(("p", "mentee_id")).is_in(uuids(mentees)));
    }
    if let Some(people) = &filter.people {
        let mentors = Expr::col(("p", "mentored_by_id")).is_in(uuids(people));
        select.and_where(mentors.or(Expr::col(("p", "mentee_id")).is_in(uuids(people))));
    }
    if let Some(enrollments) = &filter.enrollments {
        select.and_where(Expr::col(("p", "enrollment_id")).is_in(uuids(enrollments)));
    }
    if let Some(since) = filter.quiet_since {
        let running = [PairingStatus::Accepted, PairingStatus::Active].map(PairingStatus::name);
        select
            .and_where(Expr::col(("p", "status")).is_in(running))
            .and_where(Expr::col(("p", "mentor_agreed_at")).lte(since))
            .and_where(Expr::col(("p", "mentee_agreed_at")).lte(since))
            .and_where(
                Expr::col(("p", "last_session_at")).if_null(Expr::col(("p", "proposed_at"))).lte(since),
            );
    }
    select
}

/// Goals within the scope.
fn goals(scope: Scope) -> SelectStatement {
    let mut select = row::select::<MentoringGoal>("g", scope.employer.uuid());
    keep_own_of(&mut select, ("g", "pairing_id"), scope);
    select
}

/// Sessions within the scope.
fn sessions(scope: Scope) -> SelectStatement {
    let mut select = row::select::<MentoringSession>("s", scope.employer.uuid());
    keep_own_of(&mut select, ("s", "pairing_id"), scope);
    select
}

fn sessions_of(scope: Scope, pairing: PairingId) -> SelectStatement {
    let mut select = sessions(scope);
    select.and_where(Expr::col(("s", "pairing_id")).eq(pairing.uuid()));
    select
}

/// The skills that were observed in sessions within the scope.
async fn observations(
    on: &impl sea_orm::ConnectionTrait,
    scope: Scope,
    of: &[MentoringSessionId],
) -> Result<Vec<(MentoringSessionId, ObservedSkill)>, Fault> {
    let mut visible = sessions(scope);
    visible.clear_selects().column(("s", "id")).and_where(Expr::col(("s", "id")).is_in(uuids(of)));
    let select = Query::select()
        .column(("o", "session_id"))
        .columns([("r", "id"), ("r", "skill_id"), ("r", "level")])
        .from_as("mentoring_observation", "o")
        .join_as(JoinType::InnerJoin, "skill_record", "r", row::named_by("r", ("o", "skill_record_id")))
        .and_where(Expr::col(("o", "employer_id")).eq(scope.employer.uuid()))
        .and_where(Expr::col(("o", "session_id")).in_subquery(visible))
        .order_by(("r", "id"), Order::Asc)
        .to_owned();
    let found = row::all_as(on, &select, |cells| {
        let session = cells.id()?;
        let (record, skill) = (cells.id()?, cells.id()?);
        Ok((session, ObservedSkill { record, skill, level: cells.made(SkillLevel::new)? }))
    });
    found.await
}
