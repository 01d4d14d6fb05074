//! Pairings in the schema.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::PairingId;
use upskill_domain::mentoring as domain;

use super::{Mentor, MentoringGoal, MentoringSession};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::learning::Enrollment;
use crate::graphql::mentoring::inputs::{
    DeclineReason, PairingEndReason, PairingHealthSignal, PairingSide, PairingStatus, quiet_after,
};
use crate::graphql::mentoring::loaders::{FeedbackOf, GoalsOf, OverdueGoals, Pairings};
use crate::graphql::organization::Employee;
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::{Date, DateTime};

/// One person mentors another, or is asked to. For the two, the managers above the mentee, `HR_ADMIN` and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct Pairing(domain::Pairing);

impl From<domain::Pairing> for Pairing {
    fn from(pairing: domain::Pairing) -> Self {
        Self(pairing)
    }
}

impl Pairing {
    /// The pairing with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: PairingId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Pairings, _>(id).await?.map(Self))
    }
}

impl Known for Pairing {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "status",
        "proposedAt",
        "answerBy",
        "message",
        "mentorAgreedAt",
        "menteeAgreedAt",
        "startedAt",
        "pausedAt",
        "endedAt",
        "declineReason",
        "endReason",
        "closingNote",
        "sessionCount",
        "sessionMinutes",
        "lastSessionAt",
    ];
}

/// One person mentors another, or is asked to. For the two, the managers above the mentee, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Learning, who(Action::ReadPairings)))]
impl Pairing {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The mentor.
    async fn mentor(&self, ctx: &Context<'_>) -> Isolated<Mentor> {
        Mentor::load(ctx, self.0.mentor).await.transpose()
    }

    /// Who is mentored.
    async fn mentee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.mentee).await.transpose()
    }

    /// The enrollment that it is about; null when it is about none in particular, or when the caller may not see it.
    async fn enrollment(&self, ctx: &Context<'_>) -> Isolated<Enrollment> {
        Enrollment::load(ctx, self.0.enrollment?).await.transpose()
    }

    /// The pairing whose place it takes once it is accepted, or has taken; null when it takes none.
    async fn replaces(&self, ctx: &Context<'_>) -> Isolated<Pairing> {
        Pairing::load(ctx, self.0.replaces?).await.transpose()
    }

    /// How far it is.
    async fn status(&self) -> PairingStatus {
        self.0.status.into()
    }

    /// Who proposed it; null when the installation itself did.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.proposed_by?).await.transpose()
    }

    /// When it was proposed.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.0.proposed_at)
    }

    /// The last day on which it can be accepted.
    async fn answer_by(&self) -> Date {
        Date(self.0.answer_by)
    }

    /// What was said with the proposal; null when nothing was.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// When the mentor agreed; null as long as they have not. From then on a place of theirs is taken.
    async fn mentor_agreed_at(&self) -> Option<DateTime> {
        self.0.mentor_agreed_at.map(DateTime)
    }

    /// When the mentee agreed; null as long as they have not.
    async fn mentee_agreed_at(&self) -> Option<DateTime> {
        self.0.mentee_agreed_at.map(DateTime)
    }

    /// When the first session began to which both came; null as long as there was none.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime)
    }

    /// Since when it is interrupted; null when it is not PAUSED.
    async fn paused_at(&self) -> Option<DateTime> {
        self.0.paused_at.map(DateTime)
    }

    /// When it was over, however it ended; null as long as it is not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }

    /// Why it was declined; null when it was not.
    async fn decline_reason(&self) -> Option<DeclineReason> {
        self.0.declined_for.map(Into::into)
    }

    /// Why it ended before it had done what it was for; null when it did not.
    async fn end_reason(&self) -> Option<PairingEndReason> {
        self.0.ended_for.map(Into::into)
    }

    /// What was said when it was declined, completed or ended; null when nothing was.
    async fn closing_note(&self) -> Option<&str> {
        self.0.closing_note.as_deref()
    }

    /// How many sessions there were to which both came.
    async fn session_count(&self) -> i32 {
        self.0.sessions
    }

    /// How many minutes these took.
    async fn session_minutes(&self) -> i32 {
        self.0.minutes
    }

    /// When the last of them began; null as long as there was none.
    async fn last_session_at(&self) -> Option<DateTime> {
        self.0.last_session_at.map(DateTime)
    }

    /// How it goes now.
    async fn health(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "After how many days without a session two are quiet: 1 to 365.", default = 30)]
        quiet_after_days: i32,
    ) -> Isolated<PairingHealth> {
        isolated(async {
            let days = quiet_after("quietAfterDays", quiet_after_days)?;
            let overdue = ctx.load::<OverdueGoals, _>(self.0.id).await?.unwrap_or_default();
            let health = ctx.app()?.mentoring().health(&self.0, overdue, days);
            Ok(Some(PairingHealth::from(health)))
        })
        .await
    }

    /// What the mentee wants to reach, in the order in which it was set; at most 50. For the two, `HR_ADMIN` and
    /// `HR_ANALYST`; empty for everybody else.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<MentoringGoal>, ApiError> {
        let goals = ctx.load::<GoalsOf, _>(self.0.id).await?.unwrap_or_default();
        Ok(goals.into_iter().map(MentoringGoal::from).collect())
    }

    /// Their sessions, the earliest first. For the two, `HR_ADMIN` and `HR_ANALYST`; empty for everybody else.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<MentoringSession>, ApiError> {
        Connection::read(ctx, self.0.id, (), PageArguments { first, after, last, before }).await
    }

    /// What the two say of it: at most one each. Each of them reads their own, `HR_ADMIN` and `HR_ANALYST` both; empty for
    /// everybody else.
    async fn feedback(&self, ctx: &Context<'_>) -> Result<Vec<PairingFeedback>, ApiError> {
        let feedback = ctx.load::<FeedbackOf, _>(self.0.id).await?.unwrap_or_default();
        Ok(feedback.into_iter().map(PairingFeedback::from).collect())
    }
}

/// How a pairing goes, as far as that can be told from outside. For those who see the pairing.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Learning, who(Action::ReadPairings)))]
pub(crate) struct PairingHealth {
    /// Whole days since the last session began, or since the two agreed when there was none; null where nothing runs.
    days_without_session: Option<i64>,
    /// Goals that are open though their day is past.
    goals_overdue: u64,
    /// What makes somebody look; empty when nothing does.
    signals: Vec<PairingHealthSignal>,
}

impl From<domain::PairingHealth> for PairingHealth {
    fn from(health: domain::PairingHealth) -> Self {
        let domain::PairingHealth { days_without_session, goals_overdue, signals } = health;
        Self { days_without_session, goals_overdue, signals: signals.into_iter().map(Into::into).collect() }
    }
}

/// What one of a pair says of it. For who said it, `HR_ADMIN` and `HR_ANALYST`.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Opinion, who(Action::ReadMentoringFeedback)))]
pub(crate) struct PairingFeedback {
    /// Who of the two.
    side: PairingSide,
    /// How good it is, from 1 (poor) to 5 (very good).
    rating: i32,
    /// A remark; null when there is none.
    comment: Option<String>,
    /// When it was said last.
    given_at: DateTime,
}

impl From<domain::PairingFeedback> for PairingFeedback {
    fn from(feedback: domain::PairingFeedback) -> Self {
        let domain::PairingFeedback { side, rating, comment, at, .. } = feedback;
        Self { side: side.into(), rating, comment, given_at: DateTime(at) }
    }
}
