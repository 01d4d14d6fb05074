//! Erasing people.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::privacy::EraseEmployeeRefusal;

use super::inputs::EraseEmployeeInput;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::organization::Employee;
use crate::graphql::refusal::{answered, user_errors};
use crate::graphql::scalars::DateTime;

/// Mutations of privacy.
#[derive(Default)]
pub(crate) struct PrivacyMutations;

#[Object]
impl PrivacyMutations {
    /// Erases a person who has left, for good: their name, address and ids, what they said and what was said of them. What
    /// figures, ledgers and the journal need stays under an id that leads to nobody. `employeeErasure` says beforehand what
    /// becomes of what. For `HR_ADMIN`, never for oneself.
    async fn erase_employee(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to erase.")] input: EraseEmployeeInput,
    ) -> Isolated<EraseEmployeePayload> {
        isolated(async {
            let outcome = ctx.app()?.privacy().erase(ctx.actor()?, input.try_into()?).await;
            let (erased, user_errors) = answered(outcome)?;
            let Some(erased) = erased else {
                return Ok(Some(EraseEmployeePayload { employee: None, erased_at: None, user_errors }));
            };
            let employee = Employee::load(ctx, erased.employee).await?;
            let erased_at = Some(DateTime(erased.at));
            Ok(Some(EraseEmployeePayload { employee, erased_at, user_errors }))
        })
        .await
    }
}

/// What became of `eraseEmployee`.
#[derive(SimpleObject)]
pub(crate) struct EraseEmployeePayload {
    /// What is left of the person in the directory; null when refused.
    employee: Option<Employee>,
    /// When they were erased; null when refused.
    erased_at: Option<DateTime>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<EraseEmployeeError>,
}

user_errors! {
    /// Why a person was not erased.
    EraseEmployeeError, EraseEmployeeErrorCode for EraseEmployeeRefusal {
        /// Nobody erases themself.
        Oneself <= EraseEmployeeRefusal::Oneself,
        /// The person was erased before.
        AlreadyErased <= EraseEmployeeRefusal::ErasedBefore(_),
        /// Something stands in the way; `employeeErasure` lists it.
        Obstructed <= EraseEmployeeRefusal::Obstructed(_),
        /// The digest is not that of the report as it is now.
        StaleDigest <= EraseEmployeeRefusal::StaleDigest,
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= EraseEmployeeRefusal::KeyReused(_),
    }
}
