//! The words of benefits.

use serde::{Deserialize, Serialize};

use crate::kernel::words;

words! {
    /// In which respect a program brought something that can be told in money.
    BenefitKind {
        /// More is done in the same time.
        Productivity "PRODUCTIVITY",
        /// People stay who would have left.
        Retention "RETENTION",
        /// Nobody had to be hired for it.
        AvoidedHire "AVOIDED_HIRE",
        /// Fewer errors, less waste.
        Quality "QUALITY",
        /// The same is done in less time.
        TimeSaved "TIME_SAVED",
        /// More is sold.
        Revenue "REVENUE",
    }
}

words! {
    /// Where a benefit is in its life.
    BenefitStatus {
        /// Somebody says so; it counts in no report.
        Recorded "RECORDED",
        /// Somebody else confirmed it; it counts.
        Validated "VALIDATED",
        /// It was taken back; it counts in no further report.
        Withdrawn "WITHDRAWN",
    }
}

words! {
    /// Who says what a benefit is worth.
    EstimateSource {
        /// Records of the business, such as its accounts.
        BusinessRecords "BUSINESS_RECORDS",
        /// Those who took part.
        Participants "PARTICIPANTS",
        /// Their managers.
        Managers "MANAGERS",
        /// Somebody who knows the field.
        Experts "EXPERTS",
        /// A customer.
        Customers "CUSTOMERS",
        /// A published study or database.
        Literature "LITERATURE",
    }
}

words! {
    /// How it was told which part of a change is due to the program.
    IsolationMethod {
        /// Beside a group that did not take part.
        ControlGroup "CONTROL_GROUP",
        /// By what changed in a group that took part, less what changed in one that did not.
        DiffInDiff "DIFF_IN_DIFF",
        /// By how things went before.
        TrendLine "TREND_LINE",
        /// By a model of what else matters.
        ForecastModel "FORECAST_MODEL",
        /// Those who took part said so.
        ParticipantEstimate "PARTICIPANT_ESTIMATE",
        /// Their managers said so.
        ManagerEstimate "MANAGER_ESTIMATE",
        /// Somebody who knows the field said so.
        ExpertEstimate "EXPERT_ESTIMATE",
        /// A customer said so.
        CustomerEstimate "CUSTOMER_ESTIMATE",
        /// Everything else that it could be due to was measured and taken away.
        OtherFactorsRemoved "OTHER_FACTORS_REMOVED",
    }
}

words! {
    /// What a program brought that is not told in money (R5).
    IntangibleKind {
        /// People like their work better.
        JobSatisfaction "JOB_SATISFACTION",
        /// People care more.
        Engagement "ENGAGEMENT",
        /// People work together better.
        Teamwork "TEAMWORK",
        /// Customers are happier.
        CustomerSatisfaction "CUSTOMER_SATISFACTION",
        /// Departments work together better.
        Collaboration "COLLABORATION",
        /// New ideas.
        Innovation "INNOVATION",
        /// Less stress.
        StressReduction "STRESS_REDUCTION",
        /// A better name.
        Reputation "REPUTATION",
    }
}

/// What a program brought that is listed and never told in money (R5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intangible {
    /// In which respect.
    pub kind: IntangibleKind,
    /// What was seen, in a paragraph.
    pub note: String,
}
