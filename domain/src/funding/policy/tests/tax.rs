use chrono::NaiveDate;

use super::*;
use crate::funding::fixture::{at, day, eur, id, request};
use crate::funding::{AppliedRate, Finding, FundingRequest, RequestStatus};
use crate::kernel::{CountryCode, Money, Rate};

const TODAY: &str = "2026-11-22";

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap_or_else(|error| panic!("{error}"))
}

fn bucket(limit: i64, above: AboveBucket) -> TaxBucket {
    TaxBucket {
        code: "US-127".to_owned(),
        name: "Section 127".to_owned(),
        currency: currency("EUR"),
        limit,
        work_countries: Some(vec![country("US")]),
        above,
    }
}

/// Employee 1, who works in the United States.
fn worker() -> Employee {
    let mut person = employee(1);
    person.employment.work_country = Some(country("US"));
    person
}

fn with(bucket: TaxBucket) -> PolicyRules {
    PolicyRules { tax_buckets: vec![bucket], ..rules(vec![step(0, Approver::Manager)]) }
}

/// A request that was approved at a second.
fn promised(n: u128, minor: i64, second: i64) -> FundingRequest {
    let decided_at = Some(at(second));
    FundingRequest { id: id(n), status: RequestStatus::Approved, decided_at, ..request(minor) }
}

fn settled(n: u128, minor: i64, on: &str) -> FundingRequest {
    let (settled, settled_on) = (Some(eur(minor)), Some(day(on)));
    FundingRequest { status: RequestStatus::Settled, settled, settled_on, ..promised(n, minor, 1) }
}

fn today() -> NaiveDate {
    day(TODAY)
}

#[test]
fn what_is_promised_counts_now_and_what_was_paid_in_the_year_of_the_payment() {
    let mut refunded = settled(2, 300, "2026-01-01");
    refunded.refunded = eur(100);
    let booked =
        FundingRequest { status: RequestStatus::Committed, committed: Some(eur(50)), ..promised(5, 70, 4) };
    let requests = [
        settled(1, 1_000, "2025-12-31"),
        refunded,
        // Promised long ago and not paid yet.
        FundingRequest { submitted_at: at(-99), ..promised(3, 400, 2) },
        booked,
        FundingRequest { id: id(6), ..request(30) },
        FundingRequest { id: id(7), status: RequestStatus::Canceled, ..request(5_000) },
    ];
    let uses = with(bucket(1_000, AboveBucket::Inform)).tax_uses(&worker(), today(), &requests.iter());
    let [used] = uses.as_slice() else { panic!("{uses:?}") };
    assert_eq!((used.promised, used.settled, used.waiting), (eur(450), eur(200), eur(30)));
    assert_eq!((used.used(), used.left(), used.year), (eur(650), eur(350), 2026));
}

#[test]
fn a_bucket_is_for_those_who_work_where_it_says() {
    let rules = with(bucket(1, AboveBucket::Inform));
    let mut elsewhere = worker();
    elsewhere.employment.work_country = Some(country("DE"));
    let counts = [worker(), elsewhere, employee(1)].map(|person| rules.buckets_of(&person).count());
    assert_eq!(counts, [1, 0, 0]);
    let everywhere = with(TaxBucket { work_countries: None, ..bucket(1, AboveBucket::Inform) });
    assert_eq!(everywhere.buckets_of(&employee(1)).count(), 1);
}

#[test]
fn what_was_approved_first_uses_the_bucket_first() {
    let rules = with(bucket(1_000, AboveBucket::Inform));
    let requests = [promised(1, 700, 10), promised(2, 500, 20), FundingRequest { id: id(3), ..request(100) }];
    let shares = |request| rules.tax_shares((&worker(), today()), &requests.iter(), request);
    let taxable = requests.each_ref().map(|request| shares(request)[0].taxable());
    assert_eq!(taxable, [Some(eur(0)), Some(eur(200)), Some(eur(100))]);
    let told = shares(&requests[1])[0].finding().map(|finding| finding.to_string());
    let message = "2.00 EUR of the 5.00 EUR would be taxable: 'Section 127' has 3.00 EUR left in 2026";
    assert_eq!(told.as_deref(), Some(message));
    assert!(shares(&requests[0])[0].finding().is_none());
    // Nothing is paid for what is over.
    let canceled = FundingRequest { status: RequestStatus::Canceled, ..request(100) };
    assert!(shares(&canceled).is_empty());
    // What was paid in another year is measured by that year.
    let earlier = settled(4, 1_100, "2025-03-01");
    assert_eq!(shares(&earlier)[0].taxable(), Some(eur(100)));
}

