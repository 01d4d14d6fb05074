//! Keyset pages: `WHERE (key, id) > (?, ?) ORDER BY key, id LIMIT n + 1`, the same on both databases.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr, Value};
use upskill_domain::kernel::{Direction, Fault, Key, Page, PageRequest, Placed, Position};

use crate::fault::OrFault;
use crate::row::{self, Cells, LISTS_AT_ONCE};

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

    /// Refuses a page beyond a place that this order does not have: it is forged, and the databases do not agree about
    /// what that would mean.
    fn check(&self, request: &PageRequest) -> Result<(), Fault> {
        let fits = match (self.kind, request.beyond.as_ref().map(|position| &position.key)) {
            (KeyKind::Text, Some(Key::Text(text))) => !text.contains('\0'),
            (_, None)
            | (KeyKind::Number, Some(Key::Number(_)))
            | (KeyKind::Day, Some(Key::Day(_)))
            | (KeyKind::Instant, Some(Key::Instant(_))) => true,
            _ => false,
        };
        let field = if request.backward { "before" } else { "after" };
        let forged =
            || Fault::Invalid { field, message: format!("{field} is not a cursor that this API gave out") };
        fits.then_some(()).ok_or_else(forged)
    }

    fn expr(&self) -> Expr {
        Expr::col((self.alias, self.column))
    }

    fn id(&self) -> Expr {
        Expr::col((self.alias, "id"))
    }
}

/// Reads the same page of several selects of one shape, in as few statements as there are hundreds of them. The selects'
/// own columns come first in every row; the sort key is added behind them.
pub(crate) async fn pages<T>(
    on: &impl ConnectionTrait,
    selects: impl IntoIterator<Item = SelectStatement>,
    sort: &SortKey,
    direction: Direction,
    request: &PageRequest,
    read: impl Fn(&mut Cells<'_>) -> Result<T, Fault>,
) -> Result<Vec<Page<T>>, Fault> {
    sort.check(request)?;
    let reading = if request.backward { direction.reversed() } else { direction };
    let size = usize::try_from(request.size).unwrap_or(usize::MAX);
    let selects: Vec<_> = selects.into_iter().map(|select| cut(select, sort, reading, request)).collect();
    let mut pages: Vec<_> = selects.iter().map(|_| Page::empty()).collect();
    for (pages, selects) in pages.chunks_mut(LISTS_AT_ONCE).zip(selects.chunks(LISTS_AT_ONCE)) {
        let found = on.query_all(&together(selects, reading)).await.or_fault()?;
        for row in &found {
            let mut cells = Cells::of(row);
            let value = read(&mut cells)?;
            let position = Position { key: sort.read(&mut cells)?, id: cells.take()? };
            let list = if selects.len() == 1 { 0 } else { cells.take::<i32>()? };
            let page = usize::try_from(list).ok().and_then(|list| pages.get_mut(list));
            let page = page.ok_or_else(|| Fault::inconsistent("a row of a list that was not asked for"))?;
            // One row more than asked for is read, to know that there is more.
            page.more = page.rows.len() == size;
            if !page.more {
                page.rows.push(Placed { row: value, position });
            }
        }
    }
    if request.backward {
        for page in &mut pages {
            page.rows.reverse();
        }
    }
    Ok(pages)
}

/// A select of which no more is left than the page takes, and one row to know whether there is more.
fn cut(
    mut select: SelectStatement,
    sort: &SortKey,
    reading: Direction,
    request: &PageRequest,
) -> SelectStatement {
    if let Some(position) = &request.beyond {
        select.and_where(beyond(sort, position, reading));
    }
    select
        .expr_as(sort.expr(), "sort_key")
        .expr_as(sort.id(), "sort_id")
        .order_by_expr(sort.expr(), order(reading))
        .order_by_expr(sort.id(), order(reading))
        .limit(u64::from(request.size) + 1);
    select
}

/// Several selects as one, with the number of the select behind every row when there is more than one.
fn together(selects: &[SelectStatement], reading: Direction) -> SelectStatement {
    if let [select] = selects {
        return select.clone();
    }
    let mut all = row::side_by_side(selects.iter().map(|select| {
        Query::select().column(("list", Asterisk)).from_subquery(select.clone(), "list").to_owned()
    }));
    all.order_by("sort_key", order(reading)).order_by("sort_id", order(reading));
    all
}

fn order(reading: Direction) -> Order {
    match reading {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
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
