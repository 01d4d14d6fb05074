//! Inputs of results and evidence.

use async_graphql::{Enum, InputObject, OneofObject};
use upskill_domain::kernel::{CourseId, EnrollmentId, EvidenceId, Money};
use upskill_domain::learning::{self as domain, EvidencePlace};

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, MoneyInput, Url};

/// Whether somebody has shown what was to be learned.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::AssessmentOutcome")]
pub(crate) enum AssessmentOutcome {
    /// They have.
    Passed,
    /// They have not.
    Failed,
}

/// What evidence can be.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EvidenceKind")]
pub(crate) enum EvidenceKind {
    /// A certificate, or a digital credential. Once it is accepted, the milestone CERTIFICATE is reached.
    Certificate,
    /// A piece of work.
    WorkSample,
    /// Something else.
    Other,
}

/// Whether evidence was looked at.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EvidenceStatus")]
pub(crate) enum EvidenceStatus {
    /// Not yet.
    Submitted,
    /// It shows what was to be learned.
    Accepted,
    /// It does not.
    Rejected,
}

/// Who stands for it that evidence was looked at.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Verifier")]
pub(crate) enum EvidenceVerifier {
    /// The provider of the course.
    Provider,
    /// A mentor.
    Mentor,
    /// The department that looks after people.
    Hr,
}

/// What is made of evidence.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum EvidenceVerdict {
    /// It shows what was to be learned.
    Accept,
    /// It does not.
    Reject,
}

/// A result to record.
#[derive(InputObject)]
pub(crate) struct RecordAssessmentInput {
    /// In which enrollment.
    id: Id<EnrollmentId>,
    /// Whether it was passed.
    outcome: AssessmentOutcome,
    /// How much of the full score was reached, in basis points, 0 to 10000: 8750 is 87.5 %. Nothing when there is no score.
    score: Option<i32>,
    /// The day of the assessment: from the day on which the enrollment was started to today.
    assessed_on: Date,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RecordAssessmentInput> for domain::RecordAssessment {
    type Error = ApiError;
    fn try_from(input: RecordAssessmentInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            outcome: input.outcome.into(),
            score: input.score,
            assessed_on: input.assessed_on.0,
        })
    }
}

/// Evidence to hand in.
#[derive(InputObject)]
pub(crate) struct SubmitEvidenceInput {
    /// In which enrollment.
    id: Id<EnrollmentId>,
    /// What it is.
    kind: EvidenceKind,
    /// What it is called: 1 to 200 characters.
    title: String,
    /// Where it lies.
    place: EvidencePlaceInput,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// Where evidence lies: exactly one of these. It is never fetched from here.
#[derive(OneofObject)]
pub(crate) enum EvidencePlaceInput {
    /// On the web.
    Url(Url),
    /// In the employer's store of files, under this reference: 1 to 500 characters.
    FileReference(String),
}

impl TryFrom<SubmitEvidenceInput> for domain::SubmitEvidence {
    type Error = ApiError;
    fn try_from(input: SubmitEvidenceInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            kind: input.kind.into(),
            title: input.title,
            place: match input.place {
                EvidencePlaceInput::Url(address) => EvidencePlace::Link(address.0),
                EvidencePlaceInput::FileReference(reference) => EvidencePlace::File(reference),
            },
        })
    }
}

/// What is made of evidence.
#[derive(InputObject)]
pub(crate) struct VerifyEvidenceInput {
    /// Which piece of evidence.
    id: Id<EvidenceId>,
    /// Whether it shows what was to be learned.
    verdict: EvidenceVerdict,
    /// Who stands for it.
    verifier: EvidenceVerifier,
    /// Why: at most 4000 characters. Needed for REJECT.
    note: Option<String>,
}

impl From<VerifyEvidenceInput> for domain::VerifyEvidence {
    fn from(input: VerifyEvidenceInput) -> Self {
        Self {
            id: input.id.0,
            accepted: input.verdict == EvidenceVerdict::Accept,
            verifier: input.verifier.into(),
            note: input.note,
        }
    }
}

/// What a course gives back to those who give up.
#[derive(InputObject)]
pub(crate) struct SetCourseTermsInput {
    /// Which course.
    course_id: Id<CourseId>,
    /// What comes back when, at most 10 steps: the later the day, the smaller the share. An empty list for nothing.
    refunds: Vec<RefundStepInput>,
}

/// A day up to which a share of the price comes back.
#[derive(InputObject)]
pub(crate) struct RefundStepInput {
    /// The last day, counted from the first day of the course, -730 to 730: 0 is that day, -14 two weeks before.
    until_day: i32,
    /// The share of the price, in basis points, 1 to 10000: 5000 is half of it.
    share: i32,
}

impl From<SetCourseTermsInput> for domain::SetCourseTerms {
    fn from(input: SetCourseTermsInput) -> Self {
        let step =
            |given: RefundStepInput| domain::RefundStep { until_day: given.until_day, share: given.share };
        Self { course: input.course_id.0, refunds: input.refunds.into_iter().map(step).collect() }
    }
}

/// A course that somebody completed.
#[derive(InputObject)]
pub(crate) struct CompleteEnrollmentInput {
    /// Which enrollment.
    id: Id<EnrollmentId>,
    /// What the course cost in the end, where money is committed for it; what was committed when not given. Above what was
    /// approved only within the tolerance.
    price: Option<MoneyInput>,
    /// The number of the invoice: 1 to 100 characters.
    invoice_number: Option<String>,
    /// What was shown of what the approval asks for: at most 500 characters. Needed where it asks for something.
    proof: Option<String>,
    /// The `version` that was read, if it matters; CONFLICT when the enrollment has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CompleteEnrollmentInput> for domain::CompleteEnrollment {
    type Error = ApiError;
    fn try_from(input: CompleteEnrollmentInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            price: input.price.as_ref().map(price).transpose()?,
            invoice_number: input.invoice_number,
            proof: input.proof,
            expected_version: input.expected_version,
        })
    }
}

fn price(given: &MoneyInput) -> Result<Money, ApiError> {
    given.read().map_err(|error| ApiError::bad_input("input.price", error.to_string()))
}
