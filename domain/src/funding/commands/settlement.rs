//! Booking, paying, giving up and getting money back.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{Failure, Fault, FundingRequestId, Money, Refusal, Text, check_version};

use super::{Asked, Funding, number};
use crate::funding::conditions::shown_proof;
use crate::funding::posting::{Remarks, Stamp};
use crate::funding::{
    Budget, CancelRefusal, CommitRefusal, FundingEvent, FundingRequest, LedgerEntry, PolicyRules, ReasonCode,
    RefundRefusal, SettleRefusal,
};
use crate::store::UnitOfWork;

/// An approved request whose place is booked.
#[derive(Debug, Clone, Serialize)]
pub struct CommitFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// What it costs, in the currency of the request or of its offer; the approved amount when not given.
    pub price: Option<Money>,
    /// The number of the order.
    pub order_number: Option<String>,
    /// The day on which the course starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// A committed request whose price is known.
#[derive(Debug, Clone, Serialize)]
pub struct SettleFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// What it cost in the end, in the currency of the request or of its offer; above what was approved only within the
    /// tolerance.
    pub price: Money,
    /// The number of the invoice.
    pub invoice_number: Option<String>,
    /// What was shown of what the approval asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// The day from which it counts; today when not given.
    pub effective_on: Option<NaiveDate>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// What is known of a price in the end.
pub(crate) struct PriceKnown {
    /// What it cost, in the currency of the request or of its offer.
    pub price: Money,
    /// The number of the invoice.
    pub invoice_number: Option<String>,
    /// What was shown of what the approval asks for.
    pub proof: Option<String>,
}

impl PriceKnown {
    /// How a request is settled by it, as of a day.
    fn settling(
        self,
        effective_on: Option<NaiveDate>,
    ) -> impl FnOnce(
        &mut FundingRequest,
        &mut Budget,
        &Stamp<'_>,
        &PolicyRules,
    ) -> Result<Vec<LedgerEntry>, SettleRefusal>
    + Send {
        move |request: &mut FundingRequest, budget: &mut Budget, stamp: &Stamp<'_>, rules: &PolicyRules| {
            let document = Text::optional(self.invoice_number.as_deref(), number);
            let document = document.map_err(SettleRefusal::InvalidInvoiceNumber)?;
            let proof = Text::optional(self.proof.as_deref(), shown_proof);
            request.proof = proof.map_err(SettleRefusal::InvalidProof)?;
            let remarks = Remarks { document, effective_on, ..Remarks::default() };
            request.settle(budget, (self.price, rules.tolerated(request.amount)), remarks, stamp)
        }
    }
}

/// An approved or committed request to give up.
#[derive(Debug, Clone, Serialize)]
pub struct CancelFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// Why.
    pub reason: ReasonCode,
    /// A remark.
    pub note: Option<String>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// Money that came back from the provider of a settled request.
#[derive(Debug, Clone, Serialize)]
pub struct RefundFundingRequest {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// How much; at most what has not come back yet.
    pub amount: Money,
    /// Why.
    pub reason: ReasonCode,
    /// A remark.
    pub note: Option<String>,
    /// The number of the credit note.
    pub credit_note_number: Option<String>,
    /// The day from which it counts; today when not given.
    pub effective_on: Option<NaiveDate>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// Money that the employee paid back for a settled request.
#[derive(Debug, Clone, Serialize)]
pub struct RecoverFunding {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// How much; at most what has not come back yet.
    pub amount: Money,
    /// Why.
    pub reason: ReasonCode,
    /// A remark.
    pub note: Option<String>,
    /// The day from which it counts; today when not given.
    pub effective_on: Option<NaiveDate>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl Funding<'_> {
    /// Commits the money of an approved request.
    pub async fn commit_request(
        self,
        actor: &Actor,
        command: CommitFundingRequest,
    ) -> Result<FundingRequest, Failure<CommitRefusal>> {
        let CommitFundingRequest { id, expected_version, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "commitFundingRequest", input: &command };
        let asked = Asked { id, expected_version, keyed };
        let commit =
            |request: &mut FundingRequest, budget: &mut Budget, stamp: &Stamp<'_>, rules: &PolicyRules| {
                let order = Text::optional(command.order_number.as_deref(), number);
                let order = order.map_err(CommitRefusal::InvalidOrderNumber)?;
                let price = (command.price, rules.tolerated(request.amount));
                request.commit(budget, price, (order, command.starts_on), stamp)
            };
        self.book(actor, asked, commit, committed).await
    }

