//! What can be done to the organization.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::organization::{
    self as domain, ChangeDepartmentRefusal, CreateDepartmentRefusal, GrantRoleRefusal, Misplaced,
    RevokeRole, RevokeRoleRefusal, RosterRefusal, RowOutcome,
};

use super::inputs::{
    ChangeDepartmentInput, CreateDepartmentInput, GrantRoleInput, ImportRosterInput, RevokeRoleInput,
};
use super::types::{Department, RoleGrant};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of the organization.
#[derive(Default)]
pub(crate) struct OrganizationMutations;

#[Object]
impl OrganizationMutations {
    /// Creates a department. For `HR_ADMIN`.
    async fn create_department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department.")] input: CreateDepartmentInput,
    ) -> Isolated<CreateDepartmentPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.organization().create_department(ctx.actor()?, command).await;
            let (department, user_errors) = answered(outcome)?;
            Ok(Some(CreateDepartmentPayload { department: department.map(Department::from), user_errors }))
        })
        .await
    }

    /// Renames a department, moves it in the tree or changes its head. For `HR_ADMIN`. CONFLICT when the expected
    /// version is not the stored one.
    async fn change_department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department and what changes.")] input: ChangeDepartmentInput,
    ) -> Isolated<ChangeDepartmentPayload> {
        isolated(async {
            let outcome = ctx.app()?.organization().change_department(ctx.actor()?, input.into()).await;
            let (department, user_errors) = answered(outcome)?;
            Ok(Some(ChangeDepartmentPayload { department: department.map(Department::from), user_errors }))
        })
        .await
    }

    /// Imports people: creates and updates by external id, decides all rows together, writes those that can be taken in
    /// one transaction and reports every row. Repeating an import changes nothing. For `HR_ADMIN`.
    async fn import_roster(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rows and how to take them.")] input: ImportRosterInput,
    ) -> Isolated<ImportRosterPayload> {
        isolated(async {
            let outcome = ctx.app()?.organization().import_roster(ctx.actor()?, input.into()).await;
            let (report, user_errors) = answered(outcome)?;
            Ok(Some(ImportRosterPayload { report: report.map(RosterReport::from), user_errors }))
        })
        .await
    }

    /// Grants a role to a person. For `EMPLOYER_ADMIN`.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person and the role.")] input: GrantRoleInput,
    ) -> Isolated<GrantRolePayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.organization().grant_role(ctx.actor()?, command).await;
            let (grant, user_errors) = answered(outcome)?;
            Ok(Some(GrantRolePayload { role_grant: grant.map(RoleGrant::from), user_errors }))
        })
        .await
    }

    /// Revokes a role. For `EMPLOYER_ADMIN`.
    async fn revoke_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person and the role.")] input: RevokeRoleInput,
    ) -> Isolated<RevokeRolePayload> {
        isolated(async {
            let command = RevokeRole { employee: input.employee_id.0, role: input.role.into() };
            let outcome = ctx.app()?.organization().revoke_role(ctx.actor()?, command).await;
            let (grant, user_errors) = answered(outcome)?;
            Ok(Some(RevokeRolePayload { role_grant: grant.map(RoleGrant::from), user_errors }))
        })
        .await
    }
}

/// What became of `createDepartment`.
#[derive(SimpleObject)]
pub(crate) struct CreateDepartmentPayload {
    /// The department; null when refused.
    department: Option<Department>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateDepartmentError>,
}

