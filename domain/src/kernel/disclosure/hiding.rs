//! Which groups beside each other have to be hidden.

use std::collections::{BTreeMap, BTreeSet};

use super::{MinimumGroupSize, Suppression};

/// People who are counted together with others.
pub(super) trait People: Default {
    /// How many they are.
    fn count(&self) -> u64;
    /// Counts others with them.
    fn join(&mut self, others: &Self);
}

/// People of whom only the number is known: nobody is in two groups.
impl People for u64 {
    fn count(&self) -> u64 {
        *self
    }

    fn join(&mut self, others: &Self) {
        *self = self.saturating_add(*others);
    }
}

/// People who are known one by one: whoever is in two groups counts once.
impl<P: Ord + Copy> People for BTreeSet<P> {
    fn count(&self) -> u64 {
        u64::try_from(self.len()).unwrap_or(u64::MAX)
    }

    fn join(&mut self, others: &Self) {
        self.extend(others);
    }
}

/// The groups that cannot be told apart: those below the minimum, and of the others the smallest, until all of the hidden
/// ones together are enough people, or nothing else is left to hide.
pub(super) fn hidden<K: Ord + Clone, G: People>(
    minimum: MinimumGroupSize,
    groups: &BTreeMap<K, G>,
) -> BTreeMap<K, Suppression> {
    let somebody = groups.iter().filter(|(_, people)| people.count() > 0);
    let (small, mut large): (Vec<_>, Vec<_>) =
        somebody.partition(|(_, people)| !minimum.permits(people.count()));
    let (mut hidden, mut together) = (BTreeMap::new(), G::default());
    for (group, people) in small {
        hidden.insert(group.clone(), Suppression::BelowMinimum);
        together.join(people);
    }
    // Of groups of the same size the first in their order, so that the same groups give the same answer.
    large.sort_by_key(|(group, people)| (people.count(), *group));
    for (group, people) in large {
        if minimum.permits(together.count()) {
            break;
        }
        hidden.insert(group.clone(), Suppression::Complementary);
        together.join(people);
    }
    hidden
}
