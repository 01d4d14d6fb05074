//! The schema as a whole: the only place that knows every capability.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, TypeKind, TypeSystemDefinition};
use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions, ValidationMode};
use upskill_domain::app::App;

use crate::actions::ActionLinks;

use super::{
    catalog, funding, integration, journal, learning, mentoring, node, organization, privacy, programs, roi,
    skills, viewer,
};

/// Everything that can be asked. Every field needs an identified caller.
#[derive(MergedObject, Default)]
pub struct Query(
    viewer::ViewerQueries,
    node::NodeQueries,
    organization::OrganizationQueries,
    organization::AbsenceQueries,
    skills::SkillQueries,
    catalog::CatalogQueries,
    programs::ProgramQueries,
    funding::FundingQueries,
    learning::LearningQueries,
    mentoring::MentoringQueries,
    roi::RoiQueries,
    privacy::PrivacyQueries,
    integration::IntegrationQueries,
    journal::JournalQueries,
);

/// Everything that can be done. The fields of one document run one after another, each in a transaction of its own:
/// one that is refused does not undo those before it.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organization::OrganizationMutations,
    organization::AbsenceMutations,
    skills::SkillMutations,
    catalog::CatalogMutations,
    programs::ProgramMutations,
    funding::FundingMutations,
    learning::LearningMutations,
    mentoring::MentoringMutations,
    roi::RoiMutations,
    privacy::PrivacyMutations,
    integration::IntegrationMutations,
);

/// Everything that can be followed, over a websocket that speaks graphql-transport-ws. A subscription has one of these
/// fields. Its events come in the order in which they happened, each as soon as it is sealed in the journal, about a
/// second after it happened. Whoever keeps the last cursor misses nothing by having been away.
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    viewer::ViewerSubscriptions,
    funding::FundingSubscriptions,
    journal::JournalSubscriptions,
);

/// The scalars that every schema has.
const SCALARS: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

/// The executable schema.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema over the use cases. Depth, complexity and the like are bounded before execution (see `http`).
pub fn build(app: App, links: Arc<ActionLinks>, introspection: bool, validation: ValidationMode) -> Schema {
    let schema = Schema::build(Query::default(), Mutation::default(), Subscription::default());
    let schema = schema.data(app).data(links).validation_mode(validation);
    if introspection {
        schema.finish()
    } else {
        schema.disable_introspection().disable_suggestions().finish()
    }
}

/// Lists whose length something else tells: the pages of connections, the results of batches, and the errors of a
/// mutation, which stops at its first.
const NOT_PLAIN: [&str; 4] = ["nodes", "edges", "results", "userErrors"];

/// The fields whose answer is a list of objects without pages, by name.
///
/// Connections name their length in each document; of these lists only the schema knows that they are lists.
pub fn lists() -> BTreeSet<String> {
    let Ok(schema) = parse_schema(sdl()) else { return BTreeSet::new() };
    let types = || {
        schema.definitions.iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(kind) => Some(&kind.node),
            _ => None,
        })
    };
    let plain = |name: &str| {
        types()
            .any(|kind| kind.name.node == name && matches!(kind.kind, TypeKind::Scalar | TypeKind::Enum(_)))
    };
    let fields = types().flat_map(|kind| match &kind.kind {
        TypeKind::Object(object) => object.fields.as_slice(),
        _ => &[],
    });
    let lists = fields.map(|field| &field.node).filter(|field| match &field.ty.node.base {
        BaseType::List(item) => match &item.base {
            BaseType::Named(name) => !SCALARS.contains(&name.as_str()) && !plain(name),
            BaseType::List(_) => true,
        },
        BaseType::Named(_) => false,
    });
    let names = lists.map(|field| field.name.node.to_string());
    names.filter(|name| !NOT_PLAIN.contains(&name.as_str())).collect()
}

/// The schema in the schema definition language, as committed in `api/schema.graphql`.
pub fn sdl() -> String {
    let schema = Schema::build(Query::default(), Mutation::default(), Subscription::default()).finish();
    schema.sdl_with_options(SDLExportOptions::new().include_specified_by())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_without_pages_are_known_and_pages_are_not_among_them() {
        let lists = lists();
        for list in ["courses", "decisions", "departments", "owners", "requesterHistory", "rows", "steps"] {
            assert!(lists.contains(list), "{list}");
        }
        for other in ["nodes", "edges", "results", "userErrors", "roles", "fundingRequests", "name"] {
            assert!(!lists.contains(other), "{other}");
        }
    }
}
