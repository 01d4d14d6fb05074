//! From rows to skills, and back.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{Fault, TypedId, WebAddress};
use upskill_domain::skills::{Skill, SkillKind};
use uuid::Uuid;

use super::entity::skill;
use crate::row::{Cells, Record};

impl Record for Skill {
    type Entity = skill::Entity;
    const COLUMNS: &'static [skill::Column] = {
        use skill::Column as C;
        &[C::Id, C::Name, C::Kind, C::Area, C::Uri]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            name: cells.take()?,
            kind: cells.word(SkillKind::named)?,
            area: cells.take()?,
            uri: cells.read_or_none(WebAddress::parse)?,
        })
    }
}

pub(super) fn skill_row(employer: Uuid, skill: &Skill) -> skill::ActiveModel {
    skill::ActiveModel {
        employer_id: Set(employer),
        id: Set(skill.id.uuid()),
        name: Set(skill.name.clone()),
        name_key: Set(skill.key()),
        kind: Set(skill.kind.name().to_owned()),
        area: Set(skill.area.clone()),
        uri: Set(skill.uri.clone().map(String::from)),
    }
}
