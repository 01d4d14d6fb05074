//! How well two people fit, in whole numbers, with the reasons.

use crate::kernel::{LanguageTag, SkillId};
use crate::skills::SkillLevel;

use super::rules::WHOLE;
use super::{MatchingRules, Obstacle, OpenMentor, ScoreWeights, SeekingMentee, WantedSkill};

/// How well a mentor fits a mentee: 0 not at all, 10,000 in every respect, with the parts that it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairScore {
    /// All parts by their weights, rounded down.
    pub total: i32,
    /// How many of the levels that the mentee misses the mentor can close. What a pairing is for, so it weighs most; and it
    /// is capped at what is wanted, because an expert who is wasted on beginners is missing elsewhere.
    pub skills: ScorePart<Vec<SkillDelta>>,
    /// Which of the mentee's languages the mentor speaks: one is enough to begin, each further one helps to find the word.
    pub languages: ScorePart<Vec<LanguageTag>>,
    /// How many minutes of a day both work. Four hours are as good as more: in them a time to meet is found.
    pub hours: ScorePart<i32>,
    /// How much of the mentor's capacity is free, so that of two who fit equally well the one with more room is proposed.
    pub load: ScorePart<Load>,
    /// How far the two are apart in the reporting line: whoever is close has a say in the other's work, and it is hard to
    /// speak openly to them.
    pub distance: ScorePart<LineDistance>,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorePart<F> {
    /// How good this part is, 0 to 10,000.
    pub value: i32,
    /// How much it counts, in basis points.
    pub weight: i32,
    /// What it was computed from.
    pub facts: F,
}

/// The parts of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScorePartKind {
    /// What the mentor can teach of what the mentee wants.
    Skills,
    /// The languages that both speak.
    Languages,
    /// The time of day that both work.
    Hours,
    /// The places that the mentor has free.
    Load,
    /// How far they are apart in the reporting line.
    Distance,
}

/// A skill in which the mentee misses something, and how far the mentor can take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillDelta {
    /// Which skill.
    pub skill: SkillId,
    /// What the mentee has and wants.
    pub wanted: WantedSkill,
    /// Up to which level the mentor mentors it, if they do.
    pub mentored: Option<SkillLevel>,
}

/// How many of a mentor's places are free before anybody is proposed to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// The free places.
    pub free: i32,
    /// All places.
    pub capacity: i32,
}

/// How far two people are apart in the reporting line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineDistance {
    /// So many steps over the nearest manager of both: 1 to one's manager, 2 to a colleague with the same one.
    Steps(usize),
    /// Nobody stands above both.
    Apart,
}

/// From so many minutes of a day on that both work, more are no better.
const ENOUGH_MINUTES: i32 = 240;

/// From so many steps on, two people are as good as strangers in the line.
const FAR_STEPS: i32 = 6;

/// What speaks for a pair; or everything that stands against it.
pub fn judge(
    mentee: &SeekingMentee,
    mentor: &OpenMentor,
    rules: &MatchingRules,
) -> Result<PairScore, Vec<Obstacle>> {
    let obstacles = Obstacle::between(mentee, mentor, rules.conflicts);
    if obstacles.is_empty() { Ok(PairScore::of(mentee, mentor, rules.weights)) } else { Err(obstacles) }
}

impl ScorePartKind {
    /// Every part.
    pub const ALL: [Self; 5] = [Self::Skills, Self::Languages, Self::Hours, Self::Load, Self::Distance];
}

