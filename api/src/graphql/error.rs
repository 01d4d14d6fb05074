//! The only place that turns a fault into a GraphQL error.
//!
//! async-graphql turns any error that can be displayed into an answer, text and all. [`ApiError`] cannot be displayed,
//! so a stray `?` on a database error does not compile; what reaches the caller is decided here.

use std::sync::Arc;

use async_graphql::ErrorExtensions;
use upskill_domain::kernel::Fault;

use crate::http::codes;

/// A nullable field's value: an error nulls this field and nothing around it.
///
/// A resolver that returns `Err` fails the object that it belongs to, whether its field is nullable or not; only an
/// error within an `Option` stays where it is. So fields that may be null return this, by way of [`isolated`].
pub(crate) type Isolated<T> = Option<Result<T, ApiError>>;

/// Keeps the error of a nullable field within the field, in a box of its own for the reason that `mod.rs` gives.
pub(crate) async fn isolated<T>(value: impl Future<Output = Result<Option<T>, ApiError>>) -> Isolated<T> {
    Box::pin(value).await.transpose()
}

/// What a resolver fails with.
#[derive(Clone)]
pub(crate) struct ApiError {
    code: &'static str,
    message: String,
    argument: Option<&'static str>,
}

impl ApiError {
    /// Nobody has been identified.
    pub(crate) fn unauthenticated() -> Self {
        let message =
            "this needs an identified caller: send the header Authorization: Bearer <token>".to_owned();
        Self { code: codes::UNAUTHENTICATED, message, argument: None }
    }

    /// An argument that cannot be meant.
    pub(crate) fn bad_input(argument: &'static str, message: impl Into<String>) -> Self {
        Self { code: codes::BAD_USER_INPUT, message: message.into(), argument: Some(argument) }
    }

    /// What the caller is told, for a place of its own in the answer.
    pub(crate) fn into_message(self) -> String {
        self.message
    }

    /// Its code, for a place of its own in the answer.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// A defect in how the request was set up; it is logged, not told.
    pub(crate) fn internal(what: &'static str) -> Self {
        tracing::error!(what, "a request could not be served");
        Self { code: codes::INTERNAL, message: "internal error".to_owned(), argument: None }
    }
}

impl From<&Fault> for ApiError {
    fn from(fault: &Fault) -> Self {
        let told = |code| Self { code, message: fault.to_string(), argument: None };
        match fault {
            Fault::Forbidden(_) => told(codes::FORBIDDEN),
            Fault::NotFound { .. } => told(codes::NOT_FOUND),
            Fault::Invalid { field, message } => Self::bad_input(field, message.clone()),
            Fault::Conflict(_) => told(codes::CONFLICT),
            Fault::Unavailable(what) => {
                tracing::warn!(what, "the store does not answer");
                let message = "the store does not answer at the moment; repeat the request".to_owned();
                Self { code: codes::UNAVAILABLE, message, argument: None }
            }
            Fault::Internal { context, source } => {
                tracing::error!(context, source = source.as_deref(), "a request met a defect");
                Self { code: codes::INTERNAL, message: "internal error".to_owned(), argument: None }
            }
        }
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

/// Loaders share one fault among all who waited for the batch.
impl From<Arc<Fault>> for ApiError {
    fn from(fault: Arc<Fault>) -> Self {
        Self::from(fault.as_ref())
    }
}

impl From<ApiError> for async_graphql::Error {
    fn from(error: ApiError) -> Self {
        let ApiError { code, message, argument } = error;
        async_graphql::Error::new(message).extend_with(|_, extensions| {
            extensions.set("code", code);
            if let Some(argument) = argument {
                extensions.set("argument", argument);
            }
        })
    }
}
