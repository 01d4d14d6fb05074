//! What people lack for their jobs, taken stock of: what is found, and what of it may be told.
//!
//! The people of one department who have the same job are a *cell*. Of each job it is decided on its own in which
//! departments it is told, by the rules of `telling.rs`; what is told of a department is the sum of the jobs that are
//! told of it, and nothing else is kept. So whatever is added to or subtracted from such sums is, of each job, about
//! nobody or about enough people. Enough is twice the minimum, for a gap says of a skill how many lack it, and of a small
//! group that says easily the same of everybody.

use std::collections::BTreeMap;

use crate::kernel::{DepartmentId, JobProfileId, MinimumGroupSize, ProgramId, Suppression};

use super::departments::Tree;
use super::figures::{Size, Sizes};
use super::period::{Grain, SLOTS};
use super::shortage::{Lacking, Shortages};
use super::telling::{Overlap, Told, tell};

/// Whose skills are reported on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkillsOf {
    /// Everybody who has a job, against what it asks for.
    Employer,
    /// Those of a department and of all below it.
    Department(DepartmentId),
    /// Those who take part in a program, against the skills that it aims at.
    Program(ProgramId),
}

/// What may be told of somebody's skills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldSkills {
    /// Whose.
    pub of: SkillsOf,
    /// What they lack, or why it is not told.
    pub shortages: Result<Shortages, Suppression>,
    /// Whether some are left out, for too few of them have the same job.
    pub partial: bool,
}

/// What is found, person by person.
#[derive(Debug, Default)]
pub(super) struct Stock {
    jobs: BTreeMap<JobProfileId, BTreeMap<Option<DepartmentId>, Shortages>>,
    programs: BTreeMap<ProgramId, Shortages>,
}

/// What is told of some people, as it is put together job by job.
#[derive(Default)]
struct Sum {
    told: Shortages,
    withheld: Option<Suppression>,
}

impl Stock {
    /// Counts somebody with a job, in their department if they have one.
    pub(super) fn add_employee(
        &mut self,
        department: Option<DepartmentId>,
        job: JobProfileId,
        person: &Lacking,
    ) {
        self.jobs.entry(job).or_default().entry(department).or_default().add(person);
    }

    /// Counts somebody who takes part in a program.
    pub(super) fn add_participant(&mut self, program: ProgramId, person: &Lacking) {
        self.programs.entry(program).or_default().add(person);
    }

    /// What may be told: of everybody, of every department and of some programs.
    pub(super) fn told(
        &self,
        minimum: MinimumGroupSize,
        tree: &Tree,
        programs: &[ProgramId],
    ) -> Vec<ToldSkills> {
        let minimum = minimum.for_rates();
        let mut sums: BTreeMap<SkillsOf, Sum> = BTreeMap::from([(SkillsOf::Employer, Sum::default())]);
        let departments = tree.departments().iter().map(|id| (SkillsOf::Department(*id), Sum::default()));
        sums.extend(departments);
        for cells in self.jobs.values() {
            for (of, told, shortages) in job(minimum, tree, cells) {
                sums.entry(of).or_default().add(told, &shortages);
            }
        }
        let sizes = programs.iter().map(|id| (*id, constant(self.programs.get(id))));
        let told = tell(minimum, Told::FREELY, &sizes.collect(), Overlap::Possible);
        for (program, told) in told {
            let shortages = self.programs.get(&program).cloned().unwrap_or_default();
            sums.entry(SkillsOf::Program(program)).or_default().add(told, &shortages);
        }
        sums.into_iter().map(|(of, sum)| sum.of(of)).collect()
    }
}

/// Of the people with one job: whether they are told, everybody and in each department with those below it.
fn job(
    minimum: MinimumGroupSize,
    tree: &Tree,
    cells: &BTreeMap<Option<DepartmentId>, Shortages>,
) -> Vec<(SkillsOf, Told, Shortages)> {
    let mut everybody = Shortages::default();
    for cell in cells.values() {
        everybody.add_all(cell);
    }
    let whole = BTreeMap::from([((), constant(Some(&everybody)))]);
    let whole = tell(minimum, Told::FREELY, &whole, Overlap::None).remove(&()).unwrap_or_default();
    let sizes = cells.iter().map(|(department, cell)| (*department, constant(Some(cell)))).collect();
    let mut sums = tree.gathered(cells, Shortages::add_all);
    let departments = tree
        .told(minimum, whole, &sizes)
        .into_iter()
        .map(|(id, (told, _))| (SkillsOf::Department(id), told, sums.remove(&Some(id)).unwrap_or_default()));
    departments.chain([(SkillsOf::Employer, whole, everybody)]).collect()
}

/// A stock has no periods: its people are the same in all of them.
fn constant(shortages: Option<&Shortages>) -> Sizes {
    let people = shortages.map_or(0, |shortages| shortages.people);
    Sizes([Size { people, ..Size::default() }; SLOTS])
}

impl Sum {
    fn add(&mut self, told: Told, shortages: &Shortages) {
        match told.at(Grain::Year) {
            Ok(()) => self.told.add_all(shortages),
            // Of a job that nobody has, nothing is withheld.
            Err(_) if shortages.people == 0 => {}
            Err(why @ Suppression::BelowMinimum) => self.withheld = Some(why),
            Err(why) => self.withheld = self.withheld.or(Some(why)),
        }
    }

    fn of(self, of: SkillsOf) -> ToldSkills {
        let Self { told, withheld } = self;
        let shortages = match withheld {
            Some(why) if told.people == 0 => Err(why),
            _ => Ok(told),
        };
        ToldSkills { of, partial: withheld.is_some() && shortages.is_ok(), shortages }
    }
}

#[cfg(test)]
mod tests;
