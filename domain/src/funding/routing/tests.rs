use super::*;
use crate::funding::fixture::{at, employee, eur, id, request};
use crate::funding::policy::{CourseTraits, Deciders};
use crate::funding::{Approver, Assignment, Conditions, StepNotice, StepRule, StepStatus};
use crate::kernel::TypedId;

/// A request of employee 1, the people around it, and the steps that it had.
struct Case {
    rules: PolicyRules,
    line: Vec<Employee>,
    owners: Vec<Employee>,
    covered: Vec<EmployeeId>,
    absent: Vec<EmployeeId>,
    steps: Vec<ApprovalStep>,
}

impl Case {
    /// Steps for managers, held by these people.
    fn held_by(line: Vec<Employee>, holders: &[u128]) -> Self {
        let rule = |who| StepRule {
            from_amount: 0,
            who,
            due_within_days: Some(2),
            remind_days_before: 1,
            conditions: Conditions::default(),
        };
        let steps = holders.iter().zip(0..).map(|(holder, rule)| {
            let (assignee, capacity) = (id(*holder), Capacity::Manager);
            let assignment =
                Assignment { assignee, capacity, rule, due_within_days: Some(2), remind_days_before: 1 };
            let mut step = ApprovalStep::pending(id(100 + holder), id(9), rule + 1, assignment);
            if rule == 0 {
                step.begin(at(0));
            }
            step
        });
        let mut rules = PolicyRules::manager_decides(eur(0).currency());
        rules.steps = vec![rule(Approver::Manager), rule(Approver::ManagersManager)];
        Self {
            rules,
            line,
            owners: Vec::new(),
            covered: Vec::new(),
            absent: Vec::new(),
            steps: steps.collect(),
        }
    }

    fn reroute(&mut self, request: &mut FundingRequest) -> Vec<Routed> {
        self.route(request, at(60), FundingRequest::reroute)
    }

    /// Looks at the due date some hours after the first step's turn came.
    fn attend(&mut self, request: &mut FundingRequest, hours: i64) -> Option<Routed> {
        self.route(request, at(hours * 3_600), FundingRequest::attend)
    }

    fn route<T>(
        &mut self,
        request: &mut FundingRequest,
        at: DateTime<Utc>,
        act: impl Fn(&mut FundingRequest, &mut [ApprovalStep], Routing<'_>) -> T,
    ) -> T {
        let (course, deciders) = (CourseTraits::default(), Deciders::default());
        let context = ChainContext {
            requester: request.employee,
            amount: eur(500),
            course: &course,
            line_above: &self.line,
            owners: &self.owners,
            deciders: &deciders,
            absent: &self.absent,
        };
        let routing = Routing { rules: &self.rules, context, covered: &self.covered, decided: &[], at };
        act(request, &mut self.steps, routing)
    }

    fn assignees(&self) -> Vec<u128> {
        self.steps.iter().map(|step| step.assignee.uuid().as_u128()).collect()
    }
}

fn with(n: u128, status: EmploymentStatus) -> Employee {
    let mut person = employee(n);
    person.employment.status = status;
    person
}

/// What became of the steps: from whom, to whom, and why.
fn told(routed: &[Routed]) -> Vec<(u128, Option<u128>, RerouteReason)> {
    let number = |id: EmployeeId| id.uuid().as_u128();
    let told = routed.iter().filter_map(|routed| match *routed {
        Routed::To { from, to, reason, .. } => Some((number(from), Some(number(to)), reason)),
        Routed::Nowhere { assignee, reason, .. } => Some((number(assignee), None, reason)),
        _ => None,
    });
    told.collect()
}

#[test]
fn f11_a_step_stays_with_whoever_may_still_decide_it() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![employee(2), employee(3)], &[2, 3]);
    assert_eq!((case.reroute(&mut request), request.version), (Vec::new(), 1));
    // A nearer manager who came later takes nothing away.
    case.line.insert(0, employee(4));
    assert_eq!(case.reroute(&mut request), Vec::new());
}

