//! The tables of enrollments.

mod entity;
mod reads;
mod records;
mod visible;
mod writes;
