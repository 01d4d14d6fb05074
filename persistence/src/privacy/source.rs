//! Where a section comes from.

use std::fmt::Write as _;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr};
use serde_json::Value;
use upskill_domain::journal::Subject;
use upskill_domain::kernel::{Currency, EmployeeId, Fault, Money, TypedId, format_id};
use upskill_domain::privacy::{PersonalRecord, RecordPlace};
use uuid::Uuid;

use crate::row::Cells;

/// The rows of a table that make a section.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// The section, by name.
    pub(super) section: &'static str,
    /// The table.
    pub(super) table: &'static str,
    /// What ties a row to the person.
    pub(super) tie: Tie,
    /// What tells the person's rows apart, and gives them their order.
    pub(super) key: Key,
    /// The day on which a row was booked, where that matters for how long it is kept.
    pub(super) booked_on: Option<&'static str>,
    /// What a row tells.
    pub(super) told: &'static [Told],
}

/// What ties a row to a person.
#[derive(Clone, Copy)]
pub(super) enum Tie {
    /// A column with their id.
    Is(&'static str),
    /// A column with the id of a row of another table that has their id as `employee_id`.
    Of(&'static str, &'static str),
    /// A column with the id of a pairing that has their id in this column.
    OfPairing(&'static str, &'static str),
    /// The subject of an entry of the journal.
    Subject,
    /// A column with their id as it is written.
    Written(&'static str),
}

/// What tells rows apart.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// An id.
    Id(&'static str),
    /// An id and a number.
    Numbered(&'static str, &'static str),
    /// A text.
    Text(&'static str),
}

/// What a row tells in one column, or in an amount and its currency.
#[derive(Clone, Copy)]
pub(super) struct Told {
    column: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Id(&'static str),
    Text,
    Number,
    Day,
    Instant,
    Flag,
    Document,
    Money(&'static str),
    Subject,
}

/// An id, with the prefix of its type.
pub(super) const fn id(column: &'static str, prefix: &'static str) -> Told {
    Told { column, kind: Kind::Id(prefix) }
}

/// A text or a word of a list.
pub(super) const fn text(column: &'static str) -> Told {
    Told { column, kind: Kind::Text }
}

/// A whole number.
pub(super) const fn number(column: &'static str) -> Told {
    Told { column, kind: Kind::Number }
}

/// A day.
pub(super) const fn day(column: &'static str) -> Told {
    Told { column, kind: Kind::Day }
}

/// An instant.
pub(super) const fn instant(column: &'static str) -> Told {
    Told { column, kind: Kind::Instant }
}

/// Yes or no.
pub(super) const fn flag(column: &'static str) -> Told {
    Told { column, kind: Kind::Flag }
}

/// A document.
pub(super) const fn document(column: &'static str) -> Told {
    Told { column, kind: Kind::Document }
}

/// An amount in minor units, with the column of its currency.
pub(super) const fn money(column: &'static str, currency: &'static str) -> Told {
    Told { column, kind: Kind::Money(currency) }
}

/// The id of a subject of the journal, whose kind stands in `subject_kind`.
pub(super) const fn subject(column: &'static str) -> Told {
    Told { column, kind: Kind::Subject }
}

impl Tie {
    /// The rows of a person.
    pub(super) fn holds(self, employer: Uuid, person: EmployeeId) -> SimpleExpr {
        match self {
            Self::Is(column) => Expr::col(column).eq(person.uuid()),
            Self::Of(column, table) => {
                Expr::col(column).in_subquery(rows_with(employer, (table, "employee_id"), person))
            }
            Self::OfPairing(column, side) => {
                Expr::col(column).in_subquery(rows_with(employer, ("pairing", side), person))
            }
            Self::Subject => {
                let Subject { kind, id } = Subject::of(person);
                Expr::col("subject_id").eq(id).and(Expr::col("subject_kind").eq(kind))
            }
            Self::Written(column) => Expr::col(column).eq(person.to_string()),
        }
    }

    fn columns(self) -> impl Iterator<Item = &'static str> {
        let (first, second) = match self {
            Self::Is(column) | Self::Of(column, _) | Self::OfPairing(column, _) | Self::Written(column) => {
                (column, None)
            }
            Self::Subject => ("subject_id", Some("subject_kind")),
        };
        [first].into_iter().chain(second)
    }
}

/// The ids of the rows of a table that have a person in a column.
fn rows_with(
    employer: Uuid,
    (table, column): (&'static str, &'static str),
    person: EmployeeId,
) -> SelectStatement {
    Query::select()
        .column("id")
        .from(table)
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col(column).eq(person.uuid()))
        .to_owned()
}

impl Source {
    /// Every column that is told, or that ties or orders what is told.
    pub(super) fn all_columns(&self) -> impl Iterator<Item = &'static str> {
        let told = self.told.iter().flat_map(|told| {
            let currency = match told.kind {
                Kind::Money(currency) => Some(currency),
                _ => None,
            };
            [Some(told.column), currency].into_iter().flatten()
        });
        told.chain(self.tie.columns()).chain(self.booked_on)
    }

    /// The rows of a person, without columns.
    pub(super) fn rows(&self, employer: Uuid, person: EmployeeId) -> SelectStatement {
        Query::select()
            .from(self.table)
            .and_where(Expr::col("employer_id").eq(employer))
            .and_where(self.tie.holds(employer, person))
            .to_owned()
    }

    /// A page of them: the key first, then what is told.
    pub(super) fn page(
        &self,
        (employer, person): (Uuid, EmployeeId),
        after: Option<&RecordPlace>,
        limit: u32,
    ) -> SelectStatement {
        let mut select = self.rows(employer, person);
        let columns: &[&'static str] = match &self.key {
            Key::Id(column) | Key::Text(column) => &[*column],
            Key::Numbered(id, number) => &[*id, *number],
        };
        for column in columns {
            select.order_by(*column, Order::Asc);
        }
        match self.key {
            Key::Id(column) | Key::Text(column) => select.column(column),
            Key::Numbered(id, number) => select.column(id).expr(whole(number)),
        };
        match (self.key, after) {
            (Key::Id(column), Some(RecordPlace::Id(last))) => select.and_where(Expr::col(column).gt(*last)),
            (Key::Text(column), Some(RecordPlace::Text(last))) => {
                select.and_where(Expr::col(column).gt(last.as_str()))
            }
            (Key::Numbered(id, number), Some(RecordPlace::Numbered(last, counted))) => {
                let beside = Expr::col(id).eq(*last).and(Expr::col(number).gt(*counted));
                select.and_where(Expr::col(id).gt(*last).or(beside))
            }
            _ => &mut select,
        };
        for told in self.told {
            told.select(&mut select);
        }
        select.limit(u64::from(limit)).to_owned()
    }

    /// A row of such a page.
    pub(super) fn read(&self, cells: &mut Cells<'_>) -> Result<(RecordPlace, PersonalRecord), Fault> {
        let place = match self.key {
            Key::Id(_) => RecordPlace::Id(cells.take()?),
            Key::Numbered(..) => RecordPlace::Numbered(cells.take()?, cells.take()?),
            Key::Text(_) => RecordPlace::Text(cells.take()?),
        };
        let told = self.told.iter().map(|told| Ok((told.name(), told.read(cells)?)));
        Ok((place, PersonalRecord(told.collect::<Result<_, Fault>>()?)))
    }
}

/// A whole number of whatever width, as the widest.
fn whole(column: &'static str) -> SimpleExpr {
    Expr::col(column).cast_as(Alias::new("bigint"))
}

impl Told {
    /// What the export calls it: `by_id` becomes `byId`.
    fn name(&self) -> String {
        let mut name = String::with_capacity(self.column.len());
        let mut words = self.column.split('_');
        name.push_str(words.next().unwrap_or_default());
        for word in words {
            let (first, rest) = word.split_at(word.len().min(1));
            let _ = write!(name, "{}{rest}", first.to_ascii_uppercase());
        }
        name
    }

    fn select(&self, select: &mut SelectStatement) {
        match self.kind {
            Kind::Number => select.expr(whole(self.column)),
            Kind::Money(currency) => select.column(currency).expr(whole(self.column)),
            Kind::Subject => select.column("subject_kind").column(self.column),
            _ => select.column(self.column),
        };
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<Value, Fault> {
        Ok(match self.kind {
            Kind::Id(prefix) => cells.take::<Option<Uuid>>()?.map(|id| format_id(prefix, id)).into(),
            Kind::Text => cells.take::<Option<String>>()?.into(),
            Kind::Number => cells.take::<Option<i64>>()?.into(),
            Kind::Flag => cells.take::<Option<bool>>()?.into(),
            Kind::Day => cells.take::<Option<chrono::NaiveDate>>()?.map(|day| day.to_string()).into(),
            Kind::Instant => {
                let instant = cells.take::<Option<chrono::DateTime<chrono::Utc>>>()?;
                instant.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)).into()
            }
            Kind::Document => {
                let document = cells.read_or_none(|text| serde_json::from_str::<Value>(text))?;
                document.unwrap_or_default()
            }
            Kind::Money(_) => {
                let currency = cells.read(Currency::parse)?;
                cells.take::<Option<i64>>()?.map_or(Value::Null, |minor| amount(Money::sum(minor, currency)))
            }
            Kind::Subject => {
                let kind: String = cells.take()?;
                format_id(&kind, cells.take()?).into()
            }
        })
    }
}

fn amount(money: Money) -> Value {
    serde_json::json!({ "amount": money.decimal(), "currency": money.currency().code() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_names_without_underscores() {
        assert_eq!(id("on_behalf_of_id", "employee").name(), "onBehalfOfId");
        assert_eq!(text("title").name(), "title");
    }
}
