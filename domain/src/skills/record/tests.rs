//! Which level counts on which day.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::TypedId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn level(number: i32) -> SkillLevel {
    SkillLevel::new(number).unwrap_or_else(|error| panic!("{error}"))
}

/// The records of one skill of one person, recorded one after another; level 0 ends.
fn records(rows: &[(SkillEvidence, i32, &str)]) -> Vec<SkillRecord> {
    let record = |((evidence, number, from_on), id): (&(SkillEvidence, i32, &str), u128)| SkillRecord {
        id: SkillRecordId::from_uuid(Uuid::from_u128(id)),
        employee: EmployeeId::from_uuid(Uuid::from_u128(1)),
        skill: SkillId::from_uuid(Uuid::from_u128(2)),
        level: SkillLevel::new(*number).ok(),
        evidence: *evidence,
        from_on: day(from_on),
        until_on: None,
        enrollment: None,
        link: None,
        note: None,
        by: None,
        at: DateTime::UNIX_EPOCH,
    };
    rows.iter().zip(1..).map(record).collect()
}

fn counts(records: &[SkillRecord], on: &str) -> Option<(i32, SkillEvidence)> {
    held_on(records, day(on)).pop().map(|held| (held.level.number(), held.evidence))
}

use SkillEvidence::{Assessed, Credential, Manager, Mentor, Peer, SelfAssessed};

#[test]
fn what_was_proved_is_held_at_least_and_others_may_have_seen_more() {
    let on = "2026-03-02";
    for (rows, counted) in [
        (vec![(SelfAssessed, 5, on)], Some((5, SelfAssessed))),
        (vec![(SelfAssessed, 5, on), (Peer, 3, on)], Some((3, Peer))),
        (vec![(Peer, 3, on), (Manager, 2, on)], Some((2, Manager))),
        (vec![(Manager, 5, on), (Mentor, 3, on), (Peer, 4, on)], Some((3, Mentor))),
        (vec![(SelfAssessed, 5, on), (Credential, 2, on)], Some((2, Credential))),
        (vec![(Manager, 2, on), (Assessed, 3, on)], Some((3, Assessed))),
        (vec![(Manager, 4, on), (Assessed, 3, on)], Some((4, Manager))),
        (vec![(Manager, 3, on), (Assessed, 3, on)], Some((3, Assessed))),
        (vec![(Assessed, 4, on), (Credential, 3, on)], Some((4, Assessed))),
        (vec![(Assessed, 4, on), (Credential, 4, on)], Some((4, Credential))),
        (vec![], None),
    ] {
        assert_eq!(counts(&records(&rows), on), counted, "{rows:?}");
    }
}

#[test]
fn what_each_kind_says_is_told_with_the_one_that_counts_first() {
    let on = "2026-03-02";
    let rows = records(&[(SelfAssessed, 5, on), (Manager, 2, on), (Credential, 1, on), (Peer, 4, on)]);
    let held = held_on(&rows, day(on));
    let told: Vec<_> = held.iter().flat_map(|held| &held.records).map(|record| record.evidence).collect();
    assert_eq!(told, [Manager, Credential, Peer, SelfAssessed]);
}

#[test]
fn s3_every_day_has_its_own_answer() {
    let rows = records(&[
        (Manager, 2, "2025-01-01"),
        (Manager, 4, "2025-07-01"),
        // Recorded late, and about the time before.
        (Manager, 1, "2024-01-01"),
        // Corrected: recorded later for the same day.
        (Manager, 3, "2025-07-01"),
        (Manager, 0, "2026-01-01"),
    ]);
    for (on, counted) in [
        ("2023-12-31", None),
        ("2024-12-31", Some(1)),
        ("2025-06-30", Some(2)),
        ("2025-07-01", Some(3)),
        ("2025-12-31", Some(3)),
        ("2026-01-01", None),
    ] {
        assert_eq!(counts(&rows, on), counted.map(|number| (number, Manager)), "{on}");
    }
}

#[test]
fn what_runs_out_leaves_the_word_to_others() {
    let mut rows = records(&[(SelfAssessed, 2, "2025-01-01"), (Credential, 4, "2025-01-01")]);
    if let Some(certificate) = rows.last_mut() {
        certificate.until_on = Some(day("2025-12-31"));
    }
    assert_eq!(counts(&rows, "2025-12-31"), Some((4, Credential)));
    assert_eq!(counts(&rows, "2026-01-01"), Some((2, SelfAssessed)));
}

