//! Groups beside each other whose total is told too: departments, courses, months.

use std::collections::{BTreeMap, BTreeSet};

use super::hiding::hidden;
use super::{MinimumGroupSize, Suppression};

/// Disjoint groups of people, and which of them may be told apart.
///
/// Those that may not travel together as one block, so that what is left of the total after all others are taken away is
/// never about a few people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks<K> {
    minimum: MinimumGroupSize,
    people: BTreeMap<K, u64>,
    hidden: BTreeMap<K, Suppression>,
}

impl<K: Ord + Clone> Blocks<K> {
    /// The groups with how many people each has. A group that is given twice counts as one.
    pub fn of(minimum: MinimumGroupSize, groups: impl IntoIterator<Item = (K, u64)>) -> Self {
        let mut people = BTreeMap::<K, u64>::new();
        for (group, members) in groups {
            let known = people.entry(group).or_default();
            *known = known.saturating_add(members);
        }
        let hidden = hidden(minimum, &people);
        Self { minimum, people, hidden }
    }

    /// How many people are in all groups together, or why that is not told.
    pub fn total(&self) -> Result<u64, Suppression> {
        let total = self.count(self.people.keys());
        if self.minimum.permits(total) { Ok(total) } else { Err(Suppression::BelowMinimum) }
    }

    /// How many people are in a group, or why that is not told. A group that is not known has nobody.
    pub fn group(&self, group: &K) -> Result<u64, Suppression> {
        match self.hidden.get(group) {
            Some(reason) => Err(*reason),
            None => Ok(self.people.get(group).copied().unwrap_or(0)),
        }
    }

    /// How many people are in several groups together, or why that is not told: some of the block of hidden groups are
    /// among them and others are not.
    pub fn selection<'a>(&'a self, groups: impl IntoIterator<Item = &'a K>) -> Result<u64, Suppression> {
        let chosen: BTreeSet<&K> =
            groups.into_iter().filter(|group| self.people.contains_key(group)).collect();
        let selected = self.count(chosen.iter().copied());
        let of_the_block = self.hidden.keys().filter(|group| chosen.contains(group)).count();
        if of_the_block != 0 && of_the_block != self.hidden.len() {
            let small = !self.minimum.permits(selected);
            return Err(if small { Suppression::BelowMinimum } else { Suppression::Complementary });
        }
        if self.minimum.permits(selected) { Ok(selected) } else { Err(Suppression::BelowMinimum) }
    }

    fn count<'a>(&'a self, groups: impl Iterator<Item = &'a K>) -> u64 {
        groups.filter_map(|group| self.people.get(group)).fold(0, |sum, people| sum.saturating_add(*people))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIVE: MinimumGroupSize = MinimumGroupSize::DEFAULT;

    fn blocks(sizes: &[u64]) -> Blocks<usize> {
        Blocks::of(FIVE, sizes.iter().copied().enumerate())
    }

    #[test]
    fn a_single_small_group_takes_the_next_smallest_with_it() {
        let blocks = blocks(&[20, 3, 7, 9]);
        let told: Vec<_> = (0..4).map(|group| blocks.group(&group)).collect();
        assert_eq!(told, [Ok(20), Err(Suppression::BelowMinimum), Err(Suppression::Complementary), Ok(9)]);
        assert_eq!(blocks.total(), Ok(39));
        // The two are told together, and with everybody else, never apart.
        assert_eq!(blocks.selection(&[1, 2]), Ok(10));
        assert_eq!(blocks.selection(&[0, 1, 2, 3]), Ok(39));
        assert_eq!(blocks.selection(&[0, 2, 3]), Err(Suppression::Complementary));
        assert_eq!(blocks.selection(&[1]), Err(Suppression::BelowMinimum));
    }

    #[test]
    fn small_groups_that_are_enough_together_hide_nobody_else() {
        let blocks = blocks(&[4, 8, 1, 0]);
        let told: Vec<_> = (0..4).map(|group| blocks.group(&group)).collect();
        assert_eq!(told, [Err(Suppression::BelowMinimum), Ok(8), Err(Suppression::BelowMinimum), Ok(0)]);
    }

    #[test]
    fn where_everybody_is_few_nothing_is_told() {
        let blocks = blocks(&[2, 1]);
        assert_eq!(blocks.total(), Err(Suppression::BelowMinimum));
        assert_eq!(blocks.selection(&[0, 1]), Err(Suppression::BelowMinimum));
    }

    /// Whether some arithmetic over answers tells about one to four people: every answer is a union of groups, so it is
    /// enough to look at the parts into which the answers cut everybody. Two groups that no answer tells apart are one
    /// part.
    fn smallest_part(sizes: &[u64], answers: &[Vec<usize>]) -> Option<u64> {
        let mut parts = BTreeMap::<Vec<bool>, u64>::new();
        for (group, people) in sizes.iter().enumerate() {
            let seen: Vec<bool> = answers.iter().map(|answer| answer.contains(&group)).collect();
            if seen.contains(&true) {
                *parts.entry(seen).or_default() += people;
            }
        }
        parts.into_values().filter(|people| *people > 0).min()
    }

    proptest! {
        #[test]
        fn no_answers_can_be_subtracted_to_expose_a_few(
            sizes in prop::collection::vec(0_u64..14, 1..8), minimum in 3_u32..8
        ) {
            let minimum = MinimumGroupSize::new(minimum)?;
            let blocks = Blocks::of(minimum, sizes.iter().copied().enumerate());
            // Everything that can be asked: every selection of groups, single groups and the total among them.
            let everything: Vec<Vec<usize>> = (0_u32..1 << sizes.len())
                .map(|bits| (0..sizes.len()).filter(|group| bits & (1 << group) != 0).collect())
                .collect();
            let answered: Vec<Vec<usize>> =
                everything.into_iter().filter(|groups| blocks.selection(groups).is_ok()).collect();
            for answer in &answered {
                let people: u64 = answer.iter().map(|group| sizes[*group]).sum();
                prop_assert_eq!(blocks.selection(answer), Ok(people));
            }
            if let Some(smallest) = smallest_part(&sizes, &answered) {
                prop_assert!(smallest >= u64::from(minimum.people()), "{smallest} of {sizes:?}");
            }
        }

        #[test]
        fn what_is_told_of_a_group_is_told_of_it_as_a_selection(sizes in prop::collection::vec(0_u64..14, 1..8)) {
            let blocks = blocks(&sizes);
            for group in 0..sizes.len() {
                let alone = blocks.selection(&[group]);
                prop_assert_eq!(blocks.group(&group).is_ok(), alone.is_ok() && blocks.group(&group).is_ok());
                if let Ok(people) = blocks.group(&group) {
                    prop_assert_eq!(alone, Ok(people));
                }
            }
            prop_assert_eq!(blocks.total(), blocks.selection(&(0..sizes.len()).collect::<Vec<_>>()));
        }

        #[test]
        fn no_more_is_hidden_than_it_takes(sizes in prop::collection::vec(5_u64..14, 1..8)) {
            let blocks = blocks(&sizes);
            prop_assert!((0..sizes.len()).all(|group| blocks.group(&group).is_ok()));
        }
    }
}
