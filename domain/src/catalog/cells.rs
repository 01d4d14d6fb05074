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

/// Reads `6`, `6 weeks`, `3 - 6 Months`, `Less Than 2 Hours`, `1.5 months`, `1,200 hours`. What is begun counts whole.
pub(super) fn time(fact: &str) -> Option<Time> {
    let fact = search_key(fact).replace(['–', '—', '-'], " to ").replace('~', " ");
    let fact = without_stops(&fact);
    let mut numbers: Vec<i32> = Vec::new();
    let mut unit = "weeks";
    for word in words(&fact) {
        match word {
            "to" | "less" | "than" | "up" | "about" | "approx" | "approximately" | "circa" | "ca" => {}
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => numbers.push(hundredths(word)?),
            _ => unit = word,
        }
    }
    let (low, high) = match *numbers.as_slice() {
        [one] => (one, one),
        [low, high] => (low, high),
        _ => return None,
    };
    let weeks = |weeks: fn(i32) -> Option<i32>| WeekRange::new(weeks(low)?.max(1), weeks(high)?.max(1)).ok();
    match unit.trim_end_matches('s') {
        "week" | "wk" | "w" => Some(Time { weeks: Some(weeks(whole)?), hours: None }),
        "month" | "mo" => Some(Time { weeks: Some(weeks(of_months)?), hours: None }),
        "year" | "yr" => {
            Some(Time { weeks: Some(weeks(|years| whole(years.checked_mul(52)?))?), hours: None })
        }
        "day" | "d" => Some(Time { weeks: Some(weeks(of_days)?), hours: None }),
        "hour" | "hr" | "h" => {
            let hours = whole(high).filter(|hours| (1..=10_000).contains(hours))?;
            let quick = hours <= HOURS_OF_ONE_WEEK;
            Some(Time { weeks: quick.then(|| WeekRange::new(1, 1).ok()).flatten(), hours: Some(hours) })
        }
        _ => None,
    }
}

/// Takes out the full stops and commas that do not stand between two digits.
fn without_stops(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let within = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
    let plain = |(at, c): (usize, &char)| if matches!(c, '.' | ',') && !within(at) { ' ' } else { *c };
    chars.iter().enumerate().map(plain).collect()
}

/// Words, with numbers parted from the letters that follow them: `6weeks` is two.
fn words(text: &str) -> Vec<&str> {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut words = Vec::new();
    for word in text.split([' ', '(', ')']).filter(|word| !word.is_empty()) {
        match word.find(|c: char| !of_number(c)) {
            Some(end) if end > 0 => {
                let (number, rest) = word.split_at(end);
                words.extend([number, rest]);
            }
            _ => words.push(word),
        }
    }
    words
}

/// A number such as `6`, `1.5`, `2,25` or `1,200`, in hundredths. One such as `1.200` is read as neither 1.2 nor 1200,
/// because people write it for both.
fn hundredths(number: &str) -> Option<i32> {
    let of = |digits: &str| digits.parse::<i32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    let groups: Vec<&str> = number.split(',').collect();
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
        && (1..=3).contains(&first.len())
        && rest.iter().all(|group| group.len() == 3)
    {
        return of(&groups.concat())?.checked_mul(100);
    }
    match number.split_once(['.', ',']) {
        None => of(number)?.checked_mul(100),
        Some((ones, parts)) if parts.len() <= 2 => {
            of(ones)?.checked_mul(100)?.checked_add(of(&format!("{parts:0<2}"))?)
        }
        Some(_) => None,
    }
}

/// Hundredths as a whole number, begun ones counted.
fn whole(hundredths: i32) -> Option<i32> {
    hundredths.checked_add(99)?.checked_div(100)
}

/// Months in weeks of 52 a year, to the nearest.
fn of_months(hundredths: i32) -> Option<i32> {
    hundredths.checked_mul(52)?.checked_add(600)?.checked_div(1_200)
}

/// Days in weeks, begun ones counted.
fn of_days(hundredths: i32) -> Option<i32> {
    hundredths.checked_add(699)?.checked_div(700)
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
