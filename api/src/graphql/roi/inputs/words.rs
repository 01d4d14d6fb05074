//! The words of the return on investment.

use async_graphql::Enum;
use upskill_domain::roi as domain;

use crate::graphql::filter::Filterable;

/// In which respect a program brought something that can be told in money.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::BenefitKind")]
pub(crate) enum BenefitKind {
    /// More is done in the same time.
    Productivity,
    /// People stay who would have left.
    Retention,
    /// Nobody had to be hired for it.
    AvoidedHire,
    /// Fewer errors, less waste.
    Quality,
    /// The same is done in less time.
    TimeSaved,
    /// More is sold.
    Revenue,
}

/// Where a benefit is in its life.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::BenefitStatus")]
pub(crate) enum BenefitStatus {
    /// Somebody says so; it counts in no report.
    Recorded,
    /// Somebody else confirmed it; it counts in reports that are made from then on.
    Validated,
    /// It was taken back; it counts in no further report.
    Withdrawn,
}

impl Filterable for BenefitStatus {}

/// Who says what a benefit is worth.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EstimateSource")]
pub(crate) enum EstimateSource {
    /// Records of the business, such as its accounts.
    BusinessRecords,
    /// Those who took part.
    Participants,
    /// Their managers.
    Managers,
    /// Somebody who knows the field.
    Experts,
    /// A customer.
    Customers,
    /// A published study or database.
    Literature,
}

/// How it was told which part of a change is due to the program.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::IsolationMethod")]
pub(crate) enum IsolationMethod {
    /// Beside a group that did not take part.
    ControlGroup,
    /// By what changed in a group that took part, less what changed in one that did not.
    DiffInDiff,
    /// By how things went before.
    TrendLine,
    /// By a model of what else matters.
    ForecastModel,
    /// Those who took part said so.
    ParticipantEstimate,
    /// Their managers said so.
    ManagerEstimate,
    /// Somebody who knows the field said so.
    ExpertEstimate,
    /// A customer said so.
    CustomerEstimate,
    /// Everything else that it could be due to was measured and taken away.
    OtherFactorsRemoved,
}

/// What a program brought that is not told in money.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::IntangibleKind")]
pub(crate) enum IntangibleKind {
    /// People like their work better.
    JobSatisfaction,
    /// People care more.
    Engagement,
    /// People work together better.
    Teamwork,
    /// Customers are happier.
    CustomerSatisfaction,
    /// Departments work together better.
    Collaboration,
    /// New ideas.
    Innovation,
    /// Less stress.
    StressReduction,
    /// A better name.
    Reputation,
}

/// What was paid for.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::CostKind")]
pub(crate) enum RoiCostKind {
    /// Courses, as the ledgers of budgets have them. It is not stated beside them.
    Funding,
    /// Working time that went into learning, as the records have it: what people were released for, or what they logged,
    /// whichever is more. It is not stated beside them.
    ReleasedTime,
    /// Working time of mentors and of those they mentor.
    MentoringTime,
    /// What runs beside: a part of everything else. It is given as `administrationBasisPoints`.
    Administration,
    /// Travel and lodging.
    Travel,
    /// Books, licenses, equipment.
    Materials,
    /// Rooms.
    Facilities,
    /// Finding out what it brought.
    Evaluation,
}

/// What a report does where data are missing. Each of these leans against the program, and all of them always hold.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::MissingData")]
pub(crate) enum RoiMissingData {
    /// People of whom nothing is known brought nothing, and are still counted.
    NoDataNoBenefit,
    /// People who are in no cost band cost as much as the dearest one.
    HighestBand,
    /// A course whose released time is unknown takes its whole workload out of working time.
    WholeWorkload,
}

/// Why a benefit does not count in a report.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::LeftOut")]
pub(crate) enum RoiBenefitLeftOut {
    /// Nobody else than who recorded it had confirmed it.
    NotValidated,
    /// No estimate said which part is due to the program and how that was told.
    NoIsolation,
    /// It was seen at more people than had joined the program.
    MoreThanTheCohort,
}

/// Why a report has no ratio of benefit to cost.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::NoRatio")]
pub(crate) enum RoiNoRatio {
    /// Nothing was spent, and nothing divides by nothing.
    NoCost,
    /// No benefit counts, and no data is no benefit.
    NoBenefit,
}
