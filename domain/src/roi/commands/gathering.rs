//! Gathering what a program cost, from wherever the records know of it.
//!
//! Every source answers with lines of one of two shapes: money that ledgers spent, and hours of people. A capability that
//! comes to know of more hours adds rows to those of [`crate::roi::RoiWrites::hours_of`] with a kind of their own. Bands
//! with few people are told together (R7), because what somebody logged is for them and HR. Beside each line stands what of it
//! was taken where.

use std::collections::BTreeMap;

use chrono::Days;

use super::Roi;
use crate::funding::ExchangeRate;
use crate::kernel::{
    Blocks, CostBandId, Currency, Failure, Fault, MinimumGroupSize, Money, Period, ProgramId, Refusals,
};
use crate::organization::Employer;
use crate::roi::departments::{Taken, TakenBy};
use crate::roi::{
    BandUsed, CostBand, CostKind, CostSource, CreateReportRefusal, Hours, PricedHours, RateUsed, Spend,
};
use crate::store::UnitOfWork;

type Gathered<T> = Result<T, Failure<Refusals<CreateReportRefusal>>>;

/// A line of costs, and what of it was taken where.
type Line = (CostSource, TakenBy);

impl Roi<'_> {
    /// The costs that the records know, and how many places in courses they know no hours of.
    pub(super) async fn gather(
        self,
        tx: &mut dyn UnitOfWork,
        program: ProgramId,
        window: Period,
        employer: &Employer,
    ) -> Gathered<(Vec<Line>, u64)> {
        let currency = employer.currency;
        let mut lines = Vec::new();
        let spent = tx.spend_of(program, window).await?;
        for spent in spent.chunk_by(|one, next| one.amount.currency() == next.amount.currency()) {
            lines.extend(from_ledger(tx, spent, window, currency).await?);
        }
        let (hours, unknown) = tx.hours_of(program, employer.instants_of(window)).await?;
        if !hours.is_empty() {
            let bands = tx.lock_cost_bands().await?;
            let dearest = bands.iter().max_by_key(|band| (band.hourly_cost.minor(), band.code.clone()));
            let dearest = dearest.ok_or(Refusals::from(CreateReportRefusal::NoCostBand))?;
            for kind in CostKind::ALL {
                let hours: Vec<Hours> = hours.iter().filter(|hours| hours.kind == kind).copied().collect();
                lines.extend(priced(kind, &hours, (&bands, dearest), employer.group_size()));
            }
        }
        Ok((lines, unknown))
    }
}

/// Hours at what they cost, a line for each band that is large enough to be told about, and one for all others together.
fn priced(
    kind: CostKind,
    hours: &[Hours],
    (bands, dearest): (&[CostBand], &CostBand),
    minimum: MinimumGroupSize,
) -> Vec<Line> {
    let blocks = Blocks::of(minimum, hours.iter().map(|hours| (hours.band, hours.people)));
    let mut by_band = BTreeMap::<Option<CostBandId>, Vec<&Hours>>::new();
    for hours in hours {
        by_band.entry(hours.band).or_default().push(hours);
    }
    let (alone, together): (Vec<_>, Vec<_>) =
        by_band.into_iter().partition(|(band, _)| blocks.group(band).is_ok());
    let alone = alone.into_iter().map(|band| vec![band]);
    let groups = alone.chain((!together.is_empty()).then_some(together));
    let line = |group: Vec<(Option<CostBandId>, Vec<&Hours>)>| {
        let (mut parts, mut taken) = (Vec::new(), TakenBy::new());
        for (band, hours) in group {
            let band = used(band, bands, dearest);
            let cost = band.hourly_cost.minor();
            let minutes = hours.iter().fold(0_i64, |sum, hours| sum.saturating_add(hours.minutes));
            for hours in hours {
                let theirs = Taken { amount: hours.minutes.saturating_mul(cost), people: hours.people };
                taken.entry(hours.workplace).or_default().add(theirs);
            }
            parts.push(PricedHours { minutes, band });
        }
        let people = taken.values().fold(0, |people, taken| taken.people.saturating_add(people));
        (CostSource::Hours { kind, people, parts }, taken)
    };
    groups.map(line).collect()
}

/// What an hour of people in a band costs; of those in none as much as of the dearest, because of two the higher cost counts.
fn used(band: Option<CostBandId>, bands: &[CostBand], dearest: &CostBand) -> BandUsed {
    let known = band.and_then(|id| bands.iter().find(|band| band.id == id));
    let band = known.unwrap_or(dearest);
    BandUsed { code: band.code.clone(), hourly_cost: band.hourly_cost, assumed: known.is_none() }
}

