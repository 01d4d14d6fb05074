//! The days that a file of reports is about, and how finely it tells them.

use upskill_domain::reports::ReportPeriod;

use super::bad_input;
use crate::http::{InPeriod, NoDownload};

/// A period, with a row for the whole of it or for each of its months.
pub(super) struct Span {
    pub(super) period: ReportPeriod,
    pub(super) by_month: bool,
}

impl Span {
    /// What an address says.
    pub(super) fn read(said: &InPeriod) -> Result<Self, NoDownload> {
        let period = ReportPeriod::parse(&said.period);
        let period = period.map_err(|error| bad_input(format!("`period`: {error}")))?;
        let by_month = match said.by.as_deref() {
            None | Some("period") => false,
            Some("month") => true,
            Some(other) => return Err(bad_input(format!("`by` has to be period or month, not {other:?}"))),
        };
        Ok(Self { period, by_month })
    }

    /// What a file is called that tells of it.
    pub(super) fn file(&self, stem: &str) -> String {
        let by = if self.by_month { "-by-month" } else { "" };
        format!("{stem}-{}{by}.csv", self.period)
    }
}
