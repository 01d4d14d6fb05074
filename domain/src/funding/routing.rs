//! Steps whose approver may not decide them any more, and who decides them instead (F8, F11).
//!
//! An approver leaves, goes away, becomes the requester, or loses what made them one: the reporting line, the headship, the
//! budget, the role. The step then follows its rule once more, as it did at submission, on the organization as it is now. What
//! was given away stays there: a step does not return to somebody who comes back.

mod concern;
mod due;

pub use concern::Concerned;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::kernel::{ApprovalStepId, EmployeeId, Fault, FundingRequestId};
use crate::organization::{Employee, EmploymentStatus};

use super::policy::ChainContext;
use super::{ApprovalStep, Capacity, FundingRequest, PolicyRules, RequestStatus, StepNotice};

/// Why a step cannot stay with whom it was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RerouteReason {
    /// They have left.
    Left,
    /// They are away, and nobody stands in.
    Away,
    /// It is their own request now.
    OwnRequest,
    /// They do not stand to the request any more as the step says.
    RelationLost,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Routed {
    /// It goes to somebody else.
    To { step: ApprovalStepId, from: EmployeeId, to: EmployeeId, capacity: Capacity, reason: RerouteReason },
    /// Nobody else can be found. It is told once.
    Nowhere { step: ApprovalStepId, assignee: EmployeeId, reason: RerouteReason },
    /// Its assignee is reminded that it is due, soon or now.
    Reminded { step: ApprovalStepId, assignee: EmployeeId, notice: StepNotice, due_at: DateTime<Utc> },
    /// It goes up, because it is overdue.
    Escalated {
        step: ApprovalStepId,
        from: EmployeeId,
        to: EmployeeId,
        capacity: Capacity,
        due_at: DateTime<Utc>,
    },
    /// It is overdue, and nobody is next in line. It is told once.
    Overdue { step: ApprovalStepId, assignee: EmployeeId, due_at: DateTime<Utc> },
    /// Nobody else could be found, but whom it was for may decide it again.
    Restored,
}

impl Routed {
    /// Whether HR is told.
    pub(super) fn is_for_hr(&self) -> bool {
        matches!(self, Self::Nowhere { .. } | Self::Overdue { .. })
    }
}

/// What looking after approvals did.
#[derive(Debug, Default)]
pub struct RoutedApprovals {
    /// Steps that went to somebody else.
    pub rerouted: u64,
    /// Steps for which nobody could be found.
    pub stranded: u64,
    /// Steps that went up because they were overdue.
    pub escalated: u64,
    /// Steps that are overdue with nobody next in line.
    pub overdue: u64,
    /// Reminders.
    pub reminded: u64,
    /// Requests that could not be looked at, with what stood in the way.
    pub failed: Vec<(FundingRequestId, Fault)>,
}

/// What open steps are held against: the rules they follow, and the organization as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Routing<'a> {
    pub rules: &'a PolicyRules,
    pub context: ChainContext<'a>,
    /// Those of the approvers in whose name somebody else decides today.
    pub covered: &'a [EmployeeId],
    /// Who has decided steps of the request.
    pub decided: &'a [EmployeeId],
    pub at: DateTime<Utc>,
}

impl Routing<'_> {
    /// Why a step cannot stay where it is, if so.
    fn objection(&self, step: &ApprovalStep) -> Option<RerouteReason> {
        let assignee = step.assignee;
        if assignee == self.context.requester {
            return Some(RerouteReason::OwnRequest);
        }
        let asked = self.context.asked_by(self.rules, step.rule);
        let holds = |(person, capacity): &&(&Employee, Capacity)| {
            person.id() == assignee && *capacity == step.capacity
        };
        let Some((person, _)) = asked.iter().find(holds) else { return Some(RerouteReason::RelationLost) };
        if person.employment.status == EmploymentStatus::Left {
            return Some(RerouteReason::Left);
        }
        let here = self.context.may_decide(person) || self.covered.contains(&assignee);
        (!here).then_some(RerouteReason::Away)
    }

    /// Who decides a step instead: the first choice of its rule who may, and under four eyes holds no other step (F9).
    fn successor(&self, steps: &[ApprovalStep], step: &ApprovalStep) -> Option<(EmployeeId, Capacity)> {
        self.first_after(0, steps, step)
    }

    /// Who comes after its assignee among the choices of a step's rule.
    pub(super) fn next_in_line(
        &self,
        steps: &[ApprovalStep],
        step: &ApprovalStep,
    ) -> Option<(EmployeeId, Capacity)> {
        let asked = self.context.asked_by(self.rules, step.rule);
        let held = |(person, capacity): &(&Employee, Capacity)| {
            person.id() == step.assignee && *capacity == step.capacity
        };
        let place = asked.iter().position(held).map_or(0, |place| place.saturating_add(1));
        self.first_after(place, steps, step)
    }

    /// The first of a rule's choices from a place on who may decide a step that is somebody else's now.
    fn first_after(
        &self,
        place: usize,
        steps: &[ApprovalStep],
        step: &ApprovalStep,
    ) -> Option<(EmployeeId, Capacity)> {
        let twice = self.rules.one_person_may_decide_twice;
        let others = || steps.iter().filter(|other| other.id != step.id && other.is_open());
        let taken = |id: EmployeeId| self.decided.contains(&id) || others().any(|other| other.assignee == id);
        let asked = self.context.asked_by(self.rules, step.rule);
        let next = asked.iter().skip(place).filter(|(person, _)| self.context.may_decide(person));
        let mut next = next.filter(|(person, _)| person.id() != step.assignee);
        next.find(|(person, _)| twice || !taken(person.id()))
            .map(|(person, capacity)| (person.id(), *capacity))
    }
}

impl FundingRequest {
    /// Gives the open steps whose approver may not decide them any more to those who may.
    pub(super) fn reroute(&mut self, steps: &mut [ApprovalStep], routing: Routing<'_>) -> Vec<Routed> {
        if self.status != RequestStatus::Submitted {
            return Vec::new();
        }
        let mut routed = Vec::new();
        for place in 0..steps.len() {
            let Some(step) = steps.get(place).filter(|step| step.is_open()) else { continue };
            let objection = routing.objection(step);
            let successor = objection.and_then(|_| routing.successor(steps, step));
            if let Some(step) = steps.get_mut(place) {
                routed.extend(step.route(objection, successor, routing.at));
            }
        }
        if !routed.is_empty() {
            self.touch();
        }
        routed
    }
}

impl ApprovalStep {
    /// Acts on what speaks against its assignee and on who could decide instead.
    fn route(
        &mut self,
        objection: Option<RerouteReason>,
        successor: Option<(EmployeeId, Capacity)>,
        at: DateTime<Utc>,
    ) -> Option<Routed> {
        let (step, from) = (self.id, self.assignee);
        match (objection, successor) {
            (None, _) => self.stranded_at.take().map(|_| Routed::Restored),
            (Some(reason), Some((to, capacity))) => {
                self.hand_over(to, capacity, at);
                Some(Routed::To { step, from, to, capacity, reason })
            }
            (Some(reason), None) if self.stranded_at.is_none() => {
                self.stranded_at = Some(at);
                Some(Routed::Nowhere { step, assignee: from, reason })
            }
            (Some(_), None) => None,
        }
    }
}

#[cfg(test)]
mod tests;
