//! People: what colleagues may know of each other, and what they may not.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kernel::{CountryCode, DepartmentId, EmployeeId, Joined};

use super::Department;

/// What everybody at the same employer may look up about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Their id.
    pub id: EmployeeId,
    /// The id that the employer's HR system gave them, unique within the employer.
    pub external_id: String,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Where they work.
    pub department: Option<DepartmentId>,
    /// Whom they report to.
    pub manager: Option<EmployeeId>,
    /// What they do.
    pub job_title: Option<String>,
    /// Whether they have left. Their name stays, so that history reads well; how to reach them and what they did is then
    /// for those only who may see their employment.
    pub left: bool,
}

/// A colleague with the neighbors that the reader asked for in the same breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColleagueCard {
    /// The person.
    pub colleague: Colleague,
    /// Their department.
    pub department: Joined<Department>,
    /// Their manager.
    pub manager: Joined<Colleague>,
}

/// Which neighbors a read of colleagues brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ColleagueWith {
    /// The department.
    pub department: bool,
    /// The manager.
    pub manager: bool,
}

/// The terms of a person's work. For the person, the managers above and HR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employment {
    /// The person.
    pub employee: EmployeeId,
    /// Whether they are at work.
    pub status: EmploymentStatus,
    /// Their first day.
    pub hired_on: NaiveDate,
    /// Their last day, once known.
    pub left_on: Option<NaiveDate>,
    /// Agreed working time in minutes a week.
    pub weekly_minutes: i32,
    /// The country they work in.
    pub work_country: Option<CountryCode>,
    /// The region within the country, as the employer writes it.
    pub work_region: Option<String>,
}

/// Whether somebody is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EmploymentStatus {
    /// At work.
    #[default]
    Active,
    /// Away for a while: parental leave, sabbatical, long illness.
    OnLeave,
    /// No longer with the employer.
    Left,
}

impl EmploymentStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::OnLeave, Self::Left];

    /// The name in the schema, the database and import files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::OnLeave => "ON_LEAVE",
            Self::Left => "LEFT",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// A person whole, as commands see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    /// The directory half.
    pub colleague: Colleague,
    /// The protected half.
    pub employment: Employment,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

impl Employee {
    /// Their id.
    pub fn id(&self) -> EmployeeId {
        self.colleague.id
    }

    /// Whether they can act at the employer today.
    pub fn is_present(&self) -> bool {
        self.employment.status == EmploymentStatus::Active
    }
}

/// The orders in which people can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColleagueOrder {
    /// By name, without regard to case.
    #[default]
    Name,
    /// By the HR system's id.
    ExternalId,
}
