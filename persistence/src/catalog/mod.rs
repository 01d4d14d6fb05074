//! The catalog's tables.

mod entity;
mod filter;
mod reads;
mod records;
mod syllabus;
mod writes;
