//! The organization as the rows would leave it, and which of them cannot stay.
//!
//! What falls with a refused row is found by what hangs on it, never by looking at everything again: a file may have
//! fifty thousand rows, each of which falls with the next.

use std::collections::{BTreeMap, HashMap};

use crate::kernel::EmployeeId;

use super::lines::{Managers, circles};
use super::{Candidate, Roster};
use crate::organization::{Employee, RosterProblem};

/// The people as they stand with the rows that can still be taken laid over them.
pub(super) struct Picture<'a> {
    standing: HashMap<EmployeeId, &'a Employee>,
    admins: &'a [EmployeeId],
    candidates: BTreeMap<usize, Candidate<'a>>,
    refused: HashMap<usize, RosterProblem>,
    rows: HashMap<EmployeeId, usize>,
    managers: Managers,
    /// The rows that name a newcomer as manager, by the newcomer's external id.
    below_newcomers: HashMap<String, Vec<usize>>,
    /// The row whose person has an address.
    claims: HashMap<String, usize>,
    /// Refused, but what falls with them has not been looked at yet.
    fallen: Vec<Candidate<'a>>,
    /// Who keeps the manager they have because their row was refused: a circle can come of it.
    turned_back: Vec<EmployeeId>,
}

impl<'a> Picture<'a> {
    /// The picture that holds.
    pub(super) fn decided(
        roster: Roster<'a>,
        candidates: BTreeMap<usize, Candidate<'a>>,
        refused: HashMap<usize, RosterProblem>,
    ) -> Self {
        let mut picture = Self {
            standing: roster.employees.iter().map(|e| (e.id(), e)).collect(),
            admins: roster.admins,
            rows: candidates.iter().map(|(row, candidate)| (candidate.after.id(), *row)).collect(),
            candidates,
            refused,
            managers: Managers::new(),
            below_newcomers: HashMap::new(),
            claims: HashMap::new(),
            fallen: Vec::new(),
            turned_back: Vec::new(),
        };
        picture.refuse_unknown_managers();
        picture.refuse_taken_addresses();
        let everybody: Vec<_> = picture.managers.keys().copied().collect();
        picture.refuse_circles(everybody);
        picture.keep_an_admin();
        picture
    }

