//! Mentoring: who helps whom to carry what was learned into the job.
//!
//! A *mentor* is an employee with a profile: the skills and languages in which they help, and for how many people they
//! have places. A *pairing* ties a mentor to a mentee, for one enrollment or for none in particular; that is what it is
//! *about*.
//!
//! States of a pairing: PROPOSED -> ACCEPTED -> ACTIVE -> COMPLETED | ENDED. It is PAUSED from ACTIVE and goes on from
//! there; a proposal ends early as DECLINED, EXPIRED or SUPERSEDED. Anybody concerned may propose; it is accepted once mentor
//! and mentee have both agreed, and whoever proposes themself has agreed. The first session that was held makes it ACTIVE.
//!
//! * M1: a place of the mentor is taken from the moment in which they agree, and free again when the pairing is over.
//!   Places taken never exceed the mentor's places, which the mentor's row counts and the database checks.
//! * M2: nobody mentors themself. Nobody is mentored by the manager they report to, unless HR says so.
//! * M3: a mentee has one mentor for what a pairing is about. Accepting supersedes the other proposals about the same and
//!   ends the pairing that it replaces, in one transaction, which frees their places.
//! * M4: matching proposes mentors for everybody at once, and says why; a person decides.
//! * M5: sessions last 1 to 480 minutes, have happened, and two of a pair do not overlap. Only those to which both came count.
//! * M6: what a mentor has seen on the job becomes evidence of the mentee's skill.
//! * Notes are for the pair: nobody else reads them, HR included. What one says of the pairing when asked is for them and HR.
//!
//! Locks: the mentee first, then mentors in the order of their ids. Everything that happens to a pairing locks its mentee, so
//! pairings, sessions and goals need no locks of their own.

mod commands;
mod event;
mod feedback;
mod goal;
mod health;
mod matching;
mod mentor;
mod pairing;
mod ports;
mod queries;
mod session;
mod verify;

pub use commands::{
    AcceptPairing, AddMentoringNote, BecomeMentor, ChangeMentor, ChangeMentoringGoal, CloseMentoringGoal,
    CompletePairing, CorrectMentoringSession, DeclinePairing, EndPairing, GivePairingFeedback, Mentoring,
    ObserveSkill, PausePairing, ProposePairing, RecordMentoringSession, ResumePairing, SetMentoringGoal,
    SettledPairings,
};
pub use event::MentoringEvent;
pub use feedback::{GivePairingFeedbackRefusal, PairingFeedback, Side};
pub use goal::{GoalRefusal, GoalStatus, MentoringGoal, SetGoalRefusal};
pub use health::{HealthSignal, PairingHealth};
pub use matching::{
    Alternative, Conflicts, LeftOut, LineDistance, Load, Matching, MatchingProblem, MatchingRules, Obstacle,
    OpenMentor, PairScore, PlacesLeft, Proposal, ScorePart, ScorePartKind, ScoreWeights, SeekingMentee,
    SkillDelta, WantedSkill, WhyLeftOut, WorkingHours, WorkingHoursError, judge,
};
pub use mentor::{Expertise, Mentor, MentorOrder, MentorProfile, MentorRefusal, MentoredSkill};
pub use pairing::{
    AcceptPairingRefusal, DeclinePairingRefusal, DeclineReason, EndPairingRefusal, EndReason,
    GuidePairingRefusal, Pairing, PairingOrder, PairingStatus, ProposePairingRefusal,
};
pub use ports::{MentorFilter, MentoringReads, MentoringWrites, PairingFilter};
pub use session::{
    Attendance, MentoringNote, MentoringSession, NoteRefusal, ObserveSkillRefusal, ObservedSkill,
    SessionRefusal, ToldSession,
};
pub use verify::PlacesBreak;
