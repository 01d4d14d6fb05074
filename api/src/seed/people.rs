//! Who works where, for whom, and who comes and goes: decided before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use upskill_domain::access::Role;
use upskill_domain::organization::RosterLine;

use super::company::{Company, MANAGER, TEAM, Unit};
use super::dice::Dice;
use super::names::{mailbox, name};
use super::time::Calendar;

/// Everybody who reports to one team lead.
const SPAN: usize = 8;
/// People for whom one plant of every kind is enough; beyond, the departments at the bottom multiply.
const PLANT: usize = 2_500;

/// A department of the story.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub code: String,
    pub name: String,
    pub above: Option<usize>,
    pub head: Option<usize>,
    /// Whether it has a budget of its own.
    pub budget: bool,
    unit: &'static Unit,
}

/// A person of the story.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub external_id: String,
    pub name: String,
    pub title: &'static str,
    pub place: usize,
    pub manager: Option<usize>,
    pub role: Option<Role>,
    pub hired_on: NaiveDate,
    pub stay: Stay,
    /// Whether they have a part of their own; they ask for nothing by chance.
    pub cast: bool,
    hours: &'static str,
    email: String,
}

/// What happens to somebody in the course of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// Works there all the time.
    Throughout,
    /// Came with the second roster.
    Joins,
    /// On leave since the second roster.
    GoesOnLeave,
    /// Gone since the second roster.
    Leaves,
}

/// The whole workforce.
#[derive(Debug)]
pub(super) struct Workforce {
    pub company: &'static Company,
    pub places: Vec<Place>,
    pub people: Vec<Person>,
    /// When the second roster comes in.
    pub second_roster: DateTime<Utc>,
}

impl Workforce {
    /// A workforce of so many people.
    pub(super) fn new(company: &'static Company, size: usize, calendar: Calendar, dice: &mut Dice) -> Self {
        let second_roster = calendar.days_ago(170);
        let workforce = Self { company, places: places(company, size), people: Vec::new(), second_roster };
        let mut hiring = Hiring { workforce, dice, mailboxes: HashMap::new(), calendar };
        hiring.cast();
        hiring.heads();
        hiring.staff(size);
        hiring.come_and_go();
        hiring.workforce
    }

    /// The person with a name from the cast.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.people.iter().position(|person| person.cast && person.name == name)
    }

    /// The first person with a role.
    pub(super) fn holder(&self, role: Role) -> Option<usize> {
        self.people.iter().position(|person| person.role == Some(role))
    }

    /// The place that pays for somebody: their own when it has a budget, else the top.
    pub(super) fn payer(&self, person: usize) -> usize {
        let place = self.people[person].place;
        if self.places[place].budget { place } else { 0 }
    }

    /// When somebody can ask for something.
    pub(super) fn asks_between(&self, person: usize, calendar: Calendar) -> (DateTime<Utc>, DateTime<Utc>) {
        let beginning = calendar.beginning + TimeDelta::days(12);
        match self.people[person].stay {
            Stay::Throughout => (beginning, calendar.end),
            Stay::Joins => (self.second_roster + TimeDelta::days(5), calendar.end),
            Stay::GoesOnLeave | Stay::Leaves => (beginning, self.second_roster - TimeDelta::days(60)),
        }
    }

    /// The rows of the first roster: everybody who is there from the beginning.
    pub(super) fn first_roster(&self) -> Vec<RosterLine> {
        let there = self.people.iter().filter(|person| person.stay != Stay::Joins);
        there.zip(2..).map(|(person, line)| self.line(person, line)).collect()
    }

    /// The rows of the second roster: those who come, go on leave or leave.
    pub(super) fn second_lines(&self) -> Vec<RosterLine> {
        let moved = self.people.iter().filter(|person| person.stay != Stay::Throughout);
        moved.zip(2..).map(|(person, line)| self.moved(person, line)).collect()
    }

    fn line(&self, person: &Person, line: u32) -> RosterLine {
        let manager = person.manager.map(|manager| self.people[manager].external_id.clone());
        RosterLine {
            line,
            external_id: Some(person.external_id.clone()),
            name: Some(person.name.clone()),
            email: Some(person.email.clone()),
            department: Some(self.places[person.place].code.clone()),
            manager: Some(manager.unwrap_or_default()),
            job_title: Some(person.title.to_owned()),
            work_country: Some(self.company.country.to_owned()),
            weekly_hours: Some(person.hours.to_owned()),
            hired_on: Some(person.hired_on.to_string()),
            status: Some("ACTIVE".to_owned()),
            ..RosterLine::default()
        }
    }

    fn moved(&self, person: &Person, line: u32) -> RosterLine {
        let left_on = self.second_roster.date_naive() - Days::new(1);
        let known =
            RosterLine { line, external_id: Some(person.external_id.clone()), ..RosterLine::default() };
        match person.stay {
            Stay::GoesOnLeave => RosterLine { status: Some("ON_LEAVE".to_owned()), ..known },
            Stay::Leaves => {
                let left_on = Some(left_on.to_string());
                RosterLine { status: Some("LEFT".to_owned()), left_on, ..known }
            }
            Stay::Joins | Stay::Throughout => self.line(person, line),
        }
    }
}

