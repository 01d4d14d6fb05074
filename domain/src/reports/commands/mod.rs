//! Counting what the journal tells.

mod stock;

pub(super) use stock::month_ends_before;
mod rebuild;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::app::Core;
use crate::kernel::{EnrollmentId, Fault, FundingRequestId, LearningTimeId};
use crate::organization::Employer;
use crate::store::UnitOfWork;

use crate::reports::figures::Measure;
use crate::reports::fold::{Fact, Fold, Learned};
use crate::reports::group::Group;
use crate::reports::happening::{Happening, happenings};
use crate::reports::ports::CountedUpTo;

/// The use cases of reports.
#[derive(Clone, Copy)]
pub struct Reports<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Reports<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// Counts what an employer's journal tells since the last time, `batch` entries at a time. Answers with how many
    /// entries were read.
    ///
    /// What is counted and the place in the journal are written together, so one that is killed counts nothing twice. While
    /// one counts, others leave the employer to it.
    pub async fn count(self, employer: &Employer, batch: u32) -> Result<u64, Fault> {
        let reads = self.core.store.reads();
        let mut known = reads.counted(employer.id).await?;
        let mut read = 0_u64;
        loop {
            let entries = reads.chain(employer.id, known.position, batch.max(1)).await?;
            let Some(last) = entries.last() else { return Ok(read) };
            let mut tx = self.core.store.begin(employer.id).await?;
            let Some(counted) = tx.lock_counted_if_free().await? else { return Ok(read) };
            if counted != known {
                // Somebody else has counted these in the meantime.
                known = counted;
                continue;
            }
            let facts = facts(&mut *tx, employer, &happenings(&entries)?).await?;
            let mut fold = begun(&mut *tx, &facts).await?;
            for fact in &facts {
                fold.add(fact);
            }
            let (people, groups) = fold.into_parts();
            tx.save_person_years(&people).await?;
            tx.save_group_years(&groups).await?;
            known = CountedUpTo { position: last.seal.position, at: Some(last.entry.at) };
            tx.save_counted(known).await?;
            tx.commit().await?;
            read = read.saturating_add(u64::try_from(entries.len()).unwrap_or(u64::MAX));
        }
    }
}

/// What was counted before, as far as some facts touch it.
async fn begun(tx: &mut dyn UnitOfWork, facts: &[Fact]) -> Result<Fold, Fault> {
    let people: BTreeSet<_> = facts.iter().map(|fact| (fact.year, fact.learned.employee)).collect();
    let courses: BTreeSet<_> =
        facts.iter().map(|fact| (fact.year, Group::Course(fact.learned.course))).collect();
    let people = tx.person_years(&Vec::from_iter(people)).await?;
    let mut fold = Fold::of(people, tx.group_years(&Vec::from_iter(courses.clone())).await?);
    // A person who is new this year may be given a department by one fact, and keep it in the next.
    let touched = facts.iter().flat_map(|fact| {
        let moved = Group::Department(fact.learned.department);
        let provided = Group::Provider(fact.learned.provider);
        fold.groups_of(fact).into_iter().chain([moved, provided]).map(|group| (fact.year, group))
    });
    let touched: BTreeSet<_> = touched.filter(|group| !courses.contains(group)).collect();
    fold.know(tx.group_years(&Vec::from_iter(touched)).await?);
    Ok(fold)
}

/// Whom what happened is about, and when. What happened to something that is no longer there tells nothing.
pub(in crate::reports) async fn facts(
    tx: &mut dyn UnitOfWork,
    employer: &Employer,
    happenings: &[Happening],
) -> Result<Vec<Fact>, Fault> {
    let (mut times, mut enrollments, mut requests) = (Vec::new(), Vec::new(), Vec::new());
    for happening in happenings {
        match happening {
            Happening::Enrollment(id, ..) => enrollments.push(*id),
            Happening::Request(id, ..) => requests.push(*id),
            Happening::Time(id) => times.push(*id),
        }
    }
    let times: BTreeMap<LearningTimeId, _> = tx.logged(&times).await?.into_iter().collect();
    enrollments.extend(times.values().map(|logged| logged.enrollment));
    let enrollments: BTreeMap<EnrollmentId, Learned> =
        tx.learned_by_enrollment(&enrollments).await?.into_iter().collect();
    let requests: BTreeMap<FundingRequestId, Learned> =
        tx.learned_by_request(&requests).await?.into_iter().collect();
    let fact = |happening: &Happening| match *happening {
        Happening::Enrollment(id, at, measure) => {
            Some(dated(*enrollments.get(&id)?, employer.day_of(at), measure))
        }
        Happening::Request(id, at, measure) => Some(dated(*requests.get(&id)?, employer.day_of(at), measure)),
        Happening::Time(id) => {
            let logged = times.get(&id)?;
            let measure = Measure::Logged(logged.kind, logged.minutes);
            Some(dated(*enrollments.get(&logged.enrollment)?, logged.day, measure))
        }
    };
    Ok(happenings.iter().filter_map(fact).collect())
}

fn dated(learned: Learned, day: NaiveDate, measure: Measure) -> Fact {
    let month = usize::try_from(day.month0()).unwrap_or(0);
    Fact { learned, year: day.year(), month, measure }
}
