//! The words of what the records tell of themselves.

use async_graphql::Enum;
use upskill_domain::kernel;

/// Whether it can be told if people stay longer, or why not.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum RetentionStatus {
    /// There is an effect, with an interval.
    Measured,
    /// A group has too few people, or too few of them left or stayed, for an interval to mean anything.
    NotEnoughData,
    /// The groups went different ways before anything had happened, so the others say nothing about what would have become
    /// of the upskilled.
    TrendsDiffer,
    /// The program began less than a year ago.
    TooEarly,
    /// The program is meant for the whole employer, so there is nobody to compare with.
    NobodyElse,
    /// It would tell about a few people.
    Suppressed,
}

/// Which people a number is about.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum RetentionGroup {
    /// Those in the departments that the program is meant for, whether they took part or not.
    Upskilled,
    /// Those in all others.
    Others,
}

/// Why something is not told that would tell about a few people.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "kernel::Suppression")]
pub(crate) enum Suppression {
    /// There are too few people.
    BelowMinimum,
    /// There are enough, but others are too few, and could be told from these and what they are a part of.
    Complementary,
    /// The same holds of everybody in a small group.
    Homogeneous,
}
