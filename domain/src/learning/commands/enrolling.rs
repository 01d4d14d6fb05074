//! Taking a place in a course, and booking it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::catalog::CourseMilestone;
use crate::funding::{Funding, FundingRequest, RequestStatus};
use crate::journal::IdempotencyKey;
use crate::kernel::{CourseId, EmployeeId, EnrollmentId, Failure, Fault, FundingRequestId, ProgramId};
use crate::learning::enrollment::Place;
use crate::learning::{EnrollRefusal, Enrollment, Learning, LearningEvent, TakenCourse};
use crate::programs::ProgramStatus;
use crate::store::UnitOfWork;

use super::Moment;

/// A place in a course to take.
#[derive(Debug, Clone, Serialize)]
pub struct Enroll {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Who is to learn; with a request whom it is for, otherwise whoever asks.
    pub employee: Option<EmployeeId>,
    /// What.
    pub what: EnrollIn,
    /// The program it is part of; with a request the one that the request is part of.
    pub program: Option<ProgramId>,
    /// The first day of the course.
    pub starts_on: NaiveDate,
    /// The last day on which it can be ended, where there is one.
    pub ends_on: Option<NaiveDate>,
}

/// What somebody enrolls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum EnrollIn {
    /// A course of the catalog, at no cost to a budget.
    Course(CourseId),
    /// What a request was granted for.
    Request(FundingRequestId),
}

/// A place that somebody may take, before it is looked at whether they can.
struct Wish {
    employee: EmployeeId,
    taken: TakenCourse,
    milestones: Vec<CourseMilestone>,
    program: Option<ProgramId>,
    request: Option<FundingRequest>,
}

impl Learning<'_> {
    /// Takes a place in a course. With an approved request the place is booked: its money is committed.
    pub async fn enroll(self, actor: &Actor, command: Enroll) -> Result<Enrollment, Failure<EnrollRefusal>> {
        let id = self.core.id::<EnrollmentId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "enroll", input: &command };
        let earlier = self.core.claim::<_, EnrollRefusal>(&mut *tx, actor, keyed, id).await?;
        if let Some(earlier) = earlier {
            return Ok(self.open(&mut *tx, actor, Action::ReadEnrollments, earlier).await?);
        }
        let wish = self.wish(&mut *tx, actor, &command).await?;
        let moment = self.moment(&mut *tx).await?;
        let enrollment = self.place(&mut *tx, id, &command, &wish, moment).await?;
        if let Some(request) = wish.request.filter(|request| request.status == RequestStatus::Approved) {
            let funding = Funding::new(self.core);
            let booked = funding.commit_within(&mut *tx, actor, request, enrollment.starts_on).await;
            booked.map_err(|failure| failure.map(Into::into))?;
        }
        if !tx.insert_enrollments(std::slice::from_ref(&enrollment)).await? {
            let message = "somebody has taken this place at the same moment; look again";
            return Err(Fault::Conflict(message.to_owned()).into());
        }
        let event = LearningEvent::Enrolled {
            enrollment: id,
            employee: enrollment.employee,
            course: enrollment.taken.course,
            request: enrollment.request,
            program: enrollment.program,
            starts_on: enrollment.starts_on,
        };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(enrollment)
    }

    /// Who wants to learn what, if the actor may say so for them.
    async fn wish(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        command: &Enroll,
    ) -> Result<Wish, Failure<EnrollRefusal>> {
        match command.what {
            EnrollIn::Course(course) => {
                let nobody = || Fault::Invalid {
                    field: "employeeId",
                    message: "say who is to learn; the caller is no person".to_owned(),
                };
                let employee = command.employee.or(actor.employee()).ok_or_else(nobody)?;
                require_enroll(actor, employee)?;
                let (taken, milestones) = offered(tx, course).await?;
                Ok(Wish { employee, taken, milestones, program: command.program, request: None })
            }
            EnrollIn::Request(id) => {
                let request = Funding::new(self.core).visible_request(tx, actor, id).await?;
                require_enroll(actor, request.employee)?;
                if command.employee.is_some_and(|employee| employee != request.employee) {
                    return Err(EnrollRefusal::RequestOfSomebodyElse { request: id }.into());
                }
                if let (Some(given), Some(program)) = (command.program, request.program)
                    && given != program
                {
                    return Err(EnrollRefusal::ProgramOfRequest(program).into());
                }
                let program = request.program.or(command.program);
                let taken = TakenCourse::of_offer(&request.offer);
                // What the course consists of is said by the course of today; the request has frozen what it costs and takes.
                let course = match taken.course {
                    Some(id) => tx.courses(&[id]).await?.pop(),
                    None => None,
                };
                let milestones = course.map(|course| course.milestones).unwrap_or_default();
                Ok(Wish { employee: request.employee, taken, milestones, program, request: Some(request) })
            }
        }
    }

    /// The enrollment that a wish comes to, if nothing speaks against it.
    async fn place(
        self,
        tx: &mut dyn UnitOfWork,
        id: EnrollmentId,
        command: &Enroll,
        wish: &Wish,
        Moment { at, today }: Moment,
    ) -> Result<Enrollment, Failure<EnrollRefusal>> {
        let Wish { employee, taken, milestones, program, request } = wish;
        let present = tx.employees(&[*employee]).await?.pop().filter(|person| !person.colleague.left);
        if present.is_none() {
            return Err(EnrollRefusal::UnknownEmployee(*employee).into());
        }
        if let Some(request) = request {
            use RequestStatus::{Approved, Committed, Settled};
            if !matches!(request.status, Approved | Committed | Settled) {
                return Err(EnrollRefusal::NotGranted(request.status).into());
            }
            if let Some(used) = tx.enrollment_of_request(request.id).await? {
                return Err(EnrollRefusal::RequestUsed(used).into());
            }
        }
        if let Some(live) = tx.live_enrollment(*employee, &taken.subject).await? {
            return Err(EnrollRefusal::AlreadyEnrolled(live).into());
        }
        if request.as_ref().is_none_or(|request| request.program.is_none()) {
            check_program(tx, *program).await?;
        }
        if let Some(ends_on) = command.ends_on.filter(|last| *last < today && command.starts_on <= *last) {
            return Err(EnrollRefusal::Over { ends_on, today }.into());
        }
        let terms = match taken.course {
            Some(course) => tx.course_terms(course).await?,
            None => None,
        };
        let place = Place {
            id,
            employee: *employee,
            taken: taken.clone(),
            request: request.as_ref().map(|request| request.id),
            program: *program,
            days: (command.starts_on, command.ends_on),
            refunds: terms.map(|terms| terms.refunds).unwrap_or_default(),
            milestones: milestones.clone(),
        };
        Ok(Enrollment::planned(place, at)?)
    }
}

