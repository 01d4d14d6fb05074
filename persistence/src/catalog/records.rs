//! From rows to the catalog's values, and back.

use sea_orm::ActiveValue::Set;
use upskill_domain::catalog::{
    AssessmentType, Course, CoursePrice, CourseStatus, Ects, EqfLevel, Participation, Provider, ProviderKind,
    SubjectArea, Supervision, Syllabus, WeekRange,
};
use upskill_domain::kernel::{
    CountryCode, Currency, Fault, LanguageTag, Money, TextError, TypedId, WebAddress, search_key,
};
use uuid::Uuid;

use super::entity::{course, course_price, provider};
use crate::row::{Cells, Record, list_or_none};

/// Where courses without a duration stand when sorted by it: behind all others.
const NO_DURATION: i64 = 1_000_000;

/// Between learning outcomes, of which none has a line break.
const BETWEEN_OUTCOMES: char = '\n';

impl Record for Provider {
    type Entity = provider::Entity;
    const COLUMNS: &'static [provider::Column] = {
        use provider::Column as C;
        &[
            C::Id,
            C::Name,
            C::Kind,
            C::Country,
            C::Region,
            C::Accreditation,
            C::QualityAssurance,
            C::Website,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            name: cells.take()?,
            kind: cells.word(ProviderKind::named)?,
            country: cells.read_or_none(CountryCode::parse)?,
            region: cells.take()?,
            accreditation: cells.take()?,
            quality_assurance: cells.take()?,
            website: cells.read_or_none(WebAddress::parse)?,
            version: cells.take()?,
        })
    }
}

impl Record for Course {
    type Entity = course::Entity;
    const COLUMNS: &'static [course::Column] = {
        use course::Column as C;
        &[
            C::Id,
            C::Code,
            C::Title,
            C::Summary,
            C::ProviderId,
            C::SubjectArea,
            C::Language,
            C::Participation,
            C::WeeksMin,
            C::WeeksMax,
            C::WorkloadHours,
            C::PaidReleaseHours,
            C::EctsHundredths,
            C::EqfLevel,
            C::AssessmentType,
            C::Supervision,
            C::LearningOutcomes,
            C::Milestones,
            C::CreditToward,
            C::Url,
            C::PriceMinor,
            C::Currency,
            C::Status,
            C::CreatedAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            code: cells.take()?,
            title: cells.take()?,
            summary: cells.take()?,
            provider: cells.id()?,
            subject: cells.read_or_none(SubjectArea::parse)?,
            language: cells.read_or_none(LanguageTag::parse)?,
            participation: cells.word_or_none(Participation::named)?,
            duration: duration(cells)?,
            workload_hours: cells.take()?,
            paid_release_hours: cells.take()?,
            ects: small(cells, Ects::from_hundredths)?,
            eqf_level: small(cells, EqfLevel::new)?,
            assessment: cells.word_or_none(AssessmentType::named)?,
            supervision: cells.word_or_none(Supervision::named)?,
            learning_outcomes: outcomes(&cells.take::<String>()?),
            milestones: cells.read_or_none(|text| serde_json::from_str(text))?.unwrap_or_default(),
            credit_toward: cells.take()?,
            url: cells.read_or_none(WebAddress::parse)?,
            price: price(cells)?,
            status: cells.word(CourseStatus::named)?,
            created_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

impl Record for CoursePrice {
    type Entity = course_price::Entity;
    const COLUMNS: &'static [course_price::Column] = {
        use course_price::Column as C;
        &[C::Id, C::CourseId, C::PriceMinor, C::Currency, C::ValidFrom, C::SetBy]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            course: cells.id()?,
            price: price(cells)?,
            valid_from: cells.take()?,
            set_by: cells.id_or_none()?,
        })
    }
}

pub(super) fn price(cells: &mut Cells<'_>) -> Result<Option<Money>, Fault> {
    let minor: Option<i64> = cells.take()?;
    let currency = cells.read_or_none(Currency::parse)?;
    let price = minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency)).transpose();
    price.map_err(|error| Fault::inconsistent(format!("a price that is none: {error}")))
}

