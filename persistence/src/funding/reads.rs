//! Reading budgets, ledgers and requests.

use async_trait::async_trait;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, IntoIden, Order, Query, SelectStatement, SimpleExpr};
use upskill_domain::access::Scope;
use upskill_domain::funding::{
    Approval, ApprovalStep, Budget, BudgetClosing, BudgetFilter, BudgetMonth, BudgetOrder, BudgetTotals,
    Decision, Ending, FundingComment, FundingReads, FundingRequest, LedgerEntry, LedgerFilter, Load,
    PromiseSum, RequestCard, RequestFilter, RequestOrder, RequestTotals, RequestWith,
};
use upskill_domain::kernel::{
    ApprovalStepId, BudgetId, CourseId, Currency, DecisionId, Direction, EmployeeId, EmployerId, Fault,
    FundingCommentId, FundingRequestId, LedgerEntryId, Money, Page, PageRequest, TypedId,
};

use super::inbox::{AskedBy, waiting};
use super::visible::{keep_budgets, keep_of_requests, keep_requests, walks_through_requests};
use super::{closings, months, reservations, selects, sums, verification};
use crate::dialect::Dialect;
use crate::fault::OrFault;
use crate::organization::line::Walk;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, uuids};
use crate::shape::{self, alone};
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
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<Budget>()).await
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
        let pair = |cells: &mut Cells<'_>| Ok((cells.id()?, cells.id()?));
        row::all_as(&self.pool, &select, pair).await
    }

    async fn closings_by_budget(
        &self,
        scope: Scope,
        budgets: &[BudgetId],
    ) -> Result<Vec<BudgetClosing>, Fault> {
        closings::of_budgets(self, scope, budgets).await
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
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<LedgerEntry>()).await
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
        let mut select = selects::requests(scope, Walk::Up);
        select.and_where(Expr::col(("r", "id")).eq(id.uuid()));
        shape::one(&self.pool, select, with).await
    }

    async fn requests_by_id(
        &self,
        scope: Scope,
        ids: &[FundingRequestId],
    ) -> Result<Vec<FundingRequest>, Fault> {
        let mut select = selects::requests(scope, Walk::Up);
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
        let walks = walks_through_requests(&self.pool, scope, lists).await?;
        let selects = lists.iter().zip(walks).map(|(filter, walk)| {
            let mut select = selects::requests(scope, walk);
            selects::filter_requests(&mut select, scope, filter);
            select
        });
        pages(&self.pool, scope.employer, selects, (sort, direction), request, with).await
    }

    async fn count_requests(&self, scope: Scope, lists: &[RequestFilter]) -> Result<Vec<u64>, Fault> {
        // All of them are counted, so collecting them is never the longer way, unless they are a few people's.
        let walk = |filter: &RequestFilter| if filter.employees.is_none() { Walk::Down } else { Walk::Up };
        let selects = lists.iter().map(|filter| {
            let mut select = selects::requests(scope, walk(filter));
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

    async fn comments(
        &self,
        scope: Scope,
        lists: &[FundingRequestId],
        request: &PageRequest,
    ) -> Result<Vec<Page<FundingComment>>, Fault> {
        let sort = SortKey { alias: "m", column: "at", kind: KeyKind::Instant };
        let (sorted, selects) =
            ((sort, Direction::Ascending), lists.iter().map(|request| comments(scope, *request)));
        pages(&self.pool, scope.employer, selects, sorted, request, alone::<FundingComment>()).await
    }

    async fn count_comments(&self, scope: Scope, lists: &[FundingRequestId]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|request| comments(scope, *request))).await
    }

    async fn comments_by_id(
        &self,
        scope: Scope,
        ids: &[FundingCommentId],
    ) -> Result<Vec<FundingComment>, Fault> {
        let mut select = of_requests::<FundingComment>("m", scope);
        select.and_where(Expr::col(("m", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn approvals(
        &self,
        employer: EmployerId,
        approver: EmployeeId,
        request: &PageRequest,
        with: RequestWith,
    ) -> Result<Page<Approval>, Fault> {
        let sort = SortKey { alias: "s", column: "inbox_at", kind: KeyKind::Instant };
        let (sorted, select) = ((sort, Direction::Ascending), waiting(employer, approver));
        let mut pages = pages(&self.pool, employer, [select], sorted, request, AskedBy(with)).await?;
        Ok(pages.pop().unwrap_or_else(Page::empty))
    }

    async fn count_approvals(&self, employer: EmployerId, approver: EmployeeId) -> Result<u64, Fault> {
        row::count(&self.pool, waiting(employer, approver)).await
    }

    async fn loads_by_employee(&self, scope: Scope, employees: &[EmployeeId]) -> Result<Vec<Load>, Fault> {
        let mut select = Query::select();
        select
            .columns([("r", "employee_id"), ("r", "currency")])
            .expr(Expr::cust("COUNT(*)"))
            .expr(self.sum(Expr::col(("r", "amount"))))
            .from_as("funding_request", "r")
            .and_where(Expr::col(("r", "employer_id")).eq(scope.employer.uuid()))
            .and_where(Expr::col(("r", "employee_id")).is_in(uuids(employees)))
            .and_where(Expr::col(("r", "status")).is_in(selects::live()))
            .group_by_columns([("r", "employee_id"), ("r", "currency")])
            .order_by(("r", "employee_id"), Order::Asc)
            .order_by(("r", "currency"), Order::Asc);
        keep_requests(&mut select, "r", scope, Walk::Up);
        let rows = self.pool.query_all(&select).await.or_fault()?;
        let mut loads: Vec<Load> = Vec::new();
        for row in &rows {
            let mut cells = Cells::of(row);
            let (employee, currency) = (cells.id()?, cells.read(Currency::parse)?);
            let (requests, sum) = (cells.count()?, Money::sum(cells.take()?, currency));
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

    async fn live_courses(&self, employer: EmployerId, employee: EmployeeId) -> Result<Vec<CourseId>, Fault> {
        let select = Query::select()
            .column("course_id")
            .from("funding_request")
            .and_where(Expr::col("employer_id").eq(employer.uuid()))
            .and_where(Expr::col("employee_id").eq(employee.uuid()))
            .and_where(Expr::col("course_id").is_not_null())
            .and_where(Expr::col("status").is_in(selects::live()))
            .to_owned();
        row::ids(&self.pool, &select).await
    }

    async fn reservations_to_end(
        &self,
        employer: EmployerId,
        days: Ending,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<FundingRequestId>, Fault> {
        reservations::to_end(self, employer, days, beyond, limit).await
    }

    async fn budget_months(&self, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<BudgetMonth>, Fault> {
        months::of(self, scope, budgets).await
    }

    async fn promise_sums(&self, scope: Scope, budgets: &[BudgetId]) -> Result<Vec<PromiseSum>, Fault> {
        sums::promises(self, scope, budgets).await
    }

    async fn months_to_verify(
        &self,
        employer: EmployerId,
        budget: BudgetId,
    ) -> Result<Vec<(i64, BudgetMonth)>, Fault> {
        months::to_verify(self, employer, budget).await
    }

    async fn budgets_to_verify(
        &self,
        employer: EmployerId,
        beyond: Option<BudgetId>,
        limit: u32,
    ) -> Result<Vec<Budget>, Fault> {
        verification::budgets(self, employer, beyond, limit).await
    }

    async fn entries_to_verify(
        &self,
        employer: EmployerId,
        budget: BudgetId,
        beyond: i64,
        limit: u32,
    ) -> Result<Vec<LedgerEntry>, Fault> {
        verification::entries(self, employer, budget, beyond, limit).await
    }

    async fn budget_totals(
        &self,
        employer: EmployerId,
        budgets: &[BudgetId],
    ) -> Result<Vec<BudgetTotals>, Fault> {
        verification::budget_totals(self, employer, budgets).await
    }

    async fn request_totals(
        &self,
        employer: EmployerId,
        beyond: Option<FundingRequestId>,
        limit: u32,
    ) -> Result<Vec<RequestTotals>, Fault> {
        verification::request_totals(self, employer, beyond, limit).await
    }
}

impl Db {
    pub(super) fn sum(&self, expr: impl Into<SimpleExpr>) -> SimpleExpr {
        Dialect(self.pool.get_database_backend()).sum(expr)
    }
}

/// What belongs to requests within the scope.
fn of_requests<R: Record>(alias: &'static str, scope: Scope) -> SelectStatement
where
    R::Entity: Default + IntoIden,
{
    let mut select = row::select::<R>(alias, scope.employer.uuid());
    keep_of_requests(&mut select, (alias, "request_id"), scope);
    select
}

/// What was said about one request.
fn comments(scope: Scope, request: FundingRequestId) -> SelectStatement {
    let mut select = of_requests::<FundingComment>("m", scope);
    select.and_where(Expr::col(("m", "request_id")).eq(request.uuid()));
    select
}
