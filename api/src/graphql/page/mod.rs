//! Relay connections over keyset pages.

mod arguments;
mod connection;
mod listed;
mod order;

pub(crate) use arguments::PageArguments;
pub(crate) use connection::Connection;
pub(crate) use listed::{Listed, first_of, listed};
pub(crate) use order::{OrderBy, OrderDirection};
