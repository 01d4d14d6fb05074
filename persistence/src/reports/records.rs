//! Columns of what was counted, and how they read. Figures are documents: a group's year is only ever read and written
//! whole.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{Fault, TypedId};
use upskill_domain::reports::{Group, GroupKind, GroupYear, PersonYear};
use uuid::Uuid;

use super::entity::{report_group, report_person};
use crate::row::{Cells, Record, document};

/// The group of a kind with an id, which is of zeros for what belongs to nothing.
pub(super) fn group(kind: GroupKind, id: Uuid) -> Group {
    fn named<I: TypedId>(id: Uuid) -> Option<I> {
        (!id.is_nil()).then(|| I::from_uuid(id))
    }
    match kind {
        GroupKind::Everybody => Group::Everybody,
        GroupKind::Department => Group::Department(named(id)),
        GroupKind::Provider => Group::Provider(named(id)),
        GroupKind::Course => Group::Course(named(id)),
        GroupKind::Program => Group::Program(named(id)),
    }
}

/// The id of a group within its kind.
pub(super) fn group_id(group: Group) -> Uuid {
    let id = match group {
        Group::Everybody => None,
        Group::Department(id) => id.map(TypedId::uuid),
        Group::Provider(id) => id.map(TypedId::uuid),
        Group::Course(id) => id.map(TypedId::uuid),
        Group::Program(id) => id.map(TypedId::uuid),
    };
    id.unwrap_or_default()
}

impl Record for GroupYear {
    type Entity = report_group::Entity;
    const COLUMNS: &'static [report_group::Column] = {
        use report_group::Column as C;
        &[C::Kind, C::GroupId, C::Year, C::ProviderId, C::Sizes, C::Months]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            group: group(cells.word(GroupKind::named)?, cells.take()?),
            year: cells.take()?,
            provider: cells.id_or_none()?,
            sizes: cells.read(|text| serde_json::from_str(text))?,
            months: cells.read(|text| serde_json::from_str(text))?,
        })
    }
}

pub(super) fn group_row(employer: Uuid, counted: &GroupYear) -> Result<report_group::ActiveModel, Fault> {
    Ok(report_group::ActiveModel {
        employer_id: Set(employer),
        year: Set(counted.year),
        kind: Set(counted.group.kind().name().to_owned()),
        group_id: Set(group_id(counted.group)),
        provider_id: Set(counted.provider.map(TypedId::uuid)),
        sizes: Set(document(&counted.sizes)?),
        months: Set(document(&counted.months)?),
    })
}

impl Record for PersonYear {
    type Entity = report_person::Entity;
    const COLUMNS: &'static [report_person::Column] = {
        use report_person::Column as C;
        &[C::EmployeeId, C::Year, C::DepartmentId, C::Months]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            employee: cells.id()?,
            year: cells.take()?,
            department: cells.id_or_none()?,
            months: cells.read(|text| serde_json::from_str(text))?,
        })
    }
}

pub(super) fn person_row(employer: Uuid, person: &PersonYear) -> Result<report_person::ActiveModel, Fault> {
    Ok(report_person::ActiveModel {
        employer_id: Set(employer),
        year: Set(person.year),
        employee_id: Set(person.employee.uuid()),
        department_id: Set(person.department.map(TypedId::uuid)),
        months: Set(document(&person.months)?),
    })
}
