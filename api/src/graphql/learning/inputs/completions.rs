//! Inputs of completions that other systems tell of.

use async_graphql::InputObject;
use upskill_domain::learning as domain;

use crate::graphql::scalars::{Date, Url};

/// Completions that another system tells of.
#[derive(InputObject)]
pub(crate) struct ImportCompletionsInput {
    /// The name of the other system, 1 to 100 characters: external ids are its own.
    source: String,
    /// The rows, 1 to 20,000 as far as the request may be long and take time. Some hundreds at once are a good measure; what
    /// is cut short goes on where it stood when it is sent again.
    rows: Vec<CompletionRowInput>,
    /// Decide and report everything, write nothing.
    #[graphql(default)]
    dry_run: bool,
}

/// One completion.
#[derive(InputObject)]
pub(crate) struct CompletionRowInput {
    /// By what the other system knows it: 1 to 200 characters. The same again with the same fields changes nothing; with
    /// others it is refused.
    external_id: String,
    /// The external id of who learned.
    employee: String,
    /// The code of the course in the catalog, which is or was published.
    course: String,
    /// The day on which they completed: today or before.
    completed_on: Date,
    /// The day on which they began; that of the completion when not given.
    started_on: Option<Date>,
    /// How much of the full score was reached, in basis points, 0 to 10000: 8750 is 87.5 %.
    score: Option<i32>,
    /// Where the certificate lies. It is kept as evidence that the provider has verified; without it the assessment counts as
    /// passed.
    certificate_url: Option<Url>,
}

impl From<ImportCompletionsInput> for domain::ImportCompletions {
    fn from(input: ImportCompletionsInput) -> Self {
        let lines = input.rows.into_iter().zip(1..).map(|(row, line)| completion_line(line, row));
        Self { source: input.source, lines: lines.collect(), dry_run: input.dry_run }
    }
}

fn completion_line(line: u32, row: CompletionRowInput) -> domain::CompletionLine {
    domain::CompletionLine {
        line,
        unreadable: None,
        external_id: Some(row.external_id),
        employee: Some(row.employee),
        course: Some(row.course),
        started_on: row.started_on.map(|day| day.0.to_string()),
        completed_on: Some(row.completed_on.0.to_string()),
        score: row.score.map(percent),
        certificate_url: row.certificate_url.map(|url| url.0.to_string()),
    }
}

/// Basis points as a file has them: in percent. What is no share stays none.
fn percent(points: i32) -> String {
    let sign = if points < 0 { "-" } else { "" };
    let points = points.unsigned_abs();
    format!("{sign}{}.{:02}", points / 100, points % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basis_points_are_written_as_a_percentage() {
        let written = [0, 5, 8_750, 10_000, -1].map(percent);
        assert_eq!(written, ["0.00", "0.05", "87.50", "100.00", "-0.01"]);
    }
}
