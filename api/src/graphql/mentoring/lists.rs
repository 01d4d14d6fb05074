//! How the lists of mentoring are read.

use upskill_domain::kernel::{Direction, PairingId};
use upskill_domain::mentoring::{MentorFilter, MentorOrder, PairingFilter, PairingOrder};

use super::types::{Mentor, MentoringSession, Pairing};
use crate::graphql::page::listed;

listed!(Mentor: mentoring.mentors, count_mentors, MentorFilter, by (MentorOrder, Direction));
listed!(Pairing: mentoring.pairings, count_pairings, PairingFilter, by (PairingOrder, Direction));
listed!(MentoringSession: mentoring.mentoring_sessions, count_mentoring_sessions, PairingId);
