//! How finely groups may be told, so that no two answers can be subtracted to expose a few people.
//!
//! Groups stand beside each other under one that holds them all: departments under the one above, courses under their
//! provider. Each is told by year, by quarter as well, or by month as well, or not at all:
//!
//! * Whatever is told is about nobody or about enough people, in every period of its grain: a department is told by month
//!   only if each of its months is.
//! * Groups that are not told at a grain are, in each of its periods, enough people together, or nobody. Until they are, the
//!   smallest of the others joins them. What is left of the whole, after all that is told is taken away, is then about
//!   enough people again.
//! * What is not told at a grain is not told at a finer one, and neither are the groups below it.
//!
//! So of each group the whole series is told or none of it, and sums and differences of what is told are about nobody or
//! about enough people.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::{MinimumGroupSize, Suppression};

use super::figures::{Size, Sizes};
use super::period::Grain;

/// Whether somebody may be in several of the groups that stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlap {
    /// Nobody is: departments within a year.
    None,
    /// Many may be: courses, programs.
    Possible,
}

/// How finely a group is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The finest grain at which it is told; nothing when it is not told at all.
    finest: Option<Grain>,
    /// Why not finer.
    reason: Option<Suppression>,
}

impl Default for Told {
    fn default() -> Self {
        Self::FREELY
    }
}

impl Told {
    /// Everything by everything.
    pub(super) const FREELY: Self = Self { finest: Some(Grain::Month), reason: None };

    /// Whether it is told at a grain; why not otherwise.
    pub fn at(self, grain: Grain) -> Result<(), Suppression> {
        if self.finest.is_some_and(|finest| finest >= grain) {
            Ok(())
        } else {
            Err(self.reason.unwrap_or(Suppression::Complementary))
        }
    }
}

/// How finely each of some groups is told that together are all of one that is told so.
pub(super) fn tell<K: Ord + Copy>(
    minimum: MinimumGroupSize,
    whole: Told,
    groups: &BTreeMap<K, Sizes>,
    overlap: Overlap,
) -> BTreeMap<K, Told> {
    let mut told: BTreeMap<K, Told> =
        groups.keys().map(|group| (*group, Told { finest: None, reason: None })).collect();
    let mut hidden = BTreeSet::<K>::new();
    for grain in Grain::ALL {
        let withheld = whole.at(grain).err();
        for (group, sizes) in groups {
            let why =
                withheld.or_else(|| grain.slots().find_map(|slot| speaks(minimum, sizes.at(slot)).err()));
            if let Some(why) = why.filter(|_| hidden.insert(*group)) {
                told.entry(*group).and_modify(|told| told.reason = Some(why));
            }
        }
        while let Some(joins) = next(minimum, grain, groups, &hidden, overlap) {
            hidden.insert(joins);
            told.entry(joins).and_modify(|told| told.reason = Some(Suppression::Complementary));
        }
        for (group, told) in &mut told {
            if !hidden.contains(group) {
                told.finest = Some(grain);
            }
        }
    }
    told
}

/// Which of the groups that are told still must not be, for what is hidden is too few people in some period. The smallest
/// of those that had anybody then.
fn next<K: Ord + Copy>(
    minimum: MinimumGroupSize,
    grain: Grain,
    groups: &BTreeMap<K, Sizes>,
    hidden: &BTreeSet<K>,
    overlap: Overlap,
) -> Option<K> {
    grain.slots().find_map(|slot| {
        let together = hidden.iter().filter_map(|group| groups.get(group)).map(|sizes| sizes.at(slot));
        let together = together.fold(Size::default(), |all, size| beside(all, size, overlap));
        speaks(minimum, together).err()?;
        let others =
            groups.iter().filter(|(group, sizes)| !hidden.contains(group) && sizes.at(slot).people > 0);
        others.min_by_key(|(group, sizes)| (sizes.at(16).people, **group)).map(|(group, _)| *group)
    })
}

/// Two groups as one. Of people who may be in both, no more are sure than there are in the larger one.
fn beside(one: Size, other: Size, overlap: Overlap) -> Size {
    Size {
        people: match overlap {
            Overlap::None => one.people.saturating_add(other.people),
            Overlap::Possible => one.people.max(other.people),
        },
        completed: one.completed.saturating_add(other.completed),
        ended: one.ended.saturating_add(other.ended),
    }
}

/// Whether figures about so many people may be told.
fn speaks(minimum: MinimumGroupSize, size: Size) -> Result<(), Suppression> {
    let people = u64::from(size.people);
    if !minimum.permits(people) {
        return Err(Suppression::BelowMinimum);
    }
    let alike = size.ended > 0 && (size.completed == 0 || size.completed == size.ended);
    if alike { minimum.uniform(people) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
