//! The tables of budgets, ledgers and requests.

mod closings;
mod delegations;
mod entity;
mod exchange;
mod inbox;
mod ledger;
mod links;
mod load;
mod months;
mod policies;
mod reads;
mod records;
mod reservations;
mod routing;
mod rows;
mod selects;
mod sums;
mod verification;
mod visible;
mod writes;
