//! How budgets and requests are stored.

mod delegations;
mod exchange;
mod links;
mod policies;
mod routing;

pub use delegations::{DelegationReads, DelegationWrites};
pub use exchange::{ExchangeReads, ExchangeWrites};
pub use links::LinkWrites;
pub use policies::{PolicyFilter, PolicyReads, PolicyWrites};
pub use routing::{RoutingReads, RoutingWrites};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Scope;
use crate::kernel::{
    ApprovalStepId, BudgetId, CourseId, Currency, DecisionId, DepartmentId, Direction, EmployeeId,
    EmployerId, Fault, FundingCommentId, FundingRequestId, LedgerEntryId, Page, PageRequest, ProgramId,
};

use super::{
    ApprovalStep, Budget, BudgetClosing, BudgetMonth, BudgetOrder, BudgetStatus, BudgetTotals, Decision,
    Ending, EntryKind, FundingComment, FundingRequest, LedgerEntry, Load, OwnedBy, PromiseSum, RequestCard,
    RequestOrder, RequestStatus, RequestTotals, RequestWith, Thread,
};

/// Writes within one employer's transaction.
#[async_trait]
pub trait FundingWrites:
    PolicyWrites + DelegationWrites + ExchangeWrites + RoutingWrites + LinkWrites + Send
{
    /// Budgets by id, locked one after another in the order of their ids. Unknown ones are left out.
    async fn lock_budgets(&mut self, ids: &[BudgetId]) -> Result<Vec<Budget>, Fault>;
    /// A budget and those above it, the nearest first. Empty when there is none with this id.
    async fn budget_line(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault>;
    /// A budget, locked so that nobody holds it meanwhile (see [`FundingWrites::hold_budget`]).
    async fn lock_budget_alone(&mut self, id: BudgetId) -> Result<Option<Budget>, Fault>;
    /// A budget, held as it is in name and status until the transaction ends. Others may hold it too, and book on it.
    async fn hold_budget(&mut self, id: BudgetId) -> Result<Option<Budget>, Fault>;
    /// How many requests to a budget wait for a decision.
    async fn count_waiting_requests(&mut self, id: BudgetId) -> Result<u64, Fault>;
    /// How many budgets directly below one are not archived.
    async fn count_live_children(&mut self, id: BudgetId) -> Result<u64, Fault>;
    /// The open budgets of these owners whose days contain one.
    async fn open_budgets(&mut self, owners: &[OwnedBy], day: NaiveDate) -> Result<Vec<Budget>, Fault>;
    /// Adds a budget.
    async fn insert_budget(&mut self, budget: &Budget) -> Result<(), Fault>;
    /// Replaces budgets by id.
    async fn save_budgets(&mut self, budgets: &[Budget]) -> Result<(), Fault>;
    /// Adds entries to ledgers.
    async fn append_ledger(&mut self, entries: &[LedgerEntry]) -> Result<(), Fault>;
    /// The people who own a budget, the longest-standing first.
    async fn owners_of(&mut self, budget: BudgetId) -> Result<Vec<EmployeeId>, Fault>;
    /// The same for several budgets, as pairs.
    async fn owners_of_each(&mut self, budgets: &[BudgetId]) -> Result<Vec<(BudgetId, EmployeeId)>, Fault>;
    /// Makes people owners of a budget.
    async fn insert_owners(
        &mut self,
        budget: BudgetId,
        people: &[EmployeeId],
        at: DateTime<Utc>,
    ) -> Result<(), Fault>;
    /// Ends somebody's ownership of a budget.
    async fn delete_owner(&mut self, budget: BudgetId, person: EmployeeId) -> Result<(), Fault>;
    /// What a person has asked for about one subject before.
    async fn thread(&mut self, employee: EmployeeId, subject: &str) -> Result<Thread, Fault>;
    /// Adds requests with their steps, unless one of their people has a live one about the same subject (F13). Whether
    /// it did; if not, what was written must be undone.
    async fn insert_requests(
        &mut self,
        requests: &[FundingRequest],
        steps: &[ApprovalStep],
    ) -> Result<bool, Fault>;
    /// A request, locked.
    async fn lock_request(&mut self, id: FundingRequestId) -> Result<Option<FundingRequest>, Fault>;
    /// A request, locked, unless somebody else holds it now.
    async fn lock_request_if_free(&mut self, id: FundingRequestId) -> Result<Option<FundingRequest>, Fault>;
    /// The requests to budgets that wait for a decision, are approved or committed, locked in the order of their ids.
    async fn lock_open_requests(&mut self, budgets: &[BudgetId]) -> Result<Vec<FundingRequest>, Fault>;
    /// Makes requests be asked of another budget.
    async fn move_requests(&mut self, ids: &[FundingRequestId], to: BudgetId) -> Result<(), Fault>;
    /// The budgets directly below one, in the order of their ids.
    async fn children_of(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault>;
    /// A budget and all those below it, each after the one above it.
    async fn tree_of(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault>;
    /// What was done when budgets were closed, of those that are.
    async fn closings_of(&mut self, budgets: &[BudgetId]) -> Result<Vec<BudgetClosing>, Fault>;
    /// Keeps what was done when a budget was closed.
    async fn insert_closing(&mut self, closing: &BudgetClosing) -> Result<(), Fault>;
    /// The steps of a request, in their order.
    async fn steps_of(&mut self, request: FundingRequestId) -> Result<Vec<ApprovalStep>, Fault>;
    /// Replaces a request.
    async fn save_request(&mut self, request: &FundingRequest) -> Result<(), Fault>;
    /// Replaces steps by id.
    async fn save_steps(&mut self, steps: &[ApprovalStep]) -> Result<(), Fault>;
    /// The entry that reserves a request's money, once there is one.
    async fn reservation_of(&mut self, request: FundingRequestId) -> Result<Option<LedgerEntry>, Fault>;
    /// Adds a comment.
    async fn insert_comment(&mut self, comment: &FundingComment) -> Result<(), Fault>;
    /// A comment, if it is there.
    async fn comment(&mut self, id: FundingCommentId) -> Result<Option<FundingComment>, Fault>;
    /// Adds decisions.
    async fn insert_decisions(&mut self, decisions: &[Decision]) -> Result<(), Fault>;
}

/// Which budgets a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BudgetFilter {
    /// Of one of these departments.
    pub departments: Option<Vec<DepartmentId>>,
    /// Of one of these programs.
    pub programs: Option<Vec<ProgramId>>,
    /// Of one of these statuses.
    pub statuses: Option<Vec<BudgetStatus>>,
    /// Whose days contain this one.
    pub on: Option<NaiveDate>,
    /// Directly below one of these.
    pub parents: Option<Vec<BudgetId>>,
    /// Without a budget above.
    pub roots_only: bool,
    /// Whose name contains this, without regard to case.
    pub search: Option<String>,
}

/// Which entries of one budget's ledger a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct LedgerFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<EntryKind>>,
    /// About one of these requests.
    pub requests: Option<Vec<FundingRequestId>>,
    /// That count from this day or a later one.
    pub effective_from: Option<NaiveDate>,
    /// That count from this day or an earlier one.
    pub effective_to: Option<NaiveDate>,
}

/// Which requests a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RequestFilter {
    /// Of one of these statuses.
    pub statuses: Option<Vec<RequestStatus>>,
    /// For one of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// For people of one of these departments.
    pub departments: Option<Vec<DepartmentId>>,
    /// Asked of one of these budgets.
    pub budgets: Option<Vec<BudgetId>>,
    /// For one of these courses.
    pub courses: Option<Vec<CourseId>>,
    /// Part of one of these programs.
    pub programs: Option<Vec<ProgramId>>,
    /// Submitted then or later.
    pub submitted_from: Option<DateTime<Utc>>,
    /// Submitted before then.
    pub submitted_before: Option<DateTime<Utc>>,
    /// Of an amount within bounds.
    pub amount: Option<AmountRange>,
    /// On the thread of this one: what the same person asked for about the same subject.
    pub thread_of: Option<FundingRequestId>,
}

