//! Submitting: from a wish to a request with an approval chain.

use chrono::{DateTime, Utc};

use crate::journal::Reused;
use crate::kernel::{
    Currency, EmployeeId, FundingRequestId, Ids, Money, ProgramId, Refusal, Text, TextError, TypedId,
};
use crate::organization::Employee;

use super::policy::ChainContext;
use super::{
    ApprovalStep, Budget, FundingPolicy, FundingRequest, NoApprover, NoBudget, OfferRefusal, RequestStatus,
    RequestedOffer, StepStatus,
};

/// Everything that a submission is decided on.
pub(super) struct Submission<'a> {
    pub id: FundingRequestId,
    pub employee: EmployeeId,
    pub offer: RequestedOffer,
    pub budget: &'a Budget,
    pub program: Option<ProgramId>,
    pub purpose: &'a Text,
    pub policy: &'a FundingPolicy,
    /// The managers above the requester, the nearest first.
    pub line_above: &'a [Employee],
    /// The owners of the budget, the longest-standing first.
    pub owners: &'a [Employee],
    /// The rounds before.
    pub thread: Thread,
    pub at: DateTime<Utc>,
}

/// What a person has asked for about one course before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Thread {
    /// How many rounds there were.
    pub rounds: i32,
    /// The one that is still live, if any.
    pub live: Option<FundingRequestId>,
}

/// Why a request was not submitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitRefusal {
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could learn")]
    UnknownEmployee(EmployeeId),
    /// The course cannot be asked for.
    #[error(transparent)]
    Offer(#[from] OfferRefusal),
    /// No such program, or one that does not run.
    #[error("there is no program {0} that runs now")]
    UnknownProgram(ProgramId),
    /// The purpose cannot be taken.
    #[error("the purpose {0}")]
    InvalidPurpose(TextError),
    /// Nobody has money for it.
    #[error(transparent)]
    NoBudget(#[from] NoBudget),
    /// The price is of another currency than the budget.
    #[error("the price is in {price}, but the budget '{budget}' is in {expected}; name a budget in {price}")]
    CurrencyMismatch {
        /// The price's currency.
        price: Currency,
        /// The budget's name.
        budget: String,
        /// The budget's currency.
        expected: Currency,
    },
    /// Nobody may decide it.
    #[error(transparent)]
    NoApprover(#[from] NoApprover),
    /// The same was asked for and is still live (F13).
    #[error("the request {live} asks for the same course and is still live; withdraw it first to ask anew")]
    AlreadyRequested {
        /// The live one.
        live: FundingRequestId,
    },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SubmitRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) | Self::NoApprover(_) => &["input", "employeeId"],
            Self::Offer(refusal) => refusal.field(),
            Self::UnknownProgram(_) => &["input", "programId"],
            Self::InvalidPurpose(_) => &["input", "purpose"],
            Self::NoBudget(_) | Self::CurrencyMismatch { .. } => &["input", "budgetId"],
            Self::AlreadyRequested { .. } => &["input", "course"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl Submission<'_> {
    /// Decides whether it can be asked, and who decides it.
    pub(super) fn submit(self, ids: &dyn Ids) -> Result<(FundingRequest, Vec<ApprovalStep>), SubmitRefusal> {
        if let Some(live) = self.thread.live {
            return Err(SubmitRefusal::AlreadyRequested { live });
        }
        let amount = self.offer.price;
        if amount.currency() != self.budget.currency {
            let (budget, expected) = (self.budget.name.clone(), self.budget.currency);
            return Err(SubmitRefusal::CurrencyMismatch { price: amount.currency(), budget, expected });
        }
        let steps = self.steps(amount, ids)?;
        let request = FundingRequest {
            id: self.id,
            employee: self.employee,
            offer: self.offer,
            amount,
            budget: self.budget.id,
            program: self.program,
            purpose: self.purpose.as_str().to_owned(),
            policy_version: self.policy.version,
            round: self.thread.rounds.saturating_add(1),
            status: RequestStatus::Submitted,
            order_number: None,
            settled: None,
            refunded: Money::zero(amount.currency()),
            submitted_at: self.at,
            decided_at: None,
            committed_at: None,
            settled_at: None,
            ended_at: None,
            version: 1,
        };
        Ok((request, steps))
    }

    fn steps(&self, amount: Money, ids: &dyn Ids) -> Result<Vec<ApprovalStep>, NoApprover> {
        let (line_above, owners) = (self.line_above, self.owners);
        let context = ChainContext { requester: self.employee, amount: amount.minor(), line_above, owners };
        let assignments = self.policy.chain(context)?;
        let steps = assignments.into_iter().zip(1..).map(|(assignment, position)| {
            let (status, waiting_since) = if position == 1 {
                (StepStatus::Waiting, Some(self.at))
            } else {
                (StepStatus::Pending, None)
            };
            ApprovalStep {
                id: TypedId::from_uuid(ids.next()),
                request: self.id,
                position,
                assignee: assignment.assignee,
                capacity: assignment.capacity,
                status,
                waiting_since,
            }
        });
        Ok(steps.collect())
    }
}
