//! What can be asked about mentoring.

mod sessions;

use chrono::NaiveDate;

use crate::access::{Action, Actor, Scope, policy};
use crate::kernel::{Direction, EmployeeId, EmployerId, Fault, MentorId, Page, PageRequest, PairingId};

use super::{
    Expertise, Mentor, MentorFilter, MentorOrder, Mentoring, Pairing, PairingFeedback, PairingFilter,
    PairingHealth, PairingOrder, PlacesBreak,
};

impl Mentoring<'_> {
    /// Mentors by id.
    pub async fn mentors_by_id(self, actor: &Actor, ids: &[MentorId]) -> Result<Vec<Mentor>, Fault> {
        match policy::scope(actor, Action::ReadMentors) {
            Some(scope) => self.core.store.reads().mentors_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The profiles of people.
    pub async fn mentors_by_employee(
        self,
        actor: &Actor,
        people: &[EmployeeId],
    ) -> Result<Vec<Mentor>, Fault> {
        match policy::scope(actor, Action::ReadMentors) {
            Some(scope) => self.core.store.reads().mentors_by_employee(scope, people).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of mentors.
    pub async fn mentors(
        self,
        actor: &Actor,
        lists: &[MentorFilter],
        order: (MentorOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Mentor>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadMentors)?;
        self.core.store.reads().mentors(scope, lists, order, page).await
    }

    /// How many mentors each list has.
    pub async fn count_mentors(self, actor: &Actor, lists: &[MentorFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadMentors)?;
        self.core.store.reads().count_mentors(scope, lists).await
    }

    /// In what mentors help.
    pub async fn expertise_by_mentor(
        self,
        actor: &Actor,
        ids: &[MentorId],
    ) -> Result<Vec<(MentorId, Expertise)>, Fault> {
        match policy::scope(actor, Action::ReadMentors) {
            Some(scope) => self.core.store.reads().expertise_by_mentor(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// Pairings by id, as far as the actor may see them.
    pub async fn pairings_by_id(self, actor: &Actor, ids: &[PairingId]) -> Result<Vec<Pairing>, Fault> {
        match policy::scope(actor, Action::ReadPairings) {
            Some(scope) => self.core.store.reads().pairings_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of pairings, as far as the actor may see them.
    pub async fn pairings(
        self,
        actor: &Actor,
        lists: &[PairingFilter],
        order: (PairingOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Pairing>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadPairings)?;
        self.core.store.reads().pairings(scope, lists, order, page).await
    }

    /// How many pairings each list has.
    pub async fn count_pairings(self, actor: &Actor, lists: &[PairingFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadPairings)?;
        self.core.store.reads().count_pairings(scope, lists).await
    }

    /// How many goals of pairings are overdue today, as far as the actor may see them; pairings without any are left out.
    pub async fn overdue_goals(
        self,
        actor: &Actor,
        pairings: &[PairingId],
    ) -> Result<Vec<(PairingId, u64)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadPairings) else { return Ok(Vec::new()) };
        let today = self.today(actor).await?;
        self.core.store.reads().overdue_goals(scope, pairings, today).await
    }

    /// How a pairing goes now, if two who do not meet for more than some days are quiet.
    pub fn health(self, pairing: &Pairing, goals_overdue: u64, quiet_after_days: u32) -> PairingHealth {
        PairingHealth::of(pairing, goals_overdue, (self.core.clock.now(), quiet_after_days))
    }

    /// What was said of pairings, as far as the actor may see it.
    pub async fn feedback_by_pairing(
        self,
        actor: &Actor,
        pairings: &[PairingId],
    ) -> Result<Vec<PairingFeedback>, Fault> {
        match policy::scope(actor, Action::ReadMentoringFeedback) {
            Some(scope) => self.core.store.reads().feedback_by_pairing(scope, pairings).await,
            None => Ok(Vec::new()),
        }
    }

    /// Checks that the places of an employer's mentors are those that their pairings take (M1). How many mentors hold, or the
    /// first one that does not.
    pub async fn verify(self, employer: EmployerId) -> Result<Result<u64, PlacesBreak>, Fault> {
        let reads = self.core.store.reads();
        if let Some(broken) = reads.places_break(employer).await? {
            return Ok(Err(broken));
        }
        let everybody = [MentorFilter::default()];
        let counted = reads.count_mentors(Scope::all(employer), &everybody).await?;
        Ok(Ok(counted.into_iter().sum()))
    }

    /// The day it is at the actor's employer.
    async fn today(self, actor: &Actor) -> Result<NaiveDate, Fault> {
        Ok(self.core.employer(actor).await?.day_of(self.core.clock.now()))
    }
}
