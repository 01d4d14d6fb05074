//! The identity of a request: its own id, and the trace that it belongs to.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
pub(super) const TRACE_RESPONSE: HeaderName = HeaderName::from_static("traceresponse");
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");
const LONGEST_REQUEST_ID: usize = 64;

/// What names a request in logs, traces, errors and the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestInfo {
    /// The caller's `x-request-id` where it is well formed, else a `UUIDv7`.
    pub request_id: String,
    /// The trace, 32 hexadecimal digits: the caller's where it sent a valid `traceparent`, else a new one.
    pub trace_id: String,
    /// Our own span within the trace, 16 hexadecimal digits.
    pub span_id: String,
    /// The caller's span, where it sent a valid `traceparent`.
    pub parent_span_id: Option<String>,
    /// Whether the caller records the trace.
    pub sampled: bool,
}

impl RequestInfo {
    /// Reads the identity from the headers of a request; what is missing or malformed is made new.
    #[expect(
        clippy::disallowed_methods,
        reason = "a request's id names a log line, it is no fact of the domain"
    )]
    pub(super) fn read(headers: &HeaderMap) -> Self {
        Self::from_headers(headers, Uuid::now_v7())
    }

    fn from_headers(headers: &HeaderMap, fresh: Uuid) -> Self {
        let request_id = headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|id| is_request_id(id))
            .map_or_else(|| fresh.to_string(), str::to_owned);
        let parent = TraceParent::from_headers(headers);
        // The right half of a version 7 UUID is random, which is all that a span id asks for.
        let (_, span_bits) = fresh.as_u64_pair();
        Self {
            request_id,
            trace_id: parent.map_or_else(|| fresh.simple().to_string(), |parent| parent.trace_id.to_owned()),
            span_id: format!("{span_bits:016x}"),
            parent_span_id: parent.map(|parent| parent.span_id.to_owned()),
            sampled: parent.is_some_and(|parent| parent.sampled),
        }
    }

    /// The value of the `traceresponse` header.
    pub(super) fn trace_response(&self) -> Option<HeaderValue> {
        let flags = u8::from(self.sampled);
        HeaderValue::try_from(format!("00-{}-{}-{flags:02x}", self.trace_id, self.span_id)).ok()
    }
}

/// Ids are echoed into headers, logs and bodies, so only the harmless alphabet passes.
fn is_request_id(text: &str) -> bool {
    (1..=LONGEST_REQUEST_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// A valid `traceparent` of W3C Trace Context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TraceParent<'a> {
    trace_id: &'a str,
    span_id: &'a str,
    sampled: bool,
}

impl<'a> TraceParent<'a> {
    /// Two headers are as good as none: nobody can tell which one is right.
    fn from_headers(headers: &'a HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(TRACE_PARENT).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => Self::parse(value.to_str().ok()?),
            _ => None,
        }
    }

    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split('-');
        let version = hex(parts.next()?, 2)?;
        let trace_id = hex(parts.next()?, 32)?;
        let span_id = hex(parts.next()?, 16)?;
        let flags = u8::from_str_radix(hex(parts.next()?, 2)?, 16).ok()?;
        // Later versions may append fields; version 00 has none, and ff is reserved.
        let appended = parts.next().is_some();
        let valid = version != "ff"
            && !(version == "00" && appended)
            && trace_id.bytes().any(|digit| digit != b'0')
            && span_id.bytes().any(|digit| digit != b'0');
        valid.then_some(Self { trace_id, span_id, sampled: flags & 1 == 1 })
    }
}

fn hex(text: &str, length: usize) -> Option<&str> {
    let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (text.len() == length && digits).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    #[test]
    fn a_traceparent_is_read_by_the_rules_of_w3c() {
        let valid = |sampled| Some(TraceParent { trace_id: TRACE, span_id: SPAN, sampled });
        let zeros = "00000000000000000000000000000000";
        for (text, expected) in [
            (format!("00-{TRACE}-{SPAN}-01"), valid(true)),
            (format!("00-{TRACE}-{SPAN}-00"), valid(false)),
            (format!("00-{TRACE}-{SPAN}-03"), valid(true)),
            (format!("cc-{TRACE}-{SPAN}-01-what-follows"), valid(true)),
            (format!("00-{TRACE}-{SPAN}-01-what-follows"), None),
            (format!("ff-{TRACE}-{SPAN}-01"), None),
            (format!("00-{zeros}-{SPAN}-01"), None),
            (format!("00-{TRACE}-0000000000000000-01"), None),
            (format!("00-{}-{SPAN}-01", TRACE.to_uppercase()), None),
            (format!("00-{TRACE}-{SPAN}"), None),
            (format!("00-{TRACE}-{SPAN}-1"), None),
            (format!("00-{TRACE}-{SPAN}-+1"), None),
            (String::new(), None),
        ] {
            assert_eq!(TraceParent::parse(&text), expected, "{text}");
        }
    }

    #[test]
    fn identity_comes_from_the_caller_where_it_is_well_formed() {
        let fresh = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_002a);
        let mut headers = HeaderMap::new();
        let info = RequestInfo::from_headers(&headers, fresh);
        assert_eq!(info.request_id, "01900000-0000-7000-8000-00000000002a");
        assert_eq!(info.trace_id, "0190000000007000800000000000002a");
        assert_eq!(
            info.trace_response(),
            Some(HeaderValue::from_static("00-0190000000007000800000000000002a-800000000000002a-00"))
        );

        headers.insert(REQUEST_ID, HeaderValue::from_static("order-7.b_2"));
        headers.insert(
            TRACE_PARENT,
            HeaderValue::from_static("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        );
        let info = RequestInfo::from_headers(&headers, fresh);
        assert_eq!(info.request_id, "order-7.b_2");
        assert_eq!(info.trace_id, TRACE);
        assert_eq!(info.parent_span_id.as_deref(), Some(SPAN));
        assert_eq!(
            info.trace_response(),
            Some(HeaderValue::from_static("00-4bf92f3577b34da6a3ce929d0e0e4736-800000000000002a-01"))
        );

        headers.insert(REQUEST_ID, HeaderValue::from_static("no spaces"));
        headers.append(
            TRACE_PARENT,
            HeaderValue::from_static("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        );
        let info = RequestInfo::from_headers(&headers, fresh);
        assert_eq!(info.request_id, "01900000-0000-7000-8000-00000000002a");
        assert_eq!(info.parent_span_id, None);
    }
}
