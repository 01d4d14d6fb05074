use super::*;
use crate::access::Role;
use crate::catalog::ProviderKind;
use crate::funding::fixture::{at, id};

/// Clara at the top, and under her Xenia, who holds `EMPLOYER_ADMIN`.
fn facts() -> PolicyFacts {
    let (clara, xenia) = (employee(1), employee(2));
    PolicyFacts {
        departments: vec![id(1)],
        deciders: Deciders { holders: vec![(Role::EmployerAdmin, xenia.clone())], ..Deciders::default() },
        hard_cases: vec![(clara.clone(), Vec::new()), (xenia, vec![clara])],
    }
}

fn told(rules: &PolicyRules) -> Vec<String> {
    rules.problems(&facts()).iter().map(ToString::to_string).collect()
}

fn policy(number: Option<i32>) -> FundingPolicy {
    let name = Text::line("Learning", Text::NAME).unwrap_or_else(|error| panic!("{error}"));
    let rules = rules(vec![step(0, Approver::Manager)]);
    FundingPolicy { number, ..FundingPolicy::draft(id(1), name, rules, (None, at(0))) }
}

#[test]
fn a_policy_that_holds_has_no_problem() {
    assert_eq!(told(&rules(vec![step(0, Approver::Manager)])), Vec::<String>::new());
}

#[test]
fn every_amount_is_decided_by_somebody() {
    let message = |amount: &str, why: &str| {
        [format!("a request of {amount} for a course of the catalog would be decided by nobody: {why}")]
    };
    assert_eq!(told(&rules(Vec::new())), message("0.00 EUR", "there is no step without conditions"));
    let mut policy = rules(vec![step(200_000, Approver::Manager)]);
    let why = "the first step without conditions begins at 2000.00 EUR";
    assert_eq!(told(&policy), message("0.00 EUR", why));
    policy.auto_approve_up_to = Some(50_000);
    assert_eq!(told(&policy), message("500.01 EUR", why));
    policy.auto_approve_up_to = Some(199_999);
    assert_eq!(told(&policy), Vec::<String>::new());
    policy.steps[0].conditions.outside_catalog = true;
    assert_eq!(told(&policy), message("2000.00 EUR", "there is no step without conditions"));
}

#[test]
fn those_whom_steps_name_are_there() {
    let steps = [
        step(0, Approver::Manager),
        step(100, Approver::Person(id(9))),
        step(200, Approver::Role(Role::Finance)),
        step(300, Approver::Role(Role::Auditor)),
    ];
    let mut facts = facts();
    assert_eq!(
        rules(steps.to_vec()).problems(&facts).iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            format!("a request of 1.00 EUR would wait for {}, who is not at work; name somebody else", id::<EmployeeId>(9)),
            "a request of 2.00 EUR would wait for somebody with the role FINANCE, which nobody at work holds".to_owned(),
            "AUDITOR cannot decide; a step takes HR_ADMIN, FINANCE or EMPLOYER_ADMIN, and MANAGER, DEPARTMENT_HEAD and \
             BUDGET_OWNER without naming a role"
                .to_owned(),
        ]
    );
    facts.deciders.named = vec![away(9)];
    let named = rules(steps[..2].to_vec()).problems(&facts);
    let message = "a request of 1.00 EUR would wait for Name 9, who is not at work; name somebody else";
    assert_eq!(named.iter().map(ToString::to_string).collect::<Vec<_>>(), [message]);
}

#[test]
fn f9_a_request_that_not_enough_people_are_left_for_is_named() {
    let two = rules(vec![step(0, Approver::Manager), step(5_000, Approver::DepartmentHead)]);
    assert_eq!(
        told(&two),
        [
            "a request of 50.00 EUR by Name 1, to a budget without an owner at work, could not be decided: it takes 2 steps, \
             and not enough people are left in the line above, with EMPLOYER_ADMIN or with HR_ADMIN"
        ]
    );
    let once = PolicyRules { one_person_may_decide_twice: true, ..two };
    assert_eq!(told(&once), Vec::<String>::new());
}

#[test]
fn numbers_lists_and_amounts_make_sense() {
    let mut policy = rules(vec![step(0, Approver::Manager)]);
    policy.reservation_days = 0;
    policy.steps[0].due_within_days = Some(400);
    policy.caps = Caps {
        per_person_and_year: Some(100),
        per_request: Some(200),
        per_provider_kind: vec![
            ProviderCap { kind: ProviderKind::College, most: 300 },
            ProviderCap { kind: ProviderKind::College, most: 0 },
        ],
    };
    policy.eligibility.statuses = Some(Vec::new());
    policy.eligibility.departments = Some(vec![id(1), id(2)]);
    assert_eq!(
        told(&policy),
        [
            "reservationDays is 0; it is 1 to 730".to_owned(),
            "steps.0.dueWithinDays is 400; it is 1 to 365".to_owned(),
            "caps.perProviderKind.COLLEGE is 3.00 EUR, but caps.perRequest allows 2.00 EUR only".to_owned(),
            "caps.perProviderKind.COLLEGE is 0.00 EUR; a limit is above 0".to_owned(),
            "caps.perRequest is 2.00 EUR, but caps.perPersonAndYear allows 1.00 EUR only".to_owned(),
            "eligibility.statuses is an empty list, which nobody could meet; leave it out to ask for nothing"
                .to_owned(),
            "caps.perProviderKind names COLLEGE twice".to_owned(),
            format!("there is no department {}", id::<crate::kernel::DepartmentId>(2)),
        ]
    );
}

#[test]
fn versions_count_from_two_and_what_was_published_stays() {
    let mut first = policy(None);
    assert_eq!(first.publish(None, (Some(id(3)), at(5))), Ok(2));
    assert_eq!((first.number, first.published_by, first.published_at), (Some(2), Some(id(3)), Some(at(5))));
    let mut second = policy(None);
    assert_eq!(second.publish(Some(2), (None, at(6))), Ok(3));
    assert_eq!(
        first.change(None, None),
        Err(ChangePolicyRefusal::NotADraft(NotADraft(PolicyStatus::Published)))
    );
    first.supersede(at(6));
    assert_eq!(first.publish(Some(3), (None, at(7))), Err(NotADraft(PolicyStatus::Superseded)));
    assert_eq!(second.in_force().map(|policy| policy.version), Some(3));
}

#[test]
fn a_change_that_changes_nothing_is_none() {
    let mut draft = policy(None);
    let same = draft.rules.clone();
    assert_eq!(draft.change(None, Some(same)), Ok(false));
    let other = PolicyRules { reservation_days: 30, ..draft.rules.clone() };
    assert_eq!((draft.change(None, Some(other)), draft.version), (Ok(true), 2));
}
