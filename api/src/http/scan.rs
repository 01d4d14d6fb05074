//! A look at a document's text before anything parses it.
//!
//! The parser descends once for every bracket, and a few kilobytes of `[` are enough to end the process by a stack
//! overflow, which no limit on the parsed document can prevent. So one linear pass counts tokens and brackets
//! first. It reads strings and comments exactly as the parser does, or a bracket could hide in what only one of
//! the two takes for a string: text that no reading of GraphQL allows is refused here.

/// What a document's text consists of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Names, numbers, strings and punctuators; white space, commas and comments are none.
    pub tokens: usize,
    /// The most brackets of any kind that are open at once.
    pub bracket_depth: usize,
}

/// Text that cannot be the beginning of any document: what is wrong, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed {
    pub what: &'static str,
    pub at: usize,
}

/// Counts the tokens and the bracket depth of a document.
pub(super) fn scan(document: &str) -> Result<Scan, Malformed> {
    let text = document.as_bytes();
    let mut counted = Scan::default();
    let mut open: usize = 0;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let end = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = end_of_comment(text, at);
                continue;
            }
            b'"' => end_of_string(text, at)?,
            b'{' | b'[' | b'(' => {
                open += 1;
                counted.bracket_depth = counted.bracket_depth.max(open);
                at + 1
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                at + 1
            }
            b'.' if text[at..].starts_with(b"...") => at + 3,
            b'_' | b'A'..=b'Z' | b'a'..=b'z' => {
                end_of_run(text, at, |next| next == b'_' || next.is_ascii_alphanumeric())
            }
            b'-' | b'0'..=b'9' => end_of_number(text, at),
            _ => at + 1,
        };
        counted.tokens += 1;
        at = end;
    }
    Ok(counted)
}

fn end_of_run(text: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let length = text[start..].iter().position(|&byte| !belongs(byte));
    length.map_or(text.len(), |length| start + length)
}

/// A dot belongs to a number only before a digit: `1...F` is a number, a spread and a name.
fn end_of_number(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        at = end_of_run(text, at, |next| next.is_ascii_alphanumeric() || matches!(next, b'+' | b'-'));
        match text.get(at..at + 2) {
            Some([b'.', digit]) if digit.is_ascii_digit() => at += 2,
            _ => return at,
        }
    }
}

fn end_of_comment(text: &[u8], start: usize) -> usize {
    end_of_run(text, start, |byte| !matches!(byte, b'\n' | b'\r'))
}

fn end_of_string(text: &[u8], start: usize) -> Result<usize, Malformed> {
    if text[start..].starts_with(b"\"\"\"") {
        return end_of_block_string(text, start);
    }
    let mut at = start + 1;
    loop {
        match text.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at += 2,
            None | Some(b'\n' | b'\r') => {
                return Err(Malformed { what: "a string that does not end", at: start });
            }
            Some(_) => at += 1,
        }
    }
}

fn end_of_block_string(text: &[u8], start: usize) -> Result<usize, Malformed> {
    let mut at = start + 3;
    while at < text.len() {
        if text[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if text[at..].starts_with(b"\"\"\"") {
            return Ok(at + 3);
        } else {
            at += 1;
        }
    }
    Err(Malformed { what: "a block string that does not end", at: start })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(document: &str) -> (usize, usize) {
        let scan = scan(document).expect("well-formed");
        (scan.tokens, scan.bracket_depth)
    }

    #[test]
    fn tokens_and_brackets_are_counted() {
        for (document, expected) in [
            ("", (0, 0)),
            (" \t\r\n,,", (0, 0)),
            ("{a}", (3, 1)),
            ("{ viewer { id, name } }", (7, 2)),
            ("query Q($n: Int! = 5) { a(first: $n) { ...F } }", (24, 2)),
            ("{a(b:[[1,-2.5e+3],[]])}", (15, 4)),
            ("{a(b:1...F)}", (10, 2)),
            ("{a @skip(if: true)}", (10, 2)),
            ("}}}{", (4, 1)),
        ] {
            assert_eq!(counts(document), expected, "{document}");
        }
    }

    #[test]
    fn strings_and_comments_hide_their_brackets() {
        for (document, expected) in [
            ("# [[[[ \" \n{a}", (3, 1)),
            (r#"{a(b:"[[[[ # \" [[[")}"#, (8, 2)),
            (r#"{a(b:"")}"#, (8, 2)),
            (r#"{a(b:"\\")}"#, (8, 2)),
            (r#"{a(b:"""[[ " \""" [[ """)}"#, (8, 2)),
            (r#"{a(b:""""""[])}"#, (10, 3)),
            ("{a} # the end", (3, 1)),
        ] {
            assert_eq!(counts(document), expected, "{document}");
        }
    }

    #[test]
    fn a_string_without_end_is_refused_so_that_nothing_hides_behind_it() {
        for (document, at) in [("{a(b:\"[[[", 5), ("{a(b:\"[\n\")}", 5), ("\"\\", 0)] {
            assert_eq!(
                scan(document),
                Err(Malformed { what: "a string that does not end", at }),
                "{document}"
            );
        }
        let hidden = format!(r#"{{a(b:["""x" {}"#, "[".repeat(2_000));
        assert_eq!(scan(&hidden), Err(Malformed { what: "a block string that does not end", at: 6 }));
    }
}
