use super::*;
use crate::funding::fixture::{at, currency, day, eur, id};
use crate::kernel::ImportFate;

fn rate(from: &str, to: &str, on: &str, text: &str) -> ExchangeRate {
    let given = given(from, to, on, text);
    let read = given.read(day("2026-12-31")).unwrap_or_else(|problem| panic!("{problem}"));
    read.beside(None, id(3), (None, at(0))).1
}

fn given(from: &str, to: &str, on: &str, text: &str) -> GivenRate {
    GivenRate {
        from: currency(from),
        to: currency(to),
        day: day(on),
        rate: text.to_owned(),
        source: " Example Bank ".to_owned(),
    }
}

#[test]
fn the_latest_rate_of_the_last_days_is_the_one_to_convert_by() {
    let rates = [
        rate("USD", "EUR", "2026-03-02", "0.91"),
        rate("USD", "EUR", "2026-03-06", "0.92"),
        rate("EUR", "USD", "2026-03-09", "1.09"),
        ExchangeRate { withdrawn_at: Some(at(1)), ..rate("USD", "EUR", "2026-03-08", "0.5") },
    ];
    let pair = (currency("USD"), currency("EUR"));
    let on = |text: &str| ExchangeRate::on(&rates, pair, day(text)).map(|rate| rate.rate.to_string());
    assert_eq!(on("2026-03-01"), None);
    assert_eq!(on("2026-03-02").as_deref(), Some("0.91"));
    assert_eq!(on("2026-03-05").as_deref(), Some("0.91"));
    assert_eq!(on("2026-03-09").as_deref(), Some("0.92"));
    assert_eq!(on("2026-03-13").as_deref(), Some("0.92"));
    assert_eq!(on("2026-03-14"), None);
}

#[test]
fn a_rate_is_new_another_or_the_same() {
    let known = rate("USD", "EUR", "2026-03-02", "0.91");
    let read = |text: &str| {
        let given = given("USD", "EUR", "2026-03-02", text);
        given.read(day("2026-03-02")).unwrap_or_else(|problem| panic!("{problem}"))
    };
    let stamp = (Some(id(2)), at(9));
    assert_eq!(read("0.910").beside(Some(&known), id(4), stamp), (ImportFate::Unchanged, known.clone()));
    let (fate, other) = read("0.92").beside(Some(&known), id(4), stamp);
    assert_eq!((fate, other.id, other.version), (ImportFate::Updated, known.id, 2));
    assert_eq!((other.rate.to_string().as_str(), other.set_at), ("0.92", at(9)));
    let mut withdrawn = known.clone();
    assert_eq!(withdrawn.withdraw(at(5)), Ok(()));
    assert_eq!(withdrawn.withdraw(at(6)), Err(RateWithdrawn));
    let (fate, again) = read("0.91").beside(Some(&withdrawn), id(4), stamp);
    assert_eq!((fate, again.withdrawn_at, again.version), (ImportFate::Updated, None, 3));
    let (fate, new) = read("0.91").beside(None, id(4), stamp);
    assert_eq!((fate, new.id, new.source.as_str()), (ImportFate::Created, id(4), "Example Bank"));
}

#[test]
fn what_cannot_be_taken_is_told_with_its_field() {
    let today = day("2026-03-02");
    let told = |rate: &GivenRate| {
        let problem = rate.read(today).map(|_| ()).expect_err("a problem");
        (problem.field(), problem.to_string())
    };
    assert_eq!(
        told(&given("EUR", "EUR", "2026-03-02", "1")),
        ("to", "a rate is between two currencies; both are EUR".to_owned())
    );
    assert_eq!(
        told(&given("USD", "EUR", "2026-03-03", "1")),
        (
            "day",
            "2026-03-03 is still to come, today is 2026-03-02; a rate is of today or an earlier day"
                .to_owned()
        )
    );
    assert_eq!(told(&given("USD", "EUR", "2026-03-02", "0")).0, "rate");
    let blank = GivenRate { source: " ".to_owned(), ..given("USD", "EUR", "2026-03-02", "1") };
    assert_eq!(told(&blank), ("source", "the source must not be empty".to_owned()));
}

#[test]
fn rows_of_a_file_are_read_with_their_reasons() {
    let text = |text: &str| Some(text.to_owned());
    let line = RateLine {
        line: 2,
        unreadable: None,
        day: text("2026-03-02"),
        from: text(" USD "),
        to: text("EUR"),
        rate: text("0.91"),
        source: text("Example Bank"),
    };
    let told = |line: &RateLine| line.given().map(|_| ()).map_err(|problem| problem.to_string());
    assert_eq!(told(&line), Ok(()));
    assert_eq!(line.label(), "2026-03-02 USD EUR");
    let wrong = [
        (RateLine { unreadable: text("torn"), ..line.clone() }, "torn"),
        (RateLine { rate: text(" "), ..line.clone() }, "rate is missing"),
        (
            RateLine { day: text("02.03.2026"), ..line.clone() },
            "day '02.03.2026' is not a date such as 2026-01-31",
        ),
        (
            RateLine { to: text("euro"), ..line.clone() },
            "to 'euro' is not an ISO 4217 currency in use; an example is EUR",
        ),
    ];
    for (line, reason) in wrong {
        assert_eq!(told(&line), Err(reason.to_owned()));
    }
    assert_eq!(first_places([Some(1), Some(2), None, Some(1), None]), [None, None, None, Some(0), None]);
}

#[test]
fn a_frozen_rate_converts_into_the_budgets_currency() {
    let applied = rate("USD", "EUR", "2026-03-02", "0.915").applied();
    let dollars = Money::new(10_001, currency("USD")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(applied.convert(dollars, currency("EUR")), Ok(eur(9_151)));
}
