//! Everything with an id, found by its id alone.

use async_graphql::{Context, ID, Interface, Object};
use upskill_domain::kernel::{Fault, TypedId, split_id};

use super::catalog::{Course, Provider};
use super::context::RequestContext;
use super::error::ApiError;
use super::journal::JournalEntry;
use super::organization::{Department, Employee};
use super::programs::{Participant, Program};
use super::skills::Skill;

/// Something with an id of its own, which `node` finds.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The id, unique over all types; its prefix names the type."))]
pub(crate) enum Node {
    /// A department.
    Department(Department),
    /// An employee.
    Employee(Employee),
    /// A skill.
    Skill(Skill),
    /// A provider of courses.
    Provider(Provider),
    /// A course.
    Course(Course),
    /// A program.
    Program(Program),
    /// Somebody's part in a program.
    Participant(Participant),
    /// An entry of the journal.
    JournalEntry(JournalEntry),
}

/// Queries by id alone.
#[derive(Default)]
pub(crate) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// The thing with this id, whatever its type; null when there is none that the caller may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A TypeID such as `employee_01h455vb4pex5vsknk084sn02q`.")] id: ID,
    ) -> Result<Option<Node>, ApiError> {
        find(ctx, &id).await
    }

    /// The things with these ids, at most 100, in the order of the ids; null for each that is not there or that the
    /// caller may not see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "TypeIDs, of different types if need be; at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, ApiError> {
        if ids.len() > 100 {
            let message = format!("{} ids are too many; at most 100 at once", ids.len());
            return Err(ApiError::bad_input("ids", message));
        }
        futures_util::future::try_join_all(ids.iter().map(|id| find(ctx, id))).await
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>, ApiError> {
    ctx.actor()?;
    let (prefix, uuid) = split_id(id).map_err(|error| ApiError::bad_input("id", error.to_string()))?;
    match prefix {
        DepartmentId::PREFIX => {
            Ok(Department::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Department))
        }
        EmployeeId::PREFIX => Ok(Employee::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Employee)),
        SkillId::PREFIX => Ok(Skill::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Skill)),
        ProviderId::PREFIX => Ok(Provider::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Provider)),
        CourseId::PREFIX => Ok(Course::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Course)),
        ProgramId::PREFIX => Ok(Program::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Program)),
        ParticipantId::PREFIX => {
            Ok(Participant::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::Participant))
        }
        JournalEntryId::PREFIX => {
            Ok(JournalEntry::find(ctx, TypedId::from_uuid(uuid)).await?.map(Node::JournalEntry))
        }
        _ => Err(ApiError::bad_input("id", format!("'{prefix}' is not a type that node finds"))),
    }
}

use upskill_domain::kernel::{
    CourseId, DepartmentId, EmployeeId, JournalEntryId, ParticipantId, ProgramId, ProviderId, SkillId,
};

/// Nothing there and nothing visible are one answer: null.
pub(crate) fn found<T>(outcome: Result<T, Fault>) -> Result<Option<T>, ApiError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(Fault::NotFound { .. } | Fault::Forbidden(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}
