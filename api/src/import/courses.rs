//! A catalog from a CSV file: our own, or a listing as course platforms show it.

use upskill_domain::catalog::{CourseColumn, CourseLine, CourseMapping, MappingError};

use super::table::{TableError, TableRow, read_table};

/// A catalog file that was read.
#[derive(Debug)]
pub struct CourseFile {
    /// Its rows, readable or not.
    pub lines: Vec<CourseLine>,
    /// Columns of the file that stand for nothing a catalog knows, and which are left alone.
    pub ignored: Vec<String>,
}

/// Why a file is no catalog.
#[derive(Debug, thiserror::Error)]
pub enum CourseFileError {
    /// It is no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Its columns are not those of a catalog.
    #[error(transparent)]
    Mapping(#[from] MappingError),
}

/// Reads a catalog. `names` says under which name a column stands in the file, where it is not recognized by itself.
pub fn read_courses(
    bytes: &[u8],
    encoding: Option<&str>,
    names: &[(CourseColumn, String)],
) -> Result<CourseFile, CourseFileError> {
    let table = read_table(bytes, encoding)?;
    let mapping = CourseMapping::of_header(&table.header, names)?;
    let lines = table.rows.into_iter().map(|row| line(row, &mapping)).collect();
    Ok(CourseFile { lines, ignored: mapping.ignored().to_vec() })
}

fn line(row: TableRow, mapping: &CourseMapping) -> CourseLine {
    match row.cells {
        Ok(cells) => mapping.line(row.line, |place| cells.get(place).map(String::as_str)),
        Err(reason) => CourseLine { line: row.line, unreadable: Some(reason), ..CourseLine::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_by_its_usual_names() {
        let text = "Title,Organization,Stars,Skills\nCloud Basics,Cloudworks,4.5,\"Skills you'll gain: Linux, SQL\"\nToo short\n";
        let file = read_courses(text.as_bytes(), None, &[]).expect("a listing");
        assert_eq!(file.ignored, ["Stars"]);
        assert_eq!(file.lines[0].title.as_deref(), Some("Cloud Basics"));
        assert_eq!(file.lines[0].skills.as_deref(), Some("Skills you'll gain: Linux, SQL"));
        let reason = "the row has 1 cells, the first line 4: 'Organization' and what follows is missing";
        assert_eq!((file.lines[1].line, file.lines[1].unreadable.as_deref()), (3, Some(reason)));
    }

    #[test]
    fn a_file_that_names_no_course_is_no_catalog() {
        let error = read_courses(b"Stars\n5\n", None, &[]).map(|_| ()).map_err(|error| error.to_string());
        let message = "the file has neither a column for code nor columns for title and provider; map them";
        assert_eq!(error, Err(message.to_owned()));
    }
}
