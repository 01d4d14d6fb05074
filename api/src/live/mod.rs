//! What happens, passed on to those who follow it.
//!
//! The journal is the only source: its positions have no gaps, so whoever knows the last one they heard of misses
//! nothing and hears nothing twice. Nobody is handed a message; a subscription reads on from its own position, as fast as
//! its client takes the answers. So a slow client costs nobody any memory, and one that comes back after a week is served
//! by the same code as one that never left.
//!
//! * `feed`: one employer's latest entries, read once for all who follow it
//! * `hub`: hears that something was sealed and lets the feeds read on
//! * `following`: one subscription's place in a feed
//!
//! What a subscriber may see is no matter of this module: each event is resolved like a query of that moment.

mod feed;
mod following;
mod hub;

use upskill_domain::journal::Interest;
use upskill_domain::kernel::{EmployeeId, EmployerId, ServiceAccountId};

pub(crate) use following::{Following, Next};
pub(crate) use hub::Hub;

/// What a subscription follows, as its field has found when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Followed {
    /// Whose journal.
    pub(crate) employer: EmployerId,
    /// Who follows it: what happens to them may change what they see.
    pub(crate) person: Option<EmployeeId>,
    /// The service account that follows it, for itself or for the person. The same holds for it.
    pub(crate) account: Option<ServiceAccountId>,
    /// What of it.
    pub(crate) interest: Interest,
    /// The last position that the subscriber has heard of.
    pub(crate) position: i64,
}
