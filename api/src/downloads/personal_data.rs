//! Everything that is kept of a person, as a file of JSON.
//!
//! The file is written while the tables are read, page by page and section by section, so it takes the same memory however
//! much there is. A section stands there even where it is empty: that nothing is kept is an answer, too. Who asked for the
//! file stands in the journal before its first byte is sent.

use std::io;
use std::sync::Arc;

use chrono::SecondsFormat;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{EmployeeId, TypedId};
use upskill_domain::privacy::{PersonalRecord, RecordPlace, SECTIONS, Section};

use super::{bad_input, told};
use crate::graphql::ApiError;
use crate::http::{Download, NoDownload};

/// Counts changes of the form of the file that a reader has to know of. New sections and new members are none.
const VERSION: u32 = 1;

/// The part of an export that is still to be read.
struct Rest {
    app: App,
    actor: Arc<Actor>,
    employee: EmployeeId,
    /// The sections that are still to be told, and how far the first of them is.
    sections: &'static [Section],
    after: Option<RecordPlace>,
    /// Whether the first of them has been begun, and whether something stands in it.
    begun: bool,
    filled: bool,
}

/// Opens the export of a person for somebody who may have it.
pub(crate) async fn open(app: App, actor: Arc<Actor>, employee: &str) -> Result<Download, NoDownload> {
    let employee = EmployeeId::parse(employee).map_err(|error| bad_input(error.to_string()))?;
    app.privacy().open_export(&actor, employee).await.map_err(|fault| told(fault.into()))?;
    let head = json!({
        "format": "upskill.personal-data",
        "version": VERSION,
        "employerId": actor.employer,
        "employeeId": employee,
        "exportedAt": app.clock().now().to_rfc3339_opts(SecondsFormat::AutoSi, true),
    });
    let first = [opened(&head.to_string()), ",\"sections\":["].concat().into_bytes();
    let rest = Rest { app, actor, employee, sections: SECTIONS, after: None, begun: false, filled: false };
    let sections = stream::try_unfold(rest, |mut rest| async move {
        let piece = rest.piece().await.map_err(|error| io::Error::other(error.into_message()))?;
        Ok::<_, io::Error>(piece.map(|piece| (piece, rest)))
    });
    let content = stream::once(async { Ok(first) })
        .chain(sections.into_stream())
        .chain(stream::once(async { Ok(b"]}\n".to_vec()) }))
        .boxed();
    Ok(Download {
        name: format!("personal-data-{}.json", employee.uuid()),
        content_type: "application/json; charset=utf-8",
        content,
    })
}

impl Rest {
    /// The next records of the section that is told, with what begins and ends it; none after the last.
    async fn piece(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some((section, others)) = self.sections.split_first() else { return Ok(None) };
        let privacy = self.app.privacy();
        let page = privacy.records(&self.actor, self.employee, section, self.after.as_ref()).await?;
        let mut piece = Vec::new();
        if !self.begun {
            piece.extend(beginning(section, self.sections.len() == SECTIONS.len()).into_bytes());
        }
        for record in &page.records {
            piece.extend(line(record, self.filled)?);
            self.filled = true;
        }
        self.begun = page.next.is_some();
        if !self.begun {
            piece.extend(b"]}");
            self.sections = others;
            self.filled = false;
        }
        self.after = page.next;
        Ok(Some(piece))
    }
}

/// What a section says of itself, up to its records.
fn beginning(section: &Section, first: bool) -> String {
    let retention = section.class.retention();
    let said = json!({
        "name": section.name,
        "holds": section.holds,
        "class": section.class.name(),
        "purpose": section.class.purpose(),
        "retention": { "class": retention.name(), "rule": retention.rule(), "legalBasis": retention.legal_basis() },
    });
    [if first { "\n" } else { ",\n" }, opened(&said.to_string()), ",\"records\":["].concat()
}

/// An object without its end, so that it can go on.
fn opened(object: &str) -> &str {
    object.strip_suffix('}').unwrap_or(object)
}

fn line(record: &PersonalRecord, follows: bool) -> Result<Vec<u8>, ApiError> {
    let mut line = if follows { b",\n".to_vec() } else { b"\n".to_vec() };
    let written = serde_json::to_writer(&mut line, record);
    written.map_err(|_| ApiError::internal("a record of an export"))?;
    Ok(line)
}
