//! Reading what is kept of somebody, page by page.

use async_trait::async_trait;
use upskill_domain::kernel::{EmployeeId, EmployerId, Fault, TypedId};
use upskill_domain::privacy::{PrivacyReads, RecordPage, RecordPlace, Section};

use super::inventory::source_of;
use crate::row;
use crate::store::Db;

#[async_trait]
impl PrivacyReads for Db {
    async fn personal_records(
        &self,
        employer: EmployerId,
        employee: EmployeeId,
        section: &'static Section,
        (after, limit): (Option<&RecordPlace>, u32),
    ) -> Result<RecordPage, Fault> {
        let source = source_of(section)
            .ok_or_else(|| Fault::inconsistent(format!("the section {} comes from nowhere", section.name)))?;
        let select = source.page((employer.uuid(), employee), after, limit);
        let rows = row::all_as(&self.pool, &select, |cells| source.read(cells)).await?;
        let full = u32::try_from(rows.len()).is_ok_and(|rows| rows >= limit);
        let next = rows.last().filter(|_| full).map(|(place, _)| place.clone());
        Ok(RecordPage { records: rows.into_iter().map(|(_, record)| record).collect(), next })
    }
}
