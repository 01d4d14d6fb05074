//! Deciding: what was decided, by whom, and on what grounds.

mod finding;
mod list;
mod refusal;

pub use finding::{Finding, Shown};
pub(super) use list::check_list;
pub use list::{DecideRefusal, Decided, DecisionOutcome, DecisionRefusal, DecisionResult};
pub use refusal::{ApproveRefusal, RejectRefusal};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::kernel::{ApprovalStepId, DecisionId, EmployeeId, FundingRequestId, TypedId};
use crate::organization::Employee;

use super::expiry::last_reserved_day;
use super::posting::{Posting, Stamp};
use super::step::{OpenStep, pass_on, skip_rest};
use super::{
    ApprovalConditions, ApprovalStep, Budget, Capacity, Change, EntryKind, FundingRequest, LearningLoad,
    LedgerEntry, PolicyRules, PostingRefusal, RequestStatus, RequestedChange, TaxShare,
};

/// What one person decided about one step, or the policy about a request as a whole. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The request.
    pub request: FundingRequestId,
    /// The step; none where the policy decided.
    pub step: Option<ApprovalStepId>,
    /// Who decided; none where the policy did.
    pub by: Option<EmployeeId>,
    /// In whose name, when it was not their own (F10).
    pub on_behalf_of: Option<EmployeeId>,
    /// In which capacity.
    pub capacity: Capacity,
    /// What.
    pub verdict: Verdict,
    /// What it depends on, when it is a yes under conditions.
    pub conditions: ApprovalConditions,
    /// What is to be changed, as far as that was pointed at, when the request is handed back.
    pub changes: Vec<RequestedChange>,
    /// In their words; always there unless it is a yes.
    pub note: Option<String>,
    /// The version of the funding policy that was followed.
    pub policy_version: i32,
    /// Whether it was said with a link.
    pub by_link: bool,
    /// What they saw.
    pub shown: Shown,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Yes.
    Approve,
    /// Yes, if something more is kept to.
    ApproveWithConditions,
    /// Not yet: something is to be changed first.
    RequestChanges,
    /// No, for a reason.
    Reject(RejectionReason),
}

impl Verdict {
    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approve => "APPROVE",
            Self::ApproveWithConditions => "APPROVE_WITH_CONDITIONS",
            Self::RequestChanges => "REQUEST_CHANGES",
            Self::Reject(_) => "REJECT",
        }
    }

    /// Why not, when it is a no.
    pub fn reason(self) -> Option<RejectionReason> {
        match self {
            Self::Approve | Self::ApproveWithConditions | Self::RequestChanges => None,
            Self::Reject(reason) => Some(reason),
        }
    }
}

/// Why an approver says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RejectionReason {
    /// It does not serve the work.
    NotRelevant,
    /// It costs too much for what it is.
    TooExpensive,
    /// Another time would be better.
    WrongTime,
    /// The person carries enough already.
    Workload,
    /// Another course does the same for less, or does it better.
    BetterAlternative,
    /// Something else; the text says what.
    Other,
}

impl RejectionReason {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::NotRelevant,
        Self::TooExpensive,
        Self::WrongTime,
        Self::Workload,
        Self::BetterAlternative,
        Self::Other,
    ];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotRelevant => "NOT_RELEVANT",
            Self::TooExpensive => "TOO_EXPENSIVE",
            Self::WrongTime => "WRONG_TIME",
            Self::Workload => "WORKLOAD",
            Self::BetterAlternative => "BETTER_ALTERNATIVE",
            Self::Other => "OTHER",
        }
    }

    /// The reason with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// Who decides, and by which rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decider<'a> {
    pub person: &'a Employee,
    /// In whose name they decide today.
    pub delegators: &'a [EmployeeId],
    /// Who has decided earlier steps of the request.
    pub earlier: &'a [EmployeeId],
    pub rules: &'a PolicyRules,
    /// What the request takes of the tax buckets of its person.
    pub tax: &'a [TaxShare],
    /// What runs for its person, where the rules limit that.
    pub load: LearningLoad,
    /// Whether whom the step waits for no longer stands to the request as it asks.
    pub relation_lost: bool,
}

/// A yes, in the words of whoever says it.
#[derive(Debug, Clone, Default)]
pub(super) struct Assent {
    pub note: Option<String>,
    pub conditions: Option<ApprovalConditions>,
}

