//! Media types: which one an answer gets, and which ones a body may have.

use axum::http::{HeaderMap, HeaderValue, header};

/// A media type of answers, with its own rule for status codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: a well-formed request is answered 200 even where GraphQL refuses the document,
    /// because older clients read the body of nothing else.
    Json,
    /// `application/graphql-response+json`: the status tells whether there is an answer.
    GraphqlResponse,
}

const JSON: &str = "application/json";
const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";

impl Media {
    /// The media type to answer with, or `None` where the client accepts neither.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut graphql = Quality::default();
        let mut json = Quality::default();
        let mut asked = false;
        for value in headers.get_all(header::ACCEPT) {
            for range in value.to_str().unwrap_or_default().split(',') {
                let mut parts = range.split(';').map(str::trim);
                let name = parts.next().unwrap_or_default();
                if name.is_empty() {
                    continue;
                }
                asked = true;
                let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1_000, thousandths);
                graphql.consider(name, GRAPHQL_RESPONSE, weight);
                json.consider(name, JSON, weight);
            }
        }
        if !asked {
            return Some(Self::Json);
        }
        // A client that names the newer type knows it; wildcards alone say nothing, so they get the older one.
        let newer = graphql.weight > json.weight || (graphql.weight == json.weight && graphql.precision == 3);
        match (newer, graphql.weight.max(json.weight)) {
            (_, 0) => None,
            (true, _) => Some(Self::GraphqlResponse),
            (false, _) => Some(Self::Json),
        }
    }

    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
    }
}

/// How much a client wants one media type: the weight of the most precise range that covers it.
#[derive(Default)]
struct Quality {
    precision: u8,
    weight: u16,
}

impl Quality {
    fn consider(&mut self, range: &str, media: &str, weight: u16) {
        let precision = if range.eq_ignore_ascii_case(media) {
            3
        } else if range.eq_ignore_ascii_case("application/*") {
            2
        } else if range == "*/*" {
            1
        } else {
            return;
        };
        if precision > self.precision {
            *self = Self { precision, weight };
        } else if precision == self.precision {
            self.weight = self.weight.max(weight);
        }
    }
}

/// A weight as `0.8`, in thousandths; what cannot be read counts as the full weight.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole != "0" {
        return 1_000;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    digits.parse().unwrap_or(1_000)
}

/// Whether a body of this `Content-Type` is JSON in UTF-8. Anything else is refused, which also keeps out the
/// form types that a page of another site can send without a preflight.
pub(super) fn is_json(content_type: &HeaderValue) -> bool {
    let Ok(text) = content_type.to_str() else { return false };
    let mut parts = text.split(';').map(str::trim);
    parts.next().is_some_and(|name| name.eq_ignore_ascii_case(JSON))
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset")
                || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

/// Whether the client names JSON of either kind in `Accept`, which no image, form or link of a page does.
pub(super) fn names_json(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|range| {
            let name = range.split(';').next().unwrap_or_default().trim();
            name.eq_ignore_ascii_case(JSON) || name.eq_ignore_ascii_case(GRAPHQL_RESPONSE)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn negotiated(accept: &'static str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        Media::negotiate(&headers)
    }

    #[test]
    fn the_accept_header_chooses_the_media_type() {
        assert_eq!(Media::negotiate(&HeaderMap::new()), Some(Media::Json));
        for (accept, media) in [
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("application/json, multipart/mixed", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("Application/GraphQL-Response+JSON; charset=utf-8", Some(Media::GraphqlResponse)),
            ("application/json, application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json;q=0.9", Some(Media::Json)),
            ("application/graphql-response+json;q=0.5, */*;q=0.1", Some(Media::GraphqlResponse)),
            ("application/json;q=0, */*", Some(Media::GraphqlResponse)),
            ("text/html, */*;q=0.8", Some(Media::Json)),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(negotiated(accept), media, "{accept}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_json() {
        for (content_type, expected) in [
            ("application/json", true),
            ("application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=latin1", false),
            ("application/jsonp", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
        ] {
            assert_eq!(is_json(&HeaderValue::from_static(content_type)), expected, "{content_type}");
        }
    }
}
