//! The objects of the catalog.

mod course;
mod price;
mod provider;

pub(crate) use course::Course;
pub(crate) use price::CoursePrice;
pub(crate) use provider::Provider;
