//! Keyset pages: `WHERE (key, id) > (?, ?) ORDER BY key, id LIMIT n + 1`, the same on both databases.

use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement, SimpleExpr, Value};
use sea_orm::{ConnectionTrait, QueryResult};
use upskill_domain::kernel::{Direction, Fault, Key, Page, PageRequest, Placed, Position};

use crate::fault::OrFault;
use crate::row::Cells;

/// What a list is sorted by: a column that is never null, then the id.
pub(crate) struct SortKey {
    /// The alias of the table.
    pub(crate) alias: &'static str,
    /// The column.
    pub(crate) column: &'static str,
    /// What the column holds.
    pub(crate) kind: KeyKind,
}

/// What a sort column holds.
#[derive(Clone, Copy)]
pub(crate) enum KeyKind {
    Text,
    Number,
    Day,
    Instant,
}

impl SortKey {
    fn read(&self, cells: &mut Cells<'_>) -> Result<Key, Fault> {
        Ok(match self.kind {
            KeyKind::Text => Key::Text(cells.take()?),
            KeyKind::Number => Key::Number(cells.take()?),
            KeyKind::Day => Key::Day(cells.take()?),
            KeyKind::Instant => Key::Instant(cells.take()?),
        })
    }

    fn expr(&self) -> Expr {
        Expr::col((self.alias, self.column))
    }

    fn id(&self) -> Expr {
        Expr::col((self.alias, "id"))
    }
}

/// Reads one page of a select. The select's own columns come first in every row; the sort key is added behind them.
pub(crate) async fn page<T>(
    on: &impl ConnectionTrait,
    mut select: SelectStatement,
    sort: &SortKey,
    direction: Direction,
    request: &PageRequest,
    read: impl Fn(&mut Cells<'_>) -> Result<T, Fault>,
) -> Result<Page<T>, Fault> {
    let reading = if request.backward { direction.reversed() } else { direction };
    if let Some(position) = &request.beyond {
        select.and_where(beyond(sort, position, reading));
    }
    let order = match reading {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    };
    select
        .expr(sort.expr())
        .expr(sort.id())
        .order_by_expr(sort.expr(), order.clone())
        .order_by_expr(sort.id(), order)
        .limit(u64::from(request.size) + 1);
    let found = on.query_all(&select).await.or_fault()?;
    let size = usize::try_from(request.size).unwrap_or(usize::MAX);
    let place = |row: &QueryResult| {
        let mut cells = Cells::of(row);
        let value = read(&mut cells)?;
        let key = sort.read(&mut cells)?;
        Ok(Placed { row: value, position: Position { key, id: cells.take()? } })
    };
    let mut rows = found.iter().take(size).map(place).collect::<Result<Vec<_>, Fault>>()?;
    if request.backward {
        rows.reverse();
    }
    Ok(Page { rows, more: found.len() > size })
}

fn beyond(sort: &SortKey, position: &Position, reading: Direction) -> SimpleExpr {
    let key: Value = match position.key.clone() {
        Key::Text(text) => text.into(),
        Key::Number(number) => number.into(),
        Key::Instant(instant) => instant.into(),
        Key::Day(day) => day.into(),
    };
    let here = Expr::tuple([sort.expr(), sort.id()]);
    let there = Expr::tuple([Expr::val(key), Expr::val(position.id)]);
    match reading {
        Direction::Ascending => here.gt(there),
        Direction::Descending => here.lt(there),
    }
}
