//! What can be said about a course beyond code, title and provider, on creation and later.

use std::collections::HashSet;

use serde::Serialize;

use crate::kernel::{CourseId, LanguageTag, ProviderId, Refusal, SkillId, Text, TextError, WebAddress};

use super::workload::{release_hours, workload_hours};
use super::{
    AssessmentType, Course, CourseMilestone, Ects, EqfLevel, Participation, Prerequisites, SkillAtLevel,
    SubjectArea, Supervision, WeekRange,
};

/// Which value of a course cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum InvalidCourse {
    /// A value that its field cannot hold.
    #[error("{} {error}", path.last().unwrap_or(&"the value"))]
    Value { path: &'static [&'static str], error: TextError },
    /// A list that is too long.
    #[error("{} has {given} items; at most {most} are allowed", path.last().unwrap_or(&"the list"))]
    TooMany { path: &'static [&'static str], given: usize, most: usize },
    /// More release than work.
    #[error("{release} hours of paid release are more than the {workload} hours that the course takes")]
    ReleaseAboveWorkload { release: i32, workload: i32 },
    /// No such provider.
    #[error("there is no provider {0}; create it first")]
    UnknownProvider(ProviderId),
    /// No such skill.
    #[error("there is no skill {0}; create it first")]
    UnknownSkill(SkillId),
    /// A skill is listed twice.
    #[error("skill {0} is listed twice")]
    SkillTwice(SkillId),
    /// A part of the course is listed twice.
    #[error("milestone '{0}' is listed twice")]
    MilestoneTwice(String),
    /// No such course to require.
    #[error("there is no course {0} to require")]
    UnknownPrerequisite(CourseId),
    /// Nobody could ever begin.
    #[error("the course would require itself, directly or through others")]
    RequiresItself,
}

impl Refusal for InvalidCourse {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Value { path, .. } | Self::TooMany { path, .. } => path,
            Self::ReleaseAboveWorkload { .. } => &["input", "paidReleaseHours"],
            Self::UnknownProvider(_) => &["input", "providerId"],
            Self::UnknownSkill(_) | Self::SkillTwice(_) => &["input", "skills"],
            Self::MilestoneTwice(_) => &["input", "milestones"],
            Self::UnknownPrerequisite(_) | Self::RequiresItself => &["input", "prerequisites", "courseIds"],
        }
    }
}

/// Learning outcomes that a course may list.
const MOST_OUTCOMES: usize = 50;
/// Skills that a course may teach.
const MOST_SKILLS: usize = 100;
/// Courses, and skills, that a course may require.
const MOST_PREREQUISITES: usize = 20;
/// Characters of one learning outcome.
const OUTCOME_LENGTH: usize = 500;

/// Details of a course. What is `None` stays; an inner `None` makes it unknown again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CourseDetails {
    /// What it is about, in a few sentences.
    pub summary: Option<Option<String>>,
    /// What it is about, as a field of ISCED-F.
    pub subject: Option<Option<SubjectArea>>,
    /// The language of instruction.
    pub language: Option<Option<LanguageTag>>,
    /// Where it takes place.
    pub participation: Option<Option<Participation>>,
    /// How long it takes beside the job.
    pub duration: Option<Option<WeekRange>>,
    /// Hours of work for the learner.
    pub workload_hours: Option<Option<i32>>,
    /// Hours of these that the employer gives.
    pub paid_release_hours: Option<Option<i32>>,
    /// Credits it carries.
    pub ects: Option<Option<Ects>>,
    /// The level of the qualification it belongs to.
    pub eqf_level: Option<Option<EqfLevel>>,
    /// How it is assessed.
    pub assessment: Option<Option<AssessmentType>>,
    /// Who watches the assessment.
    pub supervision: Option<Option<Supervision>>,
    /// What learners will know and be able to do, all of it.
    pub learning_outcomes: Option<Vec<String>>,
    /// Its parts beside those of every micro-credential, all of them.
    pub milestones: Option<Vec<CourseMilestone>>,
    /// What it counts toward.
    pub credit_toward: Option<Option<String>>,
    /// Where to read more.
    pub url: Option<Option<WebAddress>>,
    /// The skills taught, all of them.
    pub skills: Option<Vec<SkillAtLevel>>,
    /// What it takes to be ready, all of it.
    pub prerequisites: Option<Prerequisites>,
}

