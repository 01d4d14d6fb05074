//! Upskilling programs: the frame of a goal, a period, courses and the people who take part.
//!
//! States of a program: DRAFT -> ACTIVE -> CLOSED. Drafts are for HR and the owner; whatever was active once stays
//! readable for everybody.
//!
//! States of a participant: INVITED -> JOINED -> COMPLETED; LEFT from INVITED or JOINED, and INVITED again from there.
//! Nobody joins uninvited, nobody is made to join, and only the owner or HR say that somebody has completed. Who takes
//! part is known to the person, the managers above, the owner and HR.
//!
//! Locks: the program before its participants.

mod commands;
mod event;
mod outline;
mod participant;
mod ports;
mod program;
mod queries;

pub use commands::{
    ActivateProgramRefusal, ChangeProgram, ChangeProgramRefusal, CloseProgramRefusal, CompleteParticipation,
    CompleteParticipationRefusal, CreateProgram, CreateProgramRefusal, InvalidProgram, InvitationOutcome,
    InvitationResult, InviteParticipants, InviteParticipantsRefusal, JoinProgram, JoinProgramRefusal,
    LeaveProgramRefusal, Programs,
};
pub use event::ProgramEvent;
pub use outline::{Outline, TargetSkill};
pub use participant::{Participant, ParticipantStatus};
pub use ports::{ParticipantFilter, ProgramFilter, ProgramReads, ProgramWrites};
pub use program::{Program, ProgramOrder, ProgramStatus};
