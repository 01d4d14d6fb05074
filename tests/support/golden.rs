//! Texts that are kept under version control and compared with what the program says.

use std::fmt::Write as _;

use crate::checkout;

/// Compares a text with a file below `tests/`, and writes the file anew where the run says `UPSKILL_ACCEPT=1`.
#[expect(
    clippy::disallowed_methods,
    reason = "the test run's switches are no part of the product's configuration"
)]
pub fn assert_golden(file: &str, actual: &str) {
    let path = checkout::tests().join(file);
    if std::env::var("UPSKILL_ACCEPT").is_ok_and(|value| value == "1") {
        std::fs::write(&path, actual).expect("the golden file is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "tests/{file} is not what the program says:\n{}\nIf that is meant, accept it and review the change:\n  \
         UPSKILL_ACCEPT=1 cargo test -p upskill-tests --test it",
        difference(&expected, actual)
    );
}

/// The lines of only one of two texts, in place: `-` for the kept one, `+` for what the program says.
fn difference(expected: &str, actual: &str) -> String {
    let (before, after): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let same = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[same..], &after[same..]);
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let mut text = format!("from line {}:\n", same + 1);
    for line in &old[..old.len() - same_end] {
        let _ = writeln!(text, "- {line}");
    }
    for line in &new[..new.len() - same_end] {
        let _ = writeln!(text, "+ {line}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_shows_only_what_differs() {
        assert_eq!(difference("a\nb\nc\n", "a\nx\ny\nc\n"), "from line 2:\n- b\n+ x\n+ y\n");
    }
}
