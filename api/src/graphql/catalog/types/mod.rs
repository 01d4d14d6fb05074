//! The objects of the catalog.

mod course;
mod price;
mod provider;

pub(crate) use course::{Course, courses};
pub(crate) use provider::Provider;
