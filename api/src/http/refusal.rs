//! A request that the wire itself refuses, before or instead of an execution.

use async_graphql::{Pos, ServerError, Value};
use axum::http::{HeaderName, StatusCode, header};

use super::{answer, codes, limits::Excess, request_info::RequestInfo};

const LONGEST_MESSAGE: usize = 400;

/// One GraphQL error, and how HTTP has to put it.
#[derive(Debug)]
pub(super) struct Refusal {
    /// `None`: a well-formed request with a document or variables that do not fit, for which the media type decides.
    pub status: Option<StatusCode>,
    pub error: Box<ServerError>,
    pub header: Option<(HeaderName, &'static str)>,
}

impl Refusal {
    /// A refusal about the document or its variables.
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        let mut message = message.into();
        shorten(&mut message);
        let error = ServerError::new(message, None);
        Self { status: codes::status(code), error: Box::new(error), header: None }.with("code", code)
    }

    /// A refusal about the request as HTTP, whatever media type the client accepts.
    pub(super) fn http(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status: Some(status), ..Self::new(code, message) }
    }

    /// A parameter, header or body that is not what it has to be.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::http(StatusCode::BAD_REQUEST, codes::BAD_USER_INPUT, message)
    }

    pub(super) fn method_not_allowed(allow: &'static str, message: impl Into<String>) -> Self {
        let refusal = Self::http(StatusCode::METHOD_NOT_ALLOWED, codes::METHOD_NOT_ALLOWED, message);
        Self { header: Some((header::ALLOW, allow)), ..refusal }
    }

    /// Says what the server wants to know about the caller, as RFC 6750 puts it.
    pub(super) fn unauthenticated(message: impl Into<String>, token_was_sent: bool) -> Self {
        let challenge = if token_was_sent { r#"Bearer error="invalid_token""# } else { "Bearer" };
        let refusal = Self::new(codes::UNAUTHENTICATED, message);
        Self { header: Some((header::WWW_AUTHENTICATE, challenge)), ..refusal }
    }

    /// Says that the caller's token does not reach that far, as RFC 6750 puts it.
    pub(super) fn insufficient_scope(message: impl Into<String>) -> Self {
        let refusal = Self::http(StatusCode::FORBIDDEN, codes::FORBIDDEN, message);
        Self { header: Some((header::WWW_AUTHENTICATE, r#"Bearer error="insufficient_scope""#)), ..refusal }
    }

    /// Whether the caller has to say otherwise who they are before anything else can be answered.
    pub(super) fn is_about_the_caller(&self) -> bool {
        use StatusCode as Is;
        matches!(self.status, Some(Is::UNAUTHORIZED | Is::FORBIDDEN | Is::BAD_REQUEST))
    }

    /// The refusal as the errors of a result.
    pub(super) fn into_errors(self, info: &RequestInfo, retry_after: u32) -> Vec<ServerError> {
        let mut errors = vec![*self.error];
        answer::classify(&mut errors, info, retry_after);
        errors
    }

    /// Adds a value to the error's extensions.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.error.extensions.get_or_insert_default().set(name, value);
        self
    }

    pub(super) fn at(mut self, positions: impl IntoIterator<Item = Pos>) -> Self {
        self.error.locations = positions.into_iter().collect();
        self
    }
}

/// Messages echo names that the client chose, so their length is ours to bound.
pub(super) fn shorten(message: &mut String) {
    if message.len() > LONGEST_MESSAGE {
        message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
        message.push('…');
    }
}

impl From<Excess> for Refusal {
    fn from(excess: Excess) -> Self {
        Self::new(codes::QUERY_TOO_COMPLEX, excess.to_string())
            .with("measure", excess.measure.name())
            .with("cost", excess.value)
            .with("limit", excess.limit)
    }
}
