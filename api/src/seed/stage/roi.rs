//! Cost bands, benefits and reports on the stage, and what the rest of the stage knows of costs.

use std::collections::{BTreeMap, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use upskill_domain::funding::{FundingRequest, RequestStatus};
use upskill_domain::kernel::{
    BenefitId, CostBandId, EmployeeId, Fault, FundingRequestId, Money, Period, ProgramId, RoiReportId,
};
use upskill_domain::learning::{Enrollment, EnrollmentStatus, TimeKind};
use upskill_domain::roi::{
    Benefit, BenefitStatus, CostBand, CostKind, Hours, RoiReport, RoiWrites, Spend, Workplace,
};

use super::{Props, Scene};

#[async_trait]
impl RoiWrites for Scene {
    async fn lock_cost_bands(&mut self) -> Result<Vec<CostBand>, Fault> {
        let mut bands = self.read().bands.all().to_vec();
        bands.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(bands)
    }

    async fn save_cost_bands(&mut self, bands: &[CostBand]) -> Result<(), Fault> {
        let mut props = self.write();
        for band in bands {
            props.bands.put(band.id, band.clone());
        }
        Ok(())
    }

    async fn cost_bands_of(
        &mut self,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, CostBandId)>, Fault> {
        let props = self.read();
        let placed = |person: &EmployeeId| Some((*person, *props.placed.get(person)?));
        Ok(employees.iter().filter_map(placed).collect())
    }

    async fn place_in_cost_band(
        &mut self,
        employees: &[EmployeeId],
        band: Option<CostBandId>,
    ) -> Result<(), Fault> {
        let mut props = self.write();
        for person in employees {
            match band {
                Some(band) => props.placed.insert(*person, band),
                None => props.placed.remove(person),
            };
        }
        Ok(())
    }

    async fn lock_benefit(&mut self, id: BenefitId) -> Result<Option<Benefit>, Fault> {
        Ok(self.read().benefits.get(&id).cloned())
    }

    async fn benefits_of(&mut self, program: ProgramId) -> Result<Vec<Benefit>, Fault> {
        let counts =
            |benefit: &&Benefit| benefit.program == program && benefit.status != BenefitStatus::Withdrawn;
        let mut benefits: Vec<_> = self.read().benefits.all().iter().filter(counts).cloned().collect();
        benefits.sort_by_key(|benefit| (benefit.recorded_at, benefit.id));
        Ok(benefits)
    }

    async fn save_benefit(&mut self, benefit: &Benefit) -> Result<(), Fault> {
        self.write().benefits.put(benefit.id, benefit.clone());
        Ok(())
    }

    async fn cohort_of(&mut self, program: ProgramId) -> Result<Vec<(Workplace, u64)>, Fault> {
        let props = self.read();
        let joined = props.participants.all().iter();
        let mut cohort = BTreeMap::<Workplace, u64>::new();
        for one in joined.filter(|one| one.program == program && one.joined_at.is_some()) {
            *cohort.entry(workplace(&props, one.employee)).or_default() += 1;
        }
        Ok(cohort.into_iter().collect())
    }

    async fn spend_of(&mut self, program: ProgramId, window: Period) -> Result<Vec<Spend>, Fault> {
        Ok(spend(&self.read(), program, window))
    }

    async fn hours_of(
        &mut self,
        program: ProgramId,
        window: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(Vec<Hours>, u64), Fault> {
        Ok(hours(&self.read(), program, window))
    }

    async fn last_roi_report_number(&mut self, program: ProgramId) -> Result<Option<i32>, Fault> {
        let props = self.read();
        let about = props.reports.iter().filter(|report| report.program == program);
        Ok(about.map(|report| report.number).max())
    }

    async fn roi_report(&mut self, id: RoiReportId) -> Result<Option<RoiReport>, Fault> {
        Ok(self.read().reports.iter().find(|report| report.id == id).cloned())
    }

    async fn insert_roi_report(&mut self, report: &RoiReport) -> Result<(), Fault> {
        self.write().reports.push(report.clone());
        Ok(())
    }
}

/// What the ledgers spent on a program, by currency and by where people work.
fn spend(props: &Props, program: ProgramId, window: Period) -> Vec<Spend> {
    let own = props.requests.all().iter().filter(|request| request.program == Some(program));
    let taken = props.enrollments.all().iter().filter(|enrollment| enrollment.program == Some(program));
    let requests: HashSet<FundingRequestId> =
        own.map(|request| request.id).chain(taken.filter_map(|enrollment| enrollment.request)).collect();
    let mut spent = BTreeMap::<(&str, Workplace), (Spend, HashSet<EmployeeId>)>::new();
    for entry in &props.ledger {
        let request = entry.request.filter(|request| requests.contains(request));
        let Some(request) = request.and_then(|request| props.requests.get(&request)) else { continue };
        if window.contains(entry.effective_on) && entry.change.spent != 0 {
            let workplace = workplace(props, request.employee);
            let (sum, people) = spent.entry((entry.currency.code(), workplace)).or_insert_with(|| {
                let amount = Money::sum(0, entry.currency);
                (Spend { workplace, amount, entries: 0, people: 0 }, HashSet::new())
            });
            sum.amount = Money::sum(sum.amount.minor() + entry.change.spent, entry.currency);
            sum.entries += 1;
            people.insert(request.employee);
        }
    }
    let spend = |(spend, people): (Spend, HashSet<EmployeeId>)| Spend { people: count(&people), ..spend };
    spent.into_values().map(spend).collect()
}

/// Where somebody works.
fn workplace(props: &Props, person: EmployeeId) -> Workplace {
    props.employees.get(&person).and_then(|person| person.colleague.department)
}

fn count(people: &HashSet<EmployeeId>) -> u64 {
    u64::try_from(people.len()).unwrap_or(u64::MAX)
}

/// The working time of a program's places by cost band and by where people work, and how many of them have no known hours.
fn hours(props: &Props, program: ProgramId, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> (Vec<Hours>, u64) {
    let within = |at: DateTime<Utc>| from <= at && at < to;
    let booked = props.requests.all().iter().filter(|request| {
        request.program == Some(program)
            && matches!(request.status, RequestStatus::Committed | RequestStatus::Settled)
            && request.committed_at.is_some_and(within)
            && !props.funded.contains_key(&request.id)
    });
    let taken = props.enrollments.all().iter();
    let taken = taken.filter(|one| one.program == Some(program) && within(one.enrolled_at));
    let places = booked
        .map(|request| (request.employee, granted(request)))
        .chain(taken.map(|enrollment| (enrollment.employee, minutes(props, enrollment))));
    let (mut bands, mut unknown) = (BTreeMap::<_, (i64, HashSet<EmployeeId>)>::new(), 0);
    for (person, minutes) in places {
        let Some(minutes) = minutes else {
            unknown += 1;
            continue;
        };
        let (sum, people) =
            bands.entry((props.placed.get(&person).copied(), workplace(props, person))).or_default();
        *sum += minutes;
        people.extend((minutes > 0).then_some(person));
    }
    let hours = bands.into_iter().filter(|(_, (minutes, _))| *minutes > 0);
    let hours = hours.map(|((band, workplace), (minutes, people))| {
        let people = count(&people);
        Hours { kind: CostKind::ReleasedTime, workplace, band, minutes, people }
    });
    (hours.collect(), unknown)
}

/// The minutes of working time that a request was granted for, when known.
fn granted(request: &FundingRequest) -> Option<i64> {
    let released = request.offer.release_hours.map(|hours| hours * 60);
    released.or(request.offer.workload_minutes).map(i64::from)
}

/// The minutes of working time that a place takes, when known.
fn minutes(props: &Props, enrollment: &Enrollment) -> Option<i64> {
    let logged = props.learning_times.get(&enrollment.id).into_iter().flatten();
    let mut logged = logged.filter(|time| time.kind == TimeKind::Working).peekable();
    let logged: Option<i64> =
        logged.peek().is_some().then(|| logged.map(|time| i64::from(time.minutes)).sum());
    if enrollment.status == EnrollmentStatus::Withdrawn {
        return Some(logged.unwrap_or(0));
    }
    let request = enrollment.request.and_then(|id| props.requests.get(&id));
    let released = if let Some(request) = request {
        request.offer.release_hours
    } else {
        let course = enrollment.taken.course.and_then(|id| props.courses.get(&id));
        course.and_then(|(course, _)| course.paid_release_hours)
    };
    let planned = released.map(|hours| hours * 60).or(enrollment.taken.workload_minutes).map(i64::from);
    planned.max(logged)
}
