//! Identification.

mod reads;
