//! Making reports.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Roi;
use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, MinimumGroupSize, ProgramId, Refusals, RoiReportId};
use crate::organization::Employer;
use crate::roi::departments::{Taken, TakenBy};
use crate::roi::report::Assumed;
use crate::roi::{
    Assumptions, Basis, BenefitTaken, CreateReportRefusal, DepartmentPart, Figures, MissingData, RoiEvent,
    RoiReport, Workplace,
};
use crate::store::UnitOfWork;

/// A report to make.
#[derive(Debug, Clone, Serialize)]
pub struct CreateRoiReport {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// About which program.
    pub program: ProgramId,
    /// What our own records do not know.
    pub assumptions: Assumptions,
}

impl Roi<'_> {
    /// Makes the next version of a program's report: gathers what the records know, adds what is stated, computes, and
    /// keeps all of it.
    pub async fn create_report(
        self,
        actor: &Actor,
        command: CreateRoiReport,
    ) -> Result<RoiReport, Failure<Refusals<CreateReportRefusal>>> {
        policy::require(actor, Action::ManageRoi, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "createRoiReport", input: &command };
        let id = self.core.id::<RoiReportId>();
        let earlier = self.core.claim::<_, CreateReportRefusal>(&mut *tx, actor, keyed, id).await;
        if let Some(earlier) = earlier.map_err(Failure::of_several)? {
            return Ok(tx.roi_report(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        // Versions are counted, so those of one program are made one after another.
        let program = command.program;
        tx.lock_program(program).await?.ok_or_else(|| Fault::not_found(program))?;
        let employer = tx.employer().await?;
        let today = employer.day_of(self.core.clock.now());
        let assumed = command.assumptions.read(employer.currency, today);
        let assumed = assumed.map_err(Refusals).map_err(Failure::Refused)?;
        let basis = self.basis(&mut *tx, &command, assumed, &employer).await?;
        let last = tx.last_roi_report_number(program).await?.unwrap_or(0);
        let report = RoiReport {
            id,
            program,
            number: last.saturating_add(1),
            figures: Figures::of(&basis),
            basis,
            created_by: actor.employee(),
            created_at: self.core.clock.now(),
        };
        tx.insert_roi_report(&report).await?;
        let event = RoiEvent::ReportCreated { roi_report: id, program, number: report.number };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(report)
    }

    /// Everything that a report is computed from.
    async fn basis(
        self,
        tx: &mut dyn UnitOfWork,
        command: &CreateRoiReport,
        assumed: Assumed,
        employer: &Employer,
    ) -> Result<Basis, Failure<Refusals<CreateReportRefusal>>> {
        let (program, window) = (command.program, command.assumptions.window);
        let minimum_group_size: MinimumGroupSize = employer.group_size();
        let joined: BTreeMap<Workplace, u64> = tx.cohort_of(program).await?.into_iter().collect();
        let cohort = joined.values().fold(0_u64, |all, people| all.saturating_add(*people));
        if cohort == 0 || !minimum_group_size.permits(cohort) {
            let minimum = minimum_group_size.people();
            return Err(Refusals::from(CreateReportRefusal::GroupTooSmall { minimum }).into());
        }
        let (lines, places_without_hours) = self.gather(tx, program, window, employer).await?;
        let by_heads: TakenBy =
            joined.iter().map(|(workplace, people)| (*workplace, Taken::by_heads(*people))).collect();
        let stated = assumed.costs.into_iter().map(|cost| (cost, by_heads.clone()));
        let (costs, taken): (Vec<_>, Vec<_>) = lines.into_iter().chain(stated).unzip();
        let departments = DepartmentPart::of(minimum_group_size, &joined, &taken);
        let benefits = tx.benefits_of(program).await?.into_iter().map(BenefitTaken::from).collect();
        Ok(Basis {
            currency: employer.currency,
            window,
            cohort,
            minimum_group_size,
            discount_rate: assumed.discount_rate,
            administration: assumed.administration,
            missing_data: MissingData::ALL.to_vec(),
            places_without_hours,
            costs,
            benefits,
            intangibles: assumed.intangibles,
            departments: Some(departments),
        })
    }
}
