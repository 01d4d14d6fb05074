//! The journal's tables.

mod entity;
mod reads;
mod writes;
