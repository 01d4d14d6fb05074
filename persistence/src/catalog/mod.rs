//! The catalog's tables.

mod closing;
mod entity;
mod equivalents;
mod filter;
mod reads;
mod records;
mod syllabus;
mod writes;
