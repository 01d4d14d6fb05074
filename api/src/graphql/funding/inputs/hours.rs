//! Learning hours to allow.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::BudgetId;

use super::ReasonCode;
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// An allowance of learning hours to set, first or anew.
#[derive(InputObject)]
pub(crate) struct SetLearningHoursInput {
    /// Of which budget.
    budget_id: Id<BudgetId>,
    /// How many hours it may release people for, those that are promised or used among them: 1 to 1000000.
    hours: i32,
    /// Why; required where it was set before.
    reason: Option<ReasonCode>,
    /// A remark, for the entry of the ledger: at most 4000 characters.
    note: Option<String>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<SetLearningHoursInput> for domain::SetLearningHours {
    type Error = ApiError;
    fn try_from(input: SetLearningHoursInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            budget: input.budget_id.0,
            hours: input.hours.into(),
            reason: input.reason.map(Into::into),
            note: input.note,
        })
    }
}