/// Whether the actor may enroll somebody.
fn require_enroll(actor: &Actor, employee: EmployeeId) -> Result<(), Fault> {
    let oneself: &[Relation] = if actor.employee() == Some(employee) { &[Relation::Oneself] } else { &[] };
    policy::require(actor, Action::ManageEnrollments, oneself).map(|_| ())
}

/// A course of the catalog as it is offered now, with the parts that it defines.
async fn offered(
    tx: &mut dyn UnitOfWork,
    id: CourseId,
) -> Result<(TakenCourse, Vec<CourseMilestone>), Failure<EnrollRefusal>> {
    let course = tx.courses(&[id]).await?.pop().ok_or(EnrollRefusal::UnknownCourse(id))?;
    let provider = tx.providers(&[course.provider]).await?.pop();
    let provider = provider.ok_or_else(|| Fault::inconsistent(format!("{id} has no provider")))?;
    Ok((TakenCourse::of_catalog(&course, &provider)?, course.milestones))
}

/// Whether learning may be part of a program that somebody names.
async fn check_program(
    tx: &mut dyn UnitOfWork,
    program: Option<ProgramId>,
) -> Result<(), Failure<EnrollRefusal>> {
    let Some(id) = program else { return Ok(()) };
    let program = tx.programs(&[id]).await?.pop().ok_or(EnrollRefusal::UnknownProgram(id))?;
    match program.status {
        ProgramStatus::Active => Ok(()),
        // A draft is not told of to those who may not see it.
        ProgramStatus::Draft => Err(EnrollRefusal::UnknownProgram(id).into()),
        status @ ProgramStatus::Closed => Err(EnrollRefusal::ProgramNotActive(status).into()),
    }
}
