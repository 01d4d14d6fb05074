//! Requests to submit, to withdraw and to decide.

use async_graphql::{InputObject, OneofObject};
use upskill_domain::access::Actor;
use upskill_domain::funding::{self as domain, AskedCourse};
use upskill_domain::kernel::{BudgetId, CourseId, EmployeeId, FundingRequestId, ProgramId};

use super::co_funding::{CoFundingInput, parts};
use super::conditions::{ApprovalConditionsInput, conditions};
use super::{RejectionReason, amount};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::MoneyInput;

/// A request to submit.
#[derive(InputObject)]
pub(crate) struct SubmitFundingRequestInput {
    /// For whom; the caller when not given. Nobody asks for somebody else.
    employee_id: Option<Id<EmployeeId>>,
    /// For what.
    course: RequestedCourseInput,
    /// What it costs, 0 or above: required where the catalog does not know the price, refused where it does.
    quote: Option<MoneyInput>,
    /// What others pay of it, at most 10 parts; only the rest is asked of the budget.
    #[graphql(default)]
    co_funding: Vec<CoFundingInput>,
    /// The budget to ask: an open one of the program, of the person's department or one above, or of the employer. The
    /// nearest of these in the price's currency when not given.
    budget_id: Option<Id<BudgetId>>,
    /// The program it is part of, one that runs.
    program_id: Option<Id<ProgramId>>,
    /// What it is good for: 1 to 4000 characters.
    purpose: String,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What somebody asks to have funded: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum RequestedCourseInput {
    /// A published course of the catalog.
    CourseId(Id<CourseId>),
    /// A course outside of it.
    Outside(OutsideCourseInput),
}

/// A course outside the catalog.
#[derive(InputObject)]
pub(crate) struct OutsideCourseInput {
    /// What it is called: 1 to 200 characters.
    title: String,
    /// Who offers it: 1 to 200 characters.
    provider_name: String,
    /// Where it is described: an http or https address of at most 1000 ASCII characters. Two requests of a person for
    /// the same address ask for the same course.
    url: String,
    /// How much work it is, in minutes: 1 to 600000; unknown when not given.
    workload_minutes: Option<i32>,
}

impl From<RequestedCourseInput> for AskedCourse {
    fn from(input: RequestedCourseInput) -> Self {
        match input {
            RequestedCourseInput::CourseId(id) => Self::Catalog(id.0),
            RequestedCourseInput::Outside(course) => Self::Outside(domain::OutsideCourse {
                title: course.title,
                provider_name: course.provider_name,
                url: course.url,
                workload_minutes: course.workload_minutes,
            }),
        }
    }
}

/// The submission that the caller means: for themself when they name nobody.
pub(crate) fn submission(
    actor: &Actor,
    input: SubmitFundingRequestInput,
) -> Result<domain::SubmitFundingRequest, ApiError> {
    let employee = input.employee_id.map(|id| id.0).or(actor.employee());
    Ok(domain::SubmitFundingRequest {
        key: key(input.idempotency_key)?,
        employee: employee
            .ok_or_else(|| ApiError::bad_input("input.employeeId", "say for whom the request is"))?,
        course: input.course.into(),
        quote: input.quote.map(|money| amount("input.quote", &money)).transpose()?,
        co_funding: parts(input.co_funding)?,
        budget: input.budget_id.map(|id| id.0),
        program: input.program_id.map(|id| id.0),
        purpose: input.purpose,
    })
}

/// A request to take back.
#[derive(InputObject)]
pub(crate) struct WithdrawFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
}

impl From<WithdrawFundingRequestInput> for domain::WithdrawFundingRequest {
    fn from(input: WithdrawFundingRequestInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// A request to approve.
#[derive(InputObject)]
pub(crate) struct ApproveFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// What the yes depends on; nothing when not given.
    conditions: Option<ApprovalConditionsInput>,
    /// A remark that the requester reads: at most 4000 characters.
    note: Option<String>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<ApproveFundingRequestInput> for domain::ApproveFundingRequest {
    type Error = ApiError;
    fn try_from(input: ApproveFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            conditions: conditions("input.conditions.amount", input.conditions)?,
            note: input.note,
            expected_version: input.expected_version,
        })
    }
}

/// A request to reject.
#[derive(InputObject)]
pub(crate) struct RejectFundingRequestInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// Why.
    reason: RejectionReason,
    /// Why, in words that the requester reads: 1 to 4000 characters.
    text: String,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RejectFundingRequestInput> for domain::RejectFundingRequest {
    type Error = ApiError;
    fn try_from(input: RejectFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            reason: input.reason.into(),
            text: input.text,
            expected_version: input.expected_version,
        })
    }
}
