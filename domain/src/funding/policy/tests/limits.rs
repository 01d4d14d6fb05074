use chrono::NaiveDate;

use super::*;
use crate::catalog::ProviderKind;
use crate::funding::fixture::{day, eur, id, request};
use crate::funding::{FundingRequest, LearningLoad, RequestStatus};
use crate::kernel::{Money, Period};
use crate::organization::Department;

/// What the rules say of employee 1, hired on 2020-01-01, on 2026-11-22.
fn told(
    rules: &PolicyRules,
    earlier: &[(NaiveDate, FundingRequest)],
    course: CourseTraits,
    amount: Money,
) -> Vec<String> {
    let person = employee(1);
    let department = |n: u128| Department {
        id: id(n),
        code: n.to_string(),
        name: format!("D{n}"),
        parent: None,
        head: None,
        version: 1,
    };
    let departments = [department(3), department(2)];
    let today = day("2026-11-22");
    let year = Period::fiscal_year(today, 4);
    let load = LearningLoad::of_requests(earlier.iter().map(|(_, request)| request));
    let applicant = Applicant { person: &person, departments: &departments, today, year, earlier, load };
    let objections = rules.objections(applicant, Some(&course), Some(amount));
    objections.iter().map(ToString::to_string).collect()
}

fn asked(on: &str, minor: i64, status: RequestStatus) -> (NaiveDate, FundingRequest) {
    (day(on), FundingRequest { status, ..request(minor) })
}

#[test]
fn a_yearly_cap_counts_what_is_live_or_spent_in_the_fiscal_year() {
    let mut rules = rules(vec![step(0, Approver::Manager)]);
    rules.caps.per_person_and_year = Some(1_000);
    let mut settled = asked("2026-05-01", 400, RequestStatus::Settled);
    (settled.1.settled, settled.1.refunded) = (Some(eur(350)), eur(50));
    let earlier = [
        asked("2026-03-31", 900, RequestStatus::Approved),
        asked("2026-04-01", 200, RequestStatus::Submitted),
        asked("2026-06-01", 500, RequestStatus::Canceled),
        settled,
    ];
    assert_eq!(told(&rules, &earlier, CourseTraits::default(), eur(500)), Vec::<String>::new());
    let message = "the policy allows 10.00 EUR a person from 2026-04-01 to 2027-03-31; 5.00 EUR of it are asked for or \
                   spent, and this request asks for 5.01 EUR";
    assert_eq!(told(&rules, &earlier, CourseTraits::default(), eur(501)), [message]);
    let dollars = Money::sum(99_999, currency("USD"));
    assert_eq!(told(&rules, &earlier, CourseTraits::default(), dollars), Vec::<String>::new());
    assert!(rules.cannot_measure(dollars) && !rules.cannot_measure(eur(1)));
}

#[test]
fn a_request_is_capped_for_all_and_for_each_kind_of_provider() {
    let mut rules = rules(vec![step(0, Approver::Manager)]);
    rules.caps.per_request = Some(900);
    rules.caps.per_provider_kind = vec![ProviderCap { kind: ProviderKind::Company, most: 300 }];
    let at = |kind| CourseTraits { provider_kind: Some(kind), ..CourseTraits::default() };
    let all = "the policy allows 9.00 EUR a request; this one asks for 9.01 EUR";
    let kind = "the policy allows 3.00 EUR a request at a provider of the kind COMPANY; this one asks for";
    assert_eq!(told(&rules, &[], at(ProviderKind::College), eur(900)), Vec::<String>::new());
    assert_eq!(told(&rules, &[], at(ProviderKind::College), eur(901)), [all]);
    assert_eq!(told(&rules, &[], at(ProviderKind::Company), eur(301)), [format!("{kind} 3.01 EUR")]);
    assert_eq!(
        told(&rules, &[], at(ProviderKind::Company), eur(901)),
        [all.to_owned(), format!("{kind} 9.01 EUR")]
    );
}

#[test]
fn who_may_ask_is_told_with_what_was_found() {
    let mut rules = rules(vec![step(0, Approver::Manager)]);
    rules.eligibility = Eligibility {
        minimum_tenure_days: Some(2_518),
        statuses: Some(vec![EmploymentStatus::OnLeave]),
        departments: Some(vec![id(4)]),
        provider_kinds: Some(vec![ProviderKind::College, ProviderKind::University]),
    };
    let outside = CourseTraits { outside_catalog: true, ..CourseTraits::default() };
    assert_eq!(
        told(&rules, &[], outside, eur(1)),
        [
            "the policy asks for 2518 days with the employer; the employee has been here for 2517",
            "the employee is ACTIVE; the policy is for those who are ON_LEAVE",
            "the policy is for some departments and those below them, and 'D3' is not among them",
            "the provider is of a kind that is not known, because the course is outside the catalog; the policy pays \
             for courses of COLLEGE or UNIVERSITY",
        ]
    );
    rules.eligibility = Eligibility {
        minimum_tenure_days: Some(2_517),
        statuses: Some(vec![EmploymentStatus::Active]),
        departments: Some(vec![id(2)]),
        provider_kinds: Some(vec![ProviderKind::College]),
    };
    let college = CourseTraits { provider_kind: Some(ProviderKind::College), ..CourseTraits::default() };
    assert_eq!(told(&rules, &[], college, eur(1)), Vec::<String>::new());
}

#[test]
fn nobody_takes_on_more_at_once_than_the_policy_allows() {
    let mut rules = rules(vec![step(0, Approver::Manager)]);
    rules.workload = Workload { maximum_courses: Some(2), weekly_minutes: Some(301) };
    let mut running = asked("2020-01-01", 1, RequestStatus::Committed);
    (running.1.offer.workload_minutes, running.1.offer.duration_weeks) = (Some(1_000), Some(5));
    let course = |minutes| CourseTraits {
        workload_minutes: Some(minutes),
        duration_weeks: Some(10),
        ..CourseTraits::default()
    };
    assert_eq!(told(&rules, &[running.clone()], course(1_010), eur(1)), Vec::<String>::new());
    let load = "the policy allows 301 minutes of learning a week; with this course it would be 302";
    assert_eq!(told(&rules, &[running.clone()], course(1_011), eur(1)), [load]);
    let earlier = [running.clone(), running, asked("2026-01-01", 1, RequestStatus::Rejected)];
    let courses = "the policy limits courses at once to 2; with this one it would be 3";
    assert_eq!(told(&rules, &earlier, CourseTraits::default(), eur(1)), [courses]);
}

#[test]
fn a_price_is_tolerated_within_both_limits() {
    let tolerance = |basis_points, amount| PriceTolerance { basis_points, amount };
    let above = |tolerance: PriceTolerance| tolerance.above(eur(10_000), currency("EUR"));
    assert_eq!(above(tolerance(None, None)), 0);
    assert_eq!(above(tolerance(Some(500), None)), 500);
    assert_eq!(above(tolerance(None, Some(700))), 700);
    assert_eq!(above(tolerance(Some(500), Some(300))), 300);
    assert_eq!(tolerance(Some(500), Some(300)).above(eur(10_000), currency("USD")), 0);
}
