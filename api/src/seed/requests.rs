//! What people ask for over two years, and what becomes of it: decided before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::catalog::Offers;
use super::company::MANAGER;
use super::dice::Dice;
use super::learning;
use super::people::Workforce;
use super::time::{Calendar, on_a_working_day, working};

/// What somebody is going to ask for.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub person: usize,
    pub what: What,
    /// Whether it is part of the flagship.
    pub program: bool,
    pub purpose: &'static str,
    pub fate: Fate,
    pub submitted: DateTime<Utc>,
}

/// A course of the catalog, or one outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    Course(usize),
    Outside(usize),
}

/// What becomes of it, if there is time enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Waits,
    Withdrawn,
    Rejected(usize),
    Canceled,
    Settled,
    Refunded,
}

/// What happens to a request, and to the enrollment that it funds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    Submit,
    Withdraw,
    Approve,
    Reject,
    Commit,
    Enroll,
    Cancel,
    Settle,
    Refund,
    Finish,
}

/// Why people say they want it.
pub(super) const PURPOSES: [&str; 12] = [
    "We introduce this on our line next quarter, and nobody in the team has done it before.",
    "I take over from a colleague who retires, and want to be ready.",
    "The last audit found that we lack this knowledge.",
    "It closes the gap between my job profile and what I can do today.",
    "I support the shift teams with this every week and would like to do it properly.",
    "A customer asks for it in the new contract.",
    "It would let us do in-house what we buy from outside now.",
    "My manager and I agreed on it in the annual review.",
    "We had two stops this year that somebody with this training would have prevented.",
    "I want to move from maintenance into data work.",
    "It is the next step after the course that I finished in spring.",
    "The new equipment needs it, and the supplier does not train.",
];

/// Courses that people find outside of the catalog: title, provider, address, price in minor units.
pub(super) const OUTSIDE: [(&str, &str, &str, i64); 4] = [
    ("Thermography Level 1", "Infrared Training Center", "https://thermography.example/level-1", 148_000),
    ("Crane Control Modernization", "Hoist Academy", "https://hoist.example/modernization", 89_000),
    (
        "Plant Historian Administration",
        "Archive Systems",
        "https://historian.example/administration",
        115_000,
    ),
    ("Writing Grant Applications", "Research Office Network", "https://grants.example/writing", 42_000),
];

/// Which courses suit a department, by the beginnings of their codes.
fn suits(unit: &str) -> &'static [&'static str] {
    match unit.split('-').next().unwrap_or(unit) {
        "IT" => &["SEC", "CLD", "SWE"],
        "DATA" => &["ML", "DAT", "CLD"],
        "ENG" => &["AUT", "SWE", "ML"],
        "MAINT" => &["AUT", "SEC-16", "SEC-17"],
        "MELT" | "ROLL" => &["MAT", "ENE", "AUT-1"],
        "QA" => &["QUA", "DAT", "MAT"],
        _ => &["LEAD", "DAT", "ENE", "ML-15"],
    }
}

/// The flagship as far as requests care: who takes part, and its courses.
#[derive(Debug, Default)]
pub(super) struct Cohort {
    pub members: HashSet<usize>,
    pub courses: Vec<usize>,
}

/// So many wishes, none twice.
pub(super) fn wishes(
    workforce: &Workforce,
    offers: &Offers,
    cohort: &Cohort,
    calendar: Calendar,
    (size, dice): (usize, &mut Dice),
) -> Vec<Wish> {
    let published: Vec<usize> =
        (0..offers.courses.len()).filter(|course| offers.courses[*course].published).collect();
    let shelf = |place: usize| {
        let likes = suits(&workforce.places[place].code);
        let fits = |course: &&usize| likes.iter().any(|like| offers.courses[**course].code.starts_with(like));
        published.iter().filter(fits).copied().collect::<Vec<usize>>()
    };
    let shelves: Vec<Vec<usize>> = (0..workforce.places.len()).map(shelf).collect();
    let able: Vec<usize> = (0..workforce.people.len()).filter(|p| may_wish(workforce, *p)).collect();
    let mut seen: HashSet<(usize, What)> = HashSet::new();
    let mut wishes = Vec::with_capacity(size);
    let mut tries = 0;
    while wishes.len() < size && !able.is_empty() && tries < size * 20 {
        tries += 1;
        let person = *dice.pick(&able);
        let submitted = moment(workforce, person, calendar, dice);
        let runs = cohort.members.contains(&person) && submitted > working(calendar.year, 1, 20);
        let shelf = &shelves[workforce.people[person].place];
        let what = match dice.between(0, 99) {
            0..=2 => What::Outside(dice.place(OUTSIDE.len())),
            3..=60 if runs => What::Course(*dice.pick(&cohort.courses)),
            3..=75 if !shelf.is_empty() => What::Course(*dice.pick(shelf)),
            _ => What::Course(*dice.pick(&published)),
        };
        let program = runs && matches!(what, What::Course(course) if cohort.courses.contains(&course));
        let (purpose, fate) = (*dice.pick(&PURPOSES), fate(dice));
        if seen.insert((person, what)) {
            wishes.push(Wish { person, what, program, purpose, fate, submitted });
        }
    }
    wishes
}

