//! The words of privacy, and whom to erase.

use async_graphql::{Enum, InputObject};
use upskill_domain::kernel::EmployeeId;
use upskill_domain::privacy as domain;

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// How long something is kept.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Retention")]
pub(crate) enum RetentionClass {
    /// Until the person is erased, at the latest three years after the end of the year in which they left (Art. 5 (1) (e) and
    /// 17 (1) GDPR; sections 195 and 199 BGB).
    UntilErased,
    /// Eight years after the end of the year in which it was booked, without a name once the person is erased (Art. 17 (3) (b)
    /// GDPR; section 147 AO; section 257 HGB).
    Accounting,
    /// As long as the figures of groups that count it, without a name once the person is erased (Art. 17 (3) (d) and 89 (1)
    /// GDPR).
    Statistics,
    /// As long as the journal, without a name once the person is erased (Art. 17 (3) (e) GDPR).
    Proof,
}

/// What becomes of something when a person is erased.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Fate")]
pub(crate) enum ErasureFate {
    /// It is gone.
    Erased,
    /// It stays under an id that leads to nobody; words in it are gone.
    Pseudonymized,
    /// The same, and a law forbids to erase it before a day.
    Retained,
}

/// What can stand in the way of erasing somebody.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Obstacle")]
pub(crate) enum ErasureObstacle {
    /// The person has not left.
    NotLeft,
    /// Requests of theirs are neither settled nor over.
    OpenRequests,
    /// Requests of others wait for their decision.
    OpenApprovals,
    /// They are enrolled in a course that is not over.
    OpenEnrollments,
    /// They are the only owner of a budget that is not archived.
    LastBudgetOwner,
    /// They own a program that is not closed.
    ProgramOwner,
    /// They head a department.
    DepartmentHead,
    /// People who have not left report to them.
    LineManager,
}

/// On what ground somebody is erased.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ErasureGround")]
pub(crate) enum ErasureGround {
    /// The person asked for it: Art. 17 (1) (b) and (c) GDPR.
    Requested,
    /// What it was kept for is over: Art. 17 (1) (a) GDPR.
    NoLongerNeeded,
    /// It should never have been kept: Art. 17 (1) (d) GDPR.
    Unlawful,
    /// A law demands it: Art. 17 (1) (e) GDPR.
    LegalObligation,
}

/// Whom to erase.
#[derive(InputObject)]
pub(crate) struct EraseEmployeeInput {
    /// The person, who has left.
    employee_id: Id<EmployeeId>,
    /// The `digest` of the `employeeErasure` that was read, so that nothing goes that nobody has seen.
    digest: String,
    /// On what ground. A word, because words of one's own would tell of the person again.
    reason: ErasureGround,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<EraseEmployeeInput> for domain::EraseEmployee {
    type Error = ApiError;
    fn try_from(input: EraseEmployeeInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            employee: input.employee_id.0,
            digest: input.digest,
            ground: input.reason.into(),
        })
    }
}
