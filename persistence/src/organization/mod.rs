//! The organization's tables.

pub(crate) mod absences;
mod entity;
pub(crate) mod line;
mod reads;
mod records;
mod writes;