    /// What became of a row, to be asked once: the row, or why it was refused.
    pub(super) fn fate(&mut self, row: usize) -> Option<Result<Candidate<'a>, RosterProblem>> {
        let refused = self.refused.remove(&row).map(Err);
        refused.or_else(|| self.candidates.remove(&row).map(Ok))
    }

    /// The reporting lines that result.
    pub(super) fn managers(&self) -> &Managers {
        &self.managers
    }

    fn refuse(&mut self, row: usize, problem: RosterProblem) {
        if let Some(candidate) = self.candidates.remove(&row) {
            self.refused.insert(row, problem);
            self.fallen.push(candidate);
        }
    }

    /// Refuses what cannot stand without the rows that fell, and what cannot stand without those, and so on.
    fn clear_away(&mut self) {
        while let Some(Candidate { before, after, .. }) = self.fallen.pop() {
            let Some(before) = before else {
                self.managers.remove(&after.id());
                let manager = after.colleague.external_id;
                for row in self.below_newcomers.remove(&manager).unwrap_or_default() {
                    self.refuse(row, RosterProblem::UnknownManager { manager: manager.clone() });
                }
                continue;
            };
            match before.colleague.manager {
                Some(manager) => self.managers.insert(before.id(), manager),
                None => self.managers.remove(&before.id()),
            };
            self.turned_back.push(before.id());
            if let Some(address) = address_in_use(before)
                && let Some(row) = self.claims.remove(address)
            {
                self.refuse(row, taken(address, before));
            }
        }
    }

    /// Looks every named manager up among the people known and the newcomers.
    fn refuse_unknown_managers(&mut self) {
        let known = self.standing.values().copied();
        let known: HashMap<&str, EmployeeId> =
            known.map(|known| (known.colleague.external_id.as_str(), known.id())).collect();
        let newcomers = self.candidates.values().filter(|candidate| candidate.before.is_none());
        let newcomers: HashMap<String, EmployeeId> =
            newcomers.map(|c| (c.after.colleague.external_id.clone(), c.after.id())).collect();
        let mut unknown = Vec::new();
        for (row, candidate) in &mut self.candidates {
            let Some(manager) = &candidate.manager else { continue };
            let newcomer = newcomers.get(manager).copied();
            if newcomer.is_some() {
                self.below_newcomers.entry(manager.clone()).or_default().push(*row);
            }
            match known.get(manager.as_str()).copied().or(newcomer) {
                Some(id) => candidate.after.colleague.manager = Some(id),
                None => unknown.push((*row, RosterProblem::UnknownManager { manager: manager.clone() })),
            }
        }
        let standing = self.standing.values().map(|known| (known.id(), known.colleague.manager));
        let changed = self.candidates.values().map(|c| (c.after.id(), c.after.colleague.manager));
        let resulting: HashMap<EmployeeId, Option<EmployeeId>> = standing.chain(changed).collect();
        self.managers =
            resulting.into_iter().filter_map(|(person, manager)| Some((person, manager?))).collect();
        self.refuse_all(unknown);
    }

    /// An e-mail address names one person who is still here. Whoever keeps theirs comes before those who want it.
    fn refuse_taken_addresses(&mut self) {
        let untouched = self.standing.values().filter(|known| self.candidate(known.id()).is_none());
        let mut owners: HashMap<&str, &Employee> =
            untouched.filter_map(|known| Some((address_in_use(known)?, *known))).collect();
        let keeps = |candidate: &Candidate<'_>| {
            candidate.before.and_then(address_in_use) == address_in_use(&candidate.after)
        };
        let (keepers, takers): (Vec<_>, Vec<_>) =
            self.candidates.iter().partition(|(_, candidate)| keeps(candidate));
        let mut claims = HashMap::new();
        let mut refused = Vec::new();
        for (row, candidate) in keepers.into_iter().chain(takers) {
            let Some(address) = address_in_use(&candidate.after) else { continue };
            if let Some(owner) = owners.get(address) {
                refused.push((*row, taken(address, owner)));
            } else {
                owners.insert(address, &candidate.after);
                claims.insert(address.to_owned(), *row);
            }
        }
        self.claims = claims;
        self.refuse_all(refused);
    }

    /// Refuses the last row of every circle in the reporting lines that would result, and of every circle that comes of
    /// that.
    fn refuse_circles(&mut self, starts: Vec<EmployeeId>) {
        self.turned_back.clear();
        let mut starts = starts;
        while !starts.is_empty() {
            let mut refused = Vec::new();
            for circle in circles(&self.managers, starts) {
                // The roster as it stands has no circle, so every circle has a row that gives somebody another manager.
                let moved = circle.iter().filter_map(|id| self.candidate(*id)).filter(|(_, c)| c.moves());
                if let Some((row, candidate)) = moved.max_by_key(|(row, _)| *row) {
                    let manager = candidate.after.colleague.manager;
                    let manager = manager.map(|id| self.describe(id)).unwrap_or_default();
                    let person = describe(&candidate.after);
                    refused.push((row, RosterProblem::Cycle { person, manager }));
                }
            }
            self.refuse_all(refused);
            starts = std::mem::take(&mut self.turned_back);
        }
    }

    /// Somebody has to stay who can grant roles.
    fn keep_an_admin(&mut self) {
        let leaving = |id: &EmployeeId| self.candidate(*id).filter(|(_, c)| has_left(&c.after));
        if self.admins.iter().any(|id| leaving(id).is_none()) {
            return;
        }
        let last = self.admins.iter().filter_map(leaving).max_by_key(|(row, _)| *row);
        if let Some((row, candidate)) = last {
            let problem = RosterProblem::LastAdmin { person: describe(&candidate.after) };
            self.refuse_all(vec![(row, problem)]);
            let turned_back = std::mem::take(&mut self.turned_back);
            self.refuse_circles(turned_back);
        }
    }

    fn refuse_all(&mut self, problems: Vec<(usize, RosterProblem)>) {
        for (row, problem) in problems {
            self.refuse(row, problem);
        }
        self.clear_away();
    }

    /// The row of a person, as long as it can be taken.
    fn candidate(&self, id: EmployeeId) -> Option<(usize, &Candidate<'a>)> {
        let row = self.rows.get(&id).copied()?;
        Some((row, self.candidates.get(&row)?))
    }

    fn describe(&self, id: EmployeeId) -> String {
        let after = self.candidate(id).map(|(_, candidate)| &candidate.after);
        after.or_else(|| self.standing.get(&id).copied()).map(describe).unwrap_or_default()
    }
}

fn has_left(employee: &Employee) -> bool {
    employee.colleague.left
}

fn address_in_use(employee: &Employee) -> Option<&str> {
    employee.colleague.email.as_deref().filter(|_| !has_left(employee))
}

fn taken(address: &str, owner: &Employee) -> RosterProblem {
    RosterProblem::EmailTaken { email: address.to_owned(), other: owner.colleague.external_id.clone() }
}

fn describe(employee: &Employee) -> String {
    format!("{} ({})", employee.colleague.name, employee.colleague.external_id)
}
