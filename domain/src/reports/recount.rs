//! Counting again, from the first entry of the journal on.

use super::fold::{Fact, Fold};
use super::group::{GroupYear, PersonYear};
use super::ports::CountedUpTo;

/// What is counted again, and how far.
///
/// Where people and courses count in a year is taken as it was decided then. Decided anew, whoever moved since would move in
/// years that were told already, and the difference would tell of them.
#[derive(Debug, Default)]
pub(super) struct Recount {
    fold: Fold,
    up_to: CountedUpTo,
}

impl Recount {
    /// Up to where.
    pub(super) fn up_to(&self) -> CountedUpTo {
        self.up_to
    }

    /// Counts what the entries up to a place tell, given what was counted of the people and the courses before.
    pub(super) fn add(
        &mut self,
        facts: &[Fact],
        (people, courses): (Vec<PersonYear>, Vec<GroupYear>),
        up_to: CountedUpTo,
    ) {
        self.fold.settle(people, courses);
        for fact in facts {
            self.fold.add(fact);
        }
        self.up_to = up_to;
    }

    /// What was counted.
    pub(super) fn into_parts(self) -> (Vec<PersonYear>, Vec<GroupYear>) {
        self.fold.into_parts()
    }
}
