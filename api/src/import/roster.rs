//! A roster from a CSV file, by the names of its columns.

use std::collections::HashMap;

use upskill_domain::organization::{RosterColumn, RosterLine};

use super::table::{Table, TableError, TableRow, key, read_table};

/// A roster file that was read.
#[derive(Debug)]
pub struct RosterFile {
    /// Its rows, readable or not.
    pub lines: Vec<RosterLine>,
    /// Columns of the file that no column of the roster was found for, and which are left alone.
    pub ignored: Vec<String>,
}

/// Reads a roster. `names` says under which name a column stands in the file, where it is not its own.
pub fn read_roster(
    bytes: &[u8],
    encoding: Option<&str>,
    names: &[(RosterColumn, String)],
) -> Result<RosterFile, TableError> {
    let table = read_table(bytes, encoding)?;
    let places = table.places()?;
    let mut columns = HashMap::new();
    for column in RosterColumn::ALL {
        let named = names.iter().find(|(named, _)| *named == column).map(|(_, name)| name.as_str());
        let name = named.unwrap_or(column.name());
        match places.get(&key(name)) {
            Some(place) => {
                columns.insert(column, *place);
            }
            // A column that somebody took the trouble to name must be there; so must the one that everything hangs on.
            None if named.is_some() || column == RosterColumn::ExternalId => {
                return Err(table.missing(name));
            }
            None => {}
        }
    }
    let Table { header, rows } = table;
    let ignored =
        header.into_iter().enumerate().filter(|(place, _)| !columns.values().any(|used| used == place));
    let ignored = ignored.map(|(_, name)| name).collect();
    Ok(RosterFile { lines: rows.into_iter().map(|row| line(row, &columns)).collect(), ignored })
}

fn line(row: TableRow, columns: &HashMap<RosterColumn, usize>) -> RosterLine {
    let cells = match row.cells {
        Ok(cells) => cells,
        Err(reason) => {
            return RosterLine { line: row.line, unreadable: Some(reason), ..RosterLine::default() };
        }
    };
    let cell = |column| columns.get(&column).and_then(|place| cells.get(*place)).cloned();
    RosterLine {
        line: row.line,
        unreadable: None,
        external_id: cell(RosterColumn::ExternalId),
        name: cell(RosterColumn::Name),
        email: cell(RosterColumn::Email),
        department: cell(RosterColumn::Department),
        manager: cell(RosterColumn::Manager),
        job_title: cell(RosterColumn::JobTitle),
        work_country: cell(RosterColumn::WorkCountry),
        work_region: cell(RosterColumn::WorkRegion),
        weekly_hours: cell(RosterColumn::WeeklyHours),
        hired_on: cell(RosterColumn::HiredOn),
        left_on: cell(RosterColumn::LeftOn),
        status: cell(RosterColumn::Status),
    }
}
