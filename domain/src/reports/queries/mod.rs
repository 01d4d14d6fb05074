//! Reading reports.

mod budgets;
mod returns;
mod skills;
mod verify;

pub use budgets::{BudgetMove, BudgetReport};
pub use returns::DepartmentReturns;
pub use skills::SkillsReport;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::access::{Action, Actor, policy};
use crate::kernel::{CourseId, DepartmentId, Fault, MinimumGroupSize, ProgramId, ProviderId, Suppression};
use crate::reports::Reports;
use crate::reports::departments::Tree;
use crate::reports::figures::{Figures, Sizes};
use crate::reports::group::{Group, GroupKind, GroupYear};
use crate::reports::period::{Grain, ReportPeriod};
use crate::reports::ports::SizedGroup;
use crate::reports::telling::{Overlap, Told, tell};

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportOf {
    /// Everybody at the employer.
    Employer,
    /// The people of a department and those of all below it.
    Department(DepartmentId),
    /// Those who learn with a provider of the catalog.
    Provider(ProviderId),
    /// Those who take a course of the catalog.
    Course(CourseId),
    /// Those who learn in a program.
    Program(ProgramId),
}

/// What people learned in a period, and what it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it is about.
    pub of: ReportOf,
    /// The period.
    pub period: ReportPeriod,
    /// The figures of the period, or why they are not told.
    pub whole: Result<Counted, Suppression>,
    /// The figures of each of its months, or why they are not told.
    pub months: Result<Vec<Counted>, Suppression>,
    /// Everything that happened until then is counted; nothing when nothing is yet.
    pub counted_at: Option<DateTime<Utc>>,
}

/// The figures of some people in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The period.
    pub period: ReportPeriod,
    /// How many people they are about.
    pub learners: u32,
    /// The figures.
    pub figures: Figures,
}

/// How finely everything is told in a year, and how many people it is about.
#[derive(Default)]
struct Book {
    told: BTreeMap<ReportOf, (Told, Sizes)>,
}

impl Reports<'_> {
    /// Reports of several things in several periods.
    pub async fn reports(
        self,
        actor: &Actor,
        asked: &[(ReportOf, ReportPeriod)],
    ) -> Result<Vec<Report>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadReports)?;
        let reads = self.core.store.reads();
        let employer = self.core.employer(actor).await?;
        let counted_at = reads.counted(actor.employer).await?.at;
        let tree = if asked.iter().any(|(of, _)| matches!(of, ReportOf::Department(_))) {
            Tree::of(reads.department_tree(scope).await?)
        } else {
            Tree::default()
        };
        let years: BTreeSet<i32> = asked.iter().map(|(_, period)| period.year()).collect();
        let kinds = kinds(asked);
        let mut books = BTreeMap::new();
        for year in years {
            let mut sizes = reads.group_sizes(scope, year, &kinds).await?;
            let courses = courses(asked, year);
            if !courses.is_empty() {
                sizes.extend(reads.course_sizes(scope, year, &courses).await?);
            }
            books.insert(year, Book::of(employer.group_size(), &tree, sizes));
        }
        let made_of = asked.iter().map(|(of, period)| made_of(&tree, *of, period.year()));
        let made_of: Vec<Vec<(i32, Group)>> = made_of.collect();
        let groups: BTreeSet<_> = made_of.iter().flatten().copied().collect();
        let groups = reads.counted_groups(scope, &Vec::from_iter(groups)).await?;
        let groups: BTreeMap<_, _> =
            groups.into_iter().map(|group| ((group.year, group.group), group)).collect();
        let report = |((of, period), parts): (&(ReportOf, ReportPeriod), &Vec<_>)| {
            let parts: Vec<_> = parts.iter().filter_map(|part| groups.get(part)).collect();
            let told = books.get(&period.year()).map(|book| book.entry(*of)).unwrap_or_default();
            report((*of, *period), told, &parts, counted_at)
        };
        Ok(asked.iter().zip(&made_of).map(report).collect())
    }
}

