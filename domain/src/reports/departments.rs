//! Departments with all those below them.

use std::collections::{BTreeMap, VecDeque};

use crate::kernel::{DepartmentId, MinimumGroupSize};

use super::figures::Sizes;
use super::telling::{Overlap, Told, tell};

/// The tree of departments.
#[derive(Debug, Default)]
pub(super) struct Tree {
    below: BTreeMap<Option<DepartmentId>, Vec<DepartmentId>>,
    /// From the top down.
    order: Vec<DepartmentId>,
}

impl Tree {
    /// The tree of departments, each given with the one above it.
    pub(super) fn of(departments: Vec<(DepartmentId, Option<DepartmentId>)>) -> Self {
        let mut tree = Self::default();
        for (department, above) in departments {
            tree.below.entry(above).or_default().push(department);
        }
        let mut next: VecDeque<Option<DepartmentId>> = VecDeque::from([None]);
        while let Some(above) = next.pop_front() {
            for department in tree.below.get(&above).into_iter().flatten() {
                tree.order.push(*department);
                next.push_back(Some(*department));
            }
        }
        tree
    }

    /// Every department, those above before those below.
    pub(super) fn departments(&self) -> &[DepartmentId] {
        &self.order
    }

    /// What every department has with those below it, given what each has alone.
    pub(super) fn gathered<T: Clone + Default>(
        &self,
        alone: &BTreeMap<Option<DepartmentId>, T>,
        add: impl Fn(&mut T, &T),
    ) -> BTreeMap<Option<DepartmentId>, T> {
        let mut sums = alone.clone();
        for department in self.order.iter().rev() {
            let below = self.below.get(&Some(*department)).into_iter().flatten();
            let below: Vec<T> = below.filter_map(|below| sums.get(&Some(*below)).cloned()).collect();
            let sum = sums.entry(Some(*department)).or_default();
            for below in &below {
                add(sum, below);
            }
        }
        sums
    }

    /// A department and all those below it.
    pub(super) fn within(&self, department: DepartmentId) -> Vec<DepartmentId> {
        let mut within = vec![department];
        let mut at = 0;
        while let Some(department) = within.get(at).copied() {
            within.extend(self.below.get(&Some(department)).into_iter().flatten());
            at = at.saturating_add(1);
        }
        within
    }

    /// How many people each department is about with those below it, given those of each alone, and how finely it is told.
    pub(super) fn told(
        &self,
        minimum: MinimumGroupSize,
        everybody: Told,
        alone: &BTreeMap<Option<DepartmentId>, Sizes>,
    ) -> BTreeMap<DepartmentId, (Told, Sizes)> {
        let sums = self.gathered(alone, Sizes::add_all);
        let mut told = BTreeMap::<DepartmentId, (Told, Sizes)>::new();
        for above in [None].into_iter().chain(self.order.iter().copied().map(Some)) {
            let Some(below) = self.below.get(&above) else { continue };
            let whole = above.and_then(|above| told.get(&above)).map_or(everybody, |(told, _)| *told);
            // Those who work in the department above itself, or in none, are a group beside the ones below.
            let itself = (None, alone.get(&above).cloned().unwrap_or_default());
            let below = below.iter().map(|id| (Some(*id), sums.get(&Some(*id)).cloned().unwrap_or_default()));
            let groups: BTreeMap<Option<DepartmentId>, Sizes> = below.chain([itself]).collect();
            let mut families = tell(minimum, whole, &groups, Overlap::None);
            families.remove(&None);
            told.extend(families.into_iter().filter_map(|(department, told)| {
                Some((department?, (told, groups.get(&department).cloned().unwrap_or_default())))
            }));
        }
        told
    }
}

impl Sizes {
    /// Adds another group that shares nobody with this one.
    fn add_all(&mut self, other: &Self) {
        for (size, other) in self.0.iter_mut().zip(&other.0) {
            size.people = size.people.saturating_add(other.people);
            size.completed = size.completed.saturating_add(other.completed);
            size.ended = size.ended.saturating_add(other.ended);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::{Suppression, TypedId};
    use crate::reports::figures::Size;
    use crate::reports::period::Grain;

    fn id(n: u32) -> DepartmentId {
        DepartmentId::from_uuid(Uuid::from_u128(u128::from(n)))
    }

    fn people(people: u32) -> Sizes {
        let size = Size { people, completed: people / 3, ended: people / 2 };
        Sizes(std::array::from_fn(|_| size))
    }

    /// 1 above 2 and 3, 3 above 4; 5 beside 1.
    fn tree() -> Tree {
        Tree::of(vec![
            (id(4), Some(id(3))),
            (id(1), None),
            (id(2), Some(id(1))),
            (id(3), Some(id(1))),
            (id(5), None),
        ])
    }

    fn alone(sizes: &[(u32, u32)]) -> BTreeMap<Option<DepartmentId>, Sizes> {
        sizes.iter().map(|(department, n)| (Some(id(*department)), people(*n))).collect()
    }

    #[test]
    fn a_department_is_told_with_all_below_it() {
        let told = tree().told(
            MinimumGroupSize::DEFAULT,
            Told::FREELY,
            &alone(&[(1, 20), (2, 20), (3, 20), (4, 20), (5, 20)]),
        );
        let count = |n| told.get(&id(n)).map(|(_, sizes)| sizes.0[16].people);
        assert_eq!([1, 2, 3, 4, 5].map(count), [Some(80), Some(20), Some(40), Some(20), Some(20)]);
        assert!(told.values().all(|(told, _)| told.at(Grain::Month).is_ok()));
        assert_eq!(tree().within(id(1)), vec![id(1), id(2), id(3), id(4)]);
        assert_eq!(tree().within(id(5)), vec![id(5)]);
    }

    #[test]
    fn a_small_department_hides_one_beside_it_but_not_the_one_above() {
        let told = tree().told(
            MinimumGroupSize::DEFAULT,
            Told::FREELY,
            &alone(&[(1, 30), (2, 12), (3, 1), (4, 1), (5, 20)]),
        );
        let at = |n| told.get(&id(n)).map(|(told, _)| told.at(Grain::Year));
        assert_eq!(at(1), Some(Ok(())));
        assert_eq!(at(2), Some(Err(Suppression::Complementary)));
        assert_eq!(at(3), Some(Err(Suppression::BelowMinimum)));
        assert_eq!(at(4), Some(Err(Suppression::BelowMinimum)), "what is below a hidden one is hidden");
        assert_eq!(at(5), Some(Ok(())));
    }
}
