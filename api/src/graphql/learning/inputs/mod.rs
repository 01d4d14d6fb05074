//! Inputs of learning, and how they become the domain's.

mod completions;
mod follow_ups;
mod results;

pub(crate) use completions::ImportCompletionsInput;
pub(crate) use follow_ups::{
    AnswerFollowUpInput, ApplicationObstacle, FollowUpRespondent, FollowUpStatus, GiveCourseFeedbackInput,
    JobApplication,
};
pub(crate) use results::{
    AssessmentOutcome, CompleteEnrollmentInput, EvidenceKind, EvidenceStatus, EvidenceVerifier,
    RecordAssessmentInput, SetCourseTermsInput, SubmitEvidenceInput, VerifyEvidenceInput,
};

use async_graphql::{Enum, InputObject, OneofObject};
use upskill_domain::kernel::{CourseId, EmployeeId, EnrollmentId, FundingRequestId, ProgramId};
use upskill_domain::learning::{self as domain, EnrollIn, EnrollmentOrder};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, ids, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::Date;

/// How far somebody is in a course.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EnrollmentStatus")]
pub(crate) enum EnrollmentStatus {
    /// Enrolled, not started.
    Planned,
    /// Learns.
    Active,
    /// Has learned, and waits for the result.
    InAssessment,
    /// Interrupted; it goes on where it stood.
    Paused,
    /// Has shown what was to be learned.
    Completed,
    /// Has not, for good.
    Failed,
    /// Gave up.
    Withdrawn,
    /// The last day passed.
    Expired,
}

impl Filterable for EnrollmentStatus {}

/// What sorts of parts a course has.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::MilestoneKind")]
pub(crate) enum MilestoneKind {
    /// The material is worked through.
    SelfStudy,
    /// The tasks are handed in.
    Tasks,
    /// A part that the course defines, with a name.
    Custom,
    /// The assessment is passed. Reached by its result.
    Assessment,
    /// The certificate is there. Reached by its result.
    Certificate,
}

/// Why somebody gave up a course.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::WithdrawalReason")]
pub(crate) enum WithdrawalReason {
    /// There is no time for it beside the work.
    NoTime,
    /// It does not fit the person or the task.
    NotSuitable,
    /// The provider canceled the course.
    CourseCanceled,
    /// The person changed jobs.
    ChangedJob,
    /// Something else.
    Other,
}

/// Whose time somebody learned in.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::TimeKind")]
pub(crate) enum LearningTimeKind {
    /// The employer's: paid working time.
    Working,
    /// The person's own.
    Own,
}

/// By what enrollments are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "EnrollmentOrder")]
pub(crate) enum EnrollmentOrderField {
    /// By the instant of enrollment.
    #[default]
    EnrolledAt,
    /// By the first day of the course.
    StartsOn,
}

/// Which enrollments to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct EnrollmentFilter {
    /// Of one of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// In one of these courses of the catalog.
    course: Option<OneOf<Id<CourseId>>>,
    /// Within one of these programs.
    program: Option<OneOf<Id<ProgramId>>>,
    /// Of one of these statuses.
    status: Option<OneOf<EnrollmentStatus>>,
    /// Funded by one of these requests.
    funding_request: Option<OneOf<Id<FundingRequestId>>>,
}

impl From<EnrollmentFilter> for domain::EnrollmentFilter {
    fn from(filter: EnrollmentFilter) -> Self {
        Self {
            employees: ids(filter.employee),
            courses: ids(filter.course),
            programs: ids(filter.program),
            statuses: values(filter.status, Into::into),
            requests: ids(filter.funding_request),
        }
    }
}

