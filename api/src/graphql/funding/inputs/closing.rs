//! A budget to close.

use async_graphql::{Enum, InputObject};
use upskill_domain::funding as domain;
use upskill_domain::kernel::BudgetId;

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// What becomes of open promises when a budget is closed.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::PromisesOnClose", name = "PromisesOnClose")]
pub(crate) enum Promises {
    /// They move to the successor, with their money; so do requests that wait for a decision.
    CarryOver,
    /// They stay until they are settled or canceled.
    Stay,
}

/// What becomes of available money when a budget is closed.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::MoneyOnClose", name = "MoneyOnClose")]
pub(crate) enum LeftOver {
    /// It moves to the successor.
    CarryOver,
    /// It goes back to the budget above, or out of a budget at the top.
    Lapse,
}

/// A budget to close, and what becomes of what hangs on it.
#[derive(InputObject)]
pub(crate) struct CloseBudgetInput {
    /// Which one. Its days are over, and the budgets below it are closed and have nothing available.
    id: Id<BudgetId>,
    /// What becomes of open promises.
    promises: Promises,
    /// What becomes of available money.
    money: LeftOver,
    /// The budget that takes what is carried over: OPEN, in the same currency, and its days are not over. To be left out when
    /// nothing is carried over.
    successor_id: Option<Id<BudgetId>>,
    /// A remark, for the entries of the ledgers: at most 4000 characters.
    note: Option<String>,
    /// Whether to tell only what would be done, and to write nothing.
    #[graphql(default = false)]
    dry_run: bool,
    /// The `version` that was read, if it matters; CONFLICT when the budget has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CloseBudgetInput> for domain::CloseBudget {
    type Error = ApiError;
    fn try_from(input: CloseBudgetInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            promises: input.promises.into(),
            money: input.money.into(),
            successor: input.successor_id.map(|id| id.0),
            note: input.note,
            dry_run: input.dry_run,
            expected_version: input.expected_version,
        })
    }
}
