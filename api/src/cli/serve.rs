//! `upskill serve` and `upskill worker`.

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use upskill_api::config::{Config, Profile};
use upskill_api::installation::Installation;
use upskill_api::{http, worker};

pub(super) async fn serve(config: Config) -> anyhow::Result<()> {
    // Metrics are counted from the start, so the recorder comes before everything that counts.
    http::metrics();
    let installation = super::opened(&config).await?;
    let router = installation.router(&config).await?;
    let listen = config.http.listen;
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}; UPSKILL__HTTP__LISTEN=127.0.0.1:8081 would choose another port")
    })?;
    // With port 0 the system chose one.
    let listen = listener.local_addr().unwrap_or(listen);
    let shutdown = shutdown_signal();
    if config.profile == Profile::Development {
        super::welcome::welcome(&config, &installation, listen).await?;
    }
    let tasks = TaskTracker::new();
    observe(&config, &installation, &tasks, &shutdown).await?;
    if config.worker.embedded {
        tasks.spawn(worker::run(installation.app.clone(), config.worker.clone(), shutdown.clone()));
    }
    tracing::info!(%listen, database = %config.database.url, "serving");
    http::serve(listener, router, &config.http, shutdown).await;
    tasks.close();
    tasks.wait().await;
    tracing::info!("stopped");
    Ok(())
}

pub(super) async fn work(config: Config) -> anyhow::Result<()> {
    http::metrics();
    let installation = super::current(&config).await?;
    let (shutdown, tasks) = (shutdown_signal(), TaskTracker::new());
    observe(&config, &installation, &tasks, &shutdown).await?;
    tracing::info!(database = %config.database.url, "working");
    worker::run(installation.app, config.worker, shutdown).await;
    tasks.close();
    tasks.wait().await;
    tracing::info!("stopped");
    Ok(())
}

/// Measures the installation, and serves what was measured at an address of its own where the configuration names one.
async fn observe(
    config: &Config,
    installation: &Installation,
    tasks: &TaskTracker,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let (watched, stop) = (installation.clone(), shutdown.clone());
    tasks.spawn(async move { watched.watch(stop).await });
    if let Some(listen) = config.http.metrics_listen {
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
        let listen = listener.local_addr().unwrap_or(listen);
        tracing::info!(%listen, "serving metrics");
        let (config, stop) = (config.http.clone(), shutdown.clone());
        tasks.spawn(async move { http::serve(listener, http::operations(), &config, stop).await });
    }
    Ok(())
}

/// Cancelled when the process is asked to stop, by Ctrl-C or by SIGTERM.
fn shutdown_signal() -> CancellationToken {
    let token = CancellationToken::new();
    let asked = token.clone();
    tokio::spawn(async move {
        stop_requested().await;
        asked.cancel();
    });
    token
}

#[cfg(unix)]
async fn stop_requested() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => (),
            _ = terminate.recv() => (),
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn stop_requested() {
    drop(tokio::signal::ctrl_c().await);
}
