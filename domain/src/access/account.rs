//! Service accounts in the eyes of the policy: who they are, and what their scopes open.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::kernel::ServiceAccountId;

use super::Action;

/// A program of the employer's that sends a request, with what it may do at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Which one.
    pub id: ServiceAccountId,
    /// What its token is good for: the scopes that were asked for, as far as the account has them still.
    pub scopes: AccountScopes,
}

/// A name that is no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a scope")]
pub struct UnknownScope(pub String);

/// Declares the scopes: what each opens to an account by itself, and what only in the name of a person who may do it.
macro_rules! scopes {
    ($($(#[$doc:meta])* $scope:ident $name:literal [$($alone:ident)*] for_people [$($acting:ident)*];)*) => {
        /// What a service account may do at most. A scope opens what stands beside it and nothing else: an action that no
        /// scope names is closed to every account.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum AccountScope {
            $($(#[$doc])* $scope,)*
        }

        impl AccountScope {
            /// Every scope, in the order of the capabilities.
            pub const ALL: &'static [Self] = &[$(Self::$scope),*];

            /// The name in tokens, in the database and in the journal.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$scope => $name,)*
                }
            }

            /// What it opens to an account by itself.
            pub fn alone(self) -> &'static [Action] {
                match self {
                    $(Self::$scope => &[$(Action::$alone),*],)*
                }
            }

            /// What it opens beyond that to an account that acts for a person who may do it.
            pub fn for_people(self) -> &'static [Action] {
                match self {
                    $(Self::$scope => &[$(Action::$acting),*],)*
                }
            }
        }
    };
}

scopes! {
    /// Names, departments, reporting lines and employment.
    RosterRead "roster:read" [ReadDirectory ReadEmployment] for_people [];
    /// Importing the roster, and changing departments.
    RosterWrite "roster:write" [ManageOrganization] for_people [];
    /// Who is away when.
    AbsencesRead "absences:read" [ReadAbsences] for_people [];
    /// Recording who is away when.
    AbsencesWrite "absences:write" [RecordAbsence] for_people [];
    /// What people master, and what jobs ask for.
    SkillsRead "skills:read" [ReadSkillRecords ReadJobProfiles] for_people [];
    /// Evidence of what people master, and changing job profiles. For people also what they and their managers think.
    SkillsWrite "skills:write" [RecordSkillEvidence ManageJobProfiles] for_people [StateSkill AssessSkill];
    /// Skills, providers and courses.
    CatalogRead "catalog:read" [ReadCatalog] for_people [];
    /// Creating, importing, publishing and retiring courses, and reading drafts of them.
    CatalogWrite "catalog:write" [ManageCatalog ReadDraftCourses] for_people [];
    /// Programs, also those that are still drafts, and who takes part in them.
    ProgramsRead "programs:read" [ReadPrograms ReadDraftPrograms ReadParticipants] for_people [];
    /// Budgets, requests, funding policies and exchange rates. For people also what would become of a request.
    FundingRead "funding:read" [ReadBudget ReadFundingRequest ReadFundingPolicies ReadExchangeRates]
        for_people [PreviewFunding];
    /// For people only: asking for funding, commenting on requests, answering approvers and withdrawing.
    FundingRequest "funding:request" []
        for_people [SubmitFundingRequest PreviewFunding CommentOnFundingRequest WithdrawFundingRequest];
    /// Enrollments and the time they take. For people also results, evidence, follow-ups and feedback.
    LearningRead "learning:read" [ReadEnrollments ReadLearningTime]
        for_people [ReadAssessments ReadEvidence ReadFollowUps ReadCourseFeedback];
    /// Taking in completions and results, and enrolling people. For people also answering follow-ups and giving feedback.
    LearningWrite "learning:write" [ManageEnrollments RecordResults]
        for_people [AnswerFollowUp GiveCourseFeedback];
    /// Mentors, who mentors whom, their goals and sessions. For people also what they say of mentoring.
    MentoringRead "mentoring:read" [ReadMentors ReadPairings ReadMentoringSessions]
        for_people [ReadMentoringFeedback];
    /// Profiles of mentors, proposing, interrupting and ending pairings, goals and sessions. For people also agreeing to
    /// proposals, notes, skills that mentors observe, and feedback.
    MentoringWrite "mentoring:write" [ManageMentors ProposePairing DeclinePairing GuidePairing RecordMentoring]
        for_people [AcceptPairing ShareMentoringNotes ObserveSkill GiveMentoringFeedback];
    /// Figures about groups of people, and the return on investment of programs.
    ReportsRead "reports:read" [ReadReports ReadRoi] for_people [];
    /// The journal.
    JournalRead "journal:read" [ReadJournal] for_people [];
    /// Acting for a person, within the other scopes and within what that person may do.
    PeopleAct "people:act" [] for_people [];
}

