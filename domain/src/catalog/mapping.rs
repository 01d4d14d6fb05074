//! Which column of a file is which column of a catalog.

use super::{CourseColumn, CourseLine};

/// The columns of one file.
///
/// A header is recognized without regard to case, spaces and punctuation: by the name of a column, or by one of the
/// names under which listings of course platforms carry it (`Organization`, `Difficulty`, `Towards Degree`, ...).
/// Whatever is recognized can be overruled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CourseMapping {
    columns: Vec<(usize, CourseColumn)>,
    ignored: Vec<String>,
}

/// Why a header cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A mapping names a header that the file does not have.
    #[error("the file has no column '{header}'; it has {}", .known.join(", "))]
    NoSuchHeader {
        /// The header as given.
        header: String,
        /// The headers that there are.
        known: Vec<String>,
    },
    /// Two headers stand for one column.
    #[error("'{first}' and '{second}' both stand for {column}; map {column} to one of them")]
    Ambiguous {
        /// The column.
        column: &'static str,
        /// One header.
        first: String,
        /// The other.
        second: String,
    },
    /// Nothing tells one course from another.
    #[error("the file has neither a column for code nor columns for title and provider; map them")]
    NoIdentity,
}

impl CourseMapping {
    /// Finds the columns of a file by its header. `overrides` names headers for columns, before anything is guessed.
    pub fn of_header(header: &[String], overrides: &[(CourseColumn, String)]) -> Result<Self, MappingError> {
        let mut columns: Vec<(usize, CourseColumn)> = Vec::new();
        for (column, wanted) in overrides {
            let place = header.iter().position(|name| folded(name) == folded(wanted));
            let place = place.ok_or_else(|| MappingError::NoSuchHeader {
                header: wanted.clone(),
                known: header.to_vec(),
            })?;
            columns.push((place, *column));
        }
        let mut ignored = Vec::new();
        for (place, name) in header.iter().enumerate() {
            if columns.iter().any(|(taken, _)| *taken == place) {
                continue;
            }
            match recognized(name) {
                Some(column) if overrides.iter().any(|(given, _)| *given == column) => {
                    ignored.push(name.clone());
                }
                Some(column) => columns.push((place, column)),
                None => ignored.push(name.clone()),
            }
        }
        let mapping = Self { columns, ignored };
        mapping.check(header)?;
        Ok(mapping)
    }

    fn check(&self, header: &[String]) -> Result<(), MappingError> {
        let name = |place: usize| header.get(place).cloned().unwrap_or_default();
        let mut seen: Vec<(usize, CourseColumn)> = Vec::new();
        for (place, column) in self.columns.iter().copied() {
            if let Some((first, _)) = seen.iter().find(|(_, known)| *known == column) {
                let (first, second) = (name(*first), name(place));
                return Err(MappingError::Ambiguous { column: column.name(), first, second });
            }
            seen.push((place, column));
        }
        let has = |wanted| seen.iter().any(|(_, column)| *column == wanted);
        if has(CourseColumn::Code) || (has(CourseColumn::Title) && has(CourseColumn::Provider)) {
            Ok(())
        } else {
            Err(MappingError::NoIdentity)
        }
    }

    /// Headers that stand for nothing a catalog knows.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// A row of the file as a row of the catalog. Cells that the row does not have are empty.
    pub fn line<'a>(&self, line: u32, cell: impl Fn(usize) -> Option<&'a str>) -> CourseLine {
        let mut row = CourseLine { line, ..CourseLine::default() };
        for (place, column) in &self.columns {
            *column.cell(&mut row) = Some(cell(*place).unwrap_or_default().to_owned());
        }
        row
    }
}

fn recognized(name: &str) -> Option<CourseColumn> {
    let name = folded(name);
    CourseColumn::ALL
        .into_iter()
        .find(|column| column.name() == name)
        .or_else(|| CourseColumn::ALL.into_iter().find(|column| column.aliases().contains(&name.as_str())))
}

/// A header in small letters, with one `_` for whatever is neither letter nor digit.
fn folded(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_header_of_our_own_columns_maps_to_itself() {
        let names: Vec<_> = CourseColumn::ALL.iter().map(|column| column.name().to_owned()).collect();
        let mapping = CourseMapping::of_header(&names, &[]).expect("our own header");
        assert_eq!(mapping.ignored(), [] as [String; 0]);
        let columns: Vec<_> = mapping.columns.iter().map(|(_, column)| *column).collect();
        assert_eq!(columns, CourseColumn::ALL);
    }

    #[test]
    fn the_header_of_a_listing_maps_by_its_usual_names() {
        let listing = header(&[
            "Title",
            "Organization",
            "Kind of Certificate",
            "Stars",
            "Towards Degree",
            "Difficulty",
            "Skills",
            "Duration",
        ]);
        let mapping = CourseMapping::of_header(&listing, &[]).expect("a listing");
        assert_eq!(mapping.ignored(), ["Kind of Certificate", "Stars"]);
        let cells = ["A", "B", "c", "4.5", "True", "Beginner", "x, y"];
        let line = mapping.line(7, |place| cells.get(place).copied());
        let expected = CourseLine {
            line: 7,
            title: Some("A".to_owned()),
            provider: Some("B".to_owned()),
            credit_toward: Some("True".to_owned()),
            skill_level: Some("Beginner".to_owned()),
            skills: Some("x, y".to_owned()),
            duration: Some(String::new()),
            ..CourseLine::default()
        };
        assert_eq!(line, expected);
    }

    #[test]
    fn what_is_recognized_can_be_overruled() {
        let names = header(&["Name", "Course", "Partner"]);
        let ambiguous = CourseMapping::of_header(&names, &[]).map_err(|error| error.to_string());
        assert_eq!(
            ambiguous,
            Err("'Name' and 'Course' both stand for title; map title to one of them".to_owned())
        );
        let mapping = CourseMapping::of_header(&names, &[(CourseColumn::Title, "course".to_owned())]);
        assert_eq!(mapping.map(|mapping| mapping.ignored), Ok(vec!["Name".to_owned()]));
        let missing = CourseMapping::of_header(&names, &[(CourseColumn::Title, "Titel".to_owned())]);
        let message = missing.map_err(|error| error.to_string());
        assert_eq!(message, Err("the file has no column 'Titel'; it has Name, Course, Partner".to_owned()));
    }

    #[test]
    fn a_file_must_tell_one_course_from_another() {
        let names = header(&["Title", "Duration"]);
        assert_eq!(CourseMapping::of_header(&names, &[]), Err(MappingError::NoIdentity));
    }
}
