//! Matching: proposes a mentor for everybody who seeks one, all at once (M4).
//!
//! Taking the best pair first, and then the next best, leaves people without anybody who could have been placed, and a
//! mentor chosen by one mentee after the other goes to whoever came first. So the pairs are chosen together: of all ways
//! to fill the mentors' places the one with the highest sum of scores.
//!
//! * A [`PairScore`] is a whole number with every part that it is made of, and the facts behind each part.
//! * A pair that may not be made has an [`Obstacle`] or several. A pair below the least score is not made either: more pairs
//!   are no aim by themselves.
//! * Of two answers with the same sum a lot decides that the ids of mentee and mentor draw, always the same one. So the
//!   answer depends neither on the order of what is given, nor on who was hired first.
//! * A [`Matching`] proposes and changes nothing. No proposal rests on another one, so a person may take some of them and
//!   leave the others, and ask again for who is left.

mod assignment;
mod hours;
mod left_out;
mod lot;
mod mentee;
mod mentor;
mod obstacle;
#[cfg(test)]
mod people;
#[cfg(test)]
mod properties;
mod proposal;
mod prospects;
mod rules;
mod score;
#[cfg(test)]
mod scores;
#[cfg(test)]
mod tests;

pub use hours::{WorkingHours, WorkingHoursError};
pub use left_out::{LeftOut, WhyLeftOut};
pub use mentee::{SeekingMentee, WantedSkill};
pub use mentor::OpenMentor;
pub use obstacle::Obstacle;
pub use proposal::{Alternative, Matching, PlacesLeft, Proposal};
pub use rules::{Conflicts, MatchingProblem, MatchingRules, ScoreWeights};
pub use score::{LineDistance, Load, PairScore, ScorePart, ScorePartKind, SkillDelta, judge};
