//! Enrollments in the schema.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::EnrollmentId;
use upskill_domain::learning as domain;

use super::follow_ups::{CourseFeedback, FollowUp};
use super::inputs::{AssessmentOutcome, EnrollmentStatus, MilestoneKind, WithdrawalReason};
use super::loaders::{Assessments, Enrollments, EvidenceOf, Feedback, FollowUpsOf, Totals};
use super::results::{Assessment, Evidence};
use super::terms::RefundStep;
use super::times::LearningTime;
use crate::graphql::catalog::Course;
use crate::graphql::context::RequestContext;
use crate::graphql::edges::EnrollmentEdges;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::FundingRequest;
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::programs::Program;
use crate::graphql::scalars::{Date, DateTime};

/// Somebody takes a course. For the person, the managers above them, the owner of the program it is part of, `HR_ADMIN`
/// and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct Enrollment(domain::Enrollment);

impl From<domain::Enrollment> for Enrollment {
    fn from(enrollment: domain::Enrollment) -> Self {
        Self(enrollment)
    }
}

impl Enrollment {
    /// The enrollment with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: EnrollmentId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Enrollments, _>(id).await?.map(Self))
    }
}

impl Known for Enrollment {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "title",
        "providerName",
        "url",
        "workloadMinutes",
        "startsOn",
        "endsOn",
        "status",
        "milestones",
        "result",
        "refunds",
        "withdrawalReason",
        "enrolledAt",
        "startedAt",
        "submittedAt",
        "pausedAt",
        "endedAt",
        "version",
    ];
}

/// Somebody takes a course. For the person, the managers above them, the owner of the program it is part of, `HR_ADMIN`
/// and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadEnrollments)))]
impl Enrollment {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// Who learns.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// The course as the catalog has it now; null for one outside the catalog, or when the caller may not see it.
    async fn course(&self, ctx: &Context<'_>) -> Isolated<Course> {
        match self.0.taken.course {
            Some(id) => Course::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// What the course was called when they enrolled.
    async fn title(&self) -> &str {
        &self.0.taken.title
    }

    /// Who offered it then.
    async fn provider_name(&self) -> &str {
        &self.0.taken.provider_name
    }

    /// Where it was described then; null when nobody has said.
    async fn url(&self) -> Option<&str> {
        self.0.taken.url.as_deref()
    }

    /// How much work it was said to be, in minutes; null when nobody has said.
    async fn workload_minutes(&self) -> Option<i32> {
        self.0.taken.workload_minutes
    }

    /// The request that funds it; null when none does, or when the caller may not see it.
    async fn funding_request(&self, ctx: &Context<'_>) -> Isolated<FundingRequest> {
        match self.0.request {
            Some(id) => FundingRequest::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// The program it is part of; null when it is part of none.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        match self.0.program {
            Some(id) => Program::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// The first day of the course.
    async fn starts_on(&self) -> Date {
        Date(self.0.starts_on)
    }

    /// The last day on which it can be ended; null when it is open.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date)
    }

    /// How far they are.
    async fn status(&self) -> EnrollmentStatus {
        self.0.status.into()
    }

    /// The parts of the course, in their order.
    async fn milestones(&self) -> Vec<Milestone> {
        self.0.milestones.iter().cloned().map(Milestone::from).collect()
    }

    /// What comes back of the price when they give up, the earliest day first, as it was agreed when they enrolled.
    async fn refunds(&self) -> Vec<RefundStep> {
        self.0.refunds.iter().copied().map(RefundStep::from).collect()
    }

    /// Why they gave up; null when they did not.
    async fn withdrawal_reason(&self) -> Option<WithdrawalReason> {
        self.0.withdrawn_for.map(Into::into)
    }

    /// When they were enrolled.
    async fn enrolled_at(&self) -> DateTime {
        DateTime(self.0.enrolled_at)
    }

    /// When they began to learn; null as long as they have not.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime)
    }

    /// When they were ready to be assessed; null as long as they were not.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted_at.map(DateTime)
    }

    /// Since when it is interrupted; null when it is not PAUSED.
    async fn paused_at(&self) -> Option<DateTime> {
        self.0.paused_at.map(DateTime)
    }

    /// When it was over, however it ended; null as long as it is not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }

    /// Whether they have shown what was to be learned; null as long as that is not decided. A failed attempt that may be
    /// followed by another decides nothing.
    async fn result(&self) -> Option<AssessmentOutcome> {
        self.0.result().map(Into::into)
    }

    /// Every attempt at the assessment with its score, in their order. For the person and `HR_ADMIN`; empty for everybody
    /// else, who see the `result` only.
    async fn assessments(&self, ctx: &Context<'_>) -> Result<Vec<Assessment>, ApiError> {
        let attempts = ctx.load::<Assessments, _>(self.0.id).await?.unwrap_or_default();
        Ok(attempts.into_iter().map(Assessment::from).collect())
    }

    /// What was handed in to show it, in the order in which that was done. For the person and `HR_ADMIN`; empty for
    /// everybody else.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>, ApiError> {
        let evidence = ctx.load::<EvidenceOf, _>(self.0.id).await?.unwrap_or_default();
        Ok(evidence.into_iter().map(Evidence::from).collect())
    }

