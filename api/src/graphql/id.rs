//! Ids on the wire: `TypeID`s in the standard `ID` scalar.

use std::borrow::Cow;

use async_graphql::registry::Registry;
use async_graphql::{ID, InputType, InputValueError, InputValueResult, Value};
use upskill_domain::kernel::TypedId;

/// An argument that names one thing of one type. An id of another type is refused by name before anything is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id<T>(pub(crate) T);

impl<T: TypedId> InputType for Id<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::String(text)) = value else {
            return Err(InputValueError::expected_type(value.unwrap_or_default()));
        };
        T::parse(&text).map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

/// The wire form of an id.
pub(crate) fn wire(id: impl TypedId) -> ID {
    ID(id.to_string())
}
