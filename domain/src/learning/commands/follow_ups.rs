//! Asking whether what was learned is applied, telling who is asked, and taking the answer.

use chrono::NaiveDate;

use crate::access::{Action, Actor, Relation, policy};
use crate::kernel::{EmployeeId, Failure, Fault, FollowUpId, Text};
use crate::learning::follow_up::{Beside, Notice, closing_soon, scheduled};
use crate::learning::{
    AnswerFollowUpRefusal, Application, Enrollment, FollowUp, FollowUpAnswer, FollowUpStatus, Learning,
    LearningEvent, Obstacle, Respondent, ToldFollowUps,
};
use crate::organization::Employer;
use crate::store::UnitOfWork;

use super::Moment;

/// What somebody answers to a follow-up. Giving the same answer again changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone)]
pub struct AnswerFollowUp {
    /// Which one.
    pub id: FollowUpId,
    /// Whether it is applied on the job.
    pub application: Application,
    /// What stands in the way.
    pub obstacle: Option<Obstacle>,
    /// A remark.
    pub note: Option<String>,
}

impl Learning<'_> {
    /// Answers a follow-up. Nobody answers for somebody else; a manager's form is for whoever is the manager now.
    pub async fn answer_follow_up(
        self,
        actor: &Actor,
        command: AnswerFollowUp,
    ) -> Result<FollowUp, Failure<AnswerFollowUpRefusal>> {
        let AnswerFollowUp { id, application, obstacle, note } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut follow_up = tx.lock_follow_up(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let learner = tx.employees(&[follow_up.employee]).await?.pop();
        let manager = learner.as_ref().and_then(|learner| learner.colleague.manager);
        let by = respondent(actor, &follow_up, manager)?;
        if learner.is_none_or(|learner| learner.colleague.left) {
            return Err(AnswerFollowUpRefusal::LearnerLeft.into());
        }
        let note = Text::optional(note.as_deref(), Text::note);
        let note = note.map_err(AnswerFollowUpRefusal::InvalidNote)?;
        let Moment { at, today } = self.moment(&mut *tx).await?;
        if follow_up.take(FollowUpAnswer { application, obstacle, note, by, at }, today)? {
            tx.save_follow_up(&follow_up).await?;
            let FollowUp { enrollment, employee, respondent, .. } = follow_up;
            let event = LearningEvent::FollowUpAnswered { enrollment, employee, follow_up: id, respondent };
            self.core.record(&mut *tx, actor, &[event]).await?;
            tx.commit().await?;
        }
        Ok(follow_up)
    }

    /// Asks about an enrollment that was completed on a day, as far as there is still time to answer.
    pub(super) async fn schedule_follow_ups(
        self,
        tx: &mut dyn UnitOfWork,
        enrollment: &Enrollment,
        (completed_on, today): (NaiveDate, NaiveDate),
    ) -> Result<(), Fault> {
        let learner = tx.employees(&[enrollment.employee]).await?.pop();
        let Some(learner) = learner.filter(|learner| !learner.colleague.left) else { return Ok(()) };
        let about = (enrollment.id, enrollment.employee);
        let mentor = tx.mentor_in(enrollment.id).await?;
        let on = (completed_on, Beside { manager: learner.colleague.manager.is_some(), mentor });
        let mut follow_ups = scheduled(about, on, || self.core.id::<FollowUpId>());
        follow_ups.retain(|follow_up| follow_up.status(today) != FollowUpStatus::Missed);
        tx.insert_follow_ups(&follow_ups).await
    }

    /// Tells an employer's people of the follow-ups that are open, and again of those that close soon, `batch` at a time.
    ///
    /// Each is a transaction of its own that decides on what it has locked, so any number of workers may do this at once.
    /// One that somebody holds now is left to the next round, and one that fails stands in nobody's way.
    pub async fn tell_of_follow_ups(self, employer: &Employer, batch: u32) -> Result<ToldFollowUps, Fault> {
        let actor = Actor::system(employer.id, "follow-ups");
        let today = employer.day_of(self.core.clock.now());
        let days = (today, closing_soon(today));
        let mut done = ToldFollowUps::default();
        let mut beyond = None;
        loop {
            let reads = self.core.store.reads();
            let due = reads.follow_ups_to_tell(employer.id, days, beyond, batch.max(1)).await?;
            let Some(last) = due.last() else { return Ok(done) };
            beyond = Some(*last);
            for id in due {
                match self.tell(&actor, id).await {
                    Ok(Some(Notice::Opened)) => done.opened = done.opened.saturating_add(1),
                    Ok(Some(Notice::ClosesSoon)) => done.reminded = done.reminded.saturating_add(1),
                    Ok(None) => {}
                    Err(fault) => done.failed.push((id, fault)),
                }
            }
        }
    }

    async fn tell(self, actor: &Actor, id: FollowUpId) -> Result<Option<Notice>, Fault> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let Some(mut follow_up) = tx.lock_follow_up_if_free(id).await? else { return Ok(None) };
        let Moment { at, today } = self.moment(&mut *tx).await?;
        let Some(notice) = follow_up.notice(today) else { return Ok(None) };
        let Some(assignee) = assignee(&mut *tx, &follow_up).await? else { return Ok(None) };
        follow_up.tell(notice, at);
        tx.save_follow_up(&follow_up).await?;
        let FollowUp { enrollment, employee, closes_on, .. } = follow_up;
        let event = match notice {
            Notice::Opened => {
                LearningEvent::FollowUpOpened { enrollment, employee, follow_up: id, assignee, closes_on }
            }
            Notice::ClosesSoon => {
                LearningEvent::FollowUpReminded { enrollment, employee, follow_up: id, assignee, closes_on }
            }
        };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(Some(notice))
    }
}

