//! Who mentors whom, and what they do together.

use super::{Key, Source, Tie, Told, keyed, of};
use crate::privacy::source::{day, document, id, instant, number, text};

const PAIRING: &[Told] = &[
    id("id", "pairing"),
    id("mentor_id", "mentor"),
    id("mentored_by_id", "employee"),
    id("mentee_id", "employee"),
    id("enrollment_id", "enrollment"),
    id("replaces_id", "pairing"),
    text("status"),
    instant("proposed_at"),
    day("answer_by"),
    text("message"),
    instant("mentor_agreed_at"),
    instant("mentee_agreed_at"),
    instant("started_at"),
    instant("paused_at"),
    instant("ended_at"),
    text("declined_for"),
    text("ended_for"),
    text("closing_note"),
    number("sessions"),
    number("minutes"),
    instant("last_session_at"),
];

const SESSION: &[Told] = &[
    id("id", "mentoring_session"),
    id("pairing_id", "pairing"),
    instant("starts_at"),
    number("minutes"),
    text("attendance"),
    document("topics"),
    document("goals"),
    instant("recorded_at"),
];

const NOTE: &[Told] = &[
    id("id", "mentoring_note"),
    id("pairing_id", "pairing"),
    id("session_id", "mentoring_session"),
    id("by_id", "employee"),
    text("text"),
    instant("at"),
];

/// The sources of these sections.
pub(super) const SOURCES: &[Source] = &[
    of(
        "followUpsAsked",
        "follow_up",
        Tie::Is("mentor_id"),
        &[id("id", "follow_up"), id("enrollment_id", "enrollment"), day("opens_on"), day("closes_on")],
    ),
    of(
        "mentorProfile",
        "mentor",
        Tie::Is("employee_id"),
        &[
            id("id", "mentor"),
            text("about"),
            text("time_zone"),
            number("capacity"),
            number("places_taken"),
            day("active_from"),
            day("active_to"),
        ],
    ),
    keyed(
        of(
            "mentoredSkills",
            "mentor_skill",
            Tie::Of("mentor_id", "mentor"),
            &[id("skill_id", "skill"), number("level")],
        ),
        Key::Id("skill_id"),
    ),
    keyed(
        of("mentoredLanguages", "mentor_language", Tie::Of("mentor_id", "mentor"), &[text("language")]),
        Key::Text("language"),
    ),
    of("pairingsAsMentee", "pairing", Tie::Is("mentee_id"), PAIRING),
    of("pairingsAsMentor", "pairing", Tie::Is("mentored_by_id"), PAIRING),
    of(
        "pairingsProposed",
        "pairing",
        Tie::Is("proposed_by_id"),
        &[id("id", "pairing"), instant("proposed_at")],
    ),
    of(
        "mentoringGoals",
        "mentoring_goal",
        Tie::OfPairing("pairing_id", "mentee_id"),
        &[
            id("id", "mentoring_goal"),
            id("pairing_id", "pairing"),
            text("text"),
            day("target_on"),
            text("status"),
            text("url"),
            instant("set_at"),
            instant("closed_at"),
        ],
    ),
    of(
        "mentoringGoalsSet",
        "mentoring_goal",
        Tie::Is("set_by_id"),
        &[id("id", "mentoring_goal"), instant("set_at")],
    ),
    of("mentoringSessions", "mentoring_session", Tie::OfPairing("pairing_id", "mentee_id"), SESSION),
    of(
        "mentoringSessionsGiven",
        "mentoring_session",
        Tie::OfPairing("pairing_id", "mentored_by_id"),
        SESSION,
    ),
    of(
        "mentoringSessionsRecorded",
        "mentoring_session",
        Tie::Is("recorded_by_id"),
        &[id("id", "mentoring_session"), instant("recorded_at")],
    ),
    of("mentoringNotes", "mentoring_note", Tie::OfPairing("pairing_id", "mentee_id"), NOTE),
    of("mentoringNotesWritten", "mentoring_note", Tie::Is("by_id"), NOTE),
    keyed(
        of(
            "skillsObserved",
            "mentoring_observation",
            Tie::Of("skill_record_id", "skill_record"),
            &[id("session_id", "mentoring_session"), id("skill_record_id", "skill_record")],
        ),
        Key::Id("skill_record_id"),
    ),
    keyed(
        of(
            "pairingFeedback",
            "pairing_feedback",
            Tie::Is("by_id"),
            &[id("pairing_id", "pairing"), text("side"), number("rating"), text("comment"), instant("at")],
        ),
        Key::Id("pairing_id"),
    ),
];
