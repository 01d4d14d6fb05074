//! What is asked for: an offer as it stood then.

use serde::Serialize;

use crate::catalog::{Course, CourseStatus, Offer, Provider, ProviderKind, WeekRange};
use crate::kernel::{CourseId, Money, Refusal, Text, TextError, WebAddress};

use super::policy::CourseTraits;

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
    /// What sort of organization offers it; not known outside the catalog.
    pub provider_kind: Option<ProviderKind>,
    /// The longest that it takes, in weeks, when known.
    pub duration_weeks: Option<i32>,
    /// For how many hours of working time the person is released, with pay; none when not known.
    pub release_hours: Option<i32>,
}

/// What somebody asks to have funded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AskedCourse {
    /// A course of the catalog.
    Catalog(CourseId),
    /// One outside of it (C4).
    Outside(OutsideCourse),
}

/// What a course comes to when it is asked for now: the offer, or everything that speaks against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted {
    /// What it costs, where that is known.
    pub price: Option<Money>,
    /// The offer, when nothing speaks against it.
    pub offer: Option<RequestedOffer>,
    /// What a policy looks at in it, where there is such a course.
    pub course: Option<CourseTraits>,
    /// What speaks against it, in the order in which it is told.
    pub refusals: Vec<OfferRefusal>,
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
pub(super) const MAX_QUOTE: i64 = 1_000_000_000_000;
const MAX_URL: usize = 1_000;
/// Ten thousand hours.
pub(super) const MAX_WORKLOAD: i32 = 600_000;

impl AskedCourse {
    /// What makes two requests of a person ask for the same thing (F13): the course, or outside the catalog the place
    /// where it is described. None for one whose place cannot be read.
    pub(super) fn subject(&self) -> Option<String> {
        match self {
            Self::Catalog(course) => Some(course.to_string()),
            Self::Outside(outside) => page(&outside.url).ok().map(|url| place(&url).to_owned()),
        }
    }

    /// The addresses under which the catalog may hold a course that is asked for as one outside of it.
    pub(super) fn addresses(&self) -> Vec<String> {
        let Some(subject) = self.subject().filter(|_| matches!(self, Self::Outside(_))) else {
            return Vec::new();
        };
        let (path, query) = subject.find('?').map_or((subject.as_str(), ""), |at| subject.split_at(at));
        let of = |scheme: &str| [format!("{scheme}://{path}{query}"), format!("{scheme}://{path}/{query}")];
        ["https", "http"].iter().flat_map(|scheme| of(scheme)).collect()
    }
}

impl Quoted {
    /// Freezes a course of the catalog. Where the catalog has a price, that one counts and a quote is refused, so that
    /// nobody asks for less or more than a course costs.
    pub(super) fn of_catalog(course: &Course, provider: &Provider, quote: Option<Money>) -> Self {
        let Offer { title, provider_name, provider_kind, price, workload_hours, duration, .. } =
            course.offer(provider);
        let release_hours = course.paid_release_hours;
        let traits = CourseTraits {
            provider_kind: Some(provider_kind),
            outside_catalog: false,
            workload_minutes: workload_hours.map(|hours| hours.saturating_mul(60)),
            duration_weeks: duration.map(WeekRange::max),
        };
        let mut refusals = Vec::new();
        match course.status {
            CourseStatus::Published => {}
            CourseStatus::Retired => refusals.push(OfferRefusal::NotOffered { title: title.clone() }),
            // What a draft will cost is not for everybody to know yet.
            CourseStatus::Draft => {
                let refusals = vec![OfferRefusal::NotOffered { title }];
                return Self { price: None, offer: None, course: None, refusals };
            }
        }
        let price = match (price, quote) {
            (Some(price), Some(_)) => {
                refusals.push(OfferRefusal::QuoteNotTaken { title: title.clone(), price });
                Some(price)
            }
            (Some(price), None) => Some(price),
            (None, quote) => noted(needed_quote(quote, &title), &mut refusals),
        };
        let url = course.url.as_ref().map(ToString::to_string);
        let course = Some(course.id);
        let CourseTraits { workload_minutes, duration_weeks, .. } = traits;
        let offer = |price| RequestedOffer {
            course,
            title,
            provider_name,
            url,
            price,
            workload_minutes,
            provider_kind: Some(provider_kind),
            duration_weeks,
            release_hours,
        };
        let offer = price.filter(|_| refusals.is_empty()).map(offer);
        Self { price, offer, course: Some(traits), refusals }
    }

