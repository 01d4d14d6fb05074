//! Privacy on the stage: nobody is erased in a story that is still being told.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use upskill_domain::kernel::{EmployeeId, Fault};
use upskill_domain::privacy::{Obstruction, PrivacyWrites, Tally};

use super::Scene;

fn elsewhere() -> Fault {
    Fault::inconsistent("people are erased where they are kept, not on the stage")
}

#[async_trait]
impl PrivacyWrites for Scene {
    async fn erased_at(&mut self, _: EmployeeId) -> Result<Option<DateTime<Utc>>, Fault> {
        Ok(None)
    }

    async fn personal_tallies(&mut self, _: EmployeeId) -> Result<Vec<Tally>, Fault> {
        Err(elsewhere())
    }

    async fn erasure_obstacles(&mut self, _: EmployeeId) -> Result<Vec<Obstruction>, Fault> {
        Err(elsewhere())
    }

    async fn erase_employee(&mut self, _: EmployeeId, _: DateTime<Utc>) -> Result<(), Fault> {
        Err(elsewhere())
    }
}