    /// The forms that ask whether it is applied on the job, in the order in which they open; none before it was completed. For
    /// the learner, `HR_ADMIN` and `HR_ANALYST`; managers and mentors see those that they are asked; empty for everybody else.
    async fn follow_ups(&self, ctx: &Context<'_>) -> Result<Vec<FollowUp>, ApiError> {
        let follow_ups = ctx.load::<FollowUpsOf, _>(self.0.id).await?.unwrap_or_default();
        Ok(follow_ups.into_iter().map(FollowUp::from).collect())
    }

    /// What the learner says of the course; null as long as they have not. For the learner, `HR_ADMIN` and `HR_ANALYST`;
    /// null for everybody else.
    async fn feedback(&self, ctx: &Context<'_>) -> Isolated<CourseFeedback> {
        let feedback = ctx.load::<Feedback, _>(self.0.id).await;
        feedback.map(|feedback| feedback.map(CourseFeedback::from)).transpose()
    }

    /// How much time was logged. For the person and `HR_ADMIN`; null for everybody else.
    async fn logged_time(&self, ctx: &Context<'_>) -> Isolated<LoggedTime> {
        let totals = ctx.load::<Totals, _>(self.0.id).await;
        totals.map(|totals| totals.map(LoggedTime::from)).transpose()
    }

    /// What was logged, the latest day last. For the person and `HR_ADMIN`; empty for everybody else.
    async fn learning_times(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<LearningTime>, ApiError> {
        Connection::read(ctx, self.0.id, (), PageArguments { first, after, last, before }).await
    }

    /// Counts changes; give it back as `expectedVersion` when changing the enrollment.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What other capabilities know of it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn edges(&self) -> EnrollmentEdges {
        EnrollmentEdges::of(self.0.id)
    }
}

/// A part of a course, and when it was done.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Learning, who(Action::ReadEnrollments)))]
pub(crate) struct Milestone {
    /// What sort of part.
    kind: MilestoneKind,
    /// What the course calls it; null for the parts of every micro-credential.
    name: Option<String>,
    /// Whether the course can be gone through without it. It makes no difference to whether the course is completed.
    optional: bool,
    /// When it was reached first; null as long as it is not.
    reached_at: Option<DateTime>,
}

impl From<domain::Milestone> for Milestone {
    fn from(milestone: domain::Milestone) -> Self {
        Self {
            kind: milestone.kind.into(),
            name: milestone.name,
            optional: milestone.optional,
            reached_at: milestone.reached_at.map(DateTime),
        }
    }
}

/// How much time was logged in an enrollment.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Learning, who(Action::ReadLearningTime)))]
pub(crate) struct LoggedTime {
    /// Minutes of paid working time.
    working_minutes: i64,
    /// Minutes of the person's own time.
    own_minutes: i64,
}

impl From<domain::TimeTotals> for LoggedTime {
    fn from(totals: domain::TimeTotals) -> Self {
        Self { working_minutes: totals.working, own_minutes: totals.own }
    }
}
