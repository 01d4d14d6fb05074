//! Entries by id.

use upskill_domain::journal::SealedEntry;
use upskill_domain::kernel::JournalEntryId;

use crate::graphql::loader::loader;

loader! {
    /// Sealed entries by id; none for who may not read them.
    SealedEntries: JournalEntryId => one SealedEntry, journal.entries_by_id, |sealed| (sealed.entry.id, sealed)
}
