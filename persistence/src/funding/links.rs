//! Links that decide.

use async_trait::async_trait;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait};
use upskill_domain::funding::{ActionLink, DecisionOutcome, LinkWrites};
use upskill_domain::kernel::{ActionLinkId, Fault, TypedId};

use super::entity::action_link;
use crate::fault::OrFault;
use crate::row::{self, Cells, Record};
use crate::store::Tx;

impl Record for ActionLink {
    type Entity = action_link::Entity;
    const COLUMNS: &'static [action_link::Column] = {
        use action_link::Column as C;
        &[
            C::Id,
            C::RequestId,
            C::RequestVersion,
            C::PersonId,
            C::ApproveDigest,
            C::RejectDigest,
            C::IssuedAt,
            C::ExpiresAt,
            C::UsedAt,
            C::Outcome,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            request: cells.id()?,
            request_version: cells.take()?,
            person: cells.id()?,
            approve_digest: cells.take()?,
            reject_digest: cells.take()?,
            issued_at: cells.take()?,
            expires_at: cells.take()?,
            used_at: cells.take()?,
            outcome: cells.word_or_none(DecisionOutcome::named)?,
        })
    }
}

#[async_trait]
impl LinkWrites for Tx {
    async fn action_link(&mut self, id: ActionLinkId) -> Result<Option<ActionLink>, Fault> {
        let mut select = row::select::<ActionLink>("k", self.tenant());
        select.and_where(Expr::col(("k", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn insert_action_link(&mut self, link: &ActionLink) -> Result<(), Fault> {
        let row = action_link::ActiveModel {
            employer_id: Set(self.tenant()),
            id: Set(link.id.uuid()),
            request_id: Set(link.request.uuid()),
            request_version: Set(link.request_version),
            person_id: Set(link.person.uuid()),
            approve_digest: Set(link.approve_digest.clone()),
            reject_digest: Set(link.reject_digest.clone()),
            issued_at: Set(link.issued_at),
            expires_at: Set(link.expires_at),
            used_at: Set(link.used_at),
            outcome: Set(link.outcome.map(|outcome| outcome.name().to_owned())),
        };
        action_link::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn save_action_link(&mut self, link: &ActionLink) -> Result<(), Fault> {
        let mut update = self.update(action_link::Entity, link.id.uuid());
        update.values([
            ("used_at", link.used_at.into()),
            ("outcome", link.outcome.map(DecisionOutcome::name).into()),
        ]);
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }
}
