//! Files that are sent while they are read: the statement of a budget, reports, the return on investment, and what is kept
//! of a person.
//!
//! Each asks the domain what GraphQL asks, page by page and for the same actor, so a file tells nobody more than an answer
//! does and takes the same memory however long it is. The first page is read before anything is sent: who may not have the
//! file is refused with a status.

mod budget_reports;
mod personal_data;
mod reports;
mod roi_departments;
mod roi_reports;
mod sheet;
mod skills_reports;
mod span;
mod statement;
mod things;

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{PageRequest, Position};

use crate::graphql::ApiError;
use crate::http::{Download, NoDownload, Wanted, codes};

/// Rows read at a time.
const PAGE: u32 = 500;

/// A list that is read page by page.
#[async_trait]
trait Pages: Send + 'static {
    /// The next rows as lines; nothing when there are no more.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError>;
}

/// How far a list was read.
#[derive(Default)]
enum Place {
    #[default]
    Start,
    Beyond(Position),
    End,
}

impl Place {
    /// The page that follows, if one does.
    fn request(&self) -> Option<PageRequest> {
        let beyond = match self {
            Self::Start => None,
            Self::Beyond(position) => Some(position.clone()),
            Self::End => return None,
        };
        Some(PageRequest { beyond, ..PageRequest::first(PAGE) })
    }

    /// Where a page ends that was read.
    fn after(last: Option<Position>, more: bool) -> Self {
        last.filter(|_| more).map_or(Self::End, Self::Beyond)
    }
}

/// Opens a file for somebody who may have it.
pub(crate) async fn open(app: App, actor: Arc<Actor>, wanted: Wanted) -> Result<Download, NoDownload> {
    match wanted {
        Wanted::Statement(of) => statement::open(app, actor, of).await,
        Wanted::Reports(of) => reports::open(app, actor, &of).await,
        Wanted::SkillsReports => skills_reports::open(app, actor).await,
        Wanted::BudgetReports(of) => budget_reports::open(app, actor, &of).await,
        Wanted::RoiReports => roi_reports::open(app, actor).await,
        Wanted::RoiDepartments => roi_departments::open(app, actor).await,
        Wanted::PersonalData(of) => personal_data::open(app, actor, &of).await,
    }
}

/// A file of a line of column names and the rows of a list.
async fn file(
    name: String,
    columns: impl IntoIterator<Item: AsRef<[u8]>>,
    mut pages: impl Pages,
) -> Result<Download, NoDownload> {
    let mut first = sheet::rows([columns]).map_err(told)?;
    first.extend(pages.next().await.map_err(told)?.unwrap_or_default());
    let following = stream::try_unfold(pages, |mut pages| async move {
        let page = pages.next().await.map_err(|error| io::Error::other(error.into_message()))?;
        Ok::<_, io::Error>(page.map(|page| (page, pages)))
    });
    let content = stream::once(async { Ok(first) }).chain(following.into_stream()).boxed();
    Ok(Download { name, content_type: "text/csv; charset=utf-8", content })
}

fn bad_input(message: String) -> NoDownload {
    NoDownload { code: codes::BAD_USER_INPUT, message }
}

fn not_found(message: String) -> NoDownload {
    NoDownload { code: codes::NOT_FOUND, message }
}

fn told(error: ApiError) -> NoDownload {
    NoDownload { code: error.code(), message: error.into_message() }
}
