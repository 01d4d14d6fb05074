//! The tables of cost bands, benefits and reports.

mod costs;
mod entity;
mod insights;
mod reads;
mod records;
mod writes;
