//! Neighbors that were not joined.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::funding::{ApprovalStep, Budget, Decision, FundingRequest, LedgerEntry, Load};
use upskill_domain::kernel::{
    ApprovalStepId, BudgetId, DecisionId, EmployeeId, Fault, FundingRequestId, LedgerEntryId,
};

use crate::graphql::context::RequestLoader;

/// A loader over one query of funding: each row belongs to one key, and a key gets its row or all of its rows.
macro_rules! loader {
    ($(#[$doc:meta])* $name:ident: $key:ty => one $value:ty, $query:ident, $key_of:expr) => {
        loader!(@of $(#[$doc])* $name);

        impl Loader<$key> for $name {
            type Value = $value;
            type Error = Arc<Fault>;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>, Arc<Fault>> {
                let key_of: fn(&$value) -> $key = $key_of;
                let found = self.app.funding().$query(&self.actor, keys).await?;
                Ok(found.into_iter().map(|row| (key_of(&row), row)).collect())
            }
        }
    };
    ($(#[$doc:meta])* $name:ident: $key:ty => all $value:ty, $query:ident, $key_of:expr) => {
        loader!(@of $(#[$doc])* $name);

        impl Loader<$key> for $name {
            type Value = Vec<$value>;
            type Error = Arc<Fault>;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$value>>, Arc<Fault>> {
                let key_of: fn(&$value) -> $key = $key_of;
                let mut found: HashMap<$key, Vec<$value>> = HashMap::new();
                for row in self.app.funding().$query(&self.actor, keys).await? {
                    found.entry(key_of(&row)).or_default().push(row);
                }
                Ok(found)
            }
        }
    };
    (@of $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub(crate) struct $name {
            app: App,
            actor: Arc<Actor>,
        }

        impl RequestLoader for $name {
            fn new(app: App, actor: Arc<Actor>) -> Self {
                Self { app, actor }
            }
        }
    };
}

loader! {
    /// Those of the budgets that the actor may see.
    Budgets: BudgetId => one Budget, budgets_by_id, |budget| budget.id
}

loader! {
    /// Who owns budgets.
    BudgetOwners: BudgetId => all (BudgetId, EmployeeId), owners_by_budget, |(budget, _)| *budget
}

loader! {
    /// Those of the entries that the actor may see.
    LedgerEntries: LedgerEntryId => one LedgerEntry, ledger_entries_by_id, |entry| entry.id
}

loader! {
    /// Those of the requests that the actor may see.
    Requests: FundingRequestId => one FundingRequest, requests_by_id, |request| request.id
}

loader! {
    /// Those of the steps that the actor may see.
    Steps: ApprovalStepId => one ApprovalStep, steps_by_id, |step| step.id
}

loader! {
    /// The steps of requests.
    RequestSteps: FundingRequestId => all ApprovalStep, steps_by_request, |step| step.request
}

loader! {
    /// Those of the decisions that the actor may see.
    Decisions: DecisionId => one Decision, decisions_by_id, |decision| decision.id
}

loader! {
    /// The decisions about requests.
    RequestDecisions: FundingRequestId => all Decision, decisions_by_request, |decision| decision.request
}

loader! {
    /// What runs for people already.
    Loads: EmployeeId => one Load, loads_by_employee, |load| load.employee
}

loader!(@of
    /// The latest requests of people, as many of each as the key says.
    LatestRequests
);

impl Loader<(EmployeeId, u32)> for LatestRequests {
    type Value = Vec<FundingRequest>;
    type Error = Arc<Fault>;

    async fn load(
        &self,
        keys: &[(EmployeeId, u32)],
    ) -> Result<HashMap<(EmployeeId, u32), Vec<FundingRequest>>, Arc<Fault>> {
        // One statement for each number asked for, which is one in any but a strange document.
        let mut by_number: HashMap<u32, Vec<EmployeeId>> = HashMap::new();
        for (employee, first) in keys {
            by_number.entry(*first).or_default().push(*employee);
        }
        let mut found: HashMap<(EmployeeId, u32), Vec<FundingRequest>> = HashMap::new();
        for (first, employees) in by_number {
            for request in self.app.funding().latest_requests(&self.actor, &employees, first).await? {
                found.entry((request.employee, first)).or_default().push(request);
            }
        }
        Ok(found)
    }
}
