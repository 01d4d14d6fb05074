//! What an employer says about matching.

use crate::kernel::{EmployeeId, MentorId};

use super::ScorePartKind;

/// By which rules pairs are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchingRules {
    /// How much each part of a score counts.
    pub weights: ScoreWeights,
    /// The least score of a pair that is proposed, 1 to 10,000. With a pair that scores nothing nobody is helped.
    pub least_score: i32,
    /// Who may mentor whom.
    pub conflicts: Conflicts,
}

/// How much each part of a score counts, in basis points; together they are 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreWeights {
    /// What the mentor can teach of what the mentee wants.
    pub skills: i32,
    /// The languages that both speak.
    pub languages: i32,
    /// The time of day that both work.
    pub hours: i32,
    /// The places that the mentor has free.
    pub load: i32,
    /// How far they are apart in the reporting line.
    pub distance: i32,
}

/// Who may mentor somebody although they stand close to them at work. Nobody mentors themself, whatever stands here (M2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflicts {
    /// The manager whom the mentee reports to.
    pub manager_allowed: bool,
    /// Any other manager above the mentee, or anybody below them.
    pub line_allowed: bool,
    /// Anybody of the mentee's department.
    pub same_department_allowed: bool,
}

/// Why nothing can be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatchingProblem {
    /// A part cannot count less than nothing.
    #[error("the weight of {part:?} is {weight}; a weight is 0 to 10000 basis points")]
    NegativeWeight {
        /// Which part.
        part: ScorePartKind,
        /// The weight that was given.
        weight: i32,
    },
    /// The weights are not those of one whole.
    #[error("the weights add up to {0} basis points; together they are 10000")]
    WeightsSum(i64),
    /// No score is that low, or that high.
    #[error("the least score is {0}; it is 1 to 10000")]
    LeastScore(i32),
    /// More people than one run takes.
    #[error("{given} people are too many for one run; it takes at most {most} mentees and {most} mentors")]
    TooMany {
        /// How many there are.
        given: usize,
        /// How many there may be.
        most: usize,
    },
    /// One mentee was given twice.
    #[error("the mentee {0} was given twice")]
    MenteeTwice(EmployeeId),
    /// One mentor was given twice.
    #[error("the mentor {0} was given twice")]
    MentorTwice(MentorId),
}

/// A whole, in basis points: the most that a part of a score can be, and a score, and what all weights add up to.
pub(super) const WHOLE: i32 = 10_000;

impl ScoreWeights {
    /// The weight of a part.
    pub fn of(self, part: ScorePartKind) -> i32 {
        match part {
            ScorePartKind::Skills => self.skills,
            ScorePartKind::Languages => self.languages,
            ScorePartKind::Hours => self.hours,
            ScorePartKind::Load => self.load,
            ScorePartKind::Distance => self.distance,
        }
    }
}

impl Default for ScoreWeights {
    /// Half of a score is what can be learned; the rest is what makes it likely that the two meet and speak openly.
    fn default() -> Self {
        Self { skills: 5_000, languages: 1_000, hours: 2_000, load: 1_000, distance: 1_000 }
    }
}

impl Default for Conflicts {
    /// The direct manager alone is out of the question (M2): who rates somebody is nobody to admit weaknesses to.
    fn default() -> Self {
        Self { manager_allowed: false, line_allowed: true, same_department_allowed: true }
    }
}

impl Default for MatchingRules {
    fn default() -> Self {
        Self { weights: ScoreWeights::default(), least_score: 3_000, conflicts: Conflicts::default() }
    }
}

impl MatchingRules {
    /// Whether these rules make sense.
    pub fn check(&self) -> Result<(), MatchingProblem> {
        let weights = ScorePartKind::ALL.map(|part| (part, self.weights.of(part)));
        if let Some((part, weight)) = weights.into_iter().find(|(_, weight)| *weight < 0) {
            return Err(MatchingProblem::NegativeWeight { part, weight });
        }
        let sum: i64 = weights.into_iter().map(|(_, weight)| i64::from(weight)).sum();
        if sum != i64::from(WHOLE) {
            return Err(MatchingProblem::WeightsSum(sum));
        }
        if !(1..=WHOLE).contains(&self.least_score) {
            return Err(MatchingProblem::LeastScore(self.least_score));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_without_a_word_about_them_make_sense() {
        assert_eq!(MatchingRules::default().check(), Ok(()));
    }

    #[test]
    fn rules_that_make_no_sense_are_refused_with_their_numbers() {
        let weighed = |skills, load| {
            let weights = ScoreWeights { skills, load, ..ScoreWeights::default() };
            MatchingRules { weights, ..MatchingRules::default() }.check()
        };
        assert_eq!(weighed(6_000, 0), Ok(()));
        assert_eq!(weighed(6_000, 1_000), Err(MatchingProblem::WeightsSum(11_000)));
        let negative = MatchingProblem::NegativeWeight { part: ScorePartKind::Load, weight: -1_000 };
        assert_eq!(weighed(7_000, -1_000), Err(negative));
        for least_score in [0, -5, 10_001] {
            let rules = MatchingRules { least_score, ..MatchingRules::default() };
            assert_eq!(rules.check(), Err(MatchingProblem::LeastScore(least_score)));
        }
    }
}
