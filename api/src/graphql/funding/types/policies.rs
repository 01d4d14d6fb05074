//! Funding policies.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, Approver};
use upskill_domain::kernel::{self, FundingPolicyId};

use super::TaxBucket;
use crate::graphql::catalog::ProviderKind;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::inputs::{FundingPolicyRelation, FundingPolicyStatus};
use crate::graphql::funding::loaders::{Policies, PolicyProblems};
use crate::graphql::id::wire;
use crate::graphql::organization::{Department, Employee, EmploymentStatus, Role};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Currency, DateTime, Money};

/// One version of the rules by which requests are judged and decided, or a draft of one. For `HR_ADMIN`, `HR_ANALYST`,
/// FINANCE and AUDITOR.
#[derive(Clone)]
pub(crate) struct FundingPolicy(domain::FundingPolicy);

impl From<domain::FundingPolicy> for FundingPolicy {
    fn from(policy: domain::FundingPolicy) -> Self {
        Self(policy)
    }
}

impl FundingPolicy {
    /// The policy with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: FundingPolicyId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Policies, _>(id).await?.map(Self))
    }
}

impl Known for FundingPolicy {
    const KNOWN: &'static [&'static str] =
        &["id", "name", "number", "status", "createdAt", "publishedAt", "supersededAt", "version"];
}

/// One version of the rules by which requests are judged and decided, or a draft of one. For `HR_ADMIN`, `HR_ANALYST`,
/// FINANCE and AUDITOR.
#[Object]
impl FundingPolicy {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Which version it is, as `FundingRequest.policyVersion` names it: 2 or above, because 1 is the built-in policy; null
    /// while it is a draft.
    async fn number(&self) -> Option<i32> {
        self.0.number
    }

    /// Where it is in its life.
    async fn status(&self) -> FundingPolicyStatus {
        self.0.status.into()
    }

    /// What it says. Once published it never changes.
    async fn rules(&self) -> FundingPolicyRules {
        FundingPolicyRules(self.0.rules.clone())
    }

    /// For what a draft could not be published as the employer stands now; empty for one that could, and for one that is
    /// no draft.
    async fn problems(&self, ctx: &Context<'_>) -> Result<Vec<FundingPolicyProblem>, ApiError> {
        if self.0.status != domain::PolicyStatus::Draft {
            return Ok(Vec::new());
        }
        let problems = ctx.load::<PolicyProblems, _>(self.0.id).await?.unwrap_or_default();
        Ok(problems
            .into_iter()
            .map(|problem| FundingPolicyProblem { message: problem.to_string() })
            .collect())
    }

    /// When it was drafted.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Who drafted it; null for the installation itself.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadFundingPolicies)))]
    async fn created_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.created_by?).await.transpose()
    }

    /// Since when it applies or applied; null while it is a draft.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// Who published it; null while it is a draft, and for the installation itself.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadFundingPolicies)))]
    async fn published_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.published_by?).await.transpose()
    }

    /// When the next version took its place; null when none has.
    async fn superseded_at(&self) -> Option<DateTime> {
        self.0.superseded_at.map(DateTime)
    }

    /// Counts changes; give it back as `expectedVersion` to act only on what was read.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Something for which a draft does not hold as a whole.
#[derive(SimpleObject)]
pub(crate) struct FundingPolicyProblem {
    /// What is wrong, with the values; where people are missing, with a request that would show it. For people, in English.
    message: String,
}

/// The rules of a funding policy. A limit that is null limits nothing.
///
/// All amounts are in the policy's currency. A request in another one cannot be measured by them: no cap holds it, whoever
/// decides is told so, it is never approved without a person, and it takes the steps of every amount.
pub(crate) struct FundingPolicyRules(domain::PolicyRules);

/// The rules of a funding policy. A limit that is null limits nothing.
///
/// All amounts are in the policy's currency. A request in another one cannot be measured by them: no cap holds it, whoever
/// decides is told so, it is never approved without a person, and it takes the steps of every amount.
#[Object]
impl FundingPolicyRules {
    /// The currency of every amount in the rules.
    async fn currency(&self) -> Currency {
        Currency(self.0.currency)
    }

    /// The most for one person in one fiscal year of the employer. Requests that are live count with what they ask for,
    /// settled ones with what they cost, in the year in which they were submitted.
    async fn most_per_person_and_year(&self) -> Option<Money> {
        self.money(self.0.caps.per_person_and_year)
    }

    /// The most for one request.
    async fn most_per_request(&self) -> Option<Money> {
        self.money(self.0.caps.per_request)
    }

    /// The most for one request at providers of some kinds.
    async fn most_per_provider_kind(&self) -> Vec<FundingPolicyProviderCap> {
        let caps = self.0.caps.per_provider_kind.iter();
        caps.map(|cap| FundingPolicyProviderCap {
            kind: cap.kind.into(),
            most: kernel::Money::sum(cap.most, self.0.currency).into(),
        })
        .collect()
    }

    /// Days since somebody's first day.
    async fn minimum_tenure_days(&self) -> Option<i32> {
        self.0.eligibility.minimum_tenure_days
    }

    /// The statuses of those who may ask; empty when any.
    async fn eligible_statuses(&self) -> Vec<EmploymentStatus> {
        self.0.eligibility.statuses.iter().flatten().map(|status| (*status).into()).collect()
    }

