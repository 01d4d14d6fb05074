//! Typed ids: a UUIDv7 inside, a [TypeID](https://github.com/jetify-com/typeid) such as
//! `funding_request_01h455vb4pex5vsknk084sn02q` outside.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What every typed id can do.
pub trait TypedId: Copy + Eq + std::hash::Hash + fmt::Display + Send + Sync + 'static {
    /// The type's name in `snake_case`, the part of the wire form before the last underscore.
    const PREFIX: &'static str;
    /// The same name as the schema writes it, for messages.
    const NAME: &'static str;
    /// Wraps a UUID that is known to belong to this type.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The bare UUID, as the database stores it.
    fn uuid(self) -> Uuid;

    /// Reads the wire form.
    ///
    /// A well-formed id of another type is named as such, because mixing up two ids is the commonest mistake of a
    /// caller and "invalid id" would not help to find it.
    fn parse(text: &str) -> Result<Self, IdError> {
        let (prefix, uuid) = split(text)?;
        if prefix == Self::PREFIX {
            Ok(Self::from_uuid(uuid))
        } else {
            let got = NAMES.iter().find(|(known, _)| *known == prefix);
            Err(match got {
                Some((_, name)) => IdError::WrongType { expected: Self::NAME, got: name },
                None => IdError::UnknownType { prefix: prefix.to_owned() },
            })
        }
    }
}

/// Why a text is not the id that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text has not the form of a TypeID.
    #[error("'{text}' is not an id; an id looks like employee_01h455vb4pex5vsknk084sn02q")]
    Malformed {
        /// The text as given, shortened.
        text: String,
    },
    /// The id belongs to another type.
    #[error("expected an id of {expected}, got one of {got}")]
    WrongType {
        /// The type that was asked for.
        expected: &'static str,
        /// The type that the id names.
        got: &'static str,
    },
    /// The prefix names no type of this schema.
    #[error("'{prefix}' is not a type of this schema")]
    UnknownType {
        /// The prefix as given.
        prefix: String,
    },
}

/// Splits a wire id into its prefix and UUID without asking which type it should be, as `node(id)` must.
pub fn split(text: &str) -> Result<(&str, Uuid), IdError> {
    let malformed = || IdError::Malformed { text: text.chars().take(80).collect() };
    let (prefix, suffix) = text.rsplit_once('_').ok_or_else(malformed)?;
    let uuid = decode(suffix).ok_or_else(malformed)?;
    if prefix.is_empty() { Err(malformed()) } else { Ok((prefix, uuid)) }
}

/// Writes an id of a type known by its prefix only, as a journal entry's subject is.
pub fn format(prefix: &str, uuid: Uuid) -> String {
    let mut text = format!("{prefix}_");
    let _ = encode(uuid, &mut text);
    text
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SUFFIX_LENGTH: usize = 26;

/// Writes 128 bits as 26 characters of Crockford's base 32, most significant first.
fn encode(uuid: Uuid, out: &mut impl fmt::Write) -> fmt::Result {
    let bits = uuid.as_u128();
    (0..SUFFIX_LENGTH).rev().try_for_each(|place| {
        let digit = bits.checked_shr(u32::try_from(place).unwrap_or(0).saturating_mul(5)).unwrap_or(0) & 31;
        let symbol = usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit)).copied();
        out.write_char(char::from(symbol.unwrap_or(b'0')))
    })
}

fn decode(suffix: &str) -> Option<Uuid> {
    // The first of 26 characters carries three bits only, so anything above 7 would not fit into 128 bits.
    let fits = suffix.len() == SUFFIX_LENGTH && suffix.as_bytes().first().is_some_and(|first| *first <= b'7');
    let bits = suffix.bytes().try_fold(0_u128, |bits, symbol| {
        let digit = ALPHABET.iter().position(|known| *known == symbol)?;
        Some((bits << 5) | u128::try_from(digit).ok()?)
    })?;
    fits.then(|| Uuid::from_u128(bits))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident $name:literal $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(into = "String", try_from = "String")]
            pub struct $id(Uuid);

            impl TypedId for $id {
                const PREFIX: &'static str = $prefix;
                const NAME: &'static str = $name;
                fn from_uuid(uuid: Uuid) -> Self {
                    Self(uuid)
                }
                fn uuid(self) -> Uuid {
                    self.0
                }
            }

            impl fmt::Display for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str($prefix)?;
                    f.write_str("_")?;
                    encode(self.0, f)
                }
            }

            impl fmt::Debug for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }
            }

            impl From<$id> for String {
                fn from(id: $id) -> Self {
                    id.to_string()
                }
            }

            impl TryFrom<String> for $id {
                type Error = IdError;
                fn try_from(text: String) -> Result<Self, IdError> {
                    Self::parse(&text)
                }
            }
        )*

        /// Every prefix with the name of its type.
        pub const NAMES: &[(&str, &str)] = &[$(($prefix, $name)),*];
    };
}

