//! Inputs of mentors.

use async_graphql::{InputObject, MaybeUndefined};
use upskill_domain::kernel::{EmployeeId, MentorId, SkillId};
use upskill_domain::mentoring::{self as domain, Expertise, MentorProfile};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, ids, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, Locale, TimeZone};
use crate::graphql::skills::level;

/// Which mentors to list. Conditions add up. Who has left is not listed.
#[derive(InputObject, Default)]
pub(crate) struct MentorFilter {
    /// One of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// Who help in one of these skills.
    skill: Option<OneOf<Id<SkillId>>>,
    /// And at least up to this level, 1 to 5; only together with `skill`.
    least_level: Option<i32>,
    /// Who speak one of these languages.
    language: Option<OneOf<Locale>>,
    /// Who take somebody on, on this day.
    taking_on: Option<Date>,
    /// Who have a free place, or, if false, none.
    has_free_places: Option<bool>,
}

impl TryFrom<MentorFilter> for domain::MentorFilter {
    type Error = ApiError;
    fn try_from(filter: MentorFilter) -> Result<Self, ApiError> {
        let alone = filter.least_level.filter(|_| filter.skill.is_none());
        if let Some(level) = alone {
            let message = format!("leastLevel {level} is of a skill; name the skill, too");
            return Err(ApiError::bad_input("filter.leastLevel", message));
        }
        Ok(Self {
            employees: ids(filter.employee),
            skills: ids(filter.skill),
            least_level: filter.least_level.map(|least| level("filter.leastLevel", least)).transpose()?,
            languages: values(filter.language, |locale| locale.0),
            taking_on: filter.taking_on.map(|day| day.0),
            with_free_places: filter.has_free_places,
        })
    }
}

/// A skill to mentor.
#[derive(InputObject)]
pub(crate) struct MentoredSkillInput {
    /// The skill.
    skill_id: Id<SkillId>,
    /// Up to which level the mentor can take somebody, from 1 (novice) to 5 (expert).
    level: i32,
}

fn skills(inputs: Vec<MentoredSkillInput>) -> Result<Vec<domain::MentoredSkill>, ApiError> {
    let read = |input: MentoredSkillInput| {
        let level = level("input.skills.level", input.level)?;
        Ok(domain::MentoredSkill { skill: input.skill_id.0, level })
    };
    inputs.into_iter().map(read).collect()
}

fn zone(zone: &TimeZone) -> Result<chrono_tz::Tz, ApiError> {
    let unknown = || {
        let given: String = zone.0.chars().take(60).collect();
        let message = format!("'{given}' is no time zone of the IANA database, such as Europe/Berlin");
        ApiError::bad_input("input.timeZone", message)
    };
    zone.0.parse().map_err(|_| unknown())
}

/// What somebody offers as a mentor.
#[derive(InputObject)]
pub(crate) struct BecomeMentorInput {
    /// Who; the caller when not given.
    employee_id: Option<Id<EmployeeId>>,
    /// What they say of themself as a mentor: at most 4000 characters.
    about: Option<String>,
    /// The skills in which they help, 1 to 50. Of a skill given twice the higher level counts.
    skills: Vec<MentoredSkillInput>,
    /// The languages in which they mentor, 1 to 50.
    languages: Vec<Locale>,
    /// Where their working days begin; where the employer's do when not given.
    time_zone: Option<TimeZone>,
    /// How many mentees they have places for: 1 to 50.
    capacity: i32,
    /// The first day on which they take somebody on; today when not given.
    active_from: Option<Date>,
    /// The last one, not before the first; open when not given.
    active_to: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<BecomeMentorInput> for domain::BecomeMentor {
    type Error = ApiError;
    fn try_from(input: BecomeMentorInput) -> Result<Self, ApiError> {
        let languages = input.languages.into_iter().map(|locale| locale.0).collect();
        let profile = MentorProfile {
            about: input.about,
            expertise: Expertise { skills: skills(input.skills)?, languages },
            time_zone: input.time_zone.as_ref().map(zone).transpose()?,
            capacity: input.capacity,
            active_from: input.active_from.map(|day| day.0),
            active_to: input.active_to.map(|day| day.0),
        };
        Ok(Self { key: key(input.idempotency_key)?, employee: input.employee_id.map(|id| id.0), profile })
    }
}

/// A mentor's profile to change. What is left out stays as it is; a list replaces the former one.
#[derive(InputObject)]
pub(crate) struct ChangeMentorInput {
    /// Which one.
    id: Id<MentorId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the profile since.
    expected_version: i32,
    /// What they say of themself as a mentor: at most 4000 characters; null for nothing.
    about: MaybeUndefined<String>,
    /// The skills in which they help, all of them, 1 to 50.
    skills: Option<Vec<MentoredSkillInput>>,
    /// The languages in which they mentor, all of them, 1 to 50.
    languages: Option<Vec<Locale>>,
    /// Where their working days begin.
    time_zone: Option<TimeZone>,
    /// How many mentees they have places for: 1 to 50, and no fewer than are taken.
    capacity: Option<i32>,
    /// The first day on which they take somebody on.
    active_from: Option<Date>,
    /// The last one, not before the first; null for none.
    active_to: MaybeUndefined<Date>,
}

impl TryFrom<ChangeMentorInput> for domain::ChangeMentor {
    type Error = ApiError;
    fn try_from(input: ChangeMentorInput) -> Result<Self, ApiError> {
        let active_to: Option<Option<Date>> = input.active_to.into();
        Ok(Self {
            id: input.id.0,
            expected_version: input.expected_version,
            about: input.about.into(),
            skills: input.skills.map(skills).transpose()?,
            languages: input.languages.map(|tags| tags.into_iter().map(|locale| locale.0).collect()),
            time_zone: input.time_zone.as_ref().map(zone).transpose()?,
            capacity: input.capacity,
            active_from: input.active_from.map(|day| day.0),
            active_to: active_to.map(|day| day.map(|day| day.0)),
        })
    }
}
