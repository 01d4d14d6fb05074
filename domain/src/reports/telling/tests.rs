//! Nobody may be told apart.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::reports::period::slots_of;

const FIVE: MinimumGroupSize = MinimumGroupSize::DEFAULT;

/// Somebody of a group did something in a month; whether an enrollment ended with it, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Deed {
    person: u32,
    group: u32,
    month: usize,
    ended: Option<bool>,
}

fn sizes(deeds: &[Deed]) -> Sizes {
    let mut sizes = Sizes::default();
    for slot in 0..17 {
        let here = deeds.iter().filter(|deed| slots_of(deed.month).contains(&slot));
        let people: BTreeSet<u32> = here.clone().map(|deed| deed.person).collect();
        let ended = || here.clone().filter_map(|deed| deed.ended);
        sizes.0[slot] = Size {
            people: u32::try_from(people.len()).unwrap(),
            completed: u32::try_from(ended().filter(|completed| *completed).count()).unwrap(),
            ended: u32::try_from(ended().count()).unwrap(),
        };
    }
    sizes
}

fn grouped(deeds: &[Deed]) -> BTreeMap<u32, Sizes> {
    let mut groups = BTreeMap::<u32, Vec<Deed>>::new();
    for deed in deeds {
        groups.entry(deed.group).or_default().push(*deed);
    }
    groups.into_iter().map(|(group, deeds)| (group, sizes(&deeds))).collect()
}

/// So many people of a group, each once in a month, half of whom completed.
fn crowd(group: u32, month: usize, people: u32) -> impl Iterator<Item = Deed> {
    (0..people).map(move |n| Deed { person: group * 100 + n, group, month, ended: Some(n % 2 == 0) })
}

fn told(deeds: &[Deed]) -> BTreeMap<u32, Told> {
    let whole = tell(FIVE, Told::FREELY, &BTreeMap::from([(0, sizes(deeds))]), Overlap::None);
    tell(FIVE, whole[&0], &grouped(deeds), Overlap::None)
}

#[test]
fn a_small_group_takes_the_smallest_of_the_others_along() {
    let deeds: Vec<_> = [crowd(1, 0, 20), crowd(2, 0, 9), crowd(3, 0, 2)].into_iter().flatten().collect();
    let told = told(&deeds);
    assert_eq!(told[&1].at(Grain::Month), Ok(()));
    assert_eq!(told[&2].at(Grain::Year), Err(Suppression::Complementary));
    assert_eq!(told[&3].at(Grain::Year), Err(Suppression::BelowMinimum));
}

#[test]
fn a_small_month_leaves_the_year_to_be_told() {
    let deeds: Vec<_> =
        [crowd(1, 0, 12), crowd(1, 5, 3), crowd(2, 0, 12), crowd(2, 5, 12)].into_iter().flatten().collect();
    let told = told(&deeds);
    for group in [1, 2] {
        assert_eq!(told[&group].at(Grain::Year), Ok(()));
    }
    assert_eq!(told[&1].at(Grain::Month), Err(Suppression::BelowMinimum));
    assert_eq!(told[&2].at(Grain::Month), Err(Suppression::Complementary));
}

#[test]
fn a_group_that_did_nothing_is_told_with_nothing() {
    let mut groups = grouped(&crowd(1, 0, 12).collect::<Vec<_>>());
    groups.insert(2, Sizes::default());
    let told = tell(FIVE, Told::FREELY, &groups, Overlap::None);
    assert_eq!(told[&2].at(Grain::Month), Ok(()));
}

#[test]
fn when_everybody_in_a_small_group_completed_that_is_not_told() {
    let all = |group, people| crowd(group, 0, people).map(|deed| Deed { ended: Some(true), ..deed });
    let deeds: Vec<_> = [all(1, 9), all(2, 10)].into_iter().flatten().collect();
    let told = tell(FIVE, Told::FREELY, &grouped(&deeds), Overlap::None);
    assert_eq!(told[&1].at(Grain::Year), Err(Suppression::Homogeneous));
    assert_eq!(told[&2].at(Grain::Year), Err(Suppression::Complementary));
}

