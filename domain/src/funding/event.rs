//! What happens to money and to those who ask for it.
//!
//! Payloads hold ids and amounts, not the words of people: the journal is never erased. That an approval is
//! `conditional` stands there; the conditions stand on the decision.

mod entry;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::kernel::{
    ActionLinkId, ApprovalDelegationId, ApprovalStepId, BudgetId, CourseId, Currency, DecisionId, EmployeeId,
    ExchangeRateId, FundingCommentId, FundingPolicyId, FundingRequestId, LedgerEntryId, Money, Period, Rate,
};

use super::{Capacity, ReasonCode, RejectionReason, RequestedChange, RerouteReason};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum FundingEvent {
    /// A budget came to be.
    BudgetCreated { budget: BudgetId, parent: Option<BudgetId>, owners: Vec<EmployeeId> },
    /// A budget was renamed or got another limit mode.
    BudgetChanged { budget: BudgetId, fields: Vec<&'static str> },
    /// A budget was opened, closed or archived.
    BudgetStatusChanged { budget: BudgetId, status: &'static str },
    /// Somebody answers for a budget.
    BudgetOwnerAdded { budget: BudgetId, employee: EmployeeId },
    /// Somebody no longer answers for a budget.
    BudgetOwnerRemoved { budget: BudgetId, employee: EmployeeId },
    /// A budget was given money.
    BudgetAllocated { budget: BudgetId, amount: Money, entries: Vec<LedgerEntryId> },
    /// A budget's allocation was raised or lowered afterwards.
    BudgetAdjusted { budget: BudgetId, amount: Money, reason: ReasonCode, entries: Vec<LedgerEntryId> },
    /// Money went from one budget to another.
    BudgetTransferred { budget: BudgetId, to: BudgetId, amount: Money, entries: Vec<LedgerEntryId> },
    /// Somebody began to write a policy.
    PolicyDrafted { policy: FundingPolicyId },
    /// Somebody rewrote a draft.
    PolicyChanged { policy: FundingPolicyId },
    /// A policy was put into force.
    PolicyPublished { policy: FundingPolicyId, number: i32, superseded: Option<FundingPolicyId> },
    /// A draft was thrown away.
    PolicyDiscarded { policy: FundingPolicyId },
    /// A budget was closed at the end of its days.
    BudgetClosed {
        budget: BudgetId,
        successor: Option<BudgetId>,
        carried_promises: Money,
        carried_money: Money,
        lapsed: Money,
        kept_promises: Money,
    },
    /// A request went to the successor of the budget it was asked of, with its promise if there was one.
    RequestMoved {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        to: BudgetId,
        promised: bool,
    },
    /// Somebody decides in another one's name for some days.
    ApprovalsDelegated {
        delegation: ApprovalDelegationId,
        delegator: EmployeeId,
        delegate: EmployeeId,
        period: Period,
    },
    /// Nobody does any more.
    DelegationEnded { delegation: ApprovalDelegationId, delegator: EmployeeId },
    /// What one currency was worth in another on a day was set, for the first time or anew.
    ExchangeRateSet {
        exchange_rate: ExchangeRateId,
        from: Currency,
        to: Currency,
        day: NaiveDate,
        rate: Rate,
    },
    /// A rate was taken back.
    ExchangeRateWithdrawn { exchange_rate: ExchangeRateId },
    /// Somebody asked for funding.
    RequestSubmitted {
        request: FundingRequestId,
        employee: EmployeeId,
        course: Option<CourseId>,
        budget: BudgetId,
        amount: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        co_funded: Option<Money>,
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange_rate: Option<Rate>,
        round: i32,
        approvers: Vec<EmployeeId>,
    },
    /// Somebody said something about a request.
    RequestCommented { request: FundingRequestId, employee: EmployeeId, comment: FundingCommentId },
    /// The requester took a request back.
    RequestWithdrawn { request: FundingRequestId, employee: EmployeeId },
    /// Somebody had links made by which they can decide.
    ActionLinksIssued {
        link: ActionLinkId,
        request: FundingRequestId,
        approver: EmployeeId,
        until: DateTime<Utc>,
    },
    /// A step was approved, and others are still to come.
    StepApproved {
        request: FundingRequestId,
        employee: EmployeeId,
        step: Option<ApprovalStepId>,
        decision: DecisionId,
        capacity: Capacity,
        #[serde(skip_serializing_if = "is_false")]
        by_link: bool,
        #[serde(skip_serializing_if = "is_false")]
        conditional: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<EmployeeId>,
    },
    /// A step goes to somebody else, because whom it was for may not decide it any more.
    StepRerouted {
        request: FundingRequestId,
        employee: EmployeeId,
        step: ApprovalStepId,
        from: EmployeeId,
        to: EmployeeId,
        capacity: Capacity,
        reason: RerouteReason,
    },
    /// Whom a step is for may not decide it any more, and nobody else can be found. HR should know.
    StepStranded {
        request: FundingRequestId,
        employee: EmployeeId,
        step: ApprovalStepId,
        assignee: EmployeeId,
        reason: RerouteReason,
        told: Vec<EmployeeId>,
    },
    /// An approver wants something changed first.
    ChangesRequested {
        request: FundingRequestId,
        employee: EmployeeId,
        decision: DecisionId,
        changes: Vec<RequestedChange>,
        capacity: Capacity,
        #[serde(skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<EmployeeId>,
    },
    /// The requester answered with a new round.
    RequestSuperseded { request: FundingRequestId, employee: EmployeeId, next: FundingRequestId },
    /// Whoever is to decide was reminded that a step is due, soon or now.
    StepReminded {
        request: FundingRequestId,
        employee: EmployeeId,
        step: ApprovalStepId,
        assignee: EmployeeId,
        notice: &'static str,
        due_at: DateTime<Utc>,
    },
    /// A step went up to the next in line, because it is overdue.
    StepEscalated {
        request: FundingRequestId,
        employee: EmployeeId,
        step: ApprovalStepId,
        from: EmployeeId,
        to: EmployeeId,
        capacity: Capacity,
        due_at: DateTime<Utc>,
    },
    /// A step is overdue and nobody is next in line. HR should know.
    StepOverdue {
        request: FundingRequestId,
        employee: EmployeeId,
        step: ApprovalStepId,
        assignee: EmployeeId,
        due_at: DateTime<Utc>,
        told: Vec<EmployeeId>,
    },
    /// The last step was approved and the money reserved.
    RequestApproved {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        decision: DecisionId,
        capacity: Capacity,
        #[serde(skip_serializing_if = "is_false")]
        by_link: bool,
        #[serde(skip_serializing_if = "is_false")]
        conditional: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<EmployeeId>,
    },
    /// An approver said no.
    RequestRejected {
        request: FundingRequestId,
        employee: EmployeeId,
        decision: DecisionId,
        reason: RejectionReason,
        capacity: Capacity,
        #[serde(skip_serializing_if = "is_false")]
        by_link: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<EmployeeId>,
    },
    /// A budget's allowance of learning hours was set, raised or lowered.
    LearningHoursSet {
        budget: BudgetId,
        hours: i64,
        entry: LedgerEntryId,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<ReasonCode>,
    },
    /// The place was booked.
    RequestCommitted { request: FundingRequestId, employee: EmployeeId, budget: BudgetId, amount: Money },
    /// The price is known and spent.
    RequestSettled {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        price: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        invoiced: Option<Money>,
    },
    /// A promise was given up and released.
    RequestCanceled {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        reason: ReasonCode,
    },
    /// A reservation will end soon, unless the place is booked or the reservation extended. The budget's owners and the
    /// employee should know.
    ReservationExpiring {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        until: NaiveDate,
        owners: Vec<EmployeeId>,
    },
    /// A reservation holds for longer.
    ReservationExtended {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        until: NaiveDate,
    },
    /// A reservation ended before the place was booked, and was released.
    RequestExpired { request: FundingRequestId, employee: EmployeeId, budget: BudgetId, amount: Money },
    /// The employee paid money back.
    RequestRecovered {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        reason: ReasonCode,
    },
    /// A place was given up of whose price a part comes back; the rest is still owed.
    CommitmentLowered {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        released: Money,
    },
    /// Money came back from the provider.
    RequestRefunded {
        request: FundingRequestId,
        employee: EmployeeId,
        budget: BudgetId,
        amount: Money,
        reason: ReasonCode,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_false(said: &bool) -> bool {
    !said
}
