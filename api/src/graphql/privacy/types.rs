//! What erasing somebody would do, and which fields tell of people.

use async_graphql::{ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::privacy as domain;

use super::inputs::{ErasureFate, ErasureObstacle, RetentionClass};
use crate::graphql::id::wire;
use crate::graphql::personal::{DataClass, Mark, personal, who};
use crate::graphql::scalars::{Date, DateTime};

/// What erasing a person would do, and what stands in its way. Reading it changes nothing.
pub(crate) struct EmployeeErasure(domain::EmployeeErasure);

impl From<domain::EmployeeErasure> for EmployeeErasure {
    fn from(erasure: domain::EmployeeErasure) -> Self {
        Self(erasure)
    }
}

/// What erasing a person would do, and what stands in its way. Reading it changes nothing.
#[Object(directive = personal::apply(DataClass::Identity, who(Action::EraseEmployee)))]
impl EmployeeErasure {
    /// The id of the person.
    async fn employee_id(&self) -> ID {
        wire(self.0.employee)
    }

    /// When the person was erased; null as long as they are not. What is listed then is what stayed.
    async fn erased_at(&self) -> Option<DateTime> {
        self.0.erased_at.map(DateTime)
    }

    /// What stands in the way; empty when the person can be erased.
    async fn obstacles(&self) -> Vec<ErasureObstruction> {
        let told = |obstruction: &domain::Obstruction| ErasureObstruction {
            obstacle: obstruction.obstacle.into(),
            count: i32::try_from(obstruction.count).unwrap_or(i32::MAX),
            remedy: obstruction.obstacle.remedy(),
        };
        self.0.obstacles.iter().map(told).collect()
    }

    /// What would become of the records of the person, by kind of record; kinds without any are left out.
    async fn lines(&self) -> Vec<ErasureLine> {
        self.0.lines.iter().map(|line| ErasureLine(*line)).collect()
    }

    /// A SHA-256 over all of this, in hexadecimal digits. `eraseEmployee` takes it and refuses when something has changed.
    async fn digest(&self) -> String {
        self.0.digest()
    }
}

/// Something that stands in the way of erasing somebody.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Identity, who(Action::EraseEmployee)))]
pub(crate) struct ErasureObstruction {
    /// What it is.
    obstacle: ErasureObstacle,
    /// How often, 1 or more.
    count: i32,
    /// What to do about it. For people, in English.
    remedy: &'static str,
}

/// What would become of the records of one kind.
pub(crate) struct ErasureLine(domain::ErasureLine);

/// What would become of the records of one kind.
#[Object(directive = personal::apply(DataClass::Identity, who(Action::EraseEmployee)))]
impl ErasureLine {
    /// The kind of record, by the name of its section in the export of personal data.
    async fn section(&self) -> &str {
        self.0.section
    }

    /// What sort of thing they tell.
    async fn class(&self) -> DataClass {
        self.0.class.into()
    }

    /// What would become of them.
    async fn fate(&self) -> ErasureFate {
        self.0.fate.into()
    }

    /// How many there are, 1 or more.
    async fn records(&self) -> i32 {
        i32::try_from(self.0.records).unwrap_or(i32::MAX)
    }

    /// The last day on which they have to be kept; null unless they are RETAINED.
    async fn retained_until(&self) -> Option<Date> {
        self.0.retained_until.map(Date)
    }

    /// The rule that lets them stay; null for what is ERASED.
    async fn retention(&self) -> Option<RetentionClass> {
        self.0.retention.map(Into::into)
    }

    /// On what that rule rests; null for what is ERASED.
    async fn legal_basis(&self) -> Option<&str> {
        self.0.retention.map(domain::Retention::legal_basis)
    }
}

/// A field of this schema that tells of people.
#[derive(SimpleObject)]
pub(crate) struct MonitoredField {
    /// The type that has the field.
    r#type: &'static str,
    /// The name of the field.
    field: &'static str,
    /// What the field says, as in the schema.
    description: &'static str,
    /// What sort of thing it tells.
    class: DataClass,
    /// What that is kept for. For people, in English.
    purpose: &'static str,
    /// How long it is kept.
    retention: RetentionClass,
    /// Who may see it, as the policy of this server says; of a relation, those to whom it holds. For people, in English.
    seen_by: &'static str,
}

impl From<&'static Mark> for MonitoredField {
    fn from(mark: &'static Mark) -> Self {
        let class = domain::DataClass::from(mark.class);
        Self {
            r#type: &mark.on,
            field: &mark.field,
            description: &mark.says,
            class: mark.class,
            purpose: class.purpose(),
            retention: class.retention().into(),
            seen_by: &mark.seen_by,
        }
    }
}
