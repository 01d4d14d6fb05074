//! Why a pairing did not come to be, or did not change.

use chrono::NaiveDate;

use crate::journal::Reused;
use crate::kernel::{EmployeeId, EnrollmentId, MentorId, PairingId, Refusal, TextError};

use super::{EndReason, MOST_DAYS, PairingStatus};

/// Why nothing was proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum ProposePairingRefusal {
    /// No such mentor, or gone.
    #[error("there is no mentor {0}, or they have left")]
    UnknownMentor(MentorId),
    /// No such person, or gone.
    #[error("there is nobody with id {0}, or they have left")]
    UnknownEmployee(EmployeeId),
    /// The mentor and the mentee are one (M2).
    #[error("nobody mentors themself")]
    Oneself,
    /// The mentee reports to the mentor (M2).
    #[error("the mentee reports to this mentor; only HR_ADMIN may allow that, with managerAllowed")]
    OwnManager,
    /// The exception is HR's to make (M2).
    #[error("only HR_ADMIN may allow that somebody is mentored by their own manager")]
    ExceptionNotTheirs,
    /// The mentor takes nobody on.
    #[error("the mentor takes nobody on today, {today}; they do from {from}{}", until(.to.as_ref()))]
    MentorNotActive { from: NaiveDate, to: Option<NaiveDate>, today: NaiveDate },
    /// All places are taken (M1).
    #[error("all {capacity} places of the mentor are taken")]
    NoPlace { capacity: i32 },
    /// The same is proposed, or runs.
    #[error("the two are paired about the same already: {pairing} is {}", .status.name())]
    AlreadyPaired { pairing: PairingId, status: PairingStatus },
    /// Somebody else mentors them (M3).
    #[error("the mentee is mentored about the same already; name {pairing} in replaces to change the mentor")]
    AlreadyMentored { pairing: PairingId },
    /// Nothing runs that could be replaced.
    #[error("{0} is no pairing of the mentee about the same that runs; leave replaces out")]
    NothingToReplace(PairingId),
    /// No such enrollment of the mentee.
    #[error("there is no enrollment {0} of the mentee that has not ended")]
    UnknownEnrollment(EnrollmentId),
    /// No time to answer, or a lot of it.
    #[error("a proposal can be accepted for 1 to {MOST_DAYS} days, not for {0}")]
    WrongDays(u32),
    /// The message cannot be taken.
    #[error("the message {0}")]
    InvalidMessage(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

fn until(last: Option<&NaiveDate>) -> String {
    last.map(|last| format!(" to {last}")).unwrap_or_default()
}

impl Refusal for ProposePairingRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownMentor(_)
            | Self::OwnManager
            | Self::MentorNotActive { .. }
            | Self::NoPlace { .. } => &["input", "mentorId"],
            Self::UnknownEmployee(_)
            | Self::Oneself
            | Self::AlreadyPaired { .. }
            | Self::AlreadyMentored { .. } => &["input", "menteeId"],
            Self::ExceptionNotTheirs => &["input", "managerAllowed"],
            Self::NothingToReplace(_) => &["input", "replaces"],
            Self::UnknownEnrollment(_) => &["input", "enrollmentId"],
            Self::WrongDays(_) => &["input", "answerWithinDays"],
            Self::InvalidMessage(_) => &["input", "message"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a proposal was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum AcceptPairingRefusal {
    /// It is none, or none any more.
    #[error("the pairing is {}; a proposal is accepted while it is PROPOSED", .0.name())]
    NotProposed(PairingStatus),
    /// Too late.
    #[error("the proposal could be accepted until {answer_by}; today is {today}")]
    Late { answer_by: NaiveDate, today: NaiveDate },
    /// All places are taken (M1).
    #[error("all {capacity} places of the mentor are taken")]
    NoPlace { capacity: i32 },
    /// Somebody else mentors them (M3).
    #[error("the mentee is mentored about the same already: {pairing}")]
    AlreadyMentored { pairing: PairingId },
    /// One of the two has left.
    #[error("the mentor or the mentee has left")]
    SomebodyLeft,
}

impl Refusal for AcceptPairingRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a proposal was not declined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclinePairingRefusal {
    /// It is none, or none any more.
    #[error("the pairing is {}; a proposal is declined while it is PROPOSED, what runs is ended", .0.name())]
    NotProposed(PairingStatus),
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
}

impl Refusal for DeclinePairingRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotProposed(_) => &["input", "id"],
            Self::InvalidNote(_) => &["input", "note"],
        }
    }
}

/// Why mentoring was not interrupted, or does not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuidePairingRefusal {
    /// It does not run.
    #[error("the pairing is {}; what is ACTIVE is paused", .0.name())]
    NotActive(PairingStatus),
    /// It is not interrupted.
    #[error("the pairing is {}; what is PAUSED is resumed", .0.name())]
    NotPaused(PairingStatus),
}

impl Refusal for GuidePairingRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why mentoring did not end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndPairingRefusal {
    /// They never met.
    #[error("the pairing is {}; what was never begun is ended, not completed", .0.name())]
    NotStarted(PairingStatus),
    /// It does not run.
    #[error("the pairing is {}; what is ACCEPTED, ACTIVE or PAUSED can end", .0.name())]
    NotRunning(PairingStatus),
    /// The reason is one that nobody gives.
    #[error("{} is not for people to say; it comes by itself when it happens", .0.name())]
    ComesByItself(EndReason),
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
}

impl Refusal for EndPairingRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotStarted(_) | Self::NotRunning(_) => &["input", "id"],
            Self::ComesByItself(_) => &["input", "reason"],
            Self::InvalidNote(_) => &["input", "note"],
        }
    }
}
