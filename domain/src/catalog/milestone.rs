//! Parts that a course has beside those of every micro-credential.

use serde::{Deserialize, Serialize};

use crate::kernel::{Text, search_key};

use super::InvalidCourse;
use super::details::checked;

/// A part of a course that its provider defines: a project, a workshop, a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CourseMilestone {
    /// What it is called; unique within the course, without regard to case and spacing.
    pub name: String,
    /// Whether the course can be gone through without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// Parts that a course may define.
const MOST_MILESTONES: usize = 20;
/// Characters of the name of one.
const NAME_LENGTH: usize = 100;
/// What stands behind the name of an optional part in a catalog.
const OPTIONAL: &str = "(optional)";

impl CourseMilestone {
    /// Parts in their order, if a course may have them.
    pub(super) fn checked(given: &[Self]) -> Result<Vec<Self>, InvalidCourse> {
        const PATH: &[&str] = &["input", "milestones"];
        if given.len() > MOST_MILESTONES {
            return Err(InvalidCourse::TooMany { path: PATH, given: given.len(), most: MOST_MILESTONES });
        }
        let mut milestones = Vec::<Self>::with_capacity(given.len());
        for Self { name, optional } in given {
            let name = checked(PATH, Text::line(name, NAME_LENGTH))?;
            if milestones.iter().any(|other| search_key(&other.name) == search_key(&name)) {
                return Err(InvalidCourse::MilestoneTwice(name));
            }
            milestones.push(Self { name, optional: *optional });
        }
        Ok(milestones)
    }

    /// Reads a cell with one part a line, or separated by `|`; `Project (optional)` is optional.
    pub(super) fn of_cell(cell: &str) -> Vec<Self> {
        let names = cell.split(['\n', '|']).map(str::trim).filter(|name| !name.is_empty());
        let milestone = |name: &str| match name.strip_suffix(OPTIONAL) {
            Some(name) => Self { name: name.trim_end().to_owned(), optional: true },
            None => Self { name: name.to_owned(), optional: false },
        };
        names.map(milestone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milestone(name: &str, optional: bool) -> CourseMilestone {
        CourseMilestone { name: name.to_owned(), optional }
    }

    #[test]
    fn a_cell_names_parts_in_their_order() {
        let read = CourseMilestone::of_cell("Project | Workshop (optional)\n\n Module 2\n");
        let expected =
            [milestone("Project", false), milestone("Workshop", true), milestone("Module 2", false)];
        assert_eq!(read, expected);
        assert_eq!(CourseMilestone::of_cell(" "), []);
    }

    #[test]
    fn no_two_parts_have_the_same_name() {
        let checked = |given: &[CourseMilestone]| CourseMilestone::checked(given);
        assert_eq!(checked(&[milestone(" Project ", true)]), Ok(vec![milestone("Project", true)]));
        let twice = [milestone("Project", false), milestone("project ", true)];
        assert_eq!(checked(&twice), Err(InvalidCourse::MilestoneTwice("project".to_owned())));
        let many: Vec<_> = (0..21).map(|number| milestone(&number.to_string(), false)).collect();
        assert!(matches!(checked(&many), Err(InvalidCourse::TooMany { given: 21, most: 20, .. })));
        assert!(matches!(checked(&[milestone("", false)]), Err(InvalidCourse::Value { .. })));
    }
}
