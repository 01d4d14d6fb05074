//! The tables of enrollments.

mod entity;
mod reads;
mod records;
mod results;
mod visible;
mod writes;
