//! From rows to the domain's values, and back.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{CountryCode, Currency, EmployerId, Fault, TypedId, search_key};
use upskill_domain::organization::{
    Colleague, Department, Employee, Employer, Employment, EmploymentStatus, RoleGrant, Slug,
};
use uuid::Uuid;

use super::entity::{department, employee, employer, role_grant};
use crate::row::{Cells, Record};

impl Record for Employer {
    type Entity = employer::Entity;
    const COLUMNS: &'static [employer::Column] = {
        use employer::Column as C;
        &[C::Id, C::Slug, C::Name, C::TimeZone, C::Currency, C::FiscalYearStartMonth, C::MinimumGroupSize]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let small = |number: i32| {
            u32::try_from(number).map_err(|_| Fault::inconsistent("an employer's setting below 0"))
        };
        Ok(Self {
            id: cells.id()?,
            slug: cells.read(Slug::parse)?,
            name: cells.take()?,
            time_zone: cells.read(str::parse)?,
            currency: cells.read(Currency::parse)?,
            fiscal_year_start_month: small(cells.take()?)?,
            minimum_group_size: small(cells.take()?)?,
        })
    }
}

impl Record for Department {
    type Entity = department::Entity;
    const COLUMNS: &'static [department::Column] = {
        use department::Column as C;
        &[C::Id, C::Code, C::Name, C::ParentId, C::HeadId, C::Version]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            code: cells.take()?,
            name: cells.take()?,
            parent: cells.id_or_none()?,
            head: cells.id_or_none()?,
            version: cells.take()?,
        })
    }
}

impl Record for Colleague {
    type Entity = employee::Entity;
    const COLUMNS: &'static [employee::Column] = {
        use employee::Column as C;
        &[C::Id, C::ExternalId, C::Name, C::Email, C::DepartmentId, C::ManagerId, C::JobTitle, C::Status]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            external_id: cells.take()?,
            name: cells.take()?,
            email: cells.take()?,
            department: cells.id_or_none()?,
            manager: cells.id_or_none()?,
            job_title: cells.take()?,
            left: cells.word(EmploymentStatus::named)? == EmploymentStatus::Left,
        })
    }
}

impl Record for Employment {
    type Entity = employee::Entity;
    const COLUMNS: &'static [employee::Column] = {
        use employee::Column as C;
        &[C::Id, C::Status, C::HiredOn, C::LeftOn, C::WeeklyMinutes, C::WorkCountry, C::WorkRegion]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            employee: cells.id()?,
            status: cells.word(EmploymentStatus::named)?,
            hired_on: cells.take()?,
            left_on: cells.take()?,
            weekly_minutes: cells.take()?,
            work_country: cells.read_or_none(CountryCode::parse)?,
            work_region: cells.take()?,
        })
    }
}

impl Record for Employee {
    type Entity = employee::Entity;
    const COLUMNS: &'static [employee::Column] = {
        use employee::Column as C;
        &[
            C::Id,
            C::ExternalId,
            C::Name,
            C::Email,
            C::DepartmentId,
            C::ManagerId,
            C::JobTitle,
            C::Status,
            C::Id,
            C::Status,
            C::HiredOn,
            C::LeftOn,
            C::WeeklyMinutes,
            C::WorkCountry,
            C::WorkRegion,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self { colleague: Record::read(cells)?, employment: Record::read(cells)?, version: cells.take()? })
    }
}

impl Record for RoleGrant {
    type Entity = role_grant::Entity;
    const COLUMNS: &'static [role_grant::Column] = {
        use role_grant::Column as C;
        &[C::Id, C::EmployeeId, C::Role, C::GrantedBy, C::GrantedAt]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            employee: cells.id()?,
            role: cells.read(str::parse)?,
            granted_by: cells.id_or_none()?,
            granted_at: cells.take()?,
        })
    }
}

pub(super) fn employer_row(employer: &Employer) -> employer::ActiveModel {
    let small = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    employer::ActiveModel {
        id: Set(employer.id.uuid()),
        slug: Set(employer.slug.to_string()),
        name: Set(employer.name.clone()),
        time_zone: Set(employer.time_zone.name().to_owned()),
        currency: Set(employer.currency.code().to_owned()),
        fiscal_year_start_month: Set(small(employer.fiscal_year_start_month)),
        minimum_group_size: Set(small(employer.minimum_group_size)),
    }
}

pub(super) fn department_row(employer: Uuid, department: &Department) -> department::ActiveModel {
    department::ActiveModel {
        employer_id: Set(employer),
        id: Set(department.id.uuid()),
        code: Set(department.code.clone()),
        name: Set(department.name.clone()),
        name_key: Set(search_key(&department.name)),
        parent_id: Set(department.parent.map(TypedId::uuid)),
        head_id: Set(department.head.map(TypedId::uuid)),
        version: Set(department.version),
    }
}

pub(super) fn employee_row(employer: Uuid, employee: &Employee) -> employee::ActiveModel {
    let Employee { colleague, employment, version } = employee;
    let found_by = [Some(&colleague.name), Some(&colleague.external_id), colleague.email.as_ref()];
    let found_by: Vec<_> = found_by.into_iter().flatten().map(String::as_str).collect();
    employee::ActiveModel {
        employer_id: Set(employer),
        id: Set(colleague.id.uuid()),
        external_id: Set(colleague.external_id.clone()),
        name: Set(colleague.name.clone()),
        name_key: Set(search_key(&colleague.name)),
        email: Set(colleague.email.clone()),
        search_key: Set(search_key(&found_by.join(" "))),
        department_id: Set(colleague.department.map(TypedId::uuid)),
        manager_id: Set(colleague.manager.map(TypedId::uuid)),
        job_title: Set(colleague.job_title.clone()),
        status: Set(employment.status.name().to_owned()),
        hired_on: Set(employment.hired_on),
        left_on: Set(employment.left_on),
        weekly_minutes: Set(employment.weekly_minutes),
        work_country: Set(employment.work_country.map(|code| code.to_string())),
        work_region: Set(employment.work_region.clone()),
        version: Set(*version),
    }
}

pub(super) fn grant_row(employer: EmployerId, grant: &RoleGrant) -> role_grant::ActiveModel {
    role_grant::ActiveModel {
        employer_id: Set(employer.uuid()),
        id: Set(grant.id.uuid()),
        employee_id: Set(grant.employee.uuid()),
        role: Set(grant.role.name().to_owned()),
        granted_by: Set(grant.granted_by.map(TypedId::uuid)),
        granted_at: Set(grant.granted_at),
    }
}