/// The kinds of groups that stand beside what is asked for, all of each kind.
fn kinds(asked: &[(ReportOf, ReportPeriod)]) -> Vec<GroupKind> {
    let beside = |of: &ReportOf| -> &[GroupKind] {
        match of {
            ReportOf::Employer => &[],
            ReportOf::Department(_) => &[GroupKind::Department],
            // A course stands beside the others of its provider, which are read on their own.
            ReportOf::Provider(_) | ReportOf::Course(_) => &[GroupKind::Provider],
            ReportOf::Program(_) => &[GroupKind::Program],
        }
    };
    let kinds = asked.iter().flat_map(|(of, _)| beside(of)).copied();
    kinds.chain([GroupKind::Everybody]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The courses that are asked for in a year.
fn courses(asked: &[(ReportOf, ReportPeriod)], year: i32) -> Vec<CourseId> {
    let course = |(of, period): &(ReportOf, ReportPeriod)| match of {
        ReportOf::Course(id) if period.year() == year => Some(*id),
        _ => None,
    };
    asked.iter().filter_map(course).collect()
}

/// The groups that are counted together for a report.
fn made_of(tree: &Tree, of: ReportOf, year: i32) -> Vec<(i32, Group)> {
    let groups = match of {
        ReportOf::Employer => vec![Group::Everybody],
        ReportOf::Department(id) => {
            tree.within(id).into_iter().map(|id| Group::Department(Some(id))).collect()
        }
        ReportOf::Provider(id) => vec![Group::Provider(Some(id))],
        ReportOf::Course(id) => vec![Group::Course(Some(id))],
        ReportOf::Program(id) => vec![Group::Program(Some(id))],
    };
    groups.into_iter().map(|group| (year, group)).collect()
}

impl Book {
    fn of(minimum: MinimumGroupSize, tree: &Tree, sizes: Vec<SizedGroup>) -> Self {
        let mut everybody = Sizes::default();
        let (mut departments, mut providers, mut programs) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut courses = BTreeMap::<Group, BTreeMap<Group, Sizes>>::new();
        for SizedGroup { group, under, sizes } in sizes {
            match group {
                Group::Everybody => everybody = sizes,
                Group::Department(id) => drop(departments.insert(id, sizes)),
                Group::Provider(_) => drop(providers.insert(group, sizes)),
                Group::Course(_) => drop(courses.entry(under).or_default().insert(group, sizes)),
                Group::Program(_) => drop(programs.insert(group, sizes)),
            }
        }
        let whole = tell(minimum, Told::FREELY, &BTreeMap::from([((), everybody.clone())]), Overlap::None);
        let whole = whole.get(&()).copied().unwrap_or(Told::FREELY);
        let mut book = Self::default();
        book.told.insert(ReportOf::Employer, (whole, everybody));
        let departments = tree.told(minimum, whole, &departments);
        book.told.extend(departments.into_iter().map(|(id, told)| (ReportOf::Department(id), told)));
        book.put(tell(minimum, whole, &programs, Overlap::Possible), programs);
        let told = tell(minimum, whole, &providers, Overlap::Possible);
        for (provider, courses) in courses {
            let provided = told.get(&provider).copied().unwrap_or(whole);
            book.put(tell(minimum, provided, &courses, Overlap::Possible), courses);
        }
        book.put(told, providers);
        book
    }

    fn put(&mut self, told: BTreeMap<Group, Told>, mut sizes: BTreeMap<Group, Sizes>) {
        for (group, told) in told {
            let of = match group {
                Group::Provider(Some(id)) => ReportOf::Provider(id),
                Group::Course(Some(id)) => ReportOf::Course(id),
                Group::Program(Some(id)) => ReportOf::Program(id),
                _ => continue,
            };
            self.told.insert(of, (told, sizes.remove(&group).unwrap_or_default()));
        }
    }

    /// A thing of which nothing was counted is told as that.
    fn entry(&self, of: ReportOf) -> (Told, Sizes) {
        self.told.get(&of).cloned().unwrap_or_default()
    }
}

fn report(
    (of, period): (ReportOf, ReportPeriod),
    (told, sizes): (Told, Sizes),
    parts: &[&GroupYear],
    counted_at: Option<DateTime<Utc>>,
) -> Report {
    let counted = |period: ReportPeriod| {
        let months = period.months();
        let figures = parts.iter().flat_map(|part| part.months.get(months.clone()).unwrap_or_default());
        let learners = sizes.at(period.slot()).people;
        Counted { period, learners, figures: Figures::sum(figures) }
    };
    let months = || period.each_month().map(counted).collect();
    Report {
        of,
        period,
        whole: told.at(period.grain()).map(|()| counted(period)),
        months: told.at(Grain::Month).map(|()| months()),
        counted_at,
    }
}
