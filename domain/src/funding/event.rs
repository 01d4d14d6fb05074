//! What happens to money and to those who ask for it.
//!
//! Payloads hold ids and amounts, not the words of people: the journal is never erased. That an approval is
//! `conditional` stands there; the conditions stand on the decision.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{
    ApprovalDelegationId, ApprovalStepId, BudgetId, CourseId, Currency, DecisionId, EmployeeId,
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
    /// A step was approved, and others are still to come.
    StepApproved {
        request: FundingRequestId,
        employee: EmployeeId,
        step: Option<ApprovalStepId>,
        decision: DecisionId,
        capacity: Capacity,
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
        #[serde(skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<EmployeeId>,
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
fn is_false(conditional: &bool) -> bool {
    !conditional
}

impl Event for FundingEvent {
    const KINDS: &'static [&'static str] = &[
        "funding.budget_created",
        "funding.budget_changed",
        "funding.budget_status_changed",
        "funding.budget_owner_added",
        "funding.budget_owner_removed",
        "funding.budget_allocated",
        "funding.budget_adjusted",
        "funding.budget_transferred",
        "funding.policy_drafted",
        "funding.policy_changed",
        "funding.policy_published",
        "funding.policy_discarded",
        "funding.approvals_delegated",
        "funding.delegation_ended",
        "funding.exchange_rate_set",
        "funding.exchange_rate_withdrawn",
        "funding.request_submitted",
        "funding.request_commented",
        "funding.request_withdrawn",
        "funding.step_approved",
        "funding.step_rerouted",
        "funding.step_stranded",
        "funding.changes_requested",
        "funding.request_superseded",
        "funding.step_reminded",
        "funding.step_escalated",
        "funding.step_overdue",
        "funding.request_approved",
        "funding.request_rejected",
        "funding.request_committed",
        "funding.request_settled",
        "funding.request_canceled",
        "funding.request_refunded",
        "funding.reservation_expiring",
        "funding.reservation_extended",
        "funding.request_expired",
        "funding.request_recovered",
        "funding.budget_closed",
        "funding.request_moved",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::BudgetCreated { .. } => "funding.budget_created",
            Self::BudgetChanged { .. } => "funding.budget_changed",
            Self::BudgetStatusChanged { .. } => "funding.budget_status_changed",
            Self::BudgetOwnerAdded { .. } => "funding.budget_owner_added",
            Self::BudgetOwnerRemoved { .. } => "funding.budget_owner_removed",
            Self::BudgetAllocated { .. } => "funding.budget_allocated",
            Self::BudgetAdjusted { .. } => "funding.budget_adjusted",
            Self::BudgetTransferred { .. } => "funding.budget_transferred",
            Self::PolicyDrafted { .. } => "funding.policy_drafted",
            Self::PolicyChanged { .. } => "funding.policy_changed",
            Self::PolicyPublished { .. } => "funding.policy_published",
            Self::PolicyDiscarded { .. } => "funding.policy_discarded",
            Self::ApprovalsDelegated { .. } => "funding.approvals_delegated",
            Self::DelegationEnded { .. } => "funding.delegation_ended",
            Self::ExchangeRateSet { .. } => "funding.exchange_rate_set",
            Self::ExchangeRateWithdrawn { .. } => "funding.exchange_rate_withdrawn",
            Self::RequestSubmitted { .. } => "funding.request_submitted",
            Self::RequestCommented { .. } => "funding.request_commented",
            Self::RequestWithdrawn { .. } => "funding.request_withdrawn",
            Self::StepApproved { .. } => "funding.step_approved",
            Self::StepRerouted { .. } => "funding.step_rerouted",
            Self::StepStranded { .. } => "funding.step_stranded",
            Self::ChangesRequested { .. } => "funding.changes_requested",
            Self::RequestSuperseded { .. } => "funding.request_superseded",
            Self::StepReminded { .. } => "funding.step_reminded",
            Self::StepEscalated { .. } => "funding.step_escalated",
            Self::StepOverdue { .. } => "funding.step_overdue",
            Self::RequestApproved { .. } => "funding.request_approved",
            Self::RequestRejected { .. } => "funding.request_rejected",
            Self::RequestCommitted { .. } => "funding.request_committed",
            Self::RequestSettled { .. } => "funding.request_settled",
            Self::RequestCanceled { .. } => "funding.request_canceled",
            Self::RequestRefunded { .. } => "funding.request_refunded",
            Self::ReservationExpiring { .. } => "funding.reservation_expiring",
            Self::ReservationExtended { .. } => "funding.reservation_extended",
            Self::RequestExpired { .. } => "funding.request_expired",
            Self::RequestRecovered { .. } => "funding.request_recovered",
            Self::BudgetClosed { .. } => "funding.budget_closed",
            Self::RequestMoved { .. } => "funding.request_moved",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::BudgetCreated { budget, .. }
            | Self::BudgetChanged { budget, .. }
            | Self::BudgetStatusChanged { budget, .. }
            | Self::BudgetOwnerAdded { budget, .. }
            | Self::BudgetOwnerRemoved { budget, .. }
            | Self::BudgetAllocated { budget, .. }
            | Self::BudgetAdjusted { budget, .. }
            | Self::BudgetTransferred { budget, .. }
            | Self::BudgetClosed { budget, .. } => Subject::of(*budget),
            Self::PolicyDrafted { policy }
            | Self::PolicyChanged { policy }
            | Self::PolicyPublished { policy, .. }
            | Self::PolicyDiscarded { policy } => Subject::of(*policy),
            Self::ApprovalsDelegated { delegation, .. } | Self::DelegationEnded { delegation, .. } => {
                Subject::of(*delegation)
            }
            Self::ExchangeRateSet { exchange_rate, .. } | Self::ExchangeRateWithdrawn { exchange_rate } => {
                Subject::of(*exchange_rate)
            }
            Self::RequestSubmitted { request, .. }
            | Self::RequestCommented { request, .. }
            | Self::RequestWithdrawn { request, .. }
            | Self::StepApproved { request, .. }
            | Self::StepRerouted { request, .. }
            | Self::StepStranded { request, .. }
            | Self::ChangesRequested { request, .. }
            | Self::RequestSuperseded { request, .. }
            | Self::StepReminded { request, .. }
            | Self::StepEscalated { request, .. }
            | Self::StepOverdue { request, .. }
            | Self::RequestApproved { request, .. }
            | Self::RequestRejected { request, .. }
            | Self::RequestCommitted { request, .. }
            | Self::RequestSettled { request, .. }
            | Self::RequestCanceled { request, .. }
            | Self::RequestRefunded { request, .. }
            | Self::ReservationExpiring { request, .. }
            | Self::ReservationExtended { request, .. }
            | Self::RequestExpired { request, .. }
            | Self::RequestRecovered { request, .. }
            | Self::RequestMoved { request, .. } => Subject::of(*request),
        }
    }

    fn capacity(&self) -> Option<String> {
        match self {
            Self::StepApproved { capacity, .. }
            | Self::ChangesRequested { capacity, .. }
            | Self::RequestApproved { capacity, .. }
            | Self::RequestRejected { capacity, .. } => Some(capacity.name().to_owned()),
            _ => None,
        }
    }
}
