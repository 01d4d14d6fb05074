//! The tables of mentoring.

mod entity;
mod expertise;
mod reads;
mod records;
mod settling;
mod together;
mod visible;
mod writes;
