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
        match read(&self.0, ctx, |_| true).await? {
            Some(object) => Ok(object),
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
        // A person's manager is a person: without a box this future would hold itself.
        match Box::pin(read(&self.0, ctx, |name| T::KNOWN.contains(&name))).await? {
            Some(object) => Ok(object),
            None => Box::pin(self.0.resolve(ctx, field)).await,
        }
    }
}

/// Several such objects. When nothing but known fields is asked of them they are read one after another.
pub(crate) struct Rows<'a, R, T> {
    rows: &'a [R],
    object: fn(&R) -> &T,
}

impl<'a, R, T: 'a> Rows<'a, R, T> {
    /// The objects that rows hold.
    pub(crate) fn of(rows: &'a [R], object: fn(&R) -> &T) -> Self {
        Self { rows, object }
    }

    fn objects(&self) -> impl ExactSizeIterator<Item = &'a T> {
        self.rows.iter().map(self.object)
    }
}

impl<'a, R: Send + Sync, T: Known + 'a> OutputType for Rows<'a, R, T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<Partly<T>>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<Partly<T>>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<Partly<T>>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if !is_known::<T>(ctx) {
            let objects: Vec<_> = self.objects().map(Partly).collect();
            return Box::pin(objects.resolve(ctx, field)).await;
        }
        let mut values = Vec::with_capacity(self.rows.len());
        for (place, object) in self.objects().enumerate() {
            let ctx = ctx.with_index(place);
            values.push(
                match read(object, &ctx, |_| true).await.map_err(|error| ctx.set_error_path(error))? {
                    Some(object) => object,
                    None => Box::pin(object.resolve(&ctx, field))
                        .await
                        .map_err(|error| ctx.set_error_path(error))?,
                },
            );
        }
        Ok(Value::List(values))
    }
}

/// Whether only fields that wait for nothing are asked of an object.
fn is_known<T: Known>(ctx: &ContextSelectionSet<'_>) -> bool {
    ctx.item.node.items.iter().all(|item| match &item.node {
        Selection::Field(field) => T::KNOWN.contains(&field.node.name.node.as_str()),
        _ => false,
    })
}

/// The fields that are known, one after another; then those that may wait, side by side. `None` where there is more to a
/// selection than fields that are asked for by themselves and once each (a fragment, the name of the type, a directive,
/// parts of a field here and there), which is left to the library.
async fn read<T: ContainerType>(
    object: &T,
    ctx: &ContextSelectionSet<'_>,
    is_known: impl Fn(&str) -> bool,
) -> ServerResult<Option<Value>> {
    let items = &ctx.item.node.items;
    let mut values = IndexMap::with_capacity(items.len());
    let mut waiting = Vec::new();
    for item in items {
        let Selection::Field(field) = &item.node else { return Ok(None) };
        if field.node.name.node == "__typename" || !field.node.directives.is_empty() {
            return Ok(None);
        }
        let value = if is_known(&field.node.name.node) {
            object.resolve_field(&ctx.with_field(field)).await?.unwrap_or_default()
        } else {
            let place = values.len();
            waiting.push(Box::pin(async move {
                let value = object.resolve_field(&ctx.with_field(field)).await?;
                Ok::<_, ServerError>((place, value.unwrap_or_default()))
            }));
            Value::Null
        };
        if values.insert(field.node.response_key().node.clone(), value).is_some() {
            return Ok(None);
        }
    }
    if !waiting.is_empty() {
        for (place, value) in try_join_all(waiting).await? {
            values[place] = value;
        }
    }
    Ok(Some(Value::Object(values)))
}
