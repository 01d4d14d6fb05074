//! A catalog as it comes in: rows of text, and what becomes of each.

use crate::kernel::{CourseId, Currency};

use super::ProviderKind;

/// Rows that one import may have.
pub const MAX_COURSE_ROWS: usize = 50_000;

/// One row as the file or the caller gave it.
///
/// `None` means that the source has no such column, so the stored value stays; an empty text clears it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields are the columns, which CourseColumn documents")]
pub struct CourseLine {
    /// The line in the source, counted from 1 with the header as line 1, for the report.
    pub line: u32,
    /// Why the source could not read the row, when it could not.
    pub unreadable: Option<String>,
    pub code: Option<String>,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub provider: Option<String>,
    pub provider_kind: Option<String>,
    pub provider_country: Option<String>,
    pub subject_area: Option<String>,
    pub language: Option<String>,
    pub participation: Option<String>,
    pub duration: Option<String>,
    pub workload_hours: Option<String>,
    pub paid_release_hours: Option<String>,
    pub ects: Option<String>,
    pub eqf_level: Option<String>,
    pub assessment_type: Option<String>,
    pub supervision: Option<String>,
    pub learning_outcomes: Option<String>,
    pub milestones: Option<String>,
    pub skills: Option<String>,
    pub skill_level: Option<String>,
    pub credit_toward: Option<String>,
    pub url: Option<String>,
    pub price: Option<String>,
    pub currency: Option<String>,
}

/// The columns of a catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CourseColumn {
    /// The course's code: 1 to 64 characters. Without one, a code is derived from provider and title, always the
    /// same for the same two.
    Code,
    /// The title. Required for new courses.
    Title,
    /// What it is about, in a few sentences.
    Summary,
    /// The provider's name. Required for new courses. A provider that is not known yet is created.
    Provider,
    /// COMPANY, `PROFESSIONAL_BODY`, COLLEGE, UNIVERSITY or PARTNERSHIP. Looked at for new providers only; without it
    /// the kind is guessed from the name, and the report says so.
    ProviderKind,
    /// ISO 3166-1 country of the provider. Looked at for new providers only.
    ProviderCountry,
    /// ISCED-F 2013 code.
    SubjectArea,
    /// Language tag such as `en`.
    Language,
    /// ONLINE, `ON_SITE` or BLENDED (or hybrid).
    Participation,
    /// Such as `6 weeks`, `4-13 weeks`, `3 - 6 Months` or `Less than 2 hours`; a plain number counts weeks. A month is
    /// 52/12 weeks. Hours say how much work it is, and that it fits into one week when they are at most 10. Of a cell
    /// with several facts separated by `·`, the one that is a duration counts.
    Duration,
    /// Whole hours of work.
    WorkloadHours,
    /// Whole hours of these that the employer gives.
    PaidReleaseHours,
    /// ECTS credits with at most two decimals.
    Ects,
    /// EQF level from 1 to 8.
    EqfLevel,
    /// A type of assessment such as `ONLINE_TEST`.
    AssessmentType,
    /// UNSUPERVISED, SUPERVISED or `SUPERVISED_IDENTITY_VERIFIED`.
    Supervision,
    /// One outcome a line, or separated by `|`.
    LearningOutcomes,
    /// The parts beside those of every micro-credential, one a line, or separated by `|`. `Project (optional)` is optional.
    Milestones,
    /// Names separated by `;`, `|` or line breaks, or else by commas outside of brackets; `Python:3` gives the level.
    /// A heading such as `Skills you'll gain:` is skipped. A name that itself has commas cannot be told from several
    /// names unless another separator is used. Skills that are not known yet are created.
    Skills,
    /// The level, from 1 to 5, of skills whose own is not given. Beginner is 2, intermediate 3, advanced 4, expert 5;
    /// mixed says nothing. Of a cell with several facts separated by `·`, the one that is a level counts.
    SkillLevel,
    /// What the course counts toward. `true` stands for "a degree", `false` for nothing.
    CreditToward,
    /// Where to read more.
    Url,
    /// The list price: `49`, `49.00`, `EUR 49.00` or `free`. Empty or `n/a` means that it is unknown.
    Price,
    /// The currency of prices that do not say.
    Currency,
}

impl CourseColumn {
    /// Every column.
    pub const ALL: [Self; 24] = [
        Self::Code,
        Self::Title,
        Self::Summary,
        Self::Provider,
        Self::ProviderKind,
        Self::ProviderCountry,
        Self::SubjectArea,
        Self::Language,
        Self::Participation,
        Self::Duration,
        Self::WorkloadHours,
        Self::PaidReleaseHours,
        Self::Ects,
        Self::EqfLevel,
        Self::AssessmentType,
        Self::Supervision,
        Self::LearningOutcomes,
        Self::Milestones,
        Self::Skills,
        Self::SkillLevel,
        Self::CreditToward,
        Self::Url,
        Self::Price,
        Self::Currency,
    ];