#[test]
fn f11_a_leavers_step_goes_to_the_next_who_holds_no_other() {
    let mut request = request(500);
    let line = vec![with(2, EmploymentStatus::Left), employee(3), employee(4)];
    let mut case = Case::held_by(line, &[2, 3]);
    assert_eq!(told(&case.reroute(&mut request)), [(2, Some(4), RerouteReason::Left)]);
    assert_eq!((case.assignees(), request.version), (vec![4, 3], 2));
    let step = &case.steps[0];
    let two_days = at(60) + chrono::TimeDelta::days(2);
    assert_eq!((step.waiting_since, step.due_at), (Some(at(60)), Some(two_days)));
    assert_eq!(case.reroute(&mut request), Vec::new());
}

#[test]
fn f11_who_is_away_keeps_a_step_only_while_somebody_stands_in() {
    let mut request = request(500);
    let line = vec![with(2, EmploymentStatus::OnLeave), employee(3)];
    let mut case = Case::held_by(line, &[2]);
    case.covered.push(id(2));
    assert_eq!(case.reroute(&mut request), Vec::new());
    case.covered.clear();
    assert_eq!(told(&case.reroute(&mut request)), [(2, Some(3), RerouteReason::Away)]);
}

#[test]
fn f11_an_absence_gives_the_step_to_the_next_who_is_there() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![employee(2), employee(3), employee(4)], &[2]);
    case.absent = vec![id(2), id(3)];
    assert_eq!(told(&case.reroute(&mut request)), [(2, Some(4), RerouteReason::Away)]);
}

#[test]
fn f8_a_step_whose_approver_became_the_requester_moves_on() {
    let mut own = FundingRequest { employee: id(2), ..request(500) };
    let mut case = Case::held_by(vec![employee(3)], &[2]);
    assert_eq!(told(&case.reroute(&mut own)), [(2, Some(3), RerouteReason::OwnRequest)]);
}

#[test]
fn f11_who_left_the_line_or_the_budget_gives_the_step_away() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![employee(3), employee(4)], &[2]);
    assert_eq!(told(&case.reroute(&mut request)), [(2, Some(3), RerouteReason::RelationLost)]);
    case.steps[0].capacity = Capacity::BudgetOwner;
    case.owners = vec![employee(5)];
    assert_eq!(told(&case.reroute(&mut request)), [(3, Some(4), RerouteReason::RelationLost)]);
}

#[test]
fn f11_where_nobody_is_left_it_is_told_once_until_somebody_is() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![with(2, EmploymentStatus::OnLeave)], &[2]);
    assert_eq!(told(&case.reroute(&mut request)), [(2, None, RerouteReason::Away)]);
    assert_eq!((case.steps[0].stranded_at, case.assignees()), (Some(at(60)), vec![2]));
    assert_eq!(case.reroute(&mut request), Vec::new());
    case.line[0].employment.status = EmploymentStatus::Active;
    assert_eq!(case.reroute(&mut request), [Routed::Restored]);
    assert_eq!(case.steps[0].stranded_at, None);
    case.line[0].employment.status = EmploymentStatus::Left;
    assert_eq!(told(&case.reroute(&mut request)), [(2, None, RerouteReason::Left)]);
    case.owners.push(employee(5));
    assert_eq!(told(&case.reroute(&mut request)), [(2, Some(5), RerouteReason::Left)]);
    assert_eq!((case.steps[0].stranded_at, case.steps[0].capacity), (None, Capacity::BudgetOwner));
}

#[test]
fn what_is_decided_or_over_is_not_touched() {
    let mut case = Case::held_by(vec![employee(3)], &[2]);
    let mut over = FundingRequest { status: RequestStatus::Rejected, ..request(500) };
    assert_eq!(case.reroute(&mut over), Vec::new());
    case.steps[0].status = StepStatus::Decided;
    assert_eq!(case.reroute(&mut request(500)), Vec::new());
}

