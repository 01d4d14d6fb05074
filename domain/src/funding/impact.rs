//! What a policy would have done with the requests of the past: the rules applied to what requests keep.
//!
//! Recomputed from the frozen requests alone, one person after another in the order of their submissions: amounts, kinds of
//! providers, workloads and durations, tenure, what else was running then, and what the year had taken. A request that the
//! policy would have refused takes nothing of the year. Nobody knows any more who stood where, so statuses, departments and
//! the people of a chain are left out, and of a chain only its steps are told.

use chrono::NaiveDate;

use crate::kernel::{Money, Period};
use crate::organization::Employee;

use super::policy::Applicant;
use super::{
    Approver, Eligibility, FundingRequest, LearningLoad, PolicyObjection, PolicyRules, RequestStatus,
};

/// How many requests something would have happened to, and what they asked for in one sum per currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many.
    pub requests: u64,
    /// What they asked for.
    pub amounts: Vec<Money>,
}

impl Tally {
    fn add(&mut self, amount: Money) {
        self.requests = self.requests.saturating_add(1);
        let sum = self.amounts.iter_mut().find(|sum| sum.currency() == amount.currency());
        match sum {
            Some(sum) => *sum = Money::sum(sum.minor().saturating_add(amount.minor()), amount.currency()),
            None => self.amounts.push(amount),
        }
    }
}

/// What a policy would have done with the requests of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyImpact {
    /// The days on which the requests were submitted.
    pub period: Period,
    /// All requests that were looked at.
    pub all: Tally,
    /// Those that would have been refused.
    pub refused: Tally,
    /// The same by rule, each with the first objection that was met. A request that several rules refuse counts for each.
    pub by_rule: Vec<(PolicyObjection, Tally)>,
    /// Those that the policy would have approved by itself, had nothing else spoken against it.
    pub approved_by_policy: Tally,
    /// The others by the steps of their chains, those of many requests first.
    pub chains: Vec<(Vec<Approver>, Tally)>,
    /// Those of other currencies, to which no limit would have been applied.
    pub not_measured: Tally,
    /// Whether there were more requests than are looked at.
    pub cut: bool,
}

/// A request of the past, with the day of its submission.
pub(super) type Past = (NaiveDate, FundingRequest);

/// Goes through requests, those of one person after another in the order of their submissions.
pub(super) struct Replay<'a> {
    rules: PolicyRules,
    fiscal_year: &'a (dyn Fn(NaiveDate) -> Period + Sync),
    /// What the current person was let through so far.
    earlier: Vec<Past>,
    impact: PolicyImpact,
}

impl<'a> Replay<'a> {
    /// Nothing looked at yet.
    pub(super) fn of(
        rules: &PolicyRules,
        period: Period,
        fiscal_year: &'a (dyn Fn(NaiveDate) -> Period + Sync),
    ) -> Self {
        let eligibility = Eligibility { statuses: None, departments: None, ..rules.eligibility.clone() };
        let impact = PolicyImpact {
            period,
            all: Tally::default(),
            refused: Tally::default(),
            by_rule: Vec::new(),
            approved_by_policy: Tally::default(),
            chains: Vec::new(),
            not_measured: Tally::default(),
            cut: false,
        };
        Self { rules: PolicyRules { eligibility, ..rules.clone() }, fiscal_year, earlier: Vec::new(), impact }
    }

