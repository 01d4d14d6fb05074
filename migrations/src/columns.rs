//! The columns that every table is made of.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A table of the tenant's: `(employer_id, id)` is its key, and it belongs to its employer.
///
/// Both columns stand in every key and every foreign key, so no row can point into another employer's data.
pub(crate) fn tenant_table(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(uuid("employer_id"))
        .col(uuid("id"))
        .primary_key(Index::create().col("employer_id").col("id"))
        .foreign_key(ForeignKey::create().from(name, "employer_id").to("employer", "id"))
        .to_owned()
}

/// A table that ties rows of the same employer to each other: its columns are its key, besides the employer.
pub(crate) fn link_table(
    name: &'static str,
    columns: &[(&'static str, &'static str)],
) -> TableCreateStatement {
    let mut table = Table::create().table(name).col(uuid("employer_id")).to_owned();
    let mut key = Index::create().col("employer_id").to_owned();
    for (column, to) in columns {
        table.col(uuid(column)).foreign_key(&mut reference(name, column, to));
        key.col(*column);
    }
    table.primary_key(&mut key).to_owned()
}

/// A reference to a row of the same employer.
pub(crate) fn reference(
    from: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{from}_{column}"))
        .from(from, ("employer_id", column))
        .to(to, ("employer_id", "id"))
        .to_owned()
}

pub(crate) fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

pub(crate) fn uuid_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().null().take()
}

pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

pub(crate) fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// A text that lists are sorted by: compared byte by byte on both databases, whatever locale the server has.
pub(crate) fn sorted_text(backend: DbBackend, name: &'static str) -> ColumnDef {
    match backend {
        DbBackend::Postgres => ColumnDef::new(name).custom("text COLLATE \"C\"").not_null().take(),
        _ => text(name),
    }
}

pub(crate) fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

pub(crate) fn instant_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().null().take()
}

pub(crate) fn day(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().not_null().take()
}

pub(crate) fn day_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().null().take()
}

pub(crate) fn int(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

pub(crate) fn int_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().null().take()
}

pub(crate) fn bigint_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

pub(crate) fn bigint(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A text that is one of a few words.
pub(crate) fn word(name: &'static str, words: &[&'static str]) -> ColumnDef {
    text(name).check(Expr::col(name).is_in(words.iter().copied())).take()
}

/// The same, or nothing.
pub(crate) fn word_null(name: &'static str, words: &[&'static str]) -> ColumnDef {
    text_null(name).check(Expr::col(name).is_in(words.iter().copied())).take()
}

/// Both are there or neither is.
pub(crate) fn together(one: &'static str, other: &'static str) -> SimpleExpr {
    Expr::col(one).is_null().eq(Expr::col(other).is_null())
}

/// An index that starts with the employer, as every read does.
pub(crate) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    columns
        .iter()
        .fold(Index::create().name(name).table(table).col("employer_id"), |index, column| index.col(*column))
        .to_owned()
}

/// The same, and no two rows of an employer may agree in it.
pub(crate) fn unique(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    index(name, table, columns).unique().to_owned()
}
