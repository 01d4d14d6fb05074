//! Deciding a roster as a whole: which rows land, and what the organization looks like afterwards.
//!
//! Rows depend on each other: a manager may stand later in the file, an e-mail address may move from one person to
//! another, and only the reporting lines that result may not run in a circle. So the decision is taken on the final
//! picture (see `picture`): refuse what does not fit and what falls with it, until everything left fits; and of several
//! rows that exclude each other the last one in the file is refused.

mod lines;
mod picture;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::kernel::{DepartmentId, EmployeeId, Ids, TypedId};

use self::lines::Depths;
use self::picture::Picture;
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

/// The roster as it stands, as far as the rows touch it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roster<'a> {
    /// The people on the rows, those whom the rows name as managers, whoever has an address that the rows give to
    /// somebody or that their people have, and everybody above all of them.
    pub employees: &'a [Employee],
    /// Every department.
    pub departments: &'a [Department],
    /// Those who are still here and can grant roles.
    pub admins: &'a [EmployeeId],
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
pub fn plan(lines: &[RosterLine], roster: Roster<'_>, create_departments: bool, ids: &dyn Ids) -> RosterPlan {
    let mut desk = Desk::new(roster, create_departments, ids);
    for (row, line) in lines.iter().enumerate() {
        desk.take(row, line);
    }
    let picture = Picture::decided(roster, desk.candidates, desk.refused);
    RosterPlan::new(picture, lines, desk.new_departments)
}

/// Where rows are read, one after another.
struct Desk<'a> {
    known: HashMap<&'a str, &'a Employee>,
    departments: HashMap<String, DepartmentId>,
    new_departments: Vec<Department>,
    create_departments: bool,
    ids: &'a dyn Ids,
    first_lines: HashMap<String, u32>,
    candidates: BTreeMap<usize, Candidate<'a>>,
    refused: HashMap<usize, RosterProblem>,
}

impl<'a> Desk<'a> {
    fn new(roster: Roster<'a>, create_departments: bool, ids: &'a dyn Ids) -> Self {
        Self {
            known: roster.employees.iter().map(|e| (e.colleague.external_id.as_str(), e)).collect(),
            departments: roster.departments.iter().map(|d| (d.code.clone(), d.id)).collect(),
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
}

impl RosterPlan {
    /// What is to be written and said, once it is decided which rows land.
    fn new(mut picture: Picture<'_>, lines: &[RosterLine], mut departments: Vec<Department>) -> Self {
        let mut results = Vec::with_capacity(lines.len());
        let mut people = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let Some(fate) = picture.fate(row) else { continue };
            let outcome = match fate {
                Ok(candidate) => settle(candidate, &mut people),
                Err(problem) => RowOutcome::Refused(problem),
            };
            let external_id =
                line.external_id.as_ref().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
            results.push(RowResult { line: line.line, external_id, outcome });
        }
        let mut depths = Depths::new(picture.managers());
        people.sort_by_cached_key(|planned| depths.of(planned.employee().id()));
        let used: HashSet<_> = people.iter().filter_map(|p| p.employee().colleague.department).collect();
        departments.retain(|department| used.contains(&department.id));
        Self { results, departments, people }
    }
}

fn settle(candidate: Candidate<'_>, people: &mut Vec<Planned>) -> RowOutcome {
    let Candidate { before, mut after, .. } = candidate;
    let id = after.id();
    let Some(before) = before else {
        people.push(Planned::Add(after));
        return RowOutcome::Created(id);
    };
    let fields = differences(before, &after);
    if fields.is_empty() {
        return RowOutcome::Unchanged(id);
    }
    after.version = after.version.saturating_add(1);
    people.push(Planned::Change(after, fields));
    RowOutcome::Updated(id)
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
            left: false,
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
    colleague.left = employment.status == EmploymentStatus::Left;
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

#[cfg(test)]
mod tests;
