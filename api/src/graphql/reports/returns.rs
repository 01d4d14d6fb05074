//! What programs took for the people of a department, and what they brought there.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::kernel::DepartmentId;
use upskill_domain::reports::DepartmentReturns;

use super::loaders::Returns;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::plain::Plain;
use crate::graphql::roi::{RoiFigures, Suppression};

/// A department for which programs may have a return.
pub(crate) struct Returned(DepartmentId);

impl Returned {
    pub(crate) fn department(id: DepartmentId) -> Self {
        Self(id)
    }
}

/// A department for which programs may have a return.
#[Object]
impl Returned {
    /// What programs took for the people of the department and of all those below it, and what they brought there, by the newest
    /// report of each program that has one. For `HR_ADMIN`, `HR_ANALYST` and FINANCE.
    async fn roi(&self, ctx: &Context<'_>) -> Isolated<Plain<DepartmentRoi>> {
        isolated(async {
            let returns = ctx.load::<Returns, _>(self.0).await?;
            let returns = returns.ok_or_else(|| ApiError::internal("no sum was made of a department"))?;
            Ok(Some(Plain(returns.into())))
        })
        .await
    }
}

/// What programs took for the people of a department and of all those below it, and what they brought there: the sum over the
/// newest report of each program. Nothing is told of fewer people of a program than the employer's `minimumGroupSize`, nor can
/// it be had by adding or subtracting what is told.
#[derive(SimpleObject)]
pub(crate) struct DepartmentRoi {
    /// What the newest reports come to that tell of the department. Null when none does, though there are some that may not or do
    /// not know; all 0 when nobody here has joined a program that has a report.
    figures: Option<Plain<RoiFigures>>,
    /// Why the figures are not told; null when they are, or when no report knows them.
    suppressed: Option<Suppression>,
    /// How many programs are in the figures.
    programs: u32,
    /// How many programs are not, because their reports would tell about a few people.
    programs_suppressed: u32,
    /// How many programs are not, because their newest report was made before reports knew departments. The next report of such a
    /// program does.
    programs_not_kept: u32,
}

impl From<DepartmentReturns> for DepartmentRoi {
    fn from(returns: DepartmentReturns) -> Self {
        Self {
            figures: returns.returns().map(|told| Plain((&told).into())),
            suppressed: returns.suppression().map(Into::into),
            programs: returns.programs,
            programs_suppressed: returns.suppressed,
            programs_not_kept: returns.not_kept,
        }
    }
}
