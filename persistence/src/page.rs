//! Keyset pages: `WHERE (key, id) > (?, ?) ORDER BY key, id LIMIT n + 1`, the same on both databases.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr, Value};
use sea_orm::{ConnectionTrait, JoinType};
use upskill_domain::kernel::{
    Direction, EmployerId, Fault, Key, Page, PageRequest, Placed, Position, TypedId,
};

use crate::fault::OrFault;
use crate::row::{self, Cells, LISTS_AT_ONCE};
use crate::shape::Shape;

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

/// Reads the same page of several lists, in as few statements as there are hundreds of them. A list is a select that
/// [`row::select`] made, with the list's own conditions; what its rows bring along is joined here.
pub(crate) async fn pages<S: Shape>(
    on: &impl ConnectionTrait,
    employer: EmployerId,
    lists: impl IntoIterator<Item = SelectStatement>,
    (sort, direction): (SortKey, Direction),
    request: &PageRequest,
    shape: S,
) -> Result<Vec<Page<S::Row>>, Fault> {
    sort.check(request)?;
    let reading = if request.backward { direction.reversed() } else { direction };
    let size = usize::try_from(request.size).unwrap_or(usize::MAX);
    let mut lists =
        lists.into_iter().map(|list| cut(list, &sort, reading, request)).collect::<Vec<_>>().into_iter();
    let mut pages: Vec<_> = lists.as_slice().iter().map(|_| Page::empty()).collect();
    for pages in pages.chunks_mut(LISTS_AT_ONCE) {
        let select = together(lists.by_ref().take(pages.len()), &sort, reading, employer, &shape);
        let found = on.query_all(&select).await.or_fault()?;
        for row in &found {
            let mut cells = Cells::of(row);
            let value = shape.read(&mut cells)?;
            let position = Position { key: sort.read(&mut cells)?, id: cells.take()? };
            let list = if pages.len() == 1 { 0 } else { cells.take::<i32>()? };
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

/// A list of which no more is left than the page takes, and one row to know whether there is more.
fn cut(
    mut list: SelectStatement,
    sort: &SortKey,
    reading: Direction,
    request: &PageRequest,
) -> SelectStatement {
    if let Some(position) = &request.beyond {
        list.and_where(beyond(sort, position, reading));
    }
    ordered(&mut list, sort, reading);
    list.limit(u64::from(request.size) + 1);
    list
}

/// The rows of several lists, with their places, and with the number of the list behind each when there is more than one.
/// Several lists are only found side by side; what their rows hold is read once around them, so that a statement does not
/// grow by all columns with every list.
fn together<S: Shape>(
    mut lists: impl ExactSizeIterator<Item = SelectStatement>,
    sort: &SortKey,
    reading: Direction,
    employer: EmployerId,
    shape: &S,
) -> SelectStatement {
    if lists.len() == 1
        && let Some(mut select) = lists.next()
    {
        shape.join(&mut select);
        select.expr(sort.expr()).expr(sort.id());
        return select;
    }
    let found = row::side_by_side(lists.map(|mut ids| {
        ids.clear_selects().expr_as(sort.id(), "id");
        Query::select().column(("list", "id")).from_subquery(ids, "list").to_owned()
    }));
    let same = Expr::col(("found", "id")).equals((sort.alias, "id"));
    let mut select = row::select::<S::First>(sort.alias, employer.uuid());
    select.join_subquery(JoinType::InnerJoin, found, "found", same);
    shape.join(&mut select);
    select.expr(sort.expr()).expr(sort.id()).column(("found", "list_number"));
    ordered(&mut select, sort, reading);
    select
}

fn ordered(select: &mut SelectStatement, sort: &SortKey, reading: Direction) {
    select.order_by_expr(sort.expr(), order(reading)).order_by_expr(sort.id(), order(reading));
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
