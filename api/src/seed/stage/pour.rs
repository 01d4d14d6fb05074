//! Pouring: what stands on the stage is written into the real store, in the order in which rows refer to each other.

use upskill_domain::kernel::Fault;
use upskill_domain::store::UnitOfWork;

use super::{Props, Stage, lock};

/// Rows that are handed over at once.
const SLICE: usize = 10_000;

impl Stage {
    /// Writes everything in one transaction and leaves the stage empty.
    pub(in crate::seed) async fn pour(&self) -> Result<(), Fault> {
        let mut props = std::mem::take(&mut *lock(&self.props));
        let employer = props.employer.take().ok_or_else(|| Fault::inconsistent("the stage is empty"))?;
        let mut tx = self.real.begin(employer.id).await?;
        tx.insert_employer(&employer).await?;
        // Heads are people and people have departments: first the tree without heads, then the people, then the heads.
        let mut headless = props.departments.all().to_vec();
        for department in &mut headless {
            department.head = None;
        }
        tx.save_departments(&headless).await?;
        for people in props.employees.all().chunks(SLICE) {
            tx.save_employees(people).await?;
        }
        tx.save_departments(props.departments.all()).await?;
        for grant in &props.grants {
            tx.insert_grant(grant).await?;
        }
        tx.insert_skills(props.skills.all()).await?;
        tx.insert_job_profiles(props.job_profiles.all()).await?;
        tx.insert_job_requirements(&props.job_requirements).await?;
        tx.insert_job_assignments(&props.job_assignments).await?;
        tx.insert_providers(props.providers.all()).await?;
        tx.insert_courses(props.courses.all()).await?;
        tx.append_prices(&props.prices).await?;
        for (program, outline) in props.programs.all() {
            tx.save_program(program, outline).await?;
        }
        tx.save_participants(props.participants.all()).await?;
        for budget in props.budgets.all() {
            tx.insert_budget(budget).await?;
        }
        for (budget, person, since) in &props.owners {
            tx.insert_owners(*budget, &[*person], *since).await?;
        }
        for policy in props.policies.all() {
            tx.save_policy(policy).await?;
        }
        for requests in props.requests.all().chunks(SLICE) {
            let steps = requests.iter().filter_map(|request| props.steps.remove(&request.id)).flatten();
            let steps: Vec<_> = steps.collect();
            if !tx.insert_requests(requests, &steps).await? {
                return Err(Fault::inconsistent("the stage has two live requests about the same"));
            }
        }
        for comment in &props.comments {
            tx.insert_comment(comment).await?;
        }
        for decisions in props.decisions.chunks(SLICE) {
            tx.insert_decisions(decisions).await?;
        }
        for entries in props.ledger.chunks(SLICE) {
            tx.append_ledger(entries).await?;
        }
        pour_learning(&mut *tx, &mut props).await?;
        pour_mentoring(&mut *tx, &props).await?;
        pour_roi(&mut *tx, &props).await?;
        for entries in props.journal.chunks(SLICE) {
            tx.append_entries(entries).await?;
        }
        tx.commit().await
    }
}

/// Writes what people learn, and what they have shown.
async fn pour_learning(tx: &mut dyn UnitOfWork, props: &mut Props) -> Result<(), Fault> {
    for terms in props.terms.all() {
        tx.save_course_terms(terms).await?;
    }
    for enrollments in props.enrollments.all().chunks(SLICE) {
        if !tx.insert_enrollments(enrollments).await? {
            return Err(Fault::inconsistent("the stage has two enrollments in the same place"));
        }
        for assessment in enrollments.iter().filter_map(|one| props.assessments.remove(&one.id)).flatten() {
            tx.insert_assessment(&assessment).await?;
        }
        let times = enrollments.iter().filter_map(|one| props.learning_times.remove(&one.id)).flatten();
        tx.append_learning_times(&times.collect::<Vec<_>>()).await?;
    }
    for evidence in props.evidence.all() {
        tx.save_evidence(evidence).await?;
    }
    for known in props.told_completions.values() {
        if !tx.insert_known_completion(known).await? {
            return Err(Fault::inconsistent("the stage has the same completion twice"));
        }
    }
    tx.insert_follow_ups(props.follow_ups.all()).await?;
    let records: Vec<_> = std::mem::take(&mut props.skill_records).into_values().flatten().collect();
    tx.insert_skill_records(&records).await?;
    for feedback in props.feedback.all() {
        tx.save_feedback(feedback).await?;
    }
    Ok(())
}

/// Writes who mentors whom, and what they do together.
async fn pour_mentoring(tx: &mut dyn UnitOfWork, props: &Props) -> Result<(), Fault> {
    for mentor in props.mentors.all() {
        if !tx.insert_mentor(mentor).await? {
            return Err(Fault::inconsistent("the stage has two mentors who are the same person"));
        }
        if let Some(expertise) = props.expertise.get(&mentor.id) {
            tx.save_expertise(mentor.id, expertise).await?;
        }
    }
    for pairings in props.pairings.all().chunks(SLICE) {
        tx.save_pairings(pairings).await?;
    }
    for goal in props.goals.all() {
        tx.save_goal(goal).await?;
    }
    for session in props.sessions.all() {
        tx.save_session(session).await?;
    }
    for note in &props.notes {
        tx.insert_note(note).await?;
    }
    for (session, record) in &props.observations {
        tx.insert_observation(*session, *record).await?;
    }
    for feedback in props.pairing_feedback.all() {
        tx.save_pairing_feedback(feedback).await?;
    }
    Ok(())
}

/// Writes what hours cost, what programs brought, and the reports over both.
async fn pour_roi(tx: &mut dyn UnitOfWork, props: &Props) -> Result<(), Fault> {
    tx.save_cost_bands(props.bands.all()).await?;
    for band in props.bands.all() {
        let here = props.placed.iter().filter(|(_, placed)| **placed == band.id);
        let people: Vec<_> = here.map(|(person, _)| *person).collect();
        for people in people.chunks(SLICE) {
            tx.place_in_cost_band(people, Some(band.id)).await?;
        }
    }
    for benefit in props.benefits.all() {
        tx.save_benefit(benefit).await?;
    }
    for report in &props.reports {
        tx.insert_roi_report(report).await?;
    }
    Ok(())
}
