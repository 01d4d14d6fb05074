//! Idempotency keys as arguments.

use upskill_domain::journal::IdempotencyKey;

use super::error::ApiError;

/// The key of a mutation, if it carries one.
pub(crate) fn key(text: Option<String>) -> Result<Option<IdempotencyKey>, ApiError> {
    let read = text.map(|text| IdempotencyKey::parse(&text)).transpose();
    read.map_err(|error| ApiError::bad_input("input.idempotencyKey", error.to_string()))
}
