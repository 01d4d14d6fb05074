//! Exchange rates from a CSV file, by the names of its columns.

use upskill_domain::funding::{RateColumn, RateLine};

use super::table::{Table, TableError, key, read_table};

/// A file of rates that was read.
#[derive(Debug)]
pub struct RateFile {
    /// Its rows, readable or not.
    pub lines: Vec<RateLine>,
    /// Columns of the file that rates do not have, and which are left alone.
    pub ignored: Vec<String>,
}

/// Reads exchange rates. `names` says under which name a column stands in the file, where it is not its own.
pub fn read_rates(
    bytes: &[u8],
    encoding: Option<&str>,
    names: &[(RateColumn, String)],
) -> Result<RateFile, TableError> {
    let table = read_table(bytes, encoding)?;
    let places = table.places()?;
    let mut columns = Vec::new();
    for column in RateColumn::ALL {
        let named = names.iter().find(|(named, _)| *named == column).map(|(_, name)| name.as_str());
        let name = named.unwrap_or(column.name());
        columns.push((column, *places.get(&key(name)).ok_or_else(|| table.missing(name))?));
    }
    let Table { header, rows } = table;
    let used = |place: &usize| columns.iter().any(|(_, used)| used == place);
    let ignored = header.into_iter().enumerate().filter(|(place, _)| !used(place));
    let ignored = ignored.map(|(_, name)| name).collect();
    let lines = rows.into_iter().map(|row| {
        let line = RateLine { line: row.line, ..RateLine::default() };
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(reason) => return RateLine { unreadable: Some(reason), ..line },
        };
        let cell = |wanted| {
            let place = columns.iter().find(|(column, _)| *column == wanted).map(|(_, place)| *place);
            place.and_then(|place| cells.get(place)).cloned()
        };
        RateLine {
            day: cell(RateColumn::Day),
            from: cell(RateColumn::From),
            to: cell(RateColumn::To),
            rate: cell(RateColumn::Rate),
            source: cell(RateColumn::Source),
            ..line
        }
    });
    Ok(RateFile { lines: lines.collect(), ignored })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_by_the_names_of_their_columns() {
        let text = "Day;FROM;to;Note;Kurs;source\n2026-03-02;USD;EUR;x;0.92;A bank\n2026-03-02;USD\n";
        let file = read_rates(text.as_bytes(), None, &[(RateColumn::Rate, "Kurs".to_owned())]);
        let file = file.expect("rates");
        assert_eq!(file.ignored, ["Note"]);
        assert_eq!(file.lines[0].rate.as_deref(), Some("0.92"));
        assert_eq!((file.lines[0].line, file.lines[0].label().as_str()), (2, "2026-03-02 USD EUR"));
        assert!(file.lines[1].unreadable.is_some());
        let missing =
            read_rates(b"day,from,to,rate\n", None, &[]).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(
            missing,
            Err("the column 'source' is missing; the first line has: day, from, to, rate".to_owned())
        );
    }
}
