//! Steps by their due date: reminders, and the way up when nobody decides (F11).
//!
//! Whoever is to decide is reminded some days before, as the policy says, and once more when the step is due. A day after that
//! it goes to the next in line, who has as many days. The former approver decides it no longer: two who may decide the same
//! thing wait for each other. Where nobody is next it stays, may still be decided, and HR is told.

use chrono::{DateTime, Utc};

use super::{Routed, Routing};
use crate::funding::step::after;
use crate::funding::{ApprovalStep, FundingRequest, RequestStatus, StepNotice, StepStatus};

/// Days after its due date in which a step may still be decided by whom it was due from.
const GRACE_DAYS: i32 = 1;

impl ApprovalStep {
    /// When its due date is next to be looked at, if ever.
    pub fn attend_at(&self) -> Option<DateTime<Utc>> {
        let due = self.due_at.filter(|_| self.status == StepStatus::Waiting)?;
        match self.notice {
            StepNotice::Nothing => Some(self.remind_at(due).unwrap_or(due)),
            StepNotice::DueSoon => Some(due),
            StepNotice::Due => Some(after(due, GRACE_DAYS)),
            StepNotice::Overdue => None,
        }
    }

    /// When it is said that the step is due soon, if that is not before its turn came.
    fn remind_at(&self, due: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let remind = after(due, self.remind_days_before.saturating_neg());
        (remind < due && self.waiting_since.is_some_and(|since| since < remind)).then_some(remind)
    }

    /// The notice that is to be given at an instant, if one is.
    fn notice_at(&self, at: DateTime<Utc>) -> Option<StepNotice> {
        self.attend_at().filter(|attend| *attend <= at)?;
        let due = self.due_at?;
        Some(match () {
            () if after(due, GRACE_DAYS) <= at => StepNotice::Overdue,
            () if due <= at => StepNotice::Due,
            () => StepNotice::DueSoon,
        })
    }
}

impl FundingRequest {
    /// Looks at the due date of the step that waits: reminds its assignee, or gives it to the next in line.
    pub(in crate::funding) fn attend(
        &mut self,
        steps: &mut [ApprovalStep],
        routing: Routing<'_>,
    ) -> Option<Routed> {
        if self.status != RequestStatus::Submitted {
            return None;
        }
        let place = steps.iter().position(|step| step.status == StepStatus::Waiting)?;
        let waiting = steps.get(place)?;
        let (notice, due_at) = (waiting.notice_at(routing.at)?, waiting.due_at?);
        let (step, from) = (waiting.id, waiting.assignee);
        if notice != StepNotice::Overdue {
            steps.get_mut(place)?.notice = notice;
            return Some(Routed::Reminded { step, assignee: from, notice, due_at });
        }
        let next = routing.next_in_line(steps, waiting);
        let overdue = steps.get_mut(place)?;
        let Some((to, capacity)) = next else {
            overdue.notice = StepNotice::Overdue;
            return Some(Routed::Overdue { step, assignee: from, due_at });
        };
        overdue.hand_over(to, capacity, routing.at);
        (overdue.escalated_at, overdue.escalated_from) = (Some(routing.at), Some(from));
        self.touch();
        Some(Routed::Escalated { step, from, to, capacity, due_at })
    }
}
