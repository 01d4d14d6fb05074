use super::*;
use crate::catalog::ProviderKind;
use crate::kernel::{Currency, ProviderId, TypedId};
use chrono::DateTime;
use uuid::Uuid;

fn eur(minor: i64) -> Money {
    Currency::parse("EUR").and_then(|eur| Money::new(minor, eur)).unwrap_or_else(|error| panic!("{error}"))
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

fn freeze(course: &Course, quote: Option<Money>) -> Result<RequestedOffer, Vec<OfferRefusal>> {
    let Quoted { offer, refusals, .. } = Quoted::of_catalog(course, &provider(), quote);
    offer.ok_or(refusals)
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
        provider_kind: Some(ProviderKind::College),
        duration_weeks: None,
        release_hours: None,
    };
    assert_eq!(freeze(&course, None), Ok(expected));
}

#[test]
fn c3_zero_is_a_price_and_an_unknown_price_needs_a_quote() {
    assert_eq!(freeze(&listed(Some(eur(0))), None).map(|offer| offer.price), Ok(eur(0)));
    assert_eq!(
        freeze(&listed(None), None).map_err(|refusals| refusals[0].to_string()),
        Err("the price of 'Cloud' is not known; ask for a quote and give it".to_owned())
    );
    assert_eq!(freeze(&listed(None), Some(eur(5))).map(|offer| offer.price), Ok(eur(5)));
    assert_eq!(
        freeze(&listed(Some(eur(9))), Some(eur(5))),
        Err(vec![OfferRefusal::QuoteNotTaken { title: "Cloud".to_owned(), price: eur(9) }])
    );
    assert_eq!(freeze(&listed(None), Some(eur(-1))), Err(vec![OfferRefusal::NegativeQuote(eur(-1))]));
}

#[test]
fn only_what_is_offered_can_be_asked_for() {
    let not_offered = OfferRefusal::NotOffered { title: "Cloud".to_owned() };
    let quoted = OfferRefusal::QuoteNotTaken { title: "Cloud".to_owned(), price: eur(9) };
    let retired = Course { status: CourseStatus::Retired, ..listed(Some(eur(9))) };
    assert_eq!(freeze(&retired, None), Err(vec![not_offered.clone()]));
    // What is wrong beside it is told too, but not what a draft costs.
    assert_eq!(freeze(&retired, Some(eur(5))), Err(vec![not_offered.clone(), quoted]));
    let draft = Course { status: CourseStatus::Draft, ..listed(Some(eur(9))) };
    for quote in [None, Some(eur(5))] {
        assert_eq!(freeze(&draft, quote), Err(vec![not_offered.clone()]));
        assert_eq!(Quoted::of_catalog(&draft, &provider(), quote).price, None);
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
        let subject = AskedCourse::Outside(course.clone()).subject();
        let Quoted { offer, refusals, .. } = Quoted::of_outside(&course, Some(eur(100)));
        let of_offer = offer.ok_or(refusals).map(|offer| offer.subject());
        assert_eq!(subject, of_offer.clone().ok());
        of_offer
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
        assert_eq!(outside(bad), Err(vec![OfferRefusal::InvalidUrl { given: bad.to_owned() }]), "{bad}");
    }
    assert!(outside(&format!("https://example.org/{}", "x".repeat(MAX_URL))).is_err());
}
