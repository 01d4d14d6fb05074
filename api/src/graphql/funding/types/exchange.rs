//! Exchange rates, and those that are frozen on requests.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;
use upskill_domain::kernel::{self, ExchangeRateId};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::loaders::Rates;
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Currency, Date, DateTime, Decimal};

/// What one currency was worth in another on a day, as FINANCE keeps it. A price is converted at the rate of the day of its
/// submission, or else at the latest of the 7 days before. For `HR_ADMIN`, `HR_ANALYST`, FINANCE and AUDITOR.
#[derive(Clone)]
pub(crate) struct ExchangeRate(domain::ExchangeRate);

impl From<domain::ExchangeRate> for ExchangeRate {
    fn from(rate: domain::ExchangeRate) -> Self {
        Self(rate)
    }
}

impl ExchangeRate {
    /// The rate with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ExchangeRateId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Rates, _>(id).await?.map(Self))
    }
}

impl Known for ExchangeRate {
    const KNOWN: &'static [&'static str] =
        &["id", "from", "to", "day", "rate", "source", "setAt", "withdrawnAt", "version"];
}

/// What one currency was worth in another on a day, as FINANCE keeps it. A price is converted at the rate of the day of its
/// submission, or else at the latest of the 7 days before. For `HR_ADMIN`, `HR_ANALYST`, FINANCE and AUDITOR.
#[Object]
impl ExchangeRate {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The currency of prices.
    async fn from(&self) -> Currency {
        Currency(self.0.from)
    }

    /// The currency of budgets.
    async fn to(&self) -> Currency {
        Currency(self.0.to)
    }

    /// The day at the employer.
    async fn day(&self) -> Date {
        Date(self.0.day)
    }

    /// What a unit of `from` was worth in `to`, without zeros at the end.
    async fn rate(&self) -> Decimal {
        Decimal(self.0.rate.to_string())
    }

    /// Who says so.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// Who set it last; null for the installation itself, as after an import from a file.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadExchangeRates)))]
    async fn set_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.set_by?).await.transpose()
    }

    /// When it was set last.
    async fn set_at(&self) -> DateTime {
        DateTime(self.0.set_at)
    }

    /// Since when no request is converted by it; null while requests are.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(DateTime)
    }

    /// Counts its changes; give it back to `withdrawExchangeRate` to notice that somebody else was quicker.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The rate at which a price was converted into a budget's currency, as it was then.
#[derive(SimpleObject)]
pub(crate) struct AppliedExchangeRate {
    /// The currency of the price.
    from: Currency,
    /// The currency of the budget.
    to: Currency,
    /// What a unit of `from` was worth in `to`.
    rate: Decimal,
    /// The day it was of.
    day: Date,
    /// Who said so.
    source: String,
}

impl AppliedExchangeRate {
    /// Where a price was converted, from its currency into the budget's.
    pub(crate) fn of(
        applied: Option<&domain::AppliedRate>,
        price: Option<kernel::Money>,
        amount: Option<kernel::Money>,
    ) -> Option<Self> {
        let (applied, price, amount) = (applied?, price?, amount?);
        Some(Self {
            from: Currency(price.currency()),
            to: Currency(amount.currency()),
            rate: Decimal(applied.rate.to_string()),
            day: Date(applied.day),
            source: applied.source.clone(),
        })
    }
}