/// A place in a course to take.
#[derive(InputObject)]
pub(crate) struct EnrollInput {
    /// Who is to learn. When not given, whom the request is for, or without a request the caller. `HR_ADMIN` may enroll
    /// others.
    employee_id: Option<Id<EmployeeId>>,
    /// What somebody enrolls in.
    #[graphql(name = "in")]
    what: EnrollInInput,
    /// The active program it is part of. With a request that is part of a program it is that one.
    program_id: Option<Id<ProgramId>>,
    /// The first day of the course. With a request that was approved for a later start, not before that.
    starts_on: Date,
    /// The last day on which the course can be ended, neither past nor before the first; open when not given.
    ends_on: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What somebody enrolls in: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum EnrollInInput {
    /// A published course of the catalog, at no cost to a budget.
    CourseId(Id<CourseId>),
    /// What a request was granted for. An APPROVED one is committed by it, at the approved amount; one that is COMMITTED or
    /// SETTLED already stays so. A request funds one enrollment.
    FundingRequestId(Id<FundingRequestId>),
}

impl TryFrom<EnrollInput> for domain::Enroll {
    type Error = ApiError;
    fn try_from(input: EnrollInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            employee: input.employee_id.map(|id| id.0),
            what: match input.what {
                EnrollInInput::CourseId(id) => EnrollIn::Course(id.0),
                EnrollInInput::FundingRequestId(id) => EnrollIn::Request(id.0),
            },
            program: input.program_id.map(|id| id.0),
            starts_on: input.starts_on.0,
            ends_on: input.ends_on.map(|day| day.0),
        })
    }
}

/// Inputs that name an enrollment and nothing else.
macro_rules! plain_change {
    ($($(#[$doc:meta])* $input:ident)+) => {$(
        $(#[$doc])*
        #[derive(InputObject)]
        pub(crate) struct $input {
            /// Which enrollment.
            id: Id<EnrollmentId>,
            /// The `version` that was read, if it matters; CONFLICT when the enrollment has changed since.
            expected_version: Option<i32>,
        }

        impl From<$input> for domain::ChangeEnrollment {
            fn from(input: $input) -> Self {
                Self { id: input.id.0, expected_version: input.expected_version }
            }
        }
    )+};
}

plain_change! {
    /// An enrollment to start.
    StartEnrollmentInput
    /// An enrollment that is ready to be assessed.
    SubmitForAssessmentInput
    /// An enrollment to interrupt.
    PauseEnrollmentInput
    /// An enrollment that goes on.
    ResumeEnrollmentInput
    /// An enrollment that was not passed.
    FailEnrollmentInput
}

/// A part of a course that somebody got through.
#[derive(InputObject)]
pub(crate) struct ReachMilestoneInput {
    /// In which enrollment.
    id: Id<EnrollmentId>,
    /// Which part: `SELF_STUDY`, TASKS or CUSTOM. The others are reached by results.
    milestone: MilestoneKind,
    /// Which of the parts that the course defines, without regard to case and spacing; for CUSTOM only.
    name: Option<String>,
    /// The `version` that was read, if it matters; CONFLICT when the enrollment has changed since.
    expected_version: Option<i32>,
}

impl From<ReachMilestoneInput> for domain::ReachMilestone {
    fn from(input: ReachMilestoneInput) -> Self {
        let asked = domain::ChangeEnrollment { id: input.id.0, expected_version: input.expected_version };
        Self { asked, milestone: domain::NamedMilestone { kind: input.milestone.into(), name: input.name } }
    }
}

/// An enrollment to give up.
#[derive(InputObject)]
pub(crate) struct WithdrawEnrollmentInput {
    /// Which enrollment.
    id: Id<EnrollmentId>,
    /// Why.
    reason: WithdrawalReason,
    /// The `version` that was read, if it matters; CONFLICT when the enrollment has changed since.
    expected_version: Option<i32>,
}

impl From<WithdrawEnrollmentInput> for domain::WithdrawEnrollment {
    fn from(input: WithdrawEnrollmentInput) -> Self {
        let asked = domain::ChangeEnrollment { id: input.id.0, expected_version: input.expected_version };
        Self { asked, reason: input.reason.into() }
    }
}

/// Some minutes of learning to log, or to take back.
#[derive(InputObject)]
pub(crate) struct LogLearningTimeInput {
    /// In which enrollment.
    id: Id<EnrollmentId>,
    /// On which day: from the day on which the enrollment was started to today, or to the day on which it ended.
    day: Date,
    /// How many minutes, 1 to 1440; below 0 to take back what was logged by mistake. No day holds less than nothing of
    /// either kind, or more than 1440 minutes in all.
    minutes: i32,
    /// Whose time it was.
    kind: LearningTimeKind,
    /// What was done: at most 4000 characters.
    note: Option<String>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<LogLearningTimeInput> for domain::LogLearningTime {
    type Error = ApiError;
    fn try_from(input: LogLearningTimeInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            day: input.day.0,
            minutes: input.minutes,
            kind: input.kind.into(),
            note: input.note,
        })
    }
}
