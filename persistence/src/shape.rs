//! What the rows of a read hold: a record, and the neighbors that are joined to it because somebody asks for them.

use std::marker::PhantomData;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{IntoIden, SelectStatement};
use upskill_domain::kernel::Fault;

use crate::row::{self, Cells, Record};

/// A way to lay out rows, and to read them back.
pub(crate) trait Shape {
    /// What stands first; its columns are in the select already.
    type First: Record<Entity: Default + IntoIden>;
    /// What a row is read as.
    type Row;
    /// Joins what else a row holds.
    fn join(&self, select: &mut SelectStatement);
    /// Reads a row.
    fn read(&self, cells: &mut Cells<'_>) -> Result<Self::Row, Fault>;
}

/// A record without neighbors.
pub(crate) struct Alone<R>(PhantomData<R>);

/// Rows that hold a record and nothing else.
pub(crate) const fn alone<R>() -> Alone<R> {
    Alone(PhantomData)
}

impl<R: Record<Entity: Default + IntoIden>> Shape for Alone<R> {
    type First = R;
    type Row = R;

    fn join(&self, _: &mut SelectStatement) {}

    fn read(&self, cells: &mut Cells<'_>) -> Result<R, Fault> {
        R::read(cells)
    }
}

/// The only row of a select, if there is one, with what the shape brings along.
pub(crate) async fn one<S: Shape>(
    on: &impl ConnectionTrait,
    mut select: SelectStatement,
    shape: S,
) -> Result<Option<S::Row>, Fault> {
    shape.join(&mut select);
    row::one_as(on, &select, |cells| shape.read(cells)).await
}
