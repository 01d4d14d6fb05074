//! What is missing from the actor.

use crate::access::Actor;
use crate::funding::{
    Funding, FundingRequest, FundingTask, RequestFilter, RequestOrder, RequestStatus, RequestWith,
};
use crate::kernel::{Direction, Fault, FundingRequestId, PageRequest};

/// Requests that are looked through at most: a person has a few that are live.
const MOST_REQUESTS: u32 = 100;

impl Funding<'_> {
    /// What is missing from the actor for requests of their own, what was asked for first before the rest.
    pub async fn tasks(self, actor: &Actor) -> Result<Vec<FundingTask>, Fault> {
        let Some(person) = actor.employee() else { return Ok(Vec::new()) };
        let statuses =
            vec![RequestStatus::ChangesRequested, RequestStatus::Approved, RequestStatus::Committed];
        let filter = RequestFilter {
            statuses: Some(statuses),
            employees: Some(vec![person]),
            ..RequestFilter::default()
        };
        let order = (RequestOrder::SubmittedAt, Direction::Ascending);
        let page = PageRequest::first(MOST_REQUESTS);
        let pages = self.requests(actor, &[filter], order, &page, RequestWith::default()).await?;
        let cards = pages.into_iter().flat_map(|page| page.rows);
        let requests: Vec<FundingRequest> = cards.map(|placed| *placed.row.request).collect();
        let handed_back = requests.iter().filter(|request| request.status == RequestStatus::ChangesRequested);
        let handed_back: Vec<FundingRequestId> = handed_back.map(|request| request.id).collect();
        let decisions = if handed_back.is_empty() {
            Vec::new()
        } else {
            self.decisions_by_request(actor, &handed_back).await?
        };
        Ok(requests.into_iter().flat_map(|request| request.tasks(&decisions)).collect())
    }
}
