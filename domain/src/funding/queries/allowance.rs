//! What is left to a person.

use crate::access::Actor;
use crate::funding::policy::Applicant;
use crate::funding::{Funding, FundingAllowance};
use crate::kernel::{EmployeeId, Fault};

impl Funding<'_> {
    /// What the funding policy leaves to a person now. For whoever may look ahead for them.
    pub async fn allowance(self, actor: &Actor, employee: EmployeeId) -> Result<FundingAllowance, Fault> {
        let mut tx = self.core.store.look(actor.employer).await?;
        self.require_preview(&mut *tx, actor, employee).await?;
        let person = tx.employees(&[employee]).await?.pop().ok_or_else(|| Fault::not_found(employee))?;
        let employer = tx.employer().await?;
        let policy = self.policy_for_new_requests(&mut *tx, employer.currency).await?;
        let today = employer.day_of(self.core.clock.now());
        let year = employer.fiscal_year(today);
        let earlier = self.earlier(&mut *tx, &employer, employee, year).await?;
        let load = self.load(&mut *tx, &employer, employee).await?;
        let departments = match person.colleague.department {
            Some(department) => tx.department_line(department).await?,
            None => Vec::new(),
        };
        let applicant =
            Applicant { person: &person, departments: &departments, today, year, earlier: &earlier, load };
        Ok(FundingAllowance::of(&policy, applicant))
    }
}