/// The departments: those at the bottom once for every plant.
fn places(company: &'static Company, size: usize) -> Vec<Place> {
    let plants = size.div_ceil(PLANT);
    let mut places: Vec<Place> = Vec::new();
    for plant in 1..=plants {
        for unit in company.units {
            let bottom = !company.units.iter().any(|other| other.above == unit.code);
            if plant > 1 && !bottom {
                continue;
            }
            let above = places.iter().position(|place| place.code == unit.above);
            let (code, name) = if plant == 1 {
                (unit.code.to_owned(), unit.name.to_owned())
            } else {
                (format!("{}-{plant:03}", unit.code), format!("{}, Plant {plant}", unit.name))
            };
            places.push(Place { code, name, above, head: None, budget: bottom, unit });
        }
    }
    places
}

struct Hiring<'a> {
    workforce: Workforce,
    dice: &'a mut Dice,
    mailboxes: HashMap<String, u32>,
    calendar: Calendar,
}

impl Hiring<'_> {
    fn hire(&mut self, name: String, title: &'static str, place: usize, manager: Option<usize>) -> usize {
        let number = self.workforce.people.len();
        let company = self.workforce.company;
        let mailbox = mailbox(&name);
        let namesakes = self.mailboxes.entry(mailbox.clone()).or_insert(0);
        *namesakes += 1;
        let nth = if *namesakes == 1 { String::new() } else { namesakes.to_string() };
        let days = self.dice.between(30, 20 * 365).unsigned_abs();
        self.workforce.people.push(Person {
            external_id: format!("{}{}", company.initial, 1_001 + number),
            email: format!("{mailbox}{nth}@{}", company.domain),
            name,
            title,
            place,
            manager,
            role: None,
            hired_on: self.calendar.beginning.date_naive() - Days::new(days),
            stay: Stay::Throughout,
            cast: false,
            hours: if self.dice.percent(15) { "28" } else { "38.5" },
        });
        number
    }

    fn cast(&mut self) {
        for part in self.workforce.company.cast {
            let place = self.workforce.places.iter().position(|place| place.code == part.unit).unwrap_or(0);
            let manager = self.workforce.named(part.manager);
            let person = self.hire(part.name.to_owned(), part.title, place, manager);
            let hired = &mut self.workforce.people[person];
            (hired.role, hired.cast) = (part.role, true);
            if part.heads {
                self.workforce.places[place].head = Some(person);
            }
        }
    }

    /// Heads for the departments that the cast left without one.
    fn heads(&mut self) {
        for place in 0..self.workforce.places.len() {
            let Place { above, head: None, .. } = self.workforce.places[place] else { continue };
            let manager = above.and_then(|above| self.workforce.places[above].head);
            let name = name(self.dice);
            let head = self.hire(name, "Department Head", place, manager);
            self.workforce.places[place].head = Some(head);
        }
    }

    fn staff(&mut self, size: usize) {
        if let Some(manager) = self.workforce.named(MANAGER) {
            (0..TEAM).for_each(|_| self.employ(self.workforce.people[manager].place, Some(manager)));
        }
        let open = size.saturating_sub(self.workforce.people.len());
        let places = self.workforce.places.clone();
        for (number, place) in places.iter().enumerate() {
            let like = places.iter().filter(|other| other.unit.code == place.unit.code).count();
            let team = open * place.unit.share / 100 / like;
            if place.budget { self.teams(number, team) } else { self.crew(number, place.head, team) }
        }
        // What the shares left over works where most people do.
        let largest = (0..places.len()).max_by_key(|place| (places[*place].unit.share, usize::MAX - place));
        let rest = size.saturating_sub(self.workforce.people.len());
        let largest = largest.unwrap_or(0);
        self.crew(largest, places[largest].head, rest.min(SPAN));
        self.teams(largest, size.saturating_sub(self.workforce.people.len()));
    }

    /// Teams under their leads, who report to the head.
    fn teams(&mut self, place: usize, mut people: usize) {
        let head = self.workforce.places[place].head;
        while people > 2 {
            let name = name(self.dice);
            let lead = self.hire(name, "Team Lead", place, head);
            let team = SPAN.min(people - 1);
            self.crew(place, Some(lead), team);
            people -= team + 1;
        }
        self.crew(place, head, people);
    }

    fn crew(&mut self, place: usize, manager: Option<usize>, people: usize) {
        (0..people).for_each(|_| self.employ(place, manager));
    }

    fn employ(&mut self, place: usize, manager: Option<usize>) {
        let title = *self.dice.pick(self.workforce.places[place].unit.titles);
        let name = name(self.dice);
        self.hire(name, title, place, manager);
    }

    /// Of those who manage nobody, two in a hundred each leave, go on leave and come.
    fn come_and_go(&mut self) {
        let managers: HashSet<usize> = self.workforce.people.iter().filter_map(|p| p.manager).collect();
        let heads: HashSet<usize> = self.workforce.places.iter().filter_map(|place| place.head).collect();
        let second = self.workforce.second_roster.date_naive();
        for (number, person) in self.workforce.people.iter_mut().enumerate() {
            if person.cast || managers.contains(&number) || heads.contains(&number) {
                continue;
            }
            person.stay = match self.dice.between(0, 99) {
                0..=2 => Stay::Leaves,
                3..=4 => Stay::GoesOnLeave,
                5..=7 => Stay::Joins,
                _ => Stay::Throughout,
            };
            if person.stay == Stay::Joins {
                person.hired_on = second;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::company::{NORTHWIND, SOUTHWIND};
    use super::*;

    fn workforce(company: &'static Company, size: usize) -> Workforce {
        let calendar = Calendar::until("2026-11-23".parse().unwrap_or_default());
        Workforce::new(company, size, calendar, &mut Dice::new(1))
    }

    /// How many stand above the person whom most stand above.
    fn depth(workforce: &Workforce) -> usize {
        let above = |person: &usize| workforce.people[*person].manager;
        (0..workforce.people.len())
            .map(|p| std::iter::successors(Some(p), above).count() - 1)
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn a_workforce_has_the_size_asked_for() {
        for size in [250, 3_000, 10_000] {
            let workforce = workforce(&NORTHWIND, size);
            assert_eq!((workforce.people.len(), depth(&workforce)), (size, 4));
            assert!(workforce.places.iter().all(|place| place.head.is_some()));
        }
        assert_eq!(workforce(&NORTHWIND, 250).places.len(), 14);
        assert_eq!(workforce(&SOUTHWIND, 20).people.len(), 20);
    }

    #[test]
    fn the_manager_of_the_story_has_eight_people() {
        let workforce = workforce(&NORTHWIND, 250);
        let manager = workforce.named(MANAGER);
        assert_eq!(workforce.people.iter().filter(|person| person.manager == manager).count(), 8);
        let top = workforce.people.iter().filter(|person| person.manager.is_none()).count();
        assert_eq!(top, 1);
    }

    #[test]
    fn addresses_are_not_shared() {
        let workforce = workforce(&NORTHWIND, 3_000);
        let addresses: HashSet<_> = workforce.people.iter().map(|person| &person.email).collect();
        assert_eq!(addresses.len(), 3_000);
    }
}
