//! Sections: every kind of record that names a person, is about them or holds their words.

use super::DataClass;
use super::DataClass::{
    Access, Activity, Assessment, Employment, Funding, Identity, Journal, Learning, Opinion, Skills,
};
use super::Fate::{self, Erased, Pseudonymized, Retained};

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Section {
    /// What it is called in exports and reports.
    pub name: &'static str,
    /// What sort of thing it tells.
    pub class: DataClass,
    /// What becomes of it when the person is erased.
    pub fate: Fate,
    /// What it holds, in words.
    pub holds: &'static str,
}

const fn section(name: &'static str, class: DataClass, fate: Fate, holds: &'static str) -> Section {
    Section { name, class, fate, holds }
}

/// Every section, in the order in which an export tells them. What others said of somebody is theirs where it is about the
/// person; what the person did for others names those by id only.
pub const SECTIONS: &[Section] = &[
    section("person", Identity, Erased, "who you are"),
    section("employment", Employment, Pseudonymized, "the terms of your work"),
    section("departmentsHeaded", Employment, Pseudonymized, "departments that you head"),
    section("peopleManaged", Employment, Pseudonymized, "people who report to you, by id"),
    section("rolesHeld", Access, Erased, "roles that were granted to you"),
    section("absences", Employment, Erased, "days on which you are away"),
    section("costBand", Employment, Pseudonymized, "the band by which your hours are costed"),
    section("programParticipations", Learning, Pseudonymized, "programs that you take part in"),
    section("fundingRequests", Funding, Retained, "funding that you asked for"),
    section("fundingEntries", Funding, Retained, "what was booked for your requests"),
    section("approvalSteps", Funding, Pseudonymized, "who was to decide your requests"),
    section("decisionsOnRequests", Funding, Pseudonymized, "what was decided about your requests"),
    section("commentsOnRequests", Opinion, Erased, "what was said of your requests"),
    section("enrollments", Learning, Pseudonymized, "courses that you take or took"),
    section("learningTime", Learning, Pseudonymized, "time that you spent learning"),
    section("assessments", Assessment, Erased, "your results"),
    section("evidence", Assessment, Erased, "what was handed in for you"),
    section("completionsTold", Learning, Erased, "what other systems told of your courses"),
    section("followUps", Learning, Pseudonymized, "whether you apply what you learned"),
    section("courseFeedback", Opinion, Pseudonymized, "what you said of courses"),
    section("followUpsAsked", Activity, Pseudonymized, "whether your mentees apply what they learned"),
    section("mentorProfile", Skills, Pseudonymized, "what you offer as a mentor"),
    section("mentoredSkills", Skills, Erased, "skills in which you help others"),
    section("mentoredLanguages", Skills, Erased, "languages in which you help others"),
    section("pairingsAsMentee", Learning, Pseudonymized, "who mentors you"),
    section("pairingsAsMentor", Learning, Pseudonymized, "whom you mentor"),
    section("pairingsProposed", Activity, Pseudonymized, "pairings that you proposed"),
    section("mentoringGoals", Learning, Pseudonymized, "what you want to reach with your mentor"),
    section("mentoringGoalsSet", Activity, Pseudonymized, "goals that you put down"),
    section("mentoringSessions", Learning, Pseudonymized, "meetings with your mentor"),
    section("mentoringSessionsGiven", Learning, Pseudonymized, "meetings with your mentees"),
    section("mentoringSessionsRecorded", Activity, Pseudonymized, "meetings that you put down"),
    section("mentoringNotes", Opinion, Erased, "what was noted of meetings with your mentor"),
    section("mentoringNotesWritten", Opinion, Erased, "what you noted of meetings"),
    section("skillsObserved", Skills, Erased, "in which meetings a mentor saw what you apply"),
    section("pairingFeedback", Opinion, Pseudonymized, "what you said of mentoring"),
    section("skillRecords", Skills, Erased, "what is said of your skills"),
    section("jobAssignments", Skills, Erased, "jobs that you have or had"),
    section("learningFigures", Learning, Pseudonymized, "what was counted of you for figures of groups"),
    section("approvalsAsked", Activity, Pseudonymized, "steps that were for you to decide"),
    section("approvalsHandedOn", Activity, Pseudonymized, "steps that went from you to the next in line"),
    section("decisionsMade", Activity, Pseudonymized, "what you decided"),
    section("decisionsOnYourBehalf", Activity, Pseudonymized, "what others decided in your name"),
    section("commentsWritten", Opinion, Erased, "what you said of requests"),
    section("delegationsGiven", Activity, Pseudonymized, "who decided in your name"),
    section("delegationsHeld", Activity, Pseudonymized, "in whose name you decided"),
    section("delegationsRecorded", Activity, Pseudonymized, "delegations that you put down"),
    section("actionLinks", Access, Erased, "links by which you could decide"),
    section("entriesBooked", Activity, Pseudonymized, "what you booked"),
    section("budgetsOwned", Activity, Erased, "budgets that you answer for"),
    section("budgetsClosed", Activity, Pseudonymized, "budgets that you closed"),
    section("fundingPoliciesWritten", Activity, Pseudonymized, "funding policies that you wrote"),
    section("fundingPoliciesPublished", Activity, Pseudonymized, "funding policies that you put into force"),
    section("exchangeRatesSet", Activity, Pseudonymized, "exchange rates that you set"),
    section("coursePricesSet", Activity, Pseudonymized, "prices of courses that you set"),
    section("programsOwned", Activity, Pseudonymized, "programs that you answer for"),
    section("rolesGranted", Activity, Pseudonymized, "roles that you granted"),
    section("serviceAccountsCreated", Activity, Pseudonymized, "service accounts that you created"),
    section("absencesRecorded", Activity, Pseudonymized, "absences that you put down"),
    section("learningTimeRecorded", Activity, Pseudonymized, "time that you logged"),
    section("assessmentsRecorded", Activity, Pseudonymized, "results that you put down"),
    section("evidenceSubmitted", Activity, Pseudonymized, "evidence that you handed in"),
    section("evidenceVerified", Activity, Pseudonymized, "evidence that you looked at"),
    section("followUpsAnswered", Activity, Pseudonymized, "questions about applying that you answered"),
    section("skillRecordsMade", Activity, Pseudonymized, "what you said of skills"),
    section("jobAssignmentsMade", Activity, Pseudonymized, "jobs that you assigned"),
    section("jobRequirementsSet", Activity, Pseudonymized, "requirements of jobs that you set"),
    section("benefitsRecorded", Activity, Pseudonymized, "benefits of programs that you put down"),
    section("benefitsValidated", Activity, Pseudonymized, "benefits of programs that you confirmed"),
    section(
        "roiReportsCreated",
        Activity,
        Pseudonymized,
        "reports of the return on investment that you made",
    ),
    section("retries", Access, Erased, "keys by which your requests are safe to repeat, for about two days"),
    section("journalByYou", Journal, Pseudonymized, "what you did"),
    section("journalAboutYou", Journal, Pseudonymized, "what happened to you"),
];

impl Section {
    /// The section of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SECTIONS.iter().find(|section| section.name == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::privacy::Retention;

    #[test]
    fn sections_are_told_apart_by_name_and_only_books_are_retained() {
        let names: BTreeSet<_> = SECTIONS.iter().map(|section| section.name).collect();
        assert_eq!(names.len(), SECTIONS.len());
        for section in SECTIONS.iter().filter(|section| section.fate == Retained) {
            assert_eq!(section.class.retention(), Retention::Accounting, "{}", section.name);
        }
        assert_eq!(Section::named("person").map(|section| section.class), Some(Identity));
        assert_eq!(Section::named("nothing"), None);
    }
}
