//! Which courses and providers to list, and in which order.

use async_graphql::{Enum, InputObject};
use upskill_domain::catalog::{
    self as domain, CourseOrder, EqfLevel, PriceRange, ProviderOrder, SubjectArea,
};
use upskill_domain::kernel::{Money, ProviderId, SkillId};

use super::{CourseStatus, Participation, ProviderKind, read};
use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, ids, read_values, search, texts, values};
use crate::graphql::id::Id;
use crate::graphql::scalars::{Currency, Decimal, Locale};

impl Filterable for Locale {}

impl Filterable for i32 {}

/// By what providers are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "ProviderOrder")]
pub(crate) enum ProviderOrderField {
    /// By name, without regard to case.
    #[default]
    Name,
}

/// By what courses are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "CourseOrder")]
pub(crate) enum CourseOrderField {
    /// By title, without regard to case.
    #[default]
    Title,
    /// By the quickest duration; when ascending, courses without a duration stand behind all others.
    Duration,
    /// By list price. Only together with `filter.price`, because amounts of different currencies have no order.
    Price,
    /// By the instant they came into the catalog.
    Created,
}

/// Which providers to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct ProviderFilter {
    /// Of one of these kinds.
    kind: Option<OneOf<ProviderKind>>,
    /// Whose name contains this text, without regard to case.
    search: Option<String>,
}

impl TryFrom<ProviderFilter> for domain::ProviderFilter {
    type Error = ApiError;
    fn try_from(filter: ProviderFilter) -> Result<Self, ApiError> {
        Ok(Self { kinds: values(filter.kind, Into::into), search: search("filter.search", filter.search)? })
    }
}

/// Bounds of a number of weeks, both included.
#[derive(InputObject)]
pub(crate) struct WeeksFilter {
    /// The quickest duration is at least this many weeks.
    gte: Option<i32>,
    /// The slowest duration is at most this many weeks.
    lte: Option<i32>,
}

/// Bounds of a list price in one currency, both included. Prices in other currencies and unknown prices never match.
#[derive(InputObject)]
pub(crate) struct PriceFilter {
    /// The currency.
    currency: Currency,
    /// At least this amount.
    gte: Option<Decimal>,
    /// At most this amount.
    lte: Option<Decimal>,
}

impl TryFrom<PriceFilter> for PriceRange {
    type Error = ApiError;
    fn try_from(filter: PriceFilter) -> Result<Self, ApiError> {
        let bound = |amount: Option<Decimal>| -> Result<Option<i64>, ApiError> {
            let money = amount.map(|amount| Money::parse(&amount.0, filter.currency.0)).transpose();
            let money = money.map_err(|error| ApiError::bad_input("filter.price", error.to_string()))?;
            Ok(money.map(Money::minor))
        };
        Ok(Self { currency: filter.currency.0, at_least: bound(filter.gte)?, at_most: bound(filter.lte)? })
    }
}

/// Which courses to list. Conditions add up; what a course does not say never matches a condition on it.
#[derive(InputObject, Default)]
pub(crate) struct CourseFilter {
    /// Courses in whose code, title, summary, skills or provider's name every one of these words occurs, without regard
    /// to case. Up to ten words count.
    search: Option<String>,
    /// Teaching at least one of these skills.
    skill: Option<OneOf<Id<SkillId>>>,
    /// In one of these fields of education (ISCED-F 2013), or in one below: `06` includes `0612`.
    subject_area: Option<OneOf<String>>,
    /// In science, technology, engineering or mathematics (true), or in another known field (false).
    stem: Option<bool>,
    /// Offered by one of these providers.
    provider: Option<OneOf<Id<ProviderId>>>,
    /// Offered by one of these kinds of provider.
    provider_kind: Option<OneOf<ProviderKind>>,
    /// Taking this long.
    duration_weeks: Option<WeeksFilter>,
    /// With a list price in these bounds.
    price: Option<PriceFilter>,
    /// Taught in one of these languages; `en` includes `en-GB`.
    language: Option<OneOf<Locale>>,
    /// Taking place in one of these forms.
    participation: Option<OneOf<Participation>>,
    /// Belonging to a qualification of one of these EQF levels, 1 to 8.
    eqf_level: Option<OneOf<i32>>,
    /// With one of these codes.
    code: Option<OneOf<String>>,
    /// Of one of these statuses. Drafts are found by `HR_ADMIN` and `HR_ANALYST` only. Without it, everything but the
    /// retired.
    status: Option<OneOf<CourseStatus>>,
}

impl TryFrom<CourseFilter> for domain::CourseFilter {
    type Error = ApiError;
    fn try_from(filter: CourseFilter) -> Result<Self, ApiError> {
        let (weeks_at_least, weeks_at_most) =
            filter.duration_weeks.map_or((None, None), |weeks| (weeks.gte, weeks.lte));
        Ok(Self {
            search: search("filter.search", filter.search)?,
            skills: ids(filter.skill),
            subjects: read_values(filter.subject_area, |code| {
                read("filter.subjectArea", SubjectArea::parse(&code))
            })?,
            stem: filter.stem,
            providers: ids(filter.provider),
            provider_kinds: values(filter.provider_kind, Into::into),
            weeks_at_least,
            weeks_at_most,
            price: filter.price.map(PriceRange::try_from).transpose()?,
            languages: values(filter.language, |tag| tag.0),
            participations: values(filter.participation, Into::into),
            eqf_levels: read_values(filter.eqf_level, |level| read("filter.eqfLevel", EqfLevel::new(level)))?,
            codes: texts("filter.code", filter.code)?,
            statuses: values(filter.status, Into::into),
        })
    }
}
