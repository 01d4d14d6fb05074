//! The employer as an object.

use async_graphql::{Context, ID, Object};
use upskill_domain::kernel::EmployerId;
use upskill_domain::organization as domain;

use crate::graphql::context::RequestContext;
use crate::graphql::edges::{Reported, Skilled};
use crate::graphql::error::ApiError;
use crate::graphql::id::wire;
use crate::graphql::node::found;
use crate::graphql::scalars::{Currency, TimeZone};

/// The employer of the caller, with the settings its rules go by.
pub(crate) struct Employer(domain::Employer);

impl From<domain::Employer> for Employer {
    fn from(employer: domain::Employer) -> Self {
        Self(employer)
    }
}

impl Employer {
    /// The employer with this id, for `node`: the caller's own or none.
    pub(crate) async fn load(ctx: &Context<'_>, id: EmployerId) -> Result<Option<Self>, ApiError> {
        let actor = ctx.actor()?;
        if id != actor.employer {
            return Ok(None);
        }
        found(ctx.app()?.organization().employer(actor).await.map(Self))
    }
}

/// The employer of the caller, with the settings its rules go by.
#[Object]
impl Employer {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The short name by which tokens and operators refer to it.
    async fn slug(&self) -> &str {
        self.0.slug.as_str()
    }

    /// The name people know.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where its days begin: deadlines and fiscal years go by this time zone.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.name().to_owned())
    }

    /// The currency of its budgets unless a budget says otherwise.
    async fn currency(&self) -> Currency {
        Currency(self.0.currency)
    }

    /// The month in which its fiscal year starts, 1 for January to 12 for December.
    async fn fiscal_year_start_month(&self) -> u32 {
        self.0.fiscal_year_start_month
    }

    /// The smallest group of people that an aggregate may speak about, at least 3.
    async fn minimum_group_size(&self) -> u32 {
        self.0.minimum_group_size
    }

    /// The reports about it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn reported(&self) -> Reported {
        Reported::employer()
    }

    /// What is known of the skills of its people.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn skilled(&self) -> Skilled {
        Skilled::employer()
    }
}
