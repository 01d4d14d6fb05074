use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::catalog::{CourseLine, CourseMapping};
use crate::kernel::Currency;

struct Counter(AtomicU64);

impl Ids for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1)
    }
}

/// A listing in the style of course platforms, with everything that makes such files hard.
const LISTING: &str = "\
Title|Organization|Kind|Towards Degree|Difficulty|Skills|Duration
Cloud Basics|Cloudworks|Beginner Â· Short Program Â· 1 - 3 Months|True|Beginner Â· Short Program Â· 1 - 3 Months|Skills you'll gain: Cloud Computing, Linux, cloud computing|Beginner Â· Short Program Â· 1 - 3 Months
FormaciÃ³n en Redes|Universidad de AlgÃºn Lugar|Mixed Â· Course Â· 1 - 4 Weeks|False|Mixed Â· Course Â· 1 - 4 Weeks||Mixed Â· Course Â· 1 - 4 Weeks
First Steps|Cloudworks|Beginner Â· Project Â· Less Than 2 Hours|False|Beginner Â· Project Â· Less Than 2 Hours|Skills you'll gain: Linux|Beginner Â· Project Â· Less Than 2 Hours
Cloud  basics|CloudWorks|Advanced Â· Course Â· 3 - 6 Months|False|Advanced Â· Course Â· 3 - 6 Months|Skills you'll gain: SQL|Advanced Â· Course Â· 3 - 6 Months
|Cloudworks|Advanced Â· Course Â· 3 - 6 Months|False|Advanced Â· Course Â· 3 - 6 Months||Advanced Â· Course Â· 3 - 6 Months";

fn listing(text: &str) -> Vec<CourseLine> {
    let mut rows = text.lines().map(|row| row.split('|').collect::<Vec<_>>());
    let header: Vec<String> = rows.next().unwrap_or_default().into_iter().map(str::to_owned).collect();
    let mapping = CourseMapping::of_header(&header, &[]).unwrap_or_default();
    rows.zip(2_u32..).map(|(cells, line)| mapping.line(line, |place| cells.get(place).copied())).collect()
}

fn decide(lines: &[CourseLine], known: &KnownCatalog, options: ImportOptions) -> CoursePlan {
    let importer = Importer { at: DateTime::UNIX_EPOCH, by: None };
    plan(Sheet::read(lines, options), known, options, importer, &Counter(AtomicU64::new(0)))
}

/// The catalog as a plan leaves it.
fn landed(plan: &CoursePlan, before: &KnownCatalog) -> KnownCatalog {
    let changed = plan.changed.iter().map(|changed| (changed.course.clone(), changed.syllabus.clone()));
    let kept =
        before.courses.iter().filter(|(course, _)| !plan.changed.iter().any(|c| c.course.id == course.id));
    KnownCatalog {
        courses: kept.cloned().chain(plan.created.clone()).chain(changed).collect(),
        providers: before.providers.iter().chain(&plan.providers).cloned().collect(),
        skills: before.skills.iter().chain(&plan.skills).cloned().collect(),
    }
}

fn problems(plan: &CoursePlan) -> Vec<(u32, String)> {
    let refused = plan.results.iter().filter_map(|result| match &result.outcome {
        CourseOutcome::Refused(problem) => Some((result.line, problem.to_string())),
        _ => None,
    });
    refused.collect()
}

fn line(change: impl Fn(&mut CourseLine)) -> CourseLine {
    let mut line = CourseLine { line: 2, code: Some("C-1".to_owned()), ..CourseLine::default() };
    line.title = Some("Cloud Basics".to_owned());
    line.provider = Some("Cloudworks".to_owned());
    change(&mut line);
    line
}

#[expect(clippy::unnecessary_wraps, reason = "a cell that is there")]
fn cell(text: &str) -> Option<String> {
    Some(text.to_owned())
}

type Change = fn(&mut CourseLine);

