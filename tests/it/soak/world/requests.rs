//! What is done with requests after their submission.

use std::sync::PoisonError;

use chrono::Days;
use upskill_domain::funding::{
    ApprovalConditions, ApproveFundingRequest, AskedVerdict, CancelFundingRequest, CommitFundingRequest,
    DecideFundingRequests, DecisionOnRequest, ExtendReservation, FundingRequest, ReasonCode, RecoverFunding,
    RefundFundingRequest, RejectFundingRequest, RejectionReason, RequestFundingChanges,
    ResubmitFundingRequest, SettleFundingRequest, WithdrawFundingRequest,
};
use upskill_domain::journal::IdempotencyKey;
use upskill_domain::kernel::{FundingRequestId, Money};

use super::{Deed, Kind, Outcome, World, outcome};

impl World {
    /// What is done with a request after its submission.
    pub(super) async fn follow_up(&self, deed: Deed, request: &FundingRequest) -> Outcome {
        let (funding, expected_version, finance, id) = (self.app.funding(), None, &self.finance, request.id);
        // Mostly a part of what was approved, sometimes more.
        let part = |percent: i64| Self::money(request.amount.minor() * (deed.amount % percent) / 100);
        // Every other command carries a key, so that it meets itself again.
        let text = format!("{:?}-{id}-{}", deed.kind, deed.amount % 2);
        let key = deed.who.is_multiple_of(2).then(|| IdempotencyKey::parse(&text).expect("a key"));
        match deed.kind {
            Kind::Withdraw => {
                let asker = self.people.iter().find(|person| person.employee() == Some(request.employee));
                let command = WithdrawFundingRequest { id, expected_version };
                outcome("withdraw", funding.withdraw_request(asker.unwrap_or(finance), command).await)
            }
            Kind::Resubmit => self.resubmit(deed, request, key).await,
            Kind::Decide | Kind::DecideOutOfTurn | Kind::DecideList => self.decide(deed, request).await,
            Kind::Commit => {
                let price = deed.other.is_multiple_of(3).then(|| part(115));
                let command = CommitFundingRequest {
                    key,
                    id,
                    price,
                    order_number: None,
                    starts_on: None,
                    expected_version,
                };
                outcome("commit", funding.commit_request(finance, command).await)
            }
            Kind::Settle => {
                let (invoice_number, effective_on) = (None, None);
                let command = SettleFundingRequest {
                    key,
                    id,
                    price: part(115),
                    invoice_number,
                    proof: None,
                    effective_on,
                    expected_version,
                };
                outcome("settle", funding.settle_request(finance, command).await)
            }
            Kind::Cancel => {
                let reason = ReasonCode::CourseCanceled;
                let command = CancelFundingRequest { key, id, reason, note: None, expected_version };
                outcome("cancel", funding.cancel_request(finance, command).await)
            }
            Kind::Refund | Kind::Recover => self.bring_back(deed, (id, part(40)), key).await,
            _ => {
                let days = Days::new(u64::try_from(deed.other % 31).unwrap_or(0) + 60);
                let reserved_until = self.today().checked_add_days(days).expect("a day");
                let command = ExtendReservation { key, id, reserved_until, expected_version };
                let actor = if deed.other.is_multiple_of(2) { finance } else { self.person(deed.who) };
                outcome("extend", funding.extend_reservation(actor, command).await)
            }
        }
    }

    /// Whoever asked answers with another price.
    async fn resubmit(&self, deed: Deed, request: &FundingRequest, key: Option<IdempotencyKey>) -> Outcome {
        let asker = self.people.iter().find(|person| person.employee() == Some(request.employee));
        let command = ResubmitFundingRequest {
            key,
            id: request.id,
            course: None,
            quote: Some(Self::money(deed.amount)),
            co_funding: None,
            budget: deed.other.is_multiple_of(3).then(|| self.budget(deed.what)),
            program: None,
            purpose: None,
            expected_version: None,
        };
        let next = self.app.funding().resubmit_request(asker.unwrap_or(&self.finance), command).await;
        if let Ok(request) = &next {
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request.id);
        }
        outcome("resubmit", next)
    }

    /// Money of a settled request comes back.
    async fn bring_back(
        &self,
        deed: Deed,
        (id, amount): (FundingRequestId, Money),
        key: Option<IdempotencyKey>,
    ) -> Outcome {
        let (funding, finance, expected_version) = (self.app.funding(), &self.finance, None);
        if deed.kind == Kind::Refund {
            let (reason, note, credit_note_number) = (ReasonCode::PriceCorrected, None, None);
            let command = RefundFundingRequest {
                key,
                id,
                amount,
                reason,
                note,
                credit_note_number,
                effective_on: None,
                expected_version,
            };
            return outcome("refund", funding.refund_request(finance, command).await);
        }
        let (reason, note, effective_on) = (ReasonCode::EmployeeLeft, None, None);
        let command = RecoverFunding { key, id, amount, reason, note, effective_on, expected_version };
        outcome("recover", funding.recover_funding(finance, command).await)
    }

    async fn decide(&self, deed: Deed, request: &FundingRequest) -> Outcome {
        let id = request.id;
        let (funding, expected_version) = (self.app.funding(), None);
        let awaited = if deed.kind == Kind::DecideOutOfTurn { None } else { self.awaited(id).await };
        let actor = awaited.unwrap_or_else(|| self.person(deed.who));
        if deed.kind == Kind::DecideList {
            let mut ids = self.requests(deed.what);
            ids.truncate(4);
            let verdict = || AskedVerdict::Approve { note: None, conditions: None };
            let decision = |id| DecisionOnRequest { id, expected_version, verdict: verdict() };
            let command =
                DecideFundingRequests { key: None, decisions: ids.into_iter().map(decision).collect() };
            let decided = funding.decide_requests(actor, command).await;
            let results = decided.unwrap_or_else(|failure| panic!("decide a list: {failure:?}"));
            let outcomes = results.into_iter().map(|result| outcome("decide one of a list", result.decided));
            let done = outcomes.filter(|outcome| *outcome == Outcome::Done).count();
            return if done > 0 { Outcome::Done } else { Outcome::Refused };
        }
        if deed.other % 8 == 1 {
            let (reason, text) = (RejectionReason::Other, "soak".to_owned());
            let command = RejectFundingRequest { key: None, id, reason, text, expected_version };
            return outcome("reject", funding.reject_request(actor, command).await);
        }
        if deed.other % 8 == 3 {
            let (changes, text) = (Vec::new(), "soak".to_owned());
            let command = RequestFundingChanges { key: None, id, changes, text, expected_version };
            return outcome("request changes", funding.request_changes(actor, command).await);
        }
        // Every eighth yes is to a part of the amount, on top of what earlier steps left of it.
        let part = (deed.other % 8 == 2).then(|| {
            let amount = Money::new(request.amount.minor() * 3 / 4, request.amount.currency());
            ApprovalConditions { amount: amount.ok(), ..ApprovalConditions::default() }
        });
        let command = ApproveFundingRequest { key: None, id, conditions: part, note: None, expected_version };
        outcome("approve", funding.approve_request(actor, command).await)
    }
}
