//! Who tells the story: the use cases, the clock, and everybody who acts in it.

use std::fmt::Display;
use std::sync::Arc;

use upskill_domain::access::{Actor, Role, Roles, Who};
use upskill_domain::app::App;
use upskill_domain::kernel::{Currency, DepartmentId, EmployeeId, EmployerId, Failure, Money};

use super::company::Company;
use super::time::{Calendar, StoryClock};

/// The use cases with the story's clock, and the people who act.
pub(super) struct Teller {
    pub app: App,
    pub clock: Arc<StoryClock>,
    pub company: &'static Company,
    pub calendar: Calendar,
    pub employer: EmployerId,
    /// Runs the catalog and the programs.
    pub hr: Actor,
    /// Moves the money.
    pub finance: Actor,
    /// The people's ids, in the order of the workforce.
    pub people: Vec<EmployeeId>,
    /// The departments' ids, in the order of the places.
    pub places: Vec<DepartmentId>,
}

impl Teller {
    /// A person acting without a granted role.
    pub(super) fn actor(&self, person: usize) -> Actor {
        acting(self.employer, self.people[person], None)
    }

    /// An amount of the employer's currency.
    pub(super) fn money(&self, minor: i64) -> anyhow::Result<Money> {
        Ok(Money::new(minor, Currency::parse(self.company.currency)?)?)
    }
}

/// A person acting.
pub(super) fn acting(employer: EmployerId, person: EmployeeId, role: Option<Role>) -> Actor {
    let roles: Roles = role.into_iter().collect();
    Actor { employer, who: Who::Employee(person), roles, request_id: "seed".to_owned() }
}

/// What a command did. The story is made so that nothing in it is refused; if something is, that is a defect of it.
pub(super) fn done<T, R: Display>(what: &str, outcome: Result<T, Failure<R>>) -> anyhow::Result<T> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(refusal) => anyhow::anyhow!("the seed could not {what}: {refusal}"),
        Failure::Fault(fault) => anyhow::Error::new(fault).context(format!("the seed could not {what}")),
    })
}
