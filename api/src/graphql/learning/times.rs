//! Logged time in the schema.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::kernel::LearningTimeId;
use upskill_domain::learning as domain;

use super::inputs::LearningTimeKind;
use super::loaders::Times;
use super::types::Enrollment;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime};

/// Some minutes of learning on a day, or a correction of what was logged before. It never changes. For the person and
/// `HR_ADMIN`.
#[derive(Clone)]
pub(crate) struct LearningTime(domain::LearningTime);

impl From<domain::LearningTime> for LearningTime {
    fn from(time: domain::LearningTime) -> Self {
        Self(time)
    }
}

impl LearningTime {
    /// What was logged under this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: LearningTimeId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Times, _>(id).await?.map(Self))
    }
}

impl Known for LearningTime {
    const KNOWN: &'static [&'static str] = &["id", "day", "minutes", "kind", "note", "loggedAt"];
}

/// Some minutes of learning on a day, or a correction of what was logged before. It never changes. For the person and
/// `HR_ADMIN`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadLearningTime)))]
impl LearningTime {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The enrollment that it is part of.
    async fn enrollment(&self, ctx: &Context<'_>) -> Isolated<Enrollment> {
        Enrollment::load(ctx, self.0.enrollment).await.transpose()
    }

    /// The day of the learning.
    async fn day(&self) -> Date {
        Date(self.0.day)
    }

    /// How many minutes; below 0 it takes some back.
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// Whose time it was.
    async fn kind(&self) -> LearningTimeKind {
        self.0.kind.into()
    }

    /// What was done, in the learner's words; null when nobody has said.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who logged it; null when it was the installation.
    async fn logged_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When it was logged.
    async fn logged_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
