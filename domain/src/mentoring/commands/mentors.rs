//! Becoming a mentor, and changing the profile.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{EmployeeId, Failure, Fault, LanguageTag, MentorId, check_version};
use crate::mentoring::{
    Expertise, Mentor, MentorProfile, MentorRefusal, MentoredSkill, Mentoring, MentoringEvent,
};
use crate::store::UnitOfWork;

/// Somebody who becomes a mentor.
#[derive(Debug, Clone, Serialize)]
pub struct BecomeMentor {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Who; whoever asks when not given.
    pub employee: Option<EmployeeId>,
    /// What they offer.
    pub profile: MentorProfile,
}

/// A profile to change. What is `None` stays.
#[derive(Debug, Clone)]
pub struct ChangeMentor {
    /// Which one.
    pub id: MentorId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// What they say of themself; `Some(None)` for nothing.
    pub about: Option<Option<String>>,
    /// In which skills they help, all of them.
    pub skills: Option<Vec<MentoredSkill>>,
    /// The languages in which they mentor, all of them.
    pub languages: Option<Vec<LanguageTag>>,
    /// Where their working days begin.
    pub time_zone: Option<Tz>,
    /// How many mentees they have places for.
    pub capacity: Option<i32>,
    /// The first day on which they take somebody on.
    pub active_from: Option<NaiveDate>,
    /// The last one; `Some(None)` for none.
    pub active_to: Option<Option<NaiveDate>>,
}

impl ChangeMentor {
    /// The profile that the change leads to.
    fn over(self, mentor: &Mentor, expertise: Expertise) -> MentorProfile {
        let expertise = Expertise {
            skills: self.skills.unwrap_or(expertise.skills),
            languages: self.languages.unwrap_or(expertise.languages),
        };
        MentorProfile {
            about: self.about.unwrap_or_else(|| mentor.about.clone()),
            expertise,
            time_zone: self.time_zone,
            capacity: self.capacity.unwrap_or(mentor.capacity),
            active_from: self.active_from,
            active_to: self.active_to.unwrap_or(mentor.active_to),
        }
    }
}

impl Mentoring<'_> {
    /// Makes somebody a mentor.
    pub async fn become_mentor(
        self,
        actor: &Actor,
        command: BecomeMentor,
    ) -> Result<Mentor, Failure<MentorRefusal>> {
        let nobody = || Fault::Invalid {
            field: "employeeId",
            message: "say who becomes a mentor; the caller is no person".to_owned(),
        };
        let employee = command.employee.or(actor.employee()).ok_or_else(nobody)?;
        require_manage(actor, employee)?;
        let id = self.core.id::<MentorId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "becomeMentor", input: &command };
        if let Some(before) = self.core.claim::<_, MentorRefusal>(&mut *tx, actor, keyed, id).await? {
            let mentor = tx.lock_mentors(&[before]).await?.pop();
            return Ok(mentor.ok_or_else(|| Fault::not_found(before))?);
        }
        let person = tx.employees(&[employee]).await?.pop();
        if person.is_none_or(|person| person.colleague.left) {
            return Err(MentorRefusal::UnknownEmployee(employee).into());
        }
        let employer = tx.employer().await?;
        let today = employer.day_of(self.core.clock.now());
        let (mentor, expertise) = Mentor::new((id, employee), command.profile, (employer.time_zone, today))?;
        check_skills(&mut *tx, &expertise).await?;
        if !tx.insert_mentor(&mentor).await? {
            let known = tx.mentor_of(employee).await?.map_or(id, |known| known.id);
            return Err(MentorRefusal::AlreadyMentor(known).into());
        }
        tx.save_expertise(id, &expertise).await?;
        let event = MentoringEvent::BecameMentor { mentor: id, employee };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(mentor)
    }

    /// Changes a mentor's profile. Whom they mentor they go on to mentor.
    pub async fn change_mentor(
        self,
        actor: &Actor,
        command: ChangeMentor,
    ) -> Result<Mentor, Failure<MentorRefusal>> {
        let (id, expected) = (command.id, command.expected_version);
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut mentor = tx.lock_mentors(&[id]).await?.pop().ok_or_else(|| Fault::not_found(id))?;
        require_manage(actor, mentor.employee)?;
        check_version("mentor's profile", Some(expected), mentor.version)?;
        let known = tx.expertise_of(id).await?;
        let before = mentor.clone();
        let expertise = mentor.change(command.over(&before, known.clone()))?;
        check_skills(&mut *tx, &expertise).await?;
        let version = before.version;
        if expertise == known && (Mentor { version, ..mentor.clone() }) == before {
            return Ok(before);
        }
        tx.save_mentors(std::slice::from_ref(&mentor)).await?;
        tx.save_expertise(id, &expertise).await?;
        let event = MentoringEvent::MentorChanged { mentor: id, employee: mentor.employee };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(mentor)
    }
}

fn require_manage(actor: &Actor, employee: EmployeeId) -> Result<(), Fault> {
    let oneself: &[Relation] = if actor.employee() == Some(employee) { &[Relation::Oneself] } else { &[] };
    policy::require(actor, Action::ManageMentors, oneself).map(|_| ())
}

async fn check_skills(tx: &mut dyn UnitOfWork, expertise: &Expertise) -> Result<(), Failure<MentorRefusal>> {
    let ids: Vec<_> = expertise.skills.iter().map(|mentored| mentored.skill).collect();
    let there = tx.skills(&ids).await?;
    match ids.into_iter().find(|id| there.iter().all(|skill| skill.id != *id)) {
        Some(unknown) => Err(MentorRefusal::UnknownSkill(unknown).into()),
        None => Ok(()),
    }
}
