//! JSON as a person would write it: what fits on a line stands on a line, and a value that is alone in its object or
//! list does not move in. The order of the fields stays the one that the query asks in, which is why this works on the
//! text and not on the parsed value.

/// The columns that a line may take.
const WIDTH: usize = 116;
/// The columns that each level is moved in by.
const STEP: usize = 2;

/// A compact text of JSON, laid out.
pub(super) fn written(json: &str) -> String {
    laid_out(json, 0, 0)
}

/// A value at a depth, behind so many columns that are taken already.
fn laid_out(json: &str, indent: usize, taken: usize) -> String {
    let line = on_a_line(json);
    let scalar = !json.starts_with(['{', '[']);
    if scalar || taken + line.chars().count() < WIDTH {
        return line;
    }
    let (open, inside, close) = (&json[..1], &json[1..json.len() - 1], &json[json.len() - 1..]);
    let space = if open == "{" { " " } else { "" };
    let items = items(inside);
    if let [alone] = items[..] {
        return format!("{open}{space}{}{space}{close}", entry(alone, open, indent, taken + open.len()));
    }
    let inner = indent + STEP;
    let lines = items.into_iter().map(|item| format!("{:inner$}{}", "", entry(item, open, inner, inner)));
    let lines: Vec<_> = lines.collect();
    format!("{open}\n{}\n{:indent$}{close}", lines.join(",\n"), "")
}

/// A member of an object with its key, or of a list.
fn entry(item: &str, open: &str, indent: usize, taken: usize) -> String {
    let (key, value) = if open == "{" { item.split_at(key_end(item)) } else { ("", item) };
    let key = key.replace(':', ": ");
    format!("{key}{}", laid_out(value, indent, taken + key.len()))
}

/// Where the value begins behind a key, whose name has neither quotes nor colons.
fn key_end(item: &str) -> usize {
    item.find(':').map_or(0, |colon| colon + 1)
}

fn on_a_line(json: &str) -> String {
    let mut line = String::new();
    for (_, char, quoted) in chars(json) {
        match char {
            ':' | ',' if !quoted => line.extend([char, ' ']),
            '{' if !quoted => line.push_str("{ "),
            '}' if !quoted => line.push_str(" }"),
            _ => line.push(char),
        }
    }
    line.replace("{  }", "{}")
}

/// The texts between the commas of a list or an object.
fn items(inside: &str) -> Vec<&str> {
    let (mut items, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, char, quoted) in chars(inside) {
        match char {
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                items.push(&inside[start..at]);
                start = at + 1;
            }
            _ => (),
        }
    }
    items.push(&inside[start..]);
    items
}

/// Every character with its place, and whether it stands in a string.
fn chars(json: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let (mut quoted, mut escaped) = (false, false);
    json.char_indices().map(move |(at, char)| {
        let inside = quoted;
        match char {
            '"' if !escaped => quoted = !quoted,
            _ => escaped = char == '\\' && !escaped,
        }
        escaped &= char == '\\';
        (at, char, inside)
    })
}

#[test]
fn what_fits_stands_on_a_line_and_what_does_not_is_broken_once() {
    assert_eq!(
        written(r#"{"a":{},"b":["x, \"y\": {z}",null]}"#),
        r#"{ "a": {}, "b": ["x, \"y\": {z}", null] }"#
    );
    let (long, other) = ("l".repeat(60), "o".repeat(80));
    let laid_out = format!("{{ \"data\": {{\n  \"b\": [\"{long}\", 1],\n  \"a\": \"{other}\"\n}} }}");
    assert_eq!(written(&format!(r#"{{"data":{{"b":["{long}",1],"a":"{other}"}}}}"#)), laid_out);
}
