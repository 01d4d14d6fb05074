//! The tables of the vocabulary and of who masters what.

mod entity;
mod levels;
mod reads;
mod records;
mod writes;
