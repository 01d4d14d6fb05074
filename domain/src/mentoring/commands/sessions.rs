//! Recording sessions, and correcting what was recorded.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, MentoringSessionId, PairingId, check_version};
use crate::mentoring::session::{MOST_SESSIONS, ToldSession};
use crate::mentoring::{Mentoring, MentoringEvent, MentoringSession, Pairing, SessionRefusal};
use crate::store::UnitOfWork;

/// A session to record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordMentoringSession {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// In which pairing.
    pub pairing: PairingId,
    /// What is told of it.
    pub told: ToldSession,
}

/// A session of which something else was recorded than what happened.
#[derive(Debug, Clone)]
pub struct CorrectMentoringSession {
    /// Which one.
    pub id: MentoringSessionId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// What is told of it now.
    pub told: ToldSession,
}

impl Mentoring<'_> {
    /// Records a session. The first to which both came makes the pairing ACTIVE.
    pub async fn record_session(
        self,
        actor: &Actor,
        command: RecordMentoringSession,
    ) -> Result<(Pairing, MentoringSession), Failure<SessionRefusal>> {
        let id = self.core.id::<MentoringSessionId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "recordMentoringSession", input: &command };
        let earlier = self.core.claim::<_, SessionRefusal>(&mut *tx, actor, keyed, id).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::RecordMentoring, command.pairing).await?;
        if let Some(earlier) = earlier {
            let session = tx.mentoring_session(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok((pairing, session));
        }
        let now = self.core.clock.now();
        let told = checked(&mut *tx, &pairing, command.told, now).await?;
        let mut sessions = tx.sessions_of(pairing.id).await?;
        if sessions.len() >= MOST_SESSIONS {
            return Err(SessionRefusal::TooMany(sessions.len()).into());
        }
        check_overlap(&sessions, &told)?;
        let session = MentoringSession::recorded((id, pairing.id), told, (actor.employee(), now));
        sessions.push(session.clone());
        let event = MentoringEvent::SessionRecorded { pair: pairing.pair(), session: id };
        self.keep_session(tx, actor, (&mut pairing, &session), (&sessions, event)).await?;
        Ok((pairing, session))
    }

    /// Corrects what was recorded of a session.
    pub async fn correct_session(
        self,
        actor: &Actor,
        command: CorrectMentoringSession,
    ) -> Result<(Pairing, MentoringSession), Failure<SessionRefusal>> {
        let CorrectMentoringSession { id, expected_version, told } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (mut pairing, mut session) = self.session(&mut *tx, actor, Action::RecordMentoring, id).await?;
        check_version("session", Some(expected_version), session.version)?;
        let told = checked(&mut *tx, &pairing, told, self.core.clock.now()).await?;
        let mut sessions = tx.sessions_of(pairing.id).await?;
        sessions.retain(|other| other.id != id);
        check_overlap(&sessions, &told)?;
        if session.correct(told) {
            sessions.push(session.clone());
            let event = MentoringEvent::SessionCorrected { pair: pairing.pair(), session: id };
            self.keep_session(tx, actor, (&mut pairing, &session), (&sessions, event)).await?;
        }
        Ok((pairing, session))
    }

    /// A session with its pairing, for somebody who may do this to it. To those who may not see the pairing, it is not there.
    pub(super) async fn session(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        action: Action,
        id: MentoringSessionId,
    ) -> Result<(Pairing, MentoringSession), Fault> {
        let not_found = || Fault::not_found(id);
        let session = tx.mentoring_session(id).await?.ok_or_else(not_found)?;
        let opened = self.open(tx, actor, action, session.pairing).await;
        let pairing = opened.map_err(|fault| match fault {
            Fault::NotFound { .. } => not_found(),
            other => other,
        })?;
        // Read again: it may have changed before its mentee was locked.
        let session = tx.mentoring_session(id).await?.ok_or_else(not_found)?;
        Ok((pairing, session))
    }

    /// Writes a session, and what all of them come to for the pairing.
    async fn keep_session(
        self,
        mut tx: Box<dyn UnitOfWork>,
        actor: &Actor,
        (pairing, session): (&mut Pairing, &MentoringSession),
        (sessions, event): (&[MentoringSession], MentoringEvent),
    ) -> Result<(), Fault> {
        tx.save_session(session).await?;
        if pairing.count(sessions) {
            tx.save_pairings(std::slice::from_ref(pairing)).await?;
        }
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await
    }
}

async fn checked(
    tx: &mut dyn UnitOfWork,
    pairing: &Pairing,
    told: ToldSession,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<ToldSession, Failure<SessionRefusal>> {
    let goals: Vec<_> = tx.goals_of(pairing.id).await?.into_iter().map(|goal| goal.id).collect();
    Ok(told.checked(pairing, &goals, now)?)
}

fn check_overlap(sessions: &[MentoringSession], told: &ToldSession) -> Result<(), SessionRefusal> {
    match sessions.iter().find(|session| session.overlaps(told.span())) {
        Some(session) => Err(SessionRefusal::Overlaps(session.id)),
        None => Ok(()),
    }
}
