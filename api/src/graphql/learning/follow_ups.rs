//! Follow-ups and course feedback in the schema.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::FollowUpId;
use upskill_domain::learning as domain;

use super::inputs::{ApplicationObstacle, FollowUpRespondent, FollowUpStatus, JobApplication};
use super::loaders::FollowUpsById;
use super::types::Enrollment;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime};

/// A form that asks whether what somebody learned is applied on the job, some days after they completed. For the learner;
/// that of the manager and that of the mentor for them too; all of them for `HR_ADMIN` and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct FollowUp(domain::FollowUp, domain::FollowUpStatus);

impl From<(domain::FollowUp, domain::FollowUpStatus)> for FollowUp {
    fn from((follow_up, status): (domain::FollowUp, domain::FollowUpStatus)) -> Self {
        Self(follow_up, status)
    }
}

impl FollowUp {
    /// The follow-up with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: FollowUpId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<FollowUpsById, _>(id).await?.map(Self::from))
    }
}

impl Known for FollowUp {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "respondent",
        "afterDays",
        "opensOn",
        "closesOn",
        "status",
        "application",
        "obstacle",
        "note",
        "answeredAt",
    ];
}

/// A form that asks whether what somebody learned is applied on the job, some days after they completed. For the learner;
/// that of the manager and that of the mentor for them too; all of them for `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadFollowUps)))]
impl FollowUp {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The enrollment that it is about.
    async fn enrollment(&self, ctx: &Context<'_>) -> Isolated<Enrollment> {
        Enrollment::load(ctx, self.0.enrollment).await.transpose()
    }

    /// Who learned.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// Who is asked.
    async fn respondent(&self) -> FollowUpRespondent {
        self.0.respondent.into()
    }

    /// How many days after the completion: 30, 60 or 90.
    async fn after_days(&self) -> i32 {
        self.0.after_days
    }

    /// The first day on which it can be answered.
    async fn opens_on(&self) -> Date {
        Date(self.0.opens_on)
    }

    /// The last one.
    async fn closes_on(&self) -> Date {
        Date(self.0.closes_on)
    }

    /// How far it is today.
    async fn status(&self) -> FollowUpStatus {
        self.1.into()
    }

    /// Whether it is applied on the job; null as long as nobody has answered.
    async fn application(&self) -> Option<JobApplication> {
        self.0.answer.as_ref().map(|answer| answer.application.into())
    }

    /// What stands in the way; null where nothing was named.
    async fn obstacle(&self) -> Option<ApplicationObstacle> {
        self.0.answer.as_ref().and_then(|answer| answer.obstacle).map(Into::into)
    }

    /// The remark with the answer; null when there is none.
    async fn note(&self) -> Option<&str> {
        self.0.answer.as_ref().and_then(|answer| answer.note.as_deref())
    }

    /// Who answered; null as long as nobody has.
    async fn answered_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match &self.0.answer {
            Some(answer) => Employee::load(ctx, answer.by).await.transpose(),
            None => None,
        }
    }

    /// When; null as long as nobody has.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answer.as_ref().map(|answer| DateTime(answer.at))
    }
}

/// What a learner says of a course. For the learner, `HR_ADMIN` and `HR_ANALYST`.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Opinion, who(Action::ReadCourseFeedback)))]
pub(crate) struct CourseFeedback {
    /// How good it is, from 1 (poor) to 5 (very good).
    rating: i32,
    /// Whether they recommend it to colleagues.
    recommended: bool,
    /// A remark; null when there is none.
    comment: Option<String>,
    /// When it was said last.
    given_at: DateTime,
}

impl From<domain::CourseFeedback> for CourseFeedback {
    fn from(feedback: domain::CourseFeedback) -> Self {
        let domain::CourseFeedback { rating, recommended, comment, at, .. } = feedback;
        Self { rating, recommended, comment, given_at: DateTime(at) }
    }
}
