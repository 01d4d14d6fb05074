//! What a course costs, and what it used to cost.

use chrono::{DateTime, Utc};

use crate::kernel::{CourseId, CoursePriceId, Currency, EmployeeId, Money};

/// One price of a course, valid from an instant until the next one. Prices are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoursePrice {
    /// Its id.
    pub id: CoursePriceId,
    /// The course.
    pub course: CourseId,
    /// The price per person (C3). Nothing means that the price is unknown from here on; 0 is a price.
    pub price: Option<Money>,
    /// From when on.
    pub valid_from: DateTime<Utc>,
    /// Who set it; nobody when the installation did.
    pub set_by: Option<EmployeeId>,
}

/// Prices of one currency, both ends included. Amounts of different currencies are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PriceRange {
    /// The currency.
    pub currency: Currency,
    /// At least this many minor units.
    pub at_least: Option<i64>,
    /// At most this many minor units.
    pub at_most: Option<i64>,
}

impl PriceRange {
    /// Whether a price lies within. An unknown price never does.
    pub fn contains(&self, price: Option<Money>) -> bool {
        price.is_some_and(|price| {
            price.currency() == self.currency
                && self.at_least.is_none_or(|least| least <= price.minor())
                && self.at_most.is_none_or(|most| price.minor() <= most)
        })
    }
}
