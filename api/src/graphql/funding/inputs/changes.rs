//! Requests to hand back for changes, and to submit again.

use async_graphql::{Enum, InputObject};
use upskill_domain::funding as domain;
use upskill_domain::kernel::{BudgetId, FundingRequestId, ProgramId};

use super::co_funding::{CoFundingInput, parts};
use super::{RequestedCourseInput, amount};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::MoneyInput;

/// What an approver wants changed.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::RequestedChange")]
pub(crate) enum RequestedChange {
    /// What is said about the course.
    Course,
    /// The price.
    Price,
    /// The budget that is asked.
    Budget,
    /// The program that it is part of.
    Program,
    /// What it is good for.
    Purpose,
    /// Something else; the text says what.
    Other,
}

/// A request to hand back for changes.
#[derive(InputObject)]
pub(crate) struct RequestFundingChangesInput {
    /// Which one.
    id: Id<FundingRequestId>,
    /// What is to be changed, as far as it is one of these; none of them when not given.
    changes: Option<Vec<RequestedChange>>,
    /// What is to be changed, in words that the requester reads: 1 to 4000 characters.
    text: String,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<RequestFundingChangesInput> for domain::RequestFundingChanges {
    type Error = ApiError;
    fn try_from(input: RequestFundingChangesInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            changes: wanted(input.changes),
            text: input.text,
            expected_version: input.expected_version,
        })
    }
}

/// The changes that are wanted, as the domain calls them.
pub(super) fn wanted(changes: Option<Vec<RequestedChange>>) -> Vec<domain::RequestedChange> {
    changes.into_iter().flatten().map(Into::into).collect()
}

/// A request to submit again. What is not given stays as it was, also the budget while it is open.
#[derive(InputObject)]
pub(crate) struct ResubmitFundingRequestInput {
    /// Which one was handed back.
    id: Id<FundingRequestId>,
    /// The same course. Of a course outside the catalog everything but its address can be said anew; a course of the catalog
    /// is taken as it is offered now.
    course: Option<RequestedCourseInput>,
    /// What it costs, 0 or above: required where the catalog has the course without a price, refused where it knows the price.
    quote: Option<MoneyInput>,
    /// What others pay of the price, at most 10 parts; an empty list for nobody.
    co_funding: Option<Vec<CoFundingInput>>,
    /// The budget to ask: an open one of the program, of the person's department or one above, or of the employer.
    budget_id: Option<Id<BudgetId>>,
    /// The program it is part of, one that runs.
    program_id: Option<Id<ProgramId>>,
    /// What it is good for: 1 to 4000 characters.
    purpose: Option<String>,
    /// The `version` that was read, if it matters; CONFLICT when the request has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<ResubmitFundingRequestInput> for domain::ResubmitFundingRequest {
    type Error = ApiError;
    fn try_from(input: ResubmitFundingRequestInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            course: input.course.map(Into::into),
            quote: input.quote.map(|money| amount("input.quote", &money)).transpose()?,
            co_funding: input.co_funding.map(parts).transpose()?,
            budget: input.budget_id.map(|id| id.0),
            program: input.program_id.map(|id| id.0),
            purpose: input.purpose,
            expected_version: input.expected_version,
        })
    }
}
