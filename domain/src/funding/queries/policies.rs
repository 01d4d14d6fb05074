//! Reading funding policies.

use crate::access::{Action, Actor, policy};
use crate::funding::{Funding, FundingPolicy, PolicyFilter};
use crate::kernel::{Fault, FundingPolicyId, Page, PageRequest};

impl Funding<'_> {
    /// Those of the policies that the actor may see.
    pub async fn policies_by_id(
        self,
        actor: &Actor,
        ids: &[FundingPolicyId],
    ) -> Result<Vec<FundingPolicy>, Fault> {
        match policy::scope(actor, Action::ReadFundingPolicies) {
            Some(scope) => self.core.store.reads().policies_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The policy that was published under a number, or the one that new requests go by.
    pub async fn policy_of(self, actor: &Actor, number: Option<i32>) -> Result<Option<FundingPolicy>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingPolicies)?;
        self.core.store.reads().policy_of(scope, number).await
    }

    /// The same page of several lists of policies, the newest first.
    pub async fn policies(
        self,
        actor: &Actor,
        lists: &[PolicyFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<FundingPolicy>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingPolicies)?;
        self.core.store.reads().policies(scope, lists, page).await
    }

    /// How many policies each list has.
    pub async fn count_policies(self, actor: &Actor, lists: &[PolicyFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFundingPolicies)?;
        self.core.store.reads().count_policies(scope, lists).await
    }
}
