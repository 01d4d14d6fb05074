//! Finding the people of an approval chain.
//!
//! A step goes to whom the rule names. Where that is nobody at work or everybody is away, the requester (F8), or under four eyes somebody who
//! decides another step already (F9), it goes up the reporting line, then to the owners of the budget, then to those who
//! run the employer's side of it: `EMPLOYER_ADMIN`, then `HR_ADMIN`.

use crate::access::Role;
use crate::kernel::{EmployeeId, Money};
use crate::organization::Employee;

use super::{Approver, Assignment, Capacity, CourseTraits, NoApprover, PolicyRules, StepRule};

/// The roles that decide what nobody nearer can. The built-in policy does without them.
const LAST_RESORT: [Role; 2] = [Role::EmployerAdmin, Role::HrAdmin];

/// People who may decide by other ways than the reporting line and the budget, as far as the rules need them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::funding) struct Deciders {
    /// The heads of the requester's department and of those above it, the nearest first.
    pub heads: Vec<Employee>,
    /// Who was granted a role, the longest-standing first.
    pub holders: Vec<(Role, Employee)>,
    /// Whom the policy names.
    pub named: Vec<Employee>,
}

/// What a chain is resolved on.
#[derive(Debug, Clone, Copy)]
pub(in crate::funding) struct ChainContext<'a> {
    pub requester: EmployeeId,
    /// What is asked of the budget.
    pub amount: Money,
    pub course: &'a CourseTraits,
    /// The managers above the requester, the nearest first.
    pub line_above: &'a [Employee],
    /// The owners of the budget, the longest-standing first.
    pub owners: &'a [Employee],
    pub deciders: &'a Deciders,
    /// Those of all of these who are away today, with nobody to stand in for them.
    pub absent: &'a [EmployeeId],
}

impl Deciders {
    /// All of them.
    pub(in crate::funding) fn everybody(&self) -> impl Iterator<Item = EmployeeId> + '_ {
        let holders = self.holders.iter().map(|(_, person)| person);
        self.heads.iter().chain(holders).chain(&self.named).map(Employee::id)
    }
}

impl PolicyRules {
    /// The roles whose holders a chain may need.
    pub(in crate::funding) fn roles(&self) -> Vec<Role> {
        let named = self.steps.iter().filter_map(|step| match step.who {
            Approver::Role(role) => Some(role),
            _ => None,
        });
        let mut roles: Vec<Role> = LAST_RESORT.into_iter().chain(named).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The people whom the steps name.
    pub(in crate::funding) fn people(&self) -> Vec<EmployeeId> {
        let named = self.steps.iter().filter_map(|step| match step.who {
            Approver::Person(person) => Some(person),
            _ => None,
        });
        named.collect()
    }

    /// Whether a head of a department decides any step.
    pub(in crate::funding) fn asks_heads(&self) -> bool {
        self.steps.iter().any(|step| step.who == Approver::DepartmentHead)
    }

    /// Who decides, step by step. Never the requester (F8), and nobody twice (F9): somebody who would be asked again
    /// either decides once for both, or the second step moves on.
    pub(in crate::funding) fn chain(&self, context: ChainContext<'_>) -> Result<Vec<Assignment>, NoApprover> {
        let mut chain: Vec<Assignment> = Vec::new();
        for (rule, step) in self.places_for(context.amount, context.course) {
            let taken = |id: EmployeeId| chain.iter().any(|assignment| assignment.assignee == id);
            let people = context.candidates(step);
            let next = people
                .iter()
                .filter(|(person, _)| context.may_decide(person))
                .find(|(person, _)| self.one_person_may_decide_twice || !taken(person.id()));
            let &(person, capacity) = next.ok_or(NoApprover)?;
            if !taken(person.id()) {
                let StepRule { due_within_days, remind_days_before, .. } = *step;
                let assignee = person.id();
                chain.push(Assignment { assignee, capacity, rule, due_within_days, remind_days_before });
            }
        }
        // A chain without a step would approve by itself, which no rule has allowed.
        if chain.is_empty() { Err(NoApprover) } else { Ok(chain) }
    }
}

impl<'a> ChainContext<'a> {
    /// Whether somebody may decide anything here: they are at work, and it is not their own request (F8).
    pub(in crate::funding) fn may_decide(&self, person: &Employee) -> bool {
        let id = person.id();
        person.is_present() && id != self.requester && !self.absent.contains(&id)
    }

    /// Whom one of the policy's steps may go to, the first choice first, whether they may decide or not.
    pub(in crate::funding) fn asked_by(
        &self,
        rules: &PolicyRules,
        rule: i32,
    ) -> Vec<(&'a Employee, Capacity)> {
        let step = usize::try_from(rule).ok().and_then(|place| rules.steps.get(place));
        step.map(|step| self.candidates(step)).unwrap_or_default()
    }

    /// Whom a step may go to, the first choice first.
    fn candidates(&self, step: &StepRule) -> Vec<(&'a Employee, Capacity)> {
        let deciders = self.deciders;
        let line = self.line_above.iter().map(|person| (person, Capacity::Manager));
        let owners = self.owners.iter().map(|person| (person, Capacity::BudgetOwner));
        let holders = move |asked: Role| {
            let of_role = deciders.holders.iter().filter(move |(role, _)| *role == asked);
            of_role.map(|(_, person)| (person, Capacity::RoleHolder))
        };
        let beyond = usize::from(step.who == Approver::ManagersManager);
        let first: Vec<(&Employee, Capacity)> = match step.who {
            Approver::Manager | Approver::ManagersManager => Vec::new(),
            Approver::DepartmentHead => {
                deciders.heads.iter().map(|person| (person, Capacity::DepartmentHead)).collect()
            }
            Approver::BudgetOwner => owners.clone().collect(),
            Approver::Role(role) => holders(role).collect(),
            Approver::Person(id) => {
                let named = deciders.named.iter().filter(move |person| person.id() == id);
                named.map(|person| (person, Capacity::NamedPerson)).collect()
            }
        };
        let last = LAST_RESORT.into_iter().flat_map(holders);
        first.into_iter().chain(line.skip(beyond)).chain(owners).chain(last).collect()
    }
}