impl AccountScope {
    /// Whether an account with this scope may do something, by itself or for somebody who may.
    fn covers(self, action: Action) -> bool {
        self.alone().contains(&action) || self.for_people().contains(&action)
    }

    /// Those that open an action to an account by itself.
    pub fn opening(action: Action) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |scope| scope.alone().contains(&action))
    }

    /// Those that open an action to an account, by itself or for somebody who may do it.
    pub fn covering(action: Action) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |scope| scope.covers(action))
    }

    fn bit(self) -> u32 {
        let place = Self::ALL.iter().position(|scope| *scope == self);
        place.and_then(|place| 1_u32.checked_shl(u32::try_from(place).ok()?)).unwrap_or_default()
    }
}

impl fmt::Display for AccountScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AccountScope {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let found = Self::ALL.iter().copied().find(|scope| scope.name() == text);
        found.ok_or_else(|| UnknownScope(text.chars().take(80).collect()))
    }
}

/// A set of scopes. In writing they stand in their order with a space between them, as in RFC 6749.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(into = "String")]
pub struct AccountScopes(u32);

impl AccountScopes {
    /// No scope.
    pub const NONE: Self = Self(0);

    /// Whether the set has a scope.
    pub fn has(self, scope: AccountScope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Those that are in both sets.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that are not in the other set.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether one of them opens an action, by itself or for somebody who may do it.
    pub fn cover(self, action: Action) -> bool {
        self.iter().any(|scope| scope.covers(action))
    }

    /// The scope that opens an action to an account by itself.
    pub fn opening(self, action: Action) -> Option<AccountScope> {
        self.iter().find(|scope| scope.alone().contains(&action))
    }

    /// The scopes, in their order.
    pub fn iter(self) -> impl Iterator<Item = AccountScope> {
        AccountScope::ALL.iter().copied().filter(move |scope| self.has(*scope))
    }
}

impl FromIterator<AccountScope> for AccountScopes {
    fn from_iter<I: IntoIterator<Item = AccountScope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for AccountScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, scope) in self.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { " " })?;
            f.write_str(scope.name())?;
        }
        Ok(())
    }
}

impl FromStr for AccountScopes {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        text.split(' ').filter(|name| !name.is_empty()).map(str::parse).collect()
    }
}

impl From<AccountScopes> for String {
    fn from(scopes: AccountScopes) -> Self {
        scopes.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written_in_whatever_order() {
        for scope in AccountScope::ALL {
            assert_eq!(scope.name().parse(), Ok(*scope));
            assert_eq!(AccountScopes::from_iter([*scope]).iter().collect::<Vec<_>>(), [*scope]);
        }
        let given: AccountScopes = "journal:read  roster:read journal:read".parse().expect("scopes");
        assert_eq!(given.to_string(), "roster:read journal:read");
        assert_eq!("".parse(), Ok(AccountScopes::NONE));
        for text in ["roster", "ROSTER:READ", "roster:read,journal:read"] {
            assert_eq!(text.parse::<AccountScopes>(), Err(UnknownScope(text.to_owned())));
        }
    }

    #[test]
    fn no_scope_lets_an_account_decide_or_give_itself_more() {
        for closed in [
            Action::DecideFundingRequest,
            Action::DelegateApprovals,
            Action::ManageServiceAccounts,
            Action::ManageRoleGrants,
            Action::MoveMoney,
            Action::SettleFunding,
            Action::EraseEmployee,
        ] {
            assert_eq!(AccountScope::covering(closed).next(), None, "{closed:?}");
        }
    }

    #[test]
    fn every_scope_opens_something() {
        let idle = |scope: &AccountScope| scope.alone().is_empty() && scope.for_people().is_empty();
        let idle: Vec<_> = AccountScope::ALL.iter().copied().filter(idle).collect();
        // This one opens what the others do for people.
        assert_eq!(idle, [AccountScope::PeopleAct]);
    }
}
