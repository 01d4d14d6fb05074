//! What is asked for: an offer as it stood then.

use serde::Serialize;

use crate::catalog::{Course, CourseStatus, Offer, Provider};
use crate::kernel::{CourseId, Money, Refusal, Text, TextError, WebAddress};

/// An offer, frozen on the request that asks for it (C1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedOffer {
    /// The course of the catalog; none for one outside of it.
    pub course: Option<CourseId>,
    /// What it is called.
    pub title: String,
    /// Who offers it.
    pub provider_name: String,
    /// Where it is described; always there for one outside the catalog.
    pub url: Option<String>,
    /// What it costs. 0 is a price (C3).
    pub price: Money,
    /// How much work it is, in minutes, when known.
    pub workload_minutes: Option<i32>,
}

/// A course outside the catalog (C4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutsideCourse {
    /// What it is called.
    pub title: String,
    /// Who offers it.
    pub provider_name: String,
    /// Where it is described.
    pub url: String,
    /// How much work it is, in minutes, when known.
    pub workload_minutes: Option<i32>,
}

/// Why something cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfferRefusal {
    /// No such course in the catalog.
    #[error("there is no course {0}")]
    UnknownCourse(CourseId),
    /// A draft, or retired.
    #[error("the course '{title}' is not offered now; only published courses can be asked for")]
    NotOffered {
        /// What it is called.
        title: String,
    },
    /// Nobody knows what it costs (C3).
    #[error("the price of '{title}' is not known; ask for a quote and give it")]
    QuoteNeeded {
        /// What it is called.
        title: String,
    },
    /// The catalog knows what it costs.
    #[error("the catalog has a price for '{title}', {price}; leave the quote out")]
    QuoteNotTaken {
        /// What it is called.
        title: String,
        /// The catalog's price.
        price: Money,
    },
    /// Less than nothing.
    #[error("the quote is {0}; a price is 0 or above")]
    NegativeQuote(Money),
    /// More than any course costs.
    #[error("the quote is {given}; no course costs more than {most}, so some digits may be too many")]
    QuoteTooHigh {
        /// The quote.
        given: Money,
        /// The most that is taken in its currency.
        most: Money,
    },
    /// The title cannot be taken.
    #[error("the title {0}")]
    InvalidTitle(TextError),
    /// The provider's name cannot be taken.
    #[error("the provider's name {0}")]
    InvalidProvider(TextError),
    /// The catalog holds it, with a price and a history of its own.
    #[error("the catalog holds what stands at {url}: '{title}' ({course}); ask for that course")]
    InCatalog {
        /// The address.
        url: String,
        /// The course.
        course: CourseId,
        /// What it is called.
        title: String,
    },
    /// Not an address of the web.
    #[error(
        "'{given}' is not a web address of at most {MAX_URL} ASCII characters such as https://example.org/course"
    )]
    InvalidUrl {
        /// As given, shortened.
        given: String,
    },
    /// No amount of work.
    #[error("{0} minutes is no workload; it is 1 to {MAX_WORKLOAD} minutes")]
    InvalidWorkload(i32),
}

impl Refusal for OfferRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownCourse(_) | Self::NotOffered { .. } => &["input", "course", "courseId"],
            Self::QuoteNeeded { .. }
            | Self::QuoteNotTaken { .. }
            | Self::NegativeQuote(_)
            | Self::QuoteTooHigh { .. } => &["input", "quote"],
            Self::InvalidTitle(_) => &["input", "course", "outside", "title"],
            Self::InvalidProvider(_) => &["input", "course", "outside", "providerName"],
            Self::InvalidUrl { .. } | Self::InCatalog { .. } => &["input", "course", "outside", "url"],
            Self::InvalidWorkload(_) => &["input", "course", "outside", "workloadMinutes"],
        }
    }
}

/// The highest quote in minor units: beyond the price of any course in any currency, and little enough that millions of
/// requests add up.
const MAX_QUOTE: i64 = 1_000_000_000_000;
const MAX_URL: usize = 1_000;
/// Ten thousand hours.
const MAX_WORKLOAD: i32 = 600_000;

