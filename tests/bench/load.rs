//! A closed loop: so many connections, each sending its next request when the answer to the last one is there.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// Connections kept open.
pub(crate) const CONNECTIONS: usize = 32;

/// Writes the whole request with this number.
pub(crate) type Requests = Rc<dyn Fn(u64) -> Rc<[u8]>>;

/// What came of a load.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    pub(crate) requests: u64,
    pub(crate) elapsed: Duration,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

impl Load {
    pub(crate) fn per_second(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of requests are small")]
        let requests = self.requests as f64;
        requests / self.elapsed.as_secs_f64()
    }
}

/// Sends requests for a while. Any answer but 200 with data ends it.
pub(crate) async fn run(address: SocketAddr, requests: &Requests, lasting: Duration) -> anyhow::Result<Load> {
    let next = Rc::new(std::cell::Cell::new(0));
    let (started, clients) = (Instant::now(), LocalSet::new());
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (requests, next) = (Rc::clone(requests), Rc::clone(&next));
            clients.spawn_local(async move {
                let mut client = Client::connect(address).await?;
                let mut latencies = Vec::new();
                while started.elapsed() < lasting {
                    let number = next.replace(next.get() + 1);
                    let request = requests(number);
                    let sent = Instant::now();
                    client.answered(&request).await?;
                    latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
                }
                anyhow::Ok(latencies)
            })
        })
        .collect();
    clients.await;
    let elapsed = started.elapsed();
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await??);
    }
    latencies.sort_unstable();
    Ok(Load {
        requests: latencies.len() as u64,
        elapsed,
        p50_ms: percentile(&latencies, 50),
        p99_ms: percentile(&latencies, 99),
    })
}

/// A percentile of sorted microseconds, in milliseconds.
pub(crate) fn percentile(sorted: &[u32], percent: usize) -> f64 {
    let at = sorted.len().saturating_sub(1) * percent / 100;
    f64::from(sorted.get(at).copied().unwrap_or(0)) / 1_000.0
}

/// One connection. A client library would cost more than what it measures, and both run on the same cores.
pub(crate) struct Client {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("connecting to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and returns the body of the answer.
    pub(crate) async fn answered(&mut self, request: &[u8]) -> anyhow::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let head = loop {
            self.receive().await?;
            if let Some(end) = find(&self.received, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let length = content_length(&self.received[..head])?;
        while self.received.len() < head + length {
            self.receive().await?;
        }
        let body = &self.received[head..];
        let good = self.received.starts_with(b"HTTP/1.1 200 ") && body.starts_with(b"{\"data\":");
        ensure!(good, "an answer without data: {}", String::from_utf8_lossy(&self.received));
        Ok(body)
    }

    async fn receive(&mut self) -> anyhow::Result<()> {
        let read = self.stream.read_buf(&mut self.received).await?;
        ensure!(read > 0, "the connection was closed");
        Ok(())
    }
}

fn content_length(head: &[u8]) -> anyhow::Result<usize> {
    const NAME: &[u8] = b"\r\ncontent-length: ";
    let at = find(head, NAME).context("an answer without a length")? + NAME.len();
    let digits = head[at..].iter().take_while(|byte| byte.is_ascii_digit());
    Ok(digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0')))
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
