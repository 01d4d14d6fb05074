//! Founding an employer.

use crate::access::{Actor, Role};
use crate::kernel::{Currency, EmployeeId, EmployerId, Failure, Refusal, Text, TextError};
use crate::organization::{
    Employer, Organization, OrganizationEvent, Roster, RosterLine, RosterPlan, RosterProblem, RowOutcome,
    Slug, plan,
};

/// An employer that begins to use the product.
#[derive(Debug, Clone)]
pub struct FoundEmployer {
    /// The short name for tokens and operators.
    pub slug: Slug,
    /// The name people know.
    pub name: String,
    /// Where its days begin.
    pub time_zone: chrono_tz::Tz,
    /// The currency of its budgets.
    pub currency: Currency,
    /// The month in which its fiscal year starts, 1 to 12.
    pub fiscal_year_start_month: u32,
    /// The smallest group of people that an aggregate may speak about.
    pub minimum_group_size: u32,
    /// The first person on its roster, who can grant roles to everybody else. Nobody where the installation itself goes
    /// on to fill the roster.
    pub admin: Option<RosterLine>,
}

/// Why an employer was not founded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoundRefusal {
    /// The short name is in use.
    #[error("an employer with the short name '{0}' exists already")]
    SlugTaken(Slug),
    /// No such month.
    #[error("{0} is not a month; give 1 for January to 12 for December")]
    NoSuchMonth(u32),
    /// Smaller than the floor.
    #[error("a minimum group size of {0} would expose people; the smallest allowed is 3")]
    GroupTooSmall(u32),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// The first administrator cannot be taken.
    #[error("the administrator cannot be taken: {0}")]
    InvalidAdmin(RosterProblem),
}

impl Refusal for FoundRefusal {}

impl Organization<'_> {
    /// Founds an employer, with its first administrator or not at all. Only the installation itself can; there is no
    /// actor before there is an employer.
    pub async fn found(self, command: FoundEmployer) -> Result<Employer, Failure<FoundRefusal>> {
        let admin = self.first_person(command.admin.clone())?;
        let employer = decide(self.core.id(), command)?;
        if self.employer_named(&employer.slug).await?.is_some() {
            return Err(FoundRefusal::SlugTaken(employer.slug).into());
        }
        let actor = Actor::system(employer.id, "found");
        let event =
            OrganizationEvent::EmployerFounded { employer: employer.id, slug: employer.slug.to_string() };
        let mut tx = self.core.store.begin(employer.id).await?;
        tx.insert_employer(&employer).await?;
        self.core.record(&mut *tx, &actor, &[event]).await?;
        if let Some((roster, person)) = admin {
            self.carry_out(&actor, &mut *tx, &roster).await?;
            self.grant(&actor, &mut *tx, self.core.id(), person, Role::EmployerAdmin).await?;
        }
        tx.commit().await?;
        Ok(employer)
    }

    /// A roster of one person, and who that will be.
    fn first_person(
        self,
        line: Option<RosterLine>,
    ) -> Result<Option<(RosterPlan, EmployeeId)>, FoundRefusal> {
        let Some(line) = line else { return Ok(None) };
        let roster = plan(&[line], Roster::default(), false, self.core.ids.as_ref());
        match roster.results.first().map(|row| row.outcome.clone()) {
            Some(RowOutcome::Refused(problem)) => Err(FoundRefusal::InvalidAdmin(problem)),
            Some(
                RowOutcome::Created(person) | RowOutcome::Updated(person) | RowOutcome::Unchanged(person),
            ) => Ok(Some((roster, person))),
            None => Ok(None),
        }
    }
}

fn decide(id: EmployerId, command: FoundEmployer) -> Result<Employer, FoundRefusal> {
    if !(1..=12).contains(&command.fiscal_year_start_month) {
        return Err(FoundRefusal::NoSuchMonth(command.fiscal_year_start_month));
    }
    if command.minimum_group_size < Employer::MINIMUM_GROUP_SIZE_FLOOR {
        return Err(FoundRefusal::GroupTooSmall(command.minimum_group_size));
    }
    let name = Text::line(&command.name, Text::NAME).map_err(FoundRefusal::InvalidName)?;
    Ok(Employer {
        id,
        slug: command.slug,
        name: name.into_string(),
        time_zone: command.time_zone,
        currency: command.currency,
        fiscal_year_start_month: command.fiscal_year_start_month,
        minimum_group_size: command.minimum_group_size,
    })
}
