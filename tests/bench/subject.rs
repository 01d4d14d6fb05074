//! What a mutation is about. Nothing can be submitted or approved twice, so every repetition has an id of its own, made
//! from the number of its request and its own, so that nobody has to be asked for the next.

use uuid::Uuid;

use crate::capture::Statement;

/// Repetitions of each request that are sent to capture its statements.
pub(crate) const CAPTURED: u64 = 2;
/// Nobody does more of anything in a second.
const FASTEST: u64 = 4_000;
/// Repetitions beyond, so that few seconds and many clients have some too.
pub(crate) const SPARE: u64 = 64;

/// How many repetitions of each request are enough for so many seconds. Twice as many as there can be, since requests
/// that are chosen by chance are not chosen equally often.
pub(crate) fn repetitions(seconds: u64, requests: usize) -> u64 {
    2 * FASTEST * seconds / (requests as u64).max(1) + SPARE
}

/// How many ids at most a repetition of an operation makes.
pub(crate) const IDS: usize = 100;

/// A number for the `nth` id that a repetition of a request makes: no request has it.
pub(crate) fn fresh(request: usize, nth: usize) -> usize {
    (request + 1) * 100 * IDS + nth
}

/// Where places in a series begin that no server gave out.
const FIRST_PLACE: u64 = 1_000_000;
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

/// The place that a repetition takes in a series that it prolongs.
pub(crate) fn place(subject: Uuid) -> u64 {
    FIRST_PLACE + u64::try_from(subject.as_u128() & NUMBER).unwrap_or(0)
}

/// The same in SQL.
pub(crate) fn place_sql(number: &str) -> String {
    format!("({FIRST_PLACE} + {number}::bigint)")
}

/// One repetition of a mutation as it was captured.
pub(crate) struct Repetition {
    pub(crate) subject: Uuid,
    pub(crate) statements: Vec<Statement>,
}
