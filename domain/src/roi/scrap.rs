//! R8: scrap learning, which was paid for and is not applied.
//!
//! It is told a calendar quarter at a time, of what was completed in it, and only when every form about it has closed: what
//! is told never changes, so that no two answers of the same quarter can be subtracted, and quarters share nobody's answer.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::exact::{Fixed, part, total};
use crate::kernel::{CourseId, Crowds, EmployeeId, MinimumGroupSize, Money, Period, ProviderId, Suppression};
use crate::learning::{Application, FollowUp};

/// A course that somebody completed and was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedPlace {
    /// Which one; none outside the catalog.
    pub course: Option<CourseId>,
    /// Whose it is; none outside the catalog.
    pub provider: Option<ProviderId>,
    /// Who completed it.
    pub employee: EmployeeId,
    /// Whether it is applied, as the latest form says that was answered; of two answers to it the lesser.
    pub application: Option<Application>,
    /// What ledgers spent on it.
    pub spent: Option<Money>,
}

/// What was completed in a quarter and is not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScrapReport {
    /// The quarter.
    pub quarter: Period,
    /// The day from which it is told.
    pub known_from: NaiveDate,
    /// The smallest group of people of which it is told: whatever holds of all of them says something of everybody.
    pub minimum: MinimumGroupSize,
    /// What is told, once it is.
    pub told: Option<ScrapTold>,
}

/// Scrap learning of a quarter, in all and by provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScrapTold {
    /// All of it.
    pub total: ScrapCell,
    /// Of each provider; what was outside the catalog last.
    pub providers: Vec<ProviderScrap>,
}

/// Scrap learning of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderScrap {
    /// Which one; none for everything outside the catalog.
    pub provider: Option<ProviderId>,
    /// All of its courses.
    pub all: ScrapCell,
    /// Each of them.
    pub courses: Vec<(CourseId, ScrapCell)>,
}

/// What is told of a group, or why nothing is.
pub type ScrapCell = Result<ScrapLearning, Suppression>;

/// The share that is not applied, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScrapLearning {
    /// How many completed courses it is told of.
    pub places: u64,
    /// As a percentage; none of no places. Who did not say counts as not applying: no data is no benefit (R2).
    pub share: Option<Fixed<2>>,
    /// The share of those only who said that they do not.
    pub said: Option<Fixed<2>>,
    /// That share of what ledgers spent, by currency.
    pub cost: Vec<Money>,
}

impl ScrapLearning {
    /// What is not applied of some places. Who applies some of it applies it.
    fn of(places: &[&AskedPlace]) -> Self {
        let count = |among: &dyn Fn(&AskedPlace) -> bool| {
            u64::try_from(places.iter().filter(|place| among(place)).count()).unwrap_or(u64::MAX)
        };
        let all = count(&|_| true);
        let said = count(&|place| place.application == Some(Application::NotApplied));
        let lost = said.saturating_add(count(&|place| place.application.is_none()));
        let percent = |part: u64| Fixed::quotient(i128::from(part).saturating_mul(100), all.into());
        let mut spent = BTreeMap::<String, Money>::new();
        for amount in places.iter().filter_map(|place| place.spent) {
            let currency = amount.currency();
            let sum = spent.entry(currency.code().to_owned()).or_insert(Money::sum(0, currency));
            *sum = total([*sum, amount].into_iter(), currency);
        }
        let cost = spent.into_values().map(|spent| part(spent, lost.into(), all.into()));
        Self { places: all, share: percent(lost), said: percent(said), cost: cost.collect() }
    }
}

impl ScrapReport {
    /// The calendar quarter of a day.
    pub(crate) fn quarter(day: NaiveDate) -> Period {
        let month = day.month0().saturating_sub(day.month0() % 3);
        let first = day.with_day(1).and_then(|first| first.with_month0(month)).unwrap_or(day);
        let next = first.checked_add_months(Months::new(3)).unwrap_or(first);
        let last = next.checked_sub_days(Days::new(1)).unwrap_or(first);
        Period::new(first, last).unwrap_or_else(|_| Period::fiscal_year(day, 1))
    }

    /// The day after every form has closed about what was completed in a quarter.
    pub(crate) fn known_from(quarter: Period) -> NaiveDate {
        quarter.to().checked_add_days(Days::new(FollowUp::asked_for_days())).unwrap_or(NaiveDate::MAX)
    }
}

