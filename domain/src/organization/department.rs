//! Departments form a tree.

use std::collections::{HashMap, HashSet};

use crate::kernel::{DepartmentId, EmployeeId};

/// A department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// The code by which other systems know it, unique within the employer.
    pub code: String,
    /// The name people know.
    pub name: String,
    /// The department above, if any.
    pub parent: Option<DepartmentId>,
    /// Who heads it, if anybody.
    pub head: Option<EmployeeId>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

impl Department {
    /// The names of the fields in which the department differs from an earlier state.
    pub(super) fn differences(&self, before: &Self) -> Vec<&'static str> {
        let changed = [
            ("name", self.name != before.name),
            ("parent", self.parent != before.parent),
            ("head", self.head != before.head),
        ];
        changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }
}

/// The orders in which departments can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DepartmentOrder {
    /// By code.
    #[default]
    Code,
    /// By name, without regard to case.
    Name,
}

/// Whether hanging `department` under `parent` would close a cycle in the tree.
pub(super) fn closes_cycle(department: DepartmentId, parent: DepartmentId, all: &[Department]) -> bool {
    let parents: HashMap<_, _> = all.iter().map(|d| (d.id, d.parent)).collect();
    let mut seen = HashSet::new();
    let mut above = Some(parent);
    while let Some(id) = above {
        if id == department {
            return true;
        }
        if !seen.insert(id) {
            return false;
        }
        above = parents.get(&id).copied().flatten();
    }
    false
}
