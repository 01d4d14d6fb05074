//! Programs that something refers to, what programs aim at, and who takes part.

use upskill_domain::kernel::{ParticipantId, ProgramId};
use upskill_domain::programs::{Outline, Participant, Program};

use crate::graphql::loader::loader;

loader! {
    /// Those programs by id that the actor may see.
    Programs: ProgramId => one Program, programs.programs_by_id, |program| (program.id, program)
}

loader! {
    /// What those programs aim at that the actor may see.
    Outlines: ProgramId => one Outline, programs.outlines_by_id, |outline| outline
}

loader! {
    /// Those participants by id that the actor may see.
    Participants: ParticipantId => one Participant, programs.participants_by_id, |participant| (participant.id, participant)
}
