//! What there is for each mentee before places are given away.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::SkillId;

use super::{MatchingRules, Obstacle, OpenMentor, SeekingMentee, WhyLeftOut, judge};

/// What became of the mentors who mentor something that one mentee wants.
#[derive(Debug, Default)]
pub(super) struct Prospects {
    /// Who could take them on, in the order of the mentors.
    pub(super) candidates: Vec<Candidate>,
    /// How many mentors each obstacle keeps away.
    obstacles: BTreeMap<Obstacle, usize>,
    /// The highest score below the least one.
    best_below: Option<i32>,
}

/// Somebody who could take a mentee on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Which mentor, by their place in the list of mentors.
    pub(super) mentor: usize,
    /// How well they fit.
    pub(super) score: i32,
}

/// Who mentors what. Most mentors have nothing to do with what a mentee wants, and are never looked at.
pub(super) struct Teachers<'a> {
    mentors: &'a [&'a OpenMentor],
    by_skill: BTreeMap<SkillId, Vec<usize>>,
}

impl<'a> Teachers<'a> {
    pub(super) fn of(mentors: &'a [&'a OpenMentor]) -> Self {
        let mut by_skill: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (place, mentor) in mentors.iter().enumerate() {
            for skill in mentor.skills.keys() {
                by_skill.entry(*skill).or_default().push(place);
            }
        }
        Self { mentors, by_skill }
    }

    /// Judges everybody who mentors something that a mentee wants.
    pub(super) fn prospects(&self, mentee: &SeekingMentee, rules: &MatchingRules) -> Prospects {
        let teaching = mentee.open_skills().filter_map(|(skill, _)| self.by_skill.get(&skill));
        let teaching: BTreeSet<_> = teaching.flatten().copied().collect();
        let mut prospects = Prospects::default();
        for place in teaching {
            let Some(mentor) = self.mentors.get(place) else { continue };
            match judge(mentee, mentor, rules) {
                Ok(score) if score.total >= rules.least_score => {
                    prospects.candidates.push(Candidate { mentor: place, score: score.total });
                }
                Ok(score) => prospects.best_below = prospects.best_below.max(Some(score.total)),
                Err(obstacles) => prospects.count(obstacles),
            }
        }
        prospects
    }
}

impl Prospects {
    fn count(&mut self, obstacles: Vec<Obstacle>) {
        for obstacle in obstacles {
            let count = self.obstacles.entry(obstacle).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// The best candidate beside one of them; of equals the first.
    pub(super) fn best_beside(&self, mentor: Option<usize>) -> Option<Candidate> {
        let others = self.candidates.iter().filter(|candidate| Some(candidate.mentor) != mentor);
        others.copied().rev().max_by_key(|candidate| candidate.score)
    }

    /// Why there is nobody who could take them on.
    pub(super) fn why_nobody(self, mentee: &SeekingMentee) -> WhyLeftOut {
        match (self.best_below, self.obstacles) {
            (Some(best), _) => WhyLeftOut::ScoresTooLow { best },
            (None, obstacles) if !obstacles.is_empty() => WhyLeftOut::RuledOut { obstacles },
            _ if mentee.open_skills().next().is_some() => WhyLeftOut::NobodyTeaches,
            _ => WhyLeftOut::NothingWanted,
        }
    }
}
