//! What a mutation is about. Nothing can be submitted or approved twice, so every repetition has an id of its own, made
//! from the number of its request and its own, so that nobody has to be asked for the next.

use uuid::Uuid;

use crate::capture::Statement;

/// Repetitions of each request that are sent to capture its statements.
pub(crate) const CAPTURED: u64 = 2;
/// Nobody does more of anything in a second.
const FASTEST: u64 = 2_000;
/// Repetitions beyond, so that few seconds and many clients have some too.
pub(crate) const SPARE: u64 = 64;

/// How many repetitions of each request are enough for so many seconds. Twice as many as there can be, since requests
/// that are chosen by chance are not chosen equally often.
pub(crate) fn repetitions(seconds: u64, requests: usize) -> u64 {
    2 * FASTEST * seconds / (requests as u64).max(1) + SPARE
}

/// How many requests at most an operation has.
pub(crate) const REQUESTS: usize = 1_000;
/// How many ids at most a repetition of an operation makes.
pub(crate) const IDS: usize = 100;

/// A number for the `nth` id that a repetition of a request makes: no request has it.
pub(crate) fn fresh(request: usize, nth: usize) -> usize {
    (request + 1) * REQUESTS * IDS + nth
}

/// Where places in a series begin that no server gave out.
const FIRST_PLACE: u64 = 1_000_000;
/// Requests whose repetitions prolong one series, at most.
const SERIES: u64 = 64;
/// The part of a subject that holds the number of the repetition.
const NUMBER: u128 = 0xffff_ffff_ffff;

/// The id of a repetition of a request.
pub(crate) fn subject(request: usize, number: u64) -> Uuid {
    let request = request as u128 & 0xffff_ffff;
    Uuid::from_u128((request << 96) | (0x7000_8000 << 48) | (u128::from(number) & NUMBER))
}

/// The same in SQL: `request` and `number` are expressions for whole numbers.
pub(crate) fn sql(request: &str, number: &str) -> String {
    format!(
        "(lpad(to_hex({request}::bigint), 8, '0') || '000070008000' || lpad(to_hex({number}::bigint), 12, '0'))::uuid"
    )
}

/// The place that a repetition takes in a series that it prolongs. Other requests may prolong the same.
pub(crate) fn place(subject: Uuid) -> u64 {
    let subject = subject.as_u128();
    let part = |bits: u128| u64::try_from(bits).unwrap_or(0);
    FIRST_PLACE + part(subject & NUMBER) * SERIES + part(subject >> 96) % SERIES
}

/// The same in SQL, for a request with a number that is known.
pub(crate) fn place_sql(request: usize, number: &str) -> String {
    format!("({FIRST_PLACE} + {number}::bigint * {SERIES} + {})", request as u64 % SERIES)
}

/// One repetition of a mutation as it was captured.
pub(crate) struct Repetition {
    pub(crate) subject: Uuid,
    pub(crate) statements: Vec<Statement>,
}
