//! Deciding a roster as a whole: which rows land, and what the organization looks like afterwards.
//!
//! Rows depend on each other: a manager may stand later in the file, an e-mail address may move from one person to
//! another, and only the reporting lines that result may not run in a circle. So the decision is taken on the final
//! picture: refuse what does not fit, look again, until everything left fits. Every round refuses at least one row, so
//! it ends; and of several rows that exclude each other the last one in the file is refused.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::kernel::{DepartmentId, EmployeeId, Ids, TypedId};

use super::roster::{ReadLine, differences, read};
use super::{
    Colleague, Department, Employee, Employment, EmploymentStatus, RosterColumn, RosterLine, RosterProblem,
    RowOutcome, RowResult,
};

/// Minutes a week of a full-time job, for new people whose row does not say.
const FULL_TIME_MINUTES: i32 = 40 * 60;

/// What is to be written, and what to be said about every row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterPlan {
    /// A result for every row, in the order of the rows.
    pub results: Vec<RowResult>,
    /// Departments to create.
    pub departments: Vec<Department>,
    /// People to save, managers before those who report to them.
    pub people: Vec<Planned>,
}

/// One person to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    /// Somebody new.
    Add(Employee),
    /// Somebody known, with the names of the fields that change.
    Change(Employee, Vec<&'static str>),
}

impl Planned {
    /// The person as they will be.
    pub fn employee(&self) -> &Employee {
        match self {
            Self::Add(employee) | Self::Change(employee, _) => employee,
        }
    }
}

/// A row that can still be taken.
struct Candidate<'a> {
    before: Option<&'a Employee>,
    after: Employee,
    /// The external id of the manager, when the row names one.
    manager: Option<String>,
}

impl Candidate<'_> {
    /// Whether the row gives the person another manager than they have.
    fn moves(&self) -> bool {
        self.before.is_none_or(|before| before.colleague.manager != self.after.colleague.manager)
    }
}

/// Decides every row against the roster as it stands.
pub fn plan(
    lines: &[RosterLine],
    employees: &[Employee],
    departments: &[Department],
    create_departments: bool,
    ids: &dyn Ids,
) -> RosterPlan {
    let mut desk = Desk::new(employees, departments, create_departments, ids);
    for (row, line) in lines.iter().enumerate() {
        desk.take(row, line);
    }
    while desk.refuse_unknown_managers() || desk.refuse_taken_addresses() || desk.refuse_cycles() {}
    desk.finish(lines)
}

struct Desk<'a> {
    known: HashMap<&'a str, &'a Employee>,
    by_id: HashMap<EmployeeId, &'a Employee>,
    departments: HashMap<String, DepartmentId>,
    new_departments: Vec<Department>,
    create_departments: bool,
    ids: &'a dyn Ids,
    first_lines: HashMap<String, u32>,
    candidates: BTreeMap<usize, Candidate<'a>>,
    refused: HashMap<usize, RosterProblem>,
}

impl<'a> Desk<'a> {
    fn new(
        employees: &'a [Employee],
        departments: &[Department],
        create_departments: bool,
        ids: &'a dyn Ids,
    ) -> Self {
        Self {
            known: employees.iter().map(|e| (e.colleague.external_id.as_str(), e)).collect(),
            by_id: employees.iter().map(|e| (e.id(), e)).collect(),
            departments: departments.iter().map(|d| (d.code.clone(), d.id)).collect(),
            new_departments: Vec::new(),
            create_departments,
            ids,
            first_lines: HashMap::new(),
            candidates: BTreeMap::new(),
            refused: HashMap::new(),
        }
    }

    fn take(&mut self, row: usize, line: &RosterLine) {
        match read(line).and_then(|read| self.candidate(line.line, read)) {
            Ok(candidate) => {
                self.candidates.insert(row, candidate);
            }
            Err(problem) => {
                self.refused.insert(row, problem);
            }
        }
    }

