//! Who is to stand in, and whose standing in ends.

use async_graphql::InputObject;
use upskill_domain::access::Actor;
use upskill_domain::funding as domain;
use upskill_domain::kernel::{ApprovalDelegationId, EmployeeId, Period};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, ids};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::Date;

/// Some days on which another person decides.
#[derive(InputObject)]
pub(crate) struct DelegateApprovalsInput {
    /// In whose name; the caller's when not given. Somebody else's takes `HR_ADMIN`.
    employee_id: Option<Id<EmployeeId>>,
    /// Who decides: somebody at work.
    delegate_id: Id<EmployeeId>,
    /// The first day at the employer.
    from_on: Date,
    /// The last day, not before the first and not over; at most 366 days in all.
    until_on: Date,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What the caller arranges: for themself when they name nobody.
pub(crate) fn delegation(
    actor: &Actor,
    input: DelegateApprovalsInput,
) -> Result<domain::DelegateApprovals, ApiError> {
    let delegator = input.employee_id.map(|id| id.0).or(actor.employee());
    let period = Period::new(input.from_on.0, input.until_on.0);
    Ok(domain::DelegateApprovals {
        key: key(input.idempotency_key)?,
        delegator: delegator.ok_or_else(|| ApiError::bad_input("input.employeeId", "say in whose name"))?,
        delegate: input.delegate_id.0,
        period: period.map_err(|error| ApiError::bad_input("input.untilOn", error.to_string()))?,
    })
}

/// A delegation to end.
#[derive(InputObject)]
pub(crate) struct EndDelegationInput {
    /// Which one.
    pub(crate) id: Id<ApprovalDelegationId>,
}

/// Which delegations to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct ApprovalDelegationFilter {
    /// In the name of one of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// To one of these people.
    delegate: Option<OneOf<Id<EmployeeId>>>,
    /// That hold on this day.
    on: Option<Date>,
}

impl From<ApprovalDelegationFilter> for domain::DelegationFilter {
    fn from(filter: ApprovalDelegationFilter) -> Self {
        Self {
            delegators: ids(filter.employee),
            delegates: ids(filter.delegate),
            on: filter.on.map(|day| day.0),
        }
    }
}