/// Who is asked now: the learner, whoever they report to, or their mentor, unless the learner or the mentor has left.
async fn assignee(tx: &mut dyn UnitOfWork, follow_up: &FollowUp) -> Result<Option<EmployeeId>, Fault> {
    let people: Vec<_> = [follow_up.employee].into_iter().chain(follow_up.mentor).collect();
    let mut here = tx.employees(&people).await?;
    here.retain(|person| !person.colleague.left);
    let learner = here.iter().find(|person| person.id() == follow_up.employee);
    Ok(learner.and_then(|learner| match follow_up.respondent {
        Respondent::Learner => Some(follow_up.employee),
        Respondent::Manager => learner.colleague.manager,
        Respondent::Mentor => {
            follow_up.mentor.filter(|mentor| here.iter().any(|person| person.id() == *mentor))
        }
    }))
}

/// The actor, if it is them who is asked. To those who may not see the follow-up, it is not there.
fn respondent(actor: &Actor, follow_up: &FollowUp, manager: Option<EmployeeId>) -> Result<EmployeeId, Fault> {
    let not_found = || Fault::not_found(follow_up.id);
    let person = actor.employee().ok_or_else(not_found)?;
    let learns = person == follow_up.employee;
    let manages = follow_up.respondent == Respondent::Manager && manager == Some(person);
    let mentors = follow_up.mentor == Some(person);
    let answered = follow_up.answer.as_ref().is_some_and(|answer| answer.by == person);
    let asked: &[Relation] = match follow_up.respondent {
        Respondent::Learner if learns => &[Relation::Oneself],
        Respondent::Manager if manages => &[Relation::LineManager],
        Respondent::Mentor if mentors => &[Relation::Mentor],
        _ => &[],
    };
    if policy::basis(actor, Action::AnswerFollowUp, asked).is_none() {
        let sees: &[Relation] = match (learns, manages || answered) {
            (true, _) => &[Relation::Oneself],
            (false, true) => &[Relation::LineManager],
            (false, false) => &[],
        };
        policy::basis(actor, Action::ReadFollowUps, sees).ok_or_else(not_found)?;
        policy::require(actor, Action::AnswerFollowUp, asked)?;
    }
    Ok(person)
}