pub(super) fn duration(cells: &mut Cells<'_>) -> Result<Option<WeekRange>, Fault> {
    let (min, max): (Option<i32>, Option<i32>) = (cells.take()?, cells.take()?);
    let weeks = min.zip(max).map(|(min, max)| WeekRange::new(min, max)).transpose();
    weeks.map_err(|error| Fault::inconsistent(format!("a duration that is none: {error}")))
}

fn small<T>(cells: &mut Cells<'_>, new: fn(i32) -> Result<T, TextError>) -> Result<Option<T>, Fault> {
    let number: Option<i32> = cells.take()?;
    number.map(new).transpose().map_err(|error| Fault::inconsistent(error.to_string()))
}

fn outcomes(text: &str) -> Vec<String> {
    text.split(BETWEEN_OUTCOMES).filter(|outcome| !outcome.is_empty()).map(str::to_owned).collect()
}

pub(super) fn provider_row(employer: Uuid, provider: &Provider) -> provider::ActiveModel {
    provider::ActiveModel {
        employer_id: Set(employer),
        id: Set(provider.id.uuid()),
        name: Set(provider.name.clone()),
        name_key: Set(provider.key()),
        kind: Set(provider.kind.name().to_owned()),
        country: Set(provider.country.map(|code| code.to_string())),
        region: Set(provider.region.clone()),
        accreditation: Set(provider.accreditation.clone()),
        quality_assurance: Set(provider.quality_assurance.clone()),
        website: Set(provider.website.clone().map(String::from)),
        version: Set(provider.version),
    }
}

pub(super) fn course_row(
    employer: Uuid,
    course: &Course,
    syllabus: &Syllabus,
) -> Result<course::ActiveModel, Fault> {
    let named = |name: Option<&'static str>| name.map(str::to_owned);
    Ok(course::ActiveModel {
        employer_id: Set(employer),
        id: Set(course.id.uuid()),
        code: Set(course.code.clone()),
        title: Set(course.title.clone()),
        title_key: Set(search_key(&course.title)),
        search_key: Set(course.search_text(syllabus)),
        summary: Set(course.summary.clone()),
        provider_id: Set(course.provider.uuid()),
        subject_area: Set(course.subject.clone().map(String::from)),
        language: Set(course.language.as_ref().map(|tag| tag.as_str().to_owned())),
        participation: Set(named(course.participation.map(Participation::name))),
        weeks_min: Set(course.duration.map(WeekRange::min)),
        weeks_max: Set(course.duration.map(WeekRange::max)),
        weeks_order: Set(course.duration.map_or(NO_DURATION, |weeks| i64::from(weeks.min()))),
        workload_hours: Set(course.workload_hours),
        paid_release_hours: Set(course.paid_release_hours),
        ects_hundredths: Set(course.ects.map(Ects::hundredths)),
        eqf_level: Set(course.eqf_level.map(EqfLevel::number)),
        assessment_type: Set(named(course.assessment.map(AssessmentType::name))),
        supervision: Set(named(course.supervision.map(Supervision::name))),
        learning_outcomes: Set(course.learning_outcomes.join(&BETWEEN_OUTCOMES.to_string())),
        milestones: Set(list_or_none(&course.milestones)?),
        credit_toward: Set(course.credit_toward.clone()),
        url: Set(course.url.clone().map(String::from)),
        price_minor: Set(course.price.map(Money::minor)),
        currency: Set(course.price.map(|price| price.currency().code().to_owned())),
        status: Set(course.status.name().to_owned()),
        created_at: Set(course.created_at),
        version: Set(course.version),
    })
}

pub(super) fn price_row(employer: Uuid, price: &CoursePrice) -> course_price::ActiveModel {
    course_price::ActiveModel {
        employer_id: Set(employer),
        id: Set(price.id.uuid()),
        course_id: Set(price.course.uuid()),
        price_minor: Set(price.price.map(Money::minor)),
        currency: Set(price.price.map(|price| price.currency().code().to_owned())),
        valid_from: Set(price.valid_from),
        set_by: Set(price.set_by.map(TypedId::uuid)),
    }
}
