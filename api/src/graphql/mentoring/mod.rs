//! Mentors, whom they mentor, and what they do together.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod people;
mod queries;
mod types;

pub(crate) use mutations::MentoringMutations;
pub(crate) use people::{EmployeeMentoring, EnrollmentMentoring};
pub(crate) use queries::{MentoringQueries, MentoringViewer};
pub(crate) use types::{Mentor, MentoringGoal, MentoringSession, Pairing};
