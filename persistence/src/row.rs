//! Reading rows.
//!
//! A [`Record`] names its columns once and reads them back in the same order. Reading by place instead of by name makes
//! joins plain (the next record starts where the last one ended) and costs no look-up per cell.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{PoisonError, RwLock};

use sea_orm::sea_query::{
    Expr, ExprTrait, Func, IntoIden, LikeExpr, OnConflict, Order, Query, SelectStatement, SimpleExpr,
    UnionType,
};
use sea_orm::sqlx::Row as _;
use sea_orm::{ConnectionTrait, EntityTrait, IdenStatic as _, Iterable as _, QueryResult, TryGetable};
use serde::Serialize;
use upskill_domain::kernel::{Fault, Joined, TypedId};
use uuid::Uuid;

use crate::fault::{OrFault, failed};

/// A domain value that a row of a table, or a part of it, holds. Its first column is never null.
pub(crate) trait Record: Sized + 'static {
    /// The table.
    type Entity: EntityTrait;
    /// The columns, in the order in which [`Record::read`] takes them.
    const COLUMNS: &'static [<Self::Entity as EntityTrait>::Column];
    /// Reads the columns.
    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault>;
}

/// The cells of a row, from left to right.
pub(crate) struct Cells<'r> {
    row: &'r QueryResult,
    at: usize,
}

/// A value as a cell keeps it that holds more than one thing.
pub(crate) fn document(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value)
        .map_err(|error| Fault::inconsistent(format!("a document cannot be written: {error}")))
}

/// The same for a list: nothing where it is empty.
pub(crate) fn list_or_none<T: Serialize>(list: &[T]) -> Result<Option<String>, Fault> {
    (!list.is_empty()).then(|| document(&list)).transpose()
}

impl<'r> Cells<'r> {
    /// From the first cell on.
    pub(crate) fn of(row: &'r QueryResult) -> Self {
        Self { row, at: 0 }
    }

    /// The next cell.
    pub(crate) fn take<T: TryGetable>(&mut self) -> Result<T, Fault> {
        let value = self.row.try_get_by_index(self.at).or_fault();
        self.at += 1;
        value
    }

    /// The next cell as an id.
    pub(crate) fn id<I: TypedId>(&mut self) -> Result<I, Fault> {
        self.take::<Uuid>().map(I::from_uuid)
    }

    /// The next cell as an id, if there is one.
    pub(crate) fn id_or_none<I: TypedId>(&mut self) -> Result<Option<I>, Fault> {
        Ok(self.take::<Option<Uuid>>()?.map(I::from_uuid))
    }

    /// The next cell as a value that the domain reads from text.
    pub(crate) fn read<T, E>(&mut self, read: impl FnOnce(&str) -> Result<T, E>) -> Result<T, Fault> {
        let place = self.at;
        let value = self.read_or_none(read)?;
        value.ok_or_else(|| Fault::inconsistent(format!("column {place} holds nothing")))
    }

    /// The same for a word of a list.
    pub(crate) fn word<T>(&mut self, named: impl FnOnce(&str) -> Option<T>) -> Result<T, Fault> {
        self.read(|text| named(text).ok_or(()))
    }

    /// The same for a cell that may be null.
    pub(crate) fn read_or_none<T, E>(
        &mut self,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Fault> {
        let place = self.at;
        let Some(text) = self.text()? else { return Ok(None) };
        let value = read(text).map_err(|_| Fault::inconsistent(format!("column {place} holds '{text}'")))?;
        Ok(Some(value))
    }

    /// The next cell as the text that lies in the row, without a copy of it.
    fn text(&mut self) -> Result<Option<&'r str>, Fault> {
        let (row, place) = (self.row, self.at);
        self.at += 1;
        let text = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
            (Some(row), _) => row.try_get(place),
            (_, Some(row)) => row.try_get(place),
            (None, None) => return Err(Fault::inconsistent("a row of neither database")),
        };
        text.map_err(failed).or_fault()
    }

    /// The same for a word of a list that may be null.
    pub(crate) fn word_or_none<T>(
        &mut self,
        named: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        self.read_or_none(|text| named(text).ok_or(()))
    }

    /// The next cell as a value that the domain makes of a number.
    pub(crate) fn made<T, E: Display>(&mut self, make: impl FnOnce(i32) -> Result<T, E>) -> Result<T, Fault> {
        make(self.take()?).map_err(|error| Fault::inconsistent(error.to_string()))
    }

    /// The next cell as a count.
    pub(crate) fn count(&mut self) -> Result<u64, Fault> {
        let count: i64 = self.take()?;
        u64::try_from(count).map_err(|_| Fault::inconsistent("a count below zero"))
    }

    /// A neighbor, when the select joined it: absent when its key is null.
    pub(crate) fn joined<R: Record>(&mut self, asked: bool) -> Result<Joined<R>, Fault> {
        if !asked {
            return Ok(Joined::Unasked);
        }
        let there: Option<Uuid> = self.row.try_get_by_index(self.at).or_fault()?;
        if there.is_none() {
            self.at += R::COLUMNS.len();
            return Ok(Joined::Absent);
        }
        R::read(self).map(|record| Joined::Present(Box::new(record)))
    }
}

