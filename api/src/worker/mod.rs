//! What happens without anybody asking. Each job calls a use case of the domain; none has rules of its own.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use upskill_domain::app::App;
use upskill_domain::kernel::{EmployerId, Fault};
use upskill_domain::organization::Employer;

use crate::config::WorkerConfig;

/// How often idempotency keys, tokens and secrets are looked through for those past their time.
const FORGET_EVERY: Duration = Duration::from_hours(1);

/// How often reservations are looked through for those that end.
const LOOK_AFTER_RESERVATIONS_EVERY: Duration = Duration::from_mins(10);

/// How often enrollments are looked through for those whose last day is over.
const END_ENROLLMENTS_EVERY: Duration = Duration::from_mins(10);

/// How often follow-ups are looked through for those that open or close soon.
const TELL_OF_FOLLOW_UPS_EVERY: Duration = Duration::from_mins(10);

/// How often proposals of mentoring are looked through for those that expire, and pairings for people who have left.
const SETTLE_PAIRINGS_EVERY: Duration = Duration::from_mins(10);

/// How often the calendar is looked at for who stands in for whom.
const LOOK_AT_THE_CALENDAR_EVERY: Duration = Duration::from_mins(1);

/// How often the journal is read for approvers who have left or lost what made them one.
const FOLLOW_THE_ORGANIZATION_EVERY: Duration = Duration::from_secs(5);

/// How often steps are looked through for those that are due.
const ATTEND_TO_APPROVALS_EVERY: Duration = Duration::from_mins(1);

/// How often the journal is counted for reports.
const COUNT_FOR_REPORTS_EVERY: Duration = Duration::from_secs(5);

/// How often it is looked whether somewhere a new day has begun, for which stock of skills is to be taken.
const TAKE_STOCK_EVERY: Duration = Duration::from_mins(1);

/// The employers for whom a job failed, each with what stood in the way.
type Failed = Vec<(EmployerId, Fault)>;

/// Works until told to stop. A job that fails is tried again at its next turn. Stock is taken beside the other jobs, for at
/// a large employer it takes longer than any of them may wait.
pub async fn run(app: App, config: WorkerConfig, shutdown: CancellationToken) {
    tokio::join!(work(&app, &config, &shutdown), take_stock_daily(&app, config.batch, &shutdown));
}

async fn take_stock_daily(app: &App, batch: u32, shutdown: &CancellationToken) {
    let mut looking = every(TAKE_STOCK_EVERY);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = looking.tick() => report("take stock of skills", take_stock(app, batch).await),
        }
    }
}

async fn work(app: &App, config: &WorkerConfig, shutdown: &CancellationToken) {
    let mut sealing = every(Duration::from_millis(config.seal_interval_ms.max(10)));
    let mut forgetting = every(FORGET_EVERY);
    let mut reserving = every(LOOK_AFTER_RESERVATIONS_EVERY);
    let mut calendar = every(LOOK_AT_THE_CALENDAR_EVERY);
    let mut following = every(FOLLOW_THE_ORGANIZATION_EVERY);
    let mut attending = every(ATTEND_TO_APPROVALS_EVERY);
    let mut counting = every(COUNT_FOR_REPORTS_EVERY);
    let mut ending = every(END_ENROLLMENTS_EVERY);
    let mut asking = every(TELL_OF_FOLLOW_UPS_EVERY);
    let mut settling = every(SETTLE_PAIRINGS_EVERY);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = sealing.tick() => report("seal the journal", seal(app, config.batch).await),
            _ = reserving.tick() => {
                report("look after reservations", look_after_reservations(app, config.batch).await);
            }
            _ = calendar.tick() => report("mark who stands in for whom", mark_delegations(app).await),
            _ = following.tick() => {
                report("follow the organization", follow_organization(app, config.batch).await);
            }
            _ = attending.tick() => {
                report("attend to approvals", attend_to_approvals(app, config.batch).await);
            }
            _ = ending.tick() => {
                report("end enrollments", end_enrollments(app, config.batch).await);
            }
            _ = asking.tick() => {
                report("tell of follow-ups", tell_of_follow_ups(app, config.batch).await);
            }
            _ = settling.tick() => {
                report("settle pairings", settle_pairings(app, config.batch).await);
            }
            _ = counting.tick() => report("count for reports", count_for_reports(app, config.batch).await),
            _ = forgetting.tick() => {
                report("forget old idempotency keys", forget_keys(app).await);
                report("forget ended credentials", forget_credentials(app).await);
            }
        }
    }
}

