//! The values of `extensions.code` that this layer gives by itself, and the HTTP status that belongs to a code.
//!
//! A code is part of the contract with clients: it is what a program tests, where the message is for people.

use axum::http::StatusCode;

/// A parameter, header or variable of the request is not what it has to be.
pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// The document is not GraphQL.
pub const GRAPHQL_PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document is GraphQL, but does not fit the schema.
pub const GRAPHQL_VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
/// The operation asks for more than one operation may.
pub const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
/// The server holds no document of that id or hash; send it once in full.
pub const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
/// The server answers documents of its manifest only, and this is none of them.
pub const DOCUMENT_NOT_TRUSTED: &str = "DOCUMENT_NOT_TRUSTED";
/// The HTTP method cannot carry this request.
pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
/// None of the media types that the client accepts can be answered.
pub const NOT_ACCEPTABLE: &str = "NOT_ACCEPTABLE";
/// The body's media type is not `application/json`.
pub const UNSUPPORTED_MEDIA_TYPE: &str = "UNSUPPORTED_MEDIA_TYPE";
/// The body is longer than the server reads.
pub const PAYLOAD_TOO_LARGE: &str = "PAYLOAD_TOO_LARGE";
/// The websocket carries as many operations as it may.
pub const TOO_MANY_OPERATIONS: &str = "TOO_MANY_OPERATIONS";
/// The body did not arrive in time.
pub const REQUEST_TIMEOUT: &str = "REQUEST_TIMEOUT";
/// A simple cross-site request, which a browser sends without asking its user or us.
pub const CROSS_SITE_REQUEST: &str = "CROSS_SITE_REQUEST";
/// No token, or one that does not hold.
pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// Visible, but not allowed to this caller; the message says who may.
pub const FORBIDDEN: &str = "FORBIDDEN";
/// Not there, or not visible to this caller.
pub const NOT_FOUND: &str = "NOT_FOUND";
/// Somebody else has changed the thing in between; reading it again and repeating helps.
pub const CONFLICT: &str = "CONFLICT";
/// The server cannot answer now; the same request may succeed later.
pub const UNAVAILABLE: &str = "UNAVAILABLE";
/// Something failed that is not the client's doing; the log has it under the request id.
pub const INTERNAL: &str = "INTERNAL";

/// The status of an answer that consists of one error of this code, or `None` where the profile of the media
/// type decides between 400 and 200.
pub(super) fn status(code: &str) -> Option<StatusCode> {
    match code {
        UNAUTHENTICATED => Some(StatusCode::UNAUTHORIZED),
        "FORBIDDEN" => Some(StatusCode::FORBIDDEN),
        "RATE_LIMITED" => Some(StatusCode::TOO_MANY_REQUESTS),
        UNAVAILABLE => Some(StatusCode::SERVICE_UNAVAILABLE),
        INTERNAL => Some(StatusCode::INTERNAL_SERVER_ERROR),
        _ => None,
    }
}