#[test]
fn what_waits_counts_where_the_policy_refuses_what_is_taxable() {
    let requests = [promised(1, 400, 1), FundingRequest { id: id(2), ..request(500) }];
    let asked = |above, minor| {
        let rules = with(bucket(1_000, above));
        rules.tax_shares_of_new((&worker(), today()), &requests.iter(), (eur(minor), &[])).remove(0)
    };
    assert!(asked(AboveBucket::Refuse, 100).objection().is_none());
    let told = asked(AboveBucket::Refuse, 101).objection().map(|objection| objection.to_string());
    let message = "the policy pays no more than is free of tax: 'Section 127' allows 10.00 EUR in 2026; 9.00 EUR of it are \
                   asked for, promised or paid, and this request asks for 1.01 EUR";
    assert_eq!(told.as_deref(), Some(message));
    let informed = asked(AboveBucket::Inform, 600);
    assert_eq!((informed.objection(), informed.finding()), (None, None));
    assert_eq!(asked(AboveBucket::Inform, 601).taxable(), Some(eur(1)));
}

#[test]
fn another_currency_counts_at_the_rate_that_was_frozen() {
    let dollars = currency("USD");
    let rules = with(TaxBucket { currency: dollars, ..bucket(1_000, AboveBucket::Inform) });
    let rate = Rate::parse("1.1").unwrap_or_else(|error| panic!("{error}"));
    let applied = AppliedRate { rate, day: today(), source: "ECB".to_owned() };
    let rates = [TaxRate { to: dollars, applied }];
    let requests = [
        FundingRequest { tax_rates: rates.to_vec(), ..promised(1, 500, 1) },
        promised(2, 200, 2),
        promised(3, 100, 2),
    ];
    let share = |rates: &[TaxRate]| {
        rules.tax_shares_of_new((&worker(), today()), &requests.iter(), (eur(450), rates)).remove(0)
    };
    let known = share(&rates);
    assert_eq!(known.before.used(), Money::sum(550, dollars));
    assert_eq!(known.before.uncounted, [eur(300)]);
    assert_eq!(known.taxable(), Some(Money::sum(45, dollars)));
    let unknown = share(&[]);
    assert_eq!((unknown.free(), unknown.taxable(), unknown.objection()), (None, None, None));
    let told = Finding::TaxNotKnown { bucket: "Section 127".to_owned(), amount: eur(450), currency: dollars };
    assert_eq!(unknown.finding(), Some(told));
}

#[test]
fn a_bucket_is_checked_like_every_rule() {
    let mut wrong = bucket(0, AboveBucket::Inform);
    (wrong.code, wrong.work_countries) = (String::new(), Some(vec![country("US"), country("US")]));
    let nowhere = TaxBucket { work_countries: Some(Vec::new()), ..wrong.clone() };
    let rules = PolicyRules {
        tax_buckets: vec![wrong, TaxBucket { limit: 1, ..nowhere }],
        ..rules(vec![step(0, Approver::Manager)])
    };
    let problems = rules.problems(&PolicyFacts::default());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "taxBuckets.0.amount is 0.00 EUR; a limit is above 0",
            "taxBuckets.0.code must not be empty",
            "taxBuckets.workCountries names US twice",
            "taxBuckets.1.code must not be empty",
            "taxBuckets.workCountries is an empty list, which nobody could meet; leave it out to ask for nothing",
            "taxBuckets names  twice",
        ]
    );
}
