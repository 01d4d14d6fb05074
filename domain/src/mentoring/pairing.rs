//! Pairings: one person mentors another.

mod refusal;
#[cfg(test)]
mod tests;
mod words;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::kernel::{EmployeeId, EnrollmentId, MentorId, PairingId};

use super::Mentor;

pub use refusal::{
    AcceptPairingRefusal, DeclinePairingRefusal, EndPairingRefusal, GuidePairingRefusal,
    ProposePairingRefusal,
};
pub use words::{DeclineReason, EndReason, PairingStatus};

/// One person mentors another, or is asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    /// Its id.
    pub id: PairingId,
    /// The mentor's profile.
    pub mentor: MentorId,
    /// Who mentors.
    pub mentored_by: EmployeeId,
    /// Who is mentored.
    pub mentee: EmployeeId,
    /// The enrollment that it is about, if it is about one.
    pub enrollment: Option<EnrollmentId>,
    /// The pairing whose place it takes once it is accepted.
    pub replaces: Option<PairingId>,
    /// How far it is.
    pub status: PairingStatus,
    /// Who proposed it; none for the installation itself.
    pub proposed_by: Option<EmployeeId>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The last day on which it can be accepted.
    pub answer_by: NaiveDate,
    /// What was said with the proposal.
    pub message: Option<String>,
    /// When the mentor agreed. From then on a place of theirs is taken (M1).
    pub mentor_agreed_at: Option<DateTime<Utc>>,
    /// When the mentee agreed.
    pub mentee_agreed_at: Option<DateTime<Utc>>,
    /// When the first session was held.
    pub started_at: Option<DateTime<Utc>>,
    /// Since when it is interrupted; there only while it is PAUSED.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was over, however it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was declined, when it was.
    pub declined_for: Option<DeclineReason>,
    /// Why it was ended, when it was.
    pub ended_for: Option<EndReason>,
    /// What was said when it was declined, completed or ended.
    pub closing_note: Option<String>,
    /// Sessions to which both came.
    pub sessions: i32,
    /// How many minutes these took.
    pub minutes: i32,
    /// When the last of them began.
    pub last_session_at: Option<DateTime<Utc>>,
}

/// The orders in which pairings can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PairingOrder {
    /// By the instant of the proposal.
    #[default]
    ProposedAt,
    /// By the last day on which a proposal can be accepted.
    AnswerBy,
}

/// Who is to mentor whom.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    /// The pairing's id.
    pub id: PairingId,
    /// Who is to be mentored.
    pub mentee: EmployeeId,
    /// The manager to whom they report.
    pub manager: Option<EmployeeId>,
    /// Whether that manager may be their mentor.
    pub manager_allowed: bool,
    /// About which enrollment.
    pub enrollment: Option<EnrollmentId>,
    /// Which pairing it replaces.
    pub replaces: Option<PairingId>,
    /// How many days there are to accept it.
    pub days: u32,
    /// What is said with it.
    pub message: Option<String>,
}

/// Whether two pairings of one mentee are about the same.
fn about_the_same(one: &Pairing, other: &Pairing) -> bool {
    one.enrollment == other.enrollment
}

/// For how many days a proposal can be accepted at most.
const MOST_DAYS: u32 = 90;

