//! Who stands in for whom.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;
use upskill_domain::kernel::ApprovalDelegationId;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::loaders::Delegations;
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime};

/// Some days on which one person decides what waits for another, in their name. For both of them, `HR_ADMIN` and
/// `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct ApprovalDelegation(domain::Delegation);

impl From<domain::Delegation> for ApprovalDelegation {
    fn from(delegation: domain::Delegation) -> Self {
        Self(delegation)
    }
}

impl ApprovalDelegation {
    /// The delegation with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ApprovalDelegationId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Delegations, _>(id).await?.map(Self))
    }
}

impl Known for ApprovalDelegation {
    const KNOWN: &'static [&'static str] = &["id", "fromOn", "untilOn", "createdAt", "endedAt"];
}

/// Some days on which one person decides what waits for another, in their name. For both of them, `HR_ADMIN` and
/// `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Activity, who(Action::ReadDelegations)))]
impl ApprovalDelegation {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// In whose name.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.delegator).await.transpose()
    }

    /// Who decides. They reach what waits for the person themself, not what that one decides in the name of others, and
    /// never a request of their own.
    async fn delegate(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.delegate).await.transpose()
    }

    /// The first day at the employer.
    async fn from_on(&self) -> Date {
        Date(self.0.period.from())
    }

    /// The last day.
    async fn until_on(&self) -> Date {
        Date(self.0.period.to())
    }

    /// When it was arranged.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Who arranged it; null for the installation itself.
    async fn created_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.created_by?).await.transpose()
    }

    /// When it was ended before its last day was over; null when it was not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }
}
