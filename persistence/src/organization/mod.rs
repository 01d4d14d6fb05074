//! The organization's tables.

mod entity;
pub(crate) mod line;
mod reads;
mod records;
mod writes;
