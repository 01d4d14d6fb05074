//! The listener: connections with bounds on their number and on their patience.
//!
//! Plain HTTP/1.1, which is what a proxy speaks to what stands behind it. `axum::serve` would do as much with less
//! code, but it lets anybody hold a connection open for ever by sending a header one byte at a time, or by not
//! reading the answer.

use std::{io, sync::Arc, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use metrics::Gauge;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{interval, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{patience::Patience, telemetry};
use crate::config::HttpConfig;

/// How long to wait after the kernel refused a connection, as it does when file descriptors run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// How often histograms are folded; without it they grow while nobody reads `/metrics`.
const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// Serves until told to stop. Then requests in work get a time of grace to end, and the rest is cut off.
pub async fn serve(listener: TcpListener, router: Router, config: &HttpConfig, shutdown: CancellationToken) {
    let slots = Arc::new(Semaphore::new(config.max_connections.clamp(1, Semaphore::MAX_PERMITS)));
    let connections = TaskTracker::new();
    let cut = CancellationToken::new();
    let open = telemetry::connections();
    let router = router.layer(Extension(Lifetime {
        stop: shutdown.clone(),
        cut: cut.clone(),
        connections: connections.clone(),
    }));
    let upkeep = tokio::spawn(keep_metrics_small());
    while let Some((stream, slot)) = accept(&listener, &slots, &shutdown).await {
        let connection = Connection {
            router: router.clone(),
            builder: builder(config),
            write_timeout: Duration::from_millis(config.write_timeout_ms),
            stop: shutdown.clone(),
            cut: cut.clone(),
            open: open.clone(),
        };
        connections.spawn(connection.serve(stream, slot));
    }
    drop(listener);
    connections.close();
    let grace = Duration::from_millis(config.shutdown_grace_ms);
    if timeout(grace, connections.wait()).await.is_err() {
        tracing::warn!(
            connections = connections.len(),
            "the time of grace is over, open connections are cut off"
        );
        cut.cancel();
        connections.wait().await;
    }
    upkeep.abort();
}

/// What a connection that outlives its request, as a websocket does, shares with those that do not: being told to stop,
/// being cut off, and being waited for.
#[derive(Clone, Default)]
pub(super) struct Lifetime {
    pub stop: CancellationToken,
    pub cut: CancellationToken,
    pub connections: TaskTracker,
}

/// The next connection, as soon as there is room for it; `None` when it is time to stop.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
    shutdown: &CancellationToken,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    shutdown
        .run_until_cancelled(async {
            let slot = Arc::clone(slots).acquire_owned().await.ok()?;
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => return Some((stream, slot)),
                    Err(error) if is_of_one_connection(&error) => {}
                    Err(error) => {
                        tracing::error!(%error, "no connection can be accepted");
                        sleep(ACCEPT_PAUSE).await;
                    }
                }
            }
        })
        .await?
}

/// Whether only the connection failed that was about to be accepted.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn builder(config: &HttpConfig) -> http1::Builder {
    let mut builder = http1::Builder::new();
    let patience = Duration::from_millis(config.header_read_timeout_ms);
    builder.timer(TokioTimer::new()).header_read_timeout(patience);
    builder
}

async fn keep_metrics_small() {
    let mut tick = interval(METRICS_UPKEEP);
    loop {
        tick.tick().await;
        telemetry::metrics().run_upkeep();
    }
}

/// What one connection needs.
struct Connection {
    router: Router,
    builder: http1::Builder,
    write_timeout: Duration,
    stop: CancellationToken,
    cut: CancellationToken,
    open: Gauge,
}

impl Connection {
    async fn serve(self, stream: TcpStream, slot: OwnedSemaphorePermit) {
        self.open.increment(1);
        // Answers are written whole, so waiting for more to send only costs time.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "the connection keeps Nagle's algorithm");
        }
        if self.cut.run_until_cancelled(self.converse(stream)).await.is_none() {
            tracing::debug!("a connection was cut off");
        }
        self.open.decrement(1);
        drop(slot);
    }

    async fn converse(&self, stream: TcpStream) {
        let stream = TokioIo::new(Patience::new(stream, self.write_timeout));
        let service = TowerToHyperService::new(self.router.clone());
        let mut connection = std::pin::pin!(self.builder.serve_connection(stream, service).with_upgrades());
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            // Clients leave, stall and send nonsense; none of it is a fault of ours.
            tracing::debug!(%error, "a connection ended early");
        }
    }
}
