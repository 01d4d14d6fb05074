//! Rows of CSV by RFC 4180: commas, CRLF, quotes where a cell needs them.

use crate::graphql::ApiError;

/// A text that no spreadsheet takes for a formula. Numbers stay what they are.
pub(super) fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// Rows as lines, each with its end.
pub(super) fn rows<R: IntoIterator<Item: AsRef<[u8]>>>(
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, ApiError> {
    let unwritten = || ApiError::internal("a row of CSV");
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|_| unwritten())?;
    }
    writer.into_inner().map_err(|_| unwritten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_formulas_and_cells_keep_what_they_hold() {
        for text in ["=1+1", "+49", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("PO-7"), "PO-7");
        let line = rows([["a,b", "say \"hi\"\nagain", ""]]);
        assert_eq!(line.ok(), Some(b"\"a,b\",\"say \"\"hi\"\"\nagain\",\r\n".to_vec()));
    }
}
