//! The tables of what was counted for reports.

mod entity;
mod reads;
mod records;
mod stock;
mod writes;
