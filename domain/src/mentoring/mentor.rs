//! Mentors: who helps others, in what, and how many.

mod refusal;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;

use crate::kernel::{EmployeeId, LanguageTag, MentorId, SkillId, Text};
use crate::skills::SkillLevel;

pub use refusal::MentorRefusal;

/// Somebody who mentors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentor {
    /// The profile's id.
    pub id: MentorId,
    /// Who. A person has one profile at most.
    pub employee: EmployeeId,
    /// What they say of themself as a mentor.
    pub about: Option<String>,
    /// Where their working days begin.
    pub time_zone: Tz,
    /// How many mentees they have places for.
    pub capacity: i32,
    /// How many of these places are taken (M1).
    pub places_taken: i32,
    /// The first day on which they take somebody on.
    pub active_from: NaiveDate,
    /// The last one, where there is one. Whom they mentor by then they go on to mentor.
    pub active_to: Option<NaiveDate>,
    /// Counts changes of the profile, to notice concurrent ones.
    pub version: i32,
}

/// What a mentor can help in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Expertise {
    /// The skills.
    pub skills: Vec<MentoredSkill>,
    /// The languages in which they mentor.
    pub languages: Vec<LanguageTag>,
}

/// A skill that somebody mentors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MentoredSkill {
    /// Which.
    pub skill: SkillId,
    /// Up to which level they can take somebody.
    pub level: SkillLevel,
}

/// The orders in which mentors can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MentorOrder {
    /// By the first day on which they take somebody on.
    #[default]
    ActiveFrom,
}

/// What somebody says of themself as a mentor, before it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentorProfile {
    /// What they say of themself.
    pub about: Option<String>,
    /// In what they help.
    pub expertise: Expertise,
    /// Where their working days begin; where the employer's do when not given.
    pub time_zone: Option<Tz>,
    /// How many mentees they have places for.
    pub capacity: i32,
    /// The first day on which they take somebody on; today when not given.
    pub active_from: Option<NaiveDate>,
    /// The last one, where there is one.
    pub active_to: Option<NaiveDate>,
}

/// The most people whom one mentor may have places for.
pub(super) const MOST_PLACES: i32 = 50;

/// The most skills, and the most languages, that a profile may name.
const MOST_NAMED: usize = 50;

impl Expertise {
    /// The same in order: of a skill that is named twice the higher level counts, a language counts once.
    fn tidy(self) -> Self {
        let mut levels = BTreeMap::new();
        for MentoredSkill { skill, level } in self.skills {
            let known = levels.entry(skill).or_insert(level);
            *known = level.max(*known);
        }
        let skills = levels.into_iter().map(|(skill, level)| MentoredSkill { skill, level }).collect();
        let mut languages = self.languages;
        languages.sort();
        languages.dedup();
        Self { skills, languages }
    }

    fn checked(self) -> Result<Self, MentorRefusal> {
        let tidy = self.tidy();
        match (tidy.skills.len(), tidy.languages.len()) {
            (skills, _) if !(1..=MOST_NAMED).contains(&skills) => Err(MentorRefusal::WrongSkills(skills)),
            (_, languages) if !(1..=MOST_NAMED).contains(&languages) => {
                Err(MentorRefusal::WrongLanguages(languages))
            }
            _ => Ok(tidy),
        }
    }
}

impl Mentor {
    /// A profile as somebody gives it for the first time, if it makes sense.
    pub(super) fn new(
        (id, employee): (MentorId, EmployeeId),
        profile: MentorProfile,
        (time_zone, today): (Tz, NaiveDate),
    ) -> Result<(Self, Expertise), MentorRefusal> {
        let mut mentor = Self {
            id,
            employee,
            about: None,
            time_zone,
            capacity: 0,
            places_taken: 0,
            active_from: today,
            active_to: None,
            version: 0,
        };
        let expertise = mentor.change(profile)?;
        Ok((mentor, expertise))
    }

    /// The profile as somebody gives it anew, if it makes sense. What is not given of the time zone and the first day stays.
    pub(super) fn change(&mut self, profile: MentorProfile) -> Result<Expertise, MentorRefusal> {
        let MentorProfile { about, expertise, time_zone, capacity, active_from, active_to } = profile;
        let about = Text::optional(about.as_deref(), Text::note).map_err(MentorRefusal::InvalidAbout)?;
        if !(1..=MOST_PLACES).contains(&capacity) {
            return Err(MentorRefusal::WrongCapacity(capacity));
        }
        if capacity < self.places_taken {
            return Err(MentorRefusal::PlacesTaken { capacity, taken: self.places_taken });
        }
        let active_from = active_from.unwrap_or(self.active_from);
        if let Some(active_to) = active_to.filter(|last| *last < active_from) {
            return Err(MentorRefusal::EndsBeforeStart { active_from, active_to });
        }
        let expertise = expertise.checked()?;
        *self = Self {
            about,
            time_zone: time_zone.unwrap_or(self.time_zone),
            capacity,
            active_from,
            active_to,
            version: self.version.saturating_add(1),
            ..self.clone()
        };
        Ok(expertise)
    }

    /// Whether they take somebody on, on a day.
    pub fn takes_on(&self, day: NaiveDate) -> bool {
        self.active_from <= day && self.active_to.is_none_or(|last| day <= last)
    }

    /// How many places are free.
    pub fn places_free(&self) -> i32 {
        self.capacity.saturating_sub(self.places_taken).max(0)
    }

    /// Takes a place, if there is one (M1).
    pub(super) fn take_place(&mut self) -> bool {
        let free = self.places_free() > 0;
        self.places_taken = self.places_taken.saturating_add(i32::from(free));
        free
    }

    /// Frees a place.
    pub(super) fn free_place(&mut self) {
        self.places_taken = self.places_taken.saturating_sub(1).max(0);
    }
}
