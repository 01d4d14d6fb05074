//! The organization's tables.

mod entity;
mod line;
mod reads;
mod records;
mod writes;
