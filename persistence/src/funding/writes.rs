//! Writing budgets, ledgers and requests.
//!
//! Updates name the columns that may change; everything else of a row stays as it was inserted.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{
    Cond, Expr, ExprTrait, IntoIden, LockBehavior, LockType, OnConflict, Order, Query, UpdateStatement,
};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::funding::{
    ApprovalStep, Budget, BudgetClosing, BudgetStatus, Decision, EntryKind, FundingComment, FundingRequest,
    FundingWrites, LedgerEntry, OwnedBy, RequestStatus, Thread, months_of,
};
use upskill_domain::kernel::{
    BudgetId, EmployeeId, Fault, FundingCommentId, FundingRequestId, Money, TypedId, search_key,
};
use uuid::Uuid;

use super::closings::closing_row;
use super::entity::{
    approval_step, budget, budget_closing, budget_owner, decision, funding_comment, funding_request,
    ledger_entry,
};
use super::rows::{budget_row, conditions_text, decision_row, entry_row, request_row, step_row};
use super::{months, selects};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, Cells, uuids};
use crate::store::Tx;

#[async_trait]
impl FundingWrites for Tx {
    async fn lock_budgets(&mut self, ids: &[BudgetId]) -> Result<Vec<Budget>, Fault> {
        let mut select = row::select::<Budget>("b", self.tenant());
        select
            .and_where(Expr::col(("b", "id")).is_in(uuids(ids)))
            // PostgreSQL locks rows in the order in which it returns them.
            .order_by(("b", "id"), Order::Asc)
            .lock(LockType::NoKeyUpdate);
        row::all(&self.tx, &select).await
    }

    async fn lock_budget_alone(&mut self, id: BudgetId) -> Result<Option<Budget>, Fault> {
        let mut select = row::select::<Budget>("b", self.tenant());
        // A claim is never put down before this, so the stronger lock closes no circle (see the dialect).
        select.and_where(Expr::col(("b", "id")).eq(id.uuid())).lock(LockType::Update);
        row::one(&self.tx, &select).await
    }

    async fn hold_budget(&mut self, id: BudgetId) -> Result<Option<Budget>, Fault> {
        let mut select = row::select::<Budget>("b", self.tenant());
        select.and_where(Expr::col(("b", "id")).eq(id.uuid())).lock(LockType::KeyShare);
        row::one(&self.tx, &select).await
    }

    async fn count_waiting_requests(&mut self, id: BudgetId) -> Result<u64, Fault> {
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select
            .and_where(Expr::col(("r", "budget_id")).eq(id.uuid()))
            .and_where(Expr::col(("r", "status")).eq(RequestStatus::Submitted.name()));
        row::count(&self.tx, select).await
    }

    async fn budget_line(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        row::ids(&self.tx, &selects::line(self.tenant(), id.uuid())).await
    }

    async fn count_live_children(&mut self, id: BudgetId) -> Result<u64, Fault> {
        let mut select = row::select::<Budget>("b", self.tenant());
        select
            .and_where(Expr::col(("b", "parent_id")).eq(id.uuid()))
            .and_where(Expr::col(("b", "status")).ne(BudgetStatus::Archived.name()));
        row::count(&self.tx, select).await
    }

    async fn open_budgets(&mut self, owners: &[OwnedBy], day: NaiveDate) -> Result<Vec<Budget>, Fault> {
        let of = |owner: &OwnedBy| match owner {
            OwnedBy::Department(id) => Expr::col(("b", "department_id")).eq(id.uuid()),
            OwnedBy::Program(id) => Expr::col(("b", "program_id")).eq(id.uuid()),
            OwnedBy::Employer => {
                Expr::col(("b", "department_id")).is_null().and(Expr::col(("b", "program_id")).is_null())
            }
        };
        let whose = owners.iter().map(of).fold(Cond::any(), Cond::add);
        let mut select = row::select::<Budget>("b", self.tenant());
        select
            .cond_where(whose)
            .and_where(Expr::col(("b", "status")).eq(BudgetStatus::Open.name()))
            .and_where(Expr::col(("b", "starts_on")).lte(day))
            .and_where(Expr::col(("b", "ends_on")).gte(day));
        row::all(&self.tx, &select).await
    }

