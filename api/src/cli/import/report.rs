//! What every import has in common at the terminal: naming columns, waiting, and telling what became of the rows.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use comfy_table::{Table, presets::NOTHING};
use indicatif::{ProgressBar, ProgressStyle};

/// Refused rows that are shown on the terminal; a report file has all of them.
const SHOWN: usize = 20;

/// What became of a row, in words.
pub(super) struct Row {
    pub(super) line: u32,
    /// By what the file names it.
    pub(super) name: String,
    pub(super) outcome: Outcome,
}

/// How a row ended: with the id of what it is about, or with a problem.
pub(super) enum Outcome {
    Created(String),
    Updated(String),
    Unchanged(String),
    Refused(String),
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Created(_) => "CREATED",
            Self::Updated(_) => "UPDATED",
            Self::Unchanged(_) => "UNCHANGED",
            Self::Refused(_) => "REFUSED",
        }
    }
}

/// Reads `COLUMN=NAME`. `kind` is what has such columns.
pub(super) fn column_name<C>(
    pair: &str,
    kind: &str,
    columns: &[C],
    name_of: impl Fn(&C) -> &'static str,
) -> anyhow::Result<(C, String)>
where
    C: Copy,
{
    let (column, name) = pair.split_once('=').with_context(|| format!("'{pair}' is not COLUMN=NAME"))?;
    let known = columns.iter().find(|known| name_of(known) == column.trim()).with_context(|| {
        let names = columns.iter().map(&name_of).collect::<Vec<_>>().join(", ");
        format!("'{column}' is not a column of a {kind}; those are: {names}")
    })?;
    Ok((*known, name.trim().to_owned()))
}

/// Says that rows are being worked on, until it is dropped.
pub(super) fn progress(rows: usize) -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}")?;
    let progress = ProgressBar::new_spinner().with_style(style);
    progress.set_message(format!("deciding and writing {rows} rows"));
    progress.enable_steady_tick(Duration::from_millis(120));
    Ok(progress)
}

/// Prints the first rows that were refused, each with its problem.
pub(super) fn print_refused(rows: &[Row]) {
    let mut table = Table::new();
    table.load_style(NOTHING);
    let mut refused = 0;
    for row in rows {
        let Outcome::Refused(problem) = &row.outcome else { continue };
        refused += 1;
        if refused <= SHOWN {
            table.add_row([format!("line {}", row.line), row.name.clone(), problem.clone()]);
        }
    }
    if refused > 0 {
        println!("{table}");
    }
    if refused > SHOWN {
        println!("and {} more; --report FILE has them all", refused - SHOWN);
    }
}

/// Prints how many rows ended how, and says whether all were taken.
pub(super) fn print_totals(rows: &[Row], dry_run: bool) -> bool {
    let count = |word| rows.iter().filter(|row| row.outcome.word() == word).count();
    let refused = count("REFUSED");
    println!(
        "{}{} created, {} updated, {} unchanged, {refused} refused",
        if dry_run { "dry run, nothing written: " } else { "" },
        count("CREATED"),
        count("UPDATED"),
        count("UNCHANGED"),
    );
    refused == 0
}

/// Writes what became of every row as CSV; `name` and `id` are the headers of those columns.
pub(super) fn write(path: &Path, name: &str, id: &str, rows: &[Row]) -> anyhow::Result<()> {
    let write = || -> anyhow::Result<()> {
        let mut writer = csv::Writer::from_path(path)?;
        writer.write_record(["line", name, "outcome", id, "problem"])?;
        for row in rows {
            let (id, problem) = match &row.outcome {
                Outcome::Created(id) | Outcome::Updated(id) | Outcome::Unchanged(id) => (id.as_str(), ""),
                Outcome::Refused(problem) => ("", problem.as_str()),
            };
            let (line, word) = (row.line.to_string(), row.outcome.word());
            writer.write_record([&line, &plain(&row.name), word, id, &plain(problem)])?;
        }
        Ok(writer.flush()?)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// A cell that a spreadsheet will not take for a formula.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
