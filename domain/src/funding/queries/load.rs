//! How much people learn a week (L5).

use std::collections::BTreeSet;

use crate::access::{Action, Actor, policy};
use crate::funding::{Funding, LearningLoad, RunningCourse};
use crate::kernel::{EmployeeId, Fault, FundingRequestId};

impl Funding<'_> {
    /// What runs for those of the people of whom the actor may know it: whoever may look ahead for them.
    pub async fn learning_loads(
        self,
        actor: &Actor,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, LearningLoad)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::PreviewFunding) else { return Ok(Vec::new()) };
        let seen = self.core.store.reads().employments_by_id(scope, employees).await?;
        self.loads(actor, seen.into_iter().map(|employment| employment.employee).collect()).await
    }

    /// What runs for whoever asked for those of the requests that the actor may see, for whoever is to decide them.
    pub async fn learning_loads_by_request(
        self,
        actor: &Actor,
        requests: &[FundingRequestId],
    ) -> Result<Vec<(FundingRequestId, LearningLoad)>, Fault> {
        let requests = self.requests_by_id(actor, requests).await?;
        let loads = self.loads(actor, requests.iter().map(|request| request.employee).collect()).await?;
        let load = |person| loads.iter().find(|(of, _)| *of == person).map(|(_, load)| *load);
        Ok(requests.iter().filter_map(|request| Some((request.id, load(request.employee)?))).collect())
    }

    /// What runs for people, whoever asks.
    pub(super) async fn loads(
        self,
        actor: &Actor,
        people: BTreeSet<EmployeeId>,
    ) -> Result<Vec<(EmployeeId, LearningLoad)>, Fault> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let reads = self.core.store.reads();
        let employer =
            reads.employer(actor.employer).await?.ok_or_else(|| Fault::not_found(actor.employer))?;
        let today = employer.day_of(self.core.clock.now());
        let ids: Vec<EmployeeId> = people.into_iter().collect();
        let running = reads.running_courses(actor.employer, &ids).await?;
        let load = |person: EmployeeId| {
            let own = running.iter().filter(|course: &&RunningCourse| course.employee == person);
            (person, LearningLoad::of(own, &employer, today))
        };
        Ok(ids.into_iter().map(load).collect())
    }
}
