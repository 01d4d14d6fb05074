//! Benefits to record, to validate, to withdraw and to list.

use async_graphql::InputObject;
use upskill_domain::kernel::{BenefitId, ProgramId};
use upskill_domain::roi as domain;

use super::{BenefitKind, BenefitStatus, EstimateSource, IsolationMethod, amount};
use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, ids, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::MoneyInput;

/// What a program brought, in one respect.
#[derive(InputObject)]
pub(crate) struct RecordBenefitInput {
    /// The program.
    program_id: Id<ProgramId>,
    /// In which respect.
    kind: BenefitKind,
    /// What it is, in a line: 1 to 200 characters.
    title: String,
    /// What was estimated, 1 to 10 times. Of estimates that differ, the one that expects least counts.
    estimates: Vec<BenefitEstimateInput>,
    /// For how many months it is counted: 1 to 60. The first year only, unless it is known to last.
    #[graphql(default_with = "domain::Benefit::DEFAULT_HORIZON")]
    horizon_months: i32,
    /// At how many people of the program it was seen, 1 or more; none where it is not a matter of people. Of all others
    /// nothing is known, and no data is no benefit.
    respondents: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What one source says that a benefit is worth.
#[derive(InputObject)]
pub(crate) struct BenefitEstimateInput {
    /// Who says so.
    source: EstimateSource,
    /// How they come to it: 1 to 500 characters.
    grounds: String,
    /// What it is worth in a year, over all people at whom it was seen: above 0, in the employer's currency.
    annual_value: MoneyInput,
    /// How it was told which part is due to the program. An estimate without it counts in no report.
    isolation: Option<IsolationInput>,
    /// How sure the source is, in hundredths of a percent: 1 to 10000.
    confidence_basis_points: i32,
}

/// Which part of a change is due to the program.
#[derive(InputObject)]
pub(crate) struct IsolationInput {
    /// How that was told.
    method: IsolationMethod,
    /// The part, in hundredths of a percent: 1 to 10000.
    basis_points: i32,
}

impl TryFrom<RecordBenefitInput> for domain::RecordBenefit {
    type Error = ApiError;
    fn try_from(input: RecordBenefitInput) -> Result<Self, ApiError> {
        let estimates = input.estimates.into_iter().map(|estimate| {
            Ok(domain::GivenEstimate {
                source: estimate.source.into(),
                grounds: estimate.grounds,
                annual_value: amount("input.estimates.annualValue", &estimate.annual_value)?,
                isolation: estimate.isolation.map(|given| (given.method.into(), given.basis_points)),
                confidence: estimate.confidence_basis_points,
            })
        });
        Ok(Self {
            key: key(input.idempotency_key)?,
            benefit: domain::GivenBenefit {
                program: input.program_id.0,
                kind: input.kind.into(),
                title: input.title,
                estimates: estimates.collect::<Result<_, ApiError>>()?,
                horizon_months: input.horizon_months,
                respondents: input.respondents,
            },
        })
    }
}

/// A benefit to confirm.
#[derive(InputObject)]
pub(crate) struct ValidateBenefitInput {
    /// Which one.
    id: Id<BenefitId>,
    /// The `version` that was read, if it matters; CONFLICT when the benefit has changed since.
    expected_version: Option<i32>,
}

impl From<ValidateBenefitInput> for domain::ValidateBenefit {
    fn from(input: ValidateBenefitInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// A benefit to take back.
#[derive(InputObject)]
pub(crate) struct WithdrawBenefitInput {
    /// Which one.
    id: Id<BenefitId>,
    /// The `version` that was read, if it matters; CONFLICT when the benefit has changed since.
    expected_version: Option<i32>,
}

impl From<WithdrawBenefitInput> for domain::WithdrawBenefit {
    fn from(input: WithdrawBenefitInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// Which benefits to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct BenefitFilter {
    /// Of one of these programs.
    program: Option<OneOf<Id<ProgramId>>>,
    /// Of one of these statuses.
    status: Option<OneOf<BenefitStatus>>,
}

impl From<BenefitFilter> for domain::BenefitFilter {
    fn from(filter: BenefitFilter) -> Self {
        Self { programs: ids(filter.program), statuses: values(filter.status, Into::into) }
    }
}
