//! What a course has cost.

use async_graphql::{Context, Object};
use upskill_domain::access::Action;
use upskill_domain::catalog as domain;

use crate::graphql::error::Isolated;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{DateTime, Money};

/// One list price of a course, valid from an instant until the next one. Prices are only ever added.
#[derive(Clone)]
pub(crate) struct CoursePrice(domain::CoursePrice);

impl From<domain::CoursePrice> for CoursePrice {
    fn from(price: domain::CoursePrice) -> Self {
        Self(price)
    }
}

impl Known for CoursePrice {
    const KNOWN: &'static [&'static str] = &["price", "validFrom"];
}

/// One list price of a course, valid from an instant until the next one. Prices are only ever added.
#[Object]
impl CoursePrice {
    /// The price per person; null when it was unknown from then on. 0 is a price.
    async fn price(&self) -> Option<Money> {
        self.0.price.map(Money::from)
    }

    /// From when on.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.valid_from)
    }

    /// Who set it; null when the installation itself did.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ManageCatalog)))]
    async fn set_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.set_by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }
}
