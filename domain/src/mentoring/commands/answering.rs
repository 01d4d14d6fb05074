//! Accepting and declining proposals.

use crate::access::{Action, Actor};
use crate::kernel::{Failure, Fault, MentorId, PairingId, Text};
use crate::mentoring::{
    AcceptPairingRefusal, DeclinePairingRefusal, DeclineReason, EndReason, Mentor, Mentoring, MentoringEvent,
    Pairing, PairingStatus,
};
use crate::store::UnitOfWork;

use super::{Moment, among};

/// A proposal to accept. Accepting again changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone, Copy)]
pub struct AcceptPairing {
    /// Which one.
    pub id: PairingId,
}

/// A proposal to decline, or to take back.
#[derive(Debug, Clone)]
pub struct DeclinePairing {
    /// Which one.
    pub id: PairingId,
    /// Why.
    pub reason: DeclineReason,
    /// The same in words.
    pub note: Option<String>,
}

impl Mentoring<'_> {
    /// The mentor or the mentee agrees. When both have, the mentee's other proposals about the same give way, and so does
    /// the pairing that this one replaces; their places are free again (M3).
    pub async fn accept_pairing(
        self,
        actor: &Actor,
        command: AcceptPairing,
    ) -> Result<Pairing, Failure<AcceptPairingRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::AcceptPairing, command.id).await?;
        let nobody = || Fault::Forbidden("only the mentor and the mentee agree".to_owned());
        let person = actor.employee().ok_or_else(nobody)?;
        let side = pairing.side_of(person).ok_or_else(nobody)?;
        let people = tx.employees(&[pairing.mentored_by, pairing.mentee]).await?;
        if people.iter().any(|person| person.colleague.left) {
            return Err(AcceptPairingRefusal::SomebodyLeft.into());
        }
        let mut others = tx.open_pairings(&[pairing.mentee]).await?;
        others.retain(|other| other.id != pairing.id);
        let mut mentors = mentors_of(&mut *tx, &pairing, &others).await?;
        let moment @ Moment { at, today } = self.moment(&mut *tx).await?;
        let mentor = among(&mut mentors, pairing.mentor)?;
        if !pairing.accept(person, (mentor, &others), (at, today))? {
            return Ok(pairing);
        }
        let mut events = vec![MentoringEvent::Agreed { pair: pairing.pair(), side }];
        let mut changed = Vec::new();
        if pairing.status == PairingStatus::Accepted {
            events.push(MentoringEvent::Accepted { pair: pairing.pair() });
            changed = give_way(&pairing, others, &mut mentors, moment)?;
            events.extend(changed.iter().map(|other| gave_way(other, &pairing)));
        }
        // A mentee has one running pairing about the same, so the one that ends is written before the one that begins.
        changed.push(pairing.clone());
        tx.save_mentors(&mentors).await?;
        tx.save_pairings(&changed).await?;
        self.core.record(&mut *tx, actor, &events).await?;
        tx.commit().await?;
        Ok(pairing)
    }

    /// Somebody whom a proposal concerns says no, or takes it back.
    pub async fn decline_pairing(
        self,
        actor: &Actor,
        command: DeclinePairing,
    ) -> Result<Pairing, Failure<DeclinePairingRefusal>> {
        let DeclinePairing { id, reason, note } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut pairing = self.open(&mut *tx, actor, Action::DeclinePairing, id).await?;
        let note = Text::optional(note.as_deref(), Text::note);
        let note = note.map_err(DeclinePairingRefusal::InvalidNote)?;
        let before = pairing.clone();
        pairing.decline((reason, note), self.core.clock.now())?;
        let event = MentoringEvent::Declined { pair: pairing.pair(), reason };
        self.keep(tx, actor, (&before, &pairing), event).await?;
        Ok(pairing)
    }
}

/// The mentors of a pairing and of others that may give way to it, locked in the order of their ids.
async fn mentors_of(
    tx: &mut dyn UnitOfWork,
    pairing: &Pairing,
    others: &[Pairing],
) -> Result<Vec<Mentor>, Fault> {
    let mut ids: Vec<MentorId> = others.iter().map(|other| other.mentor).chain([pairing.mentor]).collect();
    ids.sort();
    ids.dedup();
    tx.lock_mentors(&ids).await
}

/// Those of the others that give way to an accepted pairing; their places are free then.
fn give_way(
    accepted: &Pairing,
    others: Vec<Pairing>,
    mentors: &mut [Mentor],
    Moment { at, .. }: Moment,
) -> Result<Vec<Pairing>, Fault> {
    let mut changed = Vec::new();
    for mut other in others {
        let took_place = other.takes_place();
        if other.give_way_to(accepted, at) {
            if took_place {
                among(mentors, other.mentor)?.free_place();
            }
            changed.push(other);
        }
    }
    Ok(changed)
}

fn gave_way(other: &Pairing, accepted: &Pairing) -> MentoringEvent {
    match other.status {
        PairingStatus::Ended => MentoringEvent::Ended { pair: other.pair(), reason: EndReason::Rematched },
        _ => MentoringEvent::Superseded { pair: other.pair(), by: accepted.id },
    }
}