#[test]
fn a_messy_listing_becomes_courses_or_reasons() {
    let plan =
        decide(&listing(LISTING), &KnownCatalog::default(), ImportOptions { publish: true, currency: None });
    let courses: Vec<_> = plan
        .created
        .iter()
        .map(|(course, syllabus)| {
            let skills: Vec<_> = syllabus.skills.iter().map(|taught| taught.name.as_str()).collect();
            let weeks = course.duration.map(|weeks| (weeks.min(), weeks.max()));
            (
                course.title.as_str(),
                weeks,
                course.workload_hours,
                course.credit_toward.as_deref(),
                skills.join(", "),
            )
        })
        .collect();
    let expected = [
        ("Cloud Basics", Some((4, 13)), None, Some("a degree"), "Cloud Computing, Linux".to_owned()),
        ("First Steps", Some((1, 1)), Some(2), None, "Linux".to_owned()),
        ("Formación en Redes", Some((1, 4)), None, None, String::new()),
    ];
    assert_eq!(courses, expected);
    let refused = [
        (5, "the course stands on line 2 already, with the same provider and title"),
        (6, "title is missing; it is required for a course that is not in the catalog yet"),
    ];
    assert_eq!(problems(&plan), refused.map(|(line, text)| (line, text.to_owned())));
    let providers: Vec<_> =
        plan.providers.iter().map(|provider| (provider.name.as_str(), provider.kind)).collect();
    let expected =
        [("Cloudworks", ProviderKind::Company), ("Universidad de Algún Lugar", ProviderKind::University)];
    assert_eq!(providers, expected);
    assert!(plan.created.iter().all(|(course, _)| course.status == CourseStatus::Published));
    assert_eq!(plan.prices, [], "a listing without prices says nothing about them (C3)");
}

#[test]
fn the_level_of_a_listing_is_that_of_its_skills() {
    let plan = decide(&listing(LISTING), &KnownCatalog::default(), ImportOptions::default());
    let levels = |title: &str| {
        let found = plan.created.iter().find(|(course, _)| course.title == title);
        let taught = found.map(|(_, syllabus)| syllabus.skills.as_slice()).unwrap_or_default();
        taught.iter().map(|taught| taught.level.map(SkillLevel::number)).collect::<Vec<_>>()
    };
    assert_eq!(levels("Cloud Basics"), [Some(2), Some(2)]);
}

#[test]
fn the_same_rows_again_change_nothing() {
    let lines = listing(LISTING);
    let first = decide(&lines, &KnownCatalog::default(), ImportOptions::default());
    let again = decide(&lines, &landed(&first, &KnownCatalog::default()), ImportOptions::default());
    assert_eq!(
        (again.created, again.changed, again.providers, again.skills),
        (vec![], vec![], vec![], vec![])
    );
    let unchanged = again.results.iter().filter(|r| matches!(r.outcome, CourseOutcome::Unchanged(_))).count();
    assert_eq!(unchanged, 3);
}

#[test]
fn a_missing_column_keeps_and_an_empty_cell_clears() {
    let rich = line(|l| {
        l.summary = cell("About clouds");
        l.duration = cell("6 weeks");
        l.skills = cell("Linux:3; Networks");
        l.price = cell("EUR 0");
    });
    let first = decide(&[rich], &KnownCatalog::default(), ImportOptions::default());
    let known = landed(&first, &KnownCatalog::default());
    let kept = decide(&[line(|_| {})], &known, ImportOptions::default());
    assert_eq!(kept.changed, []);
    let cleared = line(|l| {
        l.summary = cell(" ");
        l.price = cell("");
        l.skills = cell("Networks");
    });
    let plan = decide(&[cleared], &known, ImportOptions::default());
    let changed = &plan.changed[0];
    assert_eq!((changed.fields.as_slice(), changed.priced), (["summary", "skills"].as_slice(), true));
    assert_eq!(
        (changed.course.summary.as_deref(), changed.course.price, changed.course.version),
        (None, None, 2)
    );
    assert_eq!(changed.course.duration.map(crate::catalog::WeekRange::min), Some(6));
    assert_eq!(plan.prices.iter().map(|price| price.price).collect::<Vec<_>>(), [None]);
}