    /// Freezes a course outside the catalog.
    pub(super) fn of_outside(course: &OutsideCourse, quote: Option<Money>) -> Self {
        let mut refusals = Vec::new();
        let title = Text::line(&course.title, Text::NAME).map_err(OfferRefusal::InvalidTitle);
        let title = noted(title, &mut refusals).map(Text::into_string);
        let provider_name =
            Text::line(&course.provider_name, Text::NAME).map_err(OfferRefusal::InvalidProvider);
        let provider_name = noted(provider_name, &mut refusals).map(Text::into_string);
        let url = noted(page(&course.url), &mut refusals);
        let workload_minutes = course.workload_minutes;
        if let Some(minutes) = workload_minutes.filter(|m| !(1..=MAX_WORKLOAD).contains(m)) {
            refusals.push(OfferRefusal::InvalidWorkload(minutes));
        }
        let called = title.clone().unwrap_or_else(|| shortened(&course.title));
        let price = noted(needed_quote(quote, &called), &mut refusals);
        let offer = match (title, provider_name, price) {
            (Some(title), Some(provider_name), Some(price)) if refusals.is_empty() => Some(RequestedOffer {
                course: None,
                title,
                provider_name,
                url,
                price,
                workload_minutes,
                provider_kind: None,
                duration_weeks: None,
                release_hours: None,
            }),
            _ => None,
        };
        let traits = CourseTraits { outside_catalog: true, workload_minutes, ..CourseTraits::default() };
        Self { price, offer, course: Some(traits), refusals }
    }

    /// The same, where the catalog holds what stands at the address.
    pub(super) fn held(mut self, url: &str, course: &Course) -> Self {
        let url = page(url).unwrap_or_else(|_| shortened(url));
        self.refusals.push(OfferRefusal::InCatalog { url, course: course.id, title: course.title.clone() });
        Self { offer: None, ..self }
    }

    /// A course that is not there.
    pub(super) fn unknown(course: CourseId) -> Self {
        Self { price: None, offer: None, course: None, refusals: vec![OfferRefusal::UnknownCourse(course)] }
    }
}

impl RequestedOffer {
    /// What a policy looks at.
    pub(super) fn traits(&self) -> CourseTraits {
        CourseTraits {
            provider_kind: self.provider_kind,
            outside_catalog: self.course.is_none(),
            workload_minutes: self.workload_minutes,
            duration_weeks: self.duration_weeks,
        }
    }

    /// For how many hours the person is released; none that are known are none.
    pub(super) fn hours(&self) -> i64 {
        self.release_hours.map_or(0, i64::from).max(0)
    }

    /// What makes two requests of a person ask for the same thing (F13): the course, or outside the catalog the place
    /// where it is described. Sites answer with one page whether or not the connection is encrypted.
    pub fn subject(&self) -> String {
        match (self.course, self.url.as_deref()) {
            (Some(course), _) => course.to_string(),
            (None, url) => url.map(|url| place(url).to_owned()).unwrap_or_default(),
        }
    }
}

/// What a check found right; what it found wrong goes to the others.
fn noted<T>(checked: Result<T, OfferRefusal>, refusals: &mut Vec<OfferRefusal>) -> Option<T> {
    checked.map_err(|refusal| refusals.push(refusal)).ok()
}

fn needed_quote(quote: Option<Money>, title: &str) -> Result<Money, OfferRefusal> {
    quote.ok_or_else(|| OfferRefusal::QuoteNeeded { title: title.to_owned() }).and_then(checked_quote)
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
    let wrong = || OfferRefusal::InvalidUrl { given: shortened(text) };
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

/// An address without its scheme.
fn place(address: &str) -> &str {
    split(address).1
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Scheme and rest of an address.
fn split(address: &str) -> (&str, &str) {
    address.split_once("://").unwrap_or(("", address))
}

#[cfg(test)]
mod tests;
