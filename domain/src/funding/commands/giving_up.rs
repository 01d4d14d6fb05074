//! Giving a place up.

use crate::access::Actor;
use crate::funding::giving_up::{GivenBack, kept};
use crate::funding::{Funding, FundingEvent, FundingRequest, ReasonCode};
use crate::kernel::Fault;
use crate::store::UnitOfWork;

impl Funding<'_> {
    /// Gives up the place of a locked request of whose price a share comes back, in basis points, in the transaction of the
    /// capability that knows the rule.
    pub(crate) async fn give_up_within(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        request: &mut FundingRequest,
        share: i32,
    ) -> Result<GivenBack, Fault> {
        if !request.holds_money() {
            return Ok(GivenBack::Nothing);
        }
        let stamp = self.stamp(tx, actor).await?;
        let mut budget = self.lock_budget(tx, request.budget).await?;
        request.check_held(&budget)?;
        let given = request.give_up(&mut budget, share, &stamp);
        let (given, entry) = given.map_err(|refusal| kept(&refusal, request))?;
        let Some(entry) = entry else { return Ok(given) };
        tx.save_request(request).await?;
        self.save_booked(tx, &budget, &[entry]).await?;
        let FundingRequest { id, employee, budget, amount, .. } = *request;
        let reason = ReasonCode::NoLongerNeeded;
        let event = match given {
            GivenBack::Nothing => return Ok(given),
            GivenBack::Promise => {
                FundingEvent::RequestCanceled { request: id, employee, budget, amount, reason }
            }
            GivenBack::PartOfPromise(released) => FundingEvent::CommitmentLowered {
                request: id,
                employee,
                budget,
                amount: request.promised(),
                released,
            },
            GivenBack::Paid(amount) => {
                FundingEvent::RequestRefunded { request: id, employee, budget, amount, reason }
            }
        };
        self.core.record(tx, actor, &[event]).await?;
        Ok(given)
    }
}
