//! Service accounts and their secrets.

use async_graphql::{Context, Enum, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::integration as domain;
use upskill_domain::kernel::ServiceAccountId;

use super::loaders::{ClientSecrets, ServiceAccounts};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::filter::Filterable;
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::DateTime;

/// What a service account may do at most. What no scope names is closed to every account; deciding funding requests, managing
/// accounts and roles, moving money and erasing people are.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "upskill_domain::access::AccountScope")]
pub(crate) enum AccountScope {
    /// `roster:read`: names, departments, reporting lines and employment.
    RosterRead,
    /// `roster:write`: importing the roster, and changing departments.
    RosterWrite,
    /// `absences:read`: who is away when.
    AbsencesRead,
    /// `absences:write`: recording who is away when.
    AbsencesWrite,
    /// `skills:read`: what people master, and what jobs ask for.
    SkillsRead,
    /// `skills:write`: evidence of what people master, and changing job profiles. For people also what they and their
    /// managers think.
    SkillsWrite,
    /// `catalog:read`: skills, providers and courses.
    CatalogRead,
    /// `catalog:write`: creating, importing, publishing and retiring courses, and, with `catalog:read`, reading drafts of them.
    CatalogWrite,
    /// `programs:read`: programs, also those that are still drafts, and who takes part in them.
    ProgramsRead,
    /// `funding:read`: budgets, requests, funding policies and exchange rates. For people also what would become of a request.
    FundingRead,
    /// `funding:request`: for people only: asking for funding, commenting on requests, answering approvers and withdrawing.
    FundingRequest,
    /// `learning:read`: enrollments and the time they take. For people also results, evidence, follow-ups and feedback.
    LearningRead,
    /// `learning:write`: taking in completions and results, and enrolling people. For people also answering follow-ups and
    /// giving feedback.
    LearningWrite,
    /// `mentoring:read`: mentors, who mentors whom, their goals and sessions. For people also what they say of mentoring.
    MentoringRead,
    /// `mentoring:write`: profiles of mentors, proposing, interrupting and ending pairings, goals and sessions. For people also
    /// agreeing to proposals, notes, skills that mentors observe, and feedback.
    MentoringWrite,
    /// `reports:read`: figures about groups of people, and the return on investment of programs.
    ReportsRead,
    /// `journal:read`: the journal.
    JournalRead,
    /// `people:act`: acting for a person whom the header `Upskill-Act-For` names, within the other scopes and within what that
    /// person may do.
    PeopleAct,
}

/// Whether a service account may still do anything.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::AccountStatus")]
pub(crate) enum ServiceAccountStatus {
    /// It may.
    Active,
    /// It may not, and never will again.
    Revoked,
}

impl Filterable for ServiceAccountStatus {}

/// A program of the employer's that may ask and do things here with tokens of its own. For `EMPLOYER_ADMIN`, `HR_ADMIN` and
/// AUDITOR.
#[derive(Clone)]
pub(crate) struct ServiceAccount(domain::ServiceAccount);

impl From<domain::ServiceAccount> for ServiceAccount {
    fn from(account: domain::ServiceAccount) -> Self {
        Self(account)
    }
}

impl ServiceAccount {
    /// The account with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ServiceAccountId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<ServiceAccounts, _>(id).await?.map(Self))
    }
}

impl Known for ServiceAccount {
    const KNOWN: &'static [&'static str] =
        &["id", "name", "scopes", "status", "createdAt", "revokedAt", "lastUsedAt", "version"];
}

/// A program of the employer's that may ask and do things here with tokens of its own. For `EMPLOYER_ADMIN`, `HR_ADMIN` and
/// AUDITOR.
#[Object]
impl ServiceAccount {
    /// The id, which is also the `client_id` at `/oauth/token`.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// What people call it. No two active accounts are called the same.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it may do at most. Its tokens have these or fewer.
    async fn scopes(&self) -> Vec<AccountScope> {
        self.0.scopes.iter().map(Into::into).collect()
    }

    /// Whether it may still do anything.
    async fn status(&self) -> ServiceAccountStatus {
        self.0.status.into()
    }

    /// Who created it; null for the installation itself.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadServiceAccounts)))]
    async fn created_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.created_by?).await.transpose()
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was revoked; null when it was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// When it last sent a request, to the minute or so; null when it never did.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }

    /// Its secrets that hold still, the oldest first, without what is secret about them: one, or two while one takes the
    /// place of the other.
    async fn secrets(&self, ctx: &Context<'_>) -> Result<Vec<ClientSecret>, ApiError> {
        let secrets = ctx.load::<ClientSecrets, _>(self.0.id).await?.unwrap_or_default();
        Ok(secrets.into_iter().map(ClientSecret).collect())
    }

    /// Counts its changes.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A secret by which a service account gets its tokens. The secret itself is kept by nobody here.
pub(crate) struct ClientSecret(domain::ClientSecret);

/// A secret by which a service account gets its tokens. The secret itself is kept by nobody here.
#[Object]
impl ClientSecret {
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ends, and the tokens with it that were given for it; null for the one that no other takes the place of.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }

    /// When a token was last given for it; null when none was. An old secret that is used still is in use somewhere.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }
}
