//! Whether a pairing goes well, as far as that can be told from outside.

use chrono::{DateTime, Utc};

use crate::kernel::words;

use super::{Pairing, PairingStatus};

words! {
    /// What makes somebody look at a pairing.
    HealthSignal {
        /// Both have agreed some time ago and have not met.
        NotStarted "NOT_STARTED",
        /// They have not met for some time.
        Quiet "QUIET",
        /// A goal is open though its day is past.
        GoalsOverdue "GOALS_OVERDUE",
    }
}

/// How a pairing goes on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingHealth {
    /// Whole days since they last met, or since they agreed when they have not; none where nothing runs.
    pub days_without_session: Option<i64>,
    /// Goals that are open though their day is past.
    pub goals_overdue: u64,
    /// What makes somebody look.
    pub signals: Vec<HealthSignal>,
}

impl PairingHealth {
    /// How a pairing goes now, if two who do not meet for more than some days are quiet. Interrupted mentoring is not quiet.
    pub fn of(pairing: &Pairing, goals_overdue: u64, (now, quiet_after_days): (DateTime<Utc>, u32)) -> Self {
        let since = pairing.last_session_at.or(pairing.agreed_at());
        let running = pairing.status.is_running();
        let days = since.filter(|_| running).map(|since| now.signed_duration_since(since).num_days().max(0));
        let quiet = days.is_some_and(|days| days > i64::from(quiet_after_days));
        let quiet = match pairing.status {
            PairingStatus::Accepted if quiet => Some(HealthSignal::NotStarted),
            PairingStatus::Active if quiet => Some(HealthSignal::Quiet),
            _ => None,
        };
        let overdue = (running && goals_overdue > 0).then_some(HealthSignal::GoalsOverdue);
        let signals = quiet.into_iter().chain(overdue).collect();
        Self { days_without_session: days, goals_overdue, signals }
    }
}