    /// The name of the column in a file's header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Provider => "provider",
            Self::ProviderKind => "provider_kind",
            Self::ProviderCountry => "provider_country",
            Self::SubjectArea => "subject_area",
            Self::Language => "language",
            Self::Participation => "participation",
            Self::Duration => "duration",
            Self::WorkloadHours => "workload_hours",
            Self::PaidReleaseHours => "paid_release_hours",
            Self::Ects => "ects",
            Self::EqfLevel => "eqf_level",
            Self::AssessmentType => "assessment_type",
            Self::Supervision => "supervision",
            Self::LearningOutcomes => "learning_outcomes",
            Self::Milestones => "milestones",
            Self::Skills => "skills",
            Self::SkillLevel => "skill_level",
            Self::CreditToward => "credit_toward",
            Self::Url => "url",
            Self::Price => "price",
            Self::Currency => "currency",
        }
    }

    /// The column with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Other names by which files call the column, in small letters with `_` for everything else.
    pub(super) fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["course_code", "course_id"],
            Self::Title => &["course", "course_title", "course_name", "name"],
            Self::Summary => &["description"],
            Self::Provider => &["organization", "organisation", "institution", "partner", "vendor"],
            Self::ProviderCountry => &["country"],
            Self::SubjectArea => &["subject", "isced", "isced_f"],
            Self::Participation => &["mode", "delivery", "format"],
            Self::Duration => &["length"],
            Self::WorkloadHours => &["workload", "hours"],
            Self::AssessmentType => &["assessment"],
            Self::LearningOutcomes => &["outcomes"],
            Self::Skills => &["skills_taught", "skills_gained"],
            Self::SkillLevel => &["difficulty", "level"],
            Self::CreditToward => &["towards_degree", "toward_degree", "credit"],
            Self::Url => &["link", "website", "course_url"],
            Self::Price => &["list_price", "cost", "fee"],
            Self::ProviderKind
            | Self::Language
            | Self::PaidReleaseHours
            | Self::Ects
            | Self::EqfLevel
            | Self::Supervision
            | Self::Milestones
            | Self::Currency => &[],
        }
    }

    /// The place of the column in a row.
    pub fn cell(self, line: &mut CourseLine) -> &mut Option<String> {
        match self {
            Self::Code => &mut line.code,
            Self::Title => &mut line.title,
            Self::Summary => &mut line.summary,
            Self::Provider => &mut line.provider,
            Self::ProviderKind => &mut line.provider_kind,
            Self::ProviderCountry => &mut line.provider_country,
            Self::SubjectArea => &mut line.subject_area,
            Self::Language => &mut line.language,
            Self::Participation => &mut line.participation,
            Self::Duration => &mut line.duration,
            Self::WorkloadHours => &mut line.workload_hours,
            Self::PaidReleaseHours => &mut line.paid_release_hours,
            Self::Ects => &mut line.ects,
            Self::EqfLevel => &mut line.eqf_level,
            Self::AssessmentType => &mut line.assessment_type,
            Self::Supervision => &mut line.supervision,
            Self::LearningOutcomes => &mut line.learning_outcomes,
            Self::Milestones => &mut line.milestones,
            Self::Skills => &mut line.skills,
            Self::SkillLevel => &mut line.skill_level,
            Self::CreditToward => &mut line.credit_toward,
            Self::Url => &mut line.url,
            Self::Price => &mut line.price,
            Self::Currency => &mut line.currency,
        }
    }
}

/// What an import takes for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOptions {
    /// Publish what is new or still a draft. Retired courses stay retired.
    pub publish: bool,
    /// The currency of prices where neither the price nor the row says.
    pub currency: Option<Currency>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseResult {
    /// The line in the source.
    pub line: u32,
    /// The code of the course, given or derived, when the row had what it takes.
    pub code: Option<String>,
    /// What became of it.
    pub outcome: CourseOutcome,
}

/// The fates of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseOutcome {
    /// A new course.
    Created(CourseId),
    /// A known course with something new.
    Updated(CourseId),
    /// A known course with nothing new.
    Unchanged(CourseId),
    /// Not taken.
    Refused(CourseProblem),
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum CourseProblem {
    /// The row could not be read at all.
    #[error("{reason}")]
    Unreadable { reason: String },
    /// A required value is missing.
    #[error("{column} is missing; it is required for a course that is not in the catalog yet")]
    Missing { column: &'static str },
    /// A value is not what its column holds.
    #[error("{column} {reason}")]
    Invalid { column: &'static str, reason: String },
    /// The same course stood in the file before.
    #[error("the course stands on line {first_line} already, with the same {}", if *.derived { "provider and title" } else { "code" })]
    Duplicate { first_line: u32, derived: bool },
    /// Values that do not go together.
    #[error("{reason}")]
    Inconsistent { reason: String },
}

/// What became of a catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CourseReport {
    /// Whether nothing was written because the caller asked for a dry run.
    pub dry_run: bool,
    /// A result for every row, in the order of the rows.
    pub rows: Vec<CourseResult>,
    /// Providers that were created, with their kinds; where no column says, the kind is a guess to be looked at.
    pub providers_created: Vec<(String, ProviderKind)>,
    /// Names of skills that were created.
    pub skills_created: Vec<String>,
}

impl CourseReport {
    /// How many rows had a fate.
    pub fn count(&self, fate: impl Fn(&CourseOutcome) -> bool) -> usize {
        self.rows.iter().filter(|row| fate(&row.outcome)).count()
    }
}