#[test]
fn publishing_on_import_leaves_the_retired_alone() {
    let publish = ImportOptions { publish: true, currency: None };
    let known = landed(
        &decide(&[line(|_| {})], &KnownCatalog::default(), ImportOptions::default()),
        &KnownCatalog::default(),
    );
    let plan = decide(&[line(|_| {})], &known, publish);
    assert_eq!((plan.changed[0].published, plan.changed[0].course.status), (true, CourseStatus::Published));
    let mut retired = known;
    retired.courses[0].0.status = CourseStatus::Retired;
    assert_eq!(decide(&[line(|_| {})], &retired, publish).changed, []);
}

#[test]
fn nothing_is_created_for_a_row_that_is_refused() {
    let bad = line(|l| {
        l.skills = cell("Linux");
        l.workload_hours = cell("10");
        l.paid_release_hours = cell("11");
    });
    let plan = decide(&[bad], &KnownCatalog::default(), ImportOptions::default());
    let message = "11 hours of paid release are more than the 10 hours that the course takes";
    assert_eq!(problems(&plan), [(2, message.to_owned())]);
    assert_eq!((plan.providers.len(), plan.skills.len(), plan.created.len()), (0, 0, 0));
}

#[test]
fn bad_cells_are_named_with_their_value() {
    let message = |change: Change| {
        let options = ImportOptions { publish: false, currency: Currency::parse("EUR").ok() };
        problems(&decide(&[line(change)], &KnownCatalog::default(), options)).pop().map(|(_, text)| text)
    };
    let cases: [(Change, &str); 7] = [
        (|l| l.duration = cell("soon"), "duration 'soon' is not a duration such as 6 weeks or 3 - 6 Months"),
        (
            |l| l.ects = cell("2,5"),
            "ects '2,5' is not a number of ECTS credits above 0 and up to 300 with at most two decimals, for example 2.5",
        ),
        (
            |l| l.subject_area = cell("IT"),
            "subject_area 'IT' is not a field of ISCED-F 2013, for example 06, 061 or 0612",
        ),
        (
            |l| l.participation = cell("moon"),
            "participation 'moon' is not one of the values that it can have",
        ),
        (|l| l.price = cell("-3"), "price -3.00 EUR is below zero"),
        (
            |l| l.url = cell("example.org"),
            "url 'example.org' is not a web address, for example https://example.org/courses/42",
        ),
        (|l| l.eqf_level = cell("9"), "eqf_level '9' is not an EQF level from 1 to 8"),
    ];
    for (change, expected) in cases {
        assert_eq!(message(change).as_deref(), Some(expected));
    }
    assert_eq!(message(|l| l.participation = cell("Hybrid")), None);
}

proptest! {
    /// Every row of any file gets exactly one answer, no code is given twice, and a second import changes nothing.
    #[test]
    fn any_file_is_taken_or_explained_and_settles(
        rows in proptest::collection::vec((".{0,12}", "[A-C ]{0,2}", "[a-d,;:() 0-9]{0,12}", ".{0,12}"), 0..12),
    ) {
        let lines: Vec<_> = rows.iter().zip(2_u32..).map(|((title, provider, skills, duration), line)| CourseLine {
            line,
            title: Some(title.clone()),
            provider: Some(provider.clone()),
            skills: Some(skills.clone()),
            duration: Some(duration.clone()),
            ..CourseLine::default()
        }).collect();
        let first = decide(&lines, &KnownCatalog::default(), ImportOptions::default());
        prop_assert_eq!(first.results.len(), lines.len());
        let mut codes: Vec<_> = first.created.iter().map(|(course, _)| course.code.clone()).collect();
        codes.dedup();
        prop_assert_eq!(codes.len(), first.created.len());
        let again = decide(&lines, &landed(&first, &KnownCatalog::default()), ImportOptions::default());
        prop_assert!(again.created.is_empty() && again.changed.is_empty());
        prop_assert!(again.providers.is_empty() && again.skills.is_empty());
    }
}