fn may_wish(workforce: &Workforce, person: usize) -> bool {
    let person = &workforce.people[person];
    !person.cast && person.manager.is_some()
}

/// When somebody asks. More ask in the second year than in the first.
fn moment(workforce: &Workforce, person: usize, calendar: Calendar, dice: &mut Dice) -> DateTime<Utc> {
    let (from, mut to) = workforce.asks_between(person, calendar);
    if workforce.people[person].manager == workforce.named(MANAGER) {
        // Her desk is told about separately.
        to -= TimeDelta::days(60);
    }
    let minutes = (to - from).num_minutes().max(1);
    let drawn = dice.between(0, minutes).max(dice.between(0, minutes));
    let day = (from + TimeDelta::minutes(drawn)).date_naive();
    let at =
        day.and_hms_opt(7, 0, 0).unwrap_or_default().and_utc() + TimeDelta::minutes(dice.between(0, 540));
    on_a_working_day(before_the_holidays(at)).max(from).min(calendar.end)
}

/// Nobody asks over the holidays: what is granted after New Year is not paid by the budget of the old year.
pub(super) fn before_the_holidays(at: DateTime<Utc>) -> DateTime<Utc> {
    if at.month() == 12 && at.day() > 10 { at - TimeDelta::days(21) } else { at }
}

fn fate(dice: &mut Dice) -> Fate {
    match dice.between(0, 99) {
        0..=5 => Fate::Withdrawn,
        6..=16 => Fate::Rejected(dice.place(REJECTIONS)),
        17..=21 => Fate::Canceled,
        22..=27 => Fate::Refunded,
        _ => Fate::Settled,
    }
}

/// Ways to say no.
pub(super) const REJECTIONS: usize = 5;

impl Wish {
    /// When everything happens to it.
    pub(super) fn acts(&self, dice: &mut Dice) -> Vec<(DateTime<Utc>, Act)> {
        let mut at = self.submitted;
        let mut next = |low: i64, high: i64| {
            let later =
                at + TimeDelta::days(dice.between(low, high)) + TimeDelta::minutes(dice.between(1, 90));
            at = on_a_working_day(later);
            at
        };
        let decided = match self.fate {
            Fate::Waits => return vec![(self.submitted, Act::Submit)],
            Fate::Withdrawn => (next(1, 5), Act::Withdraw),
            Fate::Rejected(_) => (next(1, 8), Act::Reject),
            Fate::Canceled | Fate::Settled | Fate::Refunded => (next(1, 8), Act::Approve),
        };
        let mut acts = vec![(self.submitted, Act::Submit), decided];
        if decided.1 != Act::Approve {
            return acts;
        }
        if self.fate == Fate::Canceled {
            acts.push((next(3, 20), Act::Cancel));
            return acts;
        }
        let (booked, paid) = (next(2, 9), next(20, 75));
        acts.extend([(booked, Act::Commit), (learning::begins(booked), Act::Enroll)]);
        acts.extend([(paid, Act::Settle), (learning::ends(paid), Act::Finish)]);
        if self.fate == Fate::Refunded {
            acts.push((next(10, 45), Act::Refund));
        }
        acts
    }

    /// What it costs in minor units, where the catalog or the wish knows.
    pub(super) fn price(&self, offers: &Offers) -> i64 {
        match self.what {
            What::Course(course) => offers.price(course, self.submitted).unwrap_or(QUOTE),
            What::Outside(number) => OUTSIDE[number % OUTSIDE.len()].3,
        }
    }

    /// What was quoted, where the catalog has no price.
    pub(super) fn quote(&self, offers: &Offers) -> Option<i64> {
        match self.what {
            What::Course(course) => offers.price(course, self.submitted).is_none().then_some(QUOTE),
            What::Outside(number) => Some(OUTSIDE[number % OUTSIDE.len()].3),
        }
    }
}

/// What a provider without a list price asks for, in minor units.
const QUOTE: i64 = 140_000;

/// How much is going to be asked of every budget.
#[derive(Debug, Default)]
pub(super) struct Demand(HashMap<(i32, Option<usize>), i64>);

impl Demand {
    pub(super) fn of(wishes: &[Wish], workforce: &Workforce, offers: &Offers) -> Self {
        let mut demand = HashMap::new();
        for wish in wishes {
            let payer = (!wish.program).then(|| workforce.payer(wish.person));
            *demand.entry((wish.submitted.year(), payer)).or_insert(0) += wish.price(offers);
        }
        Self(demand)
    }

    pub(super) fn of_place(&self, year: i32, place: usize) -> i64 {
        self.0.get(&(year, Some(place))).copied().unwrap_or(0)
    }

    pub(super) fn of_program(&self, year: i32) -> i64 {
        self.0.get(&(year, None)).copied().unwrap_or(0)
    }
}
