//! Follow-ups and course feedback: from rows to the domain's values, and back.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{EmployerId, Fault, FollowUpId, TypedId};
use upskill_domain::learning::{
    Application, CourseFeedback, FollowUp, FollowUpAnswer, Obstacle, Respondent, WaitingFollowUps,
};
use uuid::Uuid;

use super::entity::{course_feedback, follow_up};
use super::results::keep_own_of;
use crate::row::{self, Cells, Record, uuids};

impl Record for FollowUp {
    type Entity = follow_up::Entity;
    const COLUMNS: &'static [follow_up::Column] = {
        use follow_up::Column as C;
        &[
            C::Id,
            C::EnrollmentId,
            C::EmployeeId,
            C::Respondent,
            C::MentorId,
            C::AfterDays,
            C::OpensOn,
            C::ClosesOn,
            C::Application,
            C::Obstacle,
            C::Note,
            C::AnsweredById,
            C::AnsweredAt,
            C::ToldAt,
            C::RemindedAt,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            enrollment: cells.id()?,
            employee: cells.id()?,
            respondent: cells.word(Respondent::named)?,
            mentor: cells.id_or_none()?,
            after_days: cells.take()?,
            opens_on: cells.take()?,
            closes_on: cells.take()?,
            answer: answer(cells)?,
            told_at: cells.take()?,
            reminded_at: cells.take()?,
        })
    }
}

impl Record for CourseFeedback {
    type Entity = course_feedback::Entity;
    const COLUMNS: &'static [course_feedback::Column] = {
        use course_feedback::Column as C;
        &[C::Id, C::Rating, C::Recommended, C::Comment, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            enrollment: cells.id()?,
            rating: cells.take()?,
            recommended: cells.take()?,
            comment: cells.take()?,
            at: cells.take()?,
        })
    }
}

fn answer(cells: &mut Cells<'_>) -> Result<Option<FollowUpAnswer>, Fault> {
    let application = cells.word_or_none(Application::named)?;
    let (obstacle, note) = (cells.word_or_none(Obstacle::named)?, cells.take()?);
    let (by, at) = (cells.id_or_none()?, cells.take()?);
    let given = application.zip(by).zip(at);
    Ok(given.map(|((application, by), at)| FollowUpAnswer { application, obstacle, note, by, at }))
}

pub(super) fn follow_up_row(employer: Uuid, follow_up: &FollowUp) -> follow_up::ActiveModel {
    let answer = follow_up.answer.as_ref();
    follow_up::ActiveModel {
        employer_id: Set(employer),
        id: Set(follow_up.id.uuid()),
        enrollment_id: Set(follow_up.enrollment.uuid()),
        employee_id: Set(follow_up.employee.uuid()),
        respondent: Set(follow_up.respondent.name().to_owned()),
        after_days: Set(follow_up.after_days),
        opens_on: Set(follow_up.opens_on),
        closes_on: Set(follow_up.closes_on),
        application: Set(answer.map(|answer| answer.application.name().to_owned())),
        obstacle: Set(answer.and_then(|answer| answer.obstacle).map(|obstacle| obstacle.name().to_owned())),
        note: Set(answer.and_then(|answer| answer.note.clone())),
        answered_by_id: Set(answer.map(|answer| answer.by.uuid())),
        answered_at: Set(answer.map(|answer| answer.at)),
        told_at: Set(follow_up.told_at),
        reminded_at: Set(follow_up.reminded_at),
        mentor_id: Set(follow_up.mentor.map(TypedId::uuid)),
    }
}

pub(super) fn feedback_row(employer: Uuid, feedback: &CourseFeedback) -> course_feedback::ActiveModel {
    course_feedback::ActiveModel {
        employer_id: Set(employer),
        id: Set(feedback.enrollment.uuid()),
        rating: Set(feedback.rating),
        recommended: Set(feedback.recommended),
        comment: Set(feedback.comment.clone()),
        at: Set(feedback.at),
    }
}