/// Adds a record's columns to a select.
pub(crate) fn add_columns<R: Record>(select: &mut SelectStatement, alias: &'static str) {
    select.expr(Expr::cust(columns_text::<R>(alias)));
}

/// A record's columns as they stand in a statement: written once per alias, since a page over twenty lists would
/// otherwise build and write many hundreds of them each time.
fn columns_text<R: Record>(alias: &'static str) -> &'static str {
    static TEXTS: RwLock<BTreeMap<(TypeId, &'static str), &'static str>> = RwLock::new(BTreeMap::new());
    let key = (TypeId::of::<R>(), alias);
    let known = TEXTS.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    known.unwrap_or_else(|| {
        let columns = R::COLUMNS.iter().map(|column| format!(r#""{alias}"."{}""#, column.as_str()));
        // It stays for good: there are no more of them than joins in this crate.
        let text: &'static str = columns.collect::<Vec<_>>().join(", ").leak();
        TEXTS.write().unwrap_or_else(PoisonError::into_inner).insert(key, text);
        text
    })
}

/// Selects a record from its table within one employer.
pub(crate) fn select<R: Record>(alias: &'static str, employer: Uuid) -> SelectStatement
where
    R::Entity: Default + IntoIden,
{
    let mut select = select_untenanted::<R>(alias);
    select.and_where(Expr::col((alias, "employer_id")).eq(employer));
    select
}

/// Selects a record from its table over all employers: for the employers themselves.
pub(crate) fn select_untenanted<R: Record>(alias: &'static str) -> SelectStatement
where
    R::Entity: Default + IntoIden,
{
    let mut select = Query::select();
    select.from_as(R::Entity::default(), alias);
    add_columns::<R>(&mut select, alias);
    select
}

/// Joins a to-one neighbor of the same employer and selects its columns.
pub(crate) fn join<R: Record>(
    select: &mut SelectStatement,
    (from, key): (&'static str, &'static str),
    alias: &'static str,
) where
    R::Entity: Default + IntoIden,
{
    let theirs = named_by(alias, (from, key));
    select.join_as(sea_orm::JoinType::LeftJoin, R::Entity::default(), alias, theirs);
    add_columns::<R>(select, alias);
}

/// Whether a row is the one of the same employer that a key names.
pub(crate) fn named_by(alias: &'static str, (from, key): (&'static str, &'static str)) -> SimpleExpr {
    let employer = Expr::col((alias, "employer_id")).equals((from, "employer_id"));
    employer.and(Expr::col((alias, "id")).equals((from, key)))
}

/// Every row of a select.
pub(crate) async fn all<R: Record>(
    on: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<R>, Fault> {
    all_as(on, select, R::read).await
}

/// Every row of a select, read in a way of its own.
pub(crate) async fn all_as<T>(
    on: &impl ConnectionTrait,
    select: &SelectStatement,
    read: impl Fn(&mut Cells<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let rows = on.query_all(select).await.or_fault()?;
    rows.iter().map(|row| read(&mut Cells::of(row))).collect()
}

/// The ids that a select of one column finds.
pub(crate) async fn ids<I: TypedId>(
    on: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<I>, Fault> {
    let rows = on.query_all(select).await.or_fault()?;
    rows.iter().map(|row| Cells::of(row).id()).collect()
}

/// The only row of a select, if there is one.
pub(crate) async fn one<R: Record>(
    on: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Option<R>, Fault> {
    one_as(on, select, R::read).await
}

/// The only row of a select, if there is one, read in a way of its own.
pub(crate) async fn one_as<T>(
    on: &impl ConnectionTrait,
    select: &SelectStatement,
    read: impl Fn(&mut Cells<'_>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let row = on.query_one(select).await.or_fault()?;
    row.map(|row| read(&mut Cells::of(&row))).transpose()
}

/// How many rows each of several selects would have, in as few statements as there are hundreds of them.
pub(crate) async fn counts(
    on: &impl ConnectionTrait,
    selects: impl IntoIterator<Item = SelectStatement>,
) -> Result<Vec<u64>, Fault> {
    let counted = selects.into_iter().map(|mut select| {
        select.clear_selects().expr(Expr::val(1));
        Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(select, "counted").to_owned()
    });
    let counted: Vec<_> = counted.collect();
    let mut counts = Vec::with_capacity(counted.len());
    for counted in counted.chunks(LISTS_AT_ONCE) {
        let mut all = side_by_side(counted.iter().cloned());
        all.order_by("list_number", Order::Asc);
        for row in on.query_all(&all).await.or_fault()? {
            counts.push(Cells::of(&row).count()?);
        }
    }
    Ok(counts)
}

/// How many rows a select would have.
pub(crate) async fn count(on: &impl ConnectionTrait, select: SelectStatement) -> Result<u64, Fault> {
    Ok(counts(on, [select]).await?.into_iter().sum())
}

/// Whether one of some conditions holds. Of none of them nothing does: an empty alternative would hold everywhere.
pub(crate) fn any_of(conditions: impl IntoIterator<Item = SimpleExpr>) -> SimpleExpr {
    conditions.into_iter().reduce(ExprTrait::or).unwrap_or_else(|| Expr::val(1).eq(0))
}

/// Several selects of one shape as one, with the number of the select as the last column, `list_number`.
pub(crate) fn side_by_side(selects: impl IntoIterator<Item = SelectStatement>) -> SelectStatement {
    let mut numbered = selects.into_iter().enumerate().map(|(number, mut select)| {
        select.expr_as(Expr::cust(number.to_string()), "list_number");
        select
    });
    let mut first = numbered.next().unwrap_or_default();
    first.unions(numbered.map(|select| (UnionType::All, select)));
    first
}

/// How many selects one statement takes together; `SQLite` takes no more than 500.
pub(crate) const LISTS_AT_ONCE: usize = 100;

/// Ids as the database stores them.
pub(crate) fn uuids<I: TypedId>(ids: &[I]) -> impl Iterator<Item = Uuid> + '_ {
    ids.iter().map(|id| id.uuid())
}

/// Insert, or replace what stands under the same id, except for its `fixed` columns: those that tell it apart from
/// others and never change.
///
/// An update that names a column of a unique index, changed or not, makes PostgreSQL lock the row against everybody who
/// inserts something below it. The ids are therefore not named, and a fixed column that is unique must not be.
pub(crate) fn replace_by_id<E: EntityTrait>(fixed: &[&str]) -> OnConflict {
    let stays = |column: &E::Column| {
        let name = column.as_str();
        matches!(name, "employer_id" | "id") || fixed.contains(&name)
    };
    let changing = E::Column::iter().filter(|column| !stays(column));
    OnConflict::columns(["employer_id", "id"]).update_columns(changing).to_owned()
}

/// Insert, or leave what stands under the same key of its own: a code, a name.
pub(crate) fn unless_taken(column: &'static str) -> OnConflict {
    OnConflict::columns(["employer_id", column]).do_nothing().to_owned()
}

/// No column that is searched holds as many bytes.
const LONGEST_SEARCHED: usize = 20_000;

/// Whether a column contains a text, taken literally. Both are in the form of [`upskill_domain::kernel::search_key`], so
/// that it makes no difference that SQLite compares letters of ASCII without regard to case.
pub(crate) fn contains(column: (&'static str, &'static str), key: &str) -> SimpleExpr {
    like(Expr::col(column), key)
}

/// Whether a column that is kept as it was given contains a text, without regard to the case of ASCII letters: all that
/// `LOWER` knows on SQLite, and on PostgreSQL in columns that compare bytes.
pub(crate) fn contains_code(column: (&'static str, &'static str), text: &str) -> SimpleExpr {
    like(Func::lower(Expr::col(column)), &text.to_ascii_lowercase())
}

fn like(searched: impl ExprTrait, text: &str) -> SimpleExpr {
    // Nothing that is searched is that long, and SQLite takes no pattern beyond 50,000 bytes.
    if text.len() > LONGEST_SEARCHED {
        return Expr::val(false);
    }
    let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    searched.like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
}
