//! Budgets to create, change and end.

use async_graphql::{InputObject, OneofObject};
use upskill_domain::funding::{self as domain, OwnedBy};
use upskill_domain::kernel::{BudgetId, DepartmentId, EmployeeId, Period, ProgramId};

use super::{LimitMode, amount};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Currency, Date, MoneyInput};

/// A budget to create. It begins as DRAFT.
#[derive(InputObject)]
pub(crate) struct CreateBudgetInput {
    /// The name people know: 1 to 200 characters.
    name: String,
    /// Whose money it is; the employer's when not given. It never changes.
    owned_by: Option<BudgetOwnedByInput>,
    /// The days it is for. They never change.
    period: PeriodInput,
    /// Its currency; that of the budget above when not given, or the employer's at the top. It never changes.
    currency: Option<Currency>,
    /// The budget that it gets its money from, of the same currency and covering its days; none when not given. It never
    /// changes.
    parent_id: Option<Id<BudgetId>>,
    /// What happens when a promise needs more than is available.
    #[graphql(default)]
    limit_mode: LimitMode,
    /// The people who answer for it: 1 to 20, all of them at work.
    #[graphql(validator(max_items = 20))]
    owner_ids: Vec<Id<EmployeeId>>,
    /// Its first money, above 0: from the budget above, or from outside at the top.
    allocation: Option<MoneyInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// Whose money a budget is: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum BudgetOwnedByInput {
    /// That of a department: for its people, and for those of departments below it.
    DepartmentId(Id<DepartmentId>),
    /// That of a program that is not CLOSED.
    ProgramId(Id<ProgramId>),
}

/// Days from one to another, both included.
#[derive(InputObject)]
pub(crate) struct PeriodInput {
    /// The first day.
    starts_on: Date,
    /// The last day, not before the first.
    ends_on: Date,
}

impl TryFrom<CreateBudgetInput> for domain::CreateBudget {
    type Error = ApiError;
    fn try_from(input: CreateBudgetInput) -> Result<Self, ApiError> {
        let period = Period::new(input.period.starts_on.0, input.period.ends_on.0);
        Ok(Self {
            key: key(input.idempotency_key)?,
            name: input.name,
            owned_by: match input.owned_by {
                Some(BudgetOwnedByInput::DepartmentId(id)) => OwnedBy::Department(id.0),
                Some(BudgetOwnedByInput::ProgramId(id)) => OwnedBy::Program(id.0),
                None => OwnedBy::Employer,
            },
            period: period.map_err(|error| ApiError::bad_input("input.period", error.to_string()))?,
            currency: input.currency.map(|currency| currency.0),
            parent: input.parent_id.map(|id| id.0),
            limit_mode: input.limit_mode.into(),
            owners: input.owner_ids.into_iter().map(|id| id.0).collect(),
            allocation: input.allocation.map(|money| amount("input.allocation", &money)).transpose()?,
        })
    }
}

/// A budget to change. What is left out stays as it is.
#[derive(InputObject)]
pub(crate) struct ChangeBudgetInput {
    /// Which one.
    id: Id<BudgetId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the budget since.
    expected_version: i32,
    /// A new name: 1 to 200 characters.
    name: Option<String>,
    /// What happens from now on when a promise needs more than is available.
    limit_mode: Option<LimitMode>,
}

impl From<ChangeBudgetInput> for domain::ChangeBudget {
    fn from(input: ChangeBudgetInput) -> Self {
        Self {
            id: input.id.0,
            expected_version: input.expected_version,
            name: input.name,
            limit_mode: input.limit_mode.map(Into::into),
        }
    }
}

/// Inputs that name a budget and the version that was read of it: each mutation has one of its own, so that each can grow.
macro_rules! status_inputs {
    ($($(#[$doc:meta])+ $input:ident,)+) => {$(
        $(#[$doc])+
        #[derive(InputObject)]
        pub(crate) struct $input {
            /// Which one.
            id: Id<BudgetId>,
            /// The `version` that was read, if it matters; CONFLICT when somebody else has changed the budget since.
            expected_version: Option<i32>,
        }

        impl From<$input> for domain::ChangeBudgetStatus {
            fn from(input: $input) -> Self {
                Self { id: input.id.0, expected_version: input.expected_version }
            }
        }
    )+};
}

status_inputs! {
    /// A budget to open.
    OpenBudgetInput,
    /// A budget to close to new promises.
    CloseBudgetToSpendInput,
    /// A budget to archive.
    ArchiveBudgetInput,
}

/// An owner to add to a budget.
#[derive(InputObject)]
pub(crate) struct AddBudgetOwnerInput {
    /// Which budget.
    id: Id<BudgetId>,
    /// Who.
    employee_id: Id<EmployeeId>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<AddBudgetOwnerInput> for domain::AddBudgetOwner {
    type Error = ApiError;
    fn try_from(input: AddBudgetOwnerInput) -> Result<Self, ApiError> {
        Ok(Self { key: key(input.idempotency_key)?, id: input.id.0, employee: input.employee_id.0 })
    }
}

/// An owner to remove from a budget.
#[derive(InputObject)]
pub(crate) struct RemoveBudgetOwnerInput {
    /// Which budget.
    id: Id<BudgetId>,
    /// Who.
    employee_id: Id<EmployeeId>,
}

impl From<RemoveBudgetOwnerInput> for domain::RemoveBudgetOwner {
    fn from(input: RemoveBudgetOwnerInput) -> Self {
        Self { id: input.id.0, employee: input.employee_id.0 }
    }
}
