//! Closing a budget with all those below it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, Failure, Fault, Text, check_version};
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::closing::{MOST_BUDGETS, Tree};
use crate::funding::{
    Budget, BudgetClosing, CloseBudgetTreeRefusal, FundingRequest, MoneyOnClose, PromisesOnClose,
};

/// A budget to close with all those below it, and what becomes of what hangs on them.
#[derive(Debug, Clone, Serialize)]
pub struct CloseBudgetTree {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The one at the top.
    pub id: BudgetId,
    /// What becomes of open promises.
    pub promises: PromisesOnClose,
    /// What becomes of available money.
    pub money: MoneyOnClose,
    /// Which budget takes what is carried over from which.
    pub successors: Vec<(BudgetId, BudgetId)>,
    /// A remark.
    pub note: Option<String>,
    /// Whether to tell only what would be done.
    pub dry_run: bool,
    /// The version of the budget at the top that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// Everything of a tree, locked.
struct Held {
    tree: Vec<BudgetId>,
    closed: Vec<BudgetId>,
    budgets: Vec<Budget>,
    requests: Vec<FundingRequest>,
}

impl Funding<'_> {
    /// Closes a budget with all those below it, the lowest first, in one transaction: all of them or none. Those that were
    /// closed before are left as they are. A dry run does the same and then takes it back.
    pub async fn close_budget_tree(
        self,
        actor: &Actor,
        command: CloseBudgetTree,
    ) -> Result<Vec<BudgetClosing>, Failure<CloseBudgetTreeRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        policy::require(actor, Action::MoveMoney, &[])?;
        let id = command.id;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "closeBudgetTree", input: &command };
        let earlier = self.core.claim::<_, CloseBudgetTreeRefusal>(&mut *tx, actor, keyed, id).await?;
        if let Some(top) = tx.closings_of(&[id]).await?.pop() {
            if earlier.is_some() {
                return Ok(self.closed_with(&mut *tx, &top).await?);
            }
            let on = tx.employer().await?.day_of(top.at);
            return Err(CloseBudgetTreeRefusal::AlreadyClosed { on }.into());
        }
        let note = Text::optional(command.note.as_deref(), Text::note)
            .map_err(CloseBudgetTreeRefusal::InvalidNote)?;
        let mut held = self.hold_tree(&mut *tx, &command).await?;
        if let Some(top) = held.budgets.iter().find(|budget| budget.id == id) {
            check_version("budget", command.expected_version, top.version)?;
        }
        let stamp = self.stamp(&mut *tx, actor).await?;
        let mut tree = Tree {
            budgets: &mut held.budgets,
            tree: &held.tree,
            closed: &held.closed,
            successors: &command.successors,
            requests: &held.requests,
        };
        let done = tree.close((command.promises, command.money), note.as_deref(), &stamp)?;
        tx.save_budgets(&held.budgets).await?;
        let mut closings = Vec::with_capacity(done.len());
        for one in done {
            self.keep_closing(&mut *tx, actor, (&one.closing, &one.entries), &one.requests).await?;
            closings.push(one.closing);
        }
        // What was written for a dry run is dropped with the transaction.
        if !command.dry_run {
            tx.commit().await?;
        }
        Ok(closings)
    }

    /// Locks the requests and the budgets of a tree, and the budgets that money passes: requests first, each in the order
    /// of their ids. What comes to be below the tree meanwhile is noticed.
    async fn hold_tree(
        self,
        tx: &mut dyn UnitOfWork,
        command: &CloseBudgetTree,
    ) -> Result<Held, Failure<CloseBudgetTreeRefusal>> {
        let tree = tx.tree_of(command.id).await?;
        if tree.is_empty() {
            return Err(Fault::not_found(command.id).into());
        }
        if tree.len() > MOST_BUDGETS {
            return Err(CloseBudgetTreeRefusal::TooMany { given: tree.len() }.into());
        }
        let passed = self.passed_by(tx, &tree, command).await?;
        let requests = tx.lock_open_requests(&tree).await?;
        let budgets = tx.lock_budgets(&passed).await?;
        if tx.tree_of(command.id).await? != tree {
            let message = "a budget was created in the tree meanwhile; repeat the request".to_owned();
            return Err(Fault::Conflict(message).into());
        }
        let closed = tx.closings_of(&tree).await?.into_iter().map(|closing| closing.budget).collect();
        Ok(Held { tree, closed, budgets, requests })
    }

    /// Every budget that money may pass: the tree, what lies above it, and the successors with what lies above them.
    async fn passed_by(
        self,
        tx: &mut dyn UnitOfWork,
        tree: &[BudgetId],
        command: &CloseBudgetTree,
    ) -> Result<Vec<BudgetId>, Failure<CloseBudgetTreeRefusal>> {
        let mut passed: BTreeSet<BudgetId> = tree.iter().copied().collect();
        passed.extend(tx.budget_line(command.id).await?);
        let mut seen = BTreeSet::new();
        for (budget, successor) in &command.successors {
            if !tree.contains(budget) {
                return Err(CloseBudgetTreeRefusal::NotInTree(*budget).into());
            }
            if !seen.insert(*budget) {
                return Err(CloseBudgetTreeRefusal::SuccessorTwice(*budget).into());
            }
            // What is passed already was looked up with all that lies above it.
            if passed.contains(successor) {
                continue;
            }
            let line = tx.budget_line(*successor).await?;
            if line.is_empty() {
                return Err(CloseBudgetTreeRefusal::UnknownSuccessor(*successor).into());
            }
            passed.extend(line);
        }
        Ok(passed.into_iter().collect())
    }

    /// What was closed in one go with a budget at the top, the lowest first.
    async fn closed_with(
        self,
        tx: &mut dyn UnitOfWork,
        top: &BudgetClosing,
    ) -> Result<Vec<BudgetClosing>, Fault> {
        let tree = tx.tree_of(top.budget).await?;
        let mut closings = tx.closings_of(&tree).await?;
        closings.retain(|closing| (closing.at, closing.by) == (top.at, top.by));
        let depth = |closing: &BudgetClosing| tree.iter().position(|id| *id == closing.budget);
        closings.sort_by_key(|closing| std::cmp::Reverse(depth(closing)));
        Ok(closings)
    }
}