/// Follow-ups within the scope: those about the person, and those that are, or were, theirs to answer as the manager or the
/// mentor.
pub(super) fn follow_ups(scope: Scope) -> SelectStatement {
    let employer = scope.employer.uuid();
    let mut select = row::select::<FollowUp>("f", employer);
    if let Reach::Related(person) = scope.reach {
        let person = person.uuid();
        let own = Expr::col(("f", "employee_id")).eq(person);
        let to_answer = Expr::col(("f", "answered_by_id")).eq(person).or(reports_to(employer, [person]));
        let as_manager = Expr::col(("f", "respondent")).eq(Respondent::Manager.name()).and(to_answer);
        let as_mentor = Expr::col(("f", "mentor_id")).eq(person);
        select.cond_where(Cond::any().add(own).add(as_manager).add(as_mentor));
    }
    select
}

/// The follow-ups within the scope that wait for one of some people on a day.
pub(super) fn waiting(scope: Scope, list: &WaitingFollowUps, today: NaiveDate) -> SelectStatement {
    let employer = scope.employer.uuid();
    let is_for = |respondent: Respondent| Expr::col(("f", "respondent")).eq(respondent.name());
    let learner = is_for(Respondent::Learner).and(Expr::col(("f", "employee_id")).is_in(uuids(&list.people)));
    let manager = is_for(Respondent::Manager).and(reports_to(employer, uuids(&list.people)));
    let mentor = Expr::col(("f", "mentor_id")).is_in(uuids(&list.people));
    let mut select = follow_ups(scope);
    select.and_where(Expr::exists(learner_is_here(employer)));
    select.cond_where(open_on(today)).cond_where(Cond::any().add(learner).add(manager).add(mentor));
    select
}

/// Follow-ups beyond one of which something is to be told on the first day; those that close until the second close soon.
pub(super) async fn to_tell(
    on: &impl ConnectionTrait,
    employer: EmployerId,
    (today, soon): (NaiveDate, NaiveDate),
    beyond: Option<FollowUpId>,
    limit: u32,
) -> Result<Vec<FollowUpId>, Fault> {
    let closes_soon = Expr::col(("f", "reminded_at")).is_null().and(Expr::col(("f", "closes_on")).lte(soon));
    let mut select = Query::select();
    select
        .column(("f", "id"))
        .from_as("follow_up", "f")
        .and_where(Expr::col(("f", "employer_id")).eq(employer.uuid()))
        .cond_where(open_on(today))
        .cond_where(Cond::any().add(Expr::col(("f", "told_at")).is_null()).add(closes_soon))
        .order_by(("f", "id"), Order::Asc)
        .limit(u64::from(limit));
    if let Some(beyond) = beyond {
        select.and_where(Expr::col(("f", "id")).gt(beyond.uuid()));
    }
    row::ids(on, &select).await
}

/// What was said of courses within the scope.
pub(super) fn feedback(scope: Scope) -> SelectStatement {
    let mut select = row::select::<CourseFeedback>("c", scope.employer.uuid());
    keep_own_of(&mut select, ("c", "id"), scope);
    select
}

fn open_on(today: NaiveDate) -> Cond {
    Cond::all()
        .add(Expr::col(("f", "application")).is_null())
        .add(Expr::col(("f", "opens_on")).lte(today))
        .add(Expr::col(("f", "closes_on")).gte(today))
}

/// Whether the learner reports to one of some people.
fn reports_to(employer: Uuid, people: impl IntoIterator<Item = Uuid>) -> SimpleExpr {
    let reports = Query::select()
        .column("id")
        .from("employee")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("manager_id").is_in(people))
        .to_owned();
    Expr::col(("f", "employee_id")).in_subquery(reports)
}

/// The learner, unless they have left.
fn learner_is_here(employer: Uuid) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from_as("employee", "learner")
        .and_where(Expr::col(("learner", "employer_id")).eq(employer))
        .and_where(Expr::col(("learner", "id")).equals(("f", "employee_id")))
        .and_where(Expr::col(("learner", "status")).ne("LEFT"))
        .to_owned()
}
