//! Completions from a CSV file, by the names of its columns.

use std::collections::HashMap;

use upskill_domain::learning::{CompletionColumn, CompletionLine};

use super::table::{Table, TableError, TableRow, key, read_table};

/// A file of completions that was read.
#[derive(Debug)]
pub struct CompletionFile {
    /// Its rows, readable or not.
    pub lines: Vec<CompletionLine>,
    /// Columns of the file that completions do not have, and which are left alone.
    pub ignored: Vec<String>,
}

/// Reads completions. `names` says under which name a column stands in the file, where it is not its own.
pub fn read_completions(
    bytes: &[u8],
    encoding: Option<&str>,
    names: &[(CompletionColumn, String)],
) -> Result<CompletionFile, TableError> {
    let table = read_table(bytes, encoding)?;
    let places = table.places()?;
    let mut columns = HashMap::new();
    for column in CompletionColumn::ALL {
        let named = names.iter().find(|(named, _)| *named == column).map(|(_, name)| name.as_str());
        let name = named.unwrap_or(column.name());
        match places.get(&key(name)) {
            Some(place) => {
                columns.insert(column, *place);
            }
            // A column that somebody took the trouble to name must be there as well.
            None if named.is_some() || column.is_required() => return Err(table.missing(name)),
            None => {}
        }
    }
    let Table { header, rows } = table;
    let used = |place: &usize| columns.values().any(|used| used == place);
    let ignored = header.into_iter().enumerate().filter(|(place, _)| !used(place));
    let ignored = ignored.map(|(_, name)| name).collect();
    Ok(CompletionFile { lines: rows.into_iter().map(|row| line(row, &columns)).collect(), ignored })
}

fn line(row: TableRow, columns: &HashMap<CompletionColumn, usize>) -> CompletionLine {
    let line = CompletionLine { line: row.line, ..CompletionLine::default() };
    let cells = match row.cells {
        Ok(cells) => cells,
        Err(reason) => return CompletionLine { unreadable: Some(reason), ..line },
    };
    let cell = |column| columns.get(&column).and_then(|place| cells.get(*place)).cloned();
    CompletionLine {
        external_id: cell(CompletionColumn::ExternalId),
        employee: cell(CompletionColumn::Employee),
        course: cell(CompletionColumn::Course),
        started_on: cell(CompletionColumn::StartedOn),
        completed_on: cell(CompletionColumn::CompletedOn),
        score: cell(CompletionColumn::Score),
        certificate_url: cell(CompletionColumn::CertificateUrl),
        ..line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completions_are_read_by_the_names_of_their_columns() {
        let text = "Record;employee;course;completed_on;Grade;score\n7;E1;C-1;2026-03-02;A;87.5\n8;E1\n";
        let names = [(CompletionColumn::ExternalId, "Record".to_owned())];
        let file = read_completions(text.as_bytes(), None, &names).expect("completions");
        assert_eq!(file.ignored, ["Grade"]);
        assert_eq!((file.lines[0].line, file.lines[0].label().as_str()), (2, "7"));
        assert_eq!(file.lines[0].score.as_deref(), Some("87.5"));
        assert_eq!(file.lines[0].certificate_url, None);
        assert!(file.lines[1].unreadable.is_some());
        let missing = read_completions(b"external_id,employee,course\n", None, &[]);
        let missing = missing.map(|_| ()).map_err(|error| error.to_string());
        let reason =
            "the column 'completed_on' is missing; the first line has: external_id, employee, course";
        assert_eq!(missing, Err(reason.to_owned()));
    }
}
