//! Writing funding policies and putting them into force.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, FundingPolicyId, Refusals, Text, check_version};
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::policy::{PolicyFacts, hard_case_ids};
use crate::funding::{
    ChangePolicyRefusal, DiscardPolicyRefusal, DraftPolicyRefusal, FundingEvent, FundingPolicy,
    PolicyProblem, PolicyRules, PublishPolicyRefusal,
};

/// A policy to draft.
#[derive(Debug, Clone, Serialize)]
pub struct DraftFundingPolicy {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What people will call it.
    pub name: String,
    /// What it begins with; the built-in rules when not given.
    pub from: Option<DraftSource>,
}

/// What a draft begins with.
#[derive(Debug, Clone, Serialize)]
pub enum DraftSource {
    /// These rules.
    Rules(Box<PolicyRules>),
    /// Those of another policy, whatever its status.
    Copy(FundingPolicyId),
}

/// A draft to rewrite. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeFundingPolicy {
    /// Which one.
    pub id: FundingPolicyId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new name.
    pub name: Option<String>,
    /// New rules, all of them.
    pub rules: Option<PolicyRules>,
}

/// A draft to put into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishFundingPolicy {
    /// Which one.
    pub id: FundingPolicyId,
    /// The version that the caller saw.
    pub expected_version: i32,
}

/// A draft to throw away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscardFundingPolicy {
    /// Which one.
    pub id: FundingPolicyId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// People at the top of the reporting line that a policy is tried on, at most.
const MOST_AT_THE_TOP: u64 = 20;

