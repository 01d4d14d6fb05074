//! Job profiles: from rows to the domain's values and back, read and written.

use async_trait::async_trait;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, SelectStatement};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{
    Direction, EmployeeId, Fault, JobProfileId, Page, PageRequest, TypedId, search_key,
};
use upskill_domain::skills::{
    JobAssignment, JobProfile, JobProfileFilter, JobProfileOrder, JobProfileReads, JobProfileWrites,
    JobRequirements,
};
use uuid::Uuid;

use super::entity::{job_assignment, job_profile, job_requirements};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::organization::line;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, document, replace_by_id, unless_taken, uuids};
use crate::shape::alone;
use crate::store::{Db, Tx};

impl Record for JobProfile {
    type Entity = job_profile::Entity;
    const COLUMNS: &'static [job_profile::Column] = {
        use job_profile::Column as C;
        &[C::Id, C::Name, C::Summary, C::Version]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self { id: cells.id()?, name: cells.take()?, summary: cells.take()?, version: cells.take()? })
    }
}

impl Record for JobRequirements {
    type Entity = job_requirements::Entity;
    const COLUMNS: &'static [job_requirements::Column] = {
        use job_requirements::Column as C;
        &[C::ProfileId, C::Number, C::FromOn, C::Skills, C::ById, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            profile: cells.id()?,
            number: cells.take()?,
            from_on: cells.take()?,
            skills: cells.read(|text| serde_json::from_str(text))?,
            by: cells.id_or_none()?,
            at: cells.take()?,
        })
    }
}

impl Record for JobAssignment {
    type Entity = job_assignment::Entity;
    const COLUMNS: &'static [job_assignment::Column] = {
        use job_assignment::Column as C;
        &[C::EmployeeId, C::Number, C::ProfileId, C::FromOn, C::ById, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            employee: cells.id()?,
            number: cells.take()?,
            profile: cells.id_or_none()?,
            from_on: cells.take()?,
            by: cells.id_or_none()?,
            at: cells.take()?,
        })
    }
}

fn profile_row(employer: Uuid, profile: &JobProfile) -> job_profile::ActiveModel {
    job_profile::ActiveModel {
        employer_id: Set(employer),
        id: Set(profile.id.uuid()),
        name: Set(profile.name.clone()),
        name_key: Set(profile.key()),
        summary: Set(profile.summary.clone()),
        version: Set(profile.version),
    }
}

fn requirements_row(
    employer: Uuid,
    requirements: &JobRequirements,
) -> Result<job_requirements::ActiveModel, Fault> {
    Ok(job_requirements::ActiveModel {
        employer_id: Set(employer),
        profile_id: Set(requirements.profile.uuid()),
        number: Set(requirements.number),
        from_on: Set(requirements.from_on),
        skills: Set(document(&requirements.skills)?),
        by_id: Set(requirements.by.map(TypedId::uuid)),
        at: Set(requirements.at),
    })
}

fn assignment_row(employer: Uuid, assignment: &JobAssignment) -> job_assignment::ActiveModel {
    job_assignment::ActiveModel {
        employer_id: Set(employer),
        employee_id: Set(assignment.employee.uuid()),
        number: Set(assignment.number),
        profile_id: Set(assignment.profile.map(TypedId::uuid)),
        from_on: Set(assignment.from_on),
        by_id: Set(assignment.by.map(TypedId::uuid)),
        at: Set(assignment.at),
    }
}

fn profiles(employer: Uuid, filter: &JobProfileFilter) -> SelectStatement {
    let mut select = row::select::<JobProfile>("j", employer);
    if let Some(search) = &filter.search {
        select.and_where(row::contains(("j", "name_key"), &search_key(search)));
    }
    select
}

fn requirements(employer: Uuid, profiles: &[JobProfileId]) -> SelectStatement {
    let mut select = row::select::<JobRequirements>("q", employer);
    select.and_where(Expr::col(("q", "profile_id")).is_in(uuids(profiles)));
    select
}

fn assignments(employer: Uuid, people: &[EmployeeId]) -> SelectStatement {
    let mut select = row::select::<JobAssignment>("a", employer);
    select.and_where(Expr::col(("a", "employee_id")).is_in(uuids(people)));
    select
}

