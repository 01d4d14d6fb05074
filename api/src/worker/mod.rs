//! What happens without anybody asking. Each job calls a use case of the domain; none has rules of its own.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use upskill_domain::app::App;
use upskill_domain::kernel::Fault;

use crate::config::WorkerConfig;

/// How often idempotency keys are looked through for those past their time.
const FORGET_KEYS_EVERY: Duration = Duration::from_hours(1);

/// Works until told to stop. A job that fails is tried again at its next turn.
pub async fn run(app: App, config: WorkerConfig, shutdown: CancellationToken) {
    let mut sealing = interval(Duration::from_millis(config.seal_interval_ms.max(10)));
    let mut forgetting = interval(FORGET_KEYS_EVERY);
    for timer in [&mut sealing, &mut forgetting] {
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = sealing.tick() => report("seal the journal", seal(&app, config.batch).await),
            _ = forgetting.tick() => report("forget old idempotency keys", forget_keys(&app).await),
        }
    }
}

/// Seals everything that waits, batch by batch, so that a large import does not lag behind for long.
pub async fn seal(app: &App, batch: u32) -> Result<(), Fault> {
    while app.journal().seal(batch).await?.entries > 0 {}
    Ok(())
}

async fn forget_keys(app: &App) -> Result<(), Fault> {
    for employer in app.organization().all_employers().await? {
        app.journal().drop_old_claims(employer.id).await?;
    }
    Ok(())
}

fn report(job: &str, outcome: Result<(), Fault>) {
    if let Err(fault) = outcome {
        tracing::warn!(job, %fault, "a job failed and will be tried again");
    }
}
