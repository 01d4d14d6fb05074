//! Documents: read with care the first time, and kept parsed and measured for the next.

use std::sync::Arc;

use async_graphql::parser::{self, parse_query, types::ExecutableDocument};
use quick_cache::{Weighter, sync::Cache};

use super::{
    analysis::{Analysis, Rejection},
    codes,
    limits::{Limits, Measure},
    refusal::Refusal,
    scan::{Malformed, scan},
};
use crate::config::GraphqlConfig;

/// How much of a document an error shows around the place that it is about.
const EXCERPT: usize = 40;

/// A document that keeps the limits.
#[derive(Debug)]
pub(super) struct Document {
    pub parsed: ExecutableDocument,
    pub analysis: Analysis,
}

impl Document {
    /// Scans, parses and measures a text, each only if the step before it found it harmless.
    pub(super) fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let counted = scan(text).map_err(|malformed| syntax_error_at(text, malformed))?;
        Measure::Tokens.check(counted.tokens as u64, limits.tokens)?;
        Measure::BracketDepth.check(counted.bracket_depth as u64, limits.bracket_depth)?;
        let parsed = parse_query(text).map_err(|error| syntax_error(text, &error))?;
        let analysis = Analysis::of(&parsed, limits).map_err(|rejection| match rejection {
            Rejection::Excess(excess) => Refusal::from(excess),
            Rejection::Cycle(_) | Rejection::Unbounded(_) => {
                Refusal::new(codes::GRAPHQL_VALIDATION_FAILED, rejection.to_string())
            }
        })?;
        Ok(Self { parsed, analysis })
    }
}

/// The documents that were executed lately, by their text. Only those that passed every check get in: a stranger
/// cannot fill the cache with refused ones.
pub(super) struct DocumentCache(Cache<Arc<str>, Arc<Document>, TextWeight>);

impl DocumentCache {
    pub(super) fn new(config: &GraphqlConfig) -> Self {
        let entries = config.document_cache_entries.max(1);
        // The cache bounds one sum only; an entry that weighs its share at least bounds their number too.
        let weight = TextWeight { least: (config.document_cache_bytes / entries as u64).max(1) };
        Self(Cache::with_weighter(entries, config.document_cache_bytes, weight))
    }

    pub(super) fn get(&self, text: &str) -> Option<Arc<Document>> {
        self.0.get(text)
    }

    pub(super) fn insert(&self, text: Arc<str>, document: Arc<Document>) {
        self.0.insert(text, document);
    }
}

#[derive(Clone)]
struct TextWeight {
    least: u64,
}

impl Weighter<Arc<str>, Arc<Document>> for TextWeight {
    fn weight(&self, text: &Arc<str>, _: &Arc<Document>) -> u64 {
        self.least.max(text.len() as u64)
    }
}

/// The parser's message draws the source line, however long; ours is one line with a short excerpt.
fn syntax_error(text: &str, error: &parser::Error) -> Refusal {
    let positions: Vec<_> = error.positions().collect();
    let message = match (error, positions.first()) {
        (parser::Error::Syntax { message, start, .. }, _) => {
            let expected = message.lines().find_map(|line| line.trim().strip_prefix("= "));
            let expected = expected.unwrap_or("unexpected text");
            let excerpt = excerpt(text, offset(text, start.line, start.column));
            format!(
                "syntax error at line {}, column {}: {expected}, found {excerpt}",
                start.line, start.column
            )
        }
        (error, _) => error.to_string(),
    };
    Refusal::new(codes::GRAPHQL_PARSE_FAILED, shorten(&message)).at(positions)
}

fn syntax_error_at(text: &str, malformed: Malformed) -> Refusal {
    let before = text.get(..malformed.at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let excerpt = excerpt(text, malformed.at);
    let message =
        format!("syntax error at line {line}, column {column}: {}, found {excerpt}", malformed.what);
    Refusal::new(codes::GRAPHQL_PARSE_FAILED, message).at([async_graphql::Pos { line, column }])
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let within = text.get(start..).unwrap_or_default().char_indices().nth(column.saturating_sub(1));
    within.map_or(text.len(), |(at, _)| start + at)
}

fn excerpt(text: &str, at: usize) -> String {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    if line.is_empty() {
        return (if rest.is_empty() { "the end of the document" } else { "the end of the line" }).to_owned();
    }
    let shown: String = line.chars().take(EXCERPT).collect();
    format!("`{shown}`")
}

fn shorten(message: &str) -> String {
    message.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        Document::read(text, &Limits::default()).expect_err("refused").error.message
    }

    #[test]
    fn a_syntax_error_names_the_place_and_never_echoes_much() {
        assert_eq!(
            message("{"),
            "syntax error at line 1, column 2: expected selection, found the end of the document"
        );
        assert_eq!(
            message("{\n  a(b: \"x\n)}"),
            "syntax error at line 2, column 8: a string that does not end, found `\"x`"
        );
        let long = message(&format!("{{ é ?{} }}", "x".repeat(5_000)));
        assert!(long.starts_with("syntax error at line 1, column 3: expected "), "{long}");
        assert!(long.chars().count() <= 200, "{long}");
        assert_eq!(message("fragment F on Q { a }"), "document does not contain an operation");
    }

    #[test]
    fn brackets_and_tokens_are_refused_before_the_parser_sees_them() {
        let nested = format!("{{ a(b: {}) }}", "[".repeat(1_800));
        assert_eq!(
            message(&nested),
            "the operation has 1802 brackets inside each other in the document, and at most 50 are allowed; \
             ask for less at once"
        );
        let long = format!("{{ {} }}", "a ".repeat(5_000));
        assert!(
            message(&long).starts_with("the operation has 5002 tokens in the document, and at most 5000")
        );
    }

    #[test]
    fn the_cache_is_bounded_by_entries_and_by_bytes() {
        let document = || Arc::new(Document::read("{ a }", &Limits::default()).expect("valid"));
        let defaults = crate::config::Config::embedded().graphql;
        let config = GraphqlConfig { document_cache_entries: 10, document_cache_bytes: 10_000, ..defaults };
        let cache = DocumentCache::new(&config);
        for number in 0..1_000 {
            cache.insert(Arc::from(format!("{{ a{number} }}")), document());
        }
        assert!(cache.0.len() <= 10, "{} entries", cache.0.len());
        cache.insert(Arc::from("x".repeat(20_000)), document());
        assert!(cache.0.weight() <= 10_000, "{} bytes", cache.0.weight());
    }
}
