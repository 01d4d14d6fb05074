//! What the flagship took and what it brought: cost bands, benefits that one tells of and another confirms, and a report.

use anyhow::Context as _;
use upskill_domain::kernel::{Clock as _, EmployeeId, Period, ProgramId};
use upskill_domain::roi::{
    Assumptions, BenefitKind, CostKind, CreateRoiReport, EstimateSource, GivenBand, GivenBenefit,
    GivenEstimate, Intangible, IntangibleKind, IsolationMethod, PlaceInCostBand, RecordBenefit, SetCostBands,
    StatedCost, ValidateBenefit,
};

use super::people::Workforce;
use super::teller::{Teller, done};
use super::time::working;

/// What an hour costs: a code, a name, minor units, and the departments whose people are counted with it. Nobody has put
/// those of quality assurance anywhere yet.
const BANDS: [(&str, &str, i64, &[&str]); 3] = [
    ("B1", "Skilled trades", 4_600, &["MAINT", "MELT", "ROLL"]),
    ("B2", "Engineers and analysts", 6_800, &["DATA", "ENG", "IT"]),
    ("B3", "Leads", 9_400, &[]),
];

/// A benefit, and whether somebody confirms it.
struct Claim {
    kind: BenefitKind,
    title: &'static str,
    respondents: Option<i32>,
    estimates: &'static [Opinion],
    confirmed: bool,
}

/// What one source says: who, how they come to it, minor units a year, the part that is due to the program and how that was
/// told, and how sure they are, both in hundredths of a percent.
type Opinion = (EstimateSource, &'static str, i64, Option<(IsolationMethod, i32)>, i32);

const CLAIMS: [Claim; 3] = [
    Claim {
        kind: BenefitKind::Quality,
        title: "Less scrap at the caster",
        respondents: None,
        estimates: &[(
            EstimateSource::BusinessRecords,
            "Tons of scrap before and after the model went live, at the price of scrap",
            18_500_000,
            Some((IsolationMethod::TrendLine, 4_500)),
            8_000,
        )],
        confirmed: true,
    },
    Claim {
        kind: BenefitKind::TimeSaved,
        title: "Shift reports that write themselves",
        respondents: Some(9),
        estimates: &[
            (
                EstimateSource::Participants,
                "Hours a week that nine of them no longer spend on it",
                6_400_000,
                Some((IsolationMethod::ParticipantEstimate, 7_000)),
                7_500,
            ),
            (
                EstimateSource::Managers,
                "The same hours, as their managers see them",
                5_200_000,
                Some((IsolationMethod::ManagerEstimate, 6_000)),
                7_000,
            ),
        ],
        confirmed: true,
    },
    Claim {
        kind: BenefitKind::Retention,
        title: "Engineers who stayed",
        respondents: Some(6),
        estimates: &[(
            EstimateSource::Managers,
            "What it would take to replace them; nobody can say why they stayed",
            9_000_000,
            None,
            5_000,
        )],
        confirmed: false,
    },
];

/// Tells what the program took and what it brought.
pub(super) async fn measure(
    teller: &Teller,
    workforce: &Workforce,
    program: ProgramId,
    invited: &[usize],
) -> anyhow::Result<()> {
    bands(teller, workforce, invited).await?;
    for claim in &CLAIMS {
        benefit(teller, program, claim).await?;
    }
    report(teller, program).await
}

/// Sets the bands, and puts the people of the program into them.
async fn bands(teller: &Teller, workforce: &Workforce, invited: &[usize]) -> anyhow::Result<()> {
    let band = |(code, name, cost, _): &(&str, &str, i64, _)| {
        let (code, name) = ((*code).to_owned(), (*name).to_owned());
        anyhow::Ok(GivenBand { code, name, hourly_cost: teller.money(*cost)? })
    };
    let command = SetCostBands { key: None, bands: BANDS.iter().map(band).collect::<anyhow::Result<_>>()? };
    let set = done("set cost bands", teller.app.roi().set_bands(&teller.finance, command).await)?;
    for ((_, _, _, departments), band) in BANDS.iter().zip(set) {
        let here = |person: &&usize| {
            let place = &workforce.places[workforce.people[**person].place];
            departments.contains(&place.code.as_str())
        };
        let employees: Vec<EmployeeId> =
            invited.iter().filter(here).map(|person| teller.people[*person]).collect();
        if employees.is_empty() {
            continue;
        }
        let command = PlaceInCostBand { employees, band: Some(band.id) };
        let placed = teller.app.roi().place_in_band(&teller.finance, command).await;
        done("put people into a cost band", placed)?;
    }
    Ok(())
}

/// Finance puts a benefit down, and HR confirms it.
async fn benefit(teller: &Teller, program: ProgramId, claim: &Claim) -> anyhow::Result<()> {
    let estimate = |(source, grounds, value, isolation, confidence): &Opinion| {
        anyhow::Ok(GivenEstimate {
            source: *source,
            grounds: (*grounds).to_owned(),
            annual_value: teller.money(*value)?,
            isolation: *isolation,
            confidence: *confidence,
        })
    };
    let benefit = GivenBenefit {
        program,
        kind: claim.kind,
        title: claim.title.to_owned(),
        estimates: claim.estimates.iter().map(estimate).collect::<anyhow::Result<_>>()?,
        horizon_months: 12,
        respondents: claim.respondents,
    };
    let command = RecordBenefit { key: None, benefit };
    let recorded = teller.app.roi().record_benefit(&teller.finance, command).await;
    let id = done("record a benefit", recorded)?.id;
    if claim.confirmed {
        let command = ValidateBenefit { id, expected_version: None };
        done("validate a benefit", teller.app.roi().validate_benefit(&teller.hr, command).await)?;
    }
    Ok(())
}

/// The report about the year so far.
async fn report(teller: &Teller, program: ProgramId) -> anyhow::Result<()> {
    let begin = working(teller.calendar.year, 1, 1).date_naive();
    let window = Period::new(begin, teller.clock.now().date_naive()).context("the year has begun")?;
    let note = "People of four departments help each other with what they build.".to_owned();
    let assumptions = Assumptions {
        window,
        discount_rate: 800,
        administration: 500,
        costs: vec![StatedCost {
            kind: CostKind::Travel,
            amount: teller.money(640_000)?,
            source: "Travel desk: two weeks on site with the provider".to_owned(),
        }],
        intangibles: vec![Intangible { kind: IntangibleKind::Collaboration, note }],
    };
    let command = CreateRoiReport { key: None, program, assumptions };
    let made = teller.app.roi().create_report(&teller.finance, command).await;
    done("report on a program", made).map(|_| ())
}
