//! How the lists of programs are read.

use upskill_domain::kernel::Direction;
use upskill_domain::programs::{ParticipantFilter, ProgramFilter, ProgramOrder};

use super::types::{Participant, Program};
use crate::graphql::page::listed;

listed!(Program: programs.programs, count_programs, ProgramFilter, by (ProgramOrder, Direction));
listed!(Participant: programs.participants, count_participants, ParticipantFilter);
