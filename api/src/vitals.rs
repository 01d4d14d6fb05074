//! What an installation measures of itself while nobody asks: its connections, and how far the journal is sealed.

use std::time::Duration;

use metrics::{describe_gauge, gauge};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::http;
use crate::installation::Installation;

/// How often it is measured: as often as the fastest scrapers come by.
const EVERY: Duration = Duration::from_secs(5);

/// Measures until told to stop.
pub(crate) async fn watch(installation: &Installation, shutdown: CancellationToken) {
    http::metrics();
    describe_gauge!("database_connections", "Connections to the database, by state.");
    describe_gauge!("database_connections_limit", "The most connections to the database.");
    describe_gauge!("journal_sealing_lag_seconds", "How long the oldest event has waited for its seal.");
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while shutdown.run_until_cancelled(tick.tick()).await.is_some() {
        measure(installation).await;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float, and no lag is that long")]
async fn measure(installation: &Installation) {
    let connections = installation.db.connections();
    gauge!("database_connections", "state" => "idle").set(connections.idle);
    gauge!("database_connections", "state" => "busy").set(connections.open.saturating_sub(connections.idle));
    gauge!("database_connections_limit").set(connections.limit);
    match installation.app.journal().lag().await {
        Ok(lag) => gauge!("journal_sealing_lag_seconds").set(lag.num_milliseconds() as f64 / 1_000.0),
        Err(fault) => tracing::warn!(%fault, "how far the journal is sealed cannot be told"),
    }
}
