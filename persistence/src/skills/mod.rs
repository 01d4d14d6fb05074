//! The vocabulary's table.

mod entity;
mod reads;
mod records;
mod writes;
