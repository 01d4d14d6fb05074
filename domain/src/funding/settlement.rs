//! After the decision: booking the place, paying for it, giving it up, getting money back.

mod refusal;

use chrono::NaiveDate;

use crate::kernel::{Fault, Money};

use super::posting::{Posting, Remarks, Stamp};
use super::{
    Budget, Change, EntryKind, FundingRequest, HoursChange, LedgerEntry, PostingRefusal, RequestStatus,
};

pub use refusal::{CancelRefusal, CommitRefusal, RefundRefusal, SettleRefusal};

impl FundingRequest {
    /// What of the settled price has not come back.
    pub fn spent(&self) -> i64 {
        let back = self.refunded.minor().saturating_add(self.recovered.minor());
        self.settled.map_or(0, |settled| settled.minor().saturating_sub(back))
    }

    /// What the budget holds for it, once it is approved: the amount that was decided, or what the place was booked at.
    pub fn promised(&self) -> Money {
        self.committed.unwrap_or(self.amount)
    }

    /// Whether the budget holds in its layers what the request says it holds. If not, something wrote past the
    /// ledger, and booking on top would hide it.
    pub(super) fn check_held(&self, budget: &Budget) -> Result<(), Fault> {
        let amount = self.promised().minor();
        let (held, needed, layer) = match self.status {
            RequestStatus::Approved => (budget.balance.reserved, amount, "reserved"),
            RequestStatus::Committed => (budget.balance.committed, amount, "committed"),
            RequestStatus::Settled => (budget.balance.spent, self.spent(), "spent"),
            _ => return Ok(()),
        };
        if held >= needed {
            return Ok(());
        }
        Err(Fault::inconsistent(format!(
            "{} has {held} {layer}, but {} alone stands for {needed}; run the verification",
            budget.id, self.id
        )))
    }

    /// The place is booked, at the approved amount unless another price is given. The difference is released, or taken
    /// from what is available as far above as is tolerated, in minor units.
    pub(super) fn commit(
        &mut self,
        budget: &mut Budget,
        (price, tolerated): (Option<Money>, i64),
        (order_number, starts_on): (Option<String>, Option<NaiveDate>),
        stamp: &Stamp<'_>,
    ) -> Result<Vec<LedgerEntry>, CommitRefusal> {
        if self.status != RequestStatus::Approved {
            return Err(CommitRefusal::NotApproved(self.status));
        }
        self.check_start(starts_on)?;
        let price = price.map(|price| self.checked_price(price, tolerated)).transpose()?;
        let price = price.unwrap_or(self.amount);
        let mut entries: Vec<LedgerEntry> = self.drift(budget, price, stamp)?.into_iter().collect();
        let committed = price.minor();
        let change = Change { reserved: committed.saturating_neg(), committed, ..Change::default() };
        let remarks = Remarks { document: order_number.clone(), ..Remarks::default() };
        entries.push(self.post(budget, EntryKind::Commit, change, remarks, stamp)?);
        (self.order_number, self.starts_on) = (order_number, starts_on);
        self.committed = Some(price);
        self.committed_at = Some(stamp.at);
        self.move_to(RequestStatus::Committed);
        Ok(entries)
    }