    fn candidate(&mut self, line: u32, read: ReadLine) -> Result<Candidate<'a>, RosterProblem> {
        let external_id = read.external_id.clone();
        if let Some(first_line) = self.first_lines.get(&external_id).copied() {
            return Err(RosterProblem::Duplicate { external_id, first_line });
        }
        self.first_lines.insert(external_id.clone(), line);
        let before = self.known.get(external_id.as_str()).copied();
        let department = match &read.department {
            Some(Some(code)) => Some(Some(self.department(code)?)),
            Some(None) => Some(None),
            None => None,
        };
        let names_manager = read.manager.clone().flatten();
        let keeps_manager = read.manager.is_none();
        let mut after = match before {
            Some(known) => known.clone(),
            None => newcomer(EmployeeId::from_uuid(self.ids.next()), &read)?,
        };
        if !keeps_manager {
            after.colleague.manager = None;
        }
        apply(&mut after, read, department);
        consistent(&after)?;
        Ok(Candidate { before, after, manager: names_manager })
    }

    fn department(&mut self, code: &str) -> Result<DepartmentId, RosterProblem> {
        if let Some(id) = self.departments.get(code) {
            return Ok(*id);
        }
        if !self.create_departments {
            return Err(RosterProblem::UnknownDepartment { code: code.to_owned() });
        }
        let id = DepartmentId::from_uuid(self.ids.next());
        let name = code.to_owned();
        let department = Department { id, code: code.to_owned(), name, parent: None, head: None, version: 1 };
        self.new_departments.push(department);
        self.departments.insert(code.to_owned(), id);
        Ok(id)
    }

    fn refuse(&mut self, row: usize, problem: RosterProblem) {
        self.candidates.remove(&row);
        self.refused.insert(row, problem);
    }

    /// Looks every named manager up among the people known and the newcomers still in. True when a row fell.
    fn refuse_unknown_managers(&mut self) -> bool {
        let newcomers: HashMap<String, EmployeeId> = self
            .candidates
            .values()
            .filter(|candidate| candidate.before.is_none())
            .map(|candidate| (candidate.after.colleague.external_id.clone(), candidate.after.id()))
            .collect();
        let mut unknown = Vec::new();
        for (row, candidate) in &mut self.candidates {
            let Some(manager) = &candidate.manager else { continue };
            let found = self.known.get(manager.as_str()).map(|known| known.id());
            match found.or_else(|| newcomers.get(manager).copied()) {
                Some(id) => candidate.after.colleague.manager = Some(id),
                None => unknown.push((*row, RosterProblem::UnknownManager { manager: manager.clone() })),
            }
        }
        let fell = !unknown.is_empty();
        for (row, problem) in unknown {
            self.refuse(row, problem);
        }
        fell
    }

    /// An e-mail address names one person who is still here. True when a row fell.
    fn refuse_taken_addresses(&mut self) -> bool {
        let changing: HashSet<EmployeeId> = self.candidates.values().map(|c| c.after.id()).collect();
        let mut owners: HashMap<&str, (EmployeeId, &str)> = HashMap::new();
        for known in self.by_id.values().filter(|known| !changing.contains(&known.id())) {
            if let Some(address) = address_in_use(known) {
                owners.insert(address, (known.id(), &known.colleague.external_id));
            }
        }
        let mut taken = Vec::new();
        for (row, candidate) in &self.candidates {
            let Some(address) = address_in_use(&candidate.after) else { continue };
            match owners.get(address) {
                Some((_, other)) => {
                    let problem =
                        RosterProblem::EmailTaken { email: address.to_owned(), other: (*other).to_owned() };
                    taken.push((*row, problem));
                }
                None => {
                    owners.insert(address, (candidate.after.id(), &candidate.after.colleague.external_id));
                }
            }
        }
        let fell = !taken.is_empty();
        for (row, problem) in taken {
            self.refuse(row, problem);
        }
        fell
    }

    /// Finds the circles in the reporting lines that would result, and refuses the last row of each. True when a row
    /// fell.
    fn refuse_cycles(&mut self) -> bool {
        let managers = self.resulting_managers();
        // The roster as it stands has no circle, so every circle has a row that gives somebody another manager.
        let moved = self.candidates.iter().filter(|(_, candidate)| candidate.moves());
        let rows: HashMap<EmployeeId, usize> = moved.map(|(row, c)| (c.after.id(), *row)).collect();
        let mut fallen = Vec::new();
        for circle in circles(&managers) {
            let last = circle.iter().filter_map(|id| rows.get(id)).max().copied();
            if let Some((row, candidate)) = last.and_then(|row| Some((row, self.candidates.get(&row)?))) {
                let manager =
                    candidate.after.colleague.manager.map(|id| self.describe(id)).unwrap_or_default();
                let person = describe(&candidate.after);
                fallen.push((row, RosterProblem::Cycle { person, manager }));
            }
        }
        let fell = !fallen.is_empty();
        for (row, problem) in fallen {
            self.refuse(row, problem);
        }
        fell
    }

    fn resulting_managers(&self) -> BTreeMap<EmployeeId, EmployeeId> {
        let known = self.by_id.values().map(|known| (known.id(), known.colleague.manager));
        let changed = self.candidates.values().map(|c| (c.after.id(), c.after.colleague.manager));
        let all: BTreeMap<EmployeeId, Option<EmployeeId>> = known.chain(changed).collect();
        all.into_iter().filter_map(|(person, manager)| Some((person, manager?))).collect()
    }

    fn describe(&self, id: EmployeeId) -> String {
        let row = self.candidates.values().find(|candidate| candidate.after.id() == id).map(|c| &c.after);
        row.or_else(|| self.by_id.get(&id).copied()).map(describe).unwrap_or_default()
    }

    fn finish(mut self, lines: &[RosterLine]) -> RosterPlan {
        let managers = self.resulting_managers();
        let mut results = Vec::with_capacity(lines.len());
        let mut people = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let outcome = match (self.candidates.remove(&row), self.refused.remove(&row)) {
                (Some(candidate), _) => settle(candidate, &managers, &mut people),
                (None, Some(problem)) => RowOutcome::Refused(problem),
                (None, None) => continue,
            };
            let external_id =
                line.external_id.as_ref().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
            results.push(RowResult { line: line.line, external_id, outcome });
        }
        people.sort_by_key(|(depth, _)| *depth);
        let people: Vec<_> = people.into_iter().map(|(_, planned)| planned).collect();
        let used: HashSet<_> = people.iter().filter_map(|p| p.employee().colleague.department).collect();
        self.new_departments.retain(|department| used.contains(&department.id));
        RosterPlan { results, departments: self.new_departments, people }
    }
}

