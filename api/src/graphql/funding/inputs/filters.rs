//! Filters of lists.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::{BudgetId, CourseId, DepartmentId, EmployeeId, FundingRequestId, ProgramId};

use super::{BudgetStatus, EntryKind, FundingRequestStatus, amount};
use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, ids, search, values};
use crate::graphql::id::Id;
use crate::graphql::scalars::{Date, DateTime, MoneyInput};

/// Which budgets to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct BudgetFilter {
    /// Of one of these departments (not those below them).
    department: Option<OneOf<Id<DepartmentId>>>,
    /// Of one of these programs.
    program: Option<OneOf<Id<ProgramId>>>,
    /// Of one of these statuses.
    status: Option<OneOf<BudgetStatus>>,
    /// Whose days contain this one.
    on: Option<Date>,
    /// Directly below one of these budgets.
    parent: Option<OneOf<Id<BudgetId>>>,
    /// Only budgets at the top of the tree.
    #[graphql(default)]
    roots_only: bool,
    /// Whose name contains this text, without regard to case.
    search: Option<String>,
}

impl TryFrom<BudgetFilter> for domain::BudgetFilter {
    type Error = ApiError;
    fn try_from(filter: BudgetFilter) -> Result<Self, ApiError> {
        Ok(Self {
            departments: ids(filter.department),
            programs: ids(filter.program),
            statuses: values(filter.status, Into::into),
            on: filter.on.map(|day| day.0),
            parents: ids(filter.parent),
            roots_only: filter.roots_only,
            search: search("filter.search", filter.search)?,
        })
    }
}

/// Which entries of a ledger to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct LedgerFilter {
    /// Of one of these kinds.
    kind: Option<OneOf<EntryKind>>,
    /// About one of these requests.
    request: Option<OneOf<Id<FundingRequestId>>>,
    /// Which days they count from.
    effective_on: Option<DateFilter>,
}

impl From<LedgerFilter> for domain::LedgerFilter {
    fn from(filter: LedgerFilter) -> Self {
        let DateFilter { gte, lte } = filter.effective_on.unwrap_or_default();
        Self {
            kinds: values(filter.kind, Into::into),
            requests: ids(filter.request),
            effective_from: gte.map(|day| day.0),
            effective_to: lte.map(|day| day.0),
        }
    }
}

/// Which funding requests to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct FundingRequestFilter {
    /// Of one of these statuses.
    status: Option<OneOf<FundingRequestStatus>>,
    /// For one of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// For people who work in one of these departments now (not in those below them).
    department: Option<OneOf<Id<DepartmentId>>>,
    /// Asked of one of these budgets.
    budget: Option<OneOf<Id<BudgetId>>>,
    /// For one of these courses.
    course: Option<OneOf<Id<CourseId>>>,
    /// Part of one of these programs.
    program: Option<OneOf<Id<ProgramId>>>,
    /// When they were submitted.
    submitted_at: Option<DateTimeFilter>,
    /// What they ask for. Amounts of another currency are left out.
    amount: Option<MoneyFilter>,
}

impl TryFrom<FundingRequestFilter> for domain::RequestFilter {
    type Error = ApiError;
    fn try_from(filter: FundingRequestFilter) -> Result<Self, ApiError> {
        let DateTimeFilter { gte, lt } = filter.submitted_at.unwrap_or_default();
        Ok(Self {
            statuses: values(filter.status, Into::into),
            employees: ids(filter.employee),
            departments: ids(filter.department),
            budgets: ids(filter.budget),
            courses: ids(filter.course),
            programs: ids(filter.program),
            submitted_from: gte.map(|instant| instant.0),
            submitted_before: lt.map(|instant| instant.0),
            amount: filter.amount.map_or(Ok(None), MoneyFilter::read)?,
            thread_of: None,
        })
    }
}

/// Days within bounds.
#[derive(InputObject, Default)]
pub(crate) struct DateFilter {
    /// This day or a later one.
    gte: Option<Date>,
    /// This day or an earlier one.
    lte: Option<Date>,
}

/// Instants within bounds.
#[derive(InputObject, Default)]
pub(crate) struct DateTimeFilter {
    /// Then or later.
    gte: Option<DateTime>,
    /// Before then.
    lt: Option<DateTime>,
}

/// Amounts of one currency within bounds.
#[derive(InputObject)]
pub(crate) struct MoneyFilter {
    /// At least this much.
    gte: Option<MoneyInput>,
    /// At most this much, in the same currency.
    lte: Option<MoneyInput>,
}

impl MoneyFilter {
    fn read(self) -> Result<Option<domain::AmountRange>, ApiError> {
        let least = self.gte.map(|money| amount("filter.amount.gte", &money)).transpose()?;
        let most = self.lte.map(|money| amount("filter.amount.lte", &money)).transpose()?;
        let Some(currency) = least.or(most).map(upskill_domain::kernel::Money::currency) else {
            return Ok(None);
        };
        if least.zip(most).is_some_and(|(least, most)| least.currency() != most.currency()) {
            let message = "gte and lte are of two currencies; give both in one";
            return Err(ApiError::bad_input("filter.amount", message));
        }
        let minor =
            |money: Option<upskill_domain::kernel::Money>| money.map(upskill_domain::kernel::Money::minor);
        Ok(Some(domain::AmountRange { currency, at_least: minor(least), at_most: minor(most) }))
    }
}
