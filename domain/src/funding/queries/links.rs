//! What a link would decide.

use crate::access::Scope;
use crate::funding::{ActionLink, Funding, LinkClaims, LinkPreview, RedeemRefusal};
use crate::kernel::{EmployeeId, Failure, Fault};

impl Funding<'_> {
    /// What a link would decide. Nothing is written: programs that look into mail follow links too.
    pub async fn preview_action_link(
        self,
        claims: LinkClaims,
        digest: &str,
    ) -> Result<LinkPreview, Failure<RedeemRefusal>> {
        let mut tx = self.core.store.look(claims.employer).await?;
        let link = ActionLink::named(tx.action_link(claims.link).await?, claims.verdict, digest)?;
        // What follows is read elsewhere; no connection is kept waiting meanwhile.
        drop(tx);
        let (scope, reads) = (Scope::all(claims.employer), self.core.store.reads());
        let requests = reads.requests_by_id(scope, &[link.request]).await?;
        let request = requests.into_iter().next().ok_or_else(|| Fault::not_found(link.request))?;
        let people = reads.colleagues_by_id(scope, &[request.employee, link.person]).await?;
        let name = |id: EmployeeId| {
            let person = people.iter().find(|person| person.id == id);
            person.map(|person| person.name.clone()).unwrap_or_default()
        };
        Ok(LinkPreview {
            verdict: claims.verdict,
            request: request.id,
            requester: name(request.employee),
            approver: name(link.person),
            spent: link.check(&request, self.core.clock.now()).err(),
            title: request.offer.title,
            amount: request.amount,
            purpose: request.purpose,
            expires_at: link.expires_at,
        })
    }
}
