//! The catalog's tables.

mod entity;
mod equivalents;
mod filter;
mod reads;
mod records;
mod syllabus;
mod writes;
