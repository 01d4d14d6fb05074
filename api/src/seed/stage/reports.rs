//! Reports on the stage: nothing is counted here. Counting is the worker's, after everything was poured and sealed.

use async_trait::async_trait;
use upskill_domain::kernel::{EmployeeId, EnrollmentId, Fault, FundingRequestId, LearningTimeId};
use upskill_domain::reports::{
    CountedUpTo, Group, GroupYear, Learned, Logged, PersonYear, ReportWrites, StockTaken, StockWrites,
    ToldSkills,
};

use super::Scene;

fn elsewhere() -> Fault {
    Fault::inconsistent("reports are counted where they are kept, not on the stage")
}

#[async_trait]
impl StockWrites for Scene {
    async fn save_stock(&mut self, _: StockTaken, _: &[ToldSkills]) -> Result<(), Fault> {
        Err(elsewhere())
    }
}

#[async_trait]
impl ReportWrites for Scene {
    async fn lock_counted_if_free(&mut self) -> Result<Option<CountedUpTo>, Fault> {
        Ok(None)
    }

    async fn lock_counted(&mut self) -> Result<CountedUpTo, Fault> {
        Err(elsewhere())
    }

    async fn counted_up_to(&mut self) -> Result<CountedUpTo, Fault> {
        Ok(CountedUpTo::default())
    }

    async fn forget_counted(&mut self) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn save_counted(&mut self, _: CountedUpTo) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn learned_by_enrollment(
        &mut self,
        _: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, Learned)>, Fault> {
        Err(elsewhere())
    }

    async fn learned_by_request(
        &mut self,
        _: &[FundingRequestId],
    ) -> Result<Vec<(FundingRequestId, Learned)>, Fault> {
        Err(elsewhere())
    }

    async fn logged(&mut self, _: &[LearningTimeId]) -> Result<Vec<(LearningTimeId, Logged)>, Fault> {
        Err(elsewhere())
    }

    async fn person_years(&mut self, _: &[(i32, EmployeeId)]) -> Result<Vec<PersonYear>, Fault> {
        Err(elsewhere())
    }

    async fn group_years(&mut self, _: &[(i32, Group)]) -> Result<Vec<GroupYear>, Fault> {
        Err(elsewhere())
    }

    async fn all_group_years(&mut self) -> Result<Vec<GroupYear>, Fault> {
        Ok(Vec::new())
    }

    async fn save_person_years(&mut self, _: &[PersonYear]) -> Result<(), Fault> {
        Err(elsewhere())
    }

    async fn save_group_years(&mut self, _: &[GroupYear]) -> Result<(), Fault> {
        Err(elsewhere())
    }
}
