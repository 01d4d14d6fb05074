//! What the worker does in between.

use upskill_api::worker::{attend_to_approvals, follow_organization, look_after_reservations};

use super::{Outcome, World};

impl World {
    /// Ends reservations, follows the organization, and looks at due dates.
    pub(super) async fn work(&self) -> Outcome {
        let (app, batch) = (&self.app, 7);
        for failed in [
            look_after_reservations(app, batch).await,
            follow_organization(app, batch).await,
            attend_to_approvals(app, batch).await,
        ] {
            let failed = failed.expect("the employers are there");
            assert!(failed.is_empty(), "{failed:?}");
        }
        Outcome::Done
    }
}
