//! How lists are sorted.

use std::borrow::Cow;

use async_graphql::{InputObject, InputType, TypeName};
use upskill_domain::kernel::Direction;

/// How a list is sorted.
#[derive(InputObject)]
#[graphql(name_type)]
pub(crate) struct OrderBy<F: InputType> {
    /// By what.
    field: F,
    /// Which way; ascending when not given.
    #[graphql(default)]
    direction: OrderDirection,
}

/// `EmployeeOrder` for a list that is sorted by an `EmployeeOrderField`.
impl<F: InputType> TypeName for OrderBy<F> {
    fn type_name() -> Cow<'static, str> {
        F::type_name().trim_end_matches("Field").to_owned().into()
    }
}

impl<F: InputType + Default> OrderBy<F> {
    /// The order asked for, or the default one.
    pub(crate) fn read(order: Option<Self>) -> (F, Direction) {
        order.map_or_else(Default::default, |order| (order.field, order.direction.into()))
    }
}

/// Which way a list is sorted.
#[derive(async_graphql::Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
pub(crate) enum OrderDirection {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

impl From<OrderDirection> for Direction {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => Self::Ascending,
            OrderDirection::Desc => Self::Descending,
        }
    }
}
