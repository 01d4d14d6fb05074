//! Closing a budget at the end of its fiscal period.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, Failure, Fault, FundingRequestId, Text, check_version};
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::closing::Books;
use crate::funding::{
    Budget, BudgetClosing, CloseBudgetRefusal, FundingEvent, FundingRequest, LedgerEntry, MoneyOnClose,
    PromisesOnClose,
};

/// A budget to close, and what becomes of what hangs on it.
#[derive(Debug, Clone, Serialize)]
pub struct CloseBudget {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: BudgetId,
    /// What becomes of open promises.
    pub promises: PromisesOnClose,
    /// What becomes of available money.
    pub money: MoneyOnClose,
    /// The budget that takes what is carried over.
    pub successor: Option<BudgetId>,
    /// A remark.
    pub note: Option<String>,
    /// Whether to tell only what would be done.
    pub dry_run: bool,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl Funding<'_> {
    /// Closes a budget whose days are over, in one transaction. A dry run does the same and then takes it back.
    pub async fn close_budget(
        self,
        actor: &Actor,
        command: CloseBudget,
    ) -> Result<BudgetClosing, Failure<CloseBudgetRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        policy::require(actor, Action::MoveMoney, &[])?;
        let id = command.id;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "closeBudget", input: &command };
        let earlier = self.core.claim::<_, CloseBudgetRefusal>(&mut *tx, actor, keyed, id).await?;
        let closed = tx.closings_of(&[id]).await?.pop();
        match (earlier, closed) {
            (Some(_), Some(closing)) => return Ok(closing),
            (None, Some(closing)) => {
                let on = tx.employer().await?.day_of(closing.at);
                return Err(CloseBudgetRefusal::AlreadyClosed { on }.into());
            }
            _ => {}
        }
        let note =
            Text::optional(command.note.as_deref(), Text::note).map_err(CloseBudgetRefusal::InvalidNote)?;
        let (line, successor_line) = self.lines_of_closing(&mut *tx, &command).await?;
        let requests = tx.lock_open_requests(&[id]).await?;
        let mut budgets = self.lock_books(&mut *tx, &line, &successor_line).await?;
        if let Some(budget) = budgets.iter().find(|budget| budget.id == id) {
            check_version("budget", command.expected_version, budget.version)?;
        }
        let stamp = self.stamp(&mut *tx, actor).await?;
        let mut books = Books {
            budgets: &mut budgets,
            line: &line,
            successor_line: &successor_line,
            requests: &requests,
        };
        let (closing, entries) = books.close((command.promises, command.money), note.as_deref(), &stamp)?;
        tx.save_budgets(&budgets).await?;
        self.keep_closing(&mut *tx, actor, (&closing, &entries), &requests).await?;
        // What was written for a dry run is dropped with the transaction.
        if !command.dry_run {
            tx.commit().await?;
        }
        Ok(closing)
    }

    /// The budget and its successor, each with those above it.
    async fn lines_of_closing(
        self,
        tx: &mut dyn UnitOfWork,
        command: &CloseBudget,
    ) -> Result<(Vec<BudgetId>, Vec<BudgetId>), Failure<CloseBudgetRefusal>> {
        let line = tx.budget_line(command.id).await?;
        if line.is_empty() {
            return Err(Fault::not_found(command.id).into());
        }
        let Some(successor) = command.successor else { return Ok((line, Vec::new())) };
        let successor_line = tx.budget_line(successor).await?;
        if successor_line.is_empty() {
            return Err(CloseBudgetRefusal::UnknownSuccessor(successor).into());
        }
        Ok((line, successor_line))
    }

    /// Every budget that a closing looks at, locked in the order of ids like everywhere. A budget that comes to be below
    /// the one to close waits for its lock, so the children are looked up again once that is held.
    async fn lock_books(
        self,
        tx: &mut dyn UnitOfWork,
        line: &[BudgetId],
        successor_line: &[BudgetId],
    ) -> Result<Vec<Budget>, Fault> {
        let Some(id) = line.first().copied() else { return Ok(Vec::new()) };
        let children = tx.children_of(id).await?;
        let budgets = tx.lock_budgets(&[line, successor_line, &children].concat()).await?;
        if tx.children_of(id).await? != children {
            let message = "a budget was created below this one meanwhile; repeat the request".to_owned();
            return Err(Fault::Conflict(message));
        }
        Ok(budgets)
    }

    /// Keeps all of a closing but the budgets themselves.
    pub(super) async fn keep_closing(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (closing, entries): (&BudgetClosing, &[LedgerEntry]),
        requests: &[FundingRequest],
    ) -> Result<(), Fault> {
        let budget = closing.budget;
        let moves = closing.moved_requests > 0 || closing.moved_waiting > 0;
        let moved: &[FundingRequest] = if moves { requests } else { &[] };
        tx.append_ledger(entries).await?;
        let mut events = vec![FundingEvent::BudgetClosed {
            budget,
            successor: closing.successor,
            carried_promises: closing.carried_promises,
            carried_money: closing.carried_money,
            lapsed: closing.lapsed,
            kept_promises: closing.kept_promises,
        }];
        if let Some(successor) = closing.successor.filter(|_| !moved.is_empty()) {
            let ids: Vec<FundingRequestId> = moved.iter().map(|request| request.id).collect();
            tx.move_requests(&ids, successor).await?;
            events.extend(moved.iter().map(|request| FundingEvent::RequestMoved {
                request: request.id,
                employee: request.employee,
                budget,
                to: successor,
                promised: request.status.is_promised(),
            }));
        }
        tx.insert_closing(closing).await?;
        self.core.record(tx, actor, &events).await
    }
}
