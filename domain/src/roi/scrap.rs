//! R8: scrap learning, which was paid for and is not applied.

use super::exact::{Fixed, part};
use crate::kernel::{MinimumGroupSize, Money, Suppression};

/// What the people of a cohort said when they were asked whether they apply what they learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Applied {
    /// They do.
    pub applied: u32,
    /// They do not.
    pub not_applied: u32,
    /// They did not say.
    pub silent: u32,
}

/// The share that is not applied, and what it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScrapLearning {
    /// In hundredths of a percent. Who did not say counts as not applying: no data is no benefit (R2).
    pub share: Fixed<2>,
    /// That share of the cost.
    pub cost: Money,
    /// The share of those only who said that they do not.
    pub said: Fixed<2>,
}

impl ScrapLearning {
    /// What was not applied of something that cost so much; nothing of nobody.
    pub fn of(answers: Applied, cost: Money, minimum: MinimumGroupSize) -> Result<Option<Self>, Suppression> {
        let Applied { applied, not_applied, silent } = answers;
        let cohort = u64::from(applied).saturating_add(not_applied.into()).saturating_add(silent.into());
        minimum.rate(applied.into(), cohort)?;
        minimum.rate(not_applied.into(), cohort)?;
        let lost = i128::from(not_applied).saturating_add(silent.into());
        let percent = |people: i128| Fixed::quotient(people.saturating_mul(100), cohort.into());
        let (Some(share), Some(said)) = (percent(lost), percent(not_applied.into())) else { return Ok(None) };
        Ok(Some(Self { share, cost: part(cost, lost, cohort.into()), said }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    fn euros(minor: i64) -> Money {
        let currency = Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"));
        Money::new(minor, currency).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn whoever_did_not_answer_counts_as_not_applying() {
        let answers = Applied { applied: 12, not_applied: 3, silent: 5 };
        let scrap = ScrapLearning::of(answers, euros(1_000_000), MinimumGroupSize::DEFAULT);
        let scrap = scrap
            .map(|scrap| scrap.map(|scrap| (scrap.share.to_string(), scrap.cost, scrap.said.to_string())));
        assert_eq!(scrap, Ok(Some(("40.00".to_owned(), euros(400_000), "15.00".to_owned()))));
    }

    #[test]
    fn a_few_people_are_not_spoken_about() {
        let of = |applied, not_applied, silent| {
            let answers = Applied { applied, not_applied, silent };
            ScrapLearning::of(answers, euros(100), MinimumGroupSize::DEFAULT).map(|scrap| scrap.is_some())
        };
        assert_eq!(of(2, 1, 1), Err(Suppression::BelowMinimum));
        assert_eq!(of(0, 4, 3), Err(Suppression::Homogeneous));
        assert_eq!(of(9, 0, 0), Err(Suppression::Homogeneous));
        assert_eq!(of(0, 0, 0), Ok(false));
        assert_eq!(of(5, 2, 0), Ok(true));
    }
}
