//! What can be asked about privacy.

use async_graphql::{Context, Object};
use upskill_domain::kernel::EmployeeId;

use super::types::{EmployeeErasure, MonitoredField};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::personal::{DataClass, marks};

/// Queries of privacy.
#[derive(Default)]
pub(crate) struct PrivacyQueries;

#[Object]
impl PrivacyQueries {
    /// What erasing a person would do, without doing it; null when there is no such person. For `HR_ADMIN`.
    ///
    /// What is kept of a person in full is a file: `GET /employees/{id}/personal-data.json` with the same bearer token, for
    /// the person and for `HR_ADMIN`.
    async fn employee_erasure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] employee_id: Id<EmployeeId>,
    ) -> Isolated<EmployeeErasure> {
        isolated(async {
            let erasure = ctx.app()?.privacy().erasure(ctx.actor()?, employee_id.0).await?;
            Ok(erasure.map(Into::into))
        })
        .await
    }

    /// Which fields of this schema tell of people, what for, and who may see them, in the order of the schema: every field
    /// that is `@personal`, or whose type is. For `HR_ADMIN`, AUDITOR and `WORKS_COUNCIL`.
    async fn monitored_fields(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that tell this sort of thing; all when not given.")] class: Option<
            DataClass,
        >,
    ) -> Isolated<Vec<MonitoredField>> {
        isolated(async {
            ctx.app()?.privacy().require_monitor(ctx.actor()?)?;
            let marks = marks().iter().filter(|mark| class.is_none_or(|class| mark.class == class));
            Ok(Some(marks.map(MonitoredField::from).collect()))
        })
        .await
    }
}
