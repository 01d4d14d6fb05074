//! Budgets, and requests to spend them on learning.
//!
//! A budget's money lies in layers. Entries of its ledger move money between them, and nothing else does:
//!
//! * `allocated`: what the budget was given,
//! * `distributed`: of that, what it handed on to budgets below it,
//! * `reserved`: promised to an approved request,
//! * `committed`: enrolled or ordered,
//! * `spent`: the invoice is known.
//!
//! What is left of `allocated` is `available`. Because handing money on to a child takes it from what the parent has
//! available, one rule (available never below zero) covers promises and children on every level of the tree.
//!
//! A request is SUBMITTED, then APPROVED when the last step of its approval chain says so (money: reserved), COMMITTED
//! when the place is booked (committed) and SETTLED when the invoice is known (spent). It ends early as WITHDRAWN by
//! the requester or REJECTED by an approver, both before any money moved, or after approval as CANCELED, or as EXPIRED
//! when nobody booked the place in time; both release the money. An approver may hand it back (`CHANGES_REQUESTED`, no money
//! moves); its answer is a new round, and the one before ends as SUPERSEDED. Money that comes back later is a refund of a settled
//! request, or recovered from the employee. Asking again is a new round.
//!
//! * F1: available never goes below 0 in HARD mode, under any concurrency. In WARN mode only a promise may do that; money
//!   is never taken away from under promises in either mode.
//! * F2: the sum of a budget's entries equals its balance, and the sum over child allocations its `distributed`.
//! * F3: entries are never changed or deleted; a mistake is corrected by another entry, with a reason code.
//! * F4: an approval and its reservation are one transaction.
//! * F5: a reservation ends by itself, and those who care are told before.
//! * F6: an allocation is not lowered below what is promised.
//! * F7: an actual price above the approved one is taken from what is available, within the tolerance.
//! * F8: nobody decides their own request; the step goes to the next person up who may, else to an owner of the budget.
//! * F9: nobody decides two steps of one request; the policy may let them decide once for both.
//! * F10: for some days somebody else may decide what waits for a person, in their name and recorded as such.
//! * F11: nobody who is away is asked; a step whose approver leaves, goes away with nobody standing in, or loses what made them one goes to the next who
//!   may; so does one that is overdue, after reminders.
//! * A link decides for the one person it was made for, once, what they saw, and by every rule of a decision.
//! * F12: only people decide, and the rules that an employer has published; neither the installation nor an integration
//!   does.
//! * F13: one live request per person and course.
//! * F14: a preview applies the very rules of a submission, tells everything that speaks against it, and writes nothing.
//! * F15: what others pay of a price (a grant, an agency, the employee) is on the request; only the employer's part hits the
//!   budget.
//! * F16: a list of decisions is that many decisions, each in a transaction of its own; one that fails undoes no other.
//! * F17: the approver's inbox lists what waits for them, what is due first before the rest.
//! * A yes may depend on a smaller amount, a later start, or something to be shown. Later steps only ask for more, and
//!   what was approved is what is reserved, booked and paid.
//! * A price in another currency than the budget's is converted when the request is submitted, by the employer's own
//!   exchange rate of the day. The rate is frozen on the request, and from then on everything goes by the budget's currency.
//! * Paid learning hours lie beside the money and are moved by the same entries; where a budget has an allowance of them, F1 and
//!   F6 hold for it too.
//! * F18: a request keeps to the limits and conditions of the employer's funding policy, which is data with a version.
//! * C1: a request keeps what was asked for as it was then. C3: a price of 0 is a price, an unknown one needs a quote.
//!   C4: a course outside the catalog can be asked for.
//!
//! Locks: first the request, then its budgets in the order of their ids. A budget's parent never changes, so the
//! budgets that a movement of money touches are known before any of them is locked.

mod allowance;
mod balance;
mod budget;
mod budget_month;
mod changes;
mod choice;
mod closing;
mod co_funding;
mod commands;
mod comment;
mod conditions;
mod decision;
mod delegation;
mod drift;
mod event;
mod exchange;
mod expiry;
#[cfg(test)]
mod fixture;
mod forecast;
mod giving_up;
mod hours;
mod impact;
mod ledger;
mod link;
mod load;
mod movement;
mod objection;
mod offer;
mod policy;
mod ports;
mod posting;
mod preview;
mod queries;
mod request;
mod routing;
mod settlement;
mod step;
mod submission;
mod task;
mod verify;

