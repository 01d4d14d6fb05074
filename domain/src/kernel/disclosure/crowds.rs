//! Groups beside each other that share people, such as those who took one course and those who took another.

use std::collections::{BTreeMap, BTreeSet};

use super::{MinimumGroupSize, Suppression};

/// Groups of what people did, and which of them may be told apart where all of it together is told too.
///
/// They are hidden as [`super::Blocks`] are, but somebody who is in several of them is one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowds<K> {
    total: Result<(), Suppression>,
    hidden: BTreeMap<K, Suppression>,
}

impl<K: Ord + Copy> Crowds<K> {
    /// The groups, by everybody who is in each of them.
    pub fn of<P: Ord + Copy>(minimum: MinimumGroupSize, members: impl IntoIterator<Item = (K, P)>) -> Self {
        let mut groups = BTreeMap::<K, BTreeSet<P>>::new();
        for (group, person) in members {
            groups.entry(group).or_default().insert(person);
        }
        let everybody: BTreeSet<P> = groups.values().flatten().copied().collect();
        let total = if permits(minimum, &everybody) { Ok(()) } else { Err(Suppression::BelowMinimum) };
        Self { total, hidden: hidden(minimum, groups) }
    }

    /// Whether all of them may be told together.
    pub fn total(&self) -> Result<(), Suppression> {
        self.total
    }

    /// Whether a group may be told apart.
    pub fn group(&self, group: K) -> Result<(), Suppression> {
        self.hidden.get(&group).map_or(Ok(()), |reason| Err(*reason))
    }
}

fn permits<P>(minimum: MinimumGroupSize, people: &BTreeSet<P>) -> bool {
    minimum.permits(u64::try_from(people.len()).unwrap_or(u64::MAX))
}

/// The groups that are too small, and of the others the smallest, until the hidden ones are enough people together.
fn hidden<K: Ord + Copy, P: Ord + Copy>(
    minimum: MinimumGroupSize,
    groups: BTreeMap<K, BTreeSet<P>>,
) -> BTreeMap<K, Suppression> {
    let (small, large): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|(_, people)| !permits(minimum, people));
    let mut together: BTreeSet<P> = small.iter().flat_map(|(_, people)| people).copied().collect();
    let mut hidden: BTreeMap<K, Suppression> =
        small.into_iter().map(|(group, _)| (group, Suppression::BelowMinimum)).collect();
    let mut large = large;
    // Of groups of the same size the first in their order, so that the same groups give the same answer.
    large.sort_by_key(|(group, people)| (people.len(), *group));
    for (group, people) in large {
        if permits(minimum, &together) {
            break;
        }
        together.extend(people);
        hidden.insert(group, Suppression::Complementary);
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowds(groups: &[(u8, std::ops::Range<u8>)]) -> Crowds<u8> {
        let members = groups.iter().flat_map(|(group, people)| people.clone().map(|person| (*group, person)));
        Crowds::of(MinimumGroupSize::DEFAULT, members)
    }

    #[test]
    fn who_is_in_two_groups_is_one_person() {
        // Two and three people, but three in all.
        let few = crowds(&[(1, 0..2), (2, 0..3), (3, 10..19), (4, 20..30)]);
        assert_eq!([1, 2].map(|group| few.group(group)), [Err(Suppression::BelowMinimum); 2]);
        assert_eq!(few.group(3), Err(Suppression::Complementary));
        assert_eq!((few.group(4), few.total()), (Ok(()), Ok(())));
        // Two and three others are five.
        let enough = crowds(&[(1, 0..2), (2, 2..5), (3, 10..19)]);
        assert_eq!(enough.group(3), Ok(()));
        assert_eq!(crowds(&[(1, 0..4), (2, 0..4), (3, 0..4)]).total(), Err(Suppression::BelowMinimum));
    }
}
