//! Somebody's part in a program.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::{EmployeeId, ParticipantId, ProgramId};

use super::{CompleteParticipationRefusal, JoinProgramRefusal, LeaveProgramRefusal};

/// Somebody's part in a program. A person has at most one in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Its id.
    pub id: ParticipantId,
    /// The program.
    pub program: ProgramId,
    /// The person.
    pub employee: EmployeeId,
    /// How far they are.
    pub status: ParticipantStatus,
    /// When they were invited, the last time.
    pub invited_at: DateTime<Utc>,
    /// When they joined.
    pub joined_at: Option<DateTime<Utc>>,
    /// When their completion was recorded.
    pub completed_at: Option<DateTime<Utc>>,
    /// When they left, or declined.
    pub left_at: Option<DateTime<Utc>>,
}

impl Participant {
    /// Somebody invited for the first time.
    pub(super) fn invited(
        id: ParticipantId,
        program: ProgramId,
        employee: EmployeeId,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            program,
            employee,
            status: ParticipantStatus::Invited,
            invited_at: at,
            joined_at: None,
            completed_at: None,
            left_at: None,
        }
    }

    /// Invites somebody who has left once more. What was before is in the journal.
    pub(super) fn invite_again(&mut self, at: DateTime<Utc>) -> Result<(), ParticipantStatus> {
        match self.status {
            ParticipantStatus::Left => {
                *self = Self::invited(self.id, self.program, self.employee, at);
                Ok(())
            }
            status => Err(status),
        }
    }

    /// The person accepts.
    pub(super) fn join(&mut self, at: DateTime<Utc>) -> Result<(), JoinProgramRefusal> {
        match self.status {
            ParticipantStatus::Invited => {
                self.status = ParticipantStatus::Joined;
                self.joined_at = Some(at);
                Ok(())
            }
            ParticipantStatus::Left => Err(JoinProgramRefusal::NotInvited),
            status => Err(JoinProgramRefusal::AlreadyTakesPart(status)),
        }
    }

    /// The person declines or drops out.
    pub(super) fn leave(&mut self, at: DateTime<Utc>) -> Result<(), LeaveProgramRefusal> {
        match self.status {
            ParticipantStatus::Invited | ParticipantStatus::Joined => {
                self.status = ParticipantStatus::Left;
                self.left_at = Some(at);
                Ok(())
            }
            ParticipantStatus::Left => Err(LeaveProgramRefusal::TakesNoPart),
            ParticipantStatus::Completed => Err(LeaveProgramRefusal::Completed),
        }
    }

    /// The owner or HR say that the person has reached the goal.
    pub(super) fn complete(&mut self, at: DateTime<Utc>) -> Result<(), CompleteParticipationRefusal> {
        match self.status {
            ParticipantStatus::Joined => {
                self.status = ParticipantStatus::Completed;
                self.completed_at = Some(at);
                Ok(())
            }
            status => Err(CompleteParticipationRefusal::NotJoined(status)),
        }
    }
}

/// How far somebody is in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ParticipantStatus {
    /// Asked to join.
    Invited,
    /// Takes part.
    Joined,
    /// Has reached the goal.
    Completed,
    /// Declined or dropped out.
    Left,
}

impl ParticipantStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Joined, Self::Completed, Self::Left];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invited => "INVITED",
            Self::Joined => "JOINED",
            Self::Completed => "COMPLETED",
            Self::Left => "LEFT",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap_or_default()
    }

    fn participant() -> Participant {
        let id = ParticipantId::from_uuid(Uuid::from_u128(1));
        let program = ProgramId::from_uuid(Uuid::from_u128(2));
        Participant::invited(id, program, EmployeeId::from_uuid(Uuid::from_u128(3)), at(0))
    }

    #[test]
    fn names_read_back() {
        let all = ParticipantStatus::ALL.into_iter();
        assert!(all.clone().all(|value| ParticipantStatus::named(value.name()) == Some(value)));
    }

    #[test]
    fn who_has_left_comes_back_by_invitation_only() {
        let mut participant = participant();
        assert_eq!(participant.leave(at(1)), Ok(()));
        assert_eq!(participant.join(at(2)), Err(JoinProgramRefusal::NotInvited));
        assert_eq!(participant.invite_again(at(3)), Ok(()));
        assert_eq!((participant.invited_at, participant.left_at), (at(3), None));
        assert_eq!(participant.join(at(4)), Ok(()));
    }

    proptest! {
        /// On any path the dates tell the status, completing is final, and a refused step changes nothing.
        #[test]
        fn the_dates_tell_the_status(steps in proptest::collection::vec(0_u8..4, 0..16)) {
            let mut participant = participant();
            for (step, second) in steps.into_iter().zip(1..) {
                let before = participant.clone();
                let taken = match step {
                    0 => participant.invite_again(at(second)).is_ok(),
                    1 => participant.join(at(second)).is_ok(),
                    2 => participant.leave(at(second)).is_ok(),
                    _ => participant.complete(at(second)).is_ok(),
                };
                prop_assert!(taken || participant == before);
                prop_assert!(!taken || before.status != ParticipantStatus::Completed);
                let Participant { status, joined_at, completed_at, left_at, .. } = &participant;
                let told = match (joined_at, completed_at, left_at) {
                    (_, _, Some(_)) => ParticipantStatus::Left,
                    (_, Some(_), None) => ParticipantStatus::Completed,
                    (Some(_), None, None) => ParticipantStatus::Joined,
                    (None, None, None) => ParticipantStatus::Invited,
                };
                prop_assert_eq!(*status, told);
            }
        }
    }
}
