//! How the lists of the journal are read.

use upskill_domain::journal::JournalFilter;
use upskill_domain::kernel::Direction;

use super::types::JournalEntry;
use crate::graphql::page::listed;

listed!(JournalEntry: journal.entries, count_entries, JournalFilter, by Direction);
