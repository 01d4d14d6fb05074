//! The words of pairings.

use crate::kernel::words;

words! {
    /// How far a pairing is.
    PairingStatus {
        /// Waits for the mentor, the mentee or both to agree.
        Proposed "PROPOSED",
        /// Both have agreed; they have not met.
        Accepted "ACCEPTED",
        /// They have met.
        Active "ACTIVE",
        /// Interrupted.
        Paused "PAUSED",
        /// It has done what it was for.
        Completed "COMPLETED",
        /// It ended before that.
        Ended "ENDED",
        /// Somebody said no.
        Declined "DECLINED",
        /// Nobody accepted it in time.
        Expired "EXPIRED",
        /// Another one was accepted.
        Superseded "SUPERSEDED",
    }
}

impl PairingStatus {
    /// Whether both have agreed, and it is not over.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Accepted | Self::Active | Self::Paused)
    }

    /// Whether it is not over.
    pub fn is_open(self) -> bool {
        self == Self::Proposed || self.is_running()
    }
}

words! {
    /// Why somebody said no to a proposal.
    DeclineReason {
        /// There is no time for it.
        NoTime "NO_TIME",
        /// The mentor cannot help in it.
        NotMyField "NOT_MY_FIELD",
        /// The mentee found somebody else, or wants to.
        OtherMentor "OTHER_MENTOR",
        /// The two stand in each other's way.
        ConflictOfInterest "CONFLICT_OF_INTEREST",
        /// Whoever proposed it takes it back.
        Withdrawn "WITHDRAWN",
        /// Something else.
        Other "OTHER",
    }
}

words! {
    /// Why mentoring ended before it had done what it was for.
    EndReason {
        /// There is no time for it.
        NoTime "NO_TIME",
        /// The two do not get on.
        NotAFit "NOT_A_FIT",
        /// They lost sight of each other.
        NoContact "NO_CONTACT",
        /// The mentee gave up what it was about.
        NoLongerNeeded "NO_LONGER_NEEDED",
        /// Another mentor took over.
        Rematched "REMATCHED",
        /// One of them left the employer.
        Left "LEFT",
        /// Something else.
        Other "OTHER",
    }
}

impl EndReason {
    /// Whether it is for the installation to say, who sees it happen.
    pub fn comes_by_itself(self) -> bool {
        matches!(self, Self::Rematched | Self::Left)
    }
}
