//! The organization's tables.

mod entity;
pub(crate) mod line;
mod reads;
mod records;
mod writes;

pub(crate) use reads::{join_card, read_card};
