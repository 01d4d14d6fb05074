//! Creating budgets, changing them, and ending them.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{
    AddBudgetOwnerRefusal, ArchiveBudgetRefusal, ChangeBudgetRefusal, CreateBudgetRefusal, PostingRefusal,
    RemoveBudgetOwnerRefusal, StatusRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{
    AddBudgetOwnerInput, ArchiveBudgetInput, ChangeBudgetInput, CloseBudgetToSpendInput, CreateBudgetInput,
    OpenBudgetInput, RemoveBudgetOwnerInput,
};
use crate::graphql::funding::types::Budget;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of budgets.
#[derive(Default)]
pub(crate) struct BudgetMutations;

#[Object]
impl BudgetMutations {
    /// Creates a budget as DRAFT, with its first money if it is given. For `HR_ADMIN` and FINANCE.
    async fn create_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget.")] input: CreateBudgetInput,
    ) -> Isolated<CreateBudgetPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().create_budget(ctx.actor()?, command).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(CreateBudgetPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Renames a budget or changes what happens at its limit. For `HR_ADMIN` and FINANCE. CONFLICT when the expected
    /// version is not the stored one.
    async fn change_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget and what changes.")] input: ChangeBudgetInput,
    ) -> Isolated<ChangeBudgetPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().change_budget(ctx.actor()?, input.into()).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(ChangeBudgetPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Opens a budget that is DRAFT or `CLOSED_TO_SPEND`. For `HR_ADMIN` and FINANCE. CONFLICT when the expected version is
    /// not the stored one.
    async fn open_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget.")] input: OpenBudgetInput,
    ) -> Isolated<OpenBudgetPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().open_budget(ctx.actor()?, input.into()).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(OpenBudgetPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Closes an OPEN budget: nothing new is promised, what is promised runs to its end. For `HR_ADMIN` and FINANCE. CONFLICT
    /// when the expected version is not the stored one.
    async fn close_budget_to_spend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget.")] input: CloseBudgetToSpendInput,
    ) -> Isolated<CloseBudgetToSpendPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().close_budget_to_spend(ctx.actor()?, input.into()).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(CloseBudgetToSpendPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Archives a budget that is DRAFT or `CLOSED_TO_SPEND`. It stays readable. For `HR_ADMIN` and FINANCE. CONFLICT when the
    /// expected version is not the stored one.
    async fn archive_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget.")] input: ArchiveBudgetInput,
    ) -> Isolated<ArchiveBudgetPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().archive_budget(ctx.actor()?, input.into()).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(ArchiveBudgetPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Makes somebody an owner of a budget: they see it, answer for it, and decide where no manager may. For `HR_ADMIN` and
    /// FINANCE.
    async fn add_budget_owner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget and the person.")] input: AddBudgetOwnerInput,
    ) -> Isolated<AddBudgetOwnerPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().add_budget_owner(ctx.actor()?, input.try_into()?).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(AddBudgetOwnerPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Ends somebody's ownership of a budget. The last owner stays. For `HR_ADMIN` and FINANCE.
    async fn remove_budget_owner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget and the person.")] input: RemoveBudgetOwnerInput,
    ) -> Isolated<RemoveBudgetOwnerPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().remove_budget_owner(ctx.actor()?, input.into()).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(RemoveBudgetOwnerPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }
}

/// What became of `createBudget`.
#[derive(SimpleObject)]
pub(crate) struct CreateBudgetPayload {
    /// The budget; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateBudgetError>,
}

user_errors! {
    /// Why a budget was not created.
    CreateBudgetError, CreateBudgetErrorCode for CreateBudgetRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateBudgetRefusal::InvalidName(_),
        /// Nobody is to own it.
        NoOwner <= CreateBudgetRefusal::NoOwner,
        /// There is no such employee at work to own it.
        UnknownOwner <= CreateBudgetRefusal::UnknownOwner(_),
        /// There is no such department.
        UnknownDepartment <= CreateBudgetRefusal::UnknownDepartment(_),
        /// There is no such program, or it is CLOSED.
        UnknownProgram <= CreateBudgetRefusal::UnknownProgram(_),
        /// There is no such budget to put it under.
        UnknownParent <= CreateBudgetRefusal::UnknownParent(_),
        /// The budget above is in another currency.
        ParentCurrency <= CreateBudgetRefusal::ParentCurrency { .. },
        /// The budget above does not cover its days.
        OutsideParentPeriod <= CreateBudgetRefusal::OutsideParentPeriod(_),
        /// The budget above is ARCHIVED.
        ParentArchived <= CreateBudgetRefusal::ParentArchived,
        /// The first allocation is not above 0.
        AllocationNotPositive <= CreateBudgetRefusal::AllocationNotPositive(_),
        /// The first allocation is in another currency than the budget.
        AllocationCurrency <= CreateBudgetRefusal::AllocationCurrency(_),
        /// The budget above has less available than the first allocation.
        InsufficientFunds <= CreateBudgetRefusal::Allocation(PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. }),
        /// The first allocation cannot be booked.
        AllocationNotBooked <= CreateBudgetRefusal::Allocation(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateBudgetRefusal::KeyReused(_),
    }
}

