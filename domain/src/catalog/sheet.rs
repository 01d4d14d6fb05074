//! The rows of an import, each read on its own, before anybody looked at the catalog.

use sha2::{Digest, Sha256};

use crate::kernel::{CountryCode, Currency, LanguageTag, Money, Text, TextError, WebAddress, search_key};
use crate::skills::SkillLevel;

use super::cells::{self, repaired};
use super::{
    AssessmentType, CourseColumn, CourseDetails, CourseLine, CourseMilestone, CourseProblem, Ects, EqfLevel,
    ImportOptions, Participation, ProviderKind, SubjectArea, Supervision,
};

/// The rows of an import, each read on its own.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub(super) rows: Vec<Row>,
}

/// One row: its place, its code when it has one, and what it says or why not.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub line: u32,
    pub code: Option<String>,
    pub read: Result<ReadLine, CourseProblem>,
}

/// What a row says.
#[derive(Debug, Clone)]
pub(super) struct ReadLine {
    pub code: String,
    /// Whether the code was made from provider and title.
    pub derived: bool,
    pub title: Option<String>,
    pub provider: Option<String>,
    pub provider_kind: Option<ProviderKind>,
    pub provider_country: Option<CountryCode>,
    /// Everything but the lists of skills and prerequisites, which name things by id.
    pub details: CourseDetails,
    pub skills: Option<Vec<(String, Option<SkillLevel>)>>,
    pub price: Option<Option<Money>>,
}

impl Sheet {
    /// Reads every row.
    pub fn read(lines: &[CourseLine], options: ImportOptions) -> Self {
        let rows = lines.iter().map(|line| {
            let mended = mended(line);
            let code = code_of(&mended).map(|(code, _)| code).ok();
            let read = match &line.unreadable {
                Some(reason) => Err(CourseProblem::Unreadable { reason: reason.clone() }),
                None => read(&mended, options),
            };
            Row { line: line.line, code, read }
        });
        Self { rows: rows.collect() }
    }

    fn readable(&self) -> impl Iterator<Item = &ReadLine> {
        self.rows.iter().filter_map(|row| row.read.as_ref().ok())
    }

    /// The codes of the rows that can be read, in order, each once.
    pub fn codes(&self) -> Vec<String> {
        sorted(self.readable().map(|read| read.code.clone()))
    }

    /// The keys of the providers' names, in order, each once.
    pub fn provider_keys(&self) -> Vec<String> {
        sorted(self.readable().filter_map(|read| read.provider.as_deref()).map(search_key))
    }

    /// The keys of the skills' names, in order, each once.
    pub fn skill_keys(&self) -> Vec<String> {
        sorted(
            self.readable().flat_map(|read| read.skills.iter().flatten()).map(|(name, _)| search_key(name)),
        )
    }
}

