//! What every import of a CSV file takes at the terminal.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use upskill_api::config::Config;
use upskill_api::installation::Installation;
use upskill_domain::access::Actor;

use super::report::{self, Row, column_name};

#[derive(Args)]
pub(super) struct SheetArgs {
    /// The short name of the employer.
    #[arg(long, value_name = "SLUG")]
    employer: String,
    /// Under which name a column stands in the file, where it is not recognized by itself; may be repeated.
    #[arg(long = "map", value_name = "COLUMN=NAME")]
    names: Vec<String>,
    /// The file's encoding, such as windows-1252; UTF-8 when not given.
    #[arg(long)]
    pub(super) encoding: Option<String>,
    /// Decide and report everything, write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Where to write what became of every row, as CSV.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl SheetArgs {
    /// Under which names columns stand in the file. `kind` is what has such columns.
    pub(super) fn names<C: Copy>(
        &self,
        kind: &str,
        columns: &[C],
        name_of: impl Fn(&C) -> &'static str + Copy,
    ) -> anyhow::Result<Vec<(C, String)>> {
        self.names.iter().map(|pair| column_name(pair, kind, columns, name_of)).collect()
    }

    /// The installation, and the import as somebody who acts for the employer.
    pub(super) async fn open(&self, config: &Config) -> anyhow::Result<(Installation, Actor)> {
        let installation = super::super::opened(config).await?;
        let employer = super::super::employer(&installation, &self.employer).await?;
        Ok((installation, Actor::system(employer.id, "import")))
    }

    /// Writes what became of every row, where that is wanted; `name` and `id` are the headers of those columns.
    pub(super) fn report(&self, name: &str, id: &str, rows: &[Row]) -> anyhow::Result<()> {
        self.report.as_ref().map_or(Ok(()), |path| report::write(path, name, id, rows))
    }
}

/// What is in a file.
pub(super) fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Says which columns of the file mean nothing to `kind`.
pub(super) fn tell_ignored(kind: &str, ignored: &[String]) {
    if !ignored.is_empty() {
        eprintln!("columns that {kind} not have, left alone: {}", ignored.join(", "));
    }
}
