use super::*;
use crate::access::Role;
use crate::catalog::ProviderKind;
use crate::funding::fixture::{eur, id};
use crate::kernel::Money;

/// People around employee 1, who asks for 5.00 EUR.
struct Around {
    line: Vec<Employee>,
    owners: Vec<Employee>,
    deciders: Deciders,
    course: CourseTraits,
    amount: Money,
    absent: Vec<EmployeeId>,
}

impl Around {
    fn line(line: &[Employee]) -> Self {
        Self {
            line: line.to_vec(),
            owners: Vec::new(),
            deciders: Deciders::default(),
            course: CourseTraits::default(),
            amount: eur(500),
            absent: Vec::new(),
        }
    }

    fn owners(mut self, owners: &[Employee]) -> Self {
        self.owners = owners.to_vec();
        self
    }

    fn holders(mut self, holders: &[(Role, u128)]) -> Self {
        self.deciders.holders = holders.iter().map(|(role, n)| (*role, employee(*n))).collect();
        self
    }

    fn chain(&self, rules: &PolicyRules) -> Result<Vec<(u128, Capacity)>, NoApprover> {
        let chain = rules.chain(ChainContext {
            requester: id(1),
            amount: self.amount,
            course: &self.course,
            line_above: &self.line,
            owners: &self.owners,
            deciders: &self.deciders,
            absent: &self.absent,
        })?;
        Ok(chain.iter().map(|step| (step.assignee.uuid().as_u128(), step.capacity)).collect())
    }
}

#[test]
fn f8_the_nearest_manager_at_work_decides_and_never_the_requester() {
    let rules = PolicyInForce::built_in(currency("EUR")).rules;
    let chain = |line: &[Employee]| Around::line(line).chain(&rules);
    assert_eq!(chain(&[employee(2), employee(3)]), Ok(vec![(2, Capacity::Manager)]));
    assert_eq!(chain(&[away(2), employee(3)]), Ok(vec![(3, Capacity::Manager)]));
    assert_eq!(chain(&[employee(1), employee(3)]), Ok(vec![(3, Capacity::Manager)]));
}

#[test]
fn f8_without_a_manager_an_owner_of_the_budget_decides() {
    let rules = PolicyInForce::built_in(currency("EUR")).rules;
    let chain = |line: &[Employee], owners: &[Employee]| Around::line(line).owners(owners).chain(&rules);
    assert_eq!(chain(&[], &[employee(1), employee(4)]), Ok(vec![(4, Capacity::BudgetOwner)]));
    assert_eq!(chain(&[away(2)], &[away(3), employee(4)]), Ok(vec![(4, Capacity::BudgetOwner)]));
    assert_eq!(chain(&[], &[employee(1)]), Err(NoApprover));
}

#[test]
fn f8_what_nobody_nearer_decides_goes_to_those_who_run_the_employer() {
    let rules = rules(vec![step(0, Approver::DepartmentHead)]);
    let around = Around::line(&[away(2)]).owners(&[employee(1)]);
    let around = around.holders(&[(Role::HrAdmin, 6), (Role::EmployerAdmin, 1), (Role::EmployerAdmin, 5)]);
    assert_eq!(around.chain(&rules), Ok(vec![(5, Capacity::RoleHolder)]));
    let headed = Deciders { heads: vec![employee(1), employee(7)], ..Deciders::default() };
    let around = Around { deciders: headed, ..Around::line(&[employee(2)]) };
    assert_eq!(around.chain(&rules), Ok(vec![(7, Capacity::DepartmentHead)]));
}

#[test]
fn every_sort_of_step_finds_its_person() {
    let who = [
        Approver::Manager,
        Approver::ManagersManager,
        Approver::BudgetOwner,
        Approver::Role(Role::Finance),
        Approver::Person(id(8)),
    ];
    let rules = rules(who.map(|who| step(0, who)).to_vec());
    let mut around = Around::line(&[employee(2), employee(3)]).owners(&[employee(4)]);
    around = around.holders(&[(Role::Finance, 5)]);
    around.deciders.named = vec![employee(8)];
    let (line, owner) = (Capacity::Manager, Capacity::BudgetOwner);
    let chain = vec![(2, line), (3, line), (4, owner), (5, Capacity::RoleHolder), (8, Capacity::NamedPerson)];
    assert_eq!(around.chain(&rules), Ok(chain));
}

