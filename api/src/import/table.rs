//! Reading a table from a CSV file as people really export it.
//!
//! The separator may be a comma, a semicolon or a tab, a byte order mark is skipped, and header names are compared
//! without regard to case and surrounding space. A row that cannot be read (bytes that are no text in the file's
//! encoding, cells missing) is given back with the reason, and reading goes on.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8};

/// A table that was read.
#[derive(Debug)]
pub struct Table {
    /// The header, as written.
    pub header: Vec<String>,
    /// The rows below it.
    pub rows: Vec<TableRow>,
}

/// One row.
#[derive(Debug)]
pub struct TableRow {
    /// The line in the file on which the row starts, counted from 1.
    pub line: u32,
    /// Its cells, one for each column of the header; or why it cannot be read.
    pub cells: Result<Vec<String>, String>,
}

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// No header.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// The header cannot be read.
    #[error("the first line cannot be read: {0}")]
    Header(String),
    /// No such encoding.
    #[error("'{0}' is not an encoding; examples are utf-8 and windows-1252")]
    UnknownEncoding(String),
    /// A column stands twice.
    #[error("the column '{0}' stands twice in the first line")]
    DuplicateColumn(String),
    /// A column that is needed is missing.
    #[error("the column '{missing}' is missing; the first line has: {found}")]
    MissingColumn {
        /// What was looked for.
        missing: String,
        /// What is there.
        found: String,
    },
}

/// Reads a table. `encoding` is a label of the WHATWG Encoding Standard; UTF-8 when none is given.
pub fn read_table(bytes: &[u8], encoding: Option<&str>) -> Result<Table, TableError> {
    let encoding = match encoding {
        None => UTF_8,
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| TableError::UnknownEncoding(label.to_owned()))?,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(bytes))
        .from_reader(bytes);
    let mut records = reader.byte_records();
    let header =
        records.next().ok_or(TableError::Empty)?.map_err(|error| TableError::Header(error.to_string()))?;
    let header = texts(&header, encoding).map_err(TableError::Header)?;
    let mut lines = Lines::of(bytes);
    let rows = records.map(|record| match record {
        Ok(record) => {
            TableRow { line: lines.at(record.position()), cells: cells(&record, &header, encoding) }
        }
        Err(error) => TableRow { line: lines.at(error.position()), cells: Err(error.to_string()) },
    });
    let rows = rows.collect();
    Ok(Table { header, rows })
}

/// Counts lines along the file. The reader's own count is one behind where lines end as Windows ends them.
struct Lines<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, counted: 0, line: 1 }
    }

    /// The line on which a row starts. Rows are asked for in their order.
    fn at(&mut self, position: Option<&csv::Position>) -> u32 {
        let start =
            position.map_or(self.counted, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let gap = self
            .bytes
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = start.saturating_add(gap.count());
        let passed = self.bytes.get(self.counted..start).unwrap_or_default();
        let ends = passed.split(|byte| *byte == b'\n').count().saturating_sub(1);
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.counted = start.max(self.counted);
        self.line
    }
}

impl Table {
    /// The places of the columns by name, in the names' own form; two columns of one name are refused.
    pub fn places(&self) -> Result<HashMap<String, usize>, TableError> {
        let mut places = HashMap::new();
        for (place, name) in self.header.iter().enumerate() {
            if places.insert(key(name), place).is_some() {
                return Err(TableError::DuplicateColumn(name.clone()));
            }
        }
        Ok(places)
    }

    /// The refusal that a column is missing.
    pub fn missing(&self, column: &str) -> TableError {
        TableError::MissingColumn { missing: column.to_owned(), found: self.header.join(", ") }
    }
}

/// The form in which column names are compared.
pub(crate) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn cells(
    record: &csv::ByteRecord,
    header: &[String],
    encoding: &'static Encoding,
) -> Result<Vec<String>, String> {
    let cells = texts(record, encoding)?;
    match header.get(cells.len()) {
        Some(missing) => Err(format!(
            "the row has {} cells, the first line {}: '{missing}' and what follows is missing",
            cells.len(),
            header.len()
        )),
        None if cells.len() > header.len() => {
            Err(format!("the row has {} cells, the first line only {}", cells.len(), header.len()))
        }
        None => Ok(cells),
    }
}

fn texts(record: &csv::ByteRecord, encoding: &'static Encoding) -> Result<Vec<String>, String> {
    let text = |(place, cell): (usize, &[u8])| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(cell);
        text.map(std::borrow::Cow::into_owned)
            .ok_or_else(|| format!("cell {} is not text in the encoding {}", place + 1, encoding.name()))
    };
    record.iter().enumerate().map(text).collect()
}

/// The separator is whichever of the usual three stands most often in the first line.
fn separator(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |separator: u8| first.split(|byte| *byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(|separator| times(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<(u32, Result<Vec<String>, String>)> {
        let table = read_table(text, None).expect("a table");
        table.rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn separators_marks_and_quotes_are_those_of_real_exports() {
        let expected = vec![(2, Ok(vec!["1".to_owned(), "a, b".to_owned()]))];
        assert_eq!(rows("\u{feff}id;name\n1;\"a, b\"\n".as_bytes()), expected);
        assert_eq!(rows(b"id,name\r\n1,\"a, b\"\r\n"), expected);
        assert_eq!(rows(b"id\tname\n1\ta, b\n"), expected);
    }

    #[test]
    fn bad_rows_say_why_and_the_others_go_on() {
        let read = rows(b"id,name\n1\n2,b\xff\n3,c,d\n4,\"two\nlines\"\n5,e\n");
        assert_eq!(
            read[0],
            (2, Err("the row has 1 cells, the first line 2: 'name' and what follows is missing".to_owned()))
        );
        assert_eq!(read[1], (3, Err("cell 2 is not text in the encoding UTF-8".to_owned())));
        assert_eq!(read[2], (4, Err("the row has 3 cells, the first line only 2".to_owned())));
        assert_eq!(read[3], (5, Ok(vec!["4".to_owned(), "two\nlines".to_owned()])));
        assert_eq!(read[4], (7, Ok(vec!["5".to_owned(), "e".to_owned()])));
    }

    #[test]
    fn another_encoding_can_be_named() {
        let table = read_table(b"name\nJos\xe9\n", Some("windows-1252")).expect("a table");
        assert_eq!(table.rows[0].cells, Ok(vec!["José".to_owned()]));
        assert!(matches!(read_table(b"name\n", Some("klingon")), Err(TableError::UnknownEncoding(_))));
        assert!(matches!(read_table(b"", None), Err(TableError::Empty)));
    }
}
