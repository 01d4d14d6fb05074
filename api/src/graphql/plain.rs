//! Objects that are known whole before anybody asks.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::{ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};

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
        match read(&self.0, ctx, |_| true).await? {
            Some(object) => Ok(Value::Object(object)),
            None => self.0.resolve(ctx, field).await,
        }
    }
}

/// An object of which some fields wait for nothing. When only those are asked for, it is read as a plain one.
pub(crate) struct Partly<'a, T> {
    pub(crate) object: &'a T,
    /// The names of the fields that wait for nothing.
    pub(crate) known: &'static [&'static str],
}

impl<T: ContainerType> OutputType for Partly<'_, T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match read(self.object, ctx, |name| self.known.contains(&name)).await? {
            Some(object) => Ok(Value::Object(object)),
            None => self.object.resolve(ctx, field).await,
        }
    }
}

/// The fields one after another; `None` where something is asked for that is no such field, which is left to the library.
async fn read<T: ContainerType>(
    object: &T,
    ctx: &ContextSelectionSet<'_>,
    is_known: impl Fn(&str) -> bool,
) -> ServerResult<Option<IndexMap<Name, Value>>> {
    let plain = ctx.item.node.items.iter().map(|item| match &item.node {
        Selection::Field(field)
            if is_known(&field.node.name.node)
                && field.node.name.node != "__typename"
                && field.node.directives.is_empty() =>
        {
            Some(field)
        }
        _ => None,
    });
    let Some(fields) = plain.collect::<Option<Vec<_>>>() else { return Ok(None) };
    let mut values = IndexMap::with_capacity(fields.len());
    for field in fields {
        let value = object.resolve_field(&ctx.with_field(field)).await?.unwrap_or_default();
        // Whoever asks twice for the same may ask for different parts of it.
        if values.insert(field.node.response_key().node.clone(), value).is_some() {
            return Ok(None);
        }
    }
    Ok(Some(values))
}
