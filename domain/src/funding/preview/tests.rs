use super::*;
use crate::funding::fixture::{at, budget, currency, day, employee, eur, id};
use crate::funding::offer::MAX_QUOTE;
use crate::funding::policy::Deciders;
use crate::funding::submission::Thread;
use crate::funding::{
    CoFunding, CoFundingSource, EmployeeShare, GivenRate, LearningLoad, LimitMode, OutsideCourse,
    PolicyInForce,
};
use crate::kernel::{Period, Rate};
use crate::organization::EmploymentStatus;

fn course(title: &str) -> AskedCourse {
    AskedCourse::Outside(OutsideCourse {
        title: title.to_owned(),
        provider_name: "A School".to_owned(),
        url: "https://example.org/rust".to_owned(),
        workload_minutes: None,
    })
}

fn proposal(course: &AskedCourse, quote: Option<i64>) -> Proposal<'_> {
    let quote = quote.map(eur);
    let purpose = Some("To build it");
    Proposal { employee: id(1), course, quote, co_funding: &[], budget: None, program: None, purpose }
}

/// Employee 1 under manager 2, and budgets of the employer that manager 3 owns.
fn circumstances(open: Vec<Budget>) -> Circumstances {
    Circumstances {
        requester: Some(employee(1)),
        course: None,
        held: None,
        program: None,
        departments: Vec::new(),
        today: day("2026-11-22"),
        rates: Vec::new(),
        owners: open.iter().map(|budget| (budget.id, employee(3))).collect(),
        open,
        line_above: vec![employee(2)],
        thread: Thread::default(),
        earlier: Vec::new(),
        load: LearningLoad::default(),
        year: Period::fiscal_year(day("2026-11-22"), 1),
        policy: PolicyInForce::built_in(currency("EUR")),
        deciders: Deciders::default(),
        absent: Vec::new(),
    }
}

