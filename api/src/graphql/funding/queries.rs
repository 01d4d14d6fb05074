//! What can be asked about budgets and requests.

use async_graphql::{Context, Object};
use upskill_domain::funding::RequestFilter;
use upskill_domain::kernel::{BudgetId, EmployeeId, FundingPolicyId, FundingRequestId};

use super::inputs::{
    ApprovalDelegationFilter, BudgetFilter, BudgetOrderField, ExchangeRateFilter, FundingPolicyFilter,
    FundingPreviewInput, FundingRequestFilter, FundingRequestOrderField, preview,
};
use super::types::{
    Approval, ApprovalDelegation, Budget, ExchangeRate, FundingAllowance, FundingPolicy, FundingPolicyImpact,
    FundingPreview, FundingRequest, FundingTask, request_with,
};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::look_ahead::Selection;
use crate::graphql::node::found;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of funding.
#[derive(Default)]
pub(crate) struct FundingQueries;

#[Object]
impl FundingQueries {
    /// One budget; null when there is none that the caller may see.
    async fn budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget's id.")] id: Id<BudgetId>,
    ) -> Isolated<Budget> {
        Budget::load(ctx, id.0).await.transpose()
    }

    /// Budgets that the caller may see, a page at a time: all of them for `HR_ADMIN`, `HR_ANALYST`, FINANCE and AUDITOR,
    /// otherwise those that the caller owns, those of departments that the caller heads and of the ones below, and those
    /// of requests that wait for the caller now.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn budgets(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which budgets to list; all when not given.")] filter: Option<BudgetFilter>,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<BudgetOrderField>,
        >,
    ) -> Isolated<Connection<Budget>> {
        isolated(async {
            let (field, direction) = OrderBy::read(order_by);
            let arguments = PageArguments { first, after, last, before };
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// One funding request; null when there is none that the caller may see.
    async fn funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: Id<FundingRequestId>,
    ) -> Isolated<FundingRequest> {
        isolated(async {
            let with = request_with(&Selection::of(ctx));
            found(ctx.app()?.funding().request(ctx.actor()?, id.0, with).await.map(Into::into))
        })
        .await
    }

    /// One funding policy: by id, by its number, or the one that new requests go by when neither is given. Null when there
    /// is none, or none that the caller may see; while none is published, the built-in policy applies: version 1, the
    /// manager decides. For `HR_ADMIN`, `HR_ANALYST`, FINANCE and AUDITOR.
    async fn funding_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy's id.")] id: Option<Id<FundingPolicyId>>,
        #[graphql(
            desc = "The number under which it was published, as `FundingRequest.policyVersion` tells it."
        )]
        number: Option<i32>,
    ) -> Isolated<FundingPolicy> {
        isolated(async {
            match (id, number) {
                (Some(_), Some(_)) => Err(ApiError::bad_input("number", "give an id or a number, not both")),
                (Some(id), None) => FundingPolicy::load(ctx, id.0).await,
                (None, number) => {
                    let policy = ctx.app()?.funding().policy_of(ctx.actor()?, number).await?;
                    Ok(policy.map(Into::into))
                }
            }
        })
        .await
    }

    /// The funding policies of all versions, and the drafts, the newest draft first, a page at a time. For `HR_ADMIN`,
    /// `HR_ANALYST`, FINANCE and AUDITOR.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn funding_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which policies to list; all when not given.")] filter: Option<FundingPolicyFilter>,
    ) -> Isolated<Connection<FundingPolicy>> {
        let arguments = PageArguments { first, after, last, before };
        Some(Connection::read(ctx, filter.unwrap_or_default().into(), (), arguments).await)
    }

    /// What currencies were worth in others, those of the latest days first, a page at a time. For `HR_ADMIN`, `HR_ANALYST`,
    /// FINANCE and AUDITOR.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn exchange_rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which rates to list; all when not given.")] filter: Option<ExchangeRateFilter>,
    ) -> Isolated<Connection<ExchangeRate>> {
        let arguments = PageArguments { first, after, last, before };
        Some(Connection::read(ctx, filter.unwrap_or_default().into(), (), arguments).await)
    }

    /// What a funding policy, draft or not, would have done with the requests of the last 365 days. For `HR_ADMIN`.
    async fn funding_policy_impact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy's id.")] id: Id<FundingPolicyId>,
    ) -> Isolated<FundingPolicyImpact> {
        isolated(async {
            let impact = ctx.app()?.funding().policy_impact(ctx.actor()?, id.0).await?;
            Ok(Some(impact.into()))
        })
        .await
    }

    /// Who stands in for whom when requests are decided, the newest first, a page at a time: all of it for `HR_ADMIN` and
    /// `HR_ANALYST`, otherwise what is in the caller's name or to the caller.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn approval_delegations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which delegations to list; all when not given.")] filter: Option<
            ApprovalDelegationFilter,
        >,
    ) -> Isolated<Connection<ApprovalDelegation>> {
        let arguments = PageArguments { first, after, last, before };
        Some(Connection::read(ctx, filter.unwrap_or_default().into(), (), arguments).await)
    }

    /// What would become of a request if it were submitted now: the same rules, nothing written. For the person
    /// concerned, the managers above them, `HR_ADMIN` and `HR_ANALYST`.
    async fn funding_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: FundingPreviewInput,
    ) -> Isolated<FundingPreview> {
        isolated(async {
            let asked = preview(ctx.actor()?, input)?;
            let preview = ctx.app()?.funding().preview_request(ctx.actor()?, asked).await?;
            Ok(Some(preview.into()))
        })
        .await
    }

    /// What is left to a person of what the funding policy allows: caps, courses and learning at once, and what is free of tax
    /// this year. For the person concerned, the managers above them, `HR_ADMIN` and `HR_ANALYST`.
    async fn funding_allowance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whom; the caller when not given.")] employee_id: Option<Id<EmployeeId>>,
    ) -> Isolated<FundingAllowance> {
        isolated(async {
            let employee = employee_id.map(|id| id.0).or(ctx.actor()?.employee());
            let employee =
                employee.ok_or_else(|| ApiError::bad_input("employeeId", "say whose allowance it is"))?;
            let allowance = ctx.app()?.funding().allowance(ctx.actor()?, employee).await?;
            Ok(Some(allowance.into()))
        })
        .await
    }

    /// Funding requests that the caller may see, a page at a time: all of them for `HR_ADMIN`, `HR_ANALYST` and FINANCE,
    /// otherwise the caller's own, those of everybody below the caller in the reporting line, those that wait or waited
    /// for the caller, and those asked of budgets that the caller owns.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn funding_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which requests to list; all when not given.")] filter: Option<FundingRequestFilter>,
        #[graphql(desc = "How the list is sorted; by submission when not given.")] order_by: Option<
            OrderBy<FundingRequestOrderField>,
        >,
    ) -> Isolated<Connection<FundingRequest>> {
        isolated(async {
            let (field, direction) = OrderBy::read(order_by);
            let arguments = PageArguments { first, after, last, before };
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }
}

/// What funding knows of the caller.
#[derive(Default)]
pub(crate) struct FundingViewer;

#[Object]
impl FundingViewer {
    /// What waits for the caller's decision, and for those in whose name the caller decides, a page at a time: what is due first comes first, and what has no due date takes
    /// its place as if it were due 30 days after its turn came.
    async fn approvals(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Isolated<Connection<Approval>> {
        Some(Connection::read(ctx, (), (), PageArguments { first, after, last, before }).await)
    }

    /// What is missing from the caller for funding requests of their own: answers to approvers who want something changed, and
    /// what approvals depend on. What was asked for first comes first.
    async fn funding_tasks(&self, ctx: &Context<'_>) -> Result<Vec<FundingTask>, ApiError> {
        let tasks = ctx.app()?.funding().tasks(ctx.actor()?).await?;
        Ok(tasks.into_iter().map(Into::into).collect())
    }

    /// The caller's own funding requests, a page at a time.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn funding_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Which of them to list; all when not given. A condition on employees is overruled."
        )]
        filter: Option<FundingRequestFilter>,
        #[graphql(desc = "How the list is sorted; by submission when not given.")] order_by: Option<
            OrderBy<FundingRequestOrderField>,
        >,
    ) -> Isolated<Connection<FundingRequest>> {
        isolated(async {
            let mut filter = RequestFilter::try_from(filter.unwrap_or_default())?;
            let oneself = ctx.actor()?.employee();
            let oneself =
                oneself.ok_or_else(|| ApiError::bad_input("viewer", "only people have requests"))?;
            filter.employees = Some(vec![oneself]);
            let (field, direction) = OrderBy::read(order_by);
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }
}
