//! Writing funding policies and putting them into force.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::funding::{
    ChangePolicyRefusal, DiscardPolicyRefusal, DraftPolicyRefusal, PolicyProblem, PublishPolicyRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{
    ChangeFundingPolicyInput, DiscardFundingPolicyDraftInput, DraftFundingPolicyInput,
    PublishFundingPolicyInput,
};
use crate::graphql::funding::types::FundingPolicy;
use crate::graphql::id::wire;
use crate::graphql::refusal::{all_answered, answered, user_errors};

/// Mutations of funding policies.
#[derive(Default)]
pub(crate) struct PolicyMutations;

#[Object]
impl PolicyMutations {
    /// Begins a funding policy, with rules, as a copy of another one, or with the built-in rules. It applies to nothing
    /// until it is published. For `HR_ADMIN`.
    async fn draft_funding_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy.")] input: DraftFundingPolicyInput,
    ) -> Isolated<DraftFundingPolicyPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().draft_policy(ctx.actor()?, input.try_into()?).await;
            let (policy, user_errors) = answered(outcome)?;
            let funding_policy = policy.map(FundingPolicy::from);
            Ok(Some(DraftFundingPolicyPayload { funding_policy, user_errors }))
        })
        .await
    }

    /// Rewrites a draft. For `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn change_funding_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft and what changes.")] input: ChangeFundingPolicyInput,
    ) -> Isolated<ChangeFundingPolicyPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().change_policy(ctx.actor()?, input.try_into()?).await;
            let (policy, user_errors) = answered(outcome)?;
            let funding_policy = policy.map(FundingPolicy::from);
            Ok(Some(ChangeFundingPolicyPayload { funding_policy, user_errors }))
        })
        .await
    }

    /// Puts a draft into force for requests that are submitted from now on; those before keep the version that they were
    /// submitted under. It is checked as a whole: a policy under which some request would be decided by nobody is refused,
    /// with the example. For `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn publish_funding_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: PublishFundingPolicyInput,
    ) -> Isolated<PublishFundingPolicyPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().publish_policy(ctx.actor()?, input.into()).await;
            let (policy, user_errors) = all_answered(outcome)?;
            let funding_policy = policy.map(FundingPolicy::from);
            Ok(Some(PublishFundingPolicyPayload { funding_policy, user_errors }))
        })
        .await
    }

    /// Throws a draft away. For `HR_ADMIN`. CONFLICT when the expected version is not the stored one.
    async fn discard_funding_policy_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: DiscardFundingPolicyDraftInput,
    ) -> Isolated<DiscardFundingPolicyDraftPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().discard_policy(ctx.actor()?, input.into()).await;
            let (id, user_errors) = answered(outcome)?;
            Ok(Some(DiscardFundingPolicyDraftPayload { discarded_id: id.map(wire), user_errors }))
        })
        .await
    }
}

/// What became of `draftFundingPolicy`.
#[derive(SimpleObject)]
pub(crate) struct DraftFundingPolicyPayload {
    /// The draft; null when refused.
    funding_policy: Option<FundingPolicy>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<DraftFundingPolicyError>,
}

user_errors! {
    /// Why a funding policy was not drafted.
    DraftFundingPolicyError, DraftFundingPolicyErrorCode for DraftPolicyRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= DraftPolicyRefusal::InvalidName(_),
        /// There is no such policy to copy.
        UnknownFundingPolicy <= DraftPolicyRefusal::UnknownPolicy(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= DraftPolicyRefusal::KeyReused(_),
    }
}

/// What became of `changeFundingPolicy`.
#[derive(SimpleObject)]
pub(crate) struct ChangeFundingPolicyPayload {
    /// The draft as it is now; null when refused.
    funding_policy: Option<FundingPolicy>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeFundingPolicyError>,
}

user_errors! {
    /// Why a draft was not changed.
    ChangeFundingPolicyError, ChangeFundingPolicyErrorCode for ChangePolicyRefusal {
        /// It is published or superseded.
        NotDraft <= ChangePolicyRefusal::NotADraft(_),
        /// The name is empty, too long or has control characters.
        InvalidName <= ChangePolicyRefusal::InvalidName(_),
    }
}

/// What became of `publishFundingPolicy`.
#[derive(SimpleObject)]
pub(crate) struct PublishFundingPolicyPayload {
    /// The policy, in force now; null when refused.
    funding_policy: Option<FundingPolicy>,
    /// Everything for which it was refused; empty when it was done.
    user_errors: Vec<PublishFundingPolicyError>,
}

user_errors! {
    /// Why a draft was not published.
    PublishFundingPolicyError, PublishFundingPolicyErrorCode for PublishPolicyRefusal {
        /// It is published already, or superseded.
        NotDraft <= PublishPolicyRefusal::NotADraft(_),
        /// A number is beyond what its rule takes.
        OutOfRange <= PublishPolicyRefusal::Problem(PolicyProblem::OutOfRange { .. }),
        /// A limit is not above 0.
        NotPositive <= PublishPolicyRefusal::Problem(PolicyProblem::NotPositive { .. }),
        /// A limit is beyond a narrower one.
        BeyondOtherLimit <= PublishPolicyRefusal::Problem(PolicyProblem::Beyond { .. }),
        /// A text is empty, too long or has control characters.
        InvalidText <= PublishPolicyRefusal::Problem(PolicyProblem::InvalidText { .. }),
        /// A list is empty, so that nobody could meet it.
        EmptyList <= PublishPolicyRefusal::Problem(PolicyProblem::EmptyList { .. }),
        /// A list names something twice.
        NamedTwice <= PublishPolicyRefusal::Problem(PolicyProblem::Twice { .. }),
        /// There is no such department.
        UnknownDepartment <= PublishPolicyRefusal::Problem(PolicyProblem::UnknownDepartment(_)),
        /// Some requests would have no step.
        Uncovered <= PublishPolicyRefusal::Problem(PolicyProblem::Uncovered { .. }),
        /// A step is for somebody who is not at work.
        PersonAbsent <= PublishPolicyRefusal::Problem(PolicyProblem::PersonAbsent { .. }),
        /// A step is for a role that nobody at work holds.
        RoleUnheld <= PublishPolicyRefusal::Problem(PolicyProblem::RoleUnheld { .. }),
        /// A step is for a role that does not decide.
        RoleCannotDecide <= PublishPolicyRefusal::Problem(PolicyProblem::RoleCannotDecide(_)),
        /// For somebody's requests not enough people are left to decide.
        Undecidable <= PublishPolicyRefusal::Problem(PolicyProblem::Undecidable { .. }),
    }
}

/// What became of `discardFundingPolicyDraft`.
#[derive(SimpleObject)]
pub(crate) struct DiscardFundingPolicyDraftPayload {
    /// The id of the draft that is no more; null when refused.
    discarded_id: Option<ID>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<DiscardFundingPolicyDraftError>,
}

user_errors! {
    /// Why a draft was not thrown away.
    DiscardFundingPolicyDraftError, DiscardFundingPolicyDraftErrorCode for DiscardPolicyRefusal {
        /// It is published or superseded.
        NotDraft <= DiscardPolicyRefusal::NotADraft(_),
    }
}
