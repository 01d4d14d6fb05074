//! Reading budgets, ledgers and requests.

use async_trait::async_trait;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, IntoIden, Order, Query, SelectStatement, SimpleExpr};
use upskill_domain::access::Scope;
use upskill_domain::funding::{
    Approval, ApprovalStep, Budget, BudgetFilter, BudgetOrder, Decision, Family, FundingReads,
    FundingRequest, LedgerEntry, LedgerFilter, Load, RequestCard, RequestFilter, RequestOrder, RequestStatus,
    RequestWith, Standing, StepStatus,
};
use upskill_domain::kernel::{
    ApprovalStepId, BudgetId, Currency, DecisionId, Direction, EmployeeId, EmployerId, Fault,
    FundingRequestId, LedgerEntryId, Money, Page, PageRequest, TypedId,
};

use super::selects;
use super::visible::{keep_budgets, keep_requests};
use crate::dialect::Dialect;
use crate::fault::OrFault;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, uuids};
use crate::store::Db;

#[async_trait]
impl FundingReads for Db {
    async fn budgets_by_id(&self, scope: Scope, ids: &[BudgetId]) -> Result<Vec<Budget>, Fault> {
        let mut select = selects::budgets(scope);
        select.and_where(Expr::col(("b", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn budgets(
        &self,
        scope: Scope,
        lists: &[BudgetFilter],
        (order, direction): (BudgetOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<Budget>>, Fault> {
        let (column, kind) = match order {
            BudgetOrder::Name => ("name_key", KeyKind::Text),
            BudgetOrder::StartsOn => ("starts_on", KeyKind::Day),
            BudgetOrder::Available => ("available", KeyKind::Number),
        };
        let sort = SortKey { alias: "b", column, kind };
        let selects = lists.iter().map(|filter| selects::filtered_budgets(scope, filter));
        pages(&self.pool, selects, &sort, direction, request, Budget::read).await
    }

    async fn count_budgets(&self, scope: Scope, lists: &[BudgetFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| selects::filtered_budgets(scope, filter))).await
    }

    async fn owners_by_budget(
        &self,
        scope: Scope,
        budgets: &[BudgetId],
    ) -> Result<Vec<(BudgetId, EmployeeId)>, Fault> {
        let mut select = Query::select();
        select
            .columns([("o", "budget_id"), ("o", "employee_id")])
            .from_as("budget_owner", "o")
            .and_where(Expr::col(("o", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("o", "budget_id")).is_in(uuids(budgets)))
            .order_by(("o", "since"), Order::Asc)
            .order_by(("o", "employee_id"), Order::Asc);
        keep_budgets(&mut select, ("o", "budget_id"), scope);
        let rows = self.pool.query_all(&select).await.or_fault()?;
        let pair = |cells: &mut Cells<'_>| Ok((cells.id()?, cells.id()?));
        rows.iter().map(|row| pair(&mut Cells::of(row))).collect()
    }

    async fn ledger(
        &self,
        scope: Scope,
        lists: &[(BudgetId, LedgerFilter)],
        direction: Direction,
        request: &PageRequest,
    ) -> Result<Vec<Page<LedgerEntry>>, Fault> {
        let sort = SortKey { alias: "l", column: "sequence", kind: KeyKind::Number };
        let selects = lists.iter().map(|(budget, filter)| selects::ledger(scope, *budget, filter));
        pages(&self.pool, selects, &sort, direction, request, LedgerEntry::read).await
    }

    async fn count_ledger(
        &self,
        scope: Scope,
        lists: &[(BudgetId, LedgerFilter)],
    ) -> Result<Vec<u64>, Fault> {
        let selects = lists.iter().map(|(budget, filter)| selects::ledger(scope, *budget, filter));
        row::counts(&self.pool, selects).await
    }

    async fn ledger_entries_by_id(
        &self,
        scope: Scope,
        ids: &[LedgerEntryId],
    ) -> Result<Vec<LedgerEntry>, Fault> {
        let mut select = selects::entries(scope);
        select.and_where(Expr::col(("l", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn request(
        &self,
        scope: Scope,
        id: FundingRequestId,
        with: RequestWith,
    ) -> Result<Option<RequestCard>, Fault> {
        let mut select = selects::requests(scope);
        selects::join_neighbors(&mut select, with);
        select.and_where(Expr::col(("r", "id")).eq(id.uuid()));
        row::one_as(&self.pool, &select, |cells| selects::read_request(cells, with)).await
    }

    async fn requests_by_id(
        &self,
        scope: Scope,
        ids: &[FundingRequestId],
    ) -> Result<Vec<FundingRequest>, Fault> {
        let mut select = selects::requests(scope);
        select.and_where(Expr::col(("r", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn requests(
        &self,
        scope: Scope,
        lists: &[RequestFilter],
        (order, direction): (RequestOrder, Direction),
        request: &PageRequest,
        with: RequestWith,
    ) -> Result<Vec<Page<RequestCard>>, Fault> {
        let (column, kind) = match order {
            RequestOrder::SubmittedAt => ("submitted_at", KeyKind::Instant),
            RequestOrder::Amount => ("amount", KeyKind::Number),
        };
        let sort = SortKey { alias: "r", column, kind };
        let selects = lists.iter().map(|filter| {
            let mut select = selects::requests(scope);
            selects::join_neighbors(&mut select, with);
            selects::filter_requests(&mut select, scope, filter);
            select
        });
        let read = |cells: &mut Cells<'_>| selects::read_request(cells, with);
        pages(&self.pool, selects, &sort, direction, request, read).await
    }

    async fn count_requests(&self, scope: Scope, lists: &[RequestFilter]) -> Result<Vec<u64>, Fault> {
        let selects = lists.iter().map(|filter| {
            let mut select = selects::requests(scope);
            selects::filter_requests(&mut select, scope, filter);
            select
        });
        row::counts(&self.pool, selects).await
    }

    async fn steps_by_request(
        &self,
        scope: Scope,
        requests: &[FundingRequestId],
    ) -> Result<Vec<ApprovalStep>, Fault> {
        let mut select = of_requests::<ApprovalStep>("s", scope);
        select
            .and_where(Expr::col(("s", "request_id")).is_in(uuids(requests)))
            .order_by(("s", "position"), Order::Asc);
        row::all(&self.pool, &select).await
    }

    async fn steps_by_id(&self, scope: Scope, ids: &[ApprovalStepId]) -> Result<Vec<ApprovalStep>, Fault> {
        let mut select = of_requests::<ApprovalStep>("s", scope);
        select.and_where(Expr::col(("s", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn decisions_by_request(
        &self,
        scope: Scope,
        requests: &[FundingRequestId],
    ) -> Result<Vec<Decision>, Fault> {
        let mut select = of_requests::<Decision>("d", scope);
        select
            .and_where(Expr::col(("d", "request_id")).is_in(uuids(requests)))
            .order_by(("d", "at"), Order::Asc)
            .order_by(("d", "id"), Order::Asc);
        row::all(&self.pool, &select).await
    }

    async fn decisions_by_id(&self, scope: Scope, ids: &[DecisionId]) -> Result<Vec<Decision>, Fault> {
        let mut select = of_requests::<Decision>("d", scope);
        select.and_where(Expr::col(("d", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn approvals(
        &self,
        employer: EmployerId,
        approver: EmployeeId,
        request: &PageRequest,
        with: RequestWith,
    ) -> Result<Page<Approval>, Fault> {
        let sort = SortKey { alias: "s", column: "waiting_since", kind: KeyKind::Instant };
        let mut select = waiting(employer, approver);
        row::join::<FundingRequest>(&mut select, ("s", "request_id"), "r");
        selects::join_neighbors(&mut select, with);
        let read = |cells: &mut Cells<'_>| {
            Ok(Approval { step: ApprovalStep::read(cells)?, card: selects::read_request(cells, with)? })
        };
        let mut pages = pages(&self.pool, [select], &sort, Direction::Ascending, request, read).await?;
        Ok(pages.pop().unwrap_or_else(Page::empty))
    }

    async fn count_approvals(&self, employer: EmployerId, approver: EmployeeId) -> Result<u64, Fault> {
        row::count(&self.pool, waiting(employer, approver)).await
    }

    async fn loads_by_employee(&self, scope: Scope, employees: &[EmployeeId]) -> Result<Vec<Load>, Fault> {
        let live = RequestStatus::ALL.into_iter().filter(|status| status.is_live()).map(RequestStatus::name);
        let mut select = Query::select();
        select
            .columns([("r", "employee_id"), ("r", "currency")])
            .expr(Expr::cust("COUNT(*)"))
            .expr(self.sum(Expr::col(("r", "amount"))))
            .from_as("funding_request", "r")
            .and_where(Expr::col(("r", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("r", "employee_id")).is_in(uuids(employees)))
            .and_where(Expr::col(("r", "status")).is_in(live))
            .group_by_columns([("r", "employee_id"), ("r", "currency")])
            .order_by(("r", "employee_id"), Order::Asc)
            .order_by(("r", "currency"), Order::Asc);
        keep_requests(&mut select, ("r", "id"), scope);
        let rows = self.pool.query_all(&select).await.or_fault()?;
        let mut loads: Vec<Load> = Vec::new();
        for row in &rows {
            let mut cells = Cells::of(row);
            let (employee, currency) = (cells.id()?, cells.read(Currency::parse)?);
            let (requests, sum) = (cells.count()?, cells.take()?);
            let sum = Money::new(sum, currency).map_err(|error| Fault::inconsistent(error.to_string()))?;
            match loads.last_mut().filter(|load| load.employee == employee) {
                Some(load) => {
                    load.requests += requests;
                    load.amounts.push(sum);
                }
                None => loads.push(Load { employee, requests, amounts: vec![sum] }),
            }
        }
        Ok(loads)
    }

    async fn budgets_to_verify(
        &self,
        employer: EmployerId,
        beyond: Option<BudgetId>,
        limit: u32,
    ) -> Result<Vec<Budget>, Fault> {
        let mut select = selects::budgets(Scope::all(employer));
        select.order_by(("b", "id"), Order::Asc).limit(u64::from(limit));
        if let Some(beyond) = beyond {
            select.and_where(Expr::col(("b", "id")).gt(beyond.uuid()));
        }
        row::all(&self.pool, &select).await
    }

    async fn entries_to_verify(
        &self,
        employer: EmployerId,
        budget: BudgetId,
        beyond: i64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, Fault> {
        let mut select = selects::ledger(Scope::all(employer), budget, &LedgerFilter::default());
        select
            .and_where(Expr::col(("l", "sequence")).gt(beyond))
            .order_by(("l", "sequence"), Order::Asc)
            .limit(u64::from(limit));
        row::all(&self.pool, &select).await
    }

    async fn families(&self, employer: EmployerId, budgets: &[BudgetId]) -> Result<Vec<Family>, Fault> {
        let mut children = Query::select();
        children
            .expr(self.sum(Expr::col(("c", "allocated"))))
            .from_as("budget", "c")
            .and_where(Expr::col(("c", "employer_id")).equals(("b", "employer_id")))
            .and_where(Expr::col(("c", "parent_id")).equals(("b", "id")));
        let select = Query::select()
            .columns([("b", "id"), ("b", "distributed")])
            .expr(scalar(children))
            .from_as("budget", "b")
            .and_where(Expr::col(("b", "employer_id")).eq(employer.uuid()))
            .and_where(Expr::col(("b", "id")).is_in(uuids(budgets)))
            .to_owned();
        let rows = self.pool.query_all(&select).await.or_fault()?;
        let family = |cells: &mut Cells<'_>| {
            Ok(Family { budget: cells.id()?, distributed: cells.take()?, children: cells.take()? })
        };
        rows.iter().map(|row| family(&mut Cells::of(row))).collect()
    }

    async fn standings(
        &self,
        employer: EmployerId,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<Standing>, Fault> {
        let mut select = selects::requests(Scope::all(employer));
        let about = |what: SimpleExpr| {
            let mut entries = Query::select();
            entries
                .expr(what)
                .from_as("ledger_entry", "l")
                .and_where(Expr::col(("l", "employer_id")).equals(("r", "employer_id")))
                .and_where(Expr::col(("l", "request_id")).equals(("r", "id")));
            scalar(entries)
        };
        select.expr(about(Expr::cust("COUNT(*)")));
        for layer in ["reserved", "committed", "spent"] {
            select.expr(about(self.sum(Expr::col(("l", layer)))));
        }
        select.order_by(("r", "id"), Order::Asc).limit(u64::from(limit));
        if let Some(beyond) = beyond {
            select.and_where(Expr::col(("r", "id")).gt(beyond.uuid()));
        }
        let rows = self.pool.query_all(&select).await.or_fault()?;
        let standing = |cells: &mut Cells<'_>| {
            Ok(Standing {
                request: FundingRequest::read(cells)?,
                entries: cells.take()?,
                reserved: cells.take()?,
                committed: cells.take()?,
                spent: cells.take()?,
            })
        };
        rows.iter().map(|row| standing(&mut Cells::of(row))).collect()
    }
}

impl Db {
    fn sum(&self, expr: impl Into<SimpleExpr>) -> SimpleExpr {
        Dialect(self.pool.get_database_backend()).sum(expr)
    }
}

/// What belongs to requests within the scope.
fn of_requests<R: Record>(alias: &'static str, scope: Scope) -> SelectStatement
where
    R::Entity: Default + IntoIden,
{
    let mut select = row::select::<R>(alias, scope.employer.uuid());
    keep_requests(&mut select, (alias, "request_id"), scope);
    select
}

/// The steps that wait for somebody.
fn waiting(employer: EmployerId, approver: EmployeeId) -> SelectStatement {
    let mut select = row::select::<ApprovalStep>("s", employer.uuid());
    select
        .and_where(Expr::col(("s", "assignee_id")).eq(approver.uuid()))
        .and_where(Expr::col(("s", "status")).eq(StepStatus::Waiting.name()));
    select
}

/// A select that answers with one value, as a column.
fn scalar(select: SelectStatement) -> SimpleExpr {
    SimpleExpr::SubQuery(None, Box::new(select.into()))
}
