//! Funding requests: what they hold, and how they end before a decision.

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::{Actor, Relation};
use crate::kernel::{BudgetId, EmployeeId, FundingRequestId, Joined, Money, ProgramId, Refusal};
use crate::organization::{ColleagueCard, ColleagueWith};

use super::step::skip_rest;
use super::{AppliedRate, ApprovalConditions, ApprovalStep, Budget, CoFunding, RequestedOffer, TaxRate};

/// A request to fund a course for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingRequest {
    /// Its id.
    pub id: FundingRequestId,
    /// For whom.
    pub employee: EmployeeId,
    /// For what, as it was offered then (C1).
    pub offer: RequestedOffer,
    /// What the budget was asked for when it was submitted.
    pub requested: Money,
    /// The employer's part of the price: what the budget is asked for, or what approvers left of that.
    pub amount: Money,
    /// What those who approved it so far made it depend on.
    pub conditions: ApprovalConditions,
    /// What others pay of the price (F15).
    pub co_funding: Vec<CoFunding>,
    /// The rate at which the price was converted, where it is in another currency than the budget.
    pub converted_at: Option<AppliedRate>,
    /// The rates by which it counts in tax buckets of other currencies than its budget's.
    pub tax_rates: Vec<TaxRate>,
    /// The budget that is asked.
    pub budget: BudgetId,
    /// The program it is part of, if any.
    pub program: Option<ProgramId>,
    /// What it is good for, in the requester's words.
    pub purpose: String,
    /// The version of the funding policy it was submitted under.
    pub policy_version: i32,
    /// Which attempt of this person at this course it is, counted from 1.
    pub round: i32,
    /// Where it is in its life.
    pub status: RequestStatus,
    /// The last day on which the money is reserved; there only while it is APPROVED (F5).
    pub reserved_until: Option<NaiveDate>,
    /// When it was told that the reservation ends soon.
    pub expiry_noticed_at: Option<DateTime<Utc>>,
    /// What the place was booked at for the employer, once committed.
    pub committed: Option<Money>,
    /// The number of the order, once committed.
    pub order_number: Option<String>,
    /// The day on which the course starts, once a place is booked and if that was told.
    pub starts_on: Option<NaiveDate>,
    /// What was shown of what the approval asks for, once settled.
    pub proof: Option<String>,
    /// What it cost the employer in the end, once settled.
    pub settled: Option<Money>,
    /// The day from which the payment counts, once settled.
    pub settled_on: Option<NaiveDate>,
    /// What of that came back from the provider.
    pub refunded: Money,
    /// What of that the employee paid back.
    pub recovered: Money,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// When the last step was decided: approved or rejected.
    pub decided_at: Option<DateTime<Utc>>,
    /// When the place was booked.
    pub committed_at: Option<DateTime<Utc>>,
    /// When the price was known.
    pub settled_at: Option<DateTime<Utc>>,
    /// When it was withdrawn, canceled or superseded, or expired.
    pub ended_at: Option<DateTime<Utc>>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// Where a request is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestStatus {
    /// Waits for a decision.
    Submitted,
    /// An approver wants something changed; waits for whoever asked.
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
    /// Nobody booked the place in time; the money is released.
    Expired,
    /// A next round took its place.
    Superseded,
}

impl RequestStatus {
    /// Every status, in the order of a request's life, early ends last.
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::ChangesRequested,
        Self::Approved,
        Self::Committed,
        Self::Settled,
        Self::Rejected,
        Self::Withdrawn,
        Self::Canceled,
        Self::Expired,
        Self::Superseded,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "SUBMITTED",
            Self::ChangesRequested => "CHANGES_REQUESTED",
            Self::Approved => "APPROVED",
            Self::Committed => "COMMITTED",
            Self::Settled => "SETTLED",
            Self::Rejected => "REJECTED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Canceled => "CANCELED",
            Self::Expired => "EXPIRED",
            Self::Superseded => "SUPERSEDED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether something is still to come, so that the same person cannot ask for the same course again (F13).
    pub fn is_live(self) -> bool {
        self.is_promised() || matches!(self, Self::Submitted | Self::ChangesRequested)
    }

    /// Whether its money is reserved or committed.
    pub fn is_promised(self) -> bool {
        matches!(self, Self::Approved | Self::Committed)
    }
}

/// The orders in which requests can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RequestOrder {
    /// By the instant of submission.
    #[default]
    SubmittedAt,
    /// By amount, among requests of one currency.
    Amount,
}

/// A request with the neighbors that the reader asked for in the same breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCard {
    /// The request, in a box because a page of them is handed on several times.
    pub request: Box<FundingRequest>,
    /// For whom.
    pub employee: Joined<ColleagueCard>,
    /// The budget that is asked, where the reader may see it.
    pub budget: Joined<Budget>,
}

/// Which neighbors a read of requests brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RequestWith {
    /// The person, with neighbors of their own.
    pub employee: Option<ColleagueWith>,
    /// The budget.
    pub budget: bool,
}

/// What runs for a person already, of what the reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The person.
    pub employee: EmployeeId,
    /// How many live requests they have.
    pub requests: u64,
    /// What those ask for, in one sum per currency.
    pub amounts: Vec<Money>,
}

/// Why a request was not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawRefusal {
    /// It is decided or over.
    #[error(
        "the request is {}; only one that is SUBMITTED or CHANGES_REQUESTED can be withdrawn{}",
        .0.name(),
        if .0.is_promised() { ", ask HR or finance to cancel it" } else { "" }
    )]
    NotPending(RequestStatus),
}

impl Refusal for WithdrawRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl FundingRequest {
    /// How the actor stands to the request, as far as the request itself can tell.
    pub(super) fn relations(&self, actor: &Actor, steps: &[ApprovalStep]) -> Vec<Relation> {
        let Some(person) = actor.employee() else { return Vec::new() };
        let oneself = (person == self.employee).then_some(Relation::Oneself);
        let approver = steps.iter().any(|step| step.assignee == person).then_some(Relation::Approver);
        oneself.into_iter().chain(approver).collect()
    }

    /// Takes it back.
    pub(super) fn withdraw(
        &mut self,
        steps: &mut [ApprovalStep],
        at: DateTime<Utc>,
    ) -> Result<(), WithdrawRefusal> {
        if !matches!(self.status, RequestStatus::Submitted | RequestStatus::ChangesRequested) {
            return Err(WithdrawRefusal::NotPending(self.status));
        }
        skip_rest(steps);
        self.ended_at = Some(at);
        self.move_to(RequestStatus::Withdrawn);
        Ok(())
    }

    pub(super) fn move_to(&mut self, status: RequestStatus) {
        self.status = status;
        if status != RequestStatus::Approved {
            (self.reserved_until, self.expiry_noticed_at) = (None, None);
        }
        self.touch();
    }

    pub(super) fn touch(&mut self) {
        self.version = self.version.saturating_add(1);
    }
}
