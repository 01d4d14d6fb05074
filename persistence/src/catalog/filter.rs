//! Which courses a filter leaves, as SQL.

use sea_orm::sea_query::{Cond, Expr, ExprTrait, LikeExpr, Query, SelectStatement, SimpleExpr};
use upskill_domain::catalog::{CourseFilter, PriceRange};
use upskill_domain::kernel::search_key;
use uuid::Uuid;

use crate::row::{contains, uuids};

/// Words of a search that are looked at; more would only cost.
const MOST_WORDS: usize = 10;

/// Adds a filter to a select of courses under the alias `c`.
pub(super) fn narrow(select: &mut SelectStatement, employer: Uuid, filter: &CourseFilter) {
    if let Some(search) = &filter.search {
        for word in search_key(search).split(' ').take(MOST_WORDS) {
            let mut providers = providers(employer);
            providers.and_where(contains(("p", "name_key"), word));
            select.and_where(contains(("c", "search_key"), word).or(offered_by(providers)));
        }
    }
    if let Some(skills) = &filter.skills {
        let teaching = Query::select()
            .column("course_id")
            .from("course_skill")
            .and_where(Expr::col("employer_id").eq(employer))
            .and_where(Expr::col("role").eq("TAUGHT"))
            .and_where(Expr::col("skill_id").is_in(uuids(skills)))
            .to_owned();
        select.and_where(column("id").in_subquery(teaching));
    }
    if let Some(subjects) = &filter.subjects {
        select.cond_where(any(subjects.iter().map(|area| begins("subject_area", area.code()))));
    }
    match filter.stem {
        Some(true) => {
            select.cond_where(stem());
        }
        Some(false) => {
            select.and_where(column("subject_area").is_not_null()).cond_where(stem().not());
        }
        None => {}
    }
    if let Some(providers) = &filter.providers {
        select.and_where(column("provider_id").is_in(uuids(providers)));
    }
    if let Some(provider_kinds) = &filter.provider_kinds {
        let mut providers = providers(employer);
        let kinds = provider_kinds.iter().map(|kind| kind.name());
        providers.and_where(Expr::col(("p", "kind")).is_in(kinds));
        select.and_where(offered_by(providers));
    }
    if let Some(price) = &filter.price {
        within(select, price);
    }
    plain(select, filter);
}

/// Conditions on one column each.
fn plain(select: &mut SelectStatement, filter: &CourseFilter) {
    if let Some(weeks) = filter.weeks_at_least {
        select.and_where(column("weeks_min").gte(weeks));
    }
    if let Some(weeks) = filter.weeks_at_most {
        select.and_where(column("weeks_max").lte(weeks));
    }
    if let Some(languages) = &filter.languages {
        let tags = languages.iter().map(|tag| {
            column("language").eq(tag.as_str()).or(begins("language", &format!("{}-", tag.as_str())))
        });
        select.cond_where(any(tags));
    }
    if let Some(participations) = &filter.participations {
        let names = participations.iter().map(|participation| participation.name());
        select.and_where(column("participation").is_in(names));
    }
    if let Some(eqf_levels) = &filter.eqf_levels {
        let levels = eqf_levels.iter().map(|level| level.number());
        select.and_where(column("eqf_level").is_in(levels));
    }
    if let Some(codes) = &filter.codes {
        select.and_where(column("code").is_in(codes.iter().cloned()));
    }
    if let Some(statuses) = &filter.statuses {
        select.and_where(column("status").is_in(statuses.iter().map(|status| status.name())));
    }
}

fn within(select: &mut SelectStatement, price: &PriceRange) {
    select.and_where(column("currency").eq(price.currency.code()));
    if let Some(least) = price.at_least {
        select.and_where(column("price_minor").gte(least));
    }
    if let Some(most) = price.at_most {
        select.and_where(column("price_minor").lte(most));
    }
}

fn column(name: &'static str) -> Expr {
    Expr::col(("c", name))
}

fn providers(employer: Uuid) -> SelectStatement {
    Query::select()
        .column(("p", "id"))
        .from_as("provider", "p")
        .and_where(Expr::col(("p", "employer_id")).eq(employer))
        .to_owned()
}

fn offered_by(providers: SelectStatement) -> SimpleExpr {
    column("provider_id").in_subquery(providers)
}

/// Whether a column begins with a code or tag, which have no signs that LIKE reads in its own way.
fn begins(name: &'static str, beginning: &str) -> SimpleExpr {
    column(name).like(LikeExpr::new(format!("{beginning}%")))
}

fn any(conditions: impl Iterator<Item = SimpleExpr>) -> Cond {
    conditions.fold(Cond::any(), Cond::add)
}

/// The broad fields that are science, technology, engineering and mathematics.
fn stem() -> Cond {
    any(["05", "06", "07"].into_iter().map(|broad| begins("subject_area", broad)))
}
