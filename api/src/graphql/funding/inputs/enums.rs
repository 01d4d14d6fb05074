//! The words of funding.

use async_graphql::Enum;
use upskill_domain::funding as domain;

use crate::graphql::filter::Filterable;

/// What happens when a promise needs more than is available.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "domain::LimitMode")]
pub(crate) enum LimitMode {
    /// It is refused.
    #[default]
    Hard,
    /// It is allowed, and the decision records that it was seen. Money is still never taken from under promises.
    Warn,
}

/// Where a budget is in its life.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::BudgetStatus")]
pub(crate) enum BudgetStatus {
    /// Being prepared: money can come in, nothing can be promised.
    Draft,
    /// In use.
    Open,
    /// Nothing new is promised; what is promised runs to its end.
    ClosedToSpend,
    /// Over. Only money that comes back is still booked.
    Archived,
}

impl Filterable for BudgetStatus {}

/// By what budgets are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "domain::BudgetOrder")]
pub(crate) enum BudgetOrderField {
    /// By name, without regard to case.
    #[default]
    Name,
    /// By first day.
    StartsOn,
    /// By what is available, in minor units; it means something among budgets of one currency.
    Available,
}

/// What an entry of a ledger does.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EntryKind")]
pub(crate) enum EntryKind {
    /// Money for the budget: from outside for a budget at the top, from its parent for one below.
    Allocate,
    /// The allocation is raised or lowered afterwards, with a reason code.
    Adjust,
    /// Money leaves for another budget.
    TransferOut,
    /// Money comes from another budget.
    TransferIn,
    /// The parent's side of an allocation or adjustment of a budget below it.
    Distribute,
    /// Promised to a request that was approved.
    Reserve,
    /// Reserved money becomes committed.
    Commit,
    /// The whole commitment ends and the actual price is spent; what the price left over is available again.
    Spend,
    /// Reserved or committed money becomes available again.
    Release,
    /// Spent money comes back from the provider, in whole or in part.
    Refund,
    /// A promise grows, because the actual price is higher than what was approved, within the tolerance.
    Raise,
    /// Spent money is paid back by the employee, in whole or in part.
    Recover,
    /// The allowance of learning hours is set, raised or lowered. No money moves.
    Hours,
}

impl Filterable for EntryKind {
    fn filter_name() -> std::borrow::Cow<'static, str> {
        "LedgerEntryKindFilter".into()
    }
}

/// Why money moved other than by the usual course.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::ReasonCode")]
pub(crate) enum ReasonCode {
    /// An earlier entry was a mistake.
    Correction,
    /// Plans changed.
    Replanning,
    /// Left over from an earlier period.
    CarryOver,
    /// The employer saves.
    BudgetCut,
    /// The provider does not hold the course.
    CourseCanceled,
    /// The person does not need or want it any more.
    NoLongerNeeded,
    /// The person leaves or has left.
    EmployeeLeft,
    /// The provider corrected the price.
    PriceCorrected,
    /// The actual price is another than the approved one. Only the product gives it.
    PriceDrift,
    /// Nobody booked the place before the reservation ended. Only the product gives it.
    ReservationExpired,
    /// Left over when the budget was closed. Only the product gives it.
    Lapsed,
}

/// Where a funding request is in its life.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::RequestStatus")]
pub(crate) enum FundingRequestStatus {
    /// Waits for a decision.
    Submitted,
    /// An approver wants something changed; waits for the employee to answer with `resubmitFundingRequest` or to withdraw it.
    ChangesRequested,
    /// Approved; the money is reserved.
    Approved,
    /// Booked; the money is committed.
    Committed,
    /// Paid; the money is spent.
    Settled,
    /// An approver said no.
    Rejected,
    /// The requester took it back before it was decided.
    Withdrawn,
    /// Given up after approval; the money is released.
    Canceled,
    /// Nobody booked the place before the reservation ended; the money is released.
    Expired,
    /// The employee answered a wish for changes with a next round, which `rounds` has.
    Superseded,
}

impl Filterable for FundingRequestStatus {}

/// By what funding requests are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "domain::RequestOrder")]
pub(crate) enum FundingRequestOrderField {
    /// By the instant of submission.
    #[default]
    SubmittedAt,
    /// By amount, which needs `filter.amount` with a currency, because amounts of different currencies have no order.
    Amount,
}

/// In which capacity a request is decided.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Capacity", name = "ApprovalCapacity")]
pub(crate) enum Capacity {
    /// As a manager above the requester.
    Manager,
    /// As the head of the requester's department or of one above.
    DepartmentHead,
    /// As an owner of the budget.
    BudgetOwner,
    /// As somebody who was granted a role.
    RoleHolder,
    /// As the person whom the funding policy names.
    NamedPerson,
    /// By the funding policy itself, without a person.
    Policy,
}

/// Where a step of an approval chain is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::StepStatus", name = "ApprovalStepStatus")]
pub(crate) enum StepStatus {
    /// An earlier step comes first.
    Pending,
    /// It is its assignee's turn.
    Waiting,
    /// Its assignee has decided.
    Decided,
    /// Not needed any more.
    Skipped,
}

/// A decision's outcome.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(name = "DecisionVerdict")]
pub(crate) enum Verdict {
    /// Yes, as it was asked for.
    Approve,
    /// Yes, under conditions.
    ApproveWithConditions,
    /// Not yet: something is to be changed first.
    RequestChanges,
    /// No, for the reason that is given.
    Reject,
}

impl From<domain::Verdict> for Verdict {
    fn from(verdict: domain::Verdict) -> Self {
        match verdict {
            domain::Verdict::Approve => Self::Approve,
            domain::Verdict::ApproveWithConditions => Self::ApproveWithConditions,
            domain::Verdict::RequestChanges => Self::RequestChanges,
            domain::Verdict::Reject(_) => Self::Reject,
        }
    }
}

/// Why an approver says no.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::RejectionReason")]
pub(crate) enum RejectionReason {
    /// It does not serve the work.
    NotRelevant,
    /// It costs too much for what it is.
    TooExpensive,
    /// Another time would be better.
    WrongTime,
    /// The person carries enough already.
    Workload,
    /// Another course does the same for less, or does it better.
    BetterAlternative,
    /// Something else; the text says what.
    Other,
}

/// What can speak against a request without forbidding it.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum FindingCode {
    /// The budget has less available than the request needs.
    BudgetExceeded,
    /// The funding policy's limits are in another currency, so none of them was applied.
    OtherCurrency,
    /// The budget has fewer learning hours left than the course releases for.
    HoursExceeded,
    /// With all that runs for the person by now it is more learning a week than the funding policy allows.
    LoadTooHigh,
    /// A part of it would be taxable: it lies above what is free of tax in this calendar year.
    TaxablePart,
    /// How much of it would be taxable cannot be told, because there was no exchange rate into the tax bucket's currency.
    TaxNotKnown,
}
