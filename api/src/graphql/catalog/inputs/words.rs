//! The catalog's enumerations.

use async_graphql::Enum;
use upskill_domain::catalog as domain;

use crate::graphql::filter::Filterable;

/// What sort of organization a provider is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ProviderKind")]
pub(crate) enum ProviderKind {
    /// A company, training firm or platform.
    Company,
    /// A professional or industry body that certifies.
    ProfessionalBody,
    /// A college or school below university level.
    College,
    /// A university or another institution that awards degrees.
    University,
    /// Several of the above together.
    Partnership,
}

/// Whether a course can be taken.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::CourseStatus")]
pub(crate) enum CourseStatus {
    /// Not yet; seen only by `HR_ADMIN` and `HR_ANALYST`.
    Draft,
    /// Yes.
    Published,
    /// No longer, but still readable.
    Retired,
}

/// Where a course takes place.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Participation")]
pub(crate) enum Participation {
    /// Over the internet.
    Online,
    /// In a room.
    OnSite,
    /// Partly here, partly there.
    Blended,
}

/// How learners show what they have learned.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::AssessmentType")]
pub(crate) enum AssessmentType {
    /// An examination in writing.
    WrittenExam,
    /// An examination by word of mouth.
    OralExam,
    /// A test taken and marked by machine.
    OnlineTest,
    /// A task carried out before an examiner.
    PracticalTask,
    /// A project with a result that is examined.
    Project,
    /// A collection of work done on the way.
    Portfolio,
    /// Work marked throughout the course.
    Continuous,
    /// Several of these together.
    Combined,
}

/// Whether somebody watches the assessment and knows who takes it: the three cases of the European standard.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Supervision")]
pub(crate) enum Supervision {
    /// Unsupervised, the identity is not verified.
    Unsupervised,
    /// Supervised, the identity is not verified.
    Supervised,
    /// Supervised online or on site, the identity is verified.
    SupervisedIdentityVerified,
}

/// The mandatory elements of a European micro-credential (Council Recommendation 2022/C 243/02, Annex I), in its order.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::MicroCredentialElement")]
pub(crate) enum MicroCredentialElement {
    /// 1: who has learned.
    Learner,
    /// 2: the title.
    Title,
    /// 3: country or region of the issuer.
    IssuerCountry,
    /// 4: the awarding body.
    AwardingBody,
    /// 5: the date of issuing.
    IssuingDate,
    /// 6: what the learner will know and be able to do.
    LearningOutcomes,
    /// 7: the work it takes, in hours or ECTS credits.
    Workload,
    /// 8: the level of the qualification, where there is one.
    Level,
    /// 9: how learning is assessed.
    AssessmentType,
    /// 10: online, on site or both.
    Participation,
    /// 11: how quality is assured.
    QualityAssurance,
}

impl Filterable for ProviderKind {}

impl Filterable for CourseStatus {}

impl Filterable for Participation {}