    /// The price is known. What it leaves of the commitment is available again; what it needs beyond is taken from what
    /// is available as far above as is tolerated, in minor units.
    pub(super) fn settle(
        &mut self,
        budget: &mut Budget,
        (price, tolerated): (Money, i64),
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<Vec<LedgerEntry>, SettleRefusal> {
        if self.status != RequestStatus::Committed {
            return Err(SettleRefusal::NotCommitted(self.status));
        }
        self.check_proof()?;
        let price = self.checked_price(price, tolerated)?;
        // SPEND frees by itself what the price leaves over.
        let needed = if price.minor() > self.promised().minor() { price } else { self.promised() };
        let mut entries: Vec<LedgerEntry> = self.drift(budget, needed, stamp)?.into_iter().collect();
        let committed = needed.minor().saturating_neg();
        let change = Change { committed, spent: price.minor(), ..Change::default() };
        let spend = self.post(budget, EntryKind::Spend, change, remarks, stamp)?;
        self.settled_on = Some(spend.effective_on);
        entries.push(spend);
        self.settled = Some(price);
        self.settled_at = Some(stamp.at);
        self.move_to(RequestStatus::Settled);
        Ok(entries)
    }

    /// It is given up; the promise is released.
    pub(super) fn cancel(
        &mut self,
        budget: &mut Budget,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, CancelRefusal> {
        if !self.status.is_promised() {
            return Err(CancelRefusal::NotPromised(self.status));
        }
        let entry = self.release(budget, remarks, stamp)?;
        self.ended_at = Some(stamp.at);
        self.move_to(RequestStatus::Canceled);
        Ok(entry)
    }

    /// Money comes back from the provider, all of it or a part.
    pub(super) fn refund(
        &mut self,
        budget: &mut Budget,
        amount: Money,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, RefundRefusal> {
        let entry = self.take_back(budget, (EntryKind::Refund, amount), remarks, stamp)?;
        self.refunded = budget.money(self.refunded.minor().saturating_add(amount.minor()));
        Ok(entry)
    }

    /// The employee pays back, all of it or a part.
    pub(super) fn recover(
        &mut self,
        budget: &mut Budget,
        amount: Money,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, RefundRefusal> {
        let entry = self.take_back(budget, (EntryKind::Recover, amount), remarks, stamp)?;
        self.recovered = budget.money(self.recovered.minor().saturating_add(amount.minor()));
        Ok(entry)
    }

    fn take_back(
        &mut self,
        budget: &mut Budget,
        (kind, amount): (EntryKind, Money),
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, RefundRefusal> {
        if self.status != RequestStatus::Settled {
            return Err(RefundRefusal::NotSettled(self.status));
        }
        let (given, expected) = (amount.currency(), self.amount.currency());
        if given != expected {
            return Err(RefundRefusal::CurrencyMismatch { given, expected });
        }
        if !amount.is_positive() {
            return Err(RefundRefusal::NotPositive(amount));
        }
        let left = budget.money(self.spent());
        if amount.minor() > left.minor() {
            return Err(RefundRefusal::AboveSpent { given: amount, left });
        }
        let change = Change { spent: amount.minor().saturating_neg(), ..Change::default() };
        let entry = self.post(budget, kind, change, remarks, stamp)?;
        self.touch();
        Ok(entry)
    }

    /// Takes its promise off a budget.
    pub(super) fn release(
        &self,
        budget: &mut Budget,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        let promised = self.promised().minor().saturating_neg();
        let change = match self.status {
            RequestStatus::Committed => Change { committed: promised, ..Change::default() },
            _ => Change { reserved: promised, ..Change::default() },
        };
        self.post(budget, EntryKind::Release, change, remarks, stamp)
    }

    /// What an entry of a kind about it does to learning hours, as far as it has come.
    pub(super) fn hours_moved_by(&self, kind: EntryKind) -> HoursChange {
        let hours = self.offer.hours();
        let less = hours.saturating_neg();
        let none = HoursChange::default();
        match (kind, self.status) {
            (EntryKind::Reserve, _) => HoursChange { reserved: hours, ..none },
            (EntryKind::Commit, _) => HoursChange { reserved: less, committed: hours, ..none },
            (EntryKind::Spend, _) => HoursChange { committed: less, spent: hours, ..none },
            (EntryKind::Release, RequestStatus::Committed) => HoursChange { committed: less, ..none },
            (EntryKind::Release, _) => HoursChange { reserved: less, ..none },
            // What money does afterwards gives no time back.
            _ => none,
        }
    }

    pub(super) fn post(
        &self,
        budget: &mut Budget,
        kind: EntryKind,
        change: Change,
        remarks: Remarks,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        budget.post(Posting::new(kind, change).about(self).remarking(remarks), stamp)
    }
}
