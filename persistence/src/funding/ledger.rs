//! From rows to budgets and the entries of their ledgers.

use upskill_domain::funding::{
    Balance, Budget, BudgetStatus, Change, EntryKind, Hours, HoursChange, LedgerEntry, LimitMode, OwnedBy,
    ReasonCode,
};
use upskill_domain::kernel::{Currency, Fault, Period};

use super::entity::{budget, ledger_entry};
use crate::row::{Cells, Record};

impl Record for Budget {
    type Entity = budget::Entity;
    const COLUMNS: &'static [budget::Column] = {
        use budget::Column as C;
        &[
            C::Id,
            C::Name,
            C::DepartmentId,
            C::ProgramId,
            C::StartsOn,
            C::EndsOn,
            C::Currency,
            C::ParentId,
            C::LimitMode,
            C::Status,
            C::Allocated,
            C::Distributed,
            C::Reserved,
            C::Committed,
            C::Spent,
            C::Entries,
            C::Version,
            C::HoursAllowance,
            C::HoursReserved,
            C::HoursCommitted,
            C::HoursSpent,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            name: cells.take()?,
            owned_by: match (cells.id_or_none()?, cells.id_or_none()?) {
                (Some(department), _) => OwnedBy::Department(department),
                (None, Some(program)) => OwnedBy::Program(program),
                (None, None) => OwnedBy::Employer,
            },
            period: Period::new(cells.take()?, cells.take()?)
                .map_err(|error| Fault::inconsistent(error.to_string()))?,
            currency: cells.read(Currency::parse)?,
            parent: cells.id_or_none()?,
            limit_mode: cells.word(LimitMode::named)?,
            status: cells.word(BudgetStatus::named)?,
            balance: read_balance(cells)?,
            entries: cells.take()?,
            version: cells.take()?,
            hours: read_hours(cells)?,
        })
    }
}

fn read_balance(cells: &mut Cells<'_>) -> Result<Balance, Fault> {
    Ok(Balance {
        allocated: cells.take()?,
        distributed: cells.take()?,
        reserved: cells.take()?,
        committed: cells.take()?,
        spent: cells.take()?,
    })
}

fn read_hours(cells: &mut Cells<'_>) -> Result<Hours, Fault> {
    Ok(Hours {
        allowance: cells.take()?,
        reserved: cells.take()?,
        committed: cells.take()?,
        spent: cells.take()?,
    })
}

impl Record for LedgerEntry {
    type Entity = ledger_entry::Entity;
    const COLUMNS: &'static [ledger_entry::Column] = {
        use ledger_entry::Column as C;
        &[
            C::Id,
            C::BudgetId,
            C::Sequence,
            C::Kind,
            C::Allocated,
            C::Distributed,
            C::Reserved,
            C::Committed,
            C::Spent,
            C::Currency,
            C::AllocatedAfter,
            C::DistributedAfter,
            C::ReservedAfter,
            C::CommittedAfter,
            C::SpentAfter,
            C::RequestId,
            C::TransferId,
            C::Reason,
            C::Note,
            C::Document,
            C::EffectiveOn,
            C::ActorId,
            C::At,
            C::HoursAllowance,
            C::HoursReserved,
            C::HoursCommitted,
            C::HoursSpent,
            C::HoursAllowanceAfter,
            C::HoursReservedAfter,
            C::HoursCommittedAfter,
            C::HoursSpentAfter,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            budget: cells.id()?,
            sequence: cells.take()?,
            kind: cells.word(EntryKind::named)?,
            change: Change {
                allocated: cells.take()?,
                distributed: cells.take()?,
                reserved: cells.take()?,
                committed: cells.take()?,
                spent: cells.take()?,
            },
            currency: cells.read(Currency::parse)?,
            balance: read_balance(cells)?,
            request: cells.id_or_none()?,
            transfer: cells.id_or_none()?,
            reason: cells.read_or_none(|name| ReasonCode::named(name).ok_or(()))?,
            note: cells.take()?,
            document: cells.take()?,
            effective_on: cells.take()?,
            by: cells.id_or_none()?,
            at: cells.take()?,
            hours: HoursChange {
                allowance: cells.take()?,
                reserved: cells.take()?,
                committed: cells.take()?,
                spent: cells.take()?,
            },
            hours_after: read_hours(cells)?,
        })
    }
}