impl Pairing {
    /// A proposal, if nothing speaks against it. `known` are the mentee's pairings that are not over, `by` is who proposes.
    pub(super) fn proposed(
        proposal: Proposal,
        (mentor, known): (&mut Mentor, &[Self]),
        by: Option<EmployeeId>,
        (at, today): (DateTime<Utc>, NaiveDate),
    ) -> Result<Self, ProposePairingRefusal> {
        use ProposePairingRefusal as No;
        let Proposal { id, mentee, manager, manager_allowed, enrollment, replaces, days, message } = proposal;
        if mentor.employee == mentee {
            return Err(No::Oneself);
        }
        if manager == Some(mentor.employee) && !manager_allowed {
            return Err(No::OwnManager);
        }
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(No::WrongDays(days));
        }
        if !mentor.takes_on(today) {
            let (from, to) = (mentor.active_from, mentor.active_to);
            return Err(No::MentorNotActive { from, to, today });
        }
        let answer_by = today.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX);
        let mut pairing = Self {
            id,
            mentor: mentor.id,
            mentored_by: mentor.employee,
            mentee,
            enrollment,
            replaces,
            status: PairingStatus::Proposed,
            proposed_by: by,
            proposed_at: at,
            answer_by,
            message,
            mentor_agreed_at: None,
            mentee_agreed_at: by.filter(|by| *by == mentee).map(|_| at),
            started_at: None,
            paused_at: None,
            ended_at: None,
            declined_for: None,
            ended_for: None,
            closing_note: None,
            sessions: 0,
            minutes: 0,
            last_session_at: None,
        };
        let alike: Vec<_> = known.iter().filter(|known| about_the_same(known, &pairing)).collect();
        if let Some(open) = alike.iter().find(|known| known.mentor == mentor.id) {
            return Err(No::AlreadyPaired { pairing: open.id, status: open.status });
        }
        if let Some(replaced) = replaces
            && !alike.iter().any(|known| known.id == replaced && known.status.is_running())
        {
            return Err(No::NothingToReplace(replaced));
        }
        let kept = |known: &&&Self| known.status.is_running() && replaces != Some(known.id);
        if let Some(running) = alike.iter().find(kept) {
            return Err(No::AlreadyMentored { pairing: running.id });
        }
        if mentor.places_free() == 0 {
            return Err(No::NoPlace { capacity: mentor.capacity });
        }
        if by == Some(mentor.employee) && mentor.take_place() {
            pairing.mentor_agreed_at = Some(at);
        }
        Ok(pairing)
    }

    /// Whether it takes a place of its mentor (M1).
    pub fn takes_place(&self) -> bool {
        self.mentor_agreed_at.is_some() && self.status.is_open()
    }

    /// Whether the mentor, or else the mentee, has agreed.
    fn has_agreed(&self, person: EmployeeId) -> bool {
        let agreed = if person == self.mentored_by { self.mentor_agreed_at } else { self.mentee_agreed_at };
        agreed.is_some()
    }

    /// The mentor or the mentee agrees. Whether that is news; it is accepted once both have.
    ///
    /// `known` are the mentee's other pairings that are not over.
    pub(super) fn accept(
        &mut self,
        person: EmployeeId,
        (mentor, known): (&mut Mentor, &[Self]),
        (at, today): (DateTime<Utc>, NaiveDate),
    ) -> Result<bool, AcceptPairingRefusal> {
        use AcceptPairingRefusal as No;
        if self.status.is_open() && self.has_agreed(person) {
            return Ok(false);
        }
        if self.status != PairingStatus::Proposed {
            return Err(No::NotProposed(self.status));
        }
        if today > self.answer_by {
            return Err(No::Late { answer_by: self.answer_by, today });
        }
        let kept = |known: &&Self| {
            known.status.is_running() && about_the_same(known, self) && self.replaces != Some(known.id)
        };
        if let Some(running) = known.iter().find(kept) {
            return Err(No::AlreadyMentored { pairing: running.id });
        }
        if person == self.mentored_by {
            if !mentor.take_place() {
                return Err(No::NoPlace { capacity: mentor.capacity });
            }
            self.mentor_agreed_at = Some(at);
        } else {
            self.mentee_agreed_at = Some(at);
        }
        if self.mentor_agreed_at.is_some() && self.mentee_agreed_at.is_some() {
            self.status = PairingStatus::Accepted;
        }
        Ok(true)
    }

    /// What accepting this one does to another pairing of the mentee (M3). Whether it does anything.
    pub(super) fn give_way_to(&mut self, accepted: &Self, at: DateTime<Utc>) -> bool {
        let replaced = accepted.replaces == Some(self.id) && self.status.is_running();
        let proposed = self.status == PairingStatus::Proposed && about_the_same(self, accepted);
        if replaced {
            self.ended_for = Some(EndReason::Rematched);
            self.close(PairingStatus::Ended, None, at);
        } else if proposed {
            self.close(PairingStatus::Superseded, None, at);
        }
        replaced || proposed
    }

    /// Somebody whom it concerns says no, or takes the proposal back.
    pub(super) fn decline(
        &mut self,
        (reason, note): (DeclineReason, Option<String>),
        at: DateTime<Utc>,
    ) -> Result<(), DeclinePairingRefusal> {
        if self.status != PairingStatus::Proposed {
            return Err(DeclinePairingRefusal::NotProposed(self.status));
        }
        self.declined_for = Some(reason);
        self.close(PairingStatus::Declined, note, at);
        Ok(())
    }

    /// The mentoring is interrupted. The place stays taken.
    pub(super) fn pause(&mut self, at: DateTime<Utc>) -> Result<(), GuidePairingRefusal> {
        if self.status != PairingStatus::Active {
            return Err(GuidePairingRefusal::NotActive(self.status));
        }
        self.status = PairingStatus::Paused;
        self.paused_at = Some(at);
        Ok(())
    }

    /// The mentoring goes on.
    pub(super) fn resume(&mut self) -> Result<(), GuidePairingRefusal> {
        if self.status != PairingStatus::Paused {
            return Err(GuidePairingRefusal::NotPaused(self.status));
        }
        self.status = PairingStatus::Active;
        self.paused_at = None;
        Ok(())
    }

    /// The mentoring has done what it was for.
    pub(super) fn complete(
        &mut self,
        note: Option<String>,
        at: DateTime<Utc>,
    ) -> Result<(), EndPairingRefusal> {
        match self.status {
            PairingStatus::Active | PairingStatus::Paused => {
                self.close(PairingStatus::Completed, note, at);
                Ok(())
            }
            status @ PairingStatus::Accepted => Err(EndPairingRefusal::NotStarted(status)),
            status => Err(EndPairingRefusal::NotRunning(status)),
        }
    }

    /// The mentoring ends before that.
    pub(super) fn end(
        &mut self,
        (reason, note): (EndReason, Option<String>),
        at: DateTime<Utc>,
    ) -> Result<(), EndPairingRefusal> {
        if !self.status.is_running() {
            return Err(EndPairingRefusal::NotRunning(self.status));
        }
        self.ended_for = Some(reason);
        self.close(PairingStatus::Ended, note, at);
        Ok(())
    }

    /// What becomes of it by itself on a day: a proposal that nobody accepted in time expires, and nothing is left of what
    /// somebody has left the employer for. Whether anything does.
    pub(super) fn settle(&mut self, somebody_left: bool, (at, today): (DateTime<Utc>, NaiveDate)) -> bool {
        let proposed = self.status == PairingStatus::Proposed;
        if proposed && (somebody_left || today > self.answer_by) {
            self.close(PairingStatus::Expired, None, at);
            return true;
        }
        if somebody_left && self.status.is_running() {
            self.ended_for = Some(EndReason::Left);
            self.close(PairingStatus::Ended, None, at);
            return true;
        }
        false
    }

    fn close(&mut self, status: PairingStatus, note: Option<String>, at: DateTime<Utc>) {
        self.status = status;
        self.closing_note = note;
        self.paused_at = None;
        self.ended_at = Some(at);
    }
}
