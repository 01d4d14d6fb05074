//! Recording sessions, and what comes of them.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::mentoring::{NoteRefusal, ObserveSkillRefusal, SessionRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::mentoring::inputs::{
    AddMentoringNoteInput, CorrectMentoringSessionInput, ObserveSkillInput, RecordMentoringSessionInput,
};
use crate::graphql::mentoring::types::{MentoringNote, MentoringSession, Pairing};
use crate::graphql::refusal::{answered, user_errors};
use crate::graphql::skills::SkillRecord;

/// Mutations of sessions.
#[derive(Default)]
pub(crate) struct SessionMutations;

#[Object]
impl SessionMutations {
    /// Records a session. The first to which both came makes the pairing ACTIVE. For the mentor and the mentee.
    async fn record_mentoring_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: RecordMentoringSessionInput,
    ) -> Isolated<RecordMentoringSessionPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().record_session(ctx.actor()?, input.try_into()?).await;
            let (done, user_errors) = answered(outcome)?;
            let (pairing, session) = done.unzip();
            Ok(Some(RecordMentoringSessionPayload {
                pairing: pairing.map(Pairing::from),
                session: session.map(MentoringSession::from),
                user_errors,
            }))
        })
        .await
    }

    /// Corrects what was recorded of a session. For the mentor and the mentee.
    async fn correct_mentoring_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session as it was.")] input: CorrectMentoringSessionInput,
    ) -> Isolated<CorrectMentoringSessionPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().correct_session(ctx.actor()?, input.into()).await;
            let (done, user_errors) = answered(outcome)?;
            let (pairing, session) = done.unzip();
            Ok(Some(CorrectMentoringSessionPayload {
                pairing: pairing.map(Pairing::from),
                session: session.map(MentoringSession::from),
                user_errors,
            }))
        })
        .await
    }

    /// Notes something about a session. The mentor and the mentee read it, and nobody else. For the two.
    async fn add_mentoring_note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The note.")] input: AddMentoringNoteInput,
    ) -> Isolated<AddMentoringNotePayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().add_note(ctx.actor()?, input.try_into()?).await;
            let (done, user_errors) = answered(outcome)?;
            let (session, note) = done.unzip();
            Ok(Some(AddMentoringNotePayload {
                session: session.map(MentoringSession::from),
                note: note.map(MentoringNote::from),
                user_errors,
            }))
        })
        .await
    }

    /// Records which skill the mentee applies as evidence of the mentor, from the day of the session on. Where the same was recorded
    /// of that day nothing changes. For the mentor.
    async fn observe_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill and how well it is applied.")] input: ObserveSkillInput,
    ) -> Isolated<ObserveSkillPayload> {
        isolated(async {
            let outcome = ctx.app()?.mentoring().observe_skill(ctx.actor()?, input.try_into()?).await;
            let (done, user_errors) = answered(outcome)?;
            let (session, skill_record) = done.unzip();
            Ok(Some(ObserveSkillPayload {
                session: session.map(MentoringSession::from),
                skill_record: skill_record.map(SkillRecord::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `recordMentoringSession`.
#[derive(SimpleObject)]
pub(crate) struct RecordMentoringSessionPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// The session; null when refused.
    session: Option<MentoringSession>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RecordMentoringSessionError>,
}

user_errors! {
    /// Why a session was not recorded.
    RecordMentoringSessionError, RecordMentoringSessionErrorCode for SessionRefusal {
        /// The pairing was not agreed, or it is PAUSED.
        NotRunning <= SessionRefusal::NotRunning(_),
        /// A session takes 1 to 480 minutes.
        WrongLength <= SessionRefusal::WrongLength(_),
        /// The session is still to come.
        InFuture <= SessionRefusal::InFuture { .. },
        /// The two had not agreed.
        BeforeAgreed <= SessionRefusal::BeforeAgreed { .. },
        /// The pairing was over.
        AfterEnd <= SessionRefusal::AfterEnd { .. },
        /// The two met at that time already.
        Overlaps <= SessionRefusal::Overlaps(_),
        /// A session has at most 20 topics.
        TooManyTopics <= SessionRefusal::TooManyTopics(_),
        /// A topic is empty, too long or has control characters.
        InvalidTopic <= SessionRefusal::InvalidTopic(_),
        /// A session works on at most 20 goals.
        TooManyGoals <= SessionRefusal::TooManyGoals(_),
        /// It is no goal of the pairing.
        UnknownGoal <= SessionRefusal::UnknownGoal(_),
        /// The pairing has 1000 sessions.
        TooManySessions <= SessionRefusal::TooMany(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SessionRefusal::KeyReused(_),
    }
}

/// What became of `correctMentoringSession`.
#[derive(SimpleObject)]
pub(crate) struct CorrectMentoringSessionPayload {
    /// The pairing; null when refused.
    pairing: Option<Pairing>,
    /// The session; null when refused.
    session: Option<MentoringSession>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CorrectMentoringSessionError>,
}

user_errors! {
    /// Why a session was not corrected.
    CorrectMentoringSessionError, CorrectMentoringSessionErrorCode for SessionRefusal {
        /// The pairing was not agreed, or it is PAUSED.
        NotRunning <= SessionRefusal::NotRunning(_),
        /// A session takes 1 to 480 minutes.
        WrongLength <= SessionRefusal::WrongLength(_),
        /// The session is still to come.
        InFuture <= SessionRefusal::InFuture { .. },
        /// The two had not agreed.
        BeforeAgreed <= SessionRefusal::BeforeAgreed { .. },
        /// The pairing was over.
        AfterEnd <= SessionRefusal::AfterEnd { .. },
        /// The two met at that time already.
        Overlaps <= SessionRefusal::Overlaps(_),
        /// A session has at most 20 topics.
        TooManyTopics <= SessionRefusal::TooManyTopics(_),
        /// A topic is empty, too long or has control characters.
        InvalidTopic <= SessionRefusal::InvalidTopic(_),
        /// A session works on at most 20 goals.
        TooManyGoals <= SessionRefusal::TooManyGoals(_),
        /// It is no goal of the pairing.
        UnknownGoal <= SessionRefusal::UnknownGoal(_),
        /// The pairing has 1000 sessions.
        TooManySessions <= SessionRefusal::TooMany(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= SessionRefusal::KeyReused(_),
    }
}

/// What became of `addMentoringNote`.
#[derive(SimpleObject)]
pub(crate) struct AddMentoringNotePayload {
    /// The session; null when refused.
    session: Option<MentoringSession>,
    /// The note; null when refused.
    note: Option<MentoringNote>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AddMentoringNoteError>,
}

user_errors! {
    /// Why a note was not added.
    AddMentoringNoteError, AddMentoringNoteErrorCode for NoteRefusal {
        /// The note is empty, too long or has control characters.
        InvalidText <= NoteRefusal::InvalidText(_),
        /// The session has 50 notes.
        TooMany <= NoteRefusal::TooMany { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= NoteRefusal::KeyReused(_),
    }
}

/// What became of `observeSkill`.
#[derive(SimpleObject)]
pub(crate) struct ObserveSkillPayload {
    /// The session; null when refused.
    session: Option<MentoringSession>,
    /// The record that it became; null when refused.
    skill_record: Option<SkillRecord>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ObserveSkillError>,
}

user_errors! {
    /// Why nothing was recorded.
    ObserveSkillError, ObserveSkillErrorCode for ObserveSkillRefusal {
        /// Not both came to the session.
        NotHeld <= ObserveSkillRefusal::NotHeld,
        /// There is no such skill.
        UnknownSkill <= ObserveSkillRefusal::UnknownSkill(_),
        /// The note is empty, too long or has control characters.
        InvalidNote <= ObserveSkillRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= ObserveSkillRefusal::KeyReused(_),
    }
}
