//! Groups beside each other that share people, such as those who took one course and those who took another.

use std::collections::{BTreeMap, BTreeSet};

use super::hiding::{People as _, hidden};
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
        let enough = minimum.permits(everybody.count());
        let total = if enough { Ok(()) } else { Err(Suppression::BelowMinimum) };
        Self { total, hidden: hidden(minimum, &groups) }
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
