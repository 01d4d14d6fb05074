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
        match self.read(ctx).await? {
            Some(object) => Ok(Value::Object(object)),
            None => self.0.resolve(ctx, field).await,
        }
    }
}

impl<T: ContainerType> Plain<T> {
    /// The fields; `None` where there is more to it than fields, which is left to the library.
    async fn read(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<Option<IndexMap<Name, Value>>> {
        let items = &ctx.item.node.items;
        let mut object = IndexMap::with_capacity(items.len());
        for item in items {
            let Selection::Field(field) = &item.node else { return Ok(None) };
            if field.node.name.node == "__typename" || !field.node.directives.is_empty() {
                return Ok(None);
            }
            let value = self.0.resolve_field(&ctx.with_field(field)).await?.unwrap_or_default();
            // Whoever asks twice for the same may ask for different parts of it.
            if object.insert(field.node.response_key().node.clone(), value).is_some() {
                return Ok(None);
            }
        }
        Ok(Some(object))
    }
}
