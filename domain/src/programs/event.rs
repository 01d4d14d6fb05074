//! What happens in programs.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{EmployeeId, ProgramId};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum ProgramEvent {
    /// A program came to be.
    Created { program: ProgramId, name: String, owner: EmployeeId },
    /// What a program is or aims at changed.
    Changed { program: ProgramId, fields: Vec<&'static str> },
    /// A program started.
    Activated { program: ProgramId },
    /// A program ended.
    Closed { program: ProgramId },
    /// Somebody was invited.
    ParticipantInvited { program: ProgramId, employee: EmployeeId },
    /// Somebody joined.
    ParticipantJoined { program: ProgramId, employee: EmployeeId },
    /// Somebody declined or dropped out.
    ParticipantLeft { program: ProgramId, employee: EmployeeId },
    /// Somebody reached the goal.
    ParticipantCompleted { program: ProgramId, employee: EmployeeId },
}

impl Event for ProgramEvent {
    const KINDS: &'static [&'static str] = &[
        "programs.program_created",
        "programs.program_changed",
        "programs.program_activated",
        "programs.program_closed",
        "programs.participant_invited",
        "programs.participant_joined",
        "programs.participant_left",
        "programs.participant_completed",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "programs.program_created",
            Self::Changed { .. } => "programs.program_changed",
            Self::Activated { .. } => "programs.program_activated",
            Self::Closed { .. } => "programs.program_closed",
            Self::ParticipantInvited { .. } => "programs.participant_invited",
            Self::ParticipantJoined { .. } => "programs.participant_joined",
            Self::ParticipantLeft { .. } => "programs.participant_left",
            Self::ParticipantCompleted { .. } => "programs.participant_completed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { program, .. }
            | Self::Changed { program, .. }
            | Self::Activated { program }
            | Self::Closed { program }
            | Self::ParticipantInvited { program, .. }
            | Self::ParticipantJoined { program, .. }
            | Self::ParticipantLeft { program, .. }
            | Self::ParticipantCompleted { program, .. } => Subject::of(*program),
        }
    }
}
