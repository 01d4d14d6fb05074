//! For every section of the domain, where it comes from.

mod activity;
mod funding;
mod learning;
mod mentoring;
mod people;

use upskill_domain::privacy::Section;

use super::source::{Key, Source, Tie, Told};

/// Every source.
pub(super) const SOURCES: [&[Source]; 5] =
    [people::SOURCES, funding::SOURCES, learning::SOURCES, mentoring::SOURCES, activity::SOURCES];

/// The source of a section.
pub(super) fn source_of(section: &Section) -> Option<&'static Source> {
    SOURCES.iter().copied().flatten().find(|source| source.section == section.name)
}

/// Rows with an id of their own.
const fn of(section: &'static str, table: &'static str, tie: Tie, told: &'static [Told]) -> Source {
    Source { section, table, tie, key: Key::Id("id"), booked_on: None, told }
}

/// The same, with a day on which they were booked.
const fn booked(source: Source, day: &'static str) -> Source {
    Source { booked_on: Some(day), ..source }
}

/// Rows with another key.
const fn keyed(source: Source, key: Key) -> Source {
    Source { key, ..source }
}

#[cfg(test)]
mod tests {
    use upskill_domain::privacy::SECTIONS;

    use super::*;

    #[test]
    fn every_section_comes_from_somewhere_and_nothing_else_does() {
        let mut sources: Vec<_> = SOURCES.iter().copied().flatten().map(|source| source.section).collect();
        let mut sections: Vec<_> = SECTIONS.iter().map(|section| section.name).collect();
        sources.sort_unstable();
        sections.sort_unstable();
        assert_eq!(sources, sections);
    }
}
