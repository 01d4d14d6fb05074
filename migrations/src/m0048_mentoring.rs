//! Mentors, whom they mentor, and what they do together; follow-ups ask mentors too.

mod follow_up;

use sea_orm_migration::prelude::*;

use crate::columns::{
    day, day_null, index, instant, instant_null, int, reference, tenant_table, text, text_null, unique, uuid,
    uuid_null, word, word_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            mentor(),
            mentor_skill(),
            mentor_language(),
            pairing(),
            mentoring_goal(),
            mentoring_session(),
            mentoring_note(),
            mentoring_observation(),
            pairing_feedback(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        follow_up::ask_mentors(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        follow_up::ask_no_mentors(manager).await?;
        let tables = [
            "pairing_feedback",
            "mentoring_observation",
            "mentoring_note",
            "mentoring_session",
            "mentoring_goal",
            "pairing",
            "mentor_language",
            "mentor_skill",
            "mentor",
        ];
        for table in tables {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn mentor() -> TableCreateStatement {
    tenant_table("mentor")
        .col(uuid("employee_id"))
        .col(text_null("about"))
        .col(text("time_zone"))
        .col(int("capacity").check(Expr::col("capacity").between(1, 50)))
        // No mentor has more mentees than places, whatever a defect might try.
        .col(int("places_taken").check(Expr::cust("places_taken BETWEEN 0 AND capacity")))
        .col(day("active_from"))
        .col(day_null("active_to"))
        .col(int("version"))
        .check(Expr::cust("active_to IS NULL OR active_from <= active_to"))
        .foreign_key(&mut reference("mentor", "employee_id", "employee"))
        .to_owned()
}

fn mentor_skill() -> TableCreateStatement {
    Table::create()
        .table("mentor_skill")
        .col(uuid("employer_id"))
        .col(uuid("mentor_id"))
        .col(uuid("skill_id"))
        .col(int("level").check(Expr::col("level").between(1, 5)))
        .primary_key(Index::create().col("employer_id").col("mentor_id").col("skill_id"))
        .foreign_key(&mut reference("mentor_skill", "mentor_id", "mentor"))
        .foreign_key(&mut reference("mentor_skill", "skill_id", "skill"))
        .to_owned()
}

fn mentor_language() -> TableCreateStatement {
    Table::create()
        .table("mentor_language")
        .col(uuid("employer_id"))
        .col(uuid("mentor_id"))
        .col(text("language"))
        .primary_key(Index::create().col("employer_id").col("mentor_id").col("language"))
        .foreign_key(&mut reference("mentor_language", "mentor_id", "mentor"))
        .to_owned()
}

fn pairing() -> TableCreateStatement {
    let statuses = [
        "PROPOSED",
        "ACCEPTED",
        "ACTIVE",
        "PAUSED",
        "COMPLETED",
        "ENDED",
        "DECLINED",
        "EXPIRED",
        "SUPERSEDED",
    ];
    let declined = ["NO_TIME", "NOT_MY_FIELD", "OTHER_MENTOR", "CONFLICT_OF_INTEREST", "WITHDRAWN", "OTHER"];
    let ended = ["NO_TIME", "NOT_A_FIT", "NO_CONTACT", "NO_LONGER_NEEDED", "REMATCHED", "LEFT", "OTHER"];
    tenant_table("pairing")
        .col(uuid("mentor_id"))
        .col(uuid("mentored_by_id"))
        .col(uuid("mentee_id"))
        .col(uuid_null("enrollment_id"))
        .col(uuid_null("replaces_id"))
        .col(word("status", &statuses))
        .col(uuid_null("proposed_by_id"))
        .col(instant("proposed_at"))
        .col(day("answer_by"))
        .col(text_null("message"))
        .col(instant_null("mentor_agreed_at"))
        .col(instant_null("mentee_agreed_at"))
        .col(instant_null("started_at"))
        .col(instant_null("paused_at"))
        .col(instant_null("ended_at"))
        .col(word_null("declined_for", &declined))
        .col(word_null("ended_for", &ended))
        .col(text_null("closing_note"))
        .col(int("sessions").check(Expr::col("sessions").gte(0)))
        .col(int("minutes").check(Expr::col("minutes").gte(0)))
        .col(instant_null("last_session_at"))
        // Nobody mentors themself, whatever a defect might try.
        .check(Expr::cust("mentored_by_id <> mentee_id"))
        .check(Expr::cust("(status IN ('PROPOSED', 'ACCEPTED', 'ACTIVE', 'PAUSED')) = (ended_at IS NULL)"))
        .check(Expr::cust("(status = 'PAUSED') = (paused_at IS NOT NULL)"))
        .check(Expr::cust("(status = 'DECLINED') = (declined_for IS NOT NULL)"))
        .check(Expr::cust("(status = 'ENDED') = (ended_for IS NOT NULL)"))
        .check(Expr::cust(
            "status NOT IN ('ACCEPTED', 'ACTIVE', 'PAUSED') OR (mentor_agreed_at IS NOT NULL AND mentee_agreed_at IS NOT NULL)",
        ))
        .foreign_key(&mut reference("pairing", "mentor_id", "mentor"))
        .foreign_key(&mut reference("pairing", "mentored_by_id", "employee"))
        .foreign_key(&mut reference("pairing", "mentee_id", "employee"))
        .foreign_key(&mut reference("pairing", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("pairing", "replaces_id", "pairing"))
        .foreign_key(&mut reference("pairing", "proposed_by_id", "employee"))
        .to_owned()
}

fn mentoring_goal() -> TableCreateStatement {
    tenant_table("mentoring_goal")
        .col(uuid("pairing_id"))
        .col(text("text"))
        .col(day_null("target_on"))
        .col(word("status", &["OPEN", "DONE", "DROPPED"]))
        .col(text_null("url"))
        .col(uuid_null("set_by_id"))
        .col(instant("set_at"))
        .col(instant_null("closed_at"))
        .col(int("version"))
        .check(Expr::cust("(status = 'OPEN') = (closed_at IS NULL)"))
        .foreign_key(&mut reference("mentoring_goal", "pairing_id", "pairing"))
        .foreign_key(&mut reference("mentoring_goal", "set_by_id", "employee"))
        .to_owned()
}

fn mentoring_session() -> TableCreateStatement {
    tenant_table("mentoring_session")
        .col(uuid("pairing_id"))
        .col(instant("starts_at"))
        .col(int("minutes").check(Expr::col("minutes").between(1, 480)))
        .col(word("attendance", &["BOTH", "MENTEE_ABSENT", "MENTOR_ABSENT"]))
        .col(text_null("topics"))
        .col(text_null("goals"))
        .col(uuid_null("recorded_by_id"))
        .col(instant("recorded_at"))
        .col(int("version"))
        .foreign_key(&mut reference("mentoring_session", "pairing_id", "pairing"))
        .foreign_key(&mut reference("mentoring_session", "recorded_by_id", "employee"))
        .to_owned()
}

fn mentoring_note() -> TableCreateStatement {
    tenant_table("mentoring_note")
        .col(uuid("pairing_id"))
        .col(uuid("session_id"))
        .col(uuid("by_id"))
        .col(text("text"))
        .col(instant("at"))
        .foreign_key(&mut reference("mentoring_note", "pairing_id", "pairing"))
        .foreign_key(&mut reference("mentoring_note", "session_id", "mentoring_session"))
        .foreign_key(&mut reference("mentoring_note", "by_id", "employee"))
        .to_owned()
}

/// What a mentor has seen becomes a record of the mentee's skill; this says in which session.
fn mentoring_observation() -> TableCreateStatement {
    Table::create()
        .table("mentoring_observation")
        .col(uuid("employer_id"))
        .col(uuid("session_id"))
        .col(uuid("skill_record_id"))
        .primary_key(Index::create().col("employer_id").col("session_id").col("skill_record_id"))
        .foreign_key(&mut reference("mentoring_observation", "session_id", "mentoring_session"))
        .foreign_key(&mut reference("mentoring_observation", "skill_record_id", "skill_record"))
        .to_owned()
}

/// A side says one thing of a pairing, so the two are the key.
fn pairing_feedback() -> TableCreateStatement {
    Table::create()
        .table("pairing_feedback")
        .col(uuid("employer_id"))
        .col(uuid("pairing_id"))
        .col(word("side", &["MENTOR", "MENTEE"]))
        .col(uuid("by_id"))
        .col(int("rating").check(Expr::col("rating").between(1, 5)))
        .col(text_null("comment"))
        .col(instant("at"))
        .primary_key(Index::create().col("employer_id").col("pairing_id").col("side"))
        .foreign_key(&mut reference("pairing_feedback", "pairing_id", "pairing"))
        .foreign_key(&mut reference("pairing_feedback", "by_id", "employee"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let running = || Expr::cust("status IN ('ACCEPTED', 'ACTIVE', 'PAUSED')");
    let about_one = running().and(Expr::col("enrollment_id").is_not_null());
    let about_none = running().and(Expr::col("enrollment_id").is_null());
    vec![
        unique("mentor_employee", "mentor", &["employee_id"]),
        index("mentor_active_from", "mentor", &["active_from", "id"]),
        index("mentor_skill_skill", "mentor_skill", &["skill_id", "level"]),
        index("mentor_language_language", "mentor_language", &["language"]),
        // Somebody is mentored by one person about the same.
        unique("pairing_enrollment", "pairing", &["mentee_id", "enrollment_id"])
            .and_where(about_one)
            .to_owned(),
        unique("pairing_mentee_alone", "pairing", &["mentee_id"]).and_where(about_none).to_owned(),
        index("pairing_proposed_at", "pairing", &["proposed_at", "id"]),
        index("pairing_answer_by", "pairing", &["answer_by", "id"]),
        index("pairing_mentee", "pairing", &["mentee_id", "proposed_at", "id"]),
        index("pairing_mentor", "pairing", &["mentor_id", "proposed_at", "id"]),
        index("pairing_mentored_by", "pairing", &["mentored_by_id", "proposed_at", "id"]),
        index("pairing_about", "pairing", &["enrollment_id"]),
        index("mentoring_goal_pairing", "mentoring_goal", &["pairing_id", "id"]),
        index("mentoring_session_pairing", "mentoring_session", &["pairing_id", "starts_at", "id"]),
        index("mentoring_note_session", "mentoring_note", &["session_id", "id"]),
        index("mentoring_observation_record", "mentoring_observation", &["skill_record_id"]),
    ]
}
