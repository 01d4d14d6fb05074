//! What can be asked about the return on investment.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{ProgramId, RoiReportId};

use super::inputs::{BenefitFilter, RoiReportFilter};
use super::types::{Benefit, CostBand, RetentionEffect, RoiReport, ScrapLearning};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::scalars::Date;

/// Queries of the return on investment.
#[derive(Default)]
pub(crate) struct RoiQueries;

#[Object]
impl RoiQueries {
    /// What an hour of employees costs, by code; at most 100 bands. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
    async fn cost_bands(&self, ctx: &Context<'_>) -> Isolated<Vec<CostBand>> {
        isolated(async {
            let bands = ctx.app()?.roi().cost_bands(ctx.actor()?).await?;
            Ok(Some(bands.into_iter().map(Into::into).collect()))
        })
        .await
    }

    /// What programs brought, as people put it down, the oldest first, a page at a time. For `HR_ADMIN`, `HR_ANALYST` and
    /// FINANCE.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn benefits(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which benefits to list; all when not given.")] filter: Option<BenefitFilter>,
    ) -> Isolated<Connection<Benefit>> {
        let arguments = PageArguments { first, after, last, before };
        Some(Connection::read(ctx, filter.unwrap_or_default().into(), (), arguments).await)
    }

    /// One report of the return on investment; null when there is none that the caller may see. For `HR_ADMIN`,
    /// `HR_ANALYST` and FINANCE.
    async fn roi_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report's id.")] id: Id<RoiReportId>,
    ) -> Isolated<RoiReport> {
        RoiReport::load(ctx, id.0).await.transpose()
    }

    /// Reports of the return on investment, the newest first, a page at a time. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn roi_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which reports to list; all when not given.")] filter: Option<RoiReportFilter>,
    ) -> Isolated<Connection<RoiReport>> {
        let arguments = PageArguments { first, after, last, before };
        Some(Connection::read(ctx, filter.unwrap_or_default().into(), (), arguments).await)
    }

    /// Whether people stay longer in the departments that a program is meant for, told by a difference in differences or not
    /// at all; null when there is no such program. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
    async fn retention_effect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] program_id: Id<ProgramId>,
    ) -> Isolated<RetentionEffect> {
        isolated(async {
            let study = ctx.app()?.roi().retention(ctx.actor()?, program_id.0).await?;
            Ok(study.map(Into::into))
        })
        .await
    }

    /// What was completed in a calendar quarter and is not applied on the job, in all, by provider and by course. For
    /// `HR_ADMIN`, `HR_ANALYST` and FINANCE.
    async fn scrap_learning(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any day of the quarter.")] on: Date,
    ) -> Isolated<ScrapLearning> {
        isolated(async {
            let report = ctx.app()?.roi().scrap_learning(ctx.actor()?, on.0).await?;
            Ok(Some(report.into()))
        })
        .await
    }
}
