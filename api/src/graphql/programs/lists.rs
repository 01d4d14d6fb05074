//! How the lists of programs are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Direction, Fault, Page, PageRequest};
use upskill_domain::programs::{ParticipantFilter, ProgramFilter, ProgramOrder};

use super::types::{Participant, Program};
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::Listed;

impl Listed for Program {
    const NAME: &'static str = "Program";
    type Filter = ProgramFilter;
    type Order = (ProgramOrder, Direction);
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
        let pages = app.programs().programs(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.programs().count_programs(actor, lists).await
    }
}

impl Listed for Participant {
    const NAME: &'static str = "Participant";
    type Filter = ParticipantFilter;
    type Order = ();
    type With = ();

    fn with(_: &Selection<'_>) {}

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        (): Self::Order,
        request: &PageRequest,
        (): Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.programs().participants(actor, lists, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.programs().count_participants(actor, lists).await
    }
}
