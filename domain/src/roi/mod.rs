//! The return on investment of upskilling: what a program took, what it brought, and how much of that can be believed.
//!
//! * A *cost band* is what an hour of a group of employees costs. Nobody's own wage is kept.
//! * A *benefit* is RECORDED with one estimate or several, VALIDATED by somebody else than who recorded it, or WITHDRAWN.
//! * A *report* is a numbered version about one program. It keeps everything that it was computed from.
//!
//! * R1: a benefit counts with its value, times the part that is due to the program, times how sure the source is. ROI is
//!   what that leaves after the cost, as a percentage of the cost. Without cost there is no ratio, and a reason.
//! * R2: without an isolation method there is no figure; who gave no data brought nothing and still counts as somebody; of
//!   estimates that differ the lowest benefit counts, and of costs the highest.
//! * R3: a report can be computed again from what it kept, to the last digit, whatever has changed since.
//! * R4: a report tells a range: low, expected, high.
//! * R5: what cannot be told in money is listed beside it and is never told in money.
//! * R6: whether people stay longer is told by a difference in differences with an interval, or not at all; departments
//!   are compared, because of participants nobody has left before.
//! * R7: nothing is told of fewer people than the employer's minimum group size: neither a report, nor its hours by cost
//!   band.
//!   It is told of departments where each of them, and what is left of the program without them, is about enough people.
//! * R8: what was learned and is not applied is counted as scrap, with its cost, once nobody can answer any more.
//!
//! All of it is computed with whole numbers; see [`Figures::of`].
//!
//! Locks: cost bands under the organization; a program before the number of its next report; a benefit by itself.

mod band;
mod benefit;
mod calculation;
mod commands;
mod cost;
mod departments;
mod event;
mod exact;
mod ports;
mod present_value;
mod queries;
mod report;
mod retention;
mod scrap;
mod share;
mod verify;

pub use band::{BandProblem, CostBand, GivenBand, PlaceInBandRefusal, SetBandsRefusal};
pub use benefit::{
    Benefit, BenefitKind, BenefitStatus, Estimate, EstimateProblem, EstimateSource, GivenBenefit,
    GivenEstimate, Intangible, IntangibleKind, Isolation, IsolationMethod, RecordBenefitRefusal,
    ValidateBenefitRefusal, WithdrawBenefitRefusal,
};
pub use calculation::{BenefitLine, Counted, Figures, LeftOut, NoRatio, Outcome, Outcomes, Range};
pub use commands::{
    CreateRoiReport, PlaceInCostBand, RecordBenefit, Roi, SetCostBands, ValidateBenefit, WithdrawBenefit,
};
pub use cost::{BandUsed, CostKind, CostLine, CostSource, Hours, PricedHours, RateUsed, Spend};
pub use departments::{DepartmentFigures, DepartmentPart, Returns, Whose, Workplace};
pub use event::RoiEvent;
pub use exact::Fixed;
pub use ports::{BenefitFilter, RoiReads, RoiReportFilter, RoiWrites};
pub use report::{
    Assumptions, Basis, BenefitTaken, CreateReportRefusal, MissingData, RoiReport, StatedCost, StatedProblem,
};
pub use retention::{
    Cell, DepartmentWatched, Effect, RetentionEffect, RetentionFinding, RetentionStudy, Watched,
};
pub use scrap::{AskedPlace, ProviderScrap, ScrapCell, ScrapLearning, ScrapReport, ScrapTold};
pub use share::{Share, ShareError};
pub use verify::RoiBreak;

#[cfg(test)]
mod worked_examples;