    /// Looks at the next request.
    pub(super) fn follow(&mut self, person: &Employee, (day, request): Past) {
        if self.earlier.first().is_some_and(|(_, earlier)| earlier.employee != request.employee) {
            self.earlier.clear();
        }
        let earlier: Vec<Past> = self.earlier.iter().map(|past| as_of(past, &request)).collect();
        let applicant = Applicant {
            person,
            departments: &[],
            today: day,
            year: (self.fiscal_year)(day),
            earlier: &earlier,
            load: LearningLoad::of_requests(earlier.iter().map(|(_, request)| request)),
        };
        let (course, amount) = (request.offer.traits(), request.requested);
        let mut objections = self.rules.objections(applicant, Some(&course), Some(amount));
        let whole = amount.minor().saturating_add(request.co_funded().minor());
        let whole = Money::sum(whole, amount.currency());
        objections.extend(self.rules.share_objection(whole, &request.co_funding));
        let impact = &mut self.impact;
        impact.all.add(amount);
        if self.rules.cannot_measure(amount) {
            impact.not_measured.add(amount);
        }
        if objections.is_empty() {
            if self.rules.auto_approves(amount) {
                impact.approved_by_policy.add(amount);
            } else {
                let steps = self.rules.steps_for(amount, &course).map(|step| step.who).collect();
                count(&mut impact.chains, steps, amount, PartialEq::eq);
            }
            self.earlier.push((day, request));
            return;
        }
        impact.refused.add(amount);
        let same = |one: &PolicyObjection, other: &PolicyObjection| {
            std::mem::discriminant(one) == std::mem::discriminant(other)
        };
        for objection in objections {
            count(&mut impact.by_rule, objection, amount, same);
        }
    }

    /// Everything that was found; `cut` when there were more requests.
    pub(super) fn finish(mut self, cut: bool) -> PolicyImpact {
        self.impact.cut = cut;
        self.impact.chains.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.requests));
        self.impact
    }
}

/// Counts an amount for a thing among others, which is there from now on.
fn count<T>(tallies: &mut Vec<(T, Tally)>, thing: T, amount: Money, same: impl Fn(&T, &T) -> bool) {
    if let Some((_, tally)) = tallies.iter_mut().find(|(other, _)| same(other, &thing)) {
        tally.add(amount);
    } else {
        let mut tally = Tally::default();
        tally.add(amount);
        tallies.push((thing, tally));
    }
}

/// A request as it stood when another one was submitted.
fn as_of((day, request): &Past, later: &FundingRequest) -> Past {
    let ended = match request.status {
        RequestStatus::Rejected => request.decided_at,
        RequestStatus::Settled => request.settled_at,
        _ => request.ended_at,
    };
    let live = request.status.is_live() || ended.is_some_and(|ended| ended > later.submitted_at);
    let status = if live { RequestStatus::Submitted } else { request.status };
    (*day, FundingRequest { status, ..request.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{at, currency, day, employee, eur, id, request};
    use crate::kernel::TypedId;

    fn replayed(rules: &PolicyRules, past: &[FundingRequest]) -> PolicyImpact {
        let period = Period::fiscal_year(day("2026-11-22"), 1);
        let fiscal_year = |day| Period::fiscal_year(day, 1);
        let mut replay = Replay::of(rules, period, &fiscal_year);
        for request in past {
            let person = employee(request.employee.uuid().as_u128());
            replay.follow(&person, (day("2026-11-22"), request.clone()));
        }
        replay.finish(false)
    }

    #[test]
    fn what_would_have_been_refused_takes_nothing_of_the_year() {
        let mut rules = PolicyRules::manager_decides(currency("EUR"));
        rules.caps.per_person_and_year = Some(1_000);
        let other = FundingRequest { employee: id(2), ..request(900) };
        let impact = replayed(&rules, &[request(600), request(500), request(400), other]);
        assert_eq!(impact.all, Tally { requests: 4, amounts: vec![eur(2_400)] });
        assert_eq!(impact.refused, Tally { requests: 1, amounts: vec![eur(500)] });
        let chains = [(vec![Approver::Manager], Tally { requests: 3, amounts: vec![eur(1_900)] })];
        assert_eq!(impact.chains, chains);
    }

    #[test]
    fn what_was_running_then_counts_and_what_had_ended_does_not() {
        let mut rules = PolicyRules::manager_decides(currency("EUR"));
        rules.workload.maximum_courses = Some(1);
        let ended = |second| FundingRequest {
            status: RequestStatus::Withdrawn,
            ended_at: Some(at(second)),
            ..request(100)
        };
        let next = FundingRequest { submitted_at: at(10), ..request(100) };
        assert_eq!(replayed(&rules, &[ended(11), next.clone()]).refused.requests, 1);
        assert_eq!(replayed(&rules, &[ended(10), next]).refused.requests, 0);
    }
}
