//! What people master.

use async_graphql::{Context, Object};
use futures_util::future::try_join_all;
use upskill_domain::kernel::{EmployeeId, JobProfileId, SkillId};
use upskill_domain::skills as domain;

use super::inputs::SkillRecordFilter;
use super::loaders::{AssignedProfiles, HeldSkills, ProfileGaps};
use super::profiles::{JobProfile, ProfileGap};
use super::records::{HeldSkill, SkillRecord};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::filter::{OneOf, ids};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::scalars::Date;

/// What skills know of a person.
pub(crate) struct EmployeeSkills(pub(crate) EmployeeId);

/// What skills know of a person.
#[Object]
impl EmployeeSkills {
    /// What the person masters on a day and how well, in the order in which the skills came into the vocabulary. For the
    /// person, the managers above them, `HR_ADMIN` and `HR_ANALYST`; empty for everybody else.
    async fn held_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when not given.")] as_of: Option<Date>,
        #[graphql(desc = "Only these skills; all when not given.")] skill: Option<OneOf<Id<SkillId>>>,
    ) -> Result<Vec<HeldSkill>, ApiError> {
        let held = ctx.load::<HeldSkills, _>((self.0, as_of.map(|day| day.0))).await?.unwrap_or_default();
        let wanted = ids(skill);
        let held =
            held.into_iter().filter(|held| wanted.as_ref().is_none_or(|wanted| wanted.contains(&held.skill)));
        try_join_all(held.map(|held| HeldSkill::read(ctx, held))).await
    }

    /// The person's job on a day. For the person, the managers above them, `HR_ADMIN` and `HR_ANALYST`; null for everybody
    /// else, and for who has none.
    async fn job_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when not given.")] as_of: Option<Date>,
    ) -> Isolated<JobProfile> {
        isolated(async {
            match ctx.load::<AssignedProfiles, _>((self.0, as_of.map(|day| day.0))).await? {
                Some(profile) => JobProfile::load(ctx, profile).await,
                None => Ok(None),
            }
        })
        .await
    }

    /// What the person lacks for a job on a day. For the person, the managers above them, `HR_ADMIN` and `HR_ANALYST`; null
    /// for everybody else, and where there is no job or it asked for nothing on the day.
    async fn profile_gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job; the person's own on the day when not given.")] job_profile_id: Option<
            Id<JobProfileId>,
        >,
        #[graphql(desc = "The day; today when not given.")] as_of: Option<Date>,
    ) -> Isolated<ProfileGap> {
        isolated(async {
            let asked = (self.0, job_profile_id.map(|id| id.0), as_of.map(|day| day.0));
            Ok(ctx.load::<ProfileGaps, _>(asked).await?.map(ProfileGap::from))
        })
        .await
    }

    /// Everything that was recorded of the person's skills, as far as the caller may see it, the latest to begin first.
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
        #[graphql(
            desc = "Which of them to list; all when not given. A condition on employees is overruled."
        )]
        filter: Option<SkillRecordFilter>,
    ) -> Result<Connection<SkillRecord>, ApiError> {
        let filter = domain::SkillRecordFilter::from(filter.unwrap_or_default());
        let filter = domain::SkillRecordFilter { employees: Some(vec![self.0]), ..filter };
        Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await
    }
}
