//! Making reports.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::roi::{CreateReportRefusal, StatedProblem};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::refusal::{all_answered, user_errors};
use crate::graphql::roi::inputs::CreateRoiReportInput;
use crate::graphql::roi::types::RoiReport;

/// Mutations of reports.
#[derive(Default)]
pub(crate) struct ReportMutations;

#[Object]
impl ReportMutations {
    /// Makes the next version of a program's report: gathers what ledgers, enrollments and cost bands know, adds what is stated,
    /// and keeps all of it with the figures. For `HR_ADMIN` and FINANCE.
    async fn create_roi_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report.")] input: CreateRoiReportInput,
    ) -> Isolated<CreateRoiReportPayload> {
        isolated(async {
            let outcome = ctx.app()?.roi().create_report(ctx.actor()?, input.try_into()?).await;
            let (report, user_errors) = all_answered(outcome)?;
            Ok(Some(CreateRoiReportPayload { roi_report: report.map(Into::into), user_errors }))
        })
        .await
    }
}

/// What became of `createRoiReport`.
#[derive(SimpleObject)]
pub(crate) struct CreateRoiReportPayload {
    /// The report; null when refused.
    roi_report: Option<RoiReport>,
    /// Everything for which it was refused; empty when it was done.
    user_errors: Vec<CreateRoiReportError>,
}

user_errors! {
    /// Why a report was not made.
    CreateRoiReportError, CreateRoiReportErrorCode for CreateReportRefusal {
        /// The window ends on a day to come.
        WindowToCome <= CreateReportRefusal::WindowToCome { .. },
        /// The discount rate is not 0 to 10000 basis points.
        InvalidDiscountRate <= CreateReportRefusal::InvalidDiscountRate(_),
        /// The administration share is not 0 to 10000 basis points.
        InvalidAdministration <= CreateReportRefusal::InvalidAdministration(_),
        /// More than 50 costs or intangibles are stated.
        TooMany <= CreateReportRefusal::TooMany { .. },
        /// The records know costs of this kind; they cannot be stated beside them.
        OnRecord <= CreateReportRefusal::Cost { problem: StatedProblem::OnRecord(_), .. },
        /// The amount of a cost is not in the employer's currency.
        CurrencyMismatch <= CreateReportRefusal::Cost { problem: StatedProblem::Currency { .. }, .. },
        /// The amount of a cost is not above 0.
        NotPositive <= CreateReportRefusal::Cost { problem: StatedProblem::NotPositive(_), .. },
        /// The source of a cost is empty, too long or has control characters.
        InvalidSource <= CreateReportRefusal::Cost { problem: StatedProblem::InvalidSource(_), .. },
        /// The note of an intangible is empty, too long or has control characters.
        InvalidNote <= CreateReportRefusal::InvalidIntangible { .. },
        /// Fewer people than the employer's minimum group size have joined the program.
        GroupTooSmall <= CreateReportRefusal::GroupTooSmall { .. },
        /// Working time went into learning, but there is no cost band to price it by.
        NoCostBand <= CreateReportRefusal::NoCostBand,
        /// Something was spent in a currency for which there is no exchange rate of the window's last days.
        NoExchangeRate <= CreateReportRefusal::NoExchangeRate { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateReportRefusal::KeyReused(_),
    }
}