impl FundingRequest {
    /// Says yes to the step whose turn it is. The last yes approves the request and reserves the money (F4); the
    /// answer then brings the entry along.
    pub(super) fn approve(
        &mut self,
        steps: &mut [ApprovalStep],
        budget: &mut Budget,
        decider: Decider<'_>,
        assent: Assent,
        stamp: &Stamp<'_>,
    ) -> Result<(Decision, Option<LedgerEntry>), ApproveRefusal> {
        let open = self.open_step(steps, decider)?;
        let asked = assent.conditions.map(|conditions| conditions.on(self, stamp.today)).transpose()?;
        let verdict = if asked.is_some() { Verdict::ApproveWithConditions } else { Verdict::Approve };
        let conditions = asked.unwrap_or_default();
        let shown = Shown::of(self, budget, decider.rules, (decider.tax, decider.load));
        let mut after = self.under(&conditions);
        let decision =
            Decision { conditions, ..self.decision(Some(open), verdict, assent.note, shown, stamp) };
        let last = steps.iter().all(|step| step.position <= open.position);
        if !last {
            pass_on(steps, open.position, stamp.at);
            after.touch();
            *self = after;
            return Ok((decision, None));
        }
        let entry = after.reserve(budget, decider.rules, stamp)?;
        *self = after;
        pass_on(steps, open.position, stamp.at);
        Ok((decision, Some(entry)))
    }

    /// Is approved by the policy itself, and reserves the money in the same breath (F4). No person decided or booked.
    pub(super) fn approve_by_policy(
        &mut self,
        budget: &mut Budget,
        rules: &PolicyRules,
        stamp: Stamp<'_>,
    ) -> Result<(Decision, LedgerEntry), PostingRefusal> {
        let stamp = Stamp { by: None, ..stamp };
        let shown = Shown::of(self, budget, rules, (&[], LearningLoad::default()));
        let decision = self.decision(None, Verdict::Approve, None, shown, &stamp);
        Ok((decision, self.reserve(budget, rules, &stamp)?))
    }

    fn reserve(
        &mut self,
        budget: &mut Budget,
        rules: &PolicyRules,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        let change = Change { reserved: self.amount.minor(), ..Change::default() };
        let entry = budget.post(Posting::new(EntryKind::Reserve, change).about(self), stamp)?;
        self.decided_at = Some(stamp.at);
        self.reserved_until = Some(last_reserved_day(stamp.today, rules.days_reserved()));
        self.move_to(RequestStatus::Approved);
        Ok(entry)
    }

    /// Says no. One no ends the request.
    pub(super) fn reject(
        &mut self,
        steps: &mut [ApprovalStep],
        budget: &Budget,
        decider: Decider<'_>,
        (reason, text): (RejectionReason, String),
        stamp: &Stamp<'_>,
    ) -> Result<Decision, RejectRefusal> {
        let open = self.open_step(steps, decider)?;
        let shown = Shown::of(self, budget, decider.rules, (decider.tax, decider.load));
        let decision = self.decision(Some(open), Verdict::Reject(reason), Some(text), shown, stamp);
        pass_on(steps, open.position, stamp.at);
        skip_rest(steps);
        self.decided_at = Some(stamp.at);
        self.move_to(RequestStatus::Rejected);
        Ok(decision)
    }

    /// Hands the request back to whoever asked: something is to be changed. It waits for them, and no money moves.
    pub(super) fn request_changes(
        &mut self,
        steps: &mut [ApprovalStep],
        budget: &Budget,
        decider: Decider<'_>,
        (changes, text): (Vec<RequestedChange>, String),
        stamp: &Stamp<'_>,
    ) -> Result<Decision, RejectRefusal> {
        let open = self.open_step(steps, decider)?;
        let shown = Shown::of(self, budget, decider.rules, (decider.tax, decider.load));
        let decision = self.decision(Some(open), Verdict::RequestChanges, Some(text), shown, stamp);
        pass_on(steps, open.position, stamp.at);
        skip_rest(steps);
        self.move_to(RequestStatus::ChangesRequested);
        Ok(Decision { changes: RequestedChange::in_order(&changes), ..decision })
    }

    fn decision(
        &self,
        open: Option<OpenStep>,
        verdict: Verdict,
        note: Option<String>,
        shown: Shown,
        stamp: &Stamp<'_>,
    ) -> Decision {
        Decision {
            id: DecisionId::from_uuid(stamp.ids.next()),
            request: self.id,
            step: open.map(|open| open.step),
            by: open.map(|open| open.by),
            on_behalf_of: open.and_then(|open| open.on_behalf_of),
            capacity: open.map_or(Capacity::Policy, |open| open.capacity),
            verdict,
            conditions: ApprovalConditions::default(),
            changes: Vec::new(),
            note,
            policy_version: self.policy_version,
            by_link: false,
            shown,
            at: stamp.at,
        }
    }
}

#[cfg(test)]
mod tests;
