//! Whether a policy holds as a whole: its numbers make sense, and every request that it lets through can be decided.

use std::collections::HashSet;
use std::hash::Hash;

use crate::access::Role;
use crate::kernel::{DepartmentId, EmployeeId, Money, Text};
use crate::organization::Employee;

use super::{Approver, ChainContext, CourseTraits, Deciders, PolicyProblem, PolicyRules, StepRule};

/// What a policy is checked against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::funding) struct PolicyFacts {
    /// The departments that there are, of those that are asked about.
    pub departments: Vec<DepartmentId>,
    /// Who holds roles, and who is named.
    pub deciders: Deciders,
    /// The people with the shortest way up, each with the managers above them: those at the top of the line, and those
    /// who decide for others when nobody else can.
    pub hard_cases: Vec<(Employee, Vec<Employee>)>,
}

/// The roles whose holders act, rather than only read.
const DECIDING: [Role; 3] = [Role::HrAdmin, Role::Finance, Role::EmployerAdmin];

const MOST_DAYS: i64 = 36_500;
const MOST_WEEKLY_MINUTES: i64 = 10_080;

impl PolicyRules {
    /// Everything for which the policy does not hold as a whole.
    pub(in crate::funding) fn problems(&self, facts: &PolicyFacts) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        self.check_numbers(&mut problems);
        self.check_amounts(&mut problems);
        self.check_lists(facts, &mut problems);
        self.check_buckets(&mut problems);
        self.check_cover(&mut problems);
        self.check_people(facts, &mut problems);
        // Whether people are left is asked of steps that could be taken at all.
        if problems.is_empty() {
            problems.extend(self.undecidable(facts));
        }
        problems
    }

    fn check_numbers(&self, problems: &mut Vec<PolicyProblem>) {
        let of = |value: Option<i32>| value.map(i64::from);
        let mut numbers = vec![
            (
                "eligibility.minimumTenureDays".to_owned(),
                of(self.eligibility.minimum_tenure_days),
                1,
                MOST_DAYS,
            ),
            ("workload.maximumCourses".to_owned(), of(self.workload.maximum_courses), 1, 100),
            ("workload.weeklyMinutes".to_owned(), of(self.workload.weekly_minutes), 1, MOST_WEEKLY_MINUTES),
            ("priceTolerance.basisPoints".to_owned(), of(self.price_tolerance.basis_points), 0, 10_000),
            (
                "employeeShare.basisPoints".to_owned(),
                of(self.employee_share.map(|share| share.basis_points)),
                1,
                10_000,
            ),
            ("reservationDays".to_owned(), Some(self.reservation_days.into()), 1, 730),
        ];
        for (place, step) in self.steps.iter().enumerate() {
            let rule = |name: &str| format!("steps.{place}.{name}");
            let over = step.conditions.over_workload_minutes;
            numbers.push((rule("dueWithinDays"), of(step.due_within_days), 1, 365));
            numbers.push((rule("remindDaysBefore"), Some(step.remind_days_before.into()), 0, 365));
            numbers.push((rule("conditions.overWorkloadMinutes"), of(over), 1, 600_000));
        }
        problems.extend(numbers.into_iter().filter_map(|(rule, given, least, most)| {
            let given = given.filter(|given| !(least..=most).contains(given))?;
            Some(PolicyProblem::OutOfRange { rule, given, least, most })
        }));
    }

    fn check_amounts(&self, problems: &mut Vec<PolicyProblem>) {
        let once = self.caps.per_request;
        let limits = [
            ("caps.perPersonAndYear".to_owned(), self.caps.per_person_and_year),
            ("caps.perRequest".to_owned(), once),
            ("autoApproveUpTo".to_owned(), self.auto_approve_up_to),
        ];
        let kinds = self.caps.per_provider_kind.iter();
        let kinds = kinds.map(|cap| (format!("caps.perProviderKind.{}", cap.kind.name()), Some(cap.most)));
        for (rule, limit) in limits.into_iter().chain(kinds) {
            let Some(given) = limit else { continue };
            if given <= 0 {
                problems.push(PolicyProblem::NotPositive { rule, given: self.money(given) });
            } else if let Some(limit) = once.filter(|once| rule != "caps.perPersonAndYear" && given > *once) {
                let (given, limit) = (self.money(given), self.money(limit));
                problems.push(PolicyProblem::Beyond { rule, given, within: "caps.perRequest", limit });
            }
        }
        if let (Some(once), Some(year)) = (once, self.caps.per_person_and_year)
            && once > year
        {
            let (given, limit) = (self.money(once), self.money(year));
            let (rule, within) = ("caps.perRequest".to_owned(), "caps.perPersonAndYear");
            problems.push(PolicyProblem::Beyond { rule, given, within, limit });
        }
        let amounts = self
            .steps
            .iter()
            .enumerate()
            .map(|(place, step)| (format!("steps.{place}.fromAmount"), step.from_amount));
        let tolerated =
            self.price_tolerance.amount.map(|amount| ("priceTolerance.amount".to_owned(), amount));
        let shared = self.employee_share.map(|share| ("employeeShare.above".to_owned(), share.above));
        for (rule, given) in amounts.chain(tolerated).chain(shared).filter(|(_, amount)| *amount < 0) {
            problems.push(PolicyProblem::OutOfRange { rule, given, least: 0, most: Money::MAX_MINOR });
        }
    }

    fn check_lists(&self, facts: &PolicyFacts, problems: &mut Vec<PolicyProblem>) {
        let rule = &self.eligibility;
        let empty = [
            ("eligibility.statuses", rule.statuses.as_ref().is_some_and(Vec::is_empty)),
            ("eligibility.departments", rule.departments.as_ref().is_some_and(Vec::is_empty)),
            ("eligibility.providerKinds", rule.provider_kinds.as_ref().is_some_and(Vec::is_empty)),
        ];
        let empty = empty.into_iter().filter(|(_, empty)| *empty);
        problems.extend(empty.map(|(rule, _)| PolicyProblem::EmptyList { rule }));
        let kinds = self.caps.per_provider_kind.iter().map(|cap| cap.kind);
        if let Some(kind) = twice(kinds) {
            let value = kind.name().to_owned();
            problems.push(PolicyProblem::Twice { rule: "caps.perProviderKind", value });
        }
        let unknown = rule.departments.iter().flatten().filter(|id| !facts.departments.contains(id));
        problems.extend(unknown.map(|id| PolicyProblem::UnknownDepartment(*id)));
    }

    fn check_buckets(&self, problems: &mut Vec<PolicyProblem>) {
        for (place, bucket) in self.tax_buckets.iter().enumerate() {
            let rule = |name: &str| format!("taxBuckets.{place}.{name}");
            if bucket.limit <= 0 {
                problems.push(PolicyProblem::NotPositive { rule: rule("amount"), given: bucket.free() });
            }
            for (name, text) in [("code", &bucket.code), ("name", &bucket.name)] {
                if let Err(error) = Text::line(text, Text::NAME) {
                    problems.push(PolicyProblem::InvalidText { rule: rule(name), error });
                }
            }
            if bucket.work_countries.as_ref().is_some_and(Vec::is_empty) {
                problems.push(PolicyProblem::EmptyList { rule: "taxBuckets.workCountries" });
            }
            if let Some(country) = twice(bucket.work_countries.iter().flatten().copied()) {
                let value = country.to_string();
                problems.push(PolicyProblem::Twice { rule: "taxBuckets.workCountries", value });
            }
        }
        if let Some(code) = twice(self.tax_buckets.iter().map(|bucket| bucket.code.as_str())) {
            problems.push(PolicyProblem::Twice { rule: "taxBuckets", value: code.to_owned() });
        }
    }

    /// Every amount that the policy does not approve by itself has a step that is taken whatever the course is.
    fn check_cover(&self, problems: &mut Vec<PolicyProblem>) {
        let always = self.steps.iter().filter(|step| step.conditions.is_none());
        let first = always.map(|step| step.from_amount).min();
        let least = self.decided_from();
        if first.is_none_or(|first| first > least) {
            let (amount, first) = (self.money(least), first.map(|first| self.money(first)));
            problems.push(PolicyProblem::Uncovered { amount, first });
        }
    }

    fn check_people(&self, facts: &PolicyFacts, problems: &mut Vec<PolicyProblem>) {
        let amount = |step: &StepRule| self.money(step.from_amount.max(self.decided_from()));
        for step in &self.steps {
            match step.who {
                Approver::Person(person) => {
                    let found = facts.deciders.named.iter().find(|named| named.id() == person);
                    if !found.is_some_and(Employee::is_present) {
                        let name =
                            found.map_or_else(|| person.to_string(), |found| found.colleague.name.clone());
                        problems.push(PolicyProblem::PersonAbsent { person, name, amount: amount(step) });
                    }
                }
                Approver::Role(role) if !DECIDING.contains(&role) => {
                    problems.push(PolicyProblem::RoleCannotDecide(role));
                }
                Approver::Role(role) => {
                    let mut holders = facts.deciders.holders.iter().filter(|(held, _)| *held == role);
                    if !holders.any(|(_, holder)| holder.is_present()) {
                        problems.push(PolicyProblem::RoleUnheld { role, amount: amount(step) });
                    }
                }
                Approver::Manager
                | Approver::ManagersManager
                | Approver::DepartmentHead
                | Approver::BudgetOwner => {}
            }
        }
    }

    /// The first request of one of the hard cases that nobody would be left to decide. Departments are taken to have no
    /// head and budgets no owner, as they may have none tomorrow.
    fn undecidable(&self, facts: &PolicyFacts) -> Option<PolicyProblem> {
        let mut amounts: Vec<i64> = self.steps.iter().map(|step| step.from_amount).collect();
        amounts.push(self.decided_from());
        amounts.retain(|amount| *amount >= self.decided_from());
        amounts.sort_unstable();
        amounts.dedup();
        let mut courses: Vec<CourseTraits> = self.steps.iter().map(StepRule::taken_by).collect();
        courses.insert(0, CourseTraits::default());
        let deciders = Deciders { heads: Vec::new(), ..facts.deciders.clone() };
        let cases =
            amounts.iter().flat_map(|amount| courses.iter().map(move |course| (self.money(*amount), course)));
        for (amount, course) in cases {
            for (person, line_above) in &facts.hard_cases {
                let context = ChainContext {
                    requester: person.id(),
                    amount,
                    course,
                    line_above,
                    owners: &[],
                    deciders: &deciders,
                    absent: &[],
                };
                if self.chain(context).is_err() {
                    let (name, steps) =
                        (person.colleague.name.clone(), self.steps_for(amount, course).count());
                    return Some(PolicyProblem::Undecidable { name, amount, steps });
                }
            }
        }
        None
    }
}

impl StepRule {
    /// A course that meets the step's conditions.
    fn taken_by(&self) -> CourseTraits {
        CourseTraits {
            provider_kind: self.conditions.provider_kinds.first().copied(),
            outside_catalog: self.conditions.outside_catalog,
            workload_minutes: self.conditions.over_workload_minutes.map(|limit| limit.saturating_add(1)),
            duration_weeks: None,
        }
    }
}

/// The people whose chains are the hardest to fill, of those who might be: each once.
pub(in crate::funding) fn hard_case_ids(top: &[EmployeeId], deciders: &Deciders) -> Vec<EmployeeId> {
    let holders = deciders.holders.iter().map(|(_, person)| person.id());
    let mut seen = HashSet::new();
    top.iter().copied().chain(holders).filter(|id| seen.insert(*id)).collect()
}

fn twice<T: Copy + Eq + Hash>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut seen = HashSet::new();
    let mut values = values;
    values.find(|value| !seen.insert(*value))
}
