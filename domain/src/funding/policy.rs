//! The funding policy: who decides a request.
//!
//! A policy is data with a version, and a request keeps the version it was submitted under. There is one policy so
//! far, the built-in one: the manager decides.

use serde::Serialize;

use crate::kernel::EmployeeId;
use crate::organization::Employee;

/// The rules that a request is decided by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingPolicy {
    /// Which version.
    pub version: i32,
    /// The steps of the approval chain, in their order.
    pub steps: Vec<StepRule>,
}

/// One step of an approval chain, before anybody asked for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRule {
    /// Taken for requests of at least this much, in minor units.
    pub from_amount: i64,
    /// Who decides it.
    pub who: Approver,
}

/// Who decides a step, by how they stand to the requester or the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approver {
    /// The nearest manager above the requester who may.
    Manager,
    /// The first owner of the budget who may.
    BudgetOwner,
}

/// In which capacity somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// As a manager above the requester.
    Manager,
    /// As an owner of the budget.
    BudgetOwner,
}

impl Capacity {
    /// Every capacity.
    pub const ALL: [Self; 2] = [Self::Manager, Self::BudgetOwner];

    /// The name in the schema, the database and the journal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manager => "MANAGER",
            Self::BudgetOwner => "BUDGET_OWNER",
        }
    }

    /// The capacity with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.name() == name)
    }
}

/// What a chain is resolved on.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChainContext<'a> {
    pub requester: EmployeeId,
    /// What is asked of the budget, in minor units.
    pub amount: i64,
    /// The managers above the requester, the nearest first.
    pub line_above: &'a [Employee],
    /// The owners of the budget, the longest-standing first.
    pub owners: &'a [Employee],
}

/// One step of a chain, with the person who decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// Who decides it.
    pub assignee: EmployeeId,
    /// In which capacity.
    pub capacity: Capacity,
}

/// Nobody may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "nobody can decide this request: no manager above the employee is at work, and no owner of the budget who is at \
     work is somebody else; give the employee a manager, or the budget another owner"
)]
pub struct NoApprover;

impl FundingPolicy {
    /// The policy of an employer that has not written one.
    pub fn built_in() -> Self {
        Self { version: 1, steps: vec![StepRule { from_amount: 0, who: Approver::Manager }] }
    }

    /// Who decides, step by step. Never the requester (F8): a step that nobody above can take goes to an owner of the
    /// budget, and one that no owner can take goes up the line.
    pub(super) fn chain(&self, context: ChainContext<'_>) -> Result<Vec<Assignment>, NoApprover> {
        let taken = self.steps.iter().filter(|rule| context.amount >= rule.from_amount);
        let assignments = taken.map(|rule| match rule.who {
            Approver::Manager => context.manager().or_else(|| context.owner()),
            Approver::BudgetOwner => context.owner().or_else(|| context.manager()),
        });
        let assignments: Vec<Assignment> = assignments.collect::<Option<_>>().ok_or(NoApprover)?;
        // A chain without a step would approve by itself, which no rule has allowed.
        if assignments.is_empty() { Err(NoApprover) } else { Ok(assignments) }
    }
}

impl ChainContext<'_> {
    fn manager(&self) -> Option<Assignment> {
        self.first(self.line_above, Capacity::Manager)
    }

    fn owner(&self) -> Option<Assignment> {
        self.first(self.owners, Capacity::BudgetOwner)
    }

    fn first(&self, people: &[Employee], capacity: Capacity) -> Option<Assignment> {
        let able = people.iter().find(|person| person.is_present() && person.id() != self.requester);
        able.map(|person| Assignment { assignee: person.id(), capacity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{employee, id};
    use crate::organization::EmploymentStatus;

    fn away(n: u128) -> Employee {
        let mut person = employee(n);
        person.employment.status = EmploymentStatus::OnLeave;
        person
    }

    fn chain(policy: &FundingPolicy, line: &[Employee], owners: &[Employee]) -> Vec<(u128, Capacity)> {
        let context = ChainContext { requester: id(1), amount: 500, line_above: line, owners };
        let assignments = policy.chain(context).unwrap_or_default();
        assignments
            .into_iter()
            .map(|assignment| {
                (crate::kernel::TypedId::uuid(assignment.assignee).as_u128(), assignment.capacity)
            })
            .collect()
    }

    #[test]
    fn f8_the_nearest_manager_at_work_decides_and_never_the_requester() {
        let policy = FundingPolicy::built_in();
        assert_eq!(chain(&policy, &[employee(2), employee(3)], &[]), [(2, Capacity::Manager)]);
        assert_eq!(chain(&policy, &[away(2), employee(3)], &[]), [(3, Capacity::Manager)]);
        assert_eq!(chain(&policy, &[employee(1), employee(3)], &[]), [(3, Capacity::Manager)]);
    }

    #[test]
    fn f8_without_a_manager_an_owner_of_the_budget_decides() {
        let policy = FundingPolicy::built_in();
        assert_eq!(chain(&policy, &[], &[employee(1), employee(4)]), [(4, Capacity::BudgetOwner)]);
        assert_eq!(chain(&policy, &[away(2)], &[away(3), employee(4)]), [(4, Capacity::BudgetOwner)]);
        let alone = ChainContext { requester: id(1), amount: 500, line_above: &[], owners: &[employee(1)] };
        assert_eq!(policy.chain(alone), Err(NoApprover));
    }

    #[test]
    fn steps_begin_at_their_amount() {
        let step = |from_amount, who| StepRule { from_amount, who };
        let policy = |limit| FundingPolicy {
            version: 2,
            steps: vec![step(0, Approver::Manager), step(limit, Approver::BudgetOwner)],
        };
        let assignments = |limit| chain(&policy(limit), &[employee(2)], &[employee(3)]);
        assert_eq!(assignments(501), [(2, Capacity::Manager)]);
        assert_eq!(assignments(500), [(2, Capacity::Manager), (3, Capacity::BudgetOwner)]);
        let nothing = FundingPolicy { version: 2, steps: vec![step(501, Approver::Manager)] };
        assert_eq!(chain(&nothing, &[employee(2)], &[]), []);
    }
}
