//! Funding policies: the rules by which requests are judged and decided, as data with a version.
//!
//! A policy begins as a draft of one employer, is published as a whole, and is superseded by the next one; what was
//! published never changes. A request keeps the version it was submitted under, and is decided by that one.
//!
//! An employer that has published none goes by the built-in policy, version 1: the manager decides, and nothing else is
//! asked. Published versions therefore count from 2.

mod approver;
mod chain;
mod judgement;
mod problem;
mod refusal;
mod rules;
mod tax;
mod validation;

pub use approver::{Approver, Assignment, Capacity, NoApprover};
pub(super) use chain::{ChainContext, Deciders};
pub use judgement::PolicyObjection;
pub(super) use judgement::{Applicant, CourseTraits};
pub use problem::PolicyProblem;
pub use refusal::{
    ChangePolicyRefusal, DiscardPolicyRefusal, DraftPolicyRefusal, NotADraft, PublishPolicyRefusal,
};
pub use rules::{
    Caps, Conditions, Eligibility, EmployeeShare, PolicyRules, PriceTolerance, ProviderCap, StepRule,
    Workload,
};
pub use tax::{AboveBucket, TaxBucket, TaxBucketUse, TaxRate, TaxShare};
pub(super) use validation::{PolicyFacts, hard_case_ids};

use chrono::{DateTime, Utc};

use crate::kernel::{Currency, EmployeeId, FundingPolicyId, Text};

/// One version of an employer's funding policy, or a draft of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingPolicy {
    /// Its id.
    pub id: FundingPolicyId,
    /// What people call it.
    pub name: String,
    /// Which version it is; none while it is a draft.
    pub number: Option<i32>,
    /// Where it is in its life.
    pub status: PolicyStatus,
    /// What it says.
    pub rules: PolicyRules,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
    /// Who drafted it; none for the installation itself.
    pub created_by: Option<EmployeeId>,
    /// Since when it applies or applied; none while it is a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// Who published it; none while it is a draft, and for the installation itself.
    pub published_by: Option<EmployeeId>,
    /// When the next version took its place, if one did.
    pub superseded_at: Option<DateTime<Utc>>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// Where a policy is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyStatus {
    /// Being written; it applies to nothing.
    Draft,
    /// New requests go by it.
    Published,
    /// A later version took its place; requests submitted under it still go by it.
    Superseded,
}

impl PolicyStatus {
    /// Every status, in the order of a policy's life.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Superseded];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Published => "PUBLISHED",
            Self::Superseded => "SUPERSEDED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// The rules that a request is judged and decided by, with the version that the request keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyInForce {
    /// Which version.
    pub version: i32,
    /// What it says.
    pub rules: PolicyRules,
}

impl PolicyInForce {
    /// The version of the built-in policy.
    pub const BUILT_IN: i32 = 1;

    /// The policy of an employer that has published none.
    pub fn built_in(currency: Currency) -> Self {
        Self { version: Self::BUILT_IN, rules: PolicyRules::manager_decides(currency) }
    }

    /// Whether no policy was published when it was looked up.
    pub fn is_built_in(&self) -> bool {
        self.version == Self::BUILT_IN
    }
}

impl FundingPolicy {
    /// A draft.
    pub(super) fn draft(
        id: FundingPolicyId,
        name: Text,
        rules: PolicyRules,
        (by, at): (Option<EmployeeId>, DateTime<Utc>),
    ) -> Self {
        Self {
            id,
            name: name.into_string(),
            number: None,
            status: PolicyStatus::Draft,
            rules,
            created_at: at,
            created_by: by,
            published_at: None,
            published_by: None,
            superseded_at: None,
            version: 1,
        }
    }

    /// Rewrites a draft. Whether anything changed.
    pub(super) fn change(
        &mut self,
        name: Option<Text>,
        rules: Option<PolicyRules>,
    ) -> Result<bool, ChangePolicyRefusal> {
        self.check_draft()?;
        let before = (self.name.clone(), self.rules.clone());
        if let Some(name) = name {
            self.name = name.into_string();
        }
        if let Some(rules) = rules {
            self.rules = rules;
        }
        let changed = before != (self.name.clone(), self.rules.clone());
        self.version = self.version.saturating_add(i32::from(changed));
        Ok(changed)
    }

    /// Puts it into force as the version after the last one.
    pub(super) fn publish(
        &mut self,
        last: Option<i32>,
        (by, at): (Option<EmployeeId>, DateTime<Utc>),
    ) -> Result<i32, NotADraft> {
        self.check_draft()?;
        let number = last.unwrap_or(PolicyInForce::BUILT_IN).saturating_add(1);
        self.number = Some(number);
        self.status = PolicyStatus::Published;
        self.published_at = Some(at);
        self.published_by = by;
        self.version = self.version.saturating_add(1);
        Ok(number)
    }

    /// Gives way to the next version.
    pub(super) fn supersede(&mut self, at: DateTime<Utc>) {
        self.status = PolicyStatus::Superseded;
        self.superseded_at = Some(at);
        self.version = self.version.saturating_add(1);
    }

    /// Whether it can still be rewritten.
    pub(super) fn check_draft(&self) -> Result<(), NotADraft> {
        if self.status == PolicyStatus::Draft { Ok(()) } else { Err(NotADraft(self.status)) }
    }

    /// The policy as requests go by it, once it is published.
    pub(super) fn in_force(self) -> Option<PolicyInForce> {
        Some(PolicyInForce { version: self.number?, rules: self.rules })
    }
}

#[cfg(test)]
mod tests;
