//! What can be done with budgets and requests, and what all of it shares.

mod budgets;
mod bulk;
mod changes;
mod circumstances;
mod closing;
mod closing_tree;
mod comments;
mod decisions;
mod delegations;
mod exchange;
mod expiry;
mod giving_up;
mod hours;
mod links;
mod money;
mod owners;
mod policies;
mod requests;
mod routing;
mod settlement;
mod standing;

pub(super) use circumstances::{Purpose, calendar_year};

pub use budgets::{ChangeBudget, ChangeBudgetStatus, CreateBudget};
pub use bulk::{AskedVerdict, DecideFundingRequests, DecisionOnRequest};
pub use changes::ResubmitFundingRequest;
pub use closing::CloseBudget;
pub use closing_tree::CloseBudgetTree;
pub use comments::CommentOnFundingRequest;
pub use decisions::{ApproveFundingRequest, RejectFundingRequest, RequestFundingChanges};
pub use delegations::DelegateApprovals;
pub use exchange::{ImportExchangeRates, RateReport, RateResult, SetExchangeRates, WithdrawExchangeRate};
pub use expiry::ExtendReservation;
pub use hours::SetLearningHours;
pub use links::{IssueActionLinks, RedeemActionLink};
pub use money::{AdjustBudget, AllocateBudget, TransferBudget};
pub use owners::{AddBudgetOwner, AddBudgetOwnerRefusal, RemoveBudgetOwner, RemoveBudgetOwnerRefusal};
pub use policies::{
    ChangeFundingPolicy, DiscardFundingPolicy, DraftFundingPolicy, DraftSource, PublishFundingPolicy,
};
pub use requests::{SubmitFundingRequest, WithdrawFundingRequest};
pub(crate) use settlement::PriceKnown;
pub use settlement::{
    CancelFundingRequest, CommitFundingRequest, RecoverFunding, RefundFundingRequest, SettleFundingRequest,
};

use crate::access::{Action, Actor, Relation, policy};
use crate::app::{Core, Keyed};
use crate::kernel::{BudgetId, EmployeeId, Fault, FundingRequestId, Text, TextError};
use crate::store::UnitOfWork;

use super::posting::Stamp;
use super::step::waiting;
use super::{ApprovalStep, Budget, FundingRequest, LedgerEntry};

/// The use cases of budgets and requests.
#[derive(Clone, Copy)]
pub struct Funding<'a> {
    pub(super) core: &'a Core,
}

/// Which request, as it was seen, and what is asked with which key.
struct Asked<'a, C> {
    id: FundingRequestId,
    expected_version: Option<i32>,
    keyed: Keyed<'a, C>,
}

impl<'a> Funding<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// Who books, when: the actor, now, on the employer's calendar.
    async fn stamp(self, tx: &mut dyn UnitOfWork, actor: &Actor) -> Result<Stamp<'a>, Fault> {
        let at = self.core.clock.now();
        let employer = tx.employer().await?;
        let today = employer.day_of(at);
        Ok(Stamp {
            ids: self.core.ids.as_ref(),
            by: actor.employee(),
            at,
            today,
            time_zone: employer.time_zone,
        })
    }

    /// A budget, locked.
    async fn lock_budget(self, tx: &mut dyn UnitOfWork, id: BudgetId) -> Result<Budget, Fault> {
        tx.lock_budgets(&[id]).await?.pop().ok_or_else(|| Fault::not_found(id))
    }

    /// A request with its steps, locked, for somebody who stands in a relation to it that allows the action. To those
    /// who may not see it, it is not there.
    async fn open(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        action: Action,
        id: FundingRequestId,
    ) -> Result<(FundingRequest, Vec<ApprovalStep>), Fault> {
        let request = tx.lock_request(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let steps = tx.steps_of(id).await?;
        let relations = request.relations(actor, &steps);
        if policy::basis(actor, action, &relations).is_none() {
            let relations = [relations, self.relations_beyond(tx, actor, (&request, &steps)).await?].concat();
            if policy::basis(actor, Action::ReadFundingRequest, &relations).is_none() {
                return Err(Fault::not_found(id));
            }
            policy::require(actor, action, &relations)?;
        }
        Ok((request, steps))
    }

    /// A request, locked, for a capability that builds on it. To those who may not see it, it is not there.
    pub(crate) async fn visible_request(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        id: FundingRequestId,
    ) -> Result<FundingRequest, Fault> {
        Ok(self.open(tx, actor, Action::ReadFundingRequest, id).await?.0)
    }

    /// How the actor stands to a request by the reporting line, the budget, and those in whose name they decide.
    async fn relations_beyond(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (request, steps): (&FundingRequest, &[ApprovalStep]),
    ) -> Result<Vec<Relation>, Fault> {
        let Some(person) = actor.employee() else { return Ok(Vec::new()) };
        let manages = tx.line_above(request.employee).await?.iter().any(|manager| manager.id() == person);
        let owns = tx.owners_of(request.budget).await?.contains(&person);
        let stands_in = match waiting(steps) {
            Some(step) => self.delegators(tx, person).await?.contains(&step.assignee),
            None => false,
        };
        let relations = [
            (manages, Relation::LineManager),
            (owns, Relation::BudgetOwner),
            (stands_in, Relation::Approver),
        ];
        Ok(relations.into_iter().filter(|(holds, _)| *holds).map(|(_, relation)| relation).collect())
    }

    /// In whose name somebody decides today.
    async fn delegators(self, tx: &mut dyn UnitOfWork, person: EmployeeId) -> Result<Vec<EmployeeId>, Fault> {
        let today = tx.employer().await?.day_of(self.core.clock.now());
        tx.delegators_of(person, today).await
    }

    /// Keeps what was booked on one budget.
    async fn save_booked(
        self,
        tx: &mut dyn UnitOfWork,
        budget: &Budget,
        entries: &[LedgerEntry],
    ) -> Result<(), Fault> {
        if entries.is_empty() {
            return Ok(());
        }
        tx.save_budgets(std::slice::from_ref(budget)).await?;
        tx.append_ledger(entries).await
    }
}

/// The number of a document in another system.
fn number(text: &str) -> Result<Text, TextError> {
    Text::line(text, 100)
}
