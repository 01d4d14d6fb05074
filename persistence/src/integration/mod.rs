//! Service accounts, their secrets and their tokens.

mod entity;
mod reads;
mod records;
mod writes;