impl RequestedOffer {
    /// Freezes a course of the catalog. Where the catalog has a price, that one counts and a quote is refused, so that
    /// nobody asks for less or more than a course costs.
    pub(super) fn of_catalog(
        course: &Course,
        provider: &Provider,
        quote: Option<Money>,
    ) -> Result<Self, OfferRefusal> {
        let Offer { title, provider_name, price, workload_hours, .. } = course.offer(provider);
        let price = match (price, quote) {
            _ if course.status != CourseStatus::Published => return Err(OfferRefusal::NotOffered { title }),
            (Some(price), Some(_)) => return Err(OfferRefusal::QuoteNotTaken { title, price }),
            (Some(price), None) => price,
            (None, Some(quote)) => checked_quote(quote)?,
            (None, None) => return Err(OfferRefusal::QuoteNeeded { title }),
        };
        let url = course.url.as_ref().map(ToString::to_string);
        let workload_minutes = workload_hours.map(|hours| hours.saturating_mul(60));
        Ok(Self { course: Some(course.id), title, provider_name, url, price, workload_minutes })
    }

    /// Freezes a course outside the catalog.
    pub(super) fn of_outside(course: &OutsideCourse, quote: Option<Money>) -> Result<Self, OfferRefusal> {
        let title = Text::line(&course.title, Text::NAME).map_err(OfferRefusal::InvalidTitle)?.into_string();
        let provider_name = Text::line(&course.provider_name, Text::NAME);
        let provider_name = provider_name.map_err(OfferRefusal::InvalidProvider)?.into_string();
        let url = Some(page(&course.url)?);
        if let Some(minutes) = course.workload_minutes.filter(|m| !(1..=MAX_WORKLOAD).contains(m)) {
            return Err(OfferRefusal::InvalidWorkload(minutes));
        }
        let Some(quote) = quote else { return Err(OfferRefusal::QuoteNeeded { title }) };
        let price = checked_quote(quote)?;
        let workload_minutes = course.workload_minutes;
        Ok(Self { course: None, title, provider_name, url, price, workload_minutes })
    }

    /// What makes two requests of a person ask for the same thing (F13): the course, or outside the catalog the place
    /// where it is described. Sites answer with one page whether or not the connection is encrypted.
    pub fn subject(&self) -> String {
        match (self.course, self.url.as_deref()) {
            (Some(course), _) => course.to_string(),
            (None, url) => url.map(|url| split(url).1.to_owned()).unwrap_or_default(),
        }
    }

    /// The addresses under which the catalog may hold a course that is asked for as one outside of it.
    pub(super) fn addresses(&self) -> Vec<String> {
        let Some((_, rest)) = self.url.as_deref().map(split).filter(|_| self.course.is_none()) else {
            return Vec::new();
        };
        let (path, query) = rest.find('?').map_or((rest, ""), |at| rest.split_at(at));
        let of = |scheme: &str| [format!("{scheme}://{path}{query}"), format!("{scheme}://{path}/{query}")];
        ["https", "http"].iter().flat_map(|scheme| of(scheme)).collect()
    }
}

fn checked_quote(quote: Money) -> Result<Money, OfferRefusal> {
    if quote.is_negative() {
        return Err(OfferRefusal::NegativeQuote(quote));
    }
    if quote.minor() > MAX_QUOTE {
        let most = Money::sum(MAX_QUOTE, quote.currency());
        return Err(OfferRefusal::QuoteTooHigh { given: quote, most });
    }
    Ok(quote)
}

/// A web address as one page is known by: scheme and host in lower case, no fragment, and no slash at the end of the
/// path. A query stays as it is.
fn page(text: &str) -> Result<String, OfferRefusal> {
    let text = text.trim();
    let wrong = || OfferRefusal::InvalidUrl { given: text.chars().take(80).collect() };
    // The address is part of an index, whose keys are bounded in bytes.
    if !text.is_ascii() || text.len() > MAX_URL {
        return Err(wrong());
    }
    let (scheme, rest) = split(text);
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.find('?').map_or((rest, ""), |at| rest.split_at(at));
    let (host, path) = place.find('/').map_or((place, ""), |at| place.split_at(at));
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let page = format!("{scheme}://{host}{}{query}", path.trim_end_matches('/'));
    WebAddress::parse(&page).map(String::from).map_err(|_| wrong())
}