#[test]
fn l2_a_completion_raises_and_never_lowers() {
    let raise = |rows: &[(SkillEvidence, i32, &str)], number| {
        let days = days_to_raise(&records(rows), (Assessed, level(number)), day("2026-03-02"));
        days.iter().map(NaiveDate::to_string).collect::<Vec<_>>()
    };
    assert_eq!(raise(&[], 3), ["2026-03-02"]);
    // What others say is not proved.
    assert_eq!(raise(&[(SelfAssessed, 5, "2025-01-01"), (Manager, 5, "2025-01-01")], 3), ["2026-03-02"]);
    assert_eq!(raise(&[(Assessed, 2, "2025-01-01")], 3), ["2026-03-02"]);
    let nothing: [&str; 0] = [];
    for proof in [Assessed, Credential] {
        assert_eq!(raise(&[(proof, 3, "2025-01-01")], 3), nothing);
        assert_eq!(raise(&[(proof, 4, "2025-01-01")], 3), nothing);
    }
    // A completion that is told late is not undone by the weaker ones since.
    let later = [(Assessed, 2, "2026-04-01"), (Assessed, 4, "2026-05-01"), (Credential, 1, "2026-06-01")];
    assert_eq!(raise(&later, 3), ["2026-03-02", "2026-04-01"]);
    // What was ended on purpose stays ended.
    assert_eq!(raise(&[(Assessed, 0, "2026-04-01")], 3), ["2026-03-02"]);
}

fn any_rows() -> impl Strategy<Value = Vec<(SkillEvidence, i32, u32)>> {
    let evidence = (0_usize..6).prop_map(|at| SkillEvidence::ALL.get(at).copied().unwrap_or(Peer));
    proptest::collection::vec((evidence, 0_i32..=5, 1_u32..=28), 0..14)
}

fn written(rows: &[(SkillEvidence, i32, u32)]) -> Vec<SkillRecord> {
    let mut written = Vec::new();
    for ((evidence, number, on), id) in rows.iter().zip(1_u128..) {
        let mut one = records(&[(*evidence, *number, &format!("2026-03-{on:02}"))]);
        for record in &mut one {
            record.id = SkillRecordId::from_uuid(Uuid::from_u128(id));
        }
        written.append(&mut one);
    }
    written
}

proptest! {
    /// In whatever order rows are read, the answer is the same.
    #[test]
    fn the_order_of_rows_does_not_matter(rows in any_rows(), on in 1_u32..=28) {
        let there = written(&rows);
        let back: Vec<_> = there.iter().rev().cloned().collect();
        let on = day(&format!("2026-03-{on:02}"));
        prop_assert_eq!(held_on(&there, on), held_on(&back, on));
    }

    /// After a completion at least its level is held on every day from it on, unless the proof was ended later; and
    /// nothing that was held before has become less.
    #[test]
    fn l2_raising_reaches_the_level_and_lowers_nothing(rows in any_rows(), number in 1_i32..=5, from in 1_u32..=28) {
        let mut after = written(&rows);
        let before = after.clone();
        let from_on = day(&format!("2026-03-{from:02}"));
        let template = records(&[(Credential, number, "2026-03-01")]);
        for (on, id) in days_to_raise(&before, (Credential, level(number)), from_on).into_iter().zip(100_u128..) {
            let id = SkillRecordId::from_uuid(Uuid::from_u128(id));
            after.extend(template.iter().map(|record| SkillRecord { id, from_on: on, ..record.clone() }));
        }
        for on in from_on.iter_days().take(40) {
            let number_on = |records: &[SkillRecord]| held_on(records, on).pop().map(|held| held.level.number());
            let ended = before.iter().any(|record| {
                record.evidence.is_proof() && record.level.is_none() && from_on < record.from_on && record.from_on <= on
            });
            let said_by_others = held_on(&before, on).pop().is_some_and(|held| held.evidence == SelfAssessed);
            prop_assert!(ended || number_on(&after) >= Some(number), "{} of {:?}", on, after);
            prop_assert!(said_by_others || number_on(&after) >= number_on(&before), "{} of {:?}", on, after);
        }
    }
}
