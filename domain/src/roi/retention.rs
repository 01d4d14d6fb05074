//! R6: whether people who were upskilled stay longer, told by a difference in differences, or not told.
//!
//! Two groups are watched over the same stretches of time: two before and one after the upskilling began. What changed
//! among the upskilled, less what changed among the others, is the effect. The stretch before the last one serves to see
//! whether the groups moved alike when nothing had happened yet; where they did not, the others say nothing about what
//! would have become of the upskilled.

mod study;

pub use study::{DepartmentWatched, RetentionFinding, RetentionStudy};

use serde::{Deserialize, Serialize};

use super::Share;
use super::exact::{Fixed, part};
use crate::kernel::{MinimumGroupSize, Money, half_even};

/// A group over one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// How many were there when it began.
    pub people: u32,
    /// How many of them left before it ended.
    pub exits: u32,
}

/// A group over three stretches of the same length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Watched {
    /// The stretch before the one before.
    pub earlier: Cell,
    /// The stretch before.
    pub before: Cell,
    /// The stretch after.
    pub after: Cell,
}

/// An effect on the share of people who leave, with the interval in which it lies with a probability of 95 %. Below zero,
/// fewer leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Effect {
    /// The effect itself, in hundredths of percentage points.
    pub points: Fixed<2>,
    /// The lower end, rounded away from the effect.
    pub low: Fixed<2>,
    /// The upper end, rounded away from the effect.
    pub high: Fixed<2>,
}

/// What can be said of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum RetentionEffect {
    /// It was measured.
    Measured {
        /// The effect.
        effect: Effect,
        /// How many people each cell has: the upskilled before and after, the others before and after.
        people: [u32; 4],
    },
    /// A cell has too few people to tell.
    NotEnoughData {
        /// How many the smallest cell has, unless telling that would tell of fewer than the minimum group size.
        smallest: Option<u32>,
        /// How many it takes.
        needed: u32,
    },
    /// So few left, or stayed, in a cell that no interval around it means anything.
    TooFewOfEach {
        /// How many it takes of each.
        needed: u32,
    },
    /// The groups went different ways before anything had happened.
    TrendsDiffer {
        /// By how much they differed then.
        before: Effect,
    },
}

impl Watched {
    pub(super) const NOBODY: Self = {
        let nobody = Cell { people: 0, exits: 0 };
        Self { earlier: nobody, before: nobody, after: nobody }
    };

    /// Both groups as one.
    fn with(self, other: Self) -> Self {
        let sum = |one: Cell, other: Cell| Cell {
            people: one.people.saturating_add(other.people),
            exits: one.exits.saturating_add(other.exits),
        };
        Self {
            earlier: sum(self.earlier, other.earlier),
            before: sum(self.before, other.before),
            after: sum(self.after, other.after),
        }
    }
}

/// People below whom no interval means anything, however small the minimum group size is.
const FEWEST_FOR_INFERENCE: u32 = 10;
/// People who have to leave, and to stay, in every cell: below that the share is not normally distributed. Where nobody
/// leaves at all its variance would be nothing, and the interval would claim certainty.
const FEWEST_OF_EACH: u32 = 5;
/// Decimals of a share: ten, and twice as many of its variance.
const SHARE: i128 = 10_000_000_000;
const VARIANCE: i128 = SHARE * SHARE;
/// How many standard errors 95 % of a normal distribution lie within, in hundredths.
const STANDARD_ERRORS: i128 = 196;

impl Cell {
    /// The share that left.
    fn share(self) -> i128 {
        half_even(i128::from(self.exits).saturating_mul(SHARE), i128::from(self.people).max(1))
    }

    /// The variance of that share, if leaving were drawn by lot.
    fn variance(self) -> i128 {
        let (people, exits) = (i128::from(self.people), i128::from(self.exits.min(self.people)));
        let spread = exits.saturating_mul(people.saturating_sub(exits));
        half_even(spread.saturating_mul(VARIANCE), people.saturating_pow(3).max(1))
    }
}

