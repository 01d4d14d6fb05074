//! One employer's journal as it grows: read once, however many follow it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as Turn, watch};
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::journal::{Occasion, SealedEntry};
use upskill_domain::kernel::{EmployeeId, EmployerId, Fault, FundingRequestId, TypedId};

/// Entries that are read at a time.
const BATCH: u32 = 200;
/// Entries that are kept for those who lag a little; whoever lags more reads the journal for themselves.
const KEPT: usize = 1_000;

/// The newest entries of one employer.
pub(super) struct Feed {
    pub(super) employer: EmployerId,
    latest: Mutex<VecDeque<Arc<Occasion>>>,
    /// The position of the last entry that was read.
    end: watch::Sender<i64>,
    /// Held by whoever reads on, so that nobody reads the same entries beside them.
    turn: Turn<()>,
}

impl Feed {
    /// A feed that goes on after a position.
    pub(super) fn after(employer: EmployerId, position: i64) -> Self {
        Self { employer, latest: Mutex::default(), end: watch::Sender::new(position), turn: Turn::default() }
    }

    /// Tells when the feed has grown.
    pub(super) fn growth(&self) -> watch::Receiver<i64> {
        self.end.subscribe()
    }

    /// Reads what was sealed since, and wakes those who wait for it.
    pub(super) async fn read_on(&self, app: &App) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        loop {
            let end = *self.end.borrow();
            let occasions = read(app, self.employer, end).await?;
            let Some(last) = occasions.last() else { return Ok(()) };
            let position = last.sealed.seal.position;
            let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
            latest.extend(occasions);
            let excess = latest.len().saturating_sub(KEPT);
            latest.drain(..excess);
            drop(latest);
            self.end.send_replace(position);
        }
    }

    /// What came after a position, from memory where it is still there.
    pub(super) async fn entries_after(&self, app: &App, position: i64) -> Result<Vec<Arc<Occasion>>, Fault> {
        if *self.end.borrow() <= position {
            return Ok(Vec::new());
        }
        match self.kept_after(position) {
            Some(kept) => Ok(kept),
            None => read(app, self.employer, position).await,
        }
    }

    /// `None` when the entry after the position is kept no more.
    fn kept_after(&self, position: i64) -> Option<Vec<Arc<Occasion>>> {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let first = latest.front()?.sealed.seal.position;
        // Positions have no gaps, so the place in the queue follows from them.
        let skipped =
            position.saturating_add(1).checked_sub(first).and_then(|skip| usize::try_from(skip).ok())?;
        Some(latest.iter().skip(skipped).take(BATCH as usize).cloned().collect())
    }
}

async fn read(app: &App, employer: EmployerId, position: i64) -> Result<Vec<Arc<Occasion>>, Fault> {
    let sealed = app.journal().sealed_after(employer, position, BATCH).await?;
    let mut people = approvers(app, employer, &sealed).await?;
    let occasion = |sealed: SealedEntry| {
        let people = people.remove(&sealed.entry.id.uuid()).unwrap_or_default();
        Arc::new(Occasion { sealed, people })
    };
    Ok(sealed.into_iter().map(occasion).collect())
}

/// Whose decision the requests among the subjects wait for or waited for, by the id of the entry: an entry names the
/// requester, but not everybody to whom a step falls later.
async fn approvers(
    app: &App,
    employer: EmployerId,
    sealed: &[SealedEntry],
) -> Result<HashMap<uuid::Uuid, Vec<EmployeeId>>, Fault> {
    let about_requests: Vec<_> = sealed
        .iter()
        .map(|sealed| &sealed.entry)
        .filter(|entry| entry.subject.kind == FundingRequestId::PREFIX)
        .collect();
    if about_requests.is_empty() {
        return Ok(HashMap::new());
    }
    let mut requests: Vec<_> =
        about_requests.iter().map(|entry| FundingRequestId::from_uuid(entry.subject.id)).collect();
    requests.sort_unstable();
    requests.dedup();
    let steps = app.funding().steps_by_request(&Actor::system(employer, "live"), &requests).await?;
    let people = about_requests.into_iter().map(|entry| {
        let of_request = steps.iter().filter(|step| step.request.uuid() == entry.subject.id);
        (entry.id.uuid(), of_request.map(|step| step.assignee).collect())
    });
    Ok(people.collect())
}
