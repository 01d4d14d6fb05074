//! Where time, ids and random bits come from: the only place that asks the machine.

use chrono::{DateTime, SubsecRound, Utc};
use upskill_domain::kernel::{Clock, Entropy, Fault, Ids};
use uuid::Uuid;

/// The machine's clock, cut to microseconds, which is all that PostgreSQL keeps.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// Fresh UUIDv7 values.
pub struct SystemIds;

impl Ids for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "this is the source of ids that everybody else asks")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Fresh random bits for a secret.
pub(crate) fn entropy() -> Result<Entropy, Fault> {
    let mut bits = [0; 32];
    aws_lc_rs::rand::fill(&mut bits).map_err(|_| Fault::inconsistent("the machine has no random bits"))?;
    Ok(Entropy(bits))
}
