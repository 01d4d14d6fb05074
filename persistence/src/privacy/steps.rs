//! What erasing somebody does to tables, one statement a step.
//!
//! Rows that nothing counts go. Of those that something counts (amounts, ledgers, figures of groups) the words go: what may
//! be missing is emptied, and where a rule of the table wants a word there stands one that says nothing.

use super::source::Tie;

/// What stands where somebody's words stood that a rule of the table asks for.
pub(super) const ERASED_WORDS: &str = "(erased)";

/// A change of the rows of a person in a table.
pub(super) struct Step {
    /// The table.
    pub(super) table: &'static str,
    /// What ties its rows to the person.
    pub(super) tie: Tie,
    /// What becomes of them.
    pub(super) change: Change,
}

/// What becomes of rows.
pub(super) enum Change {
    /// They go.
    Delete,
    /// The words in these columns go.
    Silence(&'static [&'static str]),
    /// What is in these columns goes.
    Empty(&'static [&'static str]),
}

const THEIR_REQUEST: Tie = Tie::Of("request_id", "funding_request");
const THEIR_ENROLLMENT: Tie = Tie::Of("enrollment_id", "enrollment");

const fn step(table: &'static str, tie: Tie, change: Change) -> Step {
    Step { table, tie, change }
}

/// Every step but those that look into documents, which come first.
pub(super) const STEPS: &[Step] = &[
    // These come first: whoever is just saying something about a request or an enrollment holds its row, so what they say is
    // there when the steps below look for it.
    step("funding_request", Tie::Is("employee_id"), Change::Silence(&["purpose", "proof"])),
    step("enrollment", Tie::Is("employee_id"), Change::Empty(&["url"])),
    step("role_grant", Tie::Is("employee_id"), Change::Delete),
    step("absence", Tie::Is("employee_id"), Change::Delete),
    step("budget_owner", Tie::Is("employee_id"), Change::Delete),
    step("action_link", Tie::Is("person_id"), Change::Delete),
    step("idempotency_claim", Tie::Written("actor"), Change::Delete),
    step("funding_comment", Tie::Is("by_id"), Change::Delete),
    step("funding_comment", THEIR_REQUEST, Change::Delete),
    step("assessment", THEIR_ENROLLMENT, Change::Delete),
    step("evidence", THEIR_ENROLLMENT, Change::Delete),
    step("told_completion", Tie::Of("id", "enrollment"), Change::Delete),
    step("mentoring_observation", Tie::Of("skill_record_id", "skill_record"), Change::Delete),
    step("mentoring_note", Tie::OfPairing("pairing_id", "mentee_id"), Change::Delete),
    step("mentoring_note", Tie::Is("by_id"), Change::Delete),
    step("mentor_skill", Tie::Of("mentor_id", "mentor"), Change::Delete),
    step("mentor_language", Tie::Of("mentor_id", "mentor"), Change::Delete),
    step("skill_record", Tie::Is("employee_id"), Change::Delete),
    step("job_assignment", Tie::Is("employee_id"), Change::Delete),
    // What was said of what they asked for and learned.
    step("ledger_entry", THEIR_REQUEST, Change::Empty(&["note"])),
    step("decision", THEIR_REQUEST, Change::Silence(&["note"])),
    step("learning_time", THEIR_ENROLLMENT, Change::Empty(&["note"])),
    step("follow_up", Tie::Is("employee_id"), Change::Empty(&["note"])),
    step("course_feedback", Tie::Of("id", "enrollment"), Change::Empty(&["comment"])),
    step("mentor", Tie::Is("employee_id"), Change::Empty(&["about"])),
    step("pairing", Tie::Is("mentee_id"), Change::Empty(&["message", "closing_note"])),
    step("mentoring_goal", Tie::OfPairing("pairing_id", "mentee_id"), Change::Silence(&["text"])),
    step("mentoring_goal", Tie::OfPairing("pairing_id", "mentee_id"), Change::Empty(&["url"])),
    step("mentoring_session", Tie::OfPairing("pairing_id", "mentee_id"), Change::Empty(&["topics"])),
    step("pairing_feedback", Tie::OfPairing("pairing_id", "mentee_id"), Change::Empty(&["comment"])),
    // What they said of others.
    step("decision", Tie::Is("by_id"), Change::Silence(&["note"])),
    step("learning_time", Tie::Is("by_id"), Change::Empty(&["note"])),
    step("evidence", Tie::Is("verified_by_id"), Change::Silence(&["note"])),
    step("follow_up", Tie::Is("answered_by_id"), Change::Empty(&["note"])),
    step("skill_record", Tie::Is("by_id"), Change::Empty(&["note"])),
    step("pairing", Tie::Is("mentored_by_id"), Change::Empty(&["message", "closing_note"])),
    step("pairing_feedback", Tie::Is("by_id"), Change::Empty(&["comment"])),
];
