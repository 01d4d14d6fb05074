//! Reporting lines as a map from person to manager.

use std::collections::{HashMap, HashSet};

use crate::kernel::EmployeeId;

/// Who reports to whom.
pub(super) type Managers = HashMap<EmployeeId, EmployeeId>;

/// The circles that somebody among `starts` is on or below: walk up from each, and whoever meets their own walk is on
/// one. No two of them share anybody.
pub(super) fn circles(
    managers: &Managers,
    starts: impl IntoIterator<Item = EmployeeId>,
) -> Vec<Vec<EmployeeId>> {
    let mut walked: HashSet<EmployeeId> = HashSet::new();
    let mut found = Vec::new();
    for start in starts {
        let mut walk = Vec::new();
        let mut on_walk = HashSet::new();
        let mut next = Some(start);
        while let Some(id) = next.filter(|id| !walked.contains(id) && on_walk.insert(*id)) {
            walk.push(id);
            next = managers.get(&id).copied();
        }
        if let Some(id) = next.filter(|id| on_walk.contains(id)) {
            found.push(walk.iter().copied().skip_while(|step| *step != id).collect());
        }
        walked.extend(walk);
    }
    found
}

/// How many managers stand above people, each of them counted once however many ask.
pub(super) struct Depths<'m> {
    managers: &'m Managers,
    known: HashMap<EmployeeId, usize>,
}

impl<'m> Depths<'m> {
    /// Over lines without a circle.
    pub(super) fn new(managers: &'m Managers) -> Self {
        Self { managers, known: HashMap::new() }
    }

    /// How many managers stand above somebody.
    pub(super) fn of(&mut self, id: EmployeeId) -> usize {
        let mut walk = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| !self.known.contains_key(id)) {
            walk.push(id);
            next = self.managers.get(&id).copied();
        }
        let above = next.and_then(|id| self.known.get(&id));
        let mut depth = above.map_or(0, |above| above.saturating_add(1));
        for id in walk.into_iter().rev() {
            self.known.insert(id, depth);
            depth = depth.saturating_add(1);
        }
        self.known.get(&id).copied().unwrap_or_default()
    }
}
