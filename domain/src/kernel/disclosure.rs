//! Statistical disclosure control: what an aggregate over people may tell without telling about one of them.
//!
//! A number is told only about a *block*: nobody at all, or at least as many people as the employer's minimum group size.
//! Groups that are too small are put together into one block with as many of their neighbors as it takes, and every
//! answer is made of whole blocks. Whatever is added to or subtracted from such answers is made of whole blocks again,
//! so no arithmetic over them reaches fewer people than the minimum.

mod blocks;
mod crowds;
mod hiding;

pub use blocks::Blocks;
pub use crowds::Crowds;

use serde::{Deserialize, Serialize};

/// The smallest group of people that an aggregate may speak about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct MinimumGroupSize(u32);

/// A minimum group size that protects nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a minimum group size of {0} would expose people; the smallest allowed is {floor}",
    floor = MinimumGroupSize::FLOOR
)]
pub struct GroupSizeError(pub u32);

/// Why a cell of an aggregate is not shown. It is never shown as 0 instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Suppression {
    /// Fewer people than the minimum.
    BelowMinimum,
    /// The cell itself is large enough, but another one could be told from it and the rest.
    Complementary,
    /// A rate of exactly 0 % or 100 % in a small group says the same of everybody in it.
    Homogeneous,
}

impl Suppression {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::BelowMinimum, Self::Complementary, Self::Homogeneous];

    /// The name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::BelowMinimum => "BELOW_MINIMUM",
            Self::Complementary => "COMPLEMENTARY",
            Self::Homogeneous => "HOMOGENEOUS",
        }
    }

    /// The reason with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl MinimumGroupSize {
    /// What no employer may go below.
    pub const FLOOR: u32 = 3;
    /// What an employer has that said nothing else.
    pub const DEFAULT: Self = Self(5);

    /// A minimum, if it protects anybody.
    pub fn new(people: u32) -> Result<Self, GroupSizeError> {
        if people < Self::FLOOR { Err(GroupSizeError(people)) } else { Ok(Self(people)) }
    }

    /// How many people.
    pub fn people(self) -> u32 {
        self.0
    }

    /// The smallest group of which any rate may be told, one of 0 % or 100 % too.
    pub fn for_rates(self) -> Self {
        Self(self.0.saturating_mul(2))
    }

    /// Whether a group may be spoken about by itself: nobody is in it, or enough are.
    pub fn permits(self, people: u64) -> bool {
        people == 0 || people >= u64::from(self.0)
    }

    /// Whether a selection out of a population may be spoken about where the population is spoken about too: neither the
    /// selection nor what it leaves out may be small.
    pub fn selection(self, selected: u64, population: u64) -> Result<(), Suppression> {
        if !self.permits(selected) {
            return Err(Suppression::BelowMinimum);
        }
        let left_out = population.saturating_sub(selected);
        if self.permits(left_out) { Ok(()) } else { Err(Suppression::Complementary) }
    }

    /// Whether the same figure may be told of two overlapping groups, such as one department in two months: whoever is in
    /// one of them only must not be few.
    pub fn comparison(self, only_in_one: u64, only_in_other: u64) -> Result<(), Suppression> {
        let told_apart = self.permits(only_in_one) && self.permits(only_in_other);
        if told_apart { Ok(()) } else { Err(Suppression::Complementary) }
    }

    /// Whether a rate may be told: not of a small group, and not one that says the same of everybody in a group of less
    /// than twice the minimum.
    pub fn rate(self, holds_of: u64, people: u64) -> Result<(), Suppression> {
        if !self.permits(people) {
            return Err(Suppression::BelowMinimum);
        }
        let alike = holds_of == 0 || holds_of >= people;
        if alike { self.uniform(people) } else { Ok(()) }
    }

    /// Whether something may be told that is the same for everybody in a group: not of less than twice the minimum.
    pub fn uniform(self, people: u64) -> Result<(), Suppression> {
        if self.for_rates().permits(people) { Ok(()) } else { Err(Suppression::Homogeneous) }
    }
}

impl Default for MinimumGroupSize {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl From<MinimumGroupSize> for u32 {
    fn from(size: MinimumGroupSize) -> Self {
        size.0
    }
}

impl TryFrom<u32> for MinimumGroupSize {
    type Error = GroupSizeError;
    fn try_from(people: u32) -> Result<Self, GroupSizeError> {
        Self::new(people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: MinimumGroupSize = MinimumGroupSize::DEFAULT;

    #[test]
    fn no_employer_goes_below_the_floor() {
        assert_eq!(MinimumGroupSize::new(3).map(MinimumGroupSize::people), Ok(3));
        assert_eq!(MinimumGroupSize::new(2), Err(GroupSizeError(2)));
        assert_eq!(
            GroupSizeError(2).to_string(),
            "a minimum group size of 2 would expose people; the smallest allowed is 3"
        );
    }

    #[test]
    fn a_filter_that_leaves_few_out_tells_about_those_few() {
        assert_eq!(FIVE.selection(95, 100), Ok(()));
        assert_eq!(FIVE.selection(100, 100), Ok(()));
        assert_eq!(FIVE.selection(0, 100), Ok(()));
        for selected in 96..100 {
            assert_eq!(FIVE.selection(selected, 100), Err(Suppression::Complementary), "{selected}");
        }
        for selected in 1..5 {
            assert_eq!(FIVE.selection(selected, 100), Err(Suppression::BelowMinimum), "{selected}");
        }
    }

    #[test]
    fn a_month_with_one_joiner_is_not_compared_with_the_month_before() {
        assert_eq!(FIVE.comparison(0, 1), Err(Suppression::Complementary));
        assert_eq!(FIVE.comparison(4, 9), Err(Suppression::Complementary));
        assert_eq!(FIVE.comparison(0, 0), Ok(()));
        assert_eq!(FIVE.comparison(5, 0), Ok(()));
    }

    #[test]
    fn what_holds_of_everybody_in_a_small_group_is_not_told() {
        assert_eq!(FIVE.rate(0, 9), Err(Suppression::Homogeneous));
        assert_eq!(FIVE.rate(9, 9), Err(Suppression::Homogeneous));
        assert_eq!(FIVE.rate(10, 10), Ok(()));
        assert_eq!(FIVE.rate(1, 9), Ok(()));
        assert_eq!(FIVE.rate(1, 4), Err(Suppression::BelowMinimum));
        assert_eq!(FIVE.rate(0, 0), Ok(()));
    }
}
