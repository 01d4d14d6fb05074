//! Follow-ups ask mentors too. SQLite changes no constraint of a table, so the table is made anew on both databases.

use sea_orm_migration::prelude::*;

use crate::columns::{
    day, index, instant_null, int, reference, tenant_table, text_null, together, unique, uuid, uuid_null,
    word, word_null,
};

/// What the table was and is made of, but for the mentor.
const COLUMNS: [&str; 15] = [
    "employer_id",
    "id",
    "enrollment_id",
    "employee_id",
    "respondent",
    "after_days",
    "opens_on",
    "closes_on",
    "application",
    "obstacle",
    "note",
    "answered_by_id",
    "answered_at",
    "told_at",
    "reminded_at",
];

/// Forms may ask a mentor, whom they name.
pub(super) async fn ask_mentors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = follow_up(&["LEARNER", "MANAGER", "MENTOR"]);
    table
        .col(uuid_null("mentor_id"))
        .check(Expr::cust("(respondent = 'MENTOR') = (mentor_id IS NOT NULL)"))
        .foreign_key(&mut reference("follow_up", "mentor_id", "employee"));
    make_anew(manager, table).await?;
    let unanswered = Expr::col("application").is_null();
    let waiting = index("follow_up_mentor", "follow_up", &["mentor_id", "closes_on"]);
    manager.create_index(waiting.clone().and_where(unanswered).to_owned()).await
}

/// Forms ask no mentor any more; those that did are gone.
pub(super) async fn ask_no_mentors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let theirs =
        Query::delete().from_table("follow_up").and_where(Expr::col("respondent").eq("MENTOR")).to_owned();
    manager.execute(theirs).await?;
    make_anew(manager, follow_up(&["LEARNER", "MANAGER"])).await
}

async fn make_anew(manager: &SchemaManager<'_>, table: TableCreateStatement) -> Result<(), DbErr> {
    manager.rename_table(Table::rename().table("follow_up", "follow_up_before").to_owned()).await?;
    manager.create_table(table).await?;
    let before = Query::select().columns(COLUMNS).from("follow_up_before").to_owned();
    let mut copy = Query::insert();
    copy.into_table("follow_up").columns(COLUMNS);
    copy.select_from(before).map_err(|error| DbErr::Custom(error.to_string()))?;
    manager.execute(copy).await?;
    manager.drop_table(Table::drop().table("follow_up_before").to_owned()).await?;
    let unanswered = Expr::col("application").is_null();
    let indexes = [
        unique("follow_up_form", "follow_up", &["enrollment_id", "after_days", "respondent"]),
        index("follow_up_open", "follow_up", &["opens_on", "id"]).and_where(unanswered).to_owned(),
        index("follow_up_employee", "follow_up", &["employee_id", "closes_on", "id"]),
    ];
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

fn follow_up(respondents: &[&'static str]) -> TableCreateStatement {
    let obstacles = ["NO_OPPORTUNITY", "NO_TIME", "NO_SUPPORT", "NOT_RELEVANT", "MORE_PRACTICE", "OTHER"];
    tenant_table("follow_up")
        .col(uuid("enrollment_id"))
        .col(uuid("employee_id"))
        .col(word("respondent", respondents))
        .col(int("after_days").check(Expr::col("after_days").gte(1)))
        .col(day("opens_on"))
        .col(day("closes_on"))
        .col(word_null("application", &["APPLIED", "PARTLY", "NOT_APPLIED"]))
        .col(word_null("obstacle", &obstacles))
        .col(text_null("note"))
        .col(uuid_null("answered_by_id"))
        .col(instant_null("answered_at"))
        .col(instant_null("told_at"))
        .col(instant_null("reminded_at"))
        .check(Expr::cust("opens_on <= closes_on"))
        .check(together("application", "answered_at"))
        .check(together("application", "answered_by_id"))
        .check(Expr::cust("application IS NOT NULL OR (obstacle IS NULL AND note IS NULL)"))
        .check(Expr::cust("application <> 'NOT_APPLIED' OR obstacle IS NOT NULL"))
        .check(Expr::cust("application <> 'APPLIED' OR obstacle IS NULL"))
        .foreign_key(&mut reference("follow_up", "enrollment_id", "enrollment"))
        .foreign_key(&mut reference("follow_up", "employee_id", "employee"))
        .foreign_key(&mut reference("follow_up", "answered_by_id", "employee"))
        .to_owned()
}