impl Effect {
    /// What changed among the upskilled, less what changed among the others.
    fn between(upskilled: (Cell, Cell), others: (Cell, Cell)) -> Self {
        let change = |(from, to): (Cell, Cell)| to.share().saturating_sub(from.share());
        let effect = change(upskilled).saturating_sub(change(others));
        let cells = [upskilled.0, upskilled.1, others.0, others.1];
        let variance = cells.iter().fold(0_i128, |sum, cell| sum.saturating_add(cell.variance()));
        let error = i128::try_from(u128::try_from(variance).unwrap_or(0).isqrt()).unwrap_or(0);
        // One more, because the root was cut off: an interval is rather too wide.
        let error = error.saturating_add(i128::from(variance > 0));
        let margin = error.saturating_mul(STANDARD_ERRORS);
        let hundredfold = effect.saturating_mul(100);
        let point = SHARE / 10_000;
        let down = |value: i128| value.div_euclid(point.saturating_mul(100));
        let units = |value: i128| Fixed::from_last_place(i64::try_from(value).unwrap_or(i64::MAX));
        Self {
            points: units(half_even(effect, point)),
            low: units(down(hundredfold.saturating_sub(margin))),
            high: units(down(hundredfold.saturating_neg().saturating_sub(margin)).saturating_neg()),
        }
    }

    /// Whether it may as well be none.
    fn may_be_none(self) -> bool {
        self.low.last_place() <= 0 && self.high.last_place() >= 0
    }
}

impl RetentionEffect {
    /// How many people have to leave, and to stay, in each cell.
    pub const NEEDED_OF_EACH: u32 = FEWEST_OF_EACH;

    /// How many people it takes in each cell: so many that any rate of them may be told, and an interval means something.
    pub fn needed(minimum: MinimumGroupSize) -> u32 {
        minimum.for_rates().people().max(FEWEST_FOR_INFERENCE)
    }

    /// The effect of upskilling on leaving, as far as the numbers can tell.
    pub fn of(upskilled: Watched, others: Watched, minimum: MinimumGroupSize) -> Self {
        let needed = Self::needed(minimum);
        let cells = [upskilled, others].map(|group| [group.earlier, group.before, group.after]);
        let smallest = cells.as_flattened().iter().map(|cell| cell.people).min().unwrap_or(0);
        if smallest < needed {
            let told = minimum.permits(smallest.into()).then_some(smallest);
            return Self::NotEnoughData { smallest: told, needed };
        }
        let stays = |cell: &Cell| cell.people.saturating_sub(cell.exits);
        if cells.as_flattened().iter().any(|cell| cell.exits.min(stays(cell)) < FEWEST_OF_EACH) {
            return Self::TooFewOfEach { needed: FEWEST_OF_EACH };
        }
        let before = Effect::between((upskilled.earlier, upskilled.before), (others.earlier, others.before));
        if !before.may_be_none() {
            return Self::TrendsDiffer { before };
        }
        let effect = Effect::between((upskilled.before, upskilled.after), (others.before, others.after));
        let people = [upskilled.before, upskilled.after, others.before, others.after];
        Self::Measured { effect, people: people.map(|cell| cell.people) }
    }

    /// What the people are worth who would have left: for each what it costs to replace somebody, at the lower end of the
    /// interval, in the middle and at its upper end. Nothing where the effect may as well be none.
    pub fn benefit(self, cohort: u32, annual_salary: Money, replacement: Share) -> Option<[Money; 3]> {
        let Self::Measured { effect, .. } = self else { return None };
        if effect.may_be_none() {
            return None;
        }
        let worth = |points: Fixed<2>| {
            let kept = i128::from(points.last_place().min(0)).saturating_neg().saturating_mul(cohort.into());
            let share = kept.saturating_mul(replacement.basis_points().into());
            part(annual_salary, share, 100_000_000)
        };
        // The lower benefit is at the upper end, where the fewest are kept.
        Some([worth(effect.high), worth(effect.points), worth(effect.low)])
    }
}
