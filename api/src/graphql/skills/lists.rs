//! How the lists of skills are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Direction, Fault, Page, PageRequest};
use upskill_domain::skills::{SkillFilter, SkillOrder};

use super::types::Skill;
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::Listed;

impl Listed for Skill {
    const NAME: &'static str = "Skill";
    type Filter = SkillFilter;
    type Order = (SkillOrder, Direction);
    type With = ();

    fn with(_: &Selection<'_>) {}

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        (): Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.skills().skills(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.skills().count_skills(actor, lists).await
    }
}
