//! What the people with a part of their own ask for: an engineer with a history, and the desk of his manager.
//!
//! On the last day three requests wait for the manager: one that the department can afford, one that is above what it
//! has left, and one that costs nothing.

use chrono::TimeDelta;
use upskill_domain::funding::RejectionReason;

use super::budgets::{Year, transfer};
use super::catalog::Offers;
use super::company::{AMBITIOUS, ENGINEER, THRIFTY};
use super::people::Workforce;
use super::requests::{Fate, REJECTIONS, What, Wish, before_the_holidays};
use super::teller::Teller;
use super::time::Calendar;

/// What the manager's department has left in the end, in minor units: more than one of the requests on her desk asks
/// for, and less than another.
pub(super) const LEFT: i64 = 215_000;

/// The department that the manager works in, and the one that money is lent to.
pub(super) const DEPARTMENT: &str = "ENG";
/// Where money that is not needed goes.
pub(super) const LENT_TO: &str = "DATA";

/// How managers say no, with their reasons. The first one is what the engineer got to hear.
pub(super) const WORDS: [(RejectionReason, &str); REJECTIONS] = [
    (
        RejectionReason::Workload,
        "The line conversion needs you until spring, and this course takes 12 hours a week. Ask again in April.",
    ),
    (
        RejectionReason::NotRelevant,
        "I cannot see how this helps in your present job. Let us talk about your plans.",
    ),
    (
        RejectionReason::TooExpensive,
        "Three times the price of comparable courses, without a certificate to show.",
    ),
    (RejectionReason::WrongTime, "We are two people short this quarter. Next year, gladly."),
    (
        RejectionReason::BetterAlternative,
        "The technical college offers nearly the same, and it counts toward a degree.",
    ),
];

/// The wishes of the cast.
pub(super) fn wishes(
    workforce: &Workforce,
    offers: &Offers,
    calendar: Calendar,
) -> anyhow::Result<Vec<Wish>> {
    let wish = |name, code, days, purpose, fate| {
        let person = workforce.named(name);
        let course = offers.coded(code)?;
        let asked = calendar.days_ago(days).min(calendar.end);
        let submitted = if fate == Fate::Waits { asked } else { before_the_holidays(asked) };
        let what = What::Course(course);
        anyhow::Ok(person.map(|person| Wish { person, what, program: false, purpose, fate, submitted }))
    };
    let wishes = [
        wish(
            ENGINEER,
            "AUT-130",
            330,
            "Our cells need a new safety assessment every year, and we buy it from outside.",
            Fate::Settled,
        )?,
        wish(
            ENGINEER,
            "AUT-160",
            250,
            "The reheating furnace oscillates; a predictive controller would save gas.",
            Fate::Rejected(0),
        )?,
        wish(ENGINEER, "ML-180", 120, "To try what simulation can do for the furnace.", Fate::Withdrawn)?,
        wish(
            ENGINEER,
            "AUT-120",
            4,
            "We get two collaborative robots in spring, and nobody here has programmed one.",
            Fate::Waits,
        )?,
        wish(
            AMBITIOUS,
            "SEC-150",
            9,
            "The plant network will be audited next year. I would like to lead the preparation.",
            Fate::Waits,
        )?,
        wish(THRIFTY, "SEC-160", 2, "Required before I get access to the controllers.", Fate::Waits)?,
    ];
    Ok(wishes.into_iter().flatten().collect())
}

/// On the last day the department lends out all but [`LEFT`].
pub(super) async fn lend(teller: &Teller, workforce: &Workforce, year: &Year) -> anyhow::Result<()> {
    let place = |code| workforce.places.iter().position(|place| place.code == code).unwrap_or(0);
    let (department, other) = (year.places[&place(DEPARTMENT)], year.places[&place(LENT_TO)]);
    let note = "A share of the employer's reserve for the robots.";
    let (_, budget) = transfer(teller, (year.root, department), 500_000, note).await?;
    let spare = budget.balance.available() - LEFT;
    let note = "The data team starts its cohort early; comes back with the next fiscal year.";
    transfer(teller, (department, other), spare, note).await?;
    Ok(())
}

/// When that is.
pub(super) fn last_hour(calendar: Calendar) -> chrono::DateTime<chrono::Utc> {
    calendar.end - TimeDelta::hours(1)
}
