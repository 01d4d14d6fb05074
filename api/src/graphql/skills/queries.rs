//! What can be asked about skills.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{JobProfileId, SkillId, SkillRecordId};

use super::inputs::{
    JobProfileFilter, JobProfileOrderField, SkillFilter, SkillOrderField, SkillRecordFilter,
};
use super::profiles::JobProfile;
use super::records::SkillRecord;
use super::types::Skill;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of skills.
#[derive(Default)]
pub(crate) struct SkillQueries;

#[Object]
impl SkillQueries {
    /// One skill; null when there is none. For every employee.
    async fn skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill's id.")] id: Id<SkillId>,
    ) -> Isolated<Skill> {
        Skill::load(ctx, id.0).await.transpose()
    }

    /// Skills, a page at a time. For every employee.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which skills to list; all when not given.")] filter: Option<SkillFilter>,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<SkillOrderField>,
        >,
    ) -> Isolated<Connection<Skill>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// One record of what somebody masters; null when there is none that the caller may see.
    async fn skill_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record's id.")] id: Id<SkillRecordId>,
    ) -> Isolated<SkillRecord> {
        SkillRecord::load(ctx, id.0).await.transpose()
    }

    /// What was recorded of people's skills, the latest to begin first, a page at a time. `HR_ADMIN` and `HR_ANALYST` see
    /// everybody; others see themselves and everybody below them in the reporting line.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn skill_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which records to list; all when not given.")] filter: Option<SkillRecordFilter>,
    ) -> Isolated<Connection<SkillRecord>> {
        let filter = filter.unwrap_or_default().into();
        Some(Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await)
    }

    /// One job profile; null when there is none. For every employee.
    async fn job_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The profile's id.")] id: Id<JobProfileId>,
    ) -> Isolated<JobProfile> {
        JobProfile::load(ctx, id.0).await.transpose()
    }

    /// Job profiles, a page at a time. For every employee.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn job_profiles(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which profiles to list; all when not given.")] filter: Option<JobProfileFilter>,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<JobProfileOrderField>,
        >,
    ) -> Isolated<Connection<JobProfile>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }
}
