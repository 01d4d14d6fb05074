//! How the lists of the journal are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::journal::JournalFilter;
use upskill_domain::kernel::{Direction, Fault, Page, PageRequest};

use super::types::JournalEntry;
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::Listed;

impl Listed for JournalEntry {
    const NAME: &'static str = "JournalEntry";
    type Filter = JournalFilter;
    type Order = Direction;
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
        let pages = app.journal().entries(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.journal().count_entries(actor, lists).await
    }
}