pub use allowance::{FundingAllowance, YearCapUse};
pub use balance::{Balance, Change};
pub use budget::{
    ArchiveBudgetRefusal, Budget, BudgetOrder, BudgetStatus, ChangeBudgetRefusal, CreateBudgetRefusal,
    LimitMode, OwnedBy, StatusRefusal,
};
pub use budget_month::{BudgetMonth, months_of};
pub use changes::{RequestedChange, ResubmitRefusal};
pub use choice::NoBudget;
pub use closing::{BudgetClosing, CloseBudgetRefusal, CloseBudgetTreeRefusal, MoneyOnClose, PromisesOnClose};
pub use co_funding::{CoFunding, CoFundingRefusal, CoFundingSource};
pub(crate) use commands::PriceKnown;
pub use commands::{
    AddBudgetOwner, AddBudgetOwnerRefusal, AdjustBudget, AllocateBudget, ApproveFundingRequest, AskedVerdict,
    CancelFundingRequest, ChangeBudget, ChangeBudgetStatus, ChangeFundingPolicy, CloseBudget,
    CloseBudgetTree, CommentOnFundingRequest, CommitFundingRequest, CreateBudget, DecideFundingRequests,
    DecisionOnRequest, DelegateApprovals, DiscardFundingPolicy, DraftFundingPolicy, DraftSource,
    ExtendReservation, Funding, ImportExchangeRates, IssueActionLinks, PublishFundingPolicy, RateReport,
    RateResult, RecoverFunding, RedeemActionLink, RefundFundingRequest, RejectFundingRequest,
    RemoveBudgetOwner, RemoveBudgetOwnerRefusal, RequestFundingChanges, ResubmitFundingRequest,
    SetExchangeRates, SetLearningHours, SettleFundingRequest, SubmitFundingRequest, TransferBudget,
    WithdrawExchangeRate, WithdrawFundingRequest,
};
pub use comment::{CommentRefusal, FundingComment};
pub use conditions::{ApprovalConditions, ConditionRefusal, ProofKind, RequiredProof};
use decision::check_list;
pub use decision::{
    ApproveRefusal, DecideRefusal, Decided, Decision, DecisionOutcome, DecisionRefusal, DecisionResult,
    Finding, RejectRefusal, RejectionReason, Shown, Verdict,
};
pub use delegation::{DelegateRefusal, Delegation, DelegationFilter, DelegationOver};
pub use drift::PriceRefusal;
pub use event::FundingEvent;
pub use exchange::{
    AppliedRate, ExchangeRate, ExchangeRateFilter, GivenRate, ImportRatesRefusal, RateColumn, RateKey,
    RateLine, RateProblem, RateRowProblem, RateWithdrawn, SetRatesRefusal,
};
pub use expiry::{Ending, ExtendRefusal, LookedAfter};
pub use forecast::{Forecast, ForecastMonth, ForecastOf, PromiseSum};
pub use hours::{Hours, HoursChange, SetLearningHoursRefusal};
pub use impact::{PolicyImpact, Tally};
pub use ledger::{EntryKind, LedgerEntry, ReasonCode, ReservedReason};
pub use link::{
    ActionLink, IssueLinksRefusal, IssuedLinks, LinkAnswer, LinkClaims, LinkPreview, LinkSigner, LinkSpent,
    LinkVerdict, RedeemRefusal,
};
pub use load::{LearningLoad, RunningCourse, RunningPlace};
pub use movement::{AdjustBudgetRefusal, AllocateBudgetRefusal, MovementRefusal, TransferBudgetRefusal};
pub use objection::{Measure, Measured, Objection};
pub use offer::{AskedCourse, OfferRefusal, OutsideCourse, RequestedOffer};
pub use policy::{
    AboveBucket, Approver, Assignment, Capacity, Caps, ChangePolicyRefusal, Conditions, DiscardPolicyRefusal,
    DraftPolicyRefusal, Eligibility, EmployeeShare, FundingPolicy, NoApprover, NotADraft, PolicyInForce,
    PolicyObjection, PolicyProblem, PolicyRules, PolicyStatus, PriceTolerance, ProviderCap,
    PublishPolicyRefusal, StepRule, TaxBucket, TaxBucketUse, TaxRate, TaxShare, Workload,
};
pub use ports::{
    AmountRange, Approval, BudgetFilter, DelegationReads, DelegationWrites, ExchangeReads, ExchangeWrites,
    FundingReads, FundingWrites, LedgerFilter, LinkWrites, PolicyFilter, PolicyReads, PolicyWrites,
    RequestFilter, RoutingReads, RoutingWrites,
};
pub use posting::{CurrencyMismatch, PostingRefusal};
pub use preview::{Alternative, FundingPreview, PreviewFinding, PreviewFunding, PreviewedBudget};
pub use request::{
    FundingRequest, Load, RequestCard, RequestOrder, RequestStatus, RequestWith, WithdrawRefusal,
};
pub use routing::{Concerned, RerouteReason, RoutedApprovals};
pub use settlement::{CancelRefusal, CommitRefusal, RefundRefusal, SettleRefusal};
pub use step::{ApprovalStep, NotTheirTurn, StepNotice, StepStatus};
pub use submission::{SubmitRefusal, Thread};
pub use task::{FundingTask, Missing, WaitsFor};
pub use verify::{BudgetTotals, LedgerBreak, RequestTotals, Verified};
