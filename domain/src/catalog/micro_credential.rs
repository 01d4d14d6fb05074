//! Whether a course can lead to a European micro-credential.

use super::{Course, Provider};

/// The mandatory elements of a micro-credential, in the order of Annex I of the Council Recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MicroCredentialElement {
    /// 1: who has learned. Known when the credential is awarded.
    Learner,
    /// 2: the title.
    Title,
    /// 3: country or region of the issuer.
    IssuerCountry,
    /// 4: the awarding body.
    AwardingBody,
    /// 5: the date of issuing. Known when the credential is awarded.
    IssuingDate,
    /// 6: what the learner will know and be able to do.
    LearningOutcomes,
    /// 7: the work it takes, in hours or ECTS credits.
    Workload,
    /// 8: the level of the qualification, where there is one.
    Level,
    /// 9: how learning is assessed.
    AssessmentType,
    /// 10: online, on site or both.
    Participation,
    /// 11: how quality is assured.
    QualityAssurance,
}

impl MicroCredentialElement {
    /// Every mandatory element.
    pub const ALL: [Self; 11] = [
        Self::Learner,
        Self::Title,
        Self::IssuerCountry,
        Self::AwardingBody,
        Self::IssuingDate,
        Self::LearningOutcomes,
        Self::Workload,
        Self::Level,
        Self::AssessmentType,
        Self::Participation,
        Self::QualityAssurance,
    ];
}

/// Where the mandatory elements stand for a course on offer (C2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MicroCredentialCompleteness {
    /// The course or its provider would have to supply these and does not.
    pub missing: Vec<MicroCredentialElement>,
    /// No offer can supply these; the record of the award does. They never count as missing.
    pub supplied_at_award: Vec<MicroCredentialElement>,
    /// Not given, which is right where no qualification level exists. They do not count as missing either.
    pub unless_not_applicable: Vec<MicroCredentialElement>,
}

impl MicroCredentialCompleteness {
    /// Whether a credential awarded for this course would have every mandatory element.
    pub fn complete(&self) -> bool {
        self.missing.is_empty()
    }
}

impl Course {
    /// Which mandatory elements this course, offered by this provider, lacks.
    pub fn micro_credential_completeness(&self, provider: &Provider) -> MicroCredentialCompleteness {
        use MicroCredentialElement as E;
        let mut completeness = MicroCredentialCompleteness::default();
        for element in E::ALL {
            let supplied = match element {
                E::Learner | E::IssuingDate => {
                    completeness.supplied_at_award.push(element);
                    continue;
                }
                E::Level => {
                    if self.eqf_level.is_none() {
                        completeness.unless_not_applicable.push(element);
                    }
                    continue;
                }
                E::Title | E::AwardingBody => true,
                E::IssuerCountry => provider.country.is_some() || provider.region.is_some(),
                E::LearningOutcomes => !self.learning_outcomes.is_empty(),
                E::Workload => self.workload_hours.is_some() || self.ects.is_some(),
                E::AssessmentType => self.assessment.is_some(),
                E::Participation => self.participation.is_some(),
                // An accreditation is a type of quality assurance: somebody outside has looked.
                E::QualityAssurance => {
                    provider.quality_assurance.is_some() || provider.accreditation.is_some()
                }
            };
            if !supplied {
                completeness.missing.push(element);
            }
        }
        completeness
    }
}
