//! Reading cells that people and platforms fill: each function takes one text and says what it means, or why not.

use crate::kernel::{Currency, Money, search_key};
use crate::skills::SkillLevel;

use super::WeekRange;

/// Undoes UTF-8 that was once read as Latin-1 or Windows-1252 (`Â·` for `·`), and takes out what nobody sees.
///
/// A text is only touched when all of it, turned back into bytes, is UTF-8 of scripts in common use: an honest `é`
/// before a letter never is, and `Strauß’` would be N'Ko. It may have been broken twice.
pub(super) fn repaired(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        match unbroken(&text) {
            Some(better) => text = better,
            None => break,
        }
    }
    let visible = |c: &char| !matches!(*c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let plain = |c: char| if c.is_whitespace() && !matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
    text.chars().filter(visible).map(plain).collect::<String>().trim().to_owned()
}

fn unbroken(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte_of).collect();
    String::from_utf8(bytes?).ok().filter(|text| text.chars().all(in_common_use))
}

fn in_common_use(c: char) -> bool {
    matches!(c,
        '\0'..='\u{17f}' // Latin
        | '\u{218}'..='\u{21b}' // Romanian
        | '\u{370}'..='\u{45f}' // Greek, Cyrillic
        | '\u{5d0}'..='\u{5ea}' | '\u{600}'..='\u{6ff}' // Hebrew, Arabic
        | '\u{2000}'..='\u{27bf}' // punctuation, currencies, symbols
        | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' // Japanese, Chinese, Korean
        | '\u{ff00}'..='\u{ffef}' | '\u{1f300}'..='\u{1faff}' // full width, emoji
    )
}

/// The byte that Windows-1252, or Latin-1 where that has a gap, reads as this character.
fn byte_of(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let latin = u8::try_from(u32::from(c)).ok();
    latin.or_else(|| {
        let place = HIGH.iter().position(|known| *known == c)?;
        u8::try_from(place.checked_add(0x80)?).ok()
    })
}

/// The facts of a cell that holds several.
pub(super) fn facts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['·', '•', '|']).map(str::trim).filter(|fact| !fact.is_empty())
}

/// What a cell says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    /// Weeks beside the job.
    pub weeks: Option<WeekRange>,
    /// Hours of work, when the cell counts hours.
    pub hours: Option<i32>,
}

/// Hours of work that fit into one week beside the job.
const HOURS_OF_ONE_WEEK: i32 = 10;

/// Reads `6`, `6 weeks`, `3 - 6 Months`, `Less Than 2 Hours`.
pub(super) fn time(fact: &str) -> Option<Time> {
    let fact = search_key(fact).replace(['–', '—', '-'], " to ").replace('~', " ");
    let mut numbers: Vec<i32> = Vec::new();
    let mut unit = "weeks";
    for word in words(&fact) {
        match word {
            "to" | "less" | "than" | "up" | "about" | "approx" | "approximately" | "circa" | "ca" => {}
            _ if word.bytes().all(|byte| byte.is_ascii_digit()) => numbers.push(word.parse().ok()?),
            _ => unit = word,
        }
    }
    let (low, high) = match *numbers.as_slice() {
        [one] => (one, one),
        [low, high] => (low, high),
        _ => return None,
    };
    let weeks = |low: i32, high: i32| WeekRange::new(low.max(1), high.max(1)).ok();
    match unit.trim_end_matches('s') {
        "week" | "wk" | "w" => Some(Time { weeks: Some(weeks(low, high)?), hours: None }),
        "month" | "mo" => Some(Time { weeks: Some(weeks(of_months(low), of_months(high))?), hours: None }),
        "year" | "yr" => {
            let weeks = weeks(low.checked_mul(52)?, high.checked_mul(52)?)?;
            Some(Time { weeks: Some(weeks), hours: None })
        }
        "day" | "d" => Some(Time { weeks: Some(weeks(of_days(low), of_days(high))?), hours: None }),
        "hour" | "hr" | "h" if (1..=10_000).contains(&high) => {
            let quick = high <= HOURS_OF_ONE_WEEK;
            Some(Time { weeks: quick.then(|| weeks(1, 1)).flatten(), hours: Some(high) })
        }
        _ => None,
    }
}

