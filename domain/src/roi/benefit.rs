//! Benefits: what a program brought, as people estimated it and somebody else confirmed it.

mod refusal;
mod words;

pub use refusal::{EstimateProblem, RecordBenefitRefusal, ValidateBenefitRefusal, WithdrawBenefitRefusal};
pub use words::{BenefitKind, BenefitStatus, EstimateSource, Intangible, IntangibleKind, IsolationMethod};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Share;
use crate::kernel::{BenefitId, Currency, EmployeeId, Money, ProgramId, Text};

/// What a program brought, in one respect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Its id.
    pub id: BenefitId,
    /// The program.
    pub program: ProgramId,
    /// In which respect.
    pub kind: BenefitKind,
    /// What it is, in a line.
    pub title: String,
    /// What was estimated, once or by several people.
    pub estimates: Vec<Estimate>,
    /// For how many months it is counted.
    pub horizon_months: i32,
    /// At how many people of the program it was seen; none where it is not a matter of people.
    pub respondents: Option<i32>,
    /// Where it is in its life.
    pub status: BenefitStatus,
    /// Who recorded it; none for the installation itself.
    pub recorded_by: Option<EmployeeId>,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Who confirmed it.
    pub validated_by: Option<EmployeeId>,
    /// When.
    pub validated_at: Option<DateTime<Utc>>,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

/// What one source says that a benefit is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// Who says so.
    pub source: EstimateSource,
    /// How they come to it, in a line.
    pub grounds: String,
    /// What it is worth in a year, over all people at whom it was seen.
    pub annual_value: Money,
    /// How much of it is due to the program, and how that was told. Without it there is no figure (R2).
    pub isolation: Option<Isolation>,
    /// How sure the source is.
    pub confidence: Share,
}

/// How much of a change is due to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Isolation {
    /// How that was told.
    pub method: IsolationMethod,
    /// The part.
    pub share: Share,
}

/// A benefit as somebody puts it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenBenefit {
    /// The program.
    pub program: ProgramId,
    /// In which respect.
    pub kind: BenefitKind,
    /// What it is.
    pub title: String,
    /// What was estimated.
    pub estimates: Vec<GivenEstimate>,
    /// For how many months it is counted.
    pub horizon_months: i32,
    /// At how many people of the program it was seen.
    pub respondents: Option<i32>,
}

/// An estimate as somebody puts it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenEstimate {
    /// Who says so.
    pub source: EstimateSource,
    /// How they come to it.
    pub grounds: String,
    /// What it is worth in a year.
    pub annual_value: Money,
    /// How it was told what is due to the program, and the part in basis points.
    pub isolation: Option<(IsolationMethod, i32)>,
    /// How sure the source is, in basis points.
    pub confidence: i32,
}

impl Benefit {
    /// The months that count where nothing else is said: solutions that work at once are given their first year.
    pub const DEFAULT_HORIZON: i32 = 12;
    /// The most months that count.
    pub const LONGEST_HORIZON: i32 = 60;
    /// The most estimates of one benefit.
    pub const MOST_ESTIMATES: usize = 10;

    /// A benefit as it is recorded, or everything that is wrong with it.
    pub(super) fn record(
        given: &GivenBenefit,
        currency: Currency,
        (id, by, at): (BenefitId, Option<EmployeeId>, DateTime<Utc>),
    ) -> Result<Self, Vec<RecordBenefitRefusal>> {
        let horizon_months = given.horizon_months;
        let mut refusals = Vec::new();
        let title = Text::line(&given.title, Text::NAME);
        refusals.extend(title.as_ref().err().cloned().map(RecordBenefitRefusal::InvalidTitle));
        if !(1..=Self::MOST_ESTIMATES).contains(&given.estimates.len()) {
            refusals.push(RecordBenefitRefusal::WrongNumber(given.estimates.len()));
        }
        if !(1..=Self::LONGEST_HORIZON).contains(&horizon_months) {
            refusals.push(RecordBenefitRefusal::HorizonOutOfRange(horizon_months));
        }
        refusals
            .extend(given.respondents.filter(|people| *people < 1).map(RecordBenefitRefusal::NoRespondents));
        let mut estimates = Vec::with_capacity(given.estimates.len());
        for (at, given) in given.estimates.iter().enumerate() {
            match given.read(currency) {
                Ok(estimate) => estimates.push(estimate),
                Err(problem) => refusals.push(RecordBenefitRefusal::Estimate { at, problem }),
            }
        }
        match title {
            Ok(title) if refusals.is_empty() => Ok(Self {
                id,
                program: given.program,
                kind: given.kind,
                title: title.into_string(),
                estimates,
                horizon_months,
                respondents: given.respondents,
                status: BenefitStatus::Recorded,
                recorded_by: by,
                recorded_at: at,
                validated_by: None,
                validated_at: None,
                withdrawn_at: None,
                version: 1,
            }),
            _ => Err(refusals),
        }
    }

    /// Somebody else than who recorded it says that it holds.
    pub(super) fn validate(
        &mut self,
        by: Option<EmployeeId>,
        at: DateTime<Utc>,
    ) -> Result<(), ValidateBenefitRefusal> {
        if self.status != BenefitStatus::Recorded {
            return Err(ValidateBenefitRefusal::NotRecorded(self.status));
        }
        if self.recorded_by == by {
            return Err(ValidateBenefitRefusal::OwnEstimate);
        }
        if self.estimates.iter().all(|estimate| estimate.isolation.is_none()) {
            return Err(ValidateBenefitRefusal::NoIsolation);
        }
        self.status = BenefitStatus::Validated;
        (self.validated_by, self.validated_at) = (by, Some(at));
        self.version = self.version.saturating_add(1);
        Ok(())
    }

    /// Counts in no further report.
    pub(super) fn withdraw(&mut self, at: DateTime<Utc>) -> Result<(), WithdrawBenefitRefusal> {
        if self.status == BenefitStatus::Withdrawn {
            return Err(WithdrawBenefitRefusal::AlreadyWithdrawn);
        }
        self.status = BenefitStatus::Withdrawn;
        self.withdrawn_at = Some(at);
        self.version = self.version.saturating_add(1);
        Ok(())
    }
}

impl GivenEstimate {
    fn read(&self, currency: Currency) -> Result<Estimate, EstimateProblem> {
        if self.annual_value.currency() != currency {
            return Err(EstimateProblem::Currency { given: self.annual_value.currency(), needed: currency });
        }
        if !self.annual_value.is_positive() {
            return Err(EstimateProblem::NotPositive(self.annual_value));
        }
        let part = |points: i32, wrong: fn(i32) -> EstimateProblem| {
            Share::new(points).ok().filter(|share| *share > Share::NONE).ok_or_else(|| wrong(points))
        };
        let isolation = match self.isolation {
            Some((method, points)) => {
                Some(Isolation { method, share: part(points, EstimateProblem::Isolation)? })
            }
            None => None,
        };
        Ok(Estimate {
            source: self.source,
            grounds: Text::line(&self.grounds, 500).map_err(EstimateProblem::InvalidGrounds)?.into_string(),
            annual_value: self.annual_value,
            isolation,
            confidence: part(self.confidence, EstimateProblem::Confidence)?,
        })
    }
}

#[cfg(test)]
mod tests;