/// What became of `changeBudget`.
#[derive(SimpleObject)]
pub(crate) struct ChangeBudgetPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeBudgetError>,
}

user_errors! {
    /// Why a budget was not changed.
    ChangeBudgetError, ChangeBudgetErrorCode for ChangeBudgetRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= ChangeBudgetRefusal::InvalidName(_),
        /// Less than 0 of the money or of the learning hours is available, which HARD does not allow.
        Overdrawn <= ChangeBudgetRefusal::Overdrawn { .. } | ChangeBudgetRefusal::HoursOverdrawn { .. },
    }
}

/// What became of `openBudget`.
#[derive(SimpleObject)]
pub(crate) struct OpenBudgetPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<OpenBudgetError>,
}

user_errors! {
    /// Why a budget was not opened.
    OpenBudgetError, OpenBudgetErrorCode for StatusRefusal {
        /// A budget of its status cannot become that.
        StatusNotAllowed <= StatusRefusal { .. },
    }
}

/// What became of `closeBudgetToSpend`.
#[derive(SimpleObject)]
pub(crate) struct CloseBudgetToSpendPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CloseBudgetToSpendError>,
}

user_errors! {
    /// Why a budget was not closed.
    CloseBudgetToSpendError, CloseBudgetToSpendErrorCode for StatusRefusal {
        /// A budget of its status cannot become that.
        StatusNotAllowed <= StatusRefusal { .. },
    }
}

/// What became of `archiveBudget`.
#[derive(SimpleObject)]
pub(crate) struct ArchiveBudgetPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ArchiveBudgetError>,
}

user_errors! {
    /// Why a budget was not archived.
    ArchiveBudgetError, ArchiveBudgetErrorCode for ArchiveBudgetRefusal {
        /// A budget of its status cannot become that.
        StatusNotAllowed <= ArchiveBudgetRefusal::Status(_),
        /// Money is still reserved or committed.
        StillPromised <= ArchiveBudgetRefusal::StillPromised { .. },
        /// Requests to it wait for a decision.
        RequestsWaiting <= ArchiveBudgetRefusal::RequestsWaiting { .. },
        /// It has money left, which belongs to the budget above.
        MoneyLeft <= ArchiveBudgetRefusal::MoneyLeft { .. },
        /// Budgets below it are not archived.
        ChildrenInUse <= ArchiveBudgetRefusal::ChildrenInUse { .. },
    }
}

/// What became of `addBudgetOwner`.
#[derive(SimpleObject)]
pub(crate) struct AddBudgetOwnerPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AddBudgetOwnerError>,
}

user_errors! {
    /// Why somebody was not made an owner.
    AddBudgetOwnerError, AddBudgetOwnerErrorCode for AddBudgetOwnerRefusal {
        /// There is no such employee at work.
        UnknownEmployee <= AddBudgetOwnerRefusal::UnknownEmployee(_),
        /// The person owns it already.
        AlreadyOwner <= AddBudgetOwnerRefusal::AlreadyOwner,
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= AddBudgetOwnerRefusal::KeyReused(_),
    }
}

/// What became of `removeBudgetOwner`.
#[derive(SimpleObject)]
pub(crate) struct RemoveBudgetOwnerPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RemoveBudgetOwnerError>,
}

user_errors! {
    /// Why somebody is still an owner.
    RemoveBudgetOwnerError, RemoveBudgetOwnerErrorCode for RemoveBudgetOwnerRefusal {
        /// The person does not own it.
        NotOwner <= RemoveBudgetOwnerRefusal::NotOwner,
        /// Nobody would answer for it any more.
        LastOwner <= RemoveBudgetOwnerRefusal::LastOwner,
    }
}
