use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use uuid::Uuid;

use super::lines::{Managers, circles};
use super::*;
use crate::organization::MAX_ROWS;

#[derive(Default)]
struct Counter(AtomicU64);

impl Ids for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1)
    }
}

fn row(line: u32, id: &str, manager: &str) -> RosterLine {
    RosterLine {
        line,
        external_id: Some(id.to_owned()),
        name: Some(format!("Name {id}")),
        manager: Some(manager.to_owned()),
        hired_on: Some("2020-01-01".to_owned()),
        ..RosterLine::default()
    }
}

fn people(employees: &[Employee]) -> Roster<'_> {
    Roster { employees, ..Roster::default() }
}

fn decide(lines: &[RosterLine], employees: &[Employee]) -> RosterPlan {
    plan(lines, people(employees), false, &Counter(AtomicU64::new(1_000)))
}

fn roster(pairs: &[(&str, &str)]) -> Vec<Employee> {
    let lines: Vec<_> = pairs.iter().map(|(id, manager)| row(2, id, manager)).collect();
    let plan = plan(&lines, Roster::default(), false, &Counter::default());
    plan.people.into_iter().map(|planned| planned.employee().clone()).collect()
}

fn problems(plan: &RosterPlan) -> Vec<(u32, String)> {
    let refused = plan.results.iter().filter_map(|result| match &result.outcome {
        RowOutcome::Refused(problem) => Some((result.line, problem.to_string())),
        _ => None,
    });
    refused.collect()
}

#[test]
fn o2_a_manager_may_stand_later_in_the_file_and_is_saved_first() {
    let plan = decide(&[row(2, "c", "b"), row(3, "b", "a"), row(4, "a", "")], &[]);
    let order: Vec<_> = plan.people.iter().map(|p| p.employee().colleague.external_id.as_str()).collect();
    assert_eq!(order, ["a", "b", "c"]);
    assert_eq!(problems(&plan), []);
}

#[test]
fn o1_a_row_that_would_close_a_circle_is_refused_with_both_names() {
    let known = roster(&[("a", ""), ("b", "a"), ("c", "b")]);
    let plan = decide(&[row(2, "a", "c")], &known);
    let message = "Name a (a) cannot report to Name c (c): Name c (c) reports to Name a (a), directly or through others";
    assert_eq!(problems(&plan), [(2, message.to_owned())]);
    assert_eq!(plan.people, []);
}

#[test]
fn o1_only_the_resulting_lines_count() {
    // On its own the first row closes a circle; the second row opens it again.
    let known = roster(&[("c", ""), ("b", "c"), ("a", "b")]);
    let plan = decide(&[row(2, "b", "a"), row(3, "a", "c")], &known);
    assert_eq!(problems(&plan), []);
    assert_eq!(plan.people.len(), 2);
}

#[test]
fn o1_a_row_that_leaves_the_manager_alone_is_not_to_blame() {
    let known = roster(&[("a", ""), ("b", "a")]);
    let mut untouched = row(3, "b", "a");
    untouched.job_title = Some("Engineer".to_owned());
    let plan = decide(&[row(2, "a", "b"), untouched], &known);
    assert_eq!(problems(&plan).len(), 1);
    assert!(matches!(plan.results[1].outcome, RowOutcome::Updated(_)));
}

