//! Founding an employer.

use crate::access::Actor;
use crate::kernel::{Currency, EmployerId, Failure, Refusal};
use crate::organization::{Employer, Organization, OrganizationEvent, Slug};

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
}

impl Refusal for FoundRefusal {}

impl Organization<'_> {
    /// Founds an employer. Only the installation itself can; there is no actor before there is an employer.
    pub async fn found(self, command: FoundEmployer) -> Result<Employer, Failure<FoundRefusal>> {
        if !(1..=12).contains(&command.fiscal_year_start_month) {
            return Err(FoundRefusal::NoSuchMonth(command.fiscal_year_start_month).into());
        }
        if command.minimum_group_size < Employer::MINIMUM_GROUP_SIZE_FLOOR {
            return Err(FoundRefusal::GroupTooSmall(command.minimum_group_size).into());
        }
        if self.employer_named(&command.slug).await?.is_some() {
            return Err(FoundRefusal::SlugTaken(command.slug).into());
        }
        let employer = Employer {
            id: self.core.id::<EmployerId>(),
            slug: command.slug,
            name: command.name,
            time_zone: command.time_zone,
            currency: command.currency,
            fiscal_year_start_month: command.fiscal_year_start_month,
            minimum_group_size: command.minimum_group_size,
        };
        let event =
            OrganizationEvent::EmployerFounded { employer: employer.id, slug: employer.slug.to_string() };
        let mut tx = self.core.store.begin(employer.id).await?;
        tx.insert_employer(&employer).await?;
        self.record(&mut *tx, &Actor::system(employer.id, "found"), &[event]).await?;
        tx.commit().await?;
        Ok(employer)
    }
}