impl Funding<'_> {
    /// Begins a policy.
    pub async fn draft_policy(
        self,
        actor: &Actor,
        command: DraftFundingPolicy,
    ) -> Result<FundingPolicy, Failure<DraftPolicyRefusal>> {
        policy::require(actor, Action::ManageFundingPolicies, &[])?;
        let id = self.core.id::<FundingPolicyId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "draftFundingPolicy", input: &command };
        if let Some(earlier) = self.core.claim::<_, DraftPolicyRefusal>(&mut *tx, actor, keyed, id).await? {
            return Ok(tx.lock_policy(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        let name = Text::line(&command.name, Text::NAME).map_err(DraftPolicyRefusal::InvalidName)?;
        let rules = match command.from {
            Some(DraftSource::Rules(rules)) => *rules,
            Some(DraftSource::Copy(id)) => {
                let copied = tx.lock_policy(id).await?;
                copied.map(|policy| policy.rules).ok_or(DraftPolicyRefusal::UnknownPolicy(id))?
            }
            None => PolicyRules::manager_decides(tx.employer().await?.currency),
        };
        let policy = FundingPolicy::draft(id, name, rules, (actor.employee(), self.core.clock.now()));
        tx.save_policy(&policy).await?;
        self.core.record(&mut *tx, actor, &[FundingEvent::PolicyDrafted { policy: id }]).await?;
        tx.commit().await?;
        Ok(policy)
    }

    /// Rewrites a draft.
    pub async fn change_policy(
        self,
        actor: &Actor,
        command: ChangeFundingPolicy,
    ) -> Result<FundingPolicy, Failure<ChangePolicyRefusal>> {
        policy::require(actor, Action::ManageFundingPolicies, &[])?;
        let name = command.name.as_deref().map(|name| Text::line(name, Text::NAME)).transpose();
        let name = name.map_err(ChangePolicyRefusal::InvalidName)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut policy = self.lock_policy(&mut *tx, command.id, Some(command.expected_version)).await?;
        if !policy.change(name, command.rules)? {
            return Ok(policy);
        }
        tx.save_policy(&policy).await?;
        self.core.record(&mut *tx, actor, &[FundingEvent::PolicyChanged { policy: policy.id }]).await?;
        tx.commit().await?;
        Ok(policy)
    }

    /// Puts a draft into force, if it holds as a whole. The one before gives way.
    pub async fn publish_policy(
        self,
        actor: &Actor,
        command: PublishFundingPolicy,
    ) -> Result<FundingPolicy, Failure<Refusals<PublishPolicyRefusal>>> {
        policy::require(actor, Action::ManageFundingPolicies, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        // One publication at a time, and nobody leaves while it is checked who decides.
        tx.lock_organization().await?;
        let mut policy = self.lock_policy(&mut *tx, command.id, Some(command.expected_version)).await?;
        policy.check_draft().map_err(|refusal| Refusals::from(PublishPolicyRefusal::from(refusal)))?;
        let facts = self.policy_facts(&mut *tx, std::slice::from_ref(&policy)).await?;
        let problems = policy.rules.problems(&facts);
        if !problems.is_empty() {
            return Err(Refusals(problems.into_iter().map(PublishPolicyRefusal::from).collect()).into());
        }
        let now = self.core.clock.now();
        let before = tx.published_policy().await?;
        if let Some(mut before) = before.clone() {
            before.supersede(now);
            tx.save_policy(&before).await?;
        }
        let published = policy.publish(tx.last_policy_number().await?, (actor.employee(), now));
        let number = published.map_err(|refusal| Refusals::from(PublishPolicyRefusal::from(refusal)))?;
        tx.save_policy(&policy).await?;
        let superseded = before.map(|before| before.id);
        let event = FundingEvent::PolicyPublished { policy: policy.id, number, superseded };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(policy)
    }

    /// Throws a draft away.
    pub async fn discard_policy(
        self,
        actor: &Actor,
        command: DiscardFundingPolicy,
    ) -> Result<FundingPolicyId, Failure<DiscardPolicyRefusal>> {
        policy::require(actor, Action::ManageFundingPolicies, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let policy = self.lock_policy(&mut *tx, command.id, command.expected_version).await?;
        policy.check_draft().map_err(DiscardPolicyRefusal::from)?;
        tx.delete_policy(policy.id).await?;
        self.core.record(&mut *tx, actor, &[FundingEvent::PolicyDiscarded { policy: policy.id }]).await?;
        tx.commit().await?;
        Ok(policy.id)
    }

    /// For what each of several policies could not be published now; none for those that are no drafts.
    pub async fn problems_by_policy(
        self,
        actor: &Actor,
        ids: &[FundingPolicyId],
    ) -> Result<Vec<(FundingPolicyId, PolicyProblem)>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingPolicies)?;
        let mut policies = self.core.store.reads().policies_by_id(scope, ids).await?;
        policies.retain(|policy| policy.check_draft().is_ok());
        if policies.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.core.store.look(actor.employer).await?;
        let facts = self.policy_facts(&mut *tx, &policies).await?;
        let told = policies.into_iter().flat_map(|policy| {
            let problems = policy.rules.problems(&facts).into_iter();
            problems.map(move |problem| (policy.id, problem))
        });
        Ok(told.collect())
    }

    async fn lock_policy(
        self,
        tx: &mut dyn UnitOfWork,
        id: FundingPolicyId,
        expected_version: Option<i32>,
    ) -> Result<FundingPolicy, Fault> {
        let policy = tx.lock_policy(id).await?.ok_or_else(|| Fault::not_found(id))?;
        check_version("funding policy", expected_version, policy.version)?;
        Ok(policy)
    }

    /// What policies are checked against, for all of them together.
    async fn policy_facts(
        self,
        tx: &mut dyn UnitOfWork,
        policies: &[FundingPolicy],
    ) -> Result<PolicyFacts, Fault> {
        let departments =
            policies.iter().flat_map(|policy| policy.rules.eligibility.departments.iter().flatten());
        let departments: Vec<_> = departments.copied().collect();
        let found = tx.departments(&departments).await?;
        let rules: Vec<&PolicyRules> = policies.iter().map(|policy| &policy.rules).collect();
        let deciders = self.deciders(tx, &rules, &[]).await?;
        let top = tx.people_at_the_top(MOST_AT_THE_TOP).await?;
        let mut ids = hard_case_ids(&top, &deciders);
        ids.truncate(usize::try_from(MOST_AT_THE_TOP).unwrap_or(usize::MAX).saturating_mul(2));
        let mut hard_cases = Vec::with_capacity(ids.len());
        for person in tx.employees(&ids).await? {
            let line =
                if top.contains(&person.id()) { Vec::new() } else { tx.line_above(person.id()).await? };
            hard_cases.push((person, line));
        }
        let departments = found.into_iter().map(|department| department.id).collect();
        Ok(PolicyFacts { departments, deciders, hard_cases })
    }
}