#[test]
fn o1_somebody_who_reports_to_themself_is_a_circle_of_one() {
    let plan = decide(&[row(2, "a", "a"), row(3, "b", "a")], &[]);
    let expected = [
        (
            2,
            "Name a (a) cannot report to Name a (a): Name a (a) reports to Name a (a), directly or through others",
        ),
        (3, "manager 'a' is neither on the roster nor on a row that can be taken"),
    ];
    assert_eq!(problems(&plan), expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn o2_what_hangs_on_a_refused_newcomer_falls_with_them() {
    let mut bad = row(2, "boss", "");
    bad.hired_on = None;
    let plan = decide(&[bad, row(3, "a", "boss"), row(4, "b", "a"), row(5, "d", "")], &[]);
    let expected = [
        (2, "hired_on is missing; it is required for a person who is not on the roster yet"),
        (3, "manager 'boss' is neither on the roster nor on a row that can be taken"),
        (4, "manager 'a' is neither on the roster nor on a row that can be taken"),
    ];
    assert_eq!(problems(&plan), expected.map(|(line, text)| (line, text.to_owned())));
    assert_eq!(plan.people.len(), 1);
}

#[test]
fn o2_the_second_row_of_a_person_is_refused_with_the_line_of_the_first() {
    let plan = decide(&[row(2, "a", ""), row(3, "a", "")], &[]);
    assert_eq!(problems(&plan), [(3, "external_id 'a' stands on line 2 already".to_owned())]);
}

#[test]
fn o2_importing_the_same_rows_again_changes_nothing() {
    let lines = [row(2, "a", ""), row(3, "b", "a")];
    let first: Vec<_> = decide(&lines, &[]).people.into_iter().map(|p| p.employee().clone()).collect();
    let again = decide(&lines, &first);
    assert_eq!(again.people, []);
    assert!(again.results.iter().all(|result| matches!(result.outcome, RowOutcome::Unchanged(_))));
}

#[test]
fn o2_addresses_may_change_hands_within_a_file() {
    let with = |mut line: RosterLine, email: &str| {
        line.email = Some(email.to_owned());
        line
    };
    let first = decide(&[with(row(2, "a", ""), "x@e.org"), with(row(3, "b", ""), "y@e.org")], &[]);
    let known: Vec<_> = first.people.into_iter().map(|p| p.employee().clone()).collect();
    let swapped = decide(&[with(row(2, "a", ""), "y@e.org"), with(row(3, "b", ""), "x@e.org")], &known);
    assert_eq!(problems(&swapped), []);
    let taken = decide(&[with(row(2, "a", ""), "y@e.org")], &known);
    assert_eq!(problems(&taken), [(2, "email 'y@e.org' belongs to 'b' already".to_owned())]);
}

#[test]
fn o2_an_unknown_department_is_created_only_when_asked() {
    let mut line = row(2, "a", "");
    line.department = Some("DATA".to_owned());
    let refused = decide(std::slice::from_ref(&line), &[]);
    let message = "department 'DATA' is not known; create it first or import with department creation on";
    assert_eq!(problems(&refused), [(2, message.to_owned())]);
    let created = plan(&[line], Roster::default(), true, &Counter::default());
    assert_eq!(created.departments.len(), 1);
    assert_eq!(created.people[0].employee().colleague.department, Some(created.departments[0].id));
}

fn leaves(mut line: RosterLine) -> RosterLine {
    line.status = Some("LEFT".to_owned());
    line.left_on = Some("2026-02-28".to_owned());
    line
}

#[test]
fn o3_the_last_who_can_grant_roles_cannot_leave() {
    let known = roster(&[("a", ""), ("b", "a"), ("c", "a")]);
    let admins: Vec<_> = known.iter().filter(|e| e.colleague.external_id != "c").map(Employee::id).collect();
    let left = |lines: &[RosterLine], admins: &[EmployeeId]| {
        let roster = Roster { employees: &known, departments: &[], admins };
        problems(&plan(lines, roster, false, &Counter::default()))
    };
    let message =
        "Name b (b) is the last EMPLOYER_ADMIN and cannot leave; grant the role to somebody else first";
    let file = [leaves(row(2, "a", "")), leaves(row(3, "b", "a")), leaves(row(4, "c", "a"))];
    assert_eq!(left(&file, &admins), [(3, message.to_owned())]);
    assert_eq!(left(&file[..1], &admins), []);
    assert_eq!(left(&file[2..], &admins), []);
    assert_eq!(left(&file, &[]), []);
    let alone = left(&file[..2], &admins[..1]);
    assert_eq!(alone.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
}

#[test]
fn o2_whoever_keeps_an_address_comes_before_those_who_want_it() {
    let with = |mut line: RosterLine, email: &str| {
        line.email = Some(email.to_owned());
        line
    };
    let first = decide(&[with(row(2, "a", ""), "x@e.org"), with(row(3, "b", ""), "y@e.org")], &[]);
    let known: Vec<_> = first.people.into_iter().map(|p| p.employee().clone()).collect();
    let plan = decide(&[with(row(2, "a", ""), "y@e.org"), with(row(3, "b", ""), "y@e.org")], &known);
    assert_eq!(problems(&plan), [(2, "email 'y@e.org' belongs to 'b' already".to_owned())]);
    // Who falls back on an address takes it from who was to have it, down to the last.
    let mut last = with(row(4, "c", "nobody"), "z@e.org");
    last.hired_on = None;
    let third = decide(&[with(row(2, "c", ""), "z@e.org")], &[]);
    let known: Vec<_> =
        known.into_iter().chain(third.people.into_iter().map(|p| p.employee().clone())).collect();
    let chain = decide(&[with(row(2, "a", ""), "y@e.org"), with(row(3, "b", ""), "z@e.org"), last], &known);
    assert_eq!(problems(&chain).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
}

/// Fifty thousand rows, each of which falls with the next: what once took a round over all rows for each of them.
#[test]
fn o2_the_largest_file_falls_like_dominoes() {
    let id = |n: usize| format!("p{n}");
    let chain = |last: &str| -> Vec<RosterLine> {
        let manager = |n: usize| if n + 1 == MAX_ROWS { last.to_owned() } else { id(n + 1) };
        (0..MAX_ROWS).zip(2..).map(|(n, line)| row(line, &id(n), &manager(n))).collect()
    };
    let fallen = decide(&chain("nobody"), &[]);
    assert_eq!(problems(&fallen).len(), MAX_ROWS);
    let landed = decide(&chain(""), &[]);
    assert_eq!((problems(&landed).len(), landed.people.len()), (0, MAX_ROWS));
    assert_eq!(landed.people[0].employee().colleague.external_id, id(MAX_ROWS - 1));
}

proptest! {
    /// O1 holds after any file over any roster, and every row gets exactly one answer.
    #[test]
    fn o1_no_file_leaves_a_circle(
        known in proptest::collection::vec((0_u8..12, 0_u8..13), 0..12),
        file in proptest::collection::vec((0_u8..16, 0_u8..18), 0..24),
    ) {
        let lines = |pairs: &[(u8, u8)]| -> Vec<RosterLine> {
            pairs.iter().zip(2_u32..).map(|((id, manager), line)| {
                let manager = if *manager == 0 { String::new() } else { format!("p{manager}") };
                row(line, &format!("p{id}"), &manager)
            }).collect()
        };
        let before: Vec<Employee> = plan(&lines(&known), Roster::default(), false, &Counter::default())
            .people.iter().map(|planned| planned.employee().clone()).collect();
        let file = lines(&file);
        let after = plan(&file, people(&before), false, &Counter(AtomicU64::new(1_000)));
        prop_assert_eq!(after.results.len(), file.len());

        let mut managers = Managers::new();
        let people = before.iter().chain(after.people.iter().map(Planned::employee));
        for person in people {
            match person.colleague.manager {
                Some(manager) => managers.insert(person.id(), manager),
                None => managers.remove(&person.id()),
            };
        }
        prop_assert!(circles(&managers, managers.keys().copied()).is_empty());
        let mut saved: HashSet<EmployeeId> = before.iter().map(Employee::id).collect();
        for planned in &after.people {
            let manager = planned.employee().colleague.manager;
            prop_assert!(manager.is_none_or(|manager| saved.contains(&manager)));
            saved.insert(planned.employee().id());
        }
    }
}
