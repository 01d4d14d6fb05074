//! Gathering what a program cost, from wherever the records know of it.
//!
//! Every source answers with lines of one of two shapes: money that ledgers spent, and hours of people. A capability that
//! comes to know of more hours adds rows to those of [`crate::roi::RoiWrites::hours_of`] with a kind of their own. Bands
//! with few people are told together (R7), because what somebody logged is for them and HR.

use chrono::Days;

use super::Roi;
use crate::funding::ExchangeRate;
use crate::kernel::{Blocks, Currency, Failure, Fault, MinimumGroupSize, Period, ProgramId, Refusals};
use crate::organization::Employer;
use crate::roi::{
    BandUsed, CostBand, CostKind, CostSource, CreateReportRefusal, Hours, PricedHours, RateUsed, Spend,
};
use crate::store::UnitOfWork;

type Gathered<T> = Result<T, Failure<Refusals<CreateReportRefusal>>>;

impl Roi<'_> {
    /// The costs that the records know, and how many places in courses they know no hours of.
    pub(super) async fn gather(
        self,
        tx: &mut dyn UnitOfWork,
        program: ProgramId,
        window: Period,
        employer: &Employer,
    ) -> Gathered<(Vec<CostSource>, u64)> {
        let currency = employer.currency;
        let mut sources = Vec::new();
        for spend in tx.spend_of(program, window).await? {
            sources.push(from_ledger(tx, spend, window, currency).await?);
        }
        let (hours, unknown) = tx.hours_of(program, employer.instants_of(window)).await?;
        if !hours.is_empty() {
            let bands = tx.lock_cost_bands().await?;
            let dearest = bands.iter().max_by_key(|band| (band.hourly_cost.minor(), band.code.clone()));
            let dearest = dearest.ok_or(Refusals::from(CreateReportRefusal::NoCostBand))?;
            for kind in CostKind::ALL {
                let hours: Vec<Hours> = hours.iter().filter(|hours| hours.kind == kind).copied().collect();
                sources.extend(priced(kind, &hours, (&bands, dearest), employer.group_size()));
            }
        }
        Ok((sources, unknown))
    }
}

/// Hours at what they cost, a line for each band that is large enough to be told about, and one for all others together.
fn priced(
    kind: CostKind,
    hours: &[Hours],
    (bands, dearest): (&[CostBand], &CostBand),
    minimum: MinimumGroupSize,
) -> Vec<CostSource> {
    let blocks = Blocks::of(minimum, hours.iter().map(|hours| (hours.band, hours.people)));
    let (alone, together): (Vec<_>, Vec<_>) =
        hours.iter().partition(|hours| blocks.group(&hours.band).is_ok());
    let alone = alone.into_iter().map(|hours| vec![hours]);
    let groups = alone.chain((!together.is_empty()).then_some(together));
    let source = |group: Vec<&Hours>| CostSource::Hours {
        kind,
        people: group.iter().fold(0, |people, hours| people.saturating_add(hours.people)),
        parts: group.into_iter().map(|hours| part(hours, bands, dearest)).collect(),
    };
    groups.map(source).collect()
}

/// The hours of one band; those of people in no band at what the dearest costs, because of two the higher cost counts.
fn part(hours: &Hours, bands: &[CostBand], dearest: &CostBand) -> PricedHours {
    let known = hours.band.and_then(|id| bands.iter().find(|band| band.id == id));
    let band = known.unwrap_or(dearest);
    let band = BandUsed { code: band.code.clone(), hourly_cost: band.hourly_cost, assumed: known.is_none() };
    PricedHours { minutes: hours.minutes, band }
}

/// What ledgers spent, with the rate of the window's last day where they are in another currency.
async fn from_ledger(
    tx: &mut dyn UnitOfWork,
    spend: Spend,
    window: Period,
    currency: Currency,
) -> Gathered<CostSource> {
    let Spend { amount: spent, entries } = spend;
    if spent.currency() == currency {
        return Ok(CostSource::Ledger { spent, entries, converted_at: None });
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
    Ok(CostSource::Ledger { spent, entries, converted_at: Some(RateUsed { rate, day, source }) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{CostBandId, Money, TypedId};

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
            band: band.map(|band| band.id),
            minutes: 60,
            people: *people,
        };
        let hours: Vec<Hours> = people.iter().map(hours).collect();
        let dearest = bands.last().unwrap_or_else(|| panic!("there are bands"));
        let sources = priced(kind, &hours, (bands, dearest), MinimumGroupSize::DEFAULT);
        let line = |source| match source {
            CostSource::Hours { people, parts, .. } => {
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
