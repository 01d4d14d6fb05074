//! What requests take of tax buckets, and what is to be known of them before they are decided.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::access::Actor;
use crate::funding::commands::calendar_year;
use crate::funding::{
    Budget, Finding, Funding, FundingPolicy, FundingRequest, PolicyInForce, PolicyRules, Shown, TaxShare,
};
use crate::kernel::{BudgetId, EmployeeId, Fault, FundingRequestId};
use crate::organization::Employee;
use crate::store::UnitOfWork;

impl Funding<'_> {
    /// What requests that the actor may see take of the tax buckets of their people.
    pub async fn tax_shares_by_request(
        self,
        actor: &Actor,
        ids: &[FundingRequestId],
    ) -> Result<Vec<(FundingRequestId, TaxShare)>, Fault> {
        let requests = self.requests_by_id(actor, ids).await?;
        let judged = self.judged(actor, &requests).await?.into_iter();
        Ok(judged.flat_map(|(id, _, shares)| shares.into_iter().map(move |share| (id, share))).collect())
    }

    /// What is to be known of requests that the actor may see before they are decided, where they may see the budget too.
    pub async fn findings_by_request(
        self,
        actor: &Actor,
        ids: &[FundingRequestId],
    ) -> Result<Vec<(FundingRequestId, Finding)>, Fault> {
        let requests = self.requests_by_id(actor, ids).await?;
        let mut budgets: Vec<BudgetId> = requests.iter().map(|request| request.budget).collect();
        budgets.sort_unstable();
        budgets.dedup();
        let budgets = self.budgets_by_id(actor, &budgets).await?;
        let budgets: HashMap<BudgetId, &Budget> = budgets.iter().map(|budget| (budget.id, budget)).collect();
        let judged = self.judged(actor, &requests).await?;
        let limited = |rules: &PolicyRules| rules.workload.weekly_minutes.is_some();
        let people = requests.iter().zip(&judged).filter(|(_, (_, rules, _))| limited(rules));
        let people = people.map(|(request, _)| request.employee).collect();
        let loads: HashMap<_, _> = self.loads(actor, people).await?.into_iter().collect();
        let mut found = Vec::new();
        for (request, (id, rules, shares)) in requests.iter().zip(judged) {
            let Some(budget) = budgets.get(&request.budget) else { continue };
            let load = loads.get(&request.employee).copied().unwrap_or_default();
            let shown = Shown::of(request, budget, &rules, (&shares, load));
            found.extend(shown.findings.into_iter().map(|finding| (id, finding)));
        }
        Ok(found)
    }

    /// Each request with the rules that it goes by and what it takes of tax buckets, in the order of the requests.
    async fn judged(
        self,
        actor: &Actor,
        requests: &[FundingRequest],
    ) -> Result<Vec<(FundingRequestId, PolicyRules, Vec<TaxShare>)>, Fault> {
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.core.store.look(actor.employer).await?;
        let today = tx.employer().await?.day_of(self.core.clock.now());
        let policies = self.policies_of_requests(&mut *tx, requests).await?;
        let with_buckets = |request: &&FundingRequest| {
            policies.get(&request.policy_version).is_some_and(|rules| !rules.tax_buckets.is_empty())
        };
        let taxed: Vec<&FundingRequest> = requests.iter().filter(with_buckets).collect();
        let (people, others) = self.taxed_people(&mut *tx, &taxed, today).await?;
        let judged = requests.iter().map(|request| {
            let rules = policies.get(&request.policy_version).cloned();
            let rules = rules.unwrap_or_else(|| PolicyInForce::built_in(request.amount.currency()).rules);
            let of_person = others.iter().filter(|other| other.employee == request.employee);
            let person = people.get(&request.employee);
            let shares = person.map(|person| rules.tax_shares((person, today), &of_person, request));
            (request.id, rules, shares.unwrap_or_default())
        });
        Ok(judged.collect())
    }

    /// The rules that requests were submitted under, by number; without the built-in ones.
    async fn policies_of_requests(
        self,
        tx: &mut dyn UnitOfWork,
        requests: &[FundingRequest],
    ) -> Result<HashMap<i32, PolicyRules>, Fault> {
        let mut numbers: Vec<i32> = requests.iter().map(|request| request.policy_version).collect();
        numbers.retain(|number| *number != PolicyInForce::BUILT_IN);
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.is_empty() {
            return Ok(HashMap::new());
        }
        let policies = tx.policies_numbered(&numbers).await?.into_iter().filter_map(FundingPolicy::in_force);
        Ok(policies.map(|policy| (policy.version, policy.rules)).collect())
    }

    /// The people of requests, with all the requests that count in the years of these.
    async fn taxed_people(
        self,
        tx: &mut dyn UnitOfWork,
        requests: &[&FundingRequest],
        today: NaiveDate,
    ) -> Result<(HashMap<EmployeeId, Employee>, Vec<FundingRequest>), Fault> {
        let mut ids: Vec<EmployeeId> = requests.iter().map(|request| request.employee).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok((HashMap::new(), Vec::new()));
        }
        let people = tx.employees(&ids).await?.into_iter().map(|person| (person.id(), person)).collect();
        let paid = requests.iter().filter_map(|request| request.settled_on);
        let since = calendar_year(paid.chain([today]).min().unwrap_or(today));
        let others = tx.counted_requests(&ids, self.core.clock.now(), since).await?;
        Ok((people, others))
    }

    /// What one request takes of the tax buckets of its person. Nothing is looked up where there are none.
    pub(in crate::funding) async fn tax_shares(
        self,
        tx: &mut dyn UnitOfWork,
        (request, rules): (&FundingRequest, &PolicyRules),
        people: &[Employee],
    ) -> Result<Vec<TaxShare>, Fault> {
        let person = people.iter().find(|person| person.id() == request.employee);
        let Some(person) = person.filter(|person| rules.buckets_of(person).next().is_some()) else {
            return Ok(Vec::new());
        };
        let now = self.core.clock.now();
        let today = tx.employer().await?.day_of(now);
        let others = tx.counted_requests(&[request.employee], now, calendar_year(today)).await?;
        Ok(rules.tax_shares((person, today), &others.iter(), request))
    }
}
