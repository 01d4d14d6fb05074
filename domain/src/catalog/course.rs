//! A course: a micro-credential on offer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::{
    CourseId, CoursePriceId, EmployeeId, Joined, LanguageTag, Money, ProviderId, WebAddress, search_key,
};

use super::{
    AssessmentType, CourseMilestone, CoursePrice, Ects, EqfLevel, Provider, PublishCourseRefusal,
    RetireCourseRefusal, SubjectArea, Supervision, Syllabus, WeekRange,
};

/// A course. Only code, title and provider are always known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// The code by which other systems know it, unique within the employer. It never changes.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it is about, in a few sentences.
    pub summary: Option<String>,
    /// Who offers it.
    pub provider: ProviderId,
    /// What it is about, as a field of ISCED-F.
    pub subject: Option<SubjectArea>,
    /// The language of instruction.
    pub language: Option<LanguageTag>,
    /// Where it takes place.
    pub participation: Option<Participation>,
    /// How long it takes beside the job.
    pub duration: Option<WeekRange>,
    /// Hours of work for the learner.
    pub workload_hours: Option<i32>,
    /// Hours of these that the employer gives.
    pub paid_release_hours: Option<i32>,
    /// Credits it carries.
    pub ects: Option<Ects>,
    /// The level of the qualification it belongs to.
    pub eqf_level: Option<EqfLevel>,
    /// How it is assessed.
    pub assessment: Option<AssessmentType>,
    /// Who watches the assessment.
    pub supervision: Option<Supervision>,
    /// What learners will know and be able to do.
    pub learning_outcomes: Vec<String>,
    /// Its parts beside those of every micro-credential, in their order.
    pub milestones: Vec<CourseMilestone>,
    /// What it counts toward, when it can be stacked.
    pub credit_toward: Option<String>,
    /// Where to read more.
    pub url: Option<WebAddress>,
    /// The list price per person as of now; the history is in [`CoursePrice`] (C3).
    pub price: Option<Money>,
    /// Whether it can be taken.
    pub status: CourseStatus,
    /// When it came into the catalog.
    pub created_at: DateTime<Utc>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// Somebody who sets a price, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pricing {
    pub id: CoursePriceId,
    pub at: DateTime<Utc>,
    pub by: Option<EmployeeId>,
}

impl Course {
    /// A draft of which only what is always known is known.
    pub fn draft(
        id: CourseId,
        code: String,
        title: String,
        provider: ProviderId,
        created_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            code,
            title,
            summary: None,
            provider,
            subject: None,
            language: None,
            participation: None,
            duration: None,
            workload_hours: None,
            paid_release_hours: None,
            ects: None,
            eqf_level: None,
            assessment: None,
            supervision: None,
            learning_outcomes: Vec::new(),
            milestones: Vec::new(),
            credit_toward: None,
            url: None,
            price: None,
            status: CourseStatus::Draft,
            created_at,
            version: 1,
        }
    }

    /// The text that a search looks through. The provider's name is looked up where the provider is.
    pub fn search_text(&self, syllabus: &Syllabus) -> String {
        let skills = syllabus.skills.iter().map(|taught| taught.name.as_str());
        let texts: Vec<_> = [self.code.as_str(), &self.title, self.summary.as_deref().unwrap_or_default()]
            .into_iter()
            .chain(skills)
            .collect();
        search_key(&texts.join(" "))
    }

    /// Opens the course to everybody, for the first time or again.
    pub(super) fn publish(&mut self) -> Result<(), PublishCourseRefusal> {
        match self.status {
            CourseStatus::Draft | CourseStatus::Retired => {
                self.status = CourseStatus::Published;
                self.touch();
                Ok(())
            }
            CourseStatus::Published => Err(PublishCourseRefusal::AlreadyPublished),
        }
    }

    /// Takes the course off the offer.
    pub(super) fn retire(&mut self) -> Result<(), RetireCourseRefusal> {
        match self.status {
            CourseStatus::Published => {
                self.status = CourseStatus::Retired;
                self.touch();
                Ok(())
            }
            status => Err(RetireCourseRefusal::NotPublished(status)),
        }
    }

    /// Sets the list price. Answers with the entry for the history, unless it is the price already.
    pub(super) fn set_price(&mut self, price: Option<Money>, pricing: Pricing) -> Option<CoursePrice> {
        if price == self.price {
            return None;
        }
        self.price = price;
        let Pricing { id, at, by } = pricing;
        Some(CoursePrice { id, course: self.id, price, valid_from: at, set_by: by })
    }

    /// The names of the fields in which this state of a course differs from a former one.
    pub(super) fn differences(
        &self,
        syllabus: &Syllabus,
        former: &Self,
        taught: &Syllabus,
    ) -> Vec<&'static str> {
        let changed = [
            ("title", self.title != former.title),
            ("summary", self.summary != former.summary),
            ("provider", self.provider != former.provider),
            ("subjectArea", self.subject != former.subject),
            ("language", self.language != former.language),
            ("participation", self.participation != former.participation),
            ("duration", self.duration != former.duration),
            ("workloadHours", self.workload_hours != former.workload_hours),
            ("paidReleaseHours", self.paid_release_hours != former.paid_release_hours),
            ("ects", self.ects != former.ects),
            ("eqfLevel", self.eqf_level != former.eqf_level),
            ("assessmentType", self.assessment != former.assessment),
            ("supervision", self.supervision != former.supervision),
            ("learningOutcomes", self.learning_outcomes != former.learning_outcomes),
            ("milestones", self.milestones != former.milestones),
            ("creditToward", self.credit_toward != former.credit_toward),
            ("url", self.url != former.url),
            ("skills", syllabus.skills != taught.skills),
            ("prerequisites", syllabus.prerequisites != taught.prerequisites),
        ];
        changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }

    /// Counts a change.
    pub(super) fn touch(&mut self) {
        self.version = self.version.saturating_add(1);
    }
}

/// Where a course takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Participation {
    /// Over the internet.
    Online,
    /// In a room.
    OnSite,
    /// Partly here, partly there.
    Blended,
}

impl Participation {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Online, Self::OnSite, Self::Blended];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Online => "ONLINE",
            Self::OnSite => "ON_SITE",
            Self::Blended => "BLENDED",
        }
    }

    /// The form with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|participation| participation.name() == name)
    }
}

/// Whether a course can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CourseStatus {
    /// Not yet; seen only by those who run the catalog.
    #[default]
    Draft,
    /// Yes.
    Published,
    /// No longer, but still readable.
    Retired,
}

impl CourseStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Retired];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Published => "PUBLISHED",
            Self::Retired => "RETIRED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// A course with the neighbors that the reader asked for in the same breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseCard {
    /// The course.
    pub course: Course,
    /// Who offers it.
    pub provider: Joined<Provider>,
}

/// Which neighbors a read of courses brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CourseWith {
    /// The provider.
    pub provider: bool,
}

/// The orders in which courses can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CourseOrder {
    /// By title, without regard to case.
    #[default]
    Title,
    /// By the quickest duration; those without one stand behind all others.
    Duration,
    /// By list price. Only within one currency, so the filter must name it.
    Price,
    /// By the instant they came into the catalog.
    Created,
}

#[cfg(test)]
mod tests;