/// Scheme and rest of an address.
fn split(address: &str) -> (&str, &str) {
    address.split_once("://").unwrap_or(("", address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ProviderKind;
    use crate::kernel::{Currency, ProviderId, TypedId};
    use chrono::DateTime;
    use uuid::Uuid;

    fn eur(minor: i64) -> Money {
        Currency::parse("EUR")
            .and_then(|eur| Money::new(minor, eur))
            .unwrap_or_else(|error| panic!("{error}"))
    }

    fn provider() -> Provider {
        Provider {
            id: ProviderId::from_uuid(Uuid::from_u128(2)),
            name: "Example College".to_owned(),
            kind: ProviderKind::College,
            country: None,
            region: None,
            accreditation: None,
            quality_assurance: None,
            website: None,
            version: 1,
        }
    }

    fn listed(price: Option<Money>) -> Course {
        let (id, provider) = (CourseId::from_uuid(Uuid::from_u128(1)), provider().id);
        let draft = Course::draft(id, "C-1".to_owned(), "Cloud".to_owned(), provider, DateTime::UNIX_EPOCH);
        Course { price, workload_hours: Some(125), status: CourseStatus::Published, ..draft }
    }

    fn freeze(course: &Course, quote: Option<Money>) -> Result<RequestedOffer, OfferRefusal> {
        RequestedOffer::of_catalog(course, &provider(), quote)
    }

    #[test]
    fn c1_a_catalog_course_is_kept_as_it_was() {
        let course = listed(Some(eur(9)));
        let expected = RequestedOffer {
            course: Some(course.id),
            title: "Cloud".to_owned(),
            provider_name: "Example College".to_owned(),
            url: None,
            price: eur(9),
            workload_minutes: Some(7_500),
        };
        assert_eq!(freeze(&course, None), Ok(expected));
    }

    #[test]
    fn c3_zero_is_a_price_and_an_unknown_price_needs_a_quote() {
        assert_eq!(freeze(&listed(Some(eur(0))), None).map(|offer| offer.price), Ok(eur(0)));
        assert_eq!(
            freeze(&listed(None), None).map_err(|refusal| refusal.to_string()),
            Err("the price of 'Cloud' is not known; ask for a quote and give it".to_owned())
        );
        assert_eq!(freeze(&listed(None), Some(eur(5))).map(|offer| offer.price), Ok(eur(5)));
        assert_eq!(
            freeze(&listed(Some(eur(9))), Some(eur(5))),
            Err(OfferRefusal::QuoteNotTaken { title: "Cloud".to_owned(), price: eur(9) })
        );
        assert_eq!(freeze(&listed(None), Some(eur(-1))), Err(OfferRefusal::NegativeQuote(eur(-1))));
    }

    #[test]
    fn only_what_is_offered_can_be_asked_for() {
        for status in [CourseStatus::Draft, CourseStatus::Retired] {
            let course = Course { status, ..listed(Some(eur(9))) };
            assert_eq!(freeze(&course, None), Err(OfferRefusal::NotOffered { title: "Cloud".to_owned() }));
        }
    }

    #[test]
    fn c4_a_course_outside_the_catalog_is_known_by_its_page() {
        let outside = |url: &str| {
            let course = OutsideCourse {
                title: " Rust ".to_owned(),
                provider_name: "A School".to_owned(),
                url: url.to_owned(),
                workload_minutes: None,
            };
            RequestedOffer::of_outside(&course, Some(eur(100))).map(|offer| offer.subject())
        };
        for same in [
            "https://example.org/rust",
            "https://example.org/rust/",
            "https://example.org/rust#price",
            "HTTPS://Example.ORG/rust//",
            "http://example.org/rust",
        ] {
            assert_eq!(outside(same), Ok("example.org/rust".to_owned()));
        }
        // A path tells capital letters apart, and a query may end with a slash that means something.
        assert_eq!(outside("https://example.org/Rust/?next=/"), Ok("example.org/Rust?next=/".to_owned()));
        for bad in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://user@example.org/x",
            "https://ex ample.org",
        ] {
            assert_eq!(outside(bad), Err(OfferRefusal::InvalidUrl { given: bad.to_owned() }), "{bad}");
        }
        assert!(outside(&format!("https://example.org/{}", "x".repeat(MAX_URL))).is_err());
    }
}
