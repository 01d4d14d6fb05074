//! The tables of budgets, ledgers and requests.

mod entity;
mod reads;
mod records;
mod rows;
mod selects;
mod verification;
mod visible;
mod writes;