/// What ledgers of one currency spent, with the rate of the window's last day where it is another one.
async fn from_ledger(
    tx: &mut dyn UnitOfWork,
    spend: &[Spend],
    window: Period,
    currency: Currency,
) -> Gathered<Option<Line>> {
    let Some(first) = spend.first() else { return Ok(None) };
    let (mut minor, mut entries, mut taken) = (0_i64, 0_u64, TakenBy::new());
    for spend in spend {
        minor = minor.saturating_add(spend.amount.minor());
        entries = entries.saturating_add(spend.entries);
        let theirs = Taken { amount: spend.amount.minor(), people: spend.people };
        taken.entry(spend.workplace).or_default().add(theirs);
    }
    let spent = Money::sum(minor, first.amount.currency());
    let converted_at = rate(tx, spent, window, currency).await?;
    Ok(Some((CostSource::Ledger { spent, entries, converted_at }, taken)))
}

/// The rate at which something is converted that was spent in another currency.
async fn rate(
    tx: &mut dyn UnitOfWork,
    spent: Money,
    window: Period,
    currency: Currency,
) -> Gathered<Option<RateUsed>> {
    if spent.currency() == currency {
        return Ok(None);
    }
    let day = window.to();
    let first = day.checked_sub_days(Days::new(ExchangeRate::GOOD_FOR_DAYS)).unwrap_or(day);
    let days = Period::new(first, day).map_err(|error| Fault::inconsistent(error.to_string()))?;
    let rates = tx.rates_between(&[spent.currency()], &[currency], days).await?;
    let latest = rates.into_iter().max_by_key(|rate| rate.day);
    let latest =
        latest.ok_or(Refusals::from(CreateReportRefusal::NoExchangeRate { spent, to: currency, day }))?;
    let ExchangeRate { rate, day, source, .. } = latest;
    // What is converted must be an amount; the engine only repeats what is done here.
    rate.convert(spent, currency).map_err(|error| Fault::inconsistent(error.to_string()))?;
    Ok(Some(RateUsed { rate, day, source }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;

    fn band(number: u128, cost: i64) -> CostBand {
        let currency = Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"));
        CostBand {
            id: CostBandId::from_uuid(uuid::Uuid::from_u128(number)),
            code: format!("B{number}"),
            name: format!("Band {number}"),
            hourly_cost: Money::sum(cost, currency),
            version: 1,
        }
    }

    /// The bands of each line, with the people of the line.
    fn lines(people: &[(Option<&CostBand>, u64)], bands: &[CostBand]) -> Vec<(u64, Vec<(String, bool)>)> {
        let kind = CostKind::ReleasedTime;
        let hours = |(band, people): &(Option<&CostBand>, u64)| Hours {
            kind,
            workplace: None,
            band: band.map(|band| band.id),
            minutes: 60,
            people: *people,
        };
        let hours: Vec<Hours> = people.iter().map(hours).collect();
        let dearest = bands.last().unwrap_or_else(|| panic!("there are bands"));
        let sources = priced(kind, &hours, (bands, dearest), MinimumGroupSize::DEFAULT);
        let line = |(source, taken): Line| match source {
            CostSource::Hours { people, parts, .. } => {
                let worth = parts.iter().map(|part| part.minutes * part.band.hourly_cost.minor()).sum();
                assert_eq!(taken, TakenBy::from([(None, Taken { amount: worth, people })]));
                let bands = parts.into_iter().map(|part| (part.band.code, part.band.assumed));
                (people, bands.collect())
            }
            other => panic!("{other:?} are no hours"),
        };
        sources.into_iter().map(line).collect()
    }

    #[test]
    fn r7_bands_of_few_people_are_told_together() {
        let bands = [band(1, 6_000), band(2, 9_000), band(3, 12_000)];
        let [one, two, three] = &bands;
        let code = |number: u32, assumed| (format!("B{number}"), assumed);
        assert_eq!(
            lines(&[(Some(one), 5), (Some(two), 9)], &bands),
            [(5, vec![code(1, false)]), (9, vec![code(2, false)])]
        );
        // The one who is alone takes the next smallest along; who is in no band costs as much as the dearest.
        assert_eq!(
            lines(&[(None, 1), (Some(one), 6), (Some(two), 9)], &bands),
            [(9, vec![code(2, false)]), (7, vec![code(3, true), code(1, false)])]
        );
        assert_eq!(lines(&[(Some(three), 2)], &bands), [(2, vec![code(3, false)])]);
    }
}
