//! What one operation may ask for, and the refusal where it asks for more.

use std::collections::BTreeSet;

use crate::config::GraphqlConfig;

/// The bounds of one operation. Counts are taken with all fragments expanded, so a fragment used twice counts twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    /// Tokens of a document.
    pub tokens: u64,
    /// Brackets open at once in a document's text, of any kind.
    pub bracket_depth: u64,
    /// Lists and objects inside each other in the JSON of variables and extensions.
    pub variable_depth: u64,
    /// Fields inside each other.
    pub depth: u64,
    /// Fields, spreads and inline fragments.
    pub selections: u64,
    /// Fields at the root of an operation.
    pub root_fields: u64,
    /// Fields with an alias.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// The cost of an operation: a field costs 1, and what stands below a list costs as often as the list is long.
    pub complexity: u64,
    /// The length that a list counts with where the operation names none.
    pub default_page_size: u64,
    /// The fields that are lists without pages, by name.
    pub lists: BTreeSet<String>,
}

/// The length that a connection has when its page arguments name none.
const DEFAULT_PAGE_SIZE: u64 = 20;

impl From<&GraphqlConfig> for Limits {
    fn from(config: &GraphqlConfig) -> Self {
        Self {
            tokens: config.max_tokens,
            bracket_depth: config.max_nesting,
            variable_depth: config.max_variable_depth,
            depth: config.max_depth,
            selections: config.max_selections,
            root_fields: config.max_root_fields,
            aliases: config.max_aliases,
            directives: config.max_directives,
            complexity: config.max_complexity,
            default_page_size: DEFAULT_PAGE_SIZE,
            lists: BTreeSet::new(),
        }
    }
}

#[cfg(test)]
impl Default for Limits {
    fn default() -> Self {
        Self::from(&crate::config::Config::embedded().graphql)
    }
}

/// What a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Tokens,
    BracketDepth,
    VariableDepth,
    Depth,
    Nesting,
    Selections,
    RootFields,
    Aliases,
    Directives,
    Introspection,
    Complexity,
}

impl Measure {
    /// The name in `extensions.measure`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::BracketDepth => "bracketDepth",
            Self::VariableDepth => "variableDepth",
            Self::Depth => "depth",
            Self::Nesting => "nesting",
            Self::Selections => "selections",
            Self::RootFields => "rootFields",
            Self::Aliases => "aliases",
            Self::Directives => "directives",
            Self::Introspection => "introspectionLists",
            Self::Complexity => "complexity",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Tokens => "tokens in the document",
            Self::BracketDepth => "brackets inside each other in the document",
            Self::VariableDepth => "lists and objects inside each other in the variables",
            Self::Depth => "fields inside each other",
            Self::Nesting => "selections and fragments inside each other",
            Self::Selections => "selections with all fragments expanded",
            Self::RootFields => "fields at the root",
            Self::Aliases => "aliases",
            Self::Directives => "directives",
            Self::Introspection => "introspection lists inside each other",
            Self::Complexity => "points of complexity",
        }
    }

    /// `Ok` while the value is within the limit.
    pub(super) fn check(self, value: u64, limit: u64) -> Result<(), Excess> {
        if value > limit { Err(Excess { measure: self, value, limit }) } else { Ok(()) }
    }
}

/// An operation that asks for more than a limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operation has {value} {}, and at most {limit} are allowed; ask for less at once", measure.sentence())]
pub(super) struct Excess {
    pub measure: Measure,
    pub value: u64,
    pub limit: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_allows_its_own_value_and_names_both_numbers_beyond() {
        assert_eq!(Measure::Depth.check(15, 15), Ok(()));
        let excess = Excess { measure: Measure::Depth, value: 16, limit: 15 };
        assert_eq!(Measure::Depth.check(16, 15), Err(excess));
        assert_eq!(
            excess.to_string(),
            "the operation has 16 fields inside each other, and at most 15 are allowed; ask for less at once"
        );
    }
}