/// Words, with numbers parted from the letters that follow them: `6weeks` is two.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split([' ', '.', '(', ')']).filter(|word| !word.is_empty()) {
        match word.find(|c: char| !c.is_ascii_digit()) {
            Some(end) if end > 0 => {
                let (number, rest) = word.split_at(end);
                words.extend([number, rest]);
            }
            _ => words.push(word),
        }
    }
    words
}

/// Months in weeks of 52 a year, to the nearest.
fn of_months(months: i32) -> i32 {
    months.saturating_mul(52).saturating_add(6).checked_div(12).unwrap_or(0)
}

/// Days in weeks, begun ones counted.
fn of_days(days: i32) -> i32 {
    days.saturating_add(6).checked_div(7).unwrap_or(0)
}

/// Reads `3`, `Beginner`, `Mixed`. The inner nothing is "says nothing".
pub(super) fn level(fact: &str) -> Option<Option<SkillLevel>> {
    let number = match search_key(fact).as_str() {
        "beginner" | "introductory" | "basic" | "foundation" | "foundational" => 2,
        "intermediate" => 3,
        "advanced" => 4,
        "expert" => 5,
        "mixed" | "all levels" | "any" => return Some(None),
        other => other.parse().ok()?,
    };
    SkillLevel::new(number).ok().map(Some)
}

/// Reads a list of skills with the levels that it gives.
pub(super) fn skills(cell: &str) -> Vec<(String, Option<SkillLevel>)> {
    let cell = without_heading(cell);
    let separators: &[char] = if cell.contains([';', '|', '\n']) { &[';', '|', '\n'] } else { &[','] };
    let mut seen = std::collections::HashSet::new();
    split_outside_brackets(cell, separators)
        .into_iter()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(with_level)
        .filter(|(name, _)| seen.insert(search_key(name)))
        .collect()
}

/// Takes `Skills you'll gain:` off.
fn without_heading(cell: &str) -> &str {
    match cell.split_once(':') {
        Some((heading, rest)) if search_key(heading).starts_with("skills") => rest,
        _ => cell,
    }
}

fn split_outside_brackets<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut depth = 0_i32;
    text.split(|c: char| {
        match c {
            '(' | '[' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1).max(0),
            _ => {}
        }
        depth == 0 && separators.contains(&c)
    })
    .collect()
}

fn with_level(name: &str) -> (String, Option<SkillLevel>) {
    let given = name.rsplit_once(':').and_then(|(name, level)| {
        let level = SkillLevel::new(level.trim().parse().ok()?).ok()?;
        Some((name.trim().to_owned(), Some(level)))
    });
    given.unwrap_or_else(|| (name.to_owned(), None))
}

/// Reads `49.00`, `EUR 49.00`, `free`, `n/a`. Nothing is "unknown".
pub(super) fn price(cell: &str, currency: Option<Currency>) -> Result<Option<Money>, String> {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let no_currency =
        || format!("'{cell}' has no currency; write EUR {cell}, or give one for the row or the import");
    let (amount, currency) = match *words.as_slice() {
        [] | ["-"] => return Ok(None),
        [word] => (word, currency),
        [code, amount] if Currency::parse(code).is_ok() => (amount, Currency::parse(code).ok()),
        [amount, code] => (amount, Some(Currency::parse(code).map_err(|error| error.to_string())?)),
        _ => return Err(format!("'{cell}' is not a price such as 49.00, EUR 49.00 or free")),
    };
    match search_key(amount).as_str() {
        "n/a" | "na" | "unknown" => return Ok(None),
        "free" => return Ok(Some(Money::zero(currency.ok_or_else(no_currency)?))),
        _ => {}
    }
    let price = Money::parse(amount, currency.ok_or_else(no_currency)?).map_err(|error| error.to_string())?;
    if price.is_negative() { Err(format!("{price} is below zero")) } else { Ok(Some(price)) }
}

/// A name as people write it, in the form in which enumerations are named: `On site` is `ON_SITE`.
pub(super) fn screaming(cell: &str) -> String {
    let words = cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_uppercase).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests;
