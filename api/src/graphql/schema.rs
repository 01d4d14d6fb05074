//! The schema as a whole: the only place that knows every capability.

use async_graphql::{EmptySubscription, MergedObject, SDLExportOptions, ValidationMode};
use upskill_domain::app::App;

use super::{catalog, funding, journal, node, organization, programs, skills, viewer};

/// Everything that can be asked. Every field needs an identified caller.
#[derive(MergedObject, Default)]
pub struct Query(
    viewer::ViewerQueries,
    node::NodeQueries,
    organization::OrganizationQueries,
    skills::SkillQueries,
    catalog::CatalogQueries,
    programs::ProgramQueries,
    funding::FundingQueries,
    journal::JournalQueries,
);

/// Everything that can be done. The fields of one document run one after another, each in a transaction of its own:
/// one that is refused does not undo those before it.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organization::OrganizationMutations,
    skills::SkillMutations,
    catalog::CatalogMutations,
    programs::ProgramMutations,
    funding::FundingMutations,
);

/// The executable schema.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// The schema over the use cases. Depth, complexity and the like are bounded before execution (see `http`).
pub fn build(app: App, introspection: bool, validation: ValidationMode) -> Schema {
    let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription);
    let schema = schema.data(app).validation_mode(validation);
    if introspection {
        schema.finish()
    } else {
        schema.disable_introspection().disable_suggestions().finish()
    }
}

/// The schema in the schema definition language, as committed in `api/schema.graphql`.
pub fn sdl() -> String {
    let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish();
    schema.sdl_with_options(SDLExportOptions::new().include_specified_by())
}
