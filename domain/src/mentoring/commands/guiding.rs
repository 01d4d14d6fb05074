//! Interrupting mentoring, going on, and ending it.

use crate::access::{Action, Actor};
use crate::kernel::{Failure, PairingId, Text};
use crate::mentoring::{
    EndPairingRefusal, EndReason, GuidePairingRefusal, Mentoring, MentoringEvent, Pairing,
};

/// Mentoring to interrupt.
#[derive(Debug, Clone, Copy)]
pub struct PausePairing {
    /// Which.
    pub id: PairingId,
}

/// Mentoring to go on with.
#[derive(Debug, Clone, Copy)]
pub struct ResumePairing {
    /// Which.
    pub id: PairingId,
}

/// Mentoring that has done what it was for.
#[derive(Debug, Clone)]
pub struct CompletePairing {
    /// Which.
    pub id: PairingId,
    /// What is to be said of it.
    pub note: Option<String>,
}

/// Mentoring that ends before that.
#[derive(Debug, Clone)]
pub struct EndPairing {
    /// Which.
    pub id: PairingId,
    /// Why.
    pub reason: EndReason,
    /// The same in words.
    pub note: Option<String>,
}

impl Mentoring<'_> {
    /// Interrupts mentoring. The place stays taken.
    pub async fn pause_pairing(
        self,
        actor: &Actor,
        command: PausePairing,
    ) -> Result<Pairing, Failure<GuidePairingRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::GuidePairing, command.id).await?;
        let before = pairing.clone();
        pairing.pause(self.core.clock.now())?;
        let event = MentoringEvent::Paused { pair: pairing.pair() };
        self.keep(tx, actor, (&before, &pairing), event).await?;
        Ok(pairing)
    }

    /// Goes on with mentoring.
    pub async fn resume_pairing(
        self,
        actor: &Actor,
        command: ResumePairing,
    ) -> Result<Pairing, Failure<GuidePairingRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::GuidePairing, command.id).await?;
        let before = pairing.clone();
        pairing.resume()?;
        let event = MentoringEvent::Resumed { pair: pairing.pair() };
        self.keep(tx, actor, (&before, &pairing), event).await?;
        Ok(pairing)
    }

    /// Ends mentoring that has done what it was for.
    pub async fn complete_pairing(
        self,
        actor: &Actor,
        command: CompletePairing,
    ) -> Result<Pairing, Failure<EndPairingRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::GuidePairing, command.id).await?;
        let before = pairing.clone();
        pairing.complete(noted(command.note.as_deref())?, self.core.clock.now())?;
        let event = MentoringEvent::Completed { pair: pairing.pair() };
        self.keep(tx, actor, (&before, &pairing), event).await?;
        Ok(pairing)
    }

    /// Ends mentoring before that.
    pub async fn end_pairing(
        self,
        actor: &Actor,
        command: EndPairing,
    ) -> Result<Pairing, Failure<EndPairingRefusal>> {
        let EndPairing { id, reason, note } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::GuidePairing, id).await?;
        if reason.comes_by_itself() {
            return Err(EndPairingRefusal::ComesByItself(reason).into());
        }
        let before = pairing.clone();
        pairing.end((reason, noted(note.as_deref())?), self.core.clock.now())?;
        let event = MentoringEvent::Ended { pair: pairing.pair(), reason };
        self.keep(tx, actor, (&before, &pairing), event).await?;
        Ok(pairing)
    }
}

fn noted(note: Option<&str>) -> Result<Option<String>, EndPairingRefusal> {
    Text::optional(note, Text::note).map_err(EndPairingRefusal::InvalidNote)
}