    async fn insert_budget(&mut self, budget: &Budget) -> Result<(), Fault> {
        let row = budget_row(self.tenant(), budget);
        budget::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn save_budgets(&mut self, budgets: &[Budget]) -> Result<(), Fault> {
        for budget in budgets {
            let mut update = self.update(budget::Entity, budget.id.uuid());
            update.values([
                ("name", budget.name.clone().into()),
                ("name_key", search_key(&budget.name).into()),
                ("limit_mode", budget.limit_mode.name().into()),
                ("status", budget.status.name().into()),
                ("allocated", budget.balance.allocated.into()),
                ("distributed", budget.balance.distributed.into()),
                ("reserved", budget.balance.reserved.into()),
                ("committed", budget.balance.committed.into()),
                ("spent", budget.balance.spent.into()),
                ("available", budget.balance.available().into()),
                ("hours_allowance", budget.hours.allowance.into()),
                ("hours_reserved", budget.hours.reserved.into()),
                ("hours_committed", budget.hours.committed.into()),
                ("hours_spent", budget.hours.spent.into()),
                ("entries", budget.entries.into()),
                ("version", budget.version.into()),
            ]);
            self.tx.execute(&update).await.or_fault()?;
        }
        Ok(())
    }

    async fn append_ledger(&mut self, entries: &[LedgerEntry]) -> Result<(), Fault> {
        for chunk in entries.chunks(CHUNK_CELLS / ledger_entry::Column::iter().count()) {
            let rows = chunk.iter().map(|entry| entry_row(self.tenant(), entry));
            ledger_entry::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        months::add(self, &months_of(entries)).await
    }

    async fn owners_of(&mut self, budget: BudgetId) -> Result<Vec<EmployeeId>, Fault> {
        let owners = self.owners_of_each(&[budget]).await?;
        Ok(owners.into_iter().map(|(_, person)| person).collect())
    }

    async fn owners_of_each(&mut self, budgets: &[BudgetId]) -> Result<Vec<(BudgetId, EmployeeId)>, Fault> {
        let select = Query::select()
            .columns(["budget_id", "employee_id"])
            .from(budget_owner::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("budget_id").is_in(uuids(budgets)))
            .order_by("since", Order::Asc)
            .order_by("employee_id", Order::Asc)
            .to_owned();
        let pair = |cells: &mut Cells<'_>| Ok((cells.id()?, cells.id()?));
        row::all_as(&self.tx, &select, pair).await
    }

    async fn insert_owners(
        &mut self,
        budget: BudgetId,
        people: &[EmployeeId],
        at: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let rows: Vec<_> = uuids(people)
            .map(|person| budget_owner::ActiveModel {
                employer_id: Set(self.tenant()),
                budget_id: Set(budget.uuid()),
                employee_id: Set(person),
                since: Set(at),
            })
            .collect();
        budget_owner::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn delete_owner(&mut self, budget: BudgetId, person: EmployeeId) -> Result<(), Fault> {
        let key = (self.tenant(), budget.uuid(), person.uuid());
        budget_owner::Entity::delete_by_id(key).exec(&self.tx).await.or_fault().map(|_| ())
    }

    async fn thread(&mut self, employee: EmployeeId, subject: &str) -> Result<Thread, Fault> {
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select
            .and_where(Expr::col(("r", "employee_id")).eq(employee.uuid()))
            .and_where(Expr::col(("r", "subject")).eq(subject))
            .order_by(("r", "round"), Order::Desc)
            .limit(1);
        let last: Option<FundingRequest> = row::one(&self.tx, &select).await?;
        // A round begins only when the one before has ended, so only the last can be live.
        Ok(last.map_or_else(Thread::default, |last| Thread {
            rounds: last.round,
            live: last.status.is_live().then_some(last.id),
        }))
    }

    async fn insert_requests(
        &mut self,
        requests: &[FundingRequest],
        steps: &[ApprovalStep],
    ) -> Result<bool, Fault> {
        for chunk in requests.chunks(CHUNK_CELLS / funding_request::Column::iter().count()) {
            let rows = chunk.iter().map(|request| request_row(self.tenant(), request));
            let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
            let inserted = funding_request::Entity::insert_many(rows)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
            if usize::try_from(inserted) != Ok(chunk.len()) {
                return Ok(false);
            }
        }
        for chunk in steps.chunks(CHUNK_CELLS / approval_step::Column::iter().count()) {
            let rows = chunk.iter().map(|step| step_row(self.tenant(), step));
            approval_step::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(true)
    }

    async fn lock_request(&mut self, id: FundingRequestId) -> Result<Option<FundingRequest>, Fault> {
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select.and_where(Expr::col(("r", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn lock_request_if_free(&mut self, id: FundingRequestId) -> Result<Option<FundingRequest>, Fault> {
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select
            .and_where(Expr::col(("r", "id")).eq(id.uuid()))
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        row::one(&self.tx, &select).await
    }

    async fn lock_open_requests(&mut self, budgets: &[BudgetId]) -> Result<Vec<FundingRequest>, Fault> {
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select
            .and_where(Expr::col(("r", "budget_id")).is_in(uuids(budgets)))
            .and_where(Expr::col(("r", "status")).is_in(selects::live()))
            .order_by(("r", "id"), Order::Asc)
            .lock(LockType::NoKeyUpdate);
        row::all(&self.tx, &select).await
    }

    async fn move_requests(&mut self, ids: &[FundingRequestId], to: BudgetId) -> Result<(), Fault> {
        for chunk in ids.chunks(CHUNK_CELLS) {
            let update = Query::update()
                .table(funding_request::Entity)
                .value("budget_id", to.uuid())
                .value("version", Expr::col("version").add(1))
                .and_where(Expr::col("employer_id").eq(self.tenant()))
                .and_where(Expr::col("id").is_in(uuids(chunk)))
                .to_owned();
            self.tx.execute(&update).await.or_fault()?;
        }
        Ok(())
    }

    async fn children_of(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        let select = Query::select()
            .column("id")
            .from(budget::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("parent_id").eq(id.uuid()))
            .order_by("id", Order::Asc)
            .to_owned();
        row::ids(&self.tx, &select).await
    }

    async fn tree_of(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        row::ids(&self.tx, &selects::tree(self.tenant(), id.uuid())).await
    }

    async fn closings_of(&mut self, budgets: &[BudgetId]) -> Result<Vec<BudgetClosing>, Fault> {
        let mut select = row::select::<BudgetClosing>("c", self.tenant());
        select.and_where(Expr::col(("c", "id")).is_in(uuids(budgets)));
        row::all(&self.tx, &select).await
    }

    async fn insert_closing(&mut self, closing: &BudgetClosing) -> Result<(), Fault> {
        let row = closing_row(self.tenant(), closing);
        budget_closing::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn steps_of(&mut self, request: FundingRequestId) -> Result<Vec<ApprovalStep>, Fault> {
        let mut select = row::select::<ApprovalStep>("s", self.tenant());
        select
            .and_where(Expr::col(("s", "request_id")).eq(request.uuid()))
            .order_by(("s", "position"), Order::Asc);
        row::all(&self.tx, &select).await
    }

    async fn save_request(&mut self, request: &FundingRequest) -> Result<(), Fault> {
        let mut update = self.update(funding_request::Entity, request.id.uuid());
        update.values([
            ("status", request.status.name().into()),
            ("amount", request.amount.minor().into()),
            ("conditions", conditions_text(&request.conditions)?.into()),
            ("starts_on", request.starts_on.into()),
            ("proof", request.proof.clone().into()),
            ("reserved_until", request.reserved_until.into()),
            ("expiry_noticed_at", request.expiry_noticed_at.into()),
            ("committed", request.committed.map(Money::minor).into()),
            ("order_number", request.order_number.clone().into()),
            ("settled", request.settled.map(Money::minor).into()),
            ("settled_on", request.settled_on.into()),
            ("refunded", request.refunded.minor().into()),
            ("recovered", request.recovered.minor().into()),
            ("decided_at", request.decided_at.into()),
            ("committed_at", request.committed_at.into()),
            ("settled_at", request.settled_at.into()),
            ("ended_at", request.ended_at.into()),
            ("version", request.version.into()),
        ]);
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }

    async fn save_steps(&mut self, steps: &[ApprovalStep]) -> Result<(), Fault> {
        for step in steps {
            let mut update = self.update(approval_step::Entity, step.id.uuid());
            update.values([
                ("assignee_id", step.assignee.uuid().into()),
                ("capacity", step.capacity.name().into()),
                ("status", step.status.name().into()),
                ("waiting_since", step.waiting_since.into()),
                ("due_at", step.due_at.into()),
                ("inbox_at", step.inbox_place().into()),
                ("stranded_at", step.stranded_at.into()),
                ("notice", step.notice.name().into()),
                ("attend_at", step.attend_at().into()),
                ("escalated_at", step.escalated_at.into()),
                ("escalated_from_id", step.escalated_from.map(TypedId::uuid).into()),
            ]);
            self.tx.execute(&update).await.or_fault()?;
        }
        Ok(())
    }

    async fn reservation_of(&mut self, request: FundingRequestId) -> Result<Option<LedgerEntry>, Fault> {
        let mut select = row::select::<LedgerEntry>("l", self.tenant());
        select
            .and_where(Expr::col(("l", "request_id")).eq(request.uuid()))
            .and_where(Expr::col(("l", "kind")).eq(EntryKind::Reserve.name()))
            // A request that went to another budget is reserved there again.
            .order_by(("l", "at"), Order::Asc)
            .limit(1);
        row::one(&self.tx, &select).await
    }

    async fn insert_comment(&mut self, comment: &FundingComment) -> Result<(), Fault> {
        let row = funding_comment::ActiveModel {
            employer_id: Set(self.tenant()),
            id: Set(comment.id.uuid()),
            request_id: Set(comment.request.uuid()),
            by_id: Set(comment.by.uuid()),
            text: Set(comment.text.clone()),
            at: Set(comment.at),
        };
        funding_comment::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn comment(&mut self, id: FundingCommentId) -> Result<Option<FundingComment>, Fault> {
        let mut select = row::select::<FundingComment>("m", self.tenant());
        select.and_where(Expr::col(("m", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn insert_decisions(&mut self, decisions: &[Decision]) -> Result<(), Fault> {
        for chunk in decisions.chunks(CHUNK_CELLS / decision::Column::iter().count()) {
            let rows = chunk.iter().map(|decision| decision_row(self.tenant(), decision));
            let rows = rows.collect::<Result<Vec<_>, Fault>>()?;
            decision::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}

impl Tx {
    /// An update of one row by its id.
    pub(super) fn update(&self, table: impl IntoIden, id: Uuid) -> UpdateStatement {
        Query::update()
            .table(table.into_iden())
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("id").eq(id))
            .to_owned()
    }
}
