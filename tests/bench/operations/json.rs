//! Answers with many objects that differ a little each, written where they are put together.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// JSON whose fields stay in their order.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Json<'r> {
    Null,
    Number(i64),
    Text(Cow<'r, str>),
    List(Vec<Json<'r>>),
    #[serde(serialize_with = "in_order")]
    Object(Vec<(&'static str, Json<'r>)>),
}

fn in_order<S: Serializer>(fields: &[(&'static str, Json<'_>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

/// An object of fields.
macro_rules! object {
    ($($name:literal => $value:expr),+ $(,)?) => {
        $crate::operations::json::Json::Object(vec![$(($name, $crate::operations::json::Json::from($value))),+])
    };
}
pub(super) use object;

impl From<u32> for Json<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Json<'_> {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl<'r> From<&'r str> for Json<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Vec<Self>> for Json<'_> {
    fn from(list: Vec<Self>) -> Self {
        Self::List(list)
    }
}

impl<T: Into<Self>> From<Option<T>> for Json<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
