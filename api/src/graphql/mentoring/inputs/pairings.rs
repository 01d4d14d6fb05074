//! Inputs of pairings.

use async_graphql::{Context, InputObject};
use chrono::{TimeDelta, Utc};
use upskill_domain::kernel::{EmployeeId, EnrollmentId, MentorId, PairingId};
use upskill_domain::mentoring as domain;

use super::{DeclineReason, PairingEndReason, PairingStatus};
use crate::graphql::context::RequestContext;
use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, ids, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// Which pairings to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct PairingFilter {
    /// Of one of these statuses.
    status: Option<OneOf<PairingStatus>>,
    /// Of one of these mentors.
    mentor: Option<OneOf<Id<MentorId>>>,
    /// Of one of these mentees.
    mentee: Option<OneOf<Id<EmployeeId>>>,
    /// About one of these enrollments.
    enrollment: Option<OneOf<Id<EnrollmentId>>>,
    /// ACCEPTED or ACTIVE ones of two who have not met for more than this many days, 1 to 365, nor agreed since then.
    quiet_for_days: Option<i32>,
}

impl PairingFilter {
    /// The filter as of now.
    pub(crate) fn read(self, ctx: &Context<'_>) -> Result<domain::PairingFilter, ApiError> {
        let days = self.quiet_for_days.map(|days| quiet_after("filter.quietForDays", days)).transpose()?;
        let now: chrono::DateTime<Utc> = ctx.app()?.clock().now();
        Ok(domain::PairingFilter {
            statuses: values(self.status, Into::into),
            mentors: ids(self.mentor),
            mentees: ids(self.mentee),
            people: None,
            enrollments: ids(self.enrollment),
            // More than so many whole days are one day more at least.
            quiet_since: days.map(|days| now - TimeDelta::days(i64::from(days) + 1)),
        })
    }
}

/// After how many days without a session two are quiet.
pub(crate) fn quiet_after(argument: &'static str, days: i32) -> Result<u32, ApiError> {
    let some = u32::try_from(days).ok().filter(|days| (1..=365).contains(days));
    some.ok_or_else(|| ApiError::bad_input(argument, format!("{argument} is 1 to 365 days, not {days}")))
}

/// A pairing to propose.
#[derive(InputObject)]
pub(crate) struct ProposePairingInput {
    /// Who is to mentor.
    mentor_id: Id<MentorId>,
    /// Who is to be mentored; the caller when not given.
    mentee_id: Option<Id<EmployeeId>>,
    /// The enrollment of the mentee that it is about; about none in particular when not given.
    enrollment_id: Option<Id<EnrollmentId>>,
    /// The running pairing of the mentee about the same whose place it takes once it is accepted.
    replaces: Option<Id<PairingId>>,
    /// Whether the mentee's own manager may be their mentor: for `HR_ADMIN` to allow.
    #[graphql(default = false)]
    manager_allowed: bool,
    /// How many days there are to accept it: 1 to 90.
    #[graphql(default = 14)]
    answer_within_days: i32,
    /// What is said with it: at most 4000 characters.
    message: Option<String>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<ProposePairingInput> for domain::ProposePairing {
    type Error = ApiError;
    fn try_from(input: ProposePairingInput) -> Result<Self, ApiError> {
        let ProposePairingInput { manager_allowed, answer_within_days, message, .. } = input;
        Ok(Self {
            key: key(input.idempotency_key)?,
            mentor: input.mentor_id.0,
            mentee: input.mentee_id.map(|id| id.0),
            enrollment: input.enrollment_id.map(|id| id.0),
            replaces: input.replaces.map(|id| id.0),
            manager_allowed,
            // What is below 1 is refused as 0 is.
            answer_within_days: u32::try_from(answer_within_days).unwrap_or(0),
            message,
        })
    }
}

/// A proposal to accept.
#[derive(InputObject)]
pub(crate) struct AcceptPairingInput {
    /// Which one.
    id: Id<PairingId>,
}

impl From<AcceptPairingInput> for domain::AcceptPairing {
    fn from(input: AcceptPairingInput) -> Self {
        Self { id: input.id.0 }
    }
}

/// A proposal to decline, or to take back.
#[derive(InputObject)]
pub(crate) struct DeclinePairingInput {
    /// Which one.
    id: Id<PairingId>,
    /// Why.
    reason: DeclineReason,
    /// The same in words: at most 4000 characters.
    note: Option<String>,
}

impl From<DeclinePairingInput> for domain::DeclinePairing {
    fn from(input: DeclinePairingInput) -> Self {
        Self { id: input.id.0, reason: input.reason.into(), note: input.note }
    }
}

/// Mentoring to interrupt.
#[derive(InputObject)]
pub(crate) struct PausePairingInput {
    /// Which.
    id: Id<PairingId>,
}

impl From<PausePairingInput> for domain::PausePairing {
    fn from(input: PausePairingInput) -> Self {
        Self { id: input.id.0 }
    }
}

/// Mentoring to go on with.
#[derive(InputObject)]
pub(crate) struct ResumePairingInput {
    /// Which.
    id: Id<PairingId>,
}

impl From<ResumePairingInput> for domain::ResumePairing {
    fn from(input: ResumePairingInput) -> Self {
        Self { id: input.id.0 }
    }
}

/// Mentoring that has done what it was for.
#[derive(InputObject)]
pub(crate) struct CompletePairingInput {
    /// Which.
    id: Id<PairingId>,
    /// What is to be said of it: at most 4000 characters.
    note: Option<String>,
}

impl From<CompletePairingInput> for domain::CompletePairing {
    fn from(input: CompletePairingInput) -> Self {
        Self { id: input.id.0, note: input.note }
    }
}

/// Mentoring that ends before that.
#[derive(InputObject)]
pub(crate) struct EndPairingInput {
    /// Which.
    id: Id<PairingId>,
    /// Why; REMATCHED and LEFT come by themselves and are refused here.
    reason: PairingEndReason,
    /// The same in words: at most 4000 characters.
    note: Option<String>,
}

impl From<EndPairingInput> for domain::EndPairing {
    fn from(input: EndPairingInput) -> Self {
        Self { id: input.id.0, reason: input.reason.into(), note: input.note }
    }
}

/// What one of a pair says of it.
#[derive(InputObject)]
pub(crate) struct GivePairingFeedbackInput {
    /// Of which pairing.
    id: Id<PairingId>,
    /// How good it is, from 1 (poor) to 5 (very good).
    rating: i32,
    /// A remark: at most 4000 characters.
    comment: Option<String>,
}

impl From<GivePairingFeedbackInput> for domain::GivePairingFeedback {
    fn from(input: GivePairingFeedbackInput) -> Self {
        Self { id: input.id.0, rating: input.rating, comment: input.comment }
    }
}