ids! {
    /// An employer: the tenant that owns everything else.
    EmployerId "Employer" "employer";
    /// A department of an employer.
    DepartmentId "Department" "department";
    /// An employee of an employer.
    EmployeeId "Employee" "employee";
    /// One granted role of one employee.
    RoleGrantId "RoleGrant" "role_grant";
    /// One entry of the journal.
    JournalEntryId "JournalEntry" "journal_entry";
    /// A skill that courses teach and people hold.
    SkillId "Skill" "skill";
    /// Somebody who offers courses.
    ProviderId "Provider" "provider";
    /// A course of the catalog.
    CourseId "Course" "course";
    /// One price of a course, valid from an instant on.
    CoursePriceId "CoursePrice" "course_price";
    /// An upskilling program.
    ProgramId "Program" "program";
    /// Somebody's part in a program.
    ParticipantId "Participant" "participant";
    /// A budget.
    BudgetId "Budget" "budget";
    /// One entry of a budget's ledger.
    LedgerEntryId "LedgerEntry" "ledger_entry";
    /// A request to fund a course for a person.
    FundingRequestId "FundingRequest" "funding_request";
    /// One step of a request's approval chain.
    ApprovalStepId "ApprovalStep" "approval_step";
    /// One decision on one step.
    DecisionId "Decision" "decision";
    /// One remark on a funding request.
    FundingCommentId "FundingComment" "funding_comment";
    /// One version of a funding policy, or a draft of one.
    FundingPolicyId "FundingPolicy" "funding_policy";
    /// Two links by which one person decides one step of a request.
    ActionLinkId "ActionLink" "action_link";
    /// Some days on which one person decides in another one's name.
    ApprovalDelegationId "ApprovalDelegation" "approval_delegation";
    /// What one currency was worth in another on a day.
    ExchangeRateId "ExchangeRate" "exchange_rate";
    /// Some days on which a person is away.
    AbsenceId "Absence" "absence";
    /// Somebody's place in a course.
    EnrollmentId "Enrollment" "enrollment";
    /// One attempt at an assessment.
    AssessmentId "Assessment" "assessment";
    /// Something that shows what somebody has learned.
    EvidenceId "Evidence" "evidence";
    /// Some minutes of learning.
    LearningTimeId "LearningTime" "learning_time";
    /// A question whether what was learned is applied.
    FollowUpId "FollowUp" "follow_up";
    /// Somebody who mentors, and what they offer.
    MentorId "Mentor" "mentor";
    /// One person mentors another, or is asked to.
    PairingId "Pairing" "pairing";
    /// What a mentee wants to reach with their mentor.
    MentoringGoalId "MentoringGoal" "mentoring_goal";
    /// One meeting of a mentor and a mentee.
    MentoringSessionId "MentoringSession" "mentoring_session";
    /// What one of a pair wrote about a session, for the two of them.
    MentoringNoteId "MentoringNote" "mentoring_note";
    /// What an hour of a group of employees costs.
    CostBandId "CostBand" "cost_band";
    /// What a program brought, as somebody estimated it.
    BenefitId "Benefit" "benefit";
    /// One version of the return on investment of a program.
    RoiReportId "RoiReport" "roi_report";
    /// What one kind of evidence says of one skill of one person.
    SkillRecordId "SkillRecord" "skill_record";
    /// A kind of job, and the skills that it asks for.
    JobProfileId "JobProfile" "job_profile";
    /// A program of the employer's that may ask and do things here.
    ServiceAccountId "ServiceAccount" "service_account";
    /// A secret by which a service account proves itself.
    ClientSecretId "ClientSecret" "client_secret";
    /// A token that was given to a service account.
    AccessTokenId "AccessToken" "access_token";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_is_the_typeid_of_the_specification() {
        // Taken from the specification's valid.json.
        let uuid = Uuid::parse_str("01890a5d-ac96-774b-bcce-b302099a8057").unwrap_or_default();
        let id = EmployeeId::from_uuid(uuid);
        assert_eq!(id.to_string(), "employee_01h455vb4pex5vsknk084sn02q");
        assert_eq!(EmployeeId::parse("employee_01h455vb4pex5vsknk084sn02q"), Ok(id));
    }

    #[test]
    fn an_id_of_another_type_is_refused_by_name() {
        let course = CourseId::from_uuid(Uuid::from_u128(7)).to_string();
        assert_eq!(BudgetId::parse(&course), Err(IdError::WrongType { expected: "Budget", got: "Course" }));
        assert_eq!(
            IdError::WrongType { expected: "Budget", got: "Course" }.to_string(),
            "expected an id of Budget, got one of Course"
        );
    }

    #[test]
    fn what_is_no_typeid_is_refused() {
        let bad = [
            "",
            "employee",
            "employee_",
            "_01h455vb4pex5vsknk084sn02q",
            "employee_81h455vb4pex5vsknk084sn02q",
            "employee_01h455vb4pex5vsknk084sn02",
            "employee_01H455VB4PEX5VSKNK084SN02Q",
            "employee_01h455vb4pex5vsknk084sn02u",
        ];
        for text in bad {
            assert_eq!(EmployeeId::parse(text), Err(IdError::Malformed { text: text.to_owned() }), "{text}");
        }
    }
}
