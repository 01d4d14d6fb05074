//! The store: the sum of all ports.
//!
//! A capability calls its own ports and those to its left; the architecture test checks it.

use async_trait::async_trait;

use crate::access::AccessReads;
use crate::catalog::{CatalogReads, CatalogWrites};
use crate::funding::{FundingReads, FundingWrites};
use crate::integration::{IntegrationReads, IntegrationWrites};
use crate::journal::{JournalReads, JournalWrites};
use crate::kernel::{EmployerId, Fault};
use crate::learning::{LearningReads, LearningWrites};
use crate::mentoring::{MentoringReads, MentoringWrites};
use crate::organization::{OrganizationReads, OrganizationWrites};
use crate::privacy::{PrivacyReads, PrivacyWrites};
use crate::programs::{ProgramReads, ProgramWrites};
use crate::reports::{ReportReads, ReportWrites};
use crate::roi::{RoiReads, RoiWrites};
use crate::skills::{SkillReads, SkillWrites};

/// Where everything is kept.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens a transaction in one employer's data. What it reads and locks, nobody else changes until it ends.
    async fn begin(&self, employer: EmployerId) -> Result<Box<dyn UnitOfWork>, Fault>;

    /// Opens a look at one employer's data as they stand at one moment. It locks nothing, holds nobody up and must not be
    /// written to; dropping it ends it.
    async fn look(&self, employer: EmployerId) -> Result<Box<dyn UnitOfWork>, Fault>;

    /// Reads outside of any transaction.
    fn reads(&self) -> &dyn Reads;
}

/// One transaction in one employer's data. Dropping it without [`UnitOfWork::commit`] undoes everything.
#[async_trait]
pub trait UnitOfWork:
    JournalWrites
    + OrganizationWrites
    + SkillWrites
    + CatalogWrites
    + ProgramWrites
    + FundingWrites
    + LearningWrites
    + MentoringWrites
    + RoiWrites
    + ReportWrites
    + PrivacyWrites
    + IntegrationWrites
    + Send
{
    /// Makes everything written permanent, all at once.
    async fn commit(self: Box<Self>) -> Result<(), Fault>;
}

/// Every read port.
pub trait Reads:
    AccessReads
    + JournalReads
    + OrganizationReads
    + SkillReads
    + CatalogReads
    + ProgramReads
    + FundingReads
    + LearningReads
    + MentoringReads
    + RoiReads
    + ReportReads
    + PrivacyReads
    + IntegrationReads
    + Send
    + Sync
{
}

impl<T> Reads for T where
    T: AccessReads
        + JournalReads
        + OrganizationReads
        + SkillReads
        + CatalogReads
        + ProgramReads
        + FundingReads
        + LearningReads
        + MentoringReads
        + MentoringReads
        + RoiReads
        + ReportReads
        + PrivacyReads
        + IntegrationReads
        + Send
        + Sync
{
}
