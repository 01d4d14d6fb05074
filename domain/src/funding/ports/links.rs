//! How links that decide are stored.

use async_trait::async_trait;

use crate::funding::ActionLink;
use crate::kernel::{ActionLinkId, Fault};

/// Links within one employer's transaction.
#[async_trait]
pub trait LinkWrites: Send {
    /// A link, as it is.
    async fn action_link(&mut self, id: ActionLinkId) -> Result<Option<ActionLink>, Fault>;
    /// Adds links.
    async fn insert_action_link(&mut self, link: &ActionLink) -> Result<(), Fault>;
    /// Marks links as used. Whoever does it holds the lock of their request.
    async fn save_action_link(&mut self, link: &ActionLink) -> Result<(), Fault>;
}
