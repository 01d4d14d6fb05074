//! The words of mentoring.

use async_graphql::Enum;
use upskill_domain::mentoring as domain;

use crate::graphql::filter::Filterable;

/// How far a pairing is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::PairingStatus")]
pub(crate) enum PairingStatus {
    /// Waits for the mentor, the mentee or both to agree.
    Proposed,
    /// Both have agreed; they have not met.
    Accepted,
    /// They have met.
    Active,
    /// Interrupted; the mentor's place stays taken.
    Paused,
    /// It has done what it was for.
    Completed,
    /// It ended before that.
    Ended,
    /// Somebody said no.
    Declined,
    /// Nobody accepted it in time.
    Expired,
    /// Another proposal about the same was accepted.
    Superseded,
}

impl Filterable for PairingStatus {}

/// Why somebody said no to a proposal.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::DeclineReason")]
pub(crate) enum DeclineReason {
    /// There is no time for it.
    NoTime,
    /// The mentor cannot help in it.
    NotMyField,
    /// The mentee found somebody else, or wants to.
    OtherMentor,
    /// The two stand in each other's way.
    ConflictOfInterest,
    /// Whoever proposed it takes it back.
    Withdrawn,
    /// Something else.
    Other,
}

/// Why mentoring ended before it had done what it was for.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EndReason")]
pub(crate) enum PairingEndReason {
    /// There is no time for it.
    NoTime,
    /// The two do not get on.
    NotAFit,
    /// They lost sight of each other.
    NoContact,
    /// The mentee gave up what it was about.
    NoLongerNeeded,
    /// Another mentor took over; nobody gives this reason, it comes by itself.
    Rematched,
    /// One of them left the employer; nobody gives this reason, it comes by itself.
    Left,
    /// Something else.
    Other,
}

/// What makes somebody look at a pairing.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::HealthSignal")]
pub(crate) enum PairingHealthSignal {
    /// Both have agreed some time ago and have not met.
    NotStarted,
    /// They have not met for some time.
    Quiet,
    /// A goal is open though its day is past.
    GoalsOverdue,
}

/// One of a pair.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Side")]
pub(crate) enum PairingSide {
    /// Who mentors.
    Mentor,
    /// Who is mentored.
    Mentee,
}

/// How far a goal is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::GoalStatus")]
pub(crate) enum MentoringGoalStatus {
    /// To be reached.
    Open,
    /// Reached.
    Done,
    /// Given up.
    Dropped,
}

/// Who came to a session.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Attendance")]
pub(crate) enum SessionAttendance {
    /// Both. Only then the session counts.
    Both,
    /// The mentor waited for the mentee.
    MenteeAbsent,
    /// The mentee waited for the mentor.
    MentorAbsent,
}

/// By what mentors are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "domain::MentorOrder")]
pub(crate) enum MentorOrderField {
    /// By the first day on which they take somebody on.
    #[default]
    ActiveFrom,
}

/// By what pairings are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "domain::PairingOrder")]
pub(crate) enum PairingOrderField {
    /// By the instant of the proposal.
    #[default]
    ProposedAt,
    /// By the last day on which a proposal can be accepted.
    AnswerBy,
}
