//! Writing the catalog.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::catalog::{CatalogWrites, Course, CoursePrice, CourseStatus, Provider, Syllabus};
use upskill_domain::kernel::{CourseId, Fault, ProviderId, TypedId};
use uuid::Uuid;

use super::entity::{course, course_price, provider};
use super::records::{course_row, price_row, provider_row};
use super::syllabus;
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, Cells, replace_by_id, unless_taken, uuids};
use crate::store::Tx;

#[async_trait]
impl CatalogWrites for Tx {
    async fn lock_provider(&mut self, id: ProviderId) -> Result<Option<Provider>, Fault> {
        let mut select = row::select::<Provider>("p", self.tenant());
        select.and_where(Expr::col(("p", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn providers(&mut self, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault> {
        let mut select = row::select::<Provider>("p", self.tenant());
        select.and_where(Expr::col(("p", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn providers_by_key(&mut self, keys: &[String]) -> Result<Vec<Provider>, Fault> {
        let mut found = Vec::new();
        for chunk in keys.chunks(CHUNK_CELLS) {
            let mut select = row::select::<Provider>("p", self.tenant());
            select.and_where(Expr::col(("p", "name_key")).is_in(chunk.iter().cloned()));
            found.extend(row::all::<Provider>(&self.tx, &select).await?);
        }
        Ok(found)
    }

    async fn insert_providers(&mut self, providers: &[Provider]) -> Result<u64, Fault> {
        let mut inserted = 0;
        for chunk in providers.chunks(CHUNK_CELLS / provider::Column::iter().count()) {
            let rows = chunk.iter().map(|provider| provider_row(self.tenant(), provider));
            inserted += provider::Entity::insert_many(rows)
                .on_conflict(unless_taken("name_key"))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(inserted)
    }

    async fn save_provider(&mut self, provider: &Provider) -> Result<(), Fault> {
        let row = provider_row(self.tenant(), provider);
        provider::Entity::insert(row)
            .on_conflict(replace_by_id::<provider::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn lock_course(&mut self, id: CourseId) -> Result<Option<Course>, Fault> {
        let mut select = row::select::<Course>("c", self.tenant());
        select.and_where(Expr::col(("c", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn lock_courses_by_code(&mut self, codes: &[String]) -> Result<Vec<Course>, Fault> {
        let mut found = Vec::new();
        for chunk in codes.chunks(CHUNK_CELLS) {
            let mut select = row::select::<Course>("c", self.tenant());
            select
                .and_where(Expr::col(("c", "code")).is_in(chunk.iter().cloned()))
                .order_by(("c", "code"), Order::Asc)
                .lock(LockType::NoKeyUpdate);
            found.extend(row::all::<Course>(&self.tx, &select).await?);
        }
        Ok(found)
    }

    async fn courses(&mut self, ids: &[CourseId]) -> Result<Vec<Course>, Fault> {
        let mut select = row::select::<Course>("c", self.tenant());
        select.and_where(Expr::col(("c", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn published_course_at(&mut self, addresses: &[String]) -> Result<Option<Course>, Fault> {
        if addresses.is_empty() {
            return Ok(None);
        }
        // Addresses are longer than what an index takes, and a catalog has thousands of courses, not millions.
        let mut select = row::select::<Course>("c", self.tenant());
        select
            .and_where(Expr::col(("c", "url")).is_in(addresses.iter().cloned()))
            .and_where(Expr::col(("c", "status")).eq(CourseStatus::Published.name()))
            .order_by(("c", "id"), Order::Asc)
            .limit(1);
        row::one(&self.tx, &select).await
    }

    async fn syllabi(&mut self, ids: &[CourseId]) -> Result<Vec<(CourseId, Syllabus)>, Fault> {
        let mut found = Vec::new();
        // The ids stand twice in the statement.
        for chunk in ids.chunks(CHUNK_CELLS / 2) {
            let courses = Query::select()
                .column(("c", "id"))
                .from_as(course::Entity, "c")
                .and_where(Expr::col(("c", "employer_id")).eq(self.tenant()))
                .and_where(Expr::col(("c", "id")).is_in(uuids(chunk)))
                .to_owned();
            found.extend(syllabus::read(&self.tx, self.tenant(), courses).await?);
        }
        Ok(found)
    }

    async fn required_courses(&mut self) -> Result<Vec<(CourseId, CourseId)>, Fault> {
        let select = Query::select()
            .columns(["course_id", "required_id"])
            .from("course_requirement")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .to_owned();
        let rows = self.tx.query_all(&select).await.or_fault()?;
        let pair = |row| {
            let mut cells = Cells::of(row);
            Ok((cells.id()?, cells.id()?))
        };
        rows.iter().map(pair).collect()
    }

    async fn insert_courses(&mut self, courses: &[(Course, Syllabus)]) -> Result<u64, Fault> {
        let mut inserted = 0;
        for chunk in courses.chunks(CHUNK_CELLS / course::Column::iter().count()) {
            inserted += course::Entity::insert_many(course_rows(self.tenant(), chunk)?)
                .on_conflict(unless_taken("code"))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        // Of a course that was not taken there is nothing that skills could hang on; the caller gives up anyway.
        if usize::try_from(inserted) == Ok(courses.len()) {
            syllabus::insert(&self.tx, self.tenant(), courses).await?;
        }
        Ok(inserted)
    }

    async fn save_courses(&mut self, courses: &[(Course, Syllabus)]) -> Result<(), Fault> {
        for chunk in courses.chunks(CHUNK_CELLS / course::Column::iter().count()) {
            course::Entity::insert_many(course_rows(self.tenant(), chunk)?)
                .on_conflict(replace_by_id::<course::Entity>(&["code"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        syllabus::clear(&self.tx, self.tenant(), courses).await?;
        syllabus::insert(&self.tx, self.tenant(), courses).await
    }

    async fn append_prices(&mut self, prices: &[CoursePrice]) -> Result<(), Fault> {
        for chunk in prices.chunks(CHUNK_CELLS / course_price::Column::iter().count()) {
            let rows = chunk.iter().map(|price| price_row(self.tenant(), price));
            course_price::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}

fn course_rows(employer: Uuid, courses: &[(Course, Syllabus)]) -> Result<Vec<course::ActiveModel>, Fault> {
    courses.iter().map(|(course, syllabus)| course_row(employer, course, syllabus)).collect()
}
