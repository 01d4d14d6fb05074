//! How programs are stored.

use async_trait::async_trait;

use crate::access::Scope;
use crate::kernel::{
    DepartmentId, Direction, EmployeeId, Fault, Page, PageRequest, ParticipantId, ProgramId,
};

use super::{Outline, Participant, ParticipantStatus, Program, ProgramOrder, ProgramStatus};

/// Writes within one employer's transaction.
#[async_trait]
pub trait ProgramWrites: Send {
    /// A program with its outline, locked.
    async fn lock_program(&mut self, id: ProgramId) -> Result<Option<(Program, Outline)>, Fault>;
    /// Programs by id.
    async fn programs(&mut self, ids: &[ProgramId]) -> Result<Vec<Program>, Fault>;
    /// Adds or replaces a program by id, with its outline.
    async fn save_program(&mut self, program: &Program, outline: &Outline) -> Result<(), Fault>;
    /// The parts that these people have in a program, locked.
    async fn lock_participants(
        &mut self,
        program: ProgramId,
        employees: &[EmployeeId],
    ) -> Result<Vec<Participant>, Fault>;
    /// Adds or replaces participants by id.
    async fn save_participants(&mut self, participants: &[Participant]) -> Result<(), Fault>;
}

/// Which programs a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ProgramFilter {
    /// Of one of these statuses.
    pub statuses: Option<Vec<ProgramStatus>>,
    /// Run by one of these people.
    pub owners: Option<Vec<EmployeeId>>,
    /// Meant for one of these departments. Those meant for the whole employer are left out.
    pub departments: Option<Vec<DepartmentId>>,
    /// Whose name or purpose contains this, without regard to case.
    pub search: Option<String>,
}

/// Which participants a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ParticipantFilter {
    /// Of one of these programs.
    pub programs: Option<Vec<ProgramId>>,
    /// One of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// Of one of these statuses.
    pub statuses: Option<Vec<ParticipantStatus>>,
}

/// Reads of programs.
///
/// For programs the scope is that of the drafts: whatever is no draft is open to everybody at the employer, and drafts
/// within [`crate::access::Reach::Related`] are those that the person owns.
#[async_trait]
pub trait ProgramReads: Send + Sync {
    /// Programs by id.
    async fn programs_by_id(&self, drafts: Scope, ids: &[ProgramId]) -> Result<Vec<Program>, Fault>;
    /// What programs aim at, for whom, and by which courses; a program without any may be left out.
    async fn outlines_by_id(
        &self,
        drafts: Scope,
        ids: &[ProgramId],
    ) -> Result<Vec<(ProgramId, Outline)>, Fault>;
    /// The same page of several lists of programs.
    async fn programs(
        &self,
        drafts: Scope,
        lists: &[ProgramFilter],
        order: (ProgramOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Program>>, Fault>;
    /// How many programs each list has.
    async fn count_programs(&self, drafts: Scope, lists: &[ProgramFilter]) -> Result<Vec<u64>, Fault>;
    /// Participants by id. Within [`crate::access::Reach::Related`] are the person, everybody below them, and whoever
    /// takes part in a program that they own.
    async fn participants_by_id(
        &self,
        scope: Scope,
        ids: &[ParticipantId],
    ) -> Result<Vec<Participant>, Fault>;
    /// The same page of several lists of participants with the same reach, the newest invitation last.
    async fn participants(
        &self,
        scope: Scope,
        lists: &[ParticipantFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<Participant>>, Fault>;
    /// How many participants each list has.
    async fn count_participants(&self, scope: Scope, lists: &[ParticipantFilter]) -> Result<Vec<u64>, Fault>;
}
