//! What can be done to the catalog.

mod courses;
mod import;
mod offering;
mod providers;

use async_graphql::MergedObject;

/// Mutations of the catalog.
#[derive(MergedObject, Default)]
pub(crate) struct CatalogMutations(
    providers::ProviderMutations,
    courses::CourseMutations,
    offering::OfferingMutations,
    import::ImportMutations,
);
