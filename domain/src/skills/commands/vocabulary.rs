//! Adding words to the vocabulary.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{Failure, Fault, Refusal, SkillId, Text, TextError, WebAddress};
use crate::skills::{Skill, SkillEvent, SkillKind, Skills};

/// A skill to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateSkill {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its name, unique within the employer without regard to case.
    pub name: String,
    /// What sort of thing it is.
    pub kind: SkillKind,
    /// The area to file it under.
    pub area: Option<String>,
    /// The public concept it stands for.
    pub uri: Option<WebAddress>,
}

/// Why a skill was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateSkillRefusal {
    /// The name is in use.
    #[error("a skill named '{0}' exists already; case and spacing make no difference")]
    NameTaken(String),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// The area cannot be taken.
    #[error("the area {0}")]
    InvalidArea(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateSkillRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NameTaken(_) | Self::InvalidName(_) => &["input", "name"],
            Self::InvalidArea(_) => &["input", "area"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl Skills<'_> {
    /// Adds a skill to the vocabulary.
    pub async fn create_skill(
        self,
        actor: &Actor,
        command: CreateSkill,
    ) -> Result<Skill, Failure<CreateSkillRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let id = self.core.id::<SkillId>();
        let keyed = Keyed { key: command.key.as_ref(), command: "createSkill", input: &command };
        if let Some(before) = self.core.claim::<_, CreateSkillRefusal>(&mut *tx, actor, keyed, id).await? {
            let found = tx.skills(&[before]).await?.pop();
            return Ok(found.ok_or_else(|| Fault::not_found(before))?);
        }
        let skill = decide(id, command)?;
        if tx.insert_skills(std::slice::from_ref(&skill)).await? == 0 {
            return Err(CreateSkillRefusal::NameTaken(skill.name).into());
        }
        let event = SkillEvent::Created { skill: skill.id, name: skill.name.clone() };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(skill)
    }
}

fn decide(id: SkillId, command: CreateSkill) -> Result<Skill, CreateSkillRefusal> {
    let name = Text::line(&command.name, Text::NAME).map_err(CreateSkillRefusal::InvalidName)?.into_string();
    let area = command.area.as_deref().map(|area| Text::line(area, Text::NAME)).transpose();
    let area = area.map_err(CreateSkillRefusal::InvalidArea)?.map(Text::into_string);
    Ok(Skill { id, name, kind: command.kind, area, uri: command.uri })
}
