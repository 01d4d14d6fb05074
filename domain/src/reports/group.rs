//! The groups of people whose figures are kept.

use serde::{Deserialize, Serialize};

use crate::kernel::{CourseId, DepartmentId, EmployeeId, ProgramId, ProviderId};

use super::figures::{Figures, Sizes};

/// Some people of an employer whose figures are kept together. What belongs to nothing of a kind is a group too, so that
/// the groups of a kind are everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Group {
    /// Everybody.
    Everybody,
    /// The people of a department, without those of departments below; or of none.
    Department(Option<DepartmentId>),
    /// Those who learn with a provider; or from outside of the catalog.
    Provider(Option<ProviderId>),
    /// Those who take a course; or one from outside of the catalog.
    Course(Option<CourseId>),
    /// Those who learn in a program; or in none.
    Program(Option<ProgramId>),
}

/// The kinds of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// Everybody.
    Everybody,
    /// By department.
    Department,
    /// By provider.
    Provider,
    /// By course.
    Course,
    /// By program.
    Program,
}

impl GroupKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Everybody, Self::Department, Self::Provider, Self::Course, Self::Program];

    /// The word under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everybody => "EVERYBODY",
            Self::Department => "DEPARTMENT",
            Self::Provider => "PROVIDER",
            Self::Course => "COURSE",
            Self::Program => "PROGRAM",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Group {
    /// Its kind.
    pub fn kind(self) -> GroupKind {
        match self {
            Self::Everybody => GroupKind::Everybody,
            Self::Department(_) => GroupKind::Department,
            Self::Provider(_) => GroupKind::Provider,
            Self::Course(_) => GroupKind::Course,
            Self::Program(_) => GroupKind::Program,
        }
    }
}

/// A group in a calendar year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupYear {
    /// Which group.
    pub group: Group,
    /// Which year.
    pub year: i32,
    /// The provider under which a course counts in this year: the one it had when somebody took it first.
    pub provider: Option<ProviderId>,
    /// How many people it was about.
    pub sizes: Sizes,
    /// The figures, January first.
    pub months: [Figures; 12],
}

impl GroupYear {
    /// A group in a year in which nothing has been counted yet.
    pub(super) fn new(group: Group, year: i32) -> Self {
        Self { group, year, provider: None, sizes: Sizes::default(), months: <[Figures; 12]>::default() }
    }
}

/// A person in a calendar year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonYear {
    /// Who.
    pub employee: EmployeeId,
    /// Which year.
    pub year: i32,
    /// The department in which they count in this year: the one they were in when they first learned in it, so that
    /// nobody counts in two.
    pub department: Option<DepartmentId>,
    /// The months in which they count in each group, a bit for each, January the lowest.
    pub months: Vec<(Group, u16)>,
}

impl PersonYear {
    /// Counts somebody in a group in a month. In which months they counted before.
    pub(super) fn count(&mut self, group: Group, month: usize) -> u16 {
        let bit = month_bit(month);
        match self.months.binary_search_by_key(&group, |(group, _)| *group) {
            Ok(at) => self.months.get_mut(at).map_or(0, |(_, months)| {
                let before = *months;
                *months |= bit;
                before
            }),
            Err(at) => {
                self.months.insert(at, (group, bit));
                0
            }
        }
    }
}

/// The bit of a month, counted from 0.
pub(super) fn month_bit(month: usize) -> u16 {
    u32::try_from(month).ok().and_then(|month| 1_u16.checked_shl(month)).unwrap_or(0)
}