/// Ticks every so often. After a turn that took longer the next one waits its full time.
fn every(period: Duration) -> Interval {
    let mut interval = tokio::time::interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// Seals everything that waits, batch by batch, so that a large import does not lag behind for long. Answers with the
/// employers whose journals could not be sealed, when everybody else's is.
pub async fn seal(app: &App, batch: u32) -> Result<Failed, Fault> {
    loop {
        let sealed = app.journal().seal(batch).await?;
        if sealed.entries == 0 {
            return Ok(sealed.failed);
        }
    }
}

/// Ends reservations whose last day is over, and tells of those that end soon. Several workers may do so at once.
pub async fn look_after_reservations(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        let done = app.funding().look_after_reservations(&employer, batch).await?;
        Ok(faults(done.failed))
    })
    .await
}

/// Marks for every employer who stands in for whom today.
pub async fn mark_delegations(app: &App) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        app.funding().mark_delegations(employer.id).await?;
        Ok(Vec::new())
    })
    .await
}

/// Gives steps whose approver may not decide them any more to those who may. Several workers may do so at once.
pub async fn follow_organization(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        let done = app.funding().follow_organization(&employer, batch).await?;
        Ok(faults(done.failed))
    })
    .await
}

/// Reminds of steps that are due, and gives those that are overdue to the next in line. Several workers may do so at once.
pub async fn attend_to_approvals(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        let done = app.funding().attend_to_approvals(&employer, batch).await?;
        Ok(faults(done.failed))
    })
    .await
}

/// Ends enrollments whose last day is over. Several workers may do so at once.
pub async fn end_enrollments(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        let done = app.learning().expire_enrollments(&employer, batch).await?;
        Ok(faults(done.failed))
    })
    .await
}

/// Tells of follow-ups that are open, and again of those that close soon. Several workers may do so at once.
pub async fn tell_of_follow_ups(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        let done = app.learning().tell_of_follow_ups(&employer, batch).await?;
        Ok(faults(done.failed))
    })
    .await
}

/// Lets proposals of mentoring expire, and ends the pairings of those who have left. Several workers may do so at once.
pub async fn settle_pairings(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        let done = app.mentoring().settle_pairings(&employer, batch).await?;
        Ok(faults(done.failed))
    })
    .await
}

/// Counts what every journal tells that is not counted yet. While one does, others leave that employer to it.
pub async fn count_for_reports(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        app.reports().count(&employer, batch).await?;
        Ok(Vec::new())
    })
    .await
}

/// Takes stock of what people lack for their jobs, for every employer who has a new day.
pub async fn take_stock(app: &App, batch: u32) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        app.reports().take_stock(&employer, batch).await?;
        Ok(Vec::new())
    })
    .await
}

async fn forget_keys(app: &App) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        app.journal().drop_old_claims(employer.id).await?;
        Ok(Vec::new())
    })
    .await
}

/// Forgets tokens and secrets of service accounts that have ended.
pub async fn forget_credentials(app: &App) -> Result<Failed, Fault> {
    for_every_employer(app, |employer| async move {
        app.integration().drop_ended_credentials(employer.id).await?;
        Ok(Vec::new())
    })
    .await
}

/// What stood in the way of a job, whatever it was done with.
fn faults<I>(failed: Vec<(I, Fault)>) -> Vec<Fault> {
    failed.into_iter().map(|(_, fault)| fault).collect()
}

/// Does a job for every employer. What stands in the way of one does not stand in the way of the next; a job may also
/// go on by itself, and tell what stood in its way.
async fn for_every_employer<Job: Future<Output = Result<Vec<Fault>, Fault>>>(
    app: &App,
    job: impl Fn(Employer) -> Job,
) -> Result<Failed, Fault> {
    let mut failed = Failed::new();
    for employer in app.organization().all_employers().await? {
        let id = employer.id;
        let faults = job(employer).await.unwrap_or_else(|fault| vec![fault]);
        failed.extend(faults.into_iter().map(|fault| (id, fault)));
    }
    Ok(failed)
}

fn report(job: &str, outcome: Result<Failed, Fault>) {
    match outcome {
        Ok(failed) => {
            for (employer, fault) in failed {
                tracing::warn!(job, %employer, %fault, "a job failed for an employer and will be tried again");
            }
        }
        Err(fault) => tracing::warn!(job, %fault, "a job failed and will be tried again"),
    }
}
