//! Inputs of the catalog, and how they become the domain's.

mod courses;
mod filters;
mod providers;
mod rows;
mod words;

pub(crate) use courses::{
    ChangeCourseInput, CreateCourseInput, PublishCourseInput, RetireCourseInput, SetCoursePriceInput,
};
pub(crate) use filters::{CourseFilter, CourseOrderField, ProviderFilter, ProviderOrderField};
pub(crate) use providers::{ChangeProviderInput, CreateProviderInput};
pub(crate) use rows::ImportCoursesInput;
pub(crate) use words::{
    AssessmentType, CourseStatus, MicroCredentialElement, Participation, ProviderKind, Supervision,
};

use upskill_domain::kernel::{Money, TextError};

use crate::graphql::error::ApiError;
use crate::graphql::scalars::MoneyInput;

/// A value that the domain reads, as an argument.
fn read<T>(argument: &'static str, value: Result<T, TextError>) -> Result<T, ApiError> {
    value.map_err(|error| ApiError::bad_input(argument, error.to_string()))
}

/// A price as an argument.
fn price(argument: &'static str, price: &MoneyInput) -> Result<Money, ApiError> {
    price.read().map_err(|error| ApiError::bad_input(argument, error.to_string()))
}
