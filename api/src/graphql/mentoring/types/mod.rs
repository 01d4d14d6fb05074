//! The objects of mentoring.

mod mentors;
mod pairings;
mod sessions;

pub(crate) use mentors::Mentor;
pub(crate) use pairings::{Pairing, PairingFeedback};
pub(crate) use sessions::{MentoringGoal, MentoringNote, MentoringSession};
