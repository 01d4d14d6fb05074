//! The tables of enrollments.

mod entity;
mod follow_ups;
mod reads;
mod records;
mod results;
mod visible;
mod writes;