    /// Commits the money of a locked request at the approved amount, in the transaction of the capability that takes the
    /// place. That the actor may take it is the capability's to say: the approval was for that.
    pub(crate) async fn commit_within(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        mut request: FundingRequest,
        starts_on: NaiveDate,
    ) -> Result<FundingRequest, Failure<CommitRefusal>> {
        let commit =
            |request: &mut FundingRequest, budget: &mut Budget, stamp: &Stamp<'_>, rules: &PolicyRules| {
                let price = (None, rules.tolerated(request.amount));
                request.commit(budget, price, (None, Some(starts_on)), stamp)
            };
        self.book_within(tx, actor, &mut request, commit, committed).await?;
        Ok(request)
    }

    /// Settles a committed request at its actual price; the rest is available again.
    pub async fn settle_request(
        self,
        actor: &Actor,
        command: SettleFundingRequest,
    ) -> Result<FundingRequest, Failure<SettleRefusal>> {
        let SettleFundingRequest { id, price, effective_on, expected_version, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "settleFundingRequest", input: &command };
        let asked = Asked { id, expected_version, keyed };
        let known = PriceKnown {
            price,
            invoice_number: command.invoice_number.clone(),
            proof: command.proof.clone(),
        };
        self.book(actor, asked, known.settling(effective_on), settled_at(price)).await
    }

    /// Settles a locked request that is committed, in the transaction of the capability that knows the price. That the
    /// actor may say so is the capability's to say.
    pub(crate) async fn settle_within(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        mut request: FundingRequest,
        known: PriceKnown,
    ) -> Result<FundingRequest, Failure<SettleRefusal>> {
        let price = known.price;
        self.book_within(tx, actor, &mut request, known.settling(None), settled_at(price)).await?;
        Ok(request)
    }

    /// Gives an approved or committed request up and releases its money.
    pub async fn cancel_request(
        self,
        actor: &Actor,
        command: CancelFundingRequest,
    ) -> Result<FundingRequest, Failure<CancelRefusal>> {
        let CancelFundingRequest { id, reason, expected_version, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "cancelFundingRequest", input: &command };
        let asked = Asked { id, expected_version, keyed };
        let cancel =
            |request: &mut FundingRequest, budget: &mut Budget, stamp: &Stamp<'_>, _: &PolicyRules| {
                let note = Text::optional(command.note.as_deref(), Text::note)
                    .map_err(CancelRefusal::InvalidNote)?;
                let reason = Some(reason.given()?);
                let remarks = Remarks { reason, note, ..Remarks::default() };
                request.cancel(budget, remarks, stamp).map(|entry| vec![entry])
            };
        let event = |request: &FundingRequest| FundingEvent::RequestCanceled {
            request: request.id,
            employee: request.employee,
            budget: request.budget,
            amount: request.amount,
            reason,
        };
        self.book(actor, asked, cancel, event).await
    }

    /// Books money that came back for a settled request.
    pub async fn refund_request(
        self,
        actor: &Actor,
        command: RefundFundingRequest,
    ) -> Result<FundingRequest, Failure<RefundRefusal>> {
        let RefundFundingRequest { id, amount, reason, expected_version, effective_on, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "refundFundingRequest", input: &command };
        let asked = Asked { id, expected_version, keyed };
        let refund =
            |request: &mut FundingRequest, budget: &mut Budget, stamp: &Stamp<'_>, _: &PolicyRules| {
                let note = Text::optional(command.note.as_deref(), Text::note)
                    .map_err(RefundRefusal::InvalidNote)?;
                let document = Text::optional(command.credit_note_number.as_deref(), number)
                    .map_err(RefundRefusal::InvalidCreditNoteNumber)?;
                let reason = Some(reason.given()?);
                let remarks = Remarks { reason, note, document, effective_on };
                request.refund(budget, amount, remarks, stamp).map(|entry| vec![entry])
            };
        let event = |request: &FundingRequest| FundingEvent::RequestRefunded {
            request: request.id,
            employee: request.employee,
            budget: request.budget,
            amount,
            reason,
        };
        self.book(actor, asked, refund, event).await
    }

    /// Books money that the employee paid back for a settled request.
    pub async fn recover_funding(
        self,
        actor: &Actor,
        command: RecoverFunding,
    ) -> Result<FundingRequest, Failure<RefundRefusal>> {
        let RecoverFunding { id, amount, reason, expected_version, effective_on, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "recoverFunding", input: &command };
        let asked = Asked { id, expected_version, keyed };
        let recover =
            |request: &mut FundingRequest, budget: &mut Budget, stamp: &Stamp<'_>, _: &PolicyRules| {
                let note = Text::optional(command.note.as_deref(), Text::note)
                    .map_err(RefundRefusal::InvalidNote)?;
                let reason = Some(reason.given()?);
                let remarks = Remarks { reason, note, effective_on, ..Remarks::default() };
                request.recover(budget, amount, remarks, stamp).map(|entry| vec![entry])
            };
        let event = |request: &FundingRequest| FundingEvent::RequestRecovered {
            request: request.id,
            employee: request.employee,
            budget: request.budget,
            amount,
            reason,
        };
        self.book(actor, asked, recover, event).await
    }

    /// What they all have in common: claim, lock the request and then its budget, let the request decide, keep it.
    async fn book<R, C>(
        self,
        actor: &Actor,
        asked: Asked<'_, C>,
        transition: impl FnOnce(
            &mut FundingRequest,
            &mut Budget,
            &Stamp<'_>,
            &PolicyRules,
        ) -> Result<Vec<LedgerEntry>, R>
        + Send,
        event: impl FnOnce(&FundingRequest) -> FundingEvent + Send,
    ) -> Result<FundingRequest, Failure<R>>
    where
        R: Refusal + From<Reused> + Send,
        C: Serialize + Sync,
    {
        policy::require(actor, Action::SettleFunding, &[])?;
        let Asked { id, expected_version, keyed } = asked;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let earlier = self.core.claim::<_, R>(&mut *tx, actor, keyed, id).await?;
        let mut request = tx.lock_request(id).await?.ok_or_else(|| Fault::not_found(id))?;
        if earlier.is_some() {
            return Ok(request);
        }
        check_version("request", expected_version, request.version)?;
        self.book_within(&mut *tx, actor, &mut request, transition, event).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// The same for a locked request in a transaction that goes on.
    async fn book_within<R: Refusal + Send>(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        request: &mut FundingRequest,
        transition: impl FnOnce(
            &mut FundingRequest,
            &mut Budget,
            &Stamp<'_>,
            &PolicyRules,
        ) -> Result<Vec<LedgerEntry>, R>
        + Send,
        event: impl FnOnce(&FundingRequest) -> FundingEvent + Send,
    ) -> Result<(), Failure<R>> {
        let stamp = self.stamp(tx, actor).await?;
        let policy = self.policy_of_request(tx, request).await?;
        let mut budget = self.lock_budget(tx, request.budget).await?;
        request.check_held(&budget)?;
        let entries = transition(request, &mut budget, &stamp, &policy.rules)?;
        tx.save_request(request).await?;
        self.save_booked(tx, &budget, &entries).await?;
        Ok(self.core.record(tx, actor, &[event(request)]).await?)
    }
}

fn committed(request: &FundingRequest) -> FundingEvent {
    FundingEvent::RequestCommitted {
        request: request.id,
        employee: request.employee,
        budget: request.budget,
        amount: request.promised(),
    }
}

fn settled_at(price: Money) -> impl FnOnce(&FundingRequest) -> FundingEvent + Send {
    move |request: &FundingRequest| FundingEvent::RequestSettled {
        request: request.id,
        employee: request.employee,
        budget: request.budget,
        amount: request.amount,
        price: request.settled.unwrap_or(price),
        invoiced: Some(price)
            .filter(|_| request.settled.is_none_or(|settled| settled.currency() != price.currency())),
    }
}
