//! Programs on the stage.

use async_trait::async_trait;
use upskill_domain::kernel::{EmployeeId, Fault, ProgramId};
use upskill_domain::programs::{Outline, Participant, Program, ProgramWrites};

use super::Scene;

#[async_trait]
impl ProgramWrites for Scene {
    async fn lock_program(&mut self, id: ProgramId) -> Result<Option<(Program, Outline)>, Fault> {
        Ok(self.read().programs.get(&id).cloned())
    }

    async fn programs(&mut self, ids: &[ProgramId]) -> Result<Vec<Program>, Fault> {
        Ok(self.read().programs.copies(ids).into_iter().map(|(program, _)| program).collect())
    }

    async fn save_program(&mut self, program: &Program, outline: &Outline) -> Result<(), Fault> {
        self.write().programs.put(program.id, (program.clone(), outline.clone()));
        Ok(())
    }

    async fn lock_participants(
        &mut self,
        program: ProgramId,
        employees: &[EmployeeId],
    ) -> Result<Vec<Participant>, Fault> {
        let props = self.read();
        let meant = |part: &&Participant| part.program == program && employees.contains(&part.employee);
        Ok(props.participants.all().iter().filter(meant).cloned().collect())
    }

    async fn save_participants(&mut self, participants: &[Participant]) -> Result<(), Fault> {
        let mut props = self.write();
        for part in participants {
            props.participants.put(part.id, part.clone());
        }
        Ok(())
    }
}
