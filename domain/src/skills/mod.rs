//! Skills: the words in which courses say what they teach and programs what they aim at, and who masters them how well.
//!
//! A skill is one word of the employer's vocabulary, named once: two names that differ only in case or spacing are the
//! same skill. It may point to a public concept (ESCO and others) by its address, so that words of two employers can
//! be compared. How well somebody masters a skill is a [`SkillLevel`] from 1 to 5.
//!
//! A [`SkillRecord`] is what one kind of evidence says of one skill of one person from a day on. Records are only ever
//! added:
//!
//! * S3: every day has its own answer. Of each kind of evidence the record counts that began last, and of two that began
//!   on the same day the one that was recorded last, so a correction is a record for the same day.
//! * A record of no level ends what its kind said before; one with a last day ends by itself.
//! * Which kind counts when they disagree is the rule of [`held_on`]: what was proved is held at least, what others have
//!   observed may lie above it, and one's own word counts as long as nobody else has said anything.
//! * L2: what a completed course teaches is proved from that day on. A course below what was proved changes nothing.
//!
//! A [`JobProfile`] is a kind of job with the skills that it asks for, and people have one from a day on. Requirements and
//! assignments are only ever added too, so the gap between a job and a person has an answer for every day:
//!
//! * S1: of each skill as many levels are missing as are asked for and not held, never fewer than none: knowing one
//!   better makes up for no other.
//! * S2: a must-have is a gate, whatever the rest adds up to.
//!
//! Locks: whoever records something of a person takes that person, after everything else that the use case locks.

mod commands;
mod event;
mod evidence;
mod gap;
mod level;
mod ports;
mod profile;
mod queries;
mod record;
mod skill;
mod statement;

pub(crate) use commands::ShownSkills;
pub use commands::{
    AssessSkill, AssignJobProfiles, ChangeJobProfile, CreateJobProfile, CreateSkill, CreateSkillRefusal,
    JobAssignmentResult, Skills, StateSkill,
};
pub use event::SkillEvent;
pub use evidence::SkillEvidence;
pub use gap::{ProfileGap, SkillGap, SkillNeed};
pub(crate) use gap::{coverage, gaps, must_haves_met};
pub use level::SkillLevel;
pub use ports::{
    JobProfileFilter, JobProfileReads, JobProfileWrites, SkillFilter, SkillReads, SkillRecordFilter,
    SkillWrites,
};
pub use profile::{
    AssignJobProfilesRefusal, CreateJobProfileRefusal, JobAssignment, JobAssignmentRefusal, JobProfile,
    JobProfileOrder, JobProfileRefusal, JobRequirement, JobRequirements, assigned_on, required_on,
};
pub use queries::GapAsked;
pub(crate) use queries::grouped;
pub use record::{HeldSkill, SkillRecord, held_on};
pub use skill::{Skill, SkillKind, SkillOrder};
pub use statement::{AssessSkillRefusal, SkillStatement, StateSkillRefusal};