    /// The departments of those who may ask, those below them included; empty when any.
    async fn eligible_departments(&self, ctx: &Context<'_>) -> Result<Vec<Department>, ApiError> {
        let ids = self.0.eligibility.departments.iter().flatten();
        let departments = ids.map(|id| Department::load(ctx, *id));
        Ok(futures_util::future::try_join_all(departments).await?.into_iter().flatten().collect())
    }

    /// The kinds of providers whose courses are paid for; empty when any. A course outside the catalog is of none of them.
    async fn eligible_provider_kinds(&self) -> Vec<ProviderKind> {
        self.0.eligibility.provider_kinds.iter().flatten().map(|kind| (*kind).into()).collect()
    }

    /// Courses that somebody may take on at once.
    async fn maximum_courses(&self) -> Option<i32> {
        self.0.workload.maximum_courses
    }

    /// Minutes of learning a week that somebody may take on.
    async fn maximum_weekly_minutes(&self) -> Option<i32> {
        self.0.workload.weekly_minutes
    }

    /// By how many hundredths of a percent an actual price may lie above the promised one.
    async fn price_tolerance_basis_points(&self) -> Option<i32> {
        self.0.price_tolerance.basis_points
    }

    /// By what amount it may. Where both are there, both hold; without either it may not.
    async fn price_tolerance_amount(&self) -> Option<Money> {
        self.money(self.0.price_tolerance.amount)
    }

    /// Of what lies of a price above `employeeShareAbove`, hundredths of a percent that the employee is to pay themself; null
    /// when they need not pay anything.
    async fn employee_share_basis_points(&self) -> Option<i32> {
        self.0.employee_share.map(|share| share.basis_points)
    }

    /// Of every price this much is free of the employee's share; null without one.
    async fn employee_share_above(&self) -> Option<Money> {
        self.money(self.0.employee_share.map(|share| share.above))
    }

    /// What may be paid for a person in a calendar year free of tax.
    async fn tax_buckets(&self) -> Vec<TaxBucket> {
        self.0.tax_buckets.iter().cloned().map(Into::into).collect()
    }

    /// For how many days a promise is kept.
    async fn reservation_days(&self) -> i32 {
        self.0.reservation_days
    }

    /// Up to what the policy approves a request by itself; null when people decide every request.
    async fn auto_approve_up_to(&self) -> Option<Money> {
        self.money(self.0.auto_approve_up_to)
    }

    /// Who decides the others, in their order.
    async fn steps(&self) -> Vec<FundingPolicyStep> {
        let step = |rule: &domain::StepRule| FundingPolicyStep {
            from_amount: kernel::Money::sum(rule.from_amount, self.0.currency),
            rule: rule.clone(),
        };
        self.0.steps.iter().map(step).collect()
    }

    /// Whether somebody who is to decide two steps decides once for both. If not, the second step goes to the next person.
    async fn one_person_may_decide_twice(&self) -> bool {
        self.0.one_person_may_decide_twice
    }
}

impl FundingPolicyRules {
    fn money(&self, minor: Option<i64>) -> Option<Money> {
        minor.map(|minor| kernel::Money::sum(minor, self.0.currency).into())
    }
}

/// The most for one request at a provider of one kind.
#[derive(SimpleObject)]
pub(crate) struct FundingPolicyProviderCap {
    /// The kind.
    kind: ProviderKind,
    /// The most.
    most: Money,
}

/// One step of an approval chain, before anybody asked for anything.
pub(crate) struct FundingPolicyStep {
    from_amount: kernel::Money,
    rule: domain::StepRule,
}

/// One step of an approval chain, before anybody asked for anything.
#[Object]
impl FundingPolicyStep {
    /// Taken for requests of at least this much.
    async fn from_amount(&self) -> Money {
        self.from_amount.into()
    }

    /// How the one who decides stands to the requester or the money; null for a role or a person.
    async fn relation(&self) -> Option<FundingPolicyRelation> {
        FundingPolicyRelation::of(self.rule.who)
    }

    /// The role of the one who decides; null for a relation or a person.
    async fn role(&self) -> Option<Role> {
        match self.rule.who {
            Approver::Role(role) => Some(role.into()),
            _ => None,
        }
    }

    /// The person who decides; null for a relation or a role.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadFundingPolicies)))]
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.rule.who {
            Approver::Person(person) => Employee::load(ctx, person).await.transpose(),
            _ => None,
        }
    }

    /// Within how many days of its turn it is to be decided; null when it is never overdue.
    async fn due_within_days(&self) -> Option<i32> {
        self.rule.due_within_days
    }

    /// How many days before it is due the one who decides is reminded; 0 for not before.
    async fn remind_days_before(&self) -> i32 {
        self.rule.remind_days_before
    }

    /// Taken only for courses of providers of these kinds; of any when empty.
    async fn provider_kinds(&self) -> Vec<ProviderKind> {
        self.rule.conditions.provider_kinds.iter().map(|kind| (*kind).into()).collect()
    }

    /// Taken only for courses outside the catalog.
    async fn outside_catalog(&self) -> bool {
        self.rule.conditions.outside_catalog
    }

    /// Taken only for courses that are more work than this, in minutes; null when however much it is.
    async fn over_workload_minutes(&self) -> Option<i32> {
        self.rule.conditions.over_workload_minutes
    }
}
