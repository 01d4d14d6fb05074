//! Looking ahead: which neighbors does the selection below this field ask for?

use async_graphql::{Context, Lookahead};

/// A place below the field that is being resolved; several places when a connection offers its nodes twice.
pub(crate) struct Selection<'a>(Vec<Lookahead<'a>>);

impl<'a> Selection<'a> {
    /// Below a field that answers with the object itself.
    pub(crate) fn of(ctx: &'a Context<'_>) -> Self {
        Self(vec![ctx.look_ahead()])
    }

    /// Below a connection's nodes, whether reached by `nodes` or by `edges`.
    pub(crate) fn of_nodes(ctx: &'a Context<'_>) -> Self {
        let here = ctx.look_ahead();
        Self(vec![here.field("nodes"), here.field("edges").field("node")])
    }

    /// Below a field with this name.
    pub(crate) fn field(&self, name: &str) -> Self {
        Self(self.0.iter().map(|place| place.field(name)).collect())
    }

    /// Whether a field with this name is asked for.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.0.iter().any(|place| place.field(name).exists())
    }
}
