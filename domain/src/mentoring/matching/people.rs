//! People for the tests of matching: numbered, and the same in everything that a test does not name.

use uuid::Uuid;

use crate::kernel::{DepartmentId, EmployeeId, LanguageTag, MentorId, SkillId, TypedId};
use crate::skills::SkillLevel;

use super::{OpenMentor, SeekingMentee, WantedSkill, WorkingHours};

fn id<I: TypedId>(number: u32) -> I {
    I::from_uuid(Uuid::from_u128(number.into()))
}

pub(super) fn employee_id(number: u32) -> EmployeeId {
    id(number)
}

pub(super) fn mentor_id(number: u32) -> MentorId {
    id(number)
}

pub(super) fn skill_id(number: u32) -> SkillId {
    id(number)
}

pub(super) fn level(number: i32) -> SkillLevel {
    SkillLevel::new(number).unwrap_or_else(|error| panic!("{error}"))
}

fn languages<'a>(tags: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = LanguageTag> {
    tags.into_iter().map(|tag| LanguageTag::parse(tag).unwrap_or_else(|error| panic!("{error}")))
}

/// Employee of that number, in a department of the same number, who holds level 2 of skill 1 and wants level 4.
pub(super) fn mentee(number: u32) -> SeekingMentee {
    let mentee = SeekingMentee {
        employee: employee_id(number),
        skills: [].into(),
        languages: languages(["en"]).collect(),
        hours: WorkingHours::office(0),
        department: id(number),
        line: Vec::new(),
        ended_before: [].into(),
    };
    wanting(mentee, &[(1, 2, 4)])
}

/// Mentor and employee of that number, in a department of the same number, who mentors skill 1 up to level 4 and has two
/// places free.
pub(super) fn mentor(number: u32) -> OpenMentor {
    let mentor = OpenMentor {
        mentor: mentor_id(number),
        employee: employee_id(number),
        skills: [].into(),
        languages: languages(["en"]).collect(),
        hours: WorkingHours::office(0),
        department: id::<DepartmentId>(number),
        line: Vec::new(),
        capacity: 2,
        places_taken: 0,
    };
    teaching(mentor, &[(1, 4)])
}

/// Skills with the level that is held, 0 for none, and the one that is wanted.
pub(super) fn wanting(mentee: SeekingMentee, skills: &[(u32, i32, i32)]) -> SeekingMentee {
    let wanted = |(skill, held, wanted): &(u32, i32, i32)| {
        let wanted = WantedSkill { held: SkillLevel::new(*held).ok(), wanted: level(*wanted) };
        (skill_id(*skill), wanted)
    };
    SeekingMentee { skills: skills.iter().map(wanted).collect(), ..mentee }
}

pub(super) fn teaching(mentor: OpenMentor, skills: &[(u32, i32)]) -> OpenMentor {
    let skills = skills.iter().map(|(skill, up_to)| (skill_id(*skill), level(*up_to))).collect();
    OpenMentor { skills, ..mentor }
}

pub(super) fn speaking(mentee: SeekingMentee, tags: &[&str]) -> SeekingMentee {
    SeekingMentee { languages: languages(tags.iter().copied()).collect(), ..mentee }
}

pub(super) fn mentoring_in(mentor: OpenMentor, tags: &[&str]) -> OpenMentor {
    OpenMentor { languages: languages(tags.iter().copied()).collect(), ..mentor }
}

/// The managers above, the nearest first.
pub(super) fn reports_to(mentee: SeekingMentee, managers: &[u32]) -> SeekingMentee {
    SeekingMentee { line: managers.iter().map(|number| employee_id(*number)).collect(), ..mentee }
}

/// The managers above a mentor, the nearest first.
pub(super) fn under(mentor: OpenMentor, managers: &[u32]) -> OpenMentor {
    OpenMentor { line: managers.iter().map(|number| employee_id(*number)).collect(), ..mentor }
}

pub(super) fn ended_before(mentee: SeekingMentee, mentor: MentorId) -> SeekingMentee {
    SeekingMentee { ended_before: [mentor].into(), ..mentee }
}

pub(super) fn with_places(mentor: OpenMentor, capacity: i32, places_taken: i32) -> OpenMentor {
    OpenMentor { capacity, places_taken, ..mentor }
}