fn settle(
    candidate: Candidate<'_>,
    managers: &BTreeMap<EmployeeId, EmployeeId>,
    people: &mut Vec<(usize, Planned)>,
) -> RowOutcome {
    let Candidate { before, mut after, .. } = candidate;
    let id = after.id();
    let Some(before) = before else {
        people.push((depth(id, managers), Planned::Add(after)));
        return RowOutcome::Created(id);
    };
    let fields = differences(before, &after);
    if fields.is_empty() {
        return RowOutcome::Unchanged(id);
    }
    after.version = after.version.saturating_add(1);
    people.push((depth(id, managers), Planned::Change(after, fields)));
    RowOutcome::Updated(id)
}

/// How many managers stand above somebody. The lines have no circle when this is asked.
fn depth(id: EmployeeId, managers: &BTreeMap<EmployeeId, EmployeeId>) -> usize {
    std::iter::successors(managers.get(&id), |manager| managers.get(manager)).take(managers.len()).count()
}

/// The circles of a map from person to manager: walk up from everybody, and whoever meets their own walk is on one.
fn circles(managers: &BTreeMap<EmployeeId, EmployeeId>) -> Vec<Vec<EmployeeId>> {
    let mut walked: HashSet<EmployeeId> = HashSet::new();
    let mut found = Vec::new();
    for start in managers.keys() {
        let mut walk = Vec::new();
        let mut on_walk = HashSet::new();
        let mut next = Some(*start);
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

fn newcomer(id: EmployeeId, read: &ReadLine) -> Result<Employee, RosterProblem> {
    let missing = |column: RosterColumn| RosterProblem::Missing { column: column.name(), only_new: true };
    let name = read.name.clone().ok_or_else(|| missing(RosterColumn::Name))?;
    let hired_on = read.hired_on.ok_or_else(|| missing(RosterColumn::HiredOn))?;
    Ok(Employee {
        colleague: Colleague {
            id,
            external_id: read.external_id.clone(),
            name,
            email: None,
            department: None,
            manager: None,
            job_title: None,
        },
        employment: Employment {
            employee: id,
            status: EmploymentStatus::Active,
            hired_on,
            left_on: None,
            weekly_minutes: FULL_TIME_MINUTES,
            work_country: None,
            work_region: None,
        },
        version: 1,
    })
}

fn apply(employee: &mut Employee, read: ReadLine, department: Option<Option<DepartmentId>>) {
    let Employee { colleague, employment, .. } = employee;
    set(&mut colleague.name, read.name);
    set(&mut colleague.email, read.email);
    set(&mut colleague.department, department);
    set(&mut colleague.job_title, read.job_title);
    set(&mut employment.work_country, read.work_country);
    set(&mut employment.work_region, read.work_region);
    set(&mut employment.weekly_minutes, read.weekly_minutes);
    set(&mut employment.hired_on, read.hired_on);
    set(&mut employment.left_on, read.left_on);
    set(&mut employment.status, read.status);
}

fn set<T>(stored: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *stored = value;
    }
}

fn consistent(employee: &Employee) -> Result<(), RosterProblem> {
    let Employment { hired_on, left_on, status, .. } = &employee.employment;
    let invalid = |reason: String| RosterProblem::Invalid { column: RosterColumn::LeftOn.name(), reason };
    match left_on {
        Some(left_on) if left_on < hired_on => {
            Err(invalid(format!("{left_on} is before hired_on {hired_on}")))
        }
        None if *status == EmploymentStatus::Left => {
            Err(invalid("is required when status is LEFT".to_owned()))
        }
        _ => Ok(()),
    }
}

fn address_in_use(employee: &Employee) -> Option<&str> {
    let here = employee.employment.status != EmploymentStatus::Left;
    employee.colleague.email.as_deref().filter(|_| here)
}

fn describe(employee: &Employee) -> String {
    format!("{} ({})", employee.colleague.name, employee.colleague.external_id)
}

#[cfg(test)]
mod tests;