fn told(preview: &FundingPreview) -> Vec<String> {
    preview.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn f14_what_has_nothing_against_it_has_a_payer_and_a_chain() {
    let (rust, circumstances) = (course("Rust"), circumstances(vec![budget(1_000)]));
    let preview = FundingPreview::of(proposal(&rust, Some(400)), &circumstances, &[]);
    assert!(preview.allowed() && preview.findings.is_empty() && preview.alternatives.is_empty());
    assert_eq!(preview.chain.iter().map(|step| step.assignee).collect::<Vec<_>>(), [id(2)]);
    let payer = preview.budget.as_ref().map(|payer| (payer.budget.id, payer.after.map(Balance::available)));
    assert_eq!(payer, Some((id(1), Some(600))));
}

#[test]
fn f14_the_findings_are_what_a_submission_is_refused_with() {
    let mut circumstances = circumstances(Vec::new());
    circumstances.thread = Thread { rounds: 1, live: Some(id(9)) };
    let untitled = course(" ");
    let proposal = Proposal { purpose: Some(""), ..proposal(&untitled, Some(-1)) };
    let preview = FundingPreview::of(proposal, &circumstances, &[]);
    assert_eq!(
        told(&preview),
        [
            "the purpose must not be empty",
            "the title must not be empty",
            "the quote is -0.01 EUR; a price is 0 or above",
            "there is no open budget for 2026-11-22; it takes one of the employer",
            &Objection::AlreadyRequested { live: id(9) }.to_string(),
        ]
    );
    let refusals = circumstances.assess(proposal).check().map_err(|refusals| refusals.to_string());
    assert_eq!(refusals, Err(told(&preview).join("; ")));
}

#[test]
fn somebody_who_has_left_has_no_payer() {
    let mut circumstances = circumstances(vec![budget(1_000)]);
    let mut gone = employee(1);
    gone.employment.status = EmploymentStatus::Left;
    circumstances.requester = Some(gone);
    let rust = course("Rust");
    let preview = FundingPreview::of(proposal(&rust, Some(400)), &circumstances, &[]);
    assert_eq!(preview.findings, [PreviewFinding::Refusal(Objection::UnknownEmployee(id(1)))]);
    assert!(preview.budget.is_none() && preview.chain.is_empty());
}

#[test]
fn f14_alternatives_are_what_the_same_rules_let_through() {
    let near = budget(300);
    let enough = Budget { id: id(2), ..budget(400) };
    let less = Budget { id: id(3), ..budget(399) };
    let foreign = Budget { id: id(4), currency: currency("USD"), ..budget(900) };
    let rust = course("Rust");
    let circumstances = circumstances(vec![near, enough, less, foreign]);
    let preview = FundingPreview::of(proposal(&rust, Some(400)), &circumstances, &[]);
    assert!(preview.allowed());
    assert_eq!(told(&preview), ["the budget has 3.00 EUR available, but 4.00 EUR is needed"]);
    let [Alternative::Budget { budget, .. }, Alternative::Amount(amount)] = preview.alternatives.as_slice()
    else {
        panic!("{:?}", preview.alternatives)
    };
    assert_eq!((budget.id, *amount), (id(2), eur(300)));
    // A hard budget would not take it.
    assert_eq!(preview.budget.map(|payer| payer.after), Some(None));
}

#[test]
fn what_a_budget_holds_is_kept_from_those_who_may_not_see_it() {
    let rust = course("Rust");
    let warned = Budget { limit_mode: LimitMode::Warn, ..budget(300) };
    let circumstances = circumstances(vec![warned, Budget { id: id(2), ..budget(900) }]);
    let preview = FundingPreview::of(proposal(&rust, Some(400)), &circumstances, &[]).veiled(|_| false);
    assert_eq!(told(&preview), ["the budget has less available than the 4.00 EUR that is needed"]);
    let measured = Measured { actual: Some(Measure::Money(eur(400))), limit: None };
    assert_eq!(preview.findings[0].measured(), measured);
    assert_eq!(preview.findings[0].rule(), Some("F1"));
    assert!(preview.budget.is_some_and(|payer| !payer.visible && payer.after.is_some()));
    assert!(matches!(preview.alternatives.as_slice(), [Alternative::Budget { visible: false, .. }]));
}

#[test]
fn a_price_in_another_currency_is_charged_at_the_rate_of_the_day() {
    let rust = course("Rust");
    let usd = Money::new(500, currency("USD")).unwrap_or_else(|error| panic!("{error}"));
    let proposal = Proposal { quote: Some(usd), ..proposal(&rust, None) };
    let mut circumstances = circumstances(vec![budget(1_000)]);
    let preview = FundingPreview::of(proposal, &circumstances, &[]);
    assert_eq!(
        told(&preview),
        [
            "the price is in USD and the budget 'Learning 2026' in EUR, but there is no exchange rate from USD to EUR of \
          2026-11-22 or the 7 days before; ask FINANCE to set one, or name a budget in USD"
        ]
    );
    assert_eq!((preview.price, preview.amount, preview.chain.len()), (Some(usd), None, 0));

    let given = GivenRate {
        from: currency("USD"),
        to: currency("EUR"),
        day: day("2026-11-20"),
        rate: "0.9".to_owned(),
        source: "A bank".to_owned(),
    };
    let read = given.read(day("2026-11-22")).unwrap_or_else(|problem| panic!("{problem}"));
    circumstances.rates = vec![read.beside(None, id(8), (None, at(0))).1];
    let preview = FundingPreview::of(proposal, &circumstances, &[]);
    assert_eq!((preview.price, preview.amount), (Some(usd), Some(eur(450))));
    assert_eq!(preview.converted_at.as_ref().map(|rate| rate.day), Some(day("2026-11-20")));
    assert_eq!(preview.budget.and_then(|payer| payer.after.map(Balance::available)), Some(550));
    // What the policy and the budget look at is the amount.
    circumstances.open = vec![budget(400)];
    let preview = FundingPreview::of(proposal, &circumstances, &[]);
    assert_eq!(told(&preview), ["the budget has 4.00 EUR available, but 4.50 EUR is needed"]);
    assert!(matches!(preview.alternatives[..], [Alternative::Amount(amount)] if amount == eur(400)));
    circumstances.policy.rules.caps.per_request = Some(449);
    let preview = FundingPreview::of(proposal, &circumstances, &[]);
    assert_eq!(told(&preview)[0], "the policy allows 4.49 EUR a request; this one asks for 4.50 EUR");
    // A whole fortune has no place in a budget.
    let fortune = Money::new(MAX_QUOTE, currency("USD")).unwrap_or_else(|error| panic!("{error}"));
    circumstances.rates[0].rate = Rate::parse("1.1").unwrap_or_else(|error| panic!("{error}"));
    let preview = FundingPreview::of(Proposal { quote: Some(fortune), ..proposal }, &circumstances, &[]);
    assert!(told(&preview)[0].starts_with("the quote is 10000000000.00 USD; no course costs more than"));
}

#[test]
fn f15_only_the_employers_part_is_asked_of_the_budget() {
    let rust = course("Rust");
    let part = |source, minor| CoFunding {
        source,
        amount: eur(minor),
        name: Some("A fund".to_owned()),
        reference: None,
    };
    let mut circumstances = circumstances(vec![budget(1_000)]);
    let parts = [part(CoFundingSource::Grant, 600)];
    let asked = Proposal { co_funding: &parts, ..proposal(&rust, Some(1_500)) };
    let preview = FundingPreview::of(asked, &circumstances, &[]);
    assert_eq!((preview.price, preview.amount), (Some(eur(1_500)), Some(eur(900))));
    assert_eq!(preview.budget.and_then(|payer| payer.after.map(Balance::available)), Some(100));
    let asked = Proposal { co_funding: &parts, ..proposal(&rust, Some(2_000)) };
    let preview = FundingPreview::of(asked, &circumstances, &[]);
    assert_eq!(told(&preview), ["the budget has 10.00 EUR available, but 14.00 EUR is needed"]);
    assert!(matches!(preview.alternatives[..], [Alternative::Amount(amount)] if amount == eur(1_000)));
    let asked = Proposal { co_funding: &parts, ..proposal(&rust, Some(599)) };
    let preview = FundingPreview::of(asked, &circumstances, &[]);
    let above = "others pay 6.00 EUR together, but the price is 5.99 EUR; nothing less than 0 is left for the employer";
    assert_eq!((told(&preview), preview.amount), (vec![above.to_owned()], None));

    // A fifth of what lies above 500 is for the person.
    circumstances.policy.rules.employee_share = Some(EmployeeShare { above: 500, basis_points: 2_000 });
    let asked = Proposal { co_funding: &parts, ..proposal(&rust, Some(1_500)) };
    let short = "the policy asks the employee to pay 2.00 EUR of the price of 15.00 EUR; the request says 0.00 EUR, so give \
                 the rest as co-funding by the EMPLOYEE";
    assert_eq!(told(&FundingPreview::of(asked, &circumstances, &[])), [short]);
    let parts = [part(CoFundingSource::Grant, 600), part(CoFundingSource::Employee, 200)];
    let asked = Proposal { co_funding: &parts, ..asked };
    let preview = FundingPreview::of(asked, &circumstances, &[]);
    assert_eq!((told(&preview), preview.amount), (Vec::new(), Some(eur(700))));
    let cheap = Proposal { co_funding: &[], ..proposal(&rust, Some(500)) };
    assert!(FundingPreview::of(cheap, &circumstances, &[]).findings.is_empty());
}