#[async_trait]
impl JobProfileWrites for Tx {
    async fn lock_job_profile(
        &mut self,
        id: JobProfileId,
    ) -> Result<Option<(JobProfile, Vec<JobRequirements>)>, Fault> {
        let mut select = profiles(self.tenant(), &JobProfileFilter::default());
        select.and_where(Expr::col(("j", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        let Some(profile) = row::one(&self.tx, &select).await? else { return Ok(None) };
        let asked = row::all(&self.tx, &requirements(self.tenant(), &[id])).await?;
        Ok(Some((profile, asked)))
    }

    async fn job_profiles(&mut self, ids: &[JobProfileId]) -> Result<Vec<JobProfile>, Fault> {
        let mut select = profiles(self.tenant(), &JobProfileFilter::default());
        select.and_where(Expr::col(("j", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn job_profiles_by_key(&mut self, keys: &[String]) -> Result<Vec<JobProfile>, Fault> {
        let mut select = profiles(self.tenant(), &JobProfileFilter::default());
        select.and_where(Expr::col(("j", "name_key")).is_in(keys.iter().cloned()));
        row::all(&self.tx, &select).await
    }

    async fn insert_job_profiles(&mut self, profiles: &[JobProfile]) -> Result<u64, Fault> {
        let mut inserted = 0;
        for chunk in profiles.chunks(CHUNK_CELLS / job_profile::Column::iter().count()) {
            let rows = chunk.iter().map(|profile| profile_row(self.tenant(), profile));
            let insert = job_profile::Entity::insert_many(rows).on_conflict(unless_taken("name_key"));
            inserted += insert.exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(inserted)
    }

    async fn save_job_profile(&mut self, profile: &JobProfile) -> Result<(), Fault> {
        let insert = job_profile::Entity::insert(profile_row(self.tenant(), profile))
            .on_conflict(replace_by_id::<job_profile::Entity>(&[]));
        insert.exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn insert_job_requirements(&mut self, requirements: &[JobRequirements]) -> Result<(), Fault> {
        let rows = requirements.iter().map(|requirements| requirements_row(self.tenant(), requirements));
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        for chunk in rows.chunks(CHUNK_CELLS / job_requirements::Column::iter().count()) {
            let insert = job_requirements::Entity::insert_many(chunk.to_vec());
            insert.exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }

    async fn lock_job_assignments(&mut self, people: &[EmployeeId]) -> Result<Vec<JobAssignment>, Fault> {
        let mut those = line::people(self.tenant(), Expr::col("id").is_in(uuids(people)));
        those.order_by("id", Order::Asc).lock(LockType::NoKeyUpdate);
        self.tx.query_all(&those).await.or_fault()?;
        row::all(&self.tx, &assignments(self.tenant(), people)).await
    }

    async fn insert_job_assignments(&mut self, made: &[JobAssignment]) -> Result<(), Fault> {
        for chunk in made.chunks(CHUNK_CELLS / job_assignment::Column::iter().count()) {
            let rows = chunk.iter().map(|assignment| assignment_row(self.tenant(), assignment));
            job_assignment::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}

#[async_trait]
impl JobProfileReads for Db {
    async fn job_profiles_by_id(&self, scope: Scope, ids: &[JobProfileId]) -> Result<Vec<JobProfile>, Fault> {
        let mut select = profiles(scope.employer.uuid(), &JobProfileFilter::default());
        select.and_where(Expr::col(("j", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn job_profile_pages(
        &self,
        scope: Scope,
        lists: &[JobProfileFilter],
        (order, direction): (JobProfileOrder, Direction),
        request: &PageRequest,
    ) -> Result<Vec<Page<JobProfile>>, Fault> {
        let sort = match order {
            JobProfileOrder::Name => SortKey { alias: "j", column: "name_key", kind: KeyKind::Text },
        };
        let selects = lists.iter().map(|filter| profiles(scope.employer.uuid(), filter));
        pages(&self.pool, scope.employer, selects, (sort, direction), request, alone::<JobProfile>()).await
    }

    async fn count_job_profiles(&self, scope: Scope, lists: &[JobProfileFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| profiles(scope.employer.uuid(), filter))).await
    }

    async fn job_requirements(
        &self,
        scope: Scope,
        profiles: &[JobProfileId],
    ) -> Result<Vec<JobRequirements>, Fault> {
        row::all(&self.pool, &requirements(scope.employer.uuid(), profiles)).await
    }

    async fn job_assignments(
        &self,
        scope: Scope,
        people: &[EmployeeId],
    ) -> Result<Vec<JobAssignment>, Fault> {
        let employer = scope.employer.uuid();
        let mut select = assignments(employer, people);
        if let Reach::Related(person) = scope.reach {
            let own = Expr::col(("a", "employee_id")).eq(person.uuid());
            select.and_where(own.or(line::is_below(employer, ("a", "employee_id"), person.uuid())));
        }
        row::all(&self.pool, &select).await
    }
}
