//! The tables of the vocabulary, of jobs, and of who masters what.

mod entity;
mod levels;
mod profiles;
mod reads;
mod records;
mod writes;
