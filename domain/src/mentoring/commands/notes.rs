//! Writing something down about a session, for the pair.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, MentoringNoteId, MentoringSessionId, Text};
use crate::mentoring::session::MOST_NOTES;
use crate::mentoring::{Mentoring, MentoringEvent, MentoringNote, MentoringSession, NoteRefusal};

/// A note to add.
#[derive(Debug, Clone, Serialize)]
pub struct AddMentoringNote {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// About which session.
    pub session: MentoringSessionId,
    /// What.
    pub text: String,
}

impl Mentoring<'_> {
    /// Writes something down about a session. The mentor and the mentee read it, and nobody else.
    pub async fn add_note(
        self,
        actor: &Actor,
        command: AddMentoringNote,
    ) -> Result<(MentoringSession, MentoringNote), Failure<NoteRefusal>> {
        let id = self.core.id::<MentoringNoteId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "addMentoringNote", input: &command };
        let earlier = self.core.claim::<_, NoteRefusal>(&mut *tx, actor, keyed, id).await?;
        let (pairing, session) =
            self.session(&mut *tx, actor, Action::ShareMentoringNotes, command.session).await?;
        if let Some(earlier) = earlier {
            let note = tx.mentoring_note(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok((session, note));
        }
        let by = actor.employee().ok_or_else(|| Fault::Forbidden("only people write notes".to_owned()))?;
        let text = Text::note(&command.text).map_err(NoteRefusal::InvalidText)?.into_string();
        if tx.count_notes(session.id).await? >= MOST_NOTES {
            return Err(NoteRefusal::TooMany { most: MOST_NOTES }.into());
        }
        let note = MentoringNote {
            id,
            pairing: pairing.id,
            session: session.id,
            by,
            text,
            at: self.core.clock.now(),
        };
        tx.insert_note(&note).await?;
        let event = MentoringEvent::NoteAdded { pair: pairing.pair(), session: session.id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((session, note))
    }
}
