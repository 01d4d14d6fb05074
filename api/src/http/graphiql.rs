//! The `GraphiQL` page, all of it embedded: it works without internet access and loads nothing from elsewhere.

use std::sync::LazyLock;

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use sha2::{Digest, Sha256};

/// Scripts come from this server only. Styles may be inline because the editor sizes itself by style elements;
/// fonts and icons are part of the style sheet.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    font-src data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// An embedded file.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    gzip: bool,
    bytes: &'static [u8],
    etag: LazyLock<HeaderValue>,
}

macro_rules! asset {
    ($static:ident, $name:literal, $content_type:literal) => {
        asset!($static, $name, $content_type, false, $name);
    };
    ($static:ident, $name:literal, $content_type:literal, gzip) => {
        asset!($static, $name, $content_type, true, concat!($name, ".gz"));
    };
    ($static:ident, $name:literal, $content_type:literal, $gzip:literal, $file:expr) => {
        static $static: Asset = Asset {
            name: $name,
            content_type: $content_type,
            gzip: $gzip,
            bytes: include_bytes!(concat!("../../assets/graphiql/", $file)),
            etag: LazyLock::new(|| etag($static.bytes)),
        };
    };
}

asset!(PAGE, "index.html", "text/html; charset=utf-8");
asset!(PAGE_STYLE, "page.css", "text/css; charset=utf-8");
asset!(PAGE_SCRIPT, "page.js", "text/javascript; charset=utf-8");
asset!(GRAPHIQL_STYLE, "graphiql.min.css", "text/css; charset=utf-8", gzip);
asset!(GRAPHIQL_SCRIPT, "graphiql.min.js", "text/javascript; charset=utf-8", gzip);
asset!(REACT, "react.production.min.js", "text/javascript; charset=utf-8", gzip);
asset!(REACT_DOM, "react-dom.production.min.js", "text/javascript; charset=utf-8", gzip);

static ASSETS: [&Asset; 6] =
    [&PAGE_STYLE, &PAGE_SCRIPT, &GRAPHIQL_STYLE, &GRAPHIQL_SCRIPT, &REACT, &REACT_DOM];

/// The page.
pub(super) async fn page(headers: HeaderMap) -> Response<Body> {
    PAGE.respond(&headers)
}

/// One of the page's files.
pub(super) async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response<Body> {
    match ASSETS.iter().find(|asset| asset.name == file) {
        Some(asset) => asset.respond(&headers),
        None => empty(StatusCode::NOT_FOUND),
    }
}

impl Asset {
    fn respond(&self, headers: &HeaderMap) -> Response<Body> {
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &self.etag));
        let mut response = if known {
            empty(StatusCode::NOT_MODIFIED)
        } else if self.gzip && !accepts_gzip(headers) {
            // The files are kept compressed only, and every browser accepts that.
            return empty(StatusCode::NOT_ACCEPTABLE);
        } else {
            Response::new(Body::from(self.bytes))
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        // Asked for again each time, which the tag makes cheap: an upgrade shows at once.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        if self.gzip {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        response
    }
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn etag(bytes: &[u8]) -> HeaderValue {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let half = digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
    HeaderValue::try_from(format!("\"{half:032x}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let tag = tag.as_bytes();
    tags.as_bytes().split(|byte| *byte == b',').any(|one| {
        let one = one.trim_ascii();
        one == b"*" || one.strip_prefix(b"W/").unwrap_or(one) == tag
    })
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            matches!(name.trim(), "gzip" | "*")
                && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    })
}
