//! What became of the decisions of a list.

use async_graphql::resolver_utils::EnumType as _;
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;
use upskill_domain::funding::{
    ApproveRefusal as Yes, ConditionRefusal, DecisionRefusal, NotTheirTurn, PostingRefusal,
    RejectRefusal as No,
};
use upskill_domain::kernel::{Failure, Fault, FundingRequestId};

use super::{FundingRequest, LedgerEntry};
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::personal::{DataClass, personal, who};

/// What became of the decisions of a list.
#[derive(SimpleObject)]
pub(crate) struct FundingDecisionReport {
    /// How many requests are approved, with their money reserved.
    approved: usize,
    /// How many requests were approved and wait for the next step.
    passed_on: usize,
    /// How many requests were handed back for changes.
    changes_requested: usize,
    /// How many requests are rejected.
    rejected: usize,
    /// How many decisions failed.
    failed: usize,
    /// A result for every decision, in the order of the list.
    results: Vec<FundingDecisionResult>,
}

impl From<Vec<domain::DecisionResult>> for FundingDecisionReport {
    fn from(results: Vec<domain::DecisionResult>) -> Self {
        let count = |outcome| results.iter().filter(|result| result.outcome() == outcome).count();
        Self {
            approved: count(domain::DecisionOutcome::Approved),
            passed_on: count(domain::DecisionOutcome::PassedOn),
            changes_requested: count(domain::DecisionOutcome::ChangesRequested),
            rejected: count(domain::DecisionOutcome::Rejected),
            failed: count(domain::DecisionOutcome::Failed),
            results: results.into_iter().enumerate().map(FundingDecisionResult::from).collect(),
        }
    }
}

/// What became of one decision of a list.
pub(crate) struct FundingDecisionResult {
    index: usize,
    request: FundingRequestId,
    outcome: domain::DecisionOutcome,
    decided: Result<Box<domain::Decided>, FundingDecisionError>,
}

impl From<(usize, domain::DecisionResult)> for FundingDecisionResult {
    fn from((index, result): (usize, domain::DecisionResult)) -> Self {
        let (request, outcome) = (result.request, result.outcome());
        let field = result.path(index);
        let decided = result.decided.map(Box::new).map_err(|why| FundingDecisionError::of(&why, field));
        Self { index, request, outcome, decided }
    }
}

/// What became of one decision of a list.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::DecideFundingRequest)))]
impl FundingDecisionResult {
    /// The place of the decision in the list, counted from 0.
    async fn index(&self) -> usize {
        self.index
    }

    /// The id of the request, as given.
    async fn request_id(&self) -> ID {
        wire(self.request)
    }

    /// What became of it.
    async fn outcome(&self) -> FundingDecisionOutcome {
        self.outcome.into()
    }

    /// The request as it is now, also where the decision failed; null when the caller may not see it.
    async fn funding_request(&self, ctx: &Context<'_>) -> Isolated<FundingRequest> {
        match &self.decided {
            Ok(decided) => Some(Ok(decided.request.clone().into())),
            Err(_) => FundingRequest::load(ctx, self.request).await.transpose(),
        }
    }

    /// The entry that reserves the money, with what it leaves in every layer of the budget; null unless the outcome is
    /// APPROVED.
    async fn reservation(&self) -> Option<LedgerEntry> {
        self.decided.as_ref().ok()?.reservation.clone().map(LedgerEntry::from)
    }

    /// Why it failed; empty when it was carried out.
    async fn user_errors(&self) -> Vec<FundingDecisionError> {
        self.decided.as_ref().err().cloned().into_iter().collect()
    }
}

/// What can become of one decision of a list.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::DecisionOutcome")]
pub(crate) enum FundingDecisionOutcome {
    /// The request is approved and its money reserved.
    Approved,
    /// The caller's step is approved; the request waits for the next one.
    PassedOn,
    /// The request is handed back for changes.
    ChangesRequested,
    /// The request is rejected.
    Rejected,
    /// Not carried out; `userErrors` says why.
    Failed,
}

/// Why one decision of a list failed.
#[derive(SimpleObject, Clone)]
pub(crate) struct FundingDecisionError {
    /// Which rule refused, or what stood in the way.
    code: FundingDecisionErrorCode,
    /// What was wrong, with the values, and what would be right. For people, in English.
    message: String,
    /// The path of the input field at fault, outermost first, with the decision's place in the list.
    field: Option<Vec<String>>,
}

