//! What the records tell of themselves: whether people stay, and whether what was learned is applied.

use chrono::NaiveDate;

use crate::access::{Action, Actor, policy};
use crate::kernel::{Fault, ProgramId};
use crate::organization::Employer;
use crate::roi::{RetentionFinding, RetentionStudy, Roi, ScrapReport, ScrapTold};

impl Roi<'_> {
    /// Whether people stay longer in the departments that a program is meant for (R6). `None` of a program that is not
    /// there.
    pub async fn retention(self, actor: &Actor, program: ProgramId) -> Result<Option<RetentionStudy>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        let reads = self.core.store.reads();
        let Some(begins) = reads.programs_by_id(scope, &[program]).await?.pop() else { return Ok(None) };
        let years = RetentionStudy::years(begins.period.from());
        let years = years.map_err(|error| Fault::inconsistent(error.to_string()))?;
        let (employer, today) = self.employer_today(actor).await?;
        let minimum = employer.group_size();
        let mut study = RetentionStudy { program, years, minimum, finding: RetentionFinding::TooEarly };
        if study.known_from() <= today {
            let meant = reads.meant_departments(scope, program).await?.into_iter().collect();
            let departments = reads.watched_departments(scope, years).await?;
            study.finding = RetentionFinding::of(&meant, &departments, minimum);
        }
        Ok(Some(study))
    }

    /// What was completed in the calendar quarter of a day and is not applied (R8).
    pub async fn scrap_learning(self, actor: &Actor, day: NaiveDate) -> Result<ScrapReport, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        let (employer, today) = self.employer_today(actor).await?;
        let quarter = ScrapReport::quarter(day);
        let minimum = employer.group_size().for_rates();
        let known_from = ScrapReport::known_from(quarter);
        let told = if known_from <= today {
            let places = self.core.store.reads().asked_places(scope, employer.instants_of(quarter)).await?;
            Some(ScrapTold::of(&places, minimum))
        } else {
            None
        };
        Ok(ScrapReport { quarter, known_from, minimum, told })
    }

    async fn employer_today(self, actor: &Actor) -> Result<(Employer, NaiveDate), Fault> {
        let employer = self.core.employer(actor).await?;
        let today = employer.day_of(self.core.clock.now());
        Ok((employer, today))
    }
}