/// Every line of up to four people, each at work, away, gone or the requester themself, with and without four eyes.
#[test]
fn f8_f9_f11_every_open_step_is_with_somebody_who_may_or_is_told_of() {
    let person = |n: u128, state: u32| match state {
        0 => employee(n),
        1 => with(n, EmploymentStatus::OnLeave),
        2 => with(n, EmploymentStatus::Left),
        _ => employee(1),
    };
    for (seed, twice) in (0..256_u32).flat_map(|seed| [(seed, false), (seed, true)]) {
        let line: Vec<Employee> =
            (2..6).zip(0..4).map(|(n, place)| person(n, seed >> (2 * place) & 3)).collect();
        let mut case = Case::held_by(line, &[2, 3]);
        case.rules.one_person_may_decide_twice = twice;
        let mut asked = request(500);
        case.reroute(&mut asked);
        for step in &case.steps {
            assert_ne!(step.assignee, asked.employee, "{seed} {twice}");
            let at_work = case.line.iter().any(|person| person.id() == step.assignee && person.is_present());
            assert!(at_work || step.stranded_at.is_some(), "{seed} {twice}");
        }
        let both_well = case.steps.iter().all(|step| step.stranded_at.is_none());
        assert!(twice || !both_well || case.assignees()[0] != case.assignees()[1], "{seed}");
        assert_eq!(case.reroute(&mut asked), Vec::new(), "{seed} {twice}: twice is as good as once");
    }
}

#[test]
fn f11_reminders_are_given_once_each_and_then_the_step_goes_up() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![employee(2), employee(3), employee(4)], &[2, 3]);
    let (step, due_at) = (case.steps[0].id, at(48 * 3_600));
    let reminded = |notice| Some(Routed::Reminded { step, assignee: id(2), notice, due_at });
    assert_eq!(case.attend(&mut request, 23), None);
    assert_eq!(case.attend(&mut request, 24), reminded(StepNotice::DueSoon));
    assert_eq!(case.attend(&mut request, 47), None);
    assert_eq!(case.attend(&mut request, 48), reminded(StepNotice::Due));
    assert_eq!((case.attend(&mut request, 71), request.version), (None, 1));
    // Employee 3 holds the other step, and under four eyes does not decide this one too.
    let (from, to, capacity) = (id(2), id(4), Capacity::Manager);
    assert_eq!(case.attend(&mut request, 72), Some(Routed::Escalated { step, from, to, capacity, due_at }));
    assert_eq!((case.assignees(), request.version), (vec![4, 3], 2));
    let step = &case.steps[0];
    assert_eq!((step.escalated_at, step.escalated_from), (Some(at(72 * 3_600)), Some(from)));
    assert_eq!((step.due_at, step.notice), (Some(at(120 * 3_600)), StepNotice::Nothing));
    assert_eq!(case.attend(&mut request, 95), None);
}

#[test]
fn f11_at_the_end_of_the_line_it_stays_and_is_told_once() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![employee(3), employee(2)], &[2]);
    let (step, assignee, due_at) = (case.steps[0].id, id(2), at(48 * 3_600));
    // Employee 3 stands before employee 2, not after. Nobody looked for a week, so nobody is reminded late.
    assert_eq!(case.attend(&mut request, 168), Some(Routed::Overdue { step, assignee, due_at }));
    assert_eq!((case.attend(&mut request, 200), case.steps[0].attend_at()), (None, None));
    assert_eq!((case.assignees(), case.steps[0].escalated_at), (vec![2], None));
}

#[test]
fn f11_a_step_without_a_due_date_is_never_overdue_and_a_short_one_is_not_spoken_of_at_once() {
    let mut request = request(500);
    let mut case = Case::held_by(vec![employee(2), employee(3)], &[2]);
    case.steps[0].remind_days_before = 2;
    assert_eq!(case.steps[0].attend_at(), Some(at(48 * 3_600)));
    case.steps[0].due_at = None;
    assert_eq!((case.steps[0].attend_at(), case.attend(&mut request, 10_000)), (None, None));
    let mut pending = Case::held_by(vec![employee(2), employee(3)], &[2, 3]);
    pending.steps[0].status = StepStatus::Decided;
    assert_eq!(pending.attend(&mut request, 10_000), None);
}
