//! What a policy would have done.

use chrono::{Days, TimeDelta};

use crate::access::{Action, Actor, policy};
use crate::funding::impact::Replay;
use crate::funding::{Funding, PolicyImpact};
use crate::kernel::{EmployeeId, Fault, FundingPolicyId, Period};
use crate::organization::{Employee, OrganizationReads};
use crate::store::UnitOfWork;

/// Days that are looked back.
const LOOK_BACK: u64 = 365;

/// Requests that are read at a time, and at most.
const PAGE: u32 = 1_000;
const MOST: u64 = 100_000;

impl Funding<'_> {
    /// What a policy would have done with the requests of the last 365 days. Nothing is written.
    pub async fn policy_impact(self, actor: &Actor, id: FundingPolicyId) -> Result<PolicyImpact, Fault> {
        policy::require(actor, Action::ManageFundingPolicies, &[])?;
        let policy = self.policies_by_id(actor, &[id]).await?.pop().ok_or_else(|| Fault::not_found(id))?;
        let employer = OrganizationReads::employer(self.core.store.reads(), actor.employer).await?;
        let employer = employer.ok_or_else(|| Fault::not_found(actor.employer))?;
        let now = self.core.clock.now();
        let since = now.checked_sub_signed(TimeDelta::days(365)).unwrap_or(now);
        let today = employer.day_of(now);
        let first = today.checked_sub_days(Days::new(LOOK_BACK)).unwrap_or(today);
        let period = Period::new(first, today).map_err(|error| Fault::inconsistent(error.to_string()))?;
        let fiscal_year = |day| employer.fiscal_year(day);
        let mut replay = Replay::of(&policy.rules, period, &fiscal_year);
        // One moment for all pages, so that a request which moves meanwhile is met once.
        let mut tx = self.core.store.look(actor.employer).await?;
        let (mut beyond, mut read) = (None, 0_u64);
        loop {
            let page = tx.past_requests(since, beyond, PAGE).await?;
            let Some(last) = page.last() else { break };
            beyond = Some((last.employee, last.submitted_at, last.id));
            read = read.saturating_add(u64::try_from(page.len()).unwrap_or(u64::MAX));
            let people = people(&mut *tx, page.iter().map(|request| request.employee)).await?;
            for request in page {
                if let Ok(at) = people.binary_search_by_key(&request.employee, Employee::id)
                    && let Some(person) = people.get(at)
                {
                    replay.follow(person, (employer.day_of(request.submitted_at), request));
                }
            }
            if read >= MOST {
                return Ok(replay.finish(true));
            }
        }
        Ok(replay.finish(false))
    }
}

/// People by id, in the order of their ids.
async fn people(
    tx: &mut dyn UnitOfWork,
    ids: impl Iterator<Item = EmployeeId> + Send,
) -> Result<Vec<Employee>, Fault> {
    let mut ids: Vec<EmployeeId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let mut people = tx.employees(&ids).await?;
    people.sort_by_key(Employee::id);
    Ok(people)
}
