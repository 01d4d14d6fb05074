//! Reports about groups of people: fields of the things that they are about.

mod loaders;
mod types;

pub(crate) use types::Reported;