/// Amounts of one currency within bounds, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AmountRange {
    /// The currency.
    pub currency: Currency,
    /// At least this much, in minor units.
    pub at_least: Option<i64>,
    /// At most this much, in minor units.
    pub at_most: Option<i64>,
}

/// A step that waits, with the request it is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The step.
    pub step: ApprovalStep,
    /// The request.
    pub card: RequestCard,
}

/// Reads of budgets and requests.
///
/// Under [`crate::access::Reach::Related`] a person sees: of budgets, those they own, those of departments they head
/// and of the ones below, and those of requests that wait for them; of requests, their own, those of
/// everybody below them, those that wait or waited for them, and those asked of budgets they own.
#[async_trait]
pub trait FundingReads: PolicyReads + DelegationReads + ExchangeReads + RoutingReads + Send + Sync {
    /// Budgets by id.
    async fn budgets_by_id(&self, scope: Scope, ids: &[BudgetId]) -> Result<Vec<Budget>, Fault>;
    /// The same page of several lists of budgets.
    async fn budgets(
        &self,
        scope: Scope,
        lists: &[BudgetFilter],
        order: (BudgetOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Budget>>, Fault>;
    /// How many budgets each list has.
    async fn count_budgets(&self, scope: Scope, lists: &[BudgetFilter]) -> Result<Vec<u64>, Fault>;
    /// The people who own budgets, the longest-standing first, as pairs.
    async fn owners_by_budget(
        &self,
        scope: Scope,
        budgets: &[BudgetId],
    ) -> Result<Vec<(BudgetId, EmployeeId)>, Fault>;
    /// What was done when budgets were closed, of those that are.
    async fn closings_by_budget(
        &self,
        scope: Scope,
        budgets: &[BudgetId],
    ) -> Result<Vec<BudgetClosing>, Fault>;
    /// The same page of the ledgers of several budgets, by sequence.
    async fn ledger(
        &self,
        scope: Scope,
        lists: &[(BudgetId, LedgerFilter)],
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Vec<Page<LedgerEntry>>, Fault>;
    /// How many entries each list has.
    async fn count_ledger(&self, scope: Scope, lists: &[(BudgetId, LedgerFilter)])
    -> Result<Vec<u64>, Fault>;
    /// Entries by id, of budgets within the scope.
    async fn ledger_entries_by_id(
        &self,
        scope: Scope,
        ids: &[LedgerEntryId],
    ) -> Result<Vec<LedgerEntry>, Fault>;
    /// One request with neighbors.
    async fn request(
        &self,
        scope: Scope,
        id: FundingRequestId,
        with: RequestWith,
    ) -> Result<Option<RequestCard>, Fault>;
    /// Requests by id, for neighbors that were not joined.
    async fn requests_by_id(
        &self,
        scope: Scope,
        ids: &[FundingRequestId],
    ) -> Result<Vec<FundingRequest>, Fault>;
    /// The same page of several lists of requests.
    async fn requests(
        &self,
        scope: Scope,
        lists: &[RequestFilter],
        order: (RequestOrder, Direction),
        page: &PageRequest,
        with: RequestWith,
    ) -> Result<Vec<Page<RequestCard>>, Fault>;
    /// How many requests each list has.
    async fn count_requests(&self, scope: Scope, lists: &[RequestFilter]) -> Result<Vec<u64>, Fault>;
    /// The steps of requests within the scope, in their order.
    async fn steps_by_request(
        &self,
        scope: Scope,
        requests: &[FundingRequestId],
    ) -> Result<Vec<ApprovalStep>, Fault>;
    /// Steps by id, of requests within the scope.
    async fn steps_by_id(&self, scope: Scope, ids: &[ApprovalStepId]) -> Result<Vec<ApprovalStep>, Fault>;
    /// The decisions about requests within the scope, the oldest first.
    async fn decisions_by_request(
        &self,
        scope: Scope,
        requests: &[FundingRequestId],
    ) -> Result<Vec<Decision>, Fault>;
    /// Decisions by id, about requests within the scope.
    async fn decisions_by_id(&self, scope: Scope, ids: &[DecisionId]) -> Result<Vec<Decision>, Fault>;
    /// The same page of the comments on several requests within the scope, the oldest first.
    async fn comments(
        &self,
        scope: Scope,
        lists: &[FundingRequestId],
        page: &PageRequest,
    ) -> Result<Vec<Page<FundingComment>>, Fault>;
    /// How many comments each list has.
    async fn count_comments(&self, scope: Scope, lists: &[FundingRequestId]) -> Result<Vec<u64>, Fault>;
    /// Comments by id, on requests within the scope.
    async fn comments_by_id(
        &self,
        scope: Scope,
        ids: &[FundingCommentId],
    ) -> Result<Vec<FundingComment>, Fault>;
    /// A page of the steps that wait for somebody, the longest-waiting first.
    async fn approvals(
        &self,
        employer: EmployerId,
        approver: EmployeeId,
        page: &PageRequest,
        with: RequestWith,
    ) -> Result<Page<Approval>, Fault>;
    /// How many steps wait for somebody.
    async fn count_approvals(&self, employer: EmployerId, approver: EmployeeId) -> Result<u64, Fault>;
    /// What runs for people already, of the requests within the scope.
    async fn loads_by_employee(&self, scope: Scope, employees: &[EmployeeId]) -> Result<Vec<Load>, Fault>;
    /// The courses of the catalog that a person has a live request for, whoever asks.
    async fn live_courses(&self, employer: EmployerId, employee: EmployeeId) -> Result<Vec<CourseId>, Fault>;
    /// Requests beyond one, in the order of their ids, whose reservation has ended, or ends by `soon` without a notice.
    async fn reservations_to_end(
        &self,
        employer: EmployerId,
        days: Ending,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<FundingRequestId>, Fault>;
    /// What the entries of each month did to these budgets.
    async fn budget_months(&self, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<BudgetMonth>, Fault>;
    /// What is promised on these budgets, by the last day of its reservation.
    async fn promise_sums(&self, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<PromiseSum>, Fault>;
    /// Budgets beyond one, in the order of their ids, for verification.
    async fn budgets_to_verify(
        &self,
        employer: EmployerId,
        beyond: Option<BudgetId>,
        limit: u32,
    ) -> Result<Vec<Budget>, Fault>;
    /// A budget's entries beyond a place, in their order, for verification.
    async fn entries_to_verify(
        &self,
        employer: EmployerId,
        budget: BudgetId,
        beyond: i64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, Fault>;
    /// How many entries a budget counts and what its months add up to, for verification. One statement, so that an entry
    /// in between is in both or in neither.
    async fn months_to_verify(
        &self,
        employer: EmployerId,
        budget: BudgetId,
    ) -> Result<Vec<(i64, BudgetMonth)>, Fault>;
    /// What these budgets count and handed on, what their ledgers have and their children were given, for verification.
    /// One statement, so that a movement in between does not look like a difference.
    async fn budget_totals(
        &self,
        employer: EmployerId,
        budgets: &[BudgetId],
    ) -> Result<Vec<BudgetTotals>, Fault>;
    /// Requests beyond one, in the order of their ids, with what their entries leave, for verification. One statement,
    /// for the same reason.
    async fn request_totals(
        &self,
        employer: EmployerId,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<RequestTotals>, Fault>;
}
