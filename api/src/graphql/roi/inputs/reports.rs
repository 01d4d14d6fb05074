//! Reports to make and to list.

use async_graphql::InputObject;
use upskill_domain::kernel::{Period, ProgramId};
use upskill_domain::roi as domain;

use super::{IntangibleKind, RoiCostKind, amount};
use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, ids};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, MoneyInput};

/// A report to make.
#[derive(InputObject)]
pub(crate) struct CreateRoiReportInput {
    /// About which program. At least as many people as the employer's minimum group size have joined it.
    program_id: Id<ProgramId>,
    /// The first of the days whose costs count.
    starts_on: Date,
    /// The last of them: not before the first, today or earlier.
    ends_on: Date,
    /// What money of a year later is worth less, in hundredths of a percent: 0 to 10000.
    discount_rate_basis_points: i32,
    /// What runs beside everything else, as a part of it, in hundredths of a percent: 0 to 10000.
    administration_basis_points: i32,
    /// Costs that our own records do not know, at most 50.
    #[graphql(default)]
    costs: Vec<RoiCostInput>,
    /// What the program brought that is not told in money, at most 50. It is listed in the report, and nothing else.
    #[graphql(default)]
    intangibles: Vec<IntangibleInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// A cost that our own records do not know.
#[derive(InputObject)]
pub(crate) struct RoiCostInput {
    /// What it was for. What the records know (FUNDING, `RELEASED_TIME`, ADMINISTRATION) cannot be stated beside them.
    kind: RoiCostKind,
    /// How much: above 0, in the employer's currency.
    amount: MoneyInput,
    /// Where that is known from: 1 to 500 characters.
    source: String,
}

/// What a program brought that is not told in money.
#[derive(InputObject)]
pub(crate) struct IntangibleInput {
    /// In which respect.
    kind: IntangibleKind,
    /// What was seen: 1 to 4000 characters.
    note: String,
}

impl TryFrom<CreateRoiReportInput> for domain::CreateRoiReport {
    type Error = ApiError;
    fn try_from(input: CreateRoiReportInput) -> Result<Self, ApiError> {
        let window = Period::new(input.starts_on.0, input.ends_on.0);
        let costs = input.costs.into_iter().map(|cost| {
            Ok(domain::StatedCost {
                kind: cost.kind.into(),
                amount: amount("input.costs.amount", &cost.amount)?,
                source: cost.source,
            })
        });
        let intangibles = input.intangibles.into_iter();
        Ok(Self {
            key: key(input.idempotency_key)?,
            program: input.program_id.0,
            assumptions: domain::Assumptions {
                window: window.map_err(|error| ApiError::bad_input("input.endsOn", error.to_string()))?,
                discount_rate: input.discount_rate_basis_points,
                administration: input.administration_basis_points,
                costs: costs.collect::<Result<_, ApiError>>()?,
                intangibles: intangibles
                    .map(|given| domain::Intangible { kind: given.kind.into(), note: given.note })
                    .collect(),
            },
        })
    }
}

/// Which reports to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct RoiReportFilter {
    /// About one of these programs.
    program: Option<OneOf<Id<ProgramId>>>,
}

impl From<RoiReportFilter> for domain::RoiReportFilter {
    fn from(filter: RoiReportFilter) -> Self {
        Self { programs: ids(filter.program) }
    }
}
