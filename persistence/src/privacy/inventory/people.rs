//! Who somebody is, their place in the organization, and what they may do.

use super::{Key, Source, Tie, keyed, of};
use crate::privacy::source::{day, document, id, instant, number, subject, text};

/// The sources of these sections.
pub(super) const SOURCES: &[Source] = &[
    of(
        "person",
        "employee",
        Tie::Is("id"),
        &[id("id", "employee"), text("external_id"), text("name"), text("email"), instant("erased_at")],
    ),
    of(
        "employment",
        "employee",
        Tie::Is("id"),
        &[
            id("department_id", "department"),
            id("manager_id", "employee"),
            text("job_title"),
            text("status"),
            day("hired_on"),
            day("left_on"),
            number("weekly_minutes"),
            text("work_country"),
            text("work_region"),
        ],
    ),
    of(
        "departmentsHeaded",
        "department",
        Tie::Is("head_id"),
        &[id("id", "department"), text("code"), text("name")],
    ),
    of("peopleManaged", "employee", Tie::Is("manager_id"), &[id("id", "employee")]),
    of(
        "rolesHeld",
        "role_grant",
        Tie::Is("employee_id"),
        &[id("id", "role_grant"), text("role"), id("granted_by", "employee"), instant("granted_at")],
    ),
    of(
        "absences",
        "absence",
        Tie::Is("employee_id"),
        &[
            id("id", "absence"),
            day("from_on"),
            day("until_on"),
            id("created_by", "employee"),
            instant("created_at"),
            instant("ended_at"),
        ],
    ),
    keyed(
        of("costBand", "employee_cost_band", Tie::Is("employee_id"), &[id("cost_band_id", "cost_band")]),
        Key::Id("employee_id"),
    ),
    keyed(
        of("retries", "idempotency_claim", Tie::Written("actor"), &[text("key"), instant("at")]),
        Key::Text("key"),
    ),
    of(
        "actionLinks",
        "action_link",
        Tie::Is("person_id"),
        &[
            id("id", "action_link"),
            id("request_id", "funding_request"),
            instant("issued_at"),
            instant("expires_at"),
            instant("used_at"),
            text("outcome"),
        ],
    ),
    of("journalByYou", "journal_entry", Tie::Is("actor_id"), ENTRY),
    of("journalAboutYou", "journal_entry", Tie::Subject, ENTRY),
];

const ENTRY: &[super::Told] = &[
    id("id", "journal_entry"),
    instant("at"),
    text("kind"),
    id("actor_id", "employee"),
    id("account_id", "service_account"),
    text("capacity"),
    subject("subject_id"),
    document("payload"),
    text("request_id"),
    number("position"),
];