/// The reasons for which one decision of a list can fail.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub(crate) enum FundingDecisionErrorCode {
    /// There is no such request, or the caller may not see it.
    NotFound,
    /// The request never waited for the caller.
    Forbidden,
    /// The request has changed since it was read; read it again.
    Conflict,
    /// It is decided or over.
    NotPending,
    /// It waits for somebody else now.
    NotYourTurn,
    /// Nobody decides their own request.
    OwnRequest,
    /// Whom the step waits for has left or lost what made them an approver; it goes to somebody else in a moment.
    NoLongerApprover,
    /// The caller has decided another step of the request.
    DecidedBefore,
    /// The caller is not at work.
    ApproverAbsent,
    /// The budget, in HARD mode, has less available.
    InsufficientFunds,
    /// The budget, in HARD mode, has fewer learning hours left than the course releases for.
    InsufficientHours,
    /// A budget of its status promises nothing.
    BudgetStatus,
    /// The budget's last day has passed, so nothing more is promised on it.
    PeriodOver,
    /// The budget cannot hold that much.
    OutOfRange,
    /// The conditions ask for nothing.
    NoCondition,
    /// The amount of the conditions is not in the request's currency.
    CurrencyMismatch,
    /// The amount of the conditions is 0 or below.
    AmountNotPositive,
    /// The amount of the conditions is not below what the request is for as it stands.
    AmountNotSmaller,
    /// The first day of the conditions is not after today and what earlier steps asked for, or too far ahead.
    InvalidStart,
    /// A proof of the conditions is empty, too long or has control characters, or there are too many.
    InvalidProof,
    /// The remark is empty, too long or has control characters.
    InvalidNote,
    /// The text of a rejection or of wanted changes is empty, too long or has control characters.
    InvalidText,
    /// Something else was decided about the request under the list's idempotency key.
    IdempotencyKeyReused,
    /// The server could not tell whether it was carried out, and did not try the decisions after it. With an idempotency key
    /// it is safe to send the list again.
    Unavailable,
    /// The server failed in a way that is not the caller's doing; its log has it.
    Internal,
}

impl FundingDecisionError {
    fn of(why: &Failure<DecisionRefusal>, field: Option<Vec<String>>) -> Self {
        let (code, message) = match why {
            Failure::Refused(refusal) => (refusal.into(), refusal.to_string()),
            Failure::Fault(fault) => (fault.into(), ApiError::from(fault).into_message()),
        };
        Self { code, message, field }
    }
}

impl FundingDecisionErrorCode {
    /// Its name in the schema.
    pub(crate) fn name(self) -> &'static str {
        Self::items().iter().find(|item| item.value == self).map_or("", |item| item.name)
    }
}

impl From<&DecisionRefusal> for FundingDecisionErrorCode {
    fn from(refusal: &DecisionRefusal) -> Self {
        match refusal {
            DecisionRefusal::Approve(Yes::Step(turn))
            | DecisionRefusal::RequestChanges(No::Step(turn))
            | DecisionRefusal::Reject(No::Step(turn)) => turn.into(),
            DecisionRefusal::Approve(Yes::Posting(posting)) => posting.into(),
            DecisionRefusal::Approve(Yes::Conditions(conditions)) => conditions.into(),
            DecisionRefusal::Approve(Yes::InvalidNote(_)) => Self::InvalidNote,
            DecisionRefusal::RequestChanges(No::InvalidText(_))
            | DecisionRefusal::Reject(No::InvalidText(_)) => Self::InvalidText,
            DecisionRefusal::Approve(Yes::KeyReused(_))
            | DecisionRefusal::RequestChanges(No::KeyReused(_))
            | DecisionRefusal::Reject(No::KeyReused(_)) => Self::IdempotencyKeyReused,
        }
    }
}

impl From<&NotTheirTurn> for FundingDecisionErrorCode {
    fn from(turn: &NotTheirTurn) -> Self {
        match turn {
            NotTheirTurn::NotPending(_) => Self::NotPending,
            NotTheirTurn::NotYours => Self::NotYourTurn,
            NotTheirTurn::OwnRequest => Self::OwnRequest,
            NotTheirTurn::NoLongerApprover => Self::NoLongerApprover,
            NotTheirTurn::DecidedBefore => Self::DecidedBefore,
            NotTheirTurn::Absent(_) => Self::ApproverAbsent,
        }
    }
}

impl From<&ConditionRefusal> for FundingDecisionErrorCode {
    fn from(conditions: &ConditionRefusal) -> Self {
        match conditions {
            ConditionRefusal::Empty => Self::NoCondition,
            ConditionRefusal::CurrencyMismatch { .. } => Self::CurrencyMismatch,
            ConditionRefusal::NotPositive(_) => Self::AmountNotPositive,
            ConditionRefusal::NotSmaller { .. } => Self::AmountNotSmaller,
            ConditionRefusal::NotLater { .. } | ConditionRefusal::TooFar { .. } => Self::InvalidStart,
            ConditionRefusal::TooManyProofs(_) | ConditionRefusal::InvalidProof { .. } => Self::InvalidProof,
        }
    }
}

impl From<&PostingRefusal> for FundingDecisionErrorCode {
    fn from(posting: &PostingRefusal) -> Self {
        match posting {
            PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. } => {
                Self::InsufficientFunds
            }
            PostingRefusal::InsufficientHours { .. } => Self::InsufficientHours,
            PostingRefusal::NotTaken { .. } => Self::BudgetStatus,
            PostingRefusal::PeriodOver { .. } => Self::PeriodOver,
            _ => Self::OutOfRange,
        }
    }
}

impl From<&Fault> for FundingDecisionErrorCode {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::NotFound { .. } => Self::NotFound,
            Fault::Forbidden(_) => Self::Forbidden,
            Fault::Conflict(_) => Self::Conflict,
            Fault::Unavailable(_) => Self::Unavailable,
            Fault::Invalid { .. } | Fault::Internal { .. } => Self::Internal,
        }
    }
}
