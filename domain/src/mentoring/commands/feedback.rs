//! Saying something of a pairing.

use crate::access::{Action, Actor};
use crate::kernel::{Failure, Fault, PairingId, Text};
use crate::mentoring::{GivePairingFeedbackRefusal, Mentoring, MentoringEvent, Pairing, PairingFeedback};

/// What one of a pair says of it. Saying the same again changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone)]
pub struct GivePairingFeedback {
    /// Of which pairing.
    pub id: PairingId,
    /// How good it is, from 1 to 5.
    pub rating: i32,
    /// A remark.
    pub comment: Option<String>,
}

impl Mentoring<'_> {
    /// Says something of a pairing, or replaces what the same side said of it before. The other side does not read it.
    pub async fn give_pairing_feedback(
        self,
        actor: &Actor,
        command: GivePairingFeedback,
    ) -> Result<(Pairing, PairingFeedback), Failure<GivePairingFeedbackRefusal>> {
        let GivePairingFeedback { id, rating, comment } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let pairing = self.open(&mut *tx, actor, Action::GiveMentoringFeedback, id).await?;
        let nobody = || Fault::Forbidden("only the mentor and the mentee say something of it".to_owned());
        let by = actor.employee().ok_or_else(nobody)?;
        let side = pairing.side_of(by).ok_or_else(nobody)?;
        pairing.check_feedback(rating)?;
        let comment = Text::optional(comment.as_deref(), Text::note);
        let comment = comment.map_err(GivePairingFeedbackRefusal::InvalidComment)?;
        let feedback = PairingFeedback { pairing: id, side, by, rating, comment, at: self.core.clock.now() };
        let before = tx.pairing_feedback(id, side).await?;
        if let Some(before) = before.filter(|before| before.says_the_same(&feedback)) {
            return Ok((pairing, before));
        }
        tx.save_pairing_feedback(&feedback).await?;
        let event = MentoringEvent::FeedbackGiven { pair: pairing.pair(), side };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((pairing, feedback))
    }
}