impl CourseDetails {
    /// Checks the lists for length and repetition.
    pub(super) fn check_lists(&self) -> Result<(), InvalidCourse> {
        let skills = self.skills.as_deref().unwrap_or_default();
        let none = Prerequisites::default();
        let prerequisites = self.prerequisites.as_ref().unwrap_or(&none);
        let lists: [(&'static [&'static str], usize, usize); 3] = [
            (&["input", "skills"], skills.len(), MOST_SKILLS),
            (&["input", "prerequisites", "courseIds"], prerequisites.courses.len(), MOST_PREREQUISITES),
            (&["input", "prerequisites", "skills"], prerequisites.skills.len(), MOST_PREREQUISITES),
        ];
        for (path, given, most) in lists {
            if given > most {
                return Err(InvalidCourse::TooMany { path, given, most });
            }
        }
        let twice = repeated(skills).or_else(|| repeated(&prerequisites.skills));
        twice.map_or(Ok(()), |skill| Err(InvalidCourse::SkillTwice(skill)))
    }

    /// Writes them down on a course. The lists of the syllabus are not the course's own and are set elsewhere.
    pub(super) fn apply(&self, course: &mut Course) -> Result<(), InvalidCourse> {
        if let Some(summary) = &self.summary {
            let summary = summary.as_deref().map(|text| Text::paragraph(text, Text::NOTE)).transpose();
            course.summary = summary.map_err(invalid(&["input", "summary"]))?.map(Text::into_string);
        }
        if let Some(toward) = &self.credit_toward {
            let toward = toward.as_deref().map(|text| Text::line(text, Text::NAME)).transpose();
            course.credit_toward =
                toward.map_err(invalid(&["input", "creditToward"]))?.map(Text::into_string);
        }
        if let Some(outcomes) = &self.learning_outcomes {
            course.learning_outcomes = self::outcomes(outcomes)?;
        }
        if let Some(milestones) = &self.milestones {
            course.milestones = CourseMilestone::checked(milestones)?;
        }
        if let Some(given) = self.workload_hours {
            let given = given.map(workload_hours).transpose();
            course.workload_hours = given.map_err(invalid(&["input", "workloadHours"]))?;
        }
        if let Some(given) = self.paid_release_hours {
            let given = given.map(release_hours).transpose();
            course.paid_release_hours = given.map_err(invalid(&["input", "paidReleaseHours"]))?;
        }
        set(&mut course.subject, self.subject.as_ref());
        set(&mut course.language, self.language.as_ref());
        set(&mut course.participation, self.participation.as_ref());
        set(&mut course.duration, self.duration.as_ref());
        set(&mut course.ects, self.ects.as_ref());
        set(&mut course.eqf_level, self.eqf_level.as_ref());
        set(&mut course.assessment, self.assessment.as_ref());
        set(&mut course.supervision, self.supervision.as_ref());
        set(&mut course.url, self.url.as_ref());
        check_release(course)
    }
}

/// The employer cannot give more hours than the course takes.
pub(super) fn check_release(course: &Course) -> Result<(), InvalidCourse> {
    match (course.paid_release_hours, course.workload_hours) {
        (Some(release), Some(workload)) if release > workload => {
            Err(InvalidCourse::ReleaseAboveWorkload { release, workload })
        }
        _ => Ok(()),
    }
}

fn outcomes(given: &[String]) -> Result<Vec<String>, InvalidCourse> {
    const PATH: &[&str] = &["input", "learningOutcomes"];
    if given.len() > MOST_OUTCOMES {
        return Err(InvalidCourse::TooMany { path: PATH, given: given.len(), most: MOST_OUTCOMES });
    }
    given.iter().map(|text| checked(PATH, Text::line(text, OUTCOME_LENGTH))).collect()
}

fn repeated(skills: &[SkillAtLevel]) -> Option<SkillId> {
    let mut seen = HashSet::new();
    skills.iter().map(|given| given.skill).find(|skill| !seen.insert(*skill))
}

pub(super) fn checked(
    path: &'static [&'static str],
    text: Result<Text, TextError>,
) -> Result<String, InvalidCourse> {
    text.map(Text::into_string).map_err(invalid(path))
}

pub(super) fn invalid(path: &'static [&'static str]) -> impl Fn(TextError) -> InvalidCourse {
    move |error| InvalidCourse::Value { path, error }
}

fn set<T: Clone>(stored: &mut T, given: Option<&T>) {
    if let Some(value) = given {
        stored.clone_from(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use chrono::DateTime;
    use uuid::Uuid;

    fn course() -> Course {
        let id = CourseId::from_uuid(Uuid::from_u128(1));
        let provider = ProviderId::from_uuid(Uuid::from_u128(2));
        Course::draft(id, "C-1".to_owned(), "Cloud Basics".to_owned(), provider, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn what_is_not_given_stays_and_what_is_taken_back_becomes_unknown() {
        let mut course = course();
        let given = CourseDetails {
            summary: Some(Some(" About clouds ".to_owned())),
            workload_hours: Some(Some(60)),
            ..CourseDetails::default()
        };
        assert_eq!(given.apply(&mut course), Ok(()));
        let taken_back = CourseDetails { workload_hours: Some(None), ..CourseDetails::default() };
        assert_eq!(taken_back.apply(&mut course), Ok(()));
        assert_eq!((course.summary.as_deref(), course.workload_hours), (Some("About clouds"), None));
    }

    #[test]
    fn a_release_is_no_longer_than_the_work() {
        let mut course = course();
        let release = CourseDetails { paid_release_hours: Some(Some(20)), ..CourseDetails::default() };
        assert_eq!(release.apply(&mut course), Ok(()), "the work may be unknown");
        let work = CourseDetails { workload_hours: Some(Some(19)), ..CourseDetails::default() };
        let refusal = InvalidCourse::ReleaseAboveWorkload { release: 20, workload: 19 };
        assert_eq!(work.apply(&mut course), Err(refusal));
    }

    #[test]
    fn a_bad_value_is_named_with_its_path() {
        let bad = CourseDetails { workload_hours: Some(Some(0)), ..CourseDetails::default() };
        let message = bad.apply(&mut course()).map_err(|refusal| refusal.to_string());
        assert_eq!(
            message,
            Err("workloadHours '0' is not a whole number of hours from 1 to 10000".to_owned())
        );
    }
}
