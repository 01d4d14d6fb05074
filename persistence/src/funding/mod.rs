//! The tables of budgets, ledgers and requests.

mod delegations;
mod entity;
mod policies;
mod reads;
mod records;
mod rows;
mod selects;
mod verification;
mod visible;
mod writes;