#[test]
fn people_in_several_groups_count_once_for_what_is_hidden() {
    let deeds: Vec<_> = [crowd(1, 0, 3), crowd(2, 0, 3), crowd(3, 0, 20)].into_iter().flatten().collect();
    assert_eq!(tell(FIVE, Told::FREELY, &grouped(&deeds), Overlap::None)[&3].at(Grain::Year), Ok(()));
    let overlapping = tell(FIVE, Told::FREELY, &grouped(&deeds), Overlap::Possible);
    assert_eq!(overlapping[&3].at(Grain::Year), Err(Suppression::Complementary));
}

/// One told number: of one group, or of all when there is none, in one slot.
type Answer = (Option<u32>, usize);

fn answers(whole: Told, told: &BTreeMap<u32, Told>) -> Vec<Answer> {
    let slots = |group: Option<u32>, told: Told| {
        let grains = Grain::ALL.into_iter().filter(move |grain| told.at(*grain).is_ok());
        grains.flat_map(Grain::slots).map(move |slot| (group, slot))
    };
    let groups = told.iter().flat_map(|(group, told)| slots(Some(*group), *told));
    slots(None, whole).chain(groups).collect()
}

fn deeds(overlap: Overlap) -> impl Strategy<Value = Vec<Deed>> {
    let deed = (0..60_u32, 0..5_u32, 0..4_usize, proptest::option::of(any::<bool>()));
    let deed = deed.prop_map(move |(person, group, month, ended)| {
        let group = if overlap == Overlap::None { person % 5 } else { group };
        Deed { person, group, month: month * 3 % 11, ended }
    });
    proptest::collection::vec(deed, 0..150)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// R7: whatever answers are added to or subtracted from each other, what remains is about nobody or enough people.
    #[test]
    fn no_answers_can_be_subtracted_to_expose_a_few(
        (deeds, overlap) in prop_oneof![
            deeds(Overlap::None).prop_map(|deeds| (deeds, Overlap::None)),
            deeds(Overlap::Possible).prop_map(|deeds| (deeds, Overlap::Possible)),
        ],
        picks in proptest::collection::vec((any::<prop::sample::Index>(), -1..=1_i32), 1..12),
    ) {
        let all = tell(FIVE, Told::FREELY, &BTreeMap::from([(0, sizes(&deeds))]), Overlap::None)[&0];
        let told = tell(FIVE, all, &grouped(&deeds), overlap);
        let answers = answers(all, &told);
        prop_assume!(!answers.is_empty());
        let mut weights = BTreeMap::<(usize, Deed), i32>::new();
        for (index, sign) in &picks {
            let (group, slot) = answers[index.index(answers.len())];
            for (n, deed) in deeds.iter().enumerate() {
                if group.is_none_or(|group| group == deed.group) && slots_of(deed.month).contains(&slot) {
                    *weights.entry((n, *deed)).or_default() += sign;
                }
            }
        }
        let left: BTreeSet<u32> =
            weights.iter().filter(|(_, weight)| **weight != 0).map(|((_, deed), _)| deed.person).collect();
        prop_assert!(left.is_empty() || left.len() >= 5, "{left:?} can be told apart");
    }

    /// The same for a whole less everything that is told of its groups: the answer that is tried first.
    #[test]
    fn the_rest_of_a_whole_is_nobody_or_enough_people(deeds in deeds(Overlap::Possible), slot in 0..17_usize) {
        let all = tell(FIVE, Told::FREELY, &BTreeMap::from([(0, sizes(&deeds))]), Overlap::None)[&0];
        let told = tell(FIVE, all, &grouped(&deeds), Overlap::Possible);
        let answers: BTreeSet<Answer> = answers(all, &told).into_iter().collect();
        prop_assume!(answers.contains(&(None, slot)));
        let rest: BTreeSet<u32> = deeds
            .iter()
            .filter(|deed| slots_of(deed.month).contains(&slot) && !answers.contains(&(Some(deed.group), slot)))
            .map(|deed| deed.person)
            .collect();
        prop_assert!(rest.is_empty() || rest.len() >= 5, "{rest:?} are the rest");
    }
}