impl ScrapTold {
    /// What can be told of the places of a quarter.
    pub(crate) fn of(places: &[AskedPlace], minimum: MinimumGroupSize) -> Self {
        let all: Vec<&AskedPlace> = places.iter().collect();
        // What is outside the catalog stands last.
        let (groups, crowds) = grouped(&all, minimum, |place| (place.provider.is_none(), place.provider));
        let providers = groups.iter().map(|(key, places)| {
            let told = crowds.group(*key);
            ProviderScrap {
                provider: key.1,
                all: cell(places, told),
                courses: courses(places, told, minimum),
            }
        });
        Self { total: cell(&all, crowds.total()), providers: providers.collect() }
    }
}

/// The courses among the places of a provider. Where nothing is told of the provider, nothing is of them, since from all
/// of them together it could be told.
fn courses(
    places: &[&AskedPlace],
    provider: Result<(), Suppression>,
    minimum: MinimumGroupSize,
) -> Vec<(CourseId, ScrapCell)> {
    let (groups, crowds) = grouped(places, minimum, |place| place.course);
    let told = groups.iter().filter_map(|(course, places)| {
        let told = crowds.group(*course).and(provider.map_err(|_| Suppression::Complementary));
        course.map(|course| (course, cell(places, told)))
    });
    told.collect()
}

fn cell(places: &[&AskedPlace], told: Result<(), Suppression>) -> ScrapCell {
    told.map(|()| ScrapLearning::of(places))
}

