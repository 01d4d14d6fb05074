//! Links that decide.

use async_graphql::SimpleObject;
use upskill_domain::funding as domain;

use crate::graphql::scalars::DateTime;

/// Two links by which one person decides one step of a request, once and with one of them. Whoever holds one decides as that
/// person, so they belong into a message to that person and nowhere else.
#[derive(SimpleObject)]
pub(crate) struct ActionLinkPair {
    /// The path of the link that approves, below the address of this API.
    approve_path: String,
    /// The path of the link that rejects, below the address of this API. A rejection says its reason when it is used.
    reject_path: String,
    /// The version of the request for which they hold.
    request_version: i32,
    /// From when on they do nothing any more.
    expires_at: DateTime,
}

impl From<domain::IssuedLinks> for ActionLinkPair {
    fn from(issued: domain::IssuedLinks) -> Self {
        let path = |token: &str| format!("/actions/{token}");
        Self {
            approve_path: path(&issued.approve),
            reject_path: path(&issued.reject),
            request_version: issued.link.request_version,
            expires_at: DateTime(issued.link.expires_at),
        }
    }
}
