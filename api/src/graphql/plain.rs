//! Objects that are known whole before anybody asks.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::{
    ContainerType, ContextSelectionSet, OutputType, Positioned, ServerError, ServerResult, Value,
};
use futures_util::future::try_join_all;

/// An object none of whose fields waits for anything.
///
/// The library puts every field of an object into a box and polls all of them side by side, which is what fields that
/// look something up need. Most objects of a page of requests are amounts and the like; their fields are read here one
/// after another where they lie.
#[derive(Clone)]
pub(crate) struct Plain<T>(pub(crate) T);

impl<T: ContainerType> OutputType for Plain<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match fields(ctx) {
            Some(fields) => read(&self.0, ctx, fields, |_| true).await,
            None => Box::pin(self.0.resolve(ctx, field)).await,
        }
    }
}

/// An object of which some fields wait for nothing.
pub(crate) trait Known: ContainerType {
    /// The names of the fields that wait for nothing. What is not named may wait.
    const KNOWN: &'static [&'static str];
}

impl<T: Known> Known for &T {
    const KNOWN: &'static [&'static str] = T::KNOWN;
}

/// An object whose known fields are read as those of a plain one, and the others side by side.
pub(crate) struct Partly<T>(pub(crate) T);

impl<T: Known> OutputType for Partly<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match fields(ctx) {
            // A person's manager is a person: without a box this future would hold itself.
            Some(fields) => Box::pin(read(&self.0, ctx, fields, |name| T::KNOWN.contains(&name))).await,
            None => Box::pin(self.0.resolve(ctx, field)).await,
        }
    }
}

type Fields<'a> = Vec<&'a Positioned<Field>>;

/// The fields of a selection that are asked for by themselves and once each; `None` where there is more to it (a fragment,
/// the name of the type, a directive, parts of a field here and there), which is left to the library.
fn fields<'a>(ctx: &ContextSelectionSet<'a>) -> Option<Fields<'a>> {
    let mut fields = Fields::with_capacity(ctx.item.node.items.len());
    for item in &ctx.item.node.items {
        let Selection::Field(field) = &item.node else { return None };
        let key = &field.node.response_key().node;
        let twice = fields.iter().any(|other| other.node.response_key().node == *key);
        if twice || field.node.name.node == "__typename" || !field.node.directives.is_empty() {
            return None;
        }
        fields.push(field);
    }
    Some(fields)
}

/// The fields that are known, one after another; then those that may wait, side by side.
async fn read<T: ContainerType>(
    object: &T,
    ctx: &ContextSelectionSet<'_>,
    fields: Fields<'_>,
    is_known: impl Fn(&str) -> bool,
) -> ServerResult<Value> {
    let mut values = IndexMap::with_capacity(fields.len());
    let mut waiting = Vec::new();
    for (place, field) in fields.into_iter().enumerate() {
        let value = if is_known(&field.node.name.node) {
            object.resolve_field(&ctx.with_field(field)).await?.unwrap_or_default()
        } else {
            waiting.push(Box::pin(async move {
                let value = object.resolve_field(&ctx.with_field(field)).await?;
                Ok::<_, ServerError>((place, value.unwrap_or_default()))
            }));
            Value::Null
        };
        values.insert(field.node.response_key().node.clone(), value);
    }
    for (place, value) in try_join_all(waiting).await? {
        values[place] = value;
    }
    Ok(Value::Object(values))
}