/// Places by what they have in common, and which of these groups may be told apart.
fn grouped<'a, K: Ord + Copy>(
    places: &[&'a AskedPlace],
    minimum: MinimumGroupSize,
    key: impl Fn(&AskedPlace) -> K,
) -> (BTreeMap<K, Vec<&'a AskedPlace>>, Crowds<K>) {
    let mut groups = BTreeMap::<K, Vec<_>>::new();
    for &place in places {
        groups.entry(key(place)).or_default().push(place);
    }
    let crowds = Crowds::of(minimum, places.iter().map(|place| (key(place), place.employee)));
    (groups, crowds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Currency, TypedId};
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn ten() -> MinimumGroupSize {
        MinimumGroupSize::DEFAULT.for_rates()
    }

    fn euros(minor: i64) -> Money {
        let currency = Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"));
        Money::sum(minor, currency)
    }

    /// A course of the provider of that number, taken by somebody.
    fn place(course: u8, provider: u8, person: u8, application: Option<Application>) -> AskedPlace {
        let id = |number: u8| Uuid::from_u128(number.into());
        AskedPlace {
            course: Some(CourseId::from_uuid(id(course))),
            provider: Some(ProviderId::from_uuid(id(provider))),
            employee: EmployeeId::from_uuid(id(person)),
            application,
            spent: Some(euros(50_000)),
        }
    }

    /// So many people of whom the first so many apply what they learned, the next do not, and the others say nothing.
    fn taken(course: u8, provider: u8, people: std::ops::Range<u8>, applied: u8, not: u8) -> Vec<AskedPlace> {
        let from = people.start;
        let answer = |person: u8| match person - from {
            nth if nth < applied => Some(Application::Applied),
            nth if nth < applied + not => Some(Application::NotApplied),
            _ => None,
        };
        people.map(|person| place(course, provider, person, answer(person))).collect()
    }

    #[test]
    fn r8_whoever_did_not_answer_counts_as_not_applying() {
        let places = taken(1, 1, 0..20, 12, 3);
        let told = ScrapTold::of(&places, ten());
        let percent = |hundredths| Some(Fixed::from_last_place(hundredths));
        let scrap = |places, share, said, cost| Ok(ScrapLearning { places, share, said, cost });
        assert_eq!(told.total, scrap(20, percent(4_000), percent(1_500), vec![euros(400_000)]));
        // Some of it is something.
        let partly: Vec<_> = (0..10).map(|person| place(1, 1, person, Some(Application::Partly))).collect();
        assert_eq!(ScrapTold::of(&partly, ten()).total, scrap(10, percent(0), percent(0), vec![euros(0)]));
        assert_eq!(ScrapTold::of(&[], ten()).total, scrap(0, None, None, Vec::new()));
    }

    #[test]
    fn r7_what_is_told_of_providers_and_courses_cannot_be_subtracted() {
        let places = [
            taken(1, 1, 0..30, 10, 10),
            taken(2, 1, 40..43, 1, 1),
            taken(3, 1, 50..62, 5, 5),
            taken(4, 2, 70..84, 5, 5),
        ];
        let told = ScrapTold::of(&places.concat(), ten());
        assert_eq!(told.total.as_ref().map(|scrap| scrap.places), Ok(59));
        let provider = |nth: usize| {
            let provider = &told.providers[nth];
            let cells = provider
                .courses
                .iter()
                .map(|(_, cell)| cell.as_ref().map(|scrap| scrap.places).map_err(|why| *why));
            (provider.all.as_ref().map(|scrap| scrap.places).map_err(|why| *why), cells.collect::<Vec<_>>())
        };
        let (small, along) = (Err(Suppression::BelowMinimum), Err(Suppression::Complementary));
        assert_eq!(provider(0), (Ok(45), vec![Ok(30), small, along]));
        assert_eq!(provider(1), (Ok(14), vec![Ok(14)]));
        // One provider with few takes the next smallest along, with all its courses.
        let few = [taken(1, 1, 0..30, 10, 10), taken(4, 2, 70..84, 5, 5), taken(5, 3, 90..92, 1, 1)];
        let told = ScrapTold::of(&few.concat(), ten());
        let cells = told
            .providers
            .iter()
            .map(|provider| provider.all.as_ref().map(|scrap| scrap.places).map_err(|why| *why));
        assert_eq!(cells.collect::<Vec<_>>(), [Ok(30), along, small]);
        assert_eq!(told.providers[1].courses[0].1, Err(Suppression::Complementary));
    }

    #[test]
    fn r7_who_takes_many_courses_is_one_person() {
        let places: Vec<_> = (1..=12).flat_map(|course| taken(course, 1, 0..9, 1, 1)).collect();
        assert_eq!(ScrapTold::of(&places, ten()).total, Err(Suppression::BelowMinimum));
    }

    #[test]
    fn r8_a_quarter_is_told_when_the_last_form_has_closed() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        for (any, first, last) in [
            ("2026-02-17", "2026-01-01", "2026-03-31"),
            ("2026-12-31", "2026-10-01", "2026-12-31"),
            ("2025-05-31", "2025-04-01", "2025-06-30"),
        ] {
            let quarter = ScrapReport::quarter(day(any));
            assert_eq!((quarter.from(), quarter.to()), (day(first), day(last)));
        }
        // The forms of the last day open after 90 days and close 29 days later.
        let quarter = ScrapReport::quarter(day("2026-01-01"));
        assert_eq!(ScrapReport::known_from(quarter), day("2026-07-29"));
    }

    proptest! {
        /// Whatever is told of a provider, less what is told of its courses, is about enough people; so is the total less
        /// what is told of providers.
        #[test]
        fn r7_no_difference_is_about_a_few(taken in prop::collection::vec((0_u8..6, 0_u8..40), 0..150)) {
            let places: Vec<_> = taken.iter().map(|(course, person)| place(*course, *course / 2, *person, None)).collect();
            let told = ScrapTold::of(&places, ten());
            let people = |among: &dyn Fn(&AskedPlace) -> bool| {
                places.iter().filter(|place| among(place)).map(|place| place.employee).collect::<BTreeSet<_>>().len()
            };
            for provider in &told.providers {
                let hidden: BTreeSet<_> =
                    provider.courses.iter().filter(|(_, cell)| cell.is_err()).map(|(course, _)| Some(*course)).collect();
                if provider.all.is_ok() && !hidden.is_empty() {
                    prop_assert!(people(&|place| hidden.contains(&place.course)) >= 10);
                }
                for (course, _) in provider.courses.iter().filter(|(_, cell)| cell.is_ok()) {
                    prop_assert!(provider.all.is_ok());
                    prop_assert!(people(&|place| place.course == Some(*course)) >= 10);
                }
            }
            let hidden: BTreeSet<_> =
                told.providers.iter().filter(|provider| provider.all.is_err()).map(|provider| provider.provider).collect();
            if told.total.is_ok() && !hidden.is_empty() {
                prop_assert!(people(&|place| hidden.contains(&place.provider)) >= 10);
            }
        }
    }
}
