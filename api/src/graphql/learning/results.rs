//! Results and evidence in the schema.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::kernel::{AssessmentId, EvidenceId};
use upskill_domain::learning::{self as domain, EvidencePlace};

use super::inputs::{AssessmentOutcome, EvidenceKind, EvidenceStatus, EvidenceVerifier};
use super::loaders::{AssessmentsById, EvidenceById};
use super::types::Enrollment;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::{Date, DateTime, Url};

/// One attempt at the assessment of a course. It never changes. For the person and `HR_ADMIN`.
#[derive(Clone)]
pub(crate) struct Assessment(domain::Assessment);

impl From<domain::Assessment> for Assessment {
    fn from(assessment: domain::Assessment) -> Self {
        Self(assessment)
    }
}

impl Assessment {
    /// The attempt with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: AssessmentId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<AssessmentsById, _>(id).await?.map(Self))
    }
}

/// One attempt at the assessment of a course. It never changes. For the person and `HR_ADMIN`.
#[Object(directive = personal::apply(DataClass::Assessment, who(Action::ReadAssessments)))]
impl Assessment {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The enrollment that it is part of.
    async fn enrollment(&self, ctx: &Context<'_>) -> Isolated<Enrollment> {
        Enrollment::load(ctx, self.0.enrollment).await.transpose()
    }

    /// Which attempt it was, counted from 1.
    async fn attempt(&self) -> i32 {
        self.0.attempt
    }

    /// Whether it was passed.
    async fn outcome(&self) -> AssessmentOutcome {
        self.0.outcome.into()
    }

    /// How much of the full score was reached, in basis points: 8750 is 87.5 %. Null when there is no score.
    async fn score(&self) -> Option<i32> {
        self.0.score
    }

    /// The day of the assessment.
    async fn assessed_on(&self) -> Date {
        Date(self.0.assessed_on)
    }

    /// Who recorded it; null when it was the installation.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// Something that shows what somebody has learned. For the person and `HR_ADMIN`.
#[derive(Clone)]
pub(crate) struct Evidence(domain::Evidence);

impl From<domain::Evidence> for Evidence {
    fn from(evidence: domain::Evidence) -> Self {
        Self(evidence)
    }
}

impl Evidence {
    /// The piece of evidence with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: EvidenceId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<EvidenceById, _>(id).await?.map(Self))
    }
}

/// Something that shows what somebody has learned. For the person and `HR_ADMIN`.
#[Object(directive = personal::apply(DataClass::Assessment, who(Action::ReadEvidence)))]
impl Evidence {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The enrollment that it is part of.
    async fn enrollment(&self, ctx: &Context<'_>) -> Isolated<Enrollment> {
        Enrollment::load(ctx, self.0.enrollment).await.transpose()
    }

    /// What it is.
    async fn kind(&self) -> EvidenceKind {
        self.0.kind.into()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it lies on the web; null for a file. It was never fetched from here, so look at it with care.
    async fn url(&self) -> Option<Url> {
        match &self.0.place {
            EvidencePlace::Link(address) => Some(Url(address.clone())),
            EvidencePlace::File(_) => None,
        }
    }

    /// Its reference in the employer's store of files; null for a link.
    async fn file_reference(&self) -> Option<&str> {
        match &self.0.place {
            EvidencePlace::File(reference) => Some(reference),
            EvidencePlace::Link(_) => None,
        }
    }

    /// Whether it was looked at.
    async fn status(&self) -> EvidenceStatus {
        self.0.status.into()
    }

    /// Who handed it in; null when it was the installation.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.submitted_by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When it was handed in.
    async fn submitted_at(&self) -> DateTime {
        DateTime(self.0.submitted_at)
    }

    /// Who stands for it that it was looked at; null as long as it was not.
    async fn verifier(&self) -> Option<EvidenceVerifier> {
        self.0.verdict.as_ref().map(|verdict| verdict.verifier.into())
    }

    /// Why it was accepted or rejected, in words; null when nobody has said.
    async fn verification_note(&self) -> Option<&str> {
        self.0.verdict.as_ref().and_then(|verdict| verdict.note.as_deref())
    }

    /// Who recorded that; null as long as nobody has, or when it was the installation.
    async fn verified_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.verdict.as_ref().and_then(|verdict| verdict.by) {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When that was recorded; null as long as it was not.
    async fn verified_at(&self) -> Option<DateTime> {
        self.0.verdict.as_ref().map(|verdict| DateTime(verdict.at))
    }
}
