//! Typed operators of filters.

use std::borrow::Cow;

use async_graphql::{InputObject, InputType, TypeName};
use upskill_domain::kernel::{TextError, TypedId};

use super::error::ApiError;
use super::id::Id;

/// A type that lists can be filtered by.
pub(crate) trait Filterable: InputType {
    /// The name of the filter in the schema.
    fn filter_name() -> Cow<'static, str> {
        format!("{}Filter", Self::type_name()).into()
    }
}

impl Filterable for String {}

impl<T: TypedId> Filterable for Id<T> {
    fn filter_name() -> Cow<'static, str> {
        format!("{}IdFilter", T::NAME).into()
    }
}

/// Keeps what is one of several values.
#[derive(InputObject)]
#[graphql(name_type)]
pub(crate) struct OneOf<T: Filterable> {
    /// The values to keep, at most 100. An empty list keeps nothing: to keep everything, leave the filter out.
    #[graphql(name = "in", validator(max_items = 100))]
    values: Vec<T>,
}

impl<T: Filterable> TypeName for OneOf<T> {
    fn type_name() -> Cow<'static, str> {
        T::filter_name()
    }
}

/// The values of a filter, if it is given.
pub(crate) fn values<T: Filterable, U>(filter: Option<OneOf<T>>, into: impl FnMut(T) -> U) -> Option<Vec<U>> {
    filter.map(|filter| filter.values.into_iter().map(into).collect())
}

/// The same with values that may not be what they should.
pub(crate) fn read_values<T: Filterable, U>(
    filter: Option<OneOf<T>>,
    read: impl FnMut(T) -> Result<U, ApiError>,
) -> Result<Option<Vec<U>>, ApiError> {
    filter.map(|filter| filter.values.into_iter().map(read).collect()).transpose()
}

/// The ids of a filter, if it is given.
pub(crate) fn ids<T: TypedId>(filter: Option<OneOf<Id<T>>>) -> Option<Vec<T>> {
    values(filter, |id| id.0)
}

/// The texts of a filter, if it is given.
pub(crate) fn texts(
    argument: &'static str,
    filter: Option<OneOf<String>>,
) -> Result<Option<Vec<String>>, ApiError> {
    read_values(filter, |text| visible(argument, text))
}

/// A text to search for; blank ones are none.
pub(crate) fn search(argument: &'static str, text: Option<String>) -> Result<Option<String>, ApiError> {
    text.filter(|text| !text.trim().is_empty()).map(|text| visible(argument, text)).transpose()
}

/// No text that is stored has a control character, and not every database can even be asked for one.
fn visible(argument: &'static str, text: String) -> Result<String, ApiError> {
    match text.chars().position(|c| c.is_control() && !c.is_whitespace()) {
        None => Ok(text),
        Some(before) => {
            let error = TextError::Control { position: before.saturating_add(1) };
            Err(ApiError::bad_input(argument, format!("{argument} {error}")))
        }
    }
}
