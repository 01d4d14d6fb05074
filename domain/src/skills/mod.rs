//! Skills: the words in which courses say what they teach and programs say what they aim at.
//!
//! A skill is one word of the employer's vocabulary, named once: two names that differ only in case or spacing are the
//! same skill. It may point to a public concept (ESCO and others) by its address, so that words of two employers can
//! be compared. How well somebody masters a skill is a [`SkillLevel`] from 1 to 5.

mod commands;
mod event;
mod level;
mod ports;
mod queries;
mod skill;

pub use commands::{CreateSkill, CreateSkillRefusal, Skills};
pub use event::SkillEvent;
pub use level::SkillLevel;
pub use ports::{SkillFilter, SkillReads, SkillWrites};
pub use skill::{Skill, SkillKind, SkillOrder};
