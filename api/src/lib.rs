//! Upskill's GraphQL API: the server, the worker and the command line.
//!
//! * [`http`]: the wire; knows GraphQL over HTTP, limits and telemetry, nothing of the schema
//! * [`graphql`]: the schema, a module per capability
//! * `live`: what happens, passed on to those who follow it
//! * `accounts`: service accounts at the door
//! * [`auth`]: from a bearer token to a person's name; nothing about permissions
//! * [`actions`]: links that decide, and `redeem`: what becomes of them
//! * `downloads`: statements, reports, and what is kept of a person, as files
//! * [`worker`]: what happens without anybody asking
//! * [`import`]: files that come in
//! * [`system`]: where time, ids and random bits come from
//! * [`seed`]: a believable employer to try everything with
//! * [`installation`]: all of it put together over one database, as `main` and the tests mount it

mod accounts;
pub mod actions;
pub mod auth;
pub mod config;
mod downloads;
pub mod graphql;
pub mod http;
pub mod import;
pub mod installation;
mod live;
mod redeem;
mod schema_executor;
mod secret_file;
pub mod seed;
pub mod system;
mod vitals;
pub mod worker;
