//! What a funding policy would have done.

use async_graphql::{Object, SimpleObject};
use upskill_domain::funding::{self as domain, Approver};

use crate::graphql::funding::inputs::{FundingPolicyRelation, PreviewFindingCode};
use crate::graphql::organization::Role;
use crate::graphql::scalars::{Date, Money};

/// What a funding policy would have done with the requests of the last 365 days, by what the requests themselves keep.
///
/// Amounts, kinds of providers, workloads, durations, tenure, what else was running and what the fiscal year had taken are
/// recomputed as of each submission, of requests submitted within these days; a request that would have been refused takes
/// nothing of the year. Statuses, departments and the people of then are not known any more: those rules refuse nothing
/// here, and of a chain only its steps are told. Whether a budget had enough available then is not asked.
pub(crate) struct FundingPolicyImpact(domain::PolicyImpact);

impl From<domain::PolicyImpact> for FundingPolicyImpact {
    fn from(impact: domain::PolicyImpact) -> Self {
        Self(impact)
    }
}

/// What a funding policy would have done with the requests of the last 365 days, by what the requests themselves keep.
///
/// Amounts, kinds of providers, workloads, durations, tenure, what else was running and what the fiscal year had taken are
/// recomputed as of each submission, of requests submitted within these days; a request that would have been refused takes
/// nothing of the year. Statuses, departments and the people of then are not known any more: those rules refuse nothing
/// here, and of a chain only its steps are told. Whether a budget had enough available then is not asked.
#[Object]
impl FundingPolicyImpact {
    /// The first day that is looked at.
    async fn from_on(&self) -> Date {
        Date(self.0.period.from())
    }

    /// The last day, today.
    async fn until_on(&self) -> Date {
        Date(self.0.period.to())
    }

    /// All requests that were submitted.
    async fn submitted(&self) -> FundingTally {
        self.0.all.clone().into()
    }

    /// Those that would have been refused.
    async fn refused(&self) -> FundingTally {
        self.0.refused.clone().into()
    }

    /// The same by rule; a request that several rules refuse counts for each.
    async fn refused_by_rule(&self) -> Vec<FundingRuleImpact> {
        let rules = self.0.by_rule.iter();
        rules
            .map(|(objection, tally)| FundingRuleImpact {
                code: objection.into(),
                example: objection.to_string(),
                tally: tally.clone().into(),
            })
            .collect()
    }

    /// Those that the policy would have approved by itself.
    async fn approved_by_policy(&self) -> FundingTally {
        self.0.approved_by_policy.clone().into()
    }

    /// Those that people would have decided, by the steps of their chains; chains of many requests first.
    async fn chains(&self) -> Vec<FundingChainImpact> {
        let chains = self.0.chains.iter();
        chains
            .map(|(steps, tally)| FundingChainImpact {
                approvers: steps.iter().map(|who| (*who).into()).collect(),
                tally: tally.clone().into(),
            })
            .collect()
    }

    /// Those of other currencies than the policy's, to which no limit would have been applied.
    async fn not_measured(&self) -> FundingTally {
        self.0.not_measured.clone().into()
    }

    /// Whether there were more than the 100,000 requests that are looked at.
    async fn cut(&self) -> bool {
        self.0.cut
    }
}

/// How many requests, and what they asked for.
#[derive(SimpleObject)]
pub(crate) struct FundingTally {
    /// How many.
    requests: u64,
    /// What they asked for, in one sum per currency.
    amounts: Vec<Money>,
}

impl From<domain::Tally> for FundingTally {
    fn from(tally: domain::Tally) -> Self {
        Self { requests: tally.requests, amounts: tally.amounts.into_iter().map(Into::into).collect() }
    }
}

/// What one rule would have refused.
#[derive(SimpleObject)]
pub(crate) struct FundingRuleImpact {
    /// The rule.
    code: PreviewFindingCode,
    /// What it would have said of the first such request. For people, in English.
    example: String,
    /// The requests.
    tally: FundingTally,
}

/// What people would have decided along one sort of chain.
#[derive(SimpleObject)]
pub(crate) struct FundingChainImpact {
    /// Who decides, step by step.
    approvers: Vec<FundingApproverKind>,
    /// The requests.
    tally: FundingTally,
}

/// Who decides a step: exactly one of these is there.
#[derive(SimpleObject)]
pub(crate) struct FundingApproverKind {
    /// How they stand to the requester or the money; null for a role or a person.
    relation: Option<FundingPolicyRelation>,
    /// The role they hold; null otherwise.
    role: Option<Role>,
    /// Whether it is a person whom the policy names.
    named: bool,
}

impl From<Approver> for FundingApproverKind {
    fn from(who: Approver) -> Self {
        let role = match who {
            Approver::Role(role) => Some(role.into()),
            _ => None,
        };
        let named = matches!(who, Approver::Person(_));
        Self { relation: FundingPolicyRelation::of(who), role, named }
    }
}
