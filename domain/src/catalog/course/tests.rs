use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::catalog::{MicroCredentialElement as Element, ProviderKind};
use crate::kernel::{CountryCode, Currency, TypedId};

fn course() -> Course {
    let id = CourseId::from_uuid(Uuid::from_u128(1));
    let provider = ProviderId::from_uuid(Uuid::from_u128(2));
    Course::draft(id, "C-1".to_owned(), "Cloud Basics".to_owned(), provider, DateTime::UNIX_EPOCH)
}

fn provider() -> Provider {
    Provider::named(ProviderId::from_uuid(Uuid::from_u128(2)), "Cloudworks".to_owned(), ProviderKind::Company)
}

fn euros(minor: i64) -> Option<Money> {
    Currency::parse("EUR").and_then(|eur| Money::new(minor, eur)).ok()
}

fn pricing(second: i64) -> Pricing {
    let at = DateTime::from_timestamp(second, 0).unwrap_or_default();
    Pricing { id: CoursePriceId::from_uuid(Uuid::from_u128(3)), at, by: None }
}

#[test]
fn names_read_back() {
    assert!(Participation::ALL.into_iter().all(|value| Participation::named(value.name()) == Some(value)));
    assert!(CourseStatus::ALL.into_iter().all(|value| CourseStatus::named(value.name()) == Some(value)));
    assert!(ProviderKind::ALL.into_iter().all(|value| ProviderKind::named(value.name()) == Some(value)));
}

#[test]
fn c1_an_offer_outlives_every_change_of_its_course() {
    let (mut course, mut provider) = (course(), provider());
    course.set_price(euros(120_000), pricing(0));
    course.workload_hours = Some(60);
    let offer = course.offer(&provider);
    course.title = "Clouds for All".to_owned();
    course.set_price(euros(99_000), pricing(1));
    provider.name = "Cloudworks Holding".to_owned();
    assert_eq!((offer.title.as_str(), offer.provider_name.as_str()), ("Cloud Basics", "Cloudworks"));
    assert_eq!((offer.price, offer.workload_hours), (euros(120_000), Some(60)));
}

#[test]
fn c1_an_offer_reads_back_from_what_is_stored() {
    let mut course = course();
    course.set_price(euros(0), pricing(0));
    course.subject = SubjectArea::parse("0612").ok();
    course.duration = WeekRange::new(4, 13).ok();
    let offer = course.offer(&provider());
    let stored = serde_json::to_string(&offer).unwrap_or_default();
    assert_eq!(serde_json::from_str(&stored).ok(), Some(offer));
}

#[test]
fn c2_only_what_an_offer_can_supply_is_missing() {
    let completeness = course().micro_credential_completeness(&provider());
    let expected = [
        Element::IssuerCountry,
        Element::LearningOutcomes,
        Element::Workload,
        Element::AssessmentType,
        Element::Participation,
        Element::QualityAssurance,
    ];
    assert_eq!(completeness.missing, expected);
    assert_eq!(completeness.supplied_at_award, [Element::Learner, Element::IssuingDate]);
    assert_eq!(completeness.unless_not_applicable, [Element::Level]);
    assert!(!completeness.complete());
}

#[test]
fn c2_each_element_given_is_one_less_missing() {
    let (mut course, mut provider) = (course(), provider());
    provider.country = CountryCode::parse("DE").ok();
    provider.accreditation = Some("State accreditation council".to_owned());
    course.learning_outcomes.push("Runs a service in the cloud".to_owned());
    course.ects = Ects::from_hundredths(250).ok();
    course.assessment = Some(AssessmentType::Project);
    course.participation = Some(Participation::Online);
    let completeness = course.micro_credential_completeness(&provider);
    assert_eq!(completeness.missing, []);
    assert!(completeness.complete(), "a course without a qualification level can still be complete");
    course.eqf_level = EqfLevel::new(5).ok();
    assert_eq!(course.micro_credential_completeness(&provider).unless_not_applicable, []);
}

#[test]
fn c3_nothing_is_not_zero() {
    let mut course = course();
    assert_eq!(course.set_price(None, pricing(0)), None, "unknown stays unknown without an entry");
    let free = course.set_price(euros(0), pricing(1)).map(|entry| entry.price);
    assert_eq!((free, course.price), (Some(euros(0)), euros(0)));
    let unknown = course.set_price(None, pricing(2)).map(|entry| entry.price);
    assert_eq!((unknown, course.price), (Some(None), None));
}

#[test]
fn c4_a_course_found_outside_needs_no_more_than_a_title_and_a_provider() {
    let completeness = course().micro_credential_completeness(&provider());
    let offer = course().offer(&provider());
    assert_eq!((offer.price, offer.duration, completeness.complete()), (None, None, false));
}

proptest! {
    /// The current price is the last of the history, and no two neighbors in the history are equal.
    #[test]
    fn c3_the_history_ends_with_the_current_price(prices in proptest::collection::vec(proptest::option::of(0_i64..3), 0..20)) {
        let mut course = course();
        let mut history = Vec::new();
        for (price, second) in prices.into_iter().zip(0..) {
            history.extend(course.set_price(price.and_then(euros), pricing(second)));
        }
        prop_assert_eq!(history.last().and_then(|entry| entry.price), course.price);
        prop_assert!(history.windows(2).all(|pair| pair[0].price != pair[1].price && pair[0].valid_from < pair[1].valid_from));
    }

    /// From any state, by any path: only DRAFT is ever left for good, and a refused step changes nothing.
    #[test]
    fn a_course_is_never_a_draft_again(steps in proptest::collection::vec(any::<bool>(), 0..12)) {
        let mut course = course();
        for publish in steps {
            let before = course.clone();
            let taken = if publish { course.publish().is_ok() } else { course.retire().is_ok() };
            prop_assert_eq!(taken, publish != (before.status == CourseStatus::Published));
            if taken {
                prop_assert_eq!(course.version, before.version + 1);
                prop_assert_ne!(course.status, CourseStatus::Draft);
            } else {
                prop_assert_eq!(&before, &course);
            }
        }
    }
}
