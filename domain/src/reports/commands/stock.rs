//! Taking stock of what people lack for their jobs, once a day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use crate::access::Scope;
use crate::app::Core;
use crate::kernel::{DepartmentId, EmployeeId, Fault, JobProfileId, ProgramId};
use crate::organization::Employer;
use crate::reports::Reports;
use crate::reports::departments::Tree;
use crate::reports::ports::StockTaken;
use crate::reports::shortage::{Lacking, MONTHS_BACK};
use crate::reports::stock::Stock;
use crate::skills::{
    JobAssignment, JobRequirement, JobRequirements, SkillNeed, SkillRecord, assigned_on, coverage, gaps,
    grouped, required_on,
};

impl Reports<'_> {
    /// Takes stock of an employer's skills, unless that was done today by the same minimum group size; answers with whether
    /// it was done now. `batch` people are read at a time, and what is found replaces what was told before all at once.
    pub async fn take_stock(self, employer: &Employer, batch: u32) -> Result<bool, Fault> {
        let (at, minimum) = (self.core.clock.now(), employer.group_size());
        let taken = StockTaken { on: employer.day_of(at), at, minimum: minimum.people() };
        let known = self.core.store.reads().stock_taken(employer.id).await?;
        if known.is_some_and(|known| (known.on, known.minimum) == (taken.on, taken.minimum)) {
            return Ok(false);
        }
        let scope = Scope::all(employer.id);
        let mut count = Count::of(self.core, scope, taken.on).await?;
        let mut after = None;
        loop {
            let people = self.core.store.reads().some_employees(employer.id, after, batch.max(1)).await?;
            let Some((last, _)) = people.last() else { break };
            after = Some(*last);
            count.people(&people).await?;
        }
        let tree = Tree::of(self.core.store.reads().department_tree(scope).await?);
        let programs: Vec<ProgramId> = count.targets.keys().copied().collect();
        let told = count.stock.told(minimum, &tree, &programs);
        let mut tx = self.core.store.begin(employer.id).await?;
        tx.save_stock(taken, &told).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Stock as it is being taken.
struct Count<'a> {
    core: &'a Core,
    scope: Scope,
    /// The day it is of, and the month ends before.
    day: NaiveDate,
    before: [NaiveDate; MONTHS_BACK],
    /// What programs aim at.
    targets: BTreeMap<ProgramId, Vec<JobRequirement>>,
    /// What jobs ask for on the day, as far as somebody was found who has them.
    jobs: HashMap<JobProfileId, Vec<JobRequirement>>,
    stock: Stock,
}

impl<'a> Count<'a> {
    async fn of(core: &'a Core, scope: Scope, day: NaiveDate) -> Result<Self, Fault> {
        let targets = core.store.reads().program_targets(scope.employer).await?;
        let goals = |needs: Vec<SkillNeed>| needs.into_iter().map(JobRequirement::goal).collect();
        let targets = targets.into_iter().map(|(program, needs)| (program, goals(needs))).collect();
        let (jobs, stock) = (HashMap::new(), Stock::default());
        Ok(Self { core, scope, day, before: month_ends_before(day), targets, jobs, stock })
    }

    /// Counts some people.
    async fn people(&mut self, people: &[(EmployeeId, Option<DepartmentId>)]) -> Result<(), Fault> {
        let reads = self.core.store.reads();
        let ids: Vec<EmployeeId> = people.iter().map(|(person, _)| *person).collect();
        let jobs =
            grouped(reads.job_assignments(self.scope, &ids).await?, |job: &JobAssignment| job.employee);
        let jobs =
            jobs.into_iter().filter_map(|(person, jobs)| Some((person, assigned_on(&jobs, self.day)?)));
        let jobs: HashMap<EmployeeId, JobProfileId> = jobs.collect();
        self.know(jobs.values()).await?;
        let programs = reads.programs_of(self.scope.employer, &ids).await?;
        let records = reads.skill_records_of(self.scope, &ids, self.day).await?;
        let records = grouped(records, |record: &SkillRecord| record.employee);
        let of_person = |person| records.get(&person).map(Vec::as_slice).unwrap_or_default();
        for (person, department) in people {
            let Some(job) = jobs.get(person) else { continue };
            let Some(required) = self.jobs.get(job).filter(|required| !required.is_empty()) else { continue };
            let lacking = self.lacking(required, of_person(*person));
            self.stock.add_employee(*department, *job, &lacking);
        }
        for (person, program) in programs {
            let Some(targets) = self.targets.get(&program) else { continue };
            let lacking = self.lacking(targets, of_person(person));
            self.stock.add_participant(program, &lacking);
        }
        Ok(())
    }

    /// Looks up what jobs ask for that were not met before.
    async fn know(&mut self, jobs: impl Iterator<Item = &JobProfileId> + Send) -> Result<(), Fault> {
        let new: BTreeSet<_> = jobs.filter(|job| !self.jobs.contains_key(job)).copied().collect();
        if new.is_empty() {
            return Ok(());
        }
        let found =
            self.core.store.reads().job_requirements(self.scope, &Vec::from_iter(new.clone())).await?;
        let found = grouped(found, |requirements: &JobRequirements| requirements.profile);
        self.jobs.extend(new.into_iter().map(|job| {
            let all = found.get(&job).map(Vec::as_slice).unwrap_or_default();
            (job, required_on(all, self.day).map(|required| required.skills.clone()).unwrap_or_default())
        }));
        Ok(())
    }

    /// What somebody lacks, out of everything that was recorded of them.
    fn lacking(&self, required: &[JobRequirement], records: &[SkillRecord]) -> Lacking {
        let held_before = self.before.map(|day| coverage(&gaps(required, records, day)));
        Lacking { gaps: gaps(required, records, self.day), before: held_before }
    }
}

/// The last days of the months before the one of a day, the earliest first.
pub(in crate::reports) fn month_ends_before(day: NaiveDate) -> [NaiveDate; MONTHS_BACK] {
    let first = day.with_day0(0).unwrap_or(day);
    let mut next = first;
    let mut ends = [first; MONTHS_BACK];
    for end in ends.iter_mut().rev() {
        *end = next.pred_opt().unwrap_or(next);
        next = end.with_day0(0).unwrap_or(*end);
    }
    ends
}