impl PairScore {
    fn of(mentee: &SeekingMentee, mentor: &OpenMentor, weights: ScoreWeights) -> Self {
        let skills =
            ScorePart::new(skill_deltas(mentee, mentor), |deltas| value_of_skills(deltas), weights.skills);
        let languages = ScorePart::new(
            common_languages(mentee, mentor),
            |common| {
                share(common.len().try_into().unwrap_or(0), mentee.languages.len().try_into().unwrap_or(0))
            },
            weights.languages,
        );
        let hours = ScorePart::new(
            mentee.hours.overlap(mentor.hours),
            |minutes| share(*minutes, ENOUGH_MINUTES),
            weights.hours,
        );
        let load = Load { free: mentor.free_places(), capacity: mentor.capacity };
        let load = ScorePart::new(load, |load| share(load.free, load.capacity), weights.load);
        let distance =
            ScorePart::new(LineDistance::between(mentee, mentor), LineDistance::value, weights.distance);
        let mut score = Self { total: 0, skills, languages, hours, load, distance };
        let weighted: i64 = score.parts().into_iter().map(|(_, value, weight)| weighted(value, weight)).sum();
        score.total = i32::try_from(weighted.div_euclid(i64::from(WHOLE))).unwrap_or(0);
        score
    }

    /// Every part with its value and its weight.
    pub fn parts(&self) -> [(ScorePartKind, i32, i32); 5] {
        [
            (ScorePartKind::Skills, self.skills.value, self.skills.weight),
            (ScorePartKind::Languages, self.languages.value, self.languages.weight),
            (ScorePartKind::Hours, self.hours.value, self.hours.weight),
            (ScorePartKind::Load, self.load.value, self.load.weight),
            (ScorePartKind::Distance, self.distance.value, self.distance.weight),
        ]
    }
}

impl<F> ScorePart<F> {
    fn new(facts: F, value: impl FnOnce(&F) -> i32, weight: i32) -> Self {
        Self { value: value(&facts), weight, facts }
    }
}

impl SkillDelta {
    /// How many of the levels that the mentee misses the mentor can close.
    pub fn closed(&self) -> i32 {
        self.mentored.map_or(0, |level| self.wanted.reached_at(level))
    }
}

impl LineDistance {
    fn between(mentee: &SeekingMentee, mentor: &OpenMentor) -> Self {
        let steps = mentee.chain().enumerate().find_map(|(up, person)| {
            mentor.chain().position(|other| other == person).map(|down| up.saturating_add(down))
        });
        steps.map_or(Self::Apart, Self::Steps)
    }

    /// Nothing for whoever one reports to, and more with every step until it is far.
    fn value(&self) -> i32 {
        match self {
            Self::Steps(steps) => {
                let beyond = i32::try_from(*steps).unwrap_or(i32::MAX).saturating_sub(1);
                share(beyond, FAR_STEPS.saturating_sub(1))
            }
            Self::Apart => WHOLE,
        }
    }
}

impl OpenMentor {
    /// Whether they mentor in a language, whatever the region: who speaks de-AT understands de.
    pub(super) fn speaks(&self, language: &LanguageTag) -> bool {
        self.languages.iter().any(|own| spoken(own) == spoken(language))
    }
}

fn skill_deltas(mentee: &SeekingMentee, mentor: &OpenMentor) -> Vec<SkillDelta> {
    let delta = |(skill, wanted)| SkillDelta { skill, wanted, mentored: mentor.skills.get(&skill).copied() };
    mentee.open_skills().map(delta).collect()
}

fn value_of_skills(deltas: &[SkillDelta]) -> i32 {
    let sum = |levels: fn(&SkillDelta) -> i32| deltas.iter().map(levels).fold(0, i32::saturating_add);
    share(sum(SkillDelta::closed), sum(|delta| delta.wanted.missing()))
}

fn common_languages(mentee: &SeekingMentee, mentor: &OpenMentor) -> Vec<LanguageTag> {
    mentee.languages.iter().filter(|language| mentor.speaks(language)).cloned().collect()
}

/// A language without its region.
fn spoken(language: &LanguageTag) -> &str {
    language.as_str().split('-').next().unwrap_or_default()
}

fn weighted(value: i32, weight: i32) -> i64 {
    i64::from(value).saturating_mul(i64::from(weight))
}

/// A part of a whole in basis points, rounded down; never more than all of it, and nothing of nothing.
fn share(part: i32, whole: i32) -> i32 {
    let share = weighted(part, WHOLE).checked_div(i64::from(whole)).unwrap_or(0);
    i32::try_from(share.clamp(0, i64::from(WHOLE))).unwrap_or(0)
}
