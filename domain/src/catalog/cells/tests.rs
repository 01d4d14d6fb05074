use proptest::prelude::*;

use super::*;

fn weeks(fact: &str) -> Option<(i32, i32)> {
    time(fact).and_then(|time| time.weeks).map(|weeks| (weeks.min(), weeks.max()))
}

#[test]
fn broken_encodings_are_mended() {
    let cases = [
        ("Beginner Â· Short Program", "Beginner · Short Program"),
        ("FormaciÃ³n en seguridad", "Formación en seguridad"),
        ("Worldâ\u{80}\u{99}s best", "World’s best"),
        ("Worldâ€™s best", "World’s best"),
        ("FormaciÃƒÂ³n", "Formación"),
        ("Cloud\u{200b} Basics\u{a0}", "Cloud Basics"),
        ("ã\u{83}\u{87}ã\u{83}¼ã\u{82}¿", "データ"),
    ];
    for (broken, mended) in cases {
        assert_eq!(repaired(broken), mended);
    }
}

#[test]
fn honest_texts_stay_as_they_are() {
    for honest in [
        "Émile",
        "«CAFÉ»",
        "CAFÉ’S",
        "Strauß’ Walzer",
        "Zürich – Basel",
        "naïve",
        "日本語",
        "a · b",
        "5 €",
        "plain",
    ] {
        assert_eq!(repaired(honest), honest);
    }
}

#[test]
fn durations_become_weeks() {
    let cases = [
        ("6", Some((6, 6))),
        ("1 - 4 Weeks", Some((1, 4))),
        ("1 - 3 Months", Some((4, 13))),
        ("3 - 6 Months", Some((13, 26))),
        ("3–6 months", Some((13, 26))),
        ("4-13 weeks", Some((4, 13))),
        ("approx. 10 days", Some((2, 2))),
        ("6weeks", Some((6, 6))),
        ("up to 2 years", Some((104, 104))),
        ("Less Than 2 Hours", Some((1, 1))),
        ("40 hours", None),
        ("4 - 1 Weeks", None),
        ("Specialization", None),
        ("11 years", None),
        ("99999999999 weeks", None),
        ("3 moons", None),
        ("", None),
    ];
    for (fact, expected) in cases {
        assert_eq!(weeks(fact), expected, "{fact}");
    }
}

#[test]
fn hours_are_work_before_they_are_weeks() {
    assert_eq!(time("Less Than 2 Hours").and_then(|time| time.hours), Some(2));
    assert_eq!(time("40 h"), Some(Time { weeks: None, hours: Some(40) }));
    assert_eq!(time("6 weeks").and_then(|time| time.hours), None);
    for (fact, hours) in [
        ("2.5 hours", Some(3)),
        ("1,200 hours", Some(1_200)),
        ("1,5 h", Some(2)),
        ("3.0 hrs.", Some(3)),
        ("1.200 hours", None),
        ("1,20,0 h", None),
    ] {
        assert_eq!(time(fact).and_then(|time| time.hours), hours, "{fact}");
    }
    for (fact, weeks) in [
        ("1.5 months", Some((7, 7))),
        ("1,5 - 2.25 months", Some((7, 10))),
        ("0.5 years", Some((26, 26))),
        ("approx. 6 weeks.", Some((6, 6))),
        ("1.5 weeks", Some((2, 2))),
        ("10.5 days", Some((2, 2))),
    ] {
        assert_eq!(
            super::time(fact).and_then(|time| time.weeks).map(|weeks| (weeks.min(), weeks.max())),
            weeks,
            "{fact}"
        );
    }
}

#[test]
fn the_fact_that_fits_is_found_among_several() {
    let cell = "Beginner · Short Program · 3 - 6 Months";
    assert_eq!(facts(cell).find_map(weeks), Some((13, 26)));
    assert_eq!(facts(cell).find_map(level).flatten().map(SkillLevel::number), Some(2));
    assert_eq!(facts("Mixed · Short Program").find_map(level), Some(None));
    assert_eq!(facts("Short Program").find_map(level), None);
}

#[test]
fn skills_come_as_a_sentence_or_as_a_list() {
    let names = |cell: &str| skills(cell).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("Skills you'll gain: SQL, Python, sql"), ["SQL", "Python"]);
    assert_eq!(names("Scrum (Roles, Events), Kanban"), ["Scrum (Roles, Events)", "Kanban"]);
    assert_eq!(names("Extract, Transform, Load; SQL"), ["Extract, Transform, Load", "SQL"]);
    assert_eq!(names("Skills you'll gain: "), [] as [&str; 0]);
    assert_eq!(names("C++: the language"), ["C++: the language"]);
    let levels: Vec<_> = skills("Python:3; SQL : 9")
        .into_iter()
        .map(|(name, level)| (name, level.map(SkillLevel::number)))
        .collect();
    assert_eq!(levels, [("Python".to_owned(), Some(3)), ("SQL : 9".to_owned(), None)]);
}

#[test]
fn c3_free_is_a_price_and_nothing_is_unknown() {
    let eur = Currency::parse("EUR").ok();
    let read = |cell: &str| price(cell, eur).map(|price| price.map(|price| price.to_string()));
    for (cell, expected) in [
        ("49", Some("49.00 EUR")),
        ("USD 49.5", Some("49.50 USD")),
        ("1200 JPY", Some("1200 JPY")),
        ("Free", Some("0.00 EUR")),
        ("0", Some("0.00 EUR")),
        ("", None),
        ("n/a", None),
        ("-", None),
    ] {
        assert_eq!(read(cell), Ok(expected.map(str::to_owned)), "{cell}");
    }
    assert_eq!(read("-1"), Err("-1.00 EUR is below zero".to_owned()));
    assert_eq!(read("1,200.00"), Err("'1,200.00' is not a decimal number; an example is 1200.00".to_owned()));
    let message = "'49' has no currency; write EUR 49, or give one for the row or the import";
    assert_eq!(price("49", None), Err(message.to_owned()));
}

proptest! {
    /// Whatever was broken once, in one of the two usual ways, is mended; whatever is mended stays.
    #[test]
    fn mending_undoes_breaking(text in "[ -~]{0,8}[éñüß·–’日本]{1,4}[ -~]{0,8}") {
        prop_assume!(unbroken(&text).is_none());
        let broken: String = text.bytes().map(char::from).collect();
        prop_assert_eq!(repaired(&broken), text.trim());
        prop_assert_eq!(repaired(&repaired(&broken)), repaired(&broken));
    }

    /// No cell makes a reader stumble.
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let mended = repaired(&text);
        let _ = (time(&mended), level(&mended), skills(&mended), price(&mended, None), screaming(&mended));
        prop_assert!(facts(&mended).all(|fact| !fact.is_empty()));
    }
}
