//! The tables of programs.

mod entity;
mod outline;
mod reads;
mod records;
mod writes;