user_errors! {
    /// Why a department was not created.
    CreateDepartmentError, CreateDepartmentErrorCode for CreateDepartmentRefusal {
        /// Another department has the code.
        CodeTaken <= CreateDepartmentRefusal::CodeTaken(_),
        /// The code is empty, too long or has control characters.
        InvalidCode <= CreateDepartmentRefusal::InvalidCode(_),
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateDepartmentRefusal::InvalidName(_),
        /// There is no such department to put it under.
        UnknownParent <= CreateDepartmentRefusal::Misplaced(Misplaced::UnknownParent(_)),
        /// There is no such present employee to head it.
        UnknownHead <= CreateDepartmentRefusal::Misplaced(Misplaced::UnknownHead(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateDepartmentRefusal::KeyReused(_),
    }
}

/// What became of `changeDepartment`.
#[derive(SimpleObject)]
pub(crate) struct ChangeDepartmentPayload {
    /// The department as it is now; null when refused.
    department: Option<Department>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeDepartmentError>,
}

user_errors! {
    /// Why a department was not changed.
    ChangeDepartmentError, ChangeDepartmentErrorCode for ChangeDepartmentRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= ChangeDepartmentRefusal::InvalidName(_),
        /// There is no such department to put it under.
        UnknownParent <= ChangeDepartmentRefusal::Misplaced(Misplaced::UnknownParent(_)),
        /// There is no such present employee to head it.
        UnknownHead <= ChangeDepartmentRefusal::Misplaced(Misplaced::UnknownHead(_)),
        /// The department would stand above itself.
        ClosesCycle <= ChangeDepartmentRefusal::ClosesCycle(_),
    }
}

/// What became of `grantRole`.
#[derive(SimpleObject)]
pub(crate) struct GrantRolePayload {
    /// The grant; null when refused.
    role_grant: Option<RoleGrant>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<GrantRoleError>,
}

user_errors! {
    /// Why a role was not granted.
    GrantRoleError, GrantRoleErrorCode for GrantRoleRefusal {
        /// The role follows from facts and cannot be granted.
        Derived <= GrantRoleRefusal::Derived(_),
        /// The person holds the role already.
        AlreadyGranted <= GrantRoleRefusal::AlreadyGranted(_),
        /// There is no such employee at work.
        UnknownEmployee <= GrantRoleRefusal::UnknownEmployee(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= GrantRoleRefusal::KeyReused(_),
    }
}

/// What became of `revokeRole`.
#[derive(SimpleObject)]
pub(crate) struct RevokeRolePayload {
    /// The grant that was taken back; null when refused.
    role_grant: Option<RoleGrant>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RevokeRoleError>,
}

user_errors! {
    /// Why a role was not revoked.
    RevokeRoleError, RevokeRoleErrorCode for RevokeRoleRefusal {
        /// The role was not granted to the person.
        NotGranted <= RevokeRoleRefusal::NotGranted(_),
        /// Nobody could grant roles any more.
        LastAdmin <= RevokeRoleRefusal::LastAdmin,
    }
}

/// What became of `importRoster`.
#[derive(SimpleObject)]
pub(crate) struct ImportRosterPayload {
    /// What became of every row; null when the roster as a whole was refused.
    report: Option<RosterReport>,
    /// Why the roster as a whole was refused; empty when its rows were decided.
    user_errors: Vec<ImportRosterError>,
}

user_errors! {
    /// Why a roster as a whole was refused.
    ImportRosterError, ImportRosterErrorCode for RosterRefusal {
        /// It has no rows.
        Empty <= RosterRefusal::Empty,
        /// It has more rows than one import may have.
        TooManyRows <= RosterRefusal::TooManyRows { .. },
    }
}

/// What became of the rows of a roster.
#[derive(SimpleObject)]
pub(crate) struct RosterReport {
    /// Whether nothing was written because only a report was asked for.
    dry_run: bool,
    /// How many rows made a new person.
    created: usize,
    /// How many rows changed a person.
    updated: usize,
    /// How many rows said nothing new.
    unchanged: usize,
    /// How many rows were not taken.
    refused: usize,
    /// Codes of the departments that were created.
    departments_created: Vec<String>,
    /// A result for every row, in the order of the rows.
    rows: Vec<RosterRowResult>,
}

/// What became of one row.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Identity, who(Action::ManageOrganization)))]
pub(crate) struct RosterRowResult {
    /// The row, counted from 1.
    row: u32,
    /// The external id on the row; null when it had none.
    external_id: Option<String>,
    /// What became of it.
    outcome: RosterRowOutcome,
    /// The person's id; null when the row was refused.
    employee_id: Option<ID>,
    /// Why the row was refused, with the value and what would be right; null when it was taken.
    problem: Option<String>,
}

/// The fates of a row.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub(crate) enum RosterRowOutcome {
    /// A new person.
    Created,
    /// A known person with something new.
    Updated,
    /// A known person with nothing new.
    Unchanged,
    /// Not taken.
    Refused,
}

impl From<domain::RosterReport> for RosterReport {
    fn from(report: domain::RosterReport) -> Self {
        Self {
            dry_run: report.dry_run,
            created: report.count(|fate| matches!(fate, RowOutcome::Created(_))),
            updated: report.count(|fate| matches!(fate, RowOutcome::Updated(_))),
            unchanged: report.count(|fate| matches!(fate, RowOutcome::Unchanged(_))),
            refused: report.count(|fate| matches!(fate, RowOutcome::Refused(_))),
            rows: report.rows.into_iter().map(RosterRowResult::from).collect(),
            departments_created: report.departments_created,
        }
    }
}

impl From<domain::RowResult> for RosterRowResult {
    fn from(result: domain::RowResult) -> Self {
        let (outcome, employee, problem) = match result.outcome {
            RowOutcome::Created(id) => (RosterRowOutcome::Created, Some(id), None),
            RowOutcome::Updated(id) => (RosterRowOutcome::Updated, Some(id), None),
            RowOutcome::Unchanged(id) => (RosterRowOutcome::Unchanged, Some(id), None),
            RowOutcome::Refused(problem) => (RosterRowOutcome::Refused, None, Some(problem.to_string())),
        };
        Self {
            row: result.line,
            external_id: result.external_id,
            outcome,
            employee_id: employee.map(wire),
            problem,
        }
    }
}
