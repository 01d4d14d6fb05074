//! What can be asked about budgets and requests.

mod allowance;
mod delegations;
mod exchange;
mod forecast;
mod impact;
mod links;
mod load;
mod policies;
mod preview;
mod tasks;
mod tax;

use crate::access::{Action, Actor, Relation, Scope, policy};
use crate::kernel::{
    ApprovalStepId, BudgetId, DecisionId, Direction, EmployeeId, EmployerId, Fault, FundingCommentId,
    FundingRequestId, LedgerEntryId, Page, PageRequest,
};

use super::verify::Audit;
use super::{
    Approval, ApprovalStep, Budget, BudgetClosing, BudgetFilter, BudgetOrder, Decision, Funding,
    FundingComment, FundingRequest, LedgerBreak, LedgerEntry, LedgerFilter, Load, RequestCard, RequestFilter,
    RequestOrder, RequestWith, Verified,
};

/// Rows that a verification reads at a time.
const VERIFY_BATCH: u32 = 1_000;

impl Funding<'_> {
    /// Those of the budgets that the actor may see.
    pub async fn budgets_by_id(self, actor: &Actor, ids: &[BudgetId]) -> Result<Vec<Budget>, Fault> {
        match policy::scope(actor, Action::ReadBudget) {
            Some(scope) => self.core.store.reads().budgets_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of budgets.
    pub async fn budgets(
        self,
        actor: &Actor,
        lists: &[BudgetFilter],
        order: (BudgetOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Budget>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        self.core.store.reads().budgets(scope, lists, order, page).await
    }

    /// How many budgets each list has.
    pub async fn count_budgets(self, actor: &Actor, lists: &[BudgetFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        self.core.store.reads().count_budgets(scope, lists).await
    }

    /// Who owns budgets, as pairs.
    pub async fn owners_by_budget(
        self,
        actor: &Actor,
        budgets: &[BudgetId],
    ) -> Result<Vec<(BudgetId, EmployeeId)>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        self.core.store.reads().owners_by_budget(scope, budgets).await
    }

    /// What was done when budgets were closed, of those that the actor may see.
    pub async fn closings_by_budget(
        self,
        actor: &Actor,
        budgets: &[BudgetId],
    ) -> Result<Vec<BudgetClosing>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        self.core.store.reads().closings_by_budget(scope, budgets).await
    }

    /// The same page of the ledgers of several budgets.
    pub async fn ledger(
        self,
        actor: &Actor,
        lists: &[(BudgetId, LedgerFilter)],
        direction: Direction,
        page: &PageRequest,
    ) -> Result<Vec<Page<LedgerEntry>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        self.core.store.reads().ledger(scope, lists, direction, page).await
    }

    /// How many entries each list has.
    pub async fn count_ledger(
        self,
        actor: &Actor,
        lists: &[(BudgetId, LedgerFilter)],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadBudget)?;
        self.core.store.reads().count_ledger(scope, lists).await
    }

    /// Those of the entries that the actor may see.
    pub async fn ledger_entries_by_id(
        self,
        actor: &Actor,
        ids: &[LedgerEntryId],
    ) -> Result<Vec<LedgerEntry>, Fault> {
        match policy::scope(actor, Action::ReadBudget) {
            Some(scope) => self.core.store.reads().ledger_entries_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// One request.
    pub async fn request(
        self,
        actor: &Actor,
        id: FundingRequestId,
        with: RequestWith,
    ) -> Result<RequestCard, Fault> {
        let scope =
            policy::require_scope(actor, Action::ReadFundingRequest).map_err(|_| Fault::not_found(id))?;
        let with = neighbors(actor, with);
        self.core.store.reads().request(scope, id, with).await?.ok_or_else(|| Fault::not_found(id))
    }

    /// Those of the requests that the actor may see.
    pub async fn requests_by_id(
        self,
        actor: &Actor,
        ids: &[FundingRequestId],
    ) -> Result<Vec<FundingRequest>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().requests_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of requests.
    pub async fn requests(
        self,
        actor: &Actor,
        lists: &[RequestFilter],
        order: (RequestOrder, Direction),
        page: &PageRequest,
        with: RequestWith,
    ) -> Result<Vec<Page<RequestCard>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingRequest)?;
        if order.0 == RequestOrder::Amount && lists.iter().any(|filter| filter.amount.is_none()) {
            let message =
                "amounts of different currencies have no order; name a currency in filter.amount".to_owned();
            return Err(Fault::Invalid { field: "orderBy", message });
        }
        let with = neighbors(actor, with);
        self.core.store.reads().requests(scope, lists, order, page, with).await
    }

    /// How many requests each list has.
    pub async fn count_requests(self, actor: &Actor, lists: &[RequestFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingRequest)?;
        self.core.store.reads().count_requests(scope, lists).await
    }

    /// The steps of those requests that the actor may see.
    pub async fn steps_by_request(
        self,
        actor: &Actor,
        requests: &[FundingRequestId],
    ) -> Result<Vec<ApprovalStep>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().steps_by_request(scope, requests).await,
            None => Ok(Vec::new()),
        }
    }

    /// Those of the steps that the actor may see.
    pub async fn steps_by_id(
        self,
        actor: &Actor,
        ids: &[ApprovalStepId],
    ) -> Result<Vec<ApprovalStep>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().steps_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The decisions about those requests that the actor may see.
    pub async fn decisions_by_request(
        self,
        actor: &Actor,
        requests: &[FundingRequestId],
    ) -> Result<Vec<Decision>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().decisions_by_request(scope, requests).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of the comments on several requests.
    pub async fn comments(
        self,
        actor: &Actor,
        lists: &[FundingRequestId],
        page: &PageRequest,
    ) -> Result<Vec<Page<FundingComment>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingRequest)?;
        self.core.store.reads().comments(scope, lists, page).await
    }

    /// How many comments each list has.
    pub async fn count_comments(self, actor: &Actor, lists: &[FundingRequestId]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingRequest)?;
        self.core.store.reads().count_comments(scope, lists).await
    }

    /// Those of the comments that the actor may see.
    pub async fn comments_by_id(
        self,
        actor: &Actor,
        ids: &[FundingCommentId],
    ) -> Result<Vec<FundingComment>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().comments_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// Those of the decisions that the actor may see.
    pub async fn decisions_by_id(self, actor: &Actor, ids: &[DecisionId]) -> Result<Vec<Decision>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().decisions_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// A page of what waits for the actor's decision (F17). Nothing ever waits for anybody but a person.
    pub async fn approvals(
        self,
        actor: &Actor,
        page: &PageRequest,
        with: RequestWith,
    ) -> Result<Page<Approval>, Fault> {
        match approver(actor) {
            Some(person) => {
                let with = people(actor, with);
                self.core.store.reads().approvals(actor.employer, person, page, with).await
            }
            None => Ok(Page::empty()),
        }
    }

    /// How much waits for the actor's decision.
    pub async fn count_approvals(self, actor: &Actor) -> Result<u64, Fault> {
        match approver(actor) {
            Some(person) => self.core.store.reads().count_approvals(actor.employer, person).await,
            None => Ok(0),
        }
    }

    /// What runs for people already, of what the actor may see.
    pub async fn loads_by_employee(
        self,
        actor: &Actor,
        employees: &[EmployeeId],
    ) -> Result<Vec<Load>, Fault> {
        match policy::scope(actor, Action::ReadFundingRequest) {
            Some(scope) => self.core.store.reads().loads_by_employee(scope, employees).await,
            None => Ok(Vec::new()),
        }
    }

    /// Recomputes every ledger of an employer from its first entry, and compares balances, children and requests with
    /// it. Answers with what was checked, or the first break.
    pub async fn verify(self, employer: EmployerId) -> Result<Result<Verified, LedgerBreak>, Fault> {
        let mut verified = Verified::default();
        if let Err(broken) = self.verify_budgets(employer, &mut verified).await? {
            return Ok(Err(broken));
        }
        Ok(self.verify_requests(employer, &mut verified).await?.map(|()| verified))
    }

    async fn verify_budgets(
        self,
        employer: EmployerId,
        verified: &mut Verified,
    ) -> Result<Result<(), LedgerBreak>, Fault> {
        let reads = self.core.store.reads();
        let mut last = None;
        loop {
            let budgets = reads.budgets_to_verify(employer, last, VERIFY_BATCH).await?;
            let Some(end) = budgets.last() else { return Ok(Ok(())) };
            last = Some(end.id);
            let ids: Vec<BudgetId> = budgets.iter().map(|budget| budget.id).collect();
            for budget in &budgets {
                if let Err(broken) = self.verify_ledger(employer, budget).await? {
                    return Ok(Err(broken));
                }
                verified.budgets = verified.budgets.saturating_add(1);
                verified.entries = verified.entries.saturating_add_signed(budget.entries);
            }
            for totals in reads.budget_totals(employer, &ids).await? {
                if let Err(broken) = totals.check() {
                    return Ok(Err(broken));
                }
            }
        }
    }

    async fn verify_ledger(
        self,
        employer: EmployerId,
        budget: &Budget,
    ) -> Result<Result<(), LedgerBreak>, Fault> {
        let reads = self.core.store.reads();
        let mut audit = Audit::of(budget);
        while !audit.is_complete() {
            let place = audit.sequence();
            let entries = reads.entries_to_verify(employer, budget.id, place, VERIFY_BATCH).await?;
            for entry in entries.iter().take_while(|entry| entry.sequence <= budget.entries) {
                if let Err(broken) = audit.follow(entry) {
                    return Ok(Err(broken));
                }
            }
            if audit.sequence() == place {
                break;
            }
        }
        let kept = reads.months_to_verify(employer, budget.id).await?;
        Ok(audit.compare(&kept).and_then(|()| audit.finish()))
    }

    async fn verify_requests(
        self,
        employer: EmployerId,
        verified: &mut Verified,
    ) -> Result<Result<(), LedgerBreak>, Fault> {
        let mut last = None;
        loop {
            let request_totals = self.core.store.reads().request_totals(employer, last, VERIFY_BATCH).await?;
            let Some(end) = request_totals.last() else { return Ok(Ok(())) };
            last = Some(end.request.id);
            for totals in &request_totals {
                if let Err(broken) = totals.check() {
                    return Ok(Err(broken));
                }
                verified.requests = verified.requests.saturating_add(1);
            }
        }
    }
}

/// The person for whom something may wait, as far as who asks in their name may read it.
fn approver(actor: &Actor) -> Option<EmployeeId> {
    policy::basis(actor, Action::ReadFundingRequest, &[Relation::Approver])?;
    actor.employee()
}

/// A budget comes along only where the reader sees every budget; otherwise it is left to a look-up by id, which asks
/// with the budgets' own scope.
fn neighbors(actor: &Actor, with: RequestWith) -> RequestWith {
    let every = sees_all(actor, Action::ReadBudget);
    people(actor, RequestWith { budget: with.budget && every, ..with })
}

/// A person comes along for everybody but service accounts that may not read the directory.
fn people(actor: &Actor, with: RequestWith) -> RequestWith {
    RequestWith { employee: with.employee.filter(|_| sees_all(actor, Action::ReadDirectory)), ..with }
}

fn sees_all(actor: &Actor, action: Action) -> bool {
    policy::scope(actor, action) == Some(Scope::all(actor.employer))
}
