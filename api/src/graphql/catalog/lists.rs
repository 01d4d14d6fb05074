//! How the lists of the catalog are read.

use upskill_domain::catalog::{CourseFilter, CourseOrder, CourseWith, ProviderFilter, ProviderOrder};
use upskill_domain::kernel::{CourseId, Direction};

use super::types::{Course, CoursePrice, Provider};
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::listed;

listed!(Course: catalog.courses, count_courses, CourseFilter, by (CourseOrder, Direction), with CourseWith = course_with);
listed!(CoursePrice: catalog.prices, count_prices, CourseId);
listed!(Provider: catalog.providers, count_providers, ProviderFilter, by (ProviderOrder, Direction));

/// Which neighbors of courses the selection asks for.
fn course_with(nodes: &Selection<'_>) -> CourseWith {
    CourseWith { provider: nodes.asks("provider") || nodes.asks("microCredentialCompleteness") }
}
