//! Inputs of mentoring, and how they become the domain's.

mod mentors;
mod pairings;
mod sessions;
mod words;

pub(crate) use mentors::{BecomeMentorInput, ChangeMentorInput, MentorFilter};
pub(crate) use pairings::{
    AcceptPairingInput, CompletePairingInput, DeclinePairingInput, EndPairingInput, GivePairingFeedbackInput,
    PairingFilter, PausePairingInput, ProposePairingInput, ResumePairingInput, quiet_after,
};
pub(crate) use sessions::{
    AddMentoringNoteInput, ChangeMentoringGoalInput, CloseMentoringGoalInput, CorrectMentoringSessionInput,
    ObserveSkillInput, RecordMentoringSessionInput, SetMentoringGoalInput,
};
pub(crate) use words::{
    DeclineReason, MentorOrderField, MentoringGoalStatus, PairingEndReason, PairingHealthSignal,
    PairingOrderField, PairingSide, PairingStatus, SessionAttendance,
};