#[test]
fn f9_a_second_step_of_the_same_person_moves_up_or_is_decided_with_the_first() {
    let mut rules = rules(vec![step(0, Approver::Manager), step(0, Approver::BudgetOwner)]);
    let around = Around::line(&[employee(2), employee(3)]).owners(&[employee(2)]);
    assert_eq!(around.chain(&rules), Ok(vec![(2, Capacity::Manager), (3, Capacity::Manager)]));
    let alone = Around::line(&[employee(2)]).owners(&[employee(2)]);
    assert_eq!(alone.chain(&rules), Err(NoApprover));
    rules.one_person_may_decide_twice = true;
    assert_eq!(alone.chain(&rules), Ok(vec![(2, Capacity::Manager)]));
}

#[test]
fn steps_begin_at_their_amount() {
    let rules = rules(vec![step(0, Approver::Manager), step(501, Approver::BudgetOwner)]);
    let around = Around::line(&[employee(2)]).owners(&[employee(3)]);
    let (first, second) = ((2, Capacity::Manager), (3, Capacity::BudgetOwner));
    assert_eq!(around.chain(&rules), Ok(vec![first]));
    assert_eq!(Around { amount: eur(501), ..around }.chain(&rules), Ok(vec![first, second]));
    let around = Around::line(&[employee(2)]).owners(&[employee(3)]);
    let dollars = Around { amount: Money::sum(1, currency("USD")), ..around };
    assert_eq!(
        dollars.chain(&rules),
        Ok(vec![first, second]),
        "an amount that cannot be measured takes all steps"
    );
}

#[test]
fn conditions_add_up() {
    let conditions = Conditions {
        provider_kinds: vec![ProviderKind::University],
        outside_catalog: false,
        over_workload_minutes: Some(600),
    };
    let conditional = StepRule { conditions, ..step(0, Approver::BudgetOwner) };
    let rules = rules(vec![step(0, Approver::Manager), conditional]);
    let steps = |course: CourseTraits| {
        let around = Around { course, ..Around::line(&[employee(2)]).owners(&[employee(3)]) };
        around.chain(&rules).map(|chain| chain.len())
    };
    let course = |kind, workload_minutes| CourseTraits {
        provider_kind: Some(kind),
        workload_minutes,
        ..CourseTraits::default()
    };
    assert_eq!(steps(course(ProviderKind::University, Some(601))), Ok(2));
    assert_eq!(steps(course(ProviderKind::University, Some(600))), Ok(1));
    assert_eq!(steps(course(ProviderKind::University, None)), Ok(1));
    assert_eq!(steps(course(ProviderKind::College, Some(601))), Ok(1));
}

#[test]
fn what_the_policy_would_approve_takes_the_steps_of_the_least_that_people_decide() {
    let mut rules = rules(vec![step(1_001, Approver::Manager)]);
    rules.auto_approve_up_to = Some(1_000);
    assert!(rules.auto_approves(eur(1_000)) && !rules.auto_approves(eur(1_001)));
    assert!(!rules.auto_approves(Money::sum(1, currency("USD"))));
    assert_eq!(Around::line(&[employee(2)]).chain(&rules), Ok(vec![(2, Capacity::Manager)]));
}

#[test]
fn f11_who_is_away_today_is_not_asked() {
    let rules = PolicyInForce::built_in(currency("EUR")).rules;
    let around = Around { absent: vec![id(2)], ..Around::line(&[employee(2), employee(3)]) };
    assert_eq!(around.chain(&rules), Ok(vec![(3, Capacity::Manager)]));
    let nobody = Around { absent: vec![id(2), id(3)], ..around };
    assert_eq!(nobody.chain(&rules), Err(NoApprover));
}
