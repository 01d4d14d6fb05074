//! Data classes: what sort of thing is known of somebody, what for, and how long.

use serde::Serialize;

/// What sort of thing is known of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DataClass {
    /// Who somebody is and how to reach them.
    Identity,
    /// The terms of their work and their place in the organization.
    Employment,
    /// What they may do and how they prove who they are.
    Access,
    /// What they asked money for, what became of it, and what was spent.
    Funding,
    /// What people say of something or somebody in words of their own.
    Opinion,
    /// What they learn, how far they are, how long it took and whether they apply it.
    Learning,
    /// Results of examinations, and what was handed in as evidence.
    Assessment,
    /// What they master, and which job they have.
    Skills,
    /// What they did in their work for others.
    Activity,
    /// That something happened to them or by them, in the journal.
    Journal,
}

impl DataClass {
    /// Every class.
    pub const ALL: [Self; 10] = [
        Self::Identity,
        Self::Employment,
        Self::Access,
        Self::Funding,
        Self::Opinion,
        Self::Learning,
        Self::Assessment,
        Self::Skills,
        Self::Activity,
        Self::Journal,
    ];

    /// The name in the schema and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "IDENTITY",
            Self::Employment => "EMPLOYMENT",
            Self::Access => "ACCESS",
            Self::Funding => "FUNDING",
            Self::Opinion => "OPINION",
            Self::Learning => "LEARNING",
            Self::Assessment => "ASSESSMENT",
            Self::Skills => "SKILLS",
            Self::Activity => "ACTIVITY",
            Self::Journal => "JOURNAL",
        }
    }

    /// What it is kept for.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Identity => "to tell people apart, to let them in and to address them",
            Self::Employment => {
                "to know who approves what, whom programs are for, what hours cost and how many people stay"
            }
            Self::Access => "to let people in and to decide what they may see and do",
            Self::Funding => "to decide about funding and to account for what is promised and spent",
            Self::Opinion => "to decide with reasons and to make courses better",
            Self::Learning => "to accompany learning and to count, for groups of people, what comes of it",
            Self::Assessment => "to prove what was learned",
            Self::Skills => "to find what people lack for their jobs and which courses close the gap",
            Self::Activity => "to know who answers for a record",
            Self::Journal => "to prove what happened, when, and on whose word",
        }
    }

    /// How long it is kept.
    pub fn retention(self) -> Retention {
        match self {
            Self::Identity
            | Self::Employment
            | Self::Access
            | Self::Opinion
            | Self::Assessment
            | Self::Skills => Retention::UntilErased,
            Self::Funding => Retention::Accounting,
            Self::Learning => Retention::Statistics,
            Self::Activity | Self::Journal => Retention::Proof,
        }
    }
}

/// How long something is kept. The periods are those of German law; they are the same for every employer, because nothing is
/// erased by them alone: they say what may not be erased earlier, and what should not be kept longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Retention {
    /// Until the person is erased.
    UntilErased,
    /// As long as books are kept.
    Accounting,
    /// As long as the figures that count it, without a name.
    Statistics,
    /// As long as the journal, without a name.
    Proof,
}

impl Retention {
    /// Every rule.
    pub const ALL: [Self; 4] = [Self::UntilErased, Self::Accounting, Self::Statistics, Self::Proof];

    /// Years after the end of the calendar year in which something was booked.
    pub const ACCOUNTING_YEARS: i32 = 8;

    /// The name in the schema and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::UntilErased => "UNTIL_ERASED",
            Self::Accounting => "ACCOUNTING",
            Self::Statistics => "STATISTICS",
            Self::Proof => "PROOF",
        }
    }

    /// The rule in words.
    pub fn rule(self) -> &'static str {
        match self {
            Self::UntilErased => {
                "until the person is erased, which is due when they ask for it and nothing speaks against it, and at the \
                 latest three years after the end of the year in which they left"
            }
            Self::Accounting => {
                "eight years after the end of the year in which it was booked; without the person's name once they are erased"
            }
            Self::Statistics => {
                "as long as the figures of groups that count it; without the person's name once they are erased"
            }
            Self::Proof => "as long as the journal; without the person's name once they are erased",
        }
    }

    /// On what the rule rests.
    pub fn legal_basis(self) -> &'static str {
        match self {
            Self::UntilErased => "Art. 5 (1) (e) and 17 (1) GDPR; §§ 195, 199 BGB",
            Self::Accounting => {
                "Art. 17 (3) (b) GDPR; § 147 (1) no. 4 and (3) AO; § 257 (1) no. 4 and (4) HGB"
            }
            Self::Statistics => "Art. 17 (3) (d) and 89 (1) GDPR",
            Self::Proof => "Art. 17 (3) (e) GDPR",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_are_written() {
        fn written(value: impl Serialize) -> String {
            serde_json::to_string(&value).unwrap_or_default()
        }
        for class in DataClass::ALL {
            assert_eq!(written(class), format!("\"{}\"", class.name()));
        }
        for retention in Retention::ALL {
            assert_eq!(written(retention), format!("\"{}\"", retention.name()));
        }
    }
}
