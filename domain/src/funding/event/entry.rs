//! How events stand in the journal: what they are called, what they are about, and in which capacity somebody acted.

use crate::journal::{Event, Subject};

use super::FundingEvent;

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
        "funding.action_links_issued",
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
        "funding.commitment_lowered",
        "funding.request_refunded",
        "funding.reservation_expiring",
        "funding.reservation_extended",
        "funding.request_expired",
        "funding.request_recovered",
        "funding.budget_closed",
        "funding.learning_hours_set",
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
            Self::ActionLinksIssued { .. } => "funding.action_links_issued",
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
            Self::CommitmentLowered { .. } => "funding.commitment_lowered",
            Self::RequestRefunded { .. } => "funding.request_refunded",
            Self::ReservationExpiring { .. } => "funding.reservation_expiring",
            Self::ReservationExtended { .. } => "funding.reservation_extended",
            Self::RequestExpired { .. } => "funding.request_expired",
            Self::RequestRecovered { .. } => "funding.request_recovered",
            Self::BudgetClosed { .. } => "funding.budget_closed",
            Self::LearningHoursSet { .. } => "funding.learning_hours_set",
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
            | Self::LearningHoursSet { budget, .. }
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
            | Self::ActionLinksIssued { request, .. }
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
            | Self::CommitmentLowered { request, .. }
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