fn sorted(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn mended(line: &CourseLine) -> CourseLine {
    let mut mended = line.clone();
    for column in CourseColumn::ALL {
        let cell = column.cell(&mut mended);
        *cell = cell.as_deref().map(repaired);
    }
    mended
}

/// The code of a row, and whether it was made from provider and title.
fn code_of(line: &CourseLine) -> Result<(String, bool), CourseProblem> {
    use CourseColumn as C;
    if let Some(code) = filled(line.code.as_ref()) {
        return Ok((text(C::Code, code, 64)?, false));
    }
    let missing = |column: C| CourseProblem::Missing { column: column.name() };
    let title = filled(line.title.as_ref()).ok_or_else(|| missing(C::Title))?;
    let provider = filled(line.provider.as_ref()).ok_or_else(|| missing(C::Provider))?;
    Ok((derived_code(provider, title), true))
}

/// A code that is always the same for the same provider and title: the readable part of the title, and the beginning
/// of a hash over both.
fn derived_code(provider: &str, title: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(search_key(provider));
    digest.update([0]);
    digest.update(search_key(title));
    let hash =
        digest.finalize().iter().take(6).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let readable: String =
        words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-").chars().take(40).collect();
    let readable = readable.trim_end_matches('-');
    if readable.is_empty() { hash } else { format!("{readable}-{hash}") }
}

fn read(line: &CourseLine, options: ImportOptions) -> Result<ReadLine, CourseProblem> {
    use CourseColumn as C;
    let (code, derived) = code_of(line)?;
    let currency = filled(line.currency.as_ref()).map(currency).transpose()?.or(options.currency);
    let price = clearable(line.price.as_ref(), |cell| {
        cells::price(cell, currency).map_err(|reason| invalid(C::Price, reason))
    })?;
    Ok(ReadLine {
        code,
        derived,
        title: filled(line.title.as_ref()).map(|cell| text(C::Title, cell, Text::NAME)).transpose()?,
        provider: filled(line.provider.as_ref())
            .map(|cell| text(C::Provider, cell, Text::NAME))
            .transpose()?,
        provider_kind: filled(line.provider_kind.as_ref())
            .map(|cell| named(C::ProviderKind, cell, ProviderKind::named))
            .transpose()?,
        provider_country: filled(line.provider_country.as_ref())
            .map(|cell| kind(C::ProviderCountry, CountryCode::parse(cell)))
            .transpose()?,
        details: details(line)?,
        skills: line.skills.as_ref().map(|cell| skills(cell, line.skill_level.as_ref())).transpose()?,
        price: price.map(Option::flatten),
    })
}

fn details(line: &CourseLine) -> Result<CourseDetails, CourseProblem> {
    use CourseColumn as C;
    let time = clearable(line.duration.as_ref(), time)?;
    let hours = clearable(line.workload_hours.as_ref(), |cell| hours(C::WorkloadHours, cell, 1))?;
    // A column for hours knows better than a duration that happens to be given in hours.
    let hours_of_time = time.and_then(|time| time?.hours).map(Some);
    Ok(CourseDetails {
        summary: clearable(line.summary.as_ref(), |cell| {
            kind(C::Summary, Text::paragraph(cell, Text::NOTE)).map(Text::into_string)
        })?,
        subject: clearable(line.subject_area.as_ref(), |cell| {
            kind(C::SubjectArea, SubjectArea::parse(cell))
        })?,
        language: clearable(line.language.as_ref(), |cell| kind(C::Language, LanguageTag::parse(cell)))?,
        participation: clearable(line.participation.as_ref(), |cell| {
            named(C::Participation, cell, |name| {
                Participation::named(if name == "HYBRID" { "BLENDED" } else { name })
            })
        })?,
        duration: time.map(|time| time.and_then(|time| time.weeks)),
        workload_hours: hours.or(hours_of_time),
        paid_release_hours: clearable(line.paid_release_hours.as_ref(), hours_released)?,
        ects: clearable(line.ects.as_ref(), |cell| kind(C::Ects, Ects::parse(cell)))?,
        eqf_level: clearable(line.eqf_level.as_ref(), eqf_level)?,
        assessment: clearable(line.assessment_type.as_ref(), |cell| {
            named(C::AssessmentType, cell, AssessmentType::named)
        })?,
        supervision: clearable(line.supervision.as_ref(), |cell| {
            named(C::Supervision, cell, Supervision::named)
        })?,
        learning_outcomes: line.learning_outcomes.as_deref().map(outcomes),
        milestones: line.milestones.as_deref().map(CourseMilestone::of_cell),
        credit_toward: clearable(line.credit_toward.as_ref(), credit_toward)?.map(Option::flatten),
        url: clearable(line.url.as_ref(), |cell| kind(C::Url, WebAddress::parse(cell)))?,
        skills: None,
        prerequisites: None,
    })
}

fn filled(cell: Option<&String>) -> Option<&str> {
    cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn clearable<T>(
    cell: Option<&String>,
    read: impl Fn(&str) -> Result<T, CourseProblem>,
) -> Result<Option<Option<T>>, CourseProblem> {
    cell.map(|_| filled(cell).map(&read).transpose()).transpose()
}

fn invalid(column: CourseColumn, reason: impl std::fmt::Display) -> CourseProblem {
    CourseProblem::Invalid { column: column.name(), reason: reason.to_string() }
}

fn kind<T>(column: CourseColumn, read: Result<T, TextError>) -> Result<T, CourseProblem> {
    read.map_err(|error| invalid(column, error))
}

fn text(column: CourseColumn, cell: &str, limit: usize) -> Result<String, CourseProblem> {
    kind(column, Text::line(cell, limit)).map(Text::into_string)
}

fn named<T>(column: CourseColumn, cell: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, CourseProblem> {
    let name = cells::screaming(cell);
    find(&name).ok_or_else(|| invalid(column, format!("'{cell}' is not one of the values that it can have")))
}

fn currency(cell: &str) -> Result<Currency, CourseProblem> {
    Currency::parse(cell).map_err(|error| invalid(CourseColumn::Currency, error))
}

fn time(cell: &str) -> Result<cells::Time, CourseProblem> {
    let reason = || format!("'{cell}' is not a duration such as 6 weeks or 3 - 6 Months");
    cells::facts(cell).find_map(cells::time).ok_or_else(|| invalid(CourseColumn::Duration, reason()))
}

fn hours(column: CourseColumn, cell: &str, least: i32) -> Result<i32, CourseProblem> {
    let digits = cell.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let reason = || format!("'{cell}' is not a whole number of hours from {least} to 10000");
    let hours = digits.parse().ok().filter(|hours| (least..=10_000).contains(hours));
    hours.ok_or_else(|| invalid(column, reason()))
}

fn hours_released(cell: &str) -> Result<i32, CourseProblem> {
    hours(CourseColumn::PaidReleaseHours, cell, 0)
}

fn eqf_level(cell: &str) -> Result<EqfLevel, CourseProblem> {
    let level = cell.parse().ok().and_then(|level| EqfLevel::new(level).ok());
    level.ok_or_else(|| invalid(CourseColumn::EqfLevel, format!("'{cell}' is not an EQF level from 1 to 8")))
}

fn outcomes(cell: &str) -> Vec<String> {
    cell.split(['\n', '|']).map(str::trim).filter(|outcome| !outcome.is_empty()).map(str::to_owned).collect()
}

fn credit_toward(cell: &str) -> Result<Option<String>, CourseProblem> {
    match search_key(cell).as_str() {
        "true" | "yes" => Ok(Some("a degree".to_owned())),
        "false" | "no" => Ok(None),
        _ => text(CourseColumn::CreditToward, cell, Text::NAME).map(Some),
    }
}

fn skills(cell: &str, common: Option<&String>) -> Result<Vec<(String, Option<SkillLevel>)>, CourseProblem> {
    use CourseColumn as C;
    let common = filled(common).map(|cell| {
        let reason =
            || format!("'{cell}' is not a level from 1 to 5, nor beginner, intermediate, advanced or mixed");
        cells::facts(cell).find_map(cells::level).ok_or_else(|| invalid(C::SkillLevel, reason()))
    });
    let common = common.transpose()?.flatten();
    let read = cells::skills(cell).into_iter().map(|(name, level)| {
        let name = text(C::Skills, &name, Text::NAME)?;
        Ok((name, level.or(common)))
    });
    read.collect()
}
