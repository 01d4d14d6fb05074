//! Which entries concern whoever follows the journal.

use crate::kernel::EmployeeId;

use super::{Entry, JournalFilter, SealedEntry, Subject};

/// A sealed entry on its way to those who follow the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// What happened.
    pub sealed: SealedEntry,
    /// People whom it concerns though its words do not name them, such as the approvers of a request.
    pub people: Vec<EmployeeId>,
}

/// What somebody follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interest {
    /// One thing: what happens to it, and what happens elsewhere and names it.
    Thing(Subject),
    /// One person: what happens to them, and what waits for them.
    Person(EmployeeId),
    /// The journal itself.
    Entries(JournalFilter),
}

impl Interest {
    /// Whether somebody with this interest wants to hear of it.
    pub fn concerns(&self, occasion: &Occasion) -> bool {
        let entry = &occasion.sealed.entry;
        match self {
            Self::Thing(thing) => entry.names(thing),
            Self::Person(person) => occasion.people.contains(person) || entry.names(&Subject::of(*person)),
            Self::Entries(filter) => filter.admits(entry),
        }
    }
}

impl Entry {
    /// Whether it happened to a thing, or names it among its details. Details hold ids and amounts and no words of
    /// people, so a text that reads like an id is one.
    pub fn names(&self, thing: &Subject) -> bool {
        self.subject == *thing || self.payload.contains(&format!("\"{}\"", thing.written()))
    }
}

impl JournalFilter {
    /// Whether an entry is one of those that the filter lists.
    pub fn admits(&self, entry: &Entry) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&entry.kind))
            && self.subject.as_ref().is_none_or(|subject| *subject == entry.subject)
            && self.actor.is_none_or(|actor| entry.actor == Some(actor))
            && self.account.is_none_or(|account| entry.account == Some(account))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::journal::{ActorKind, GENESIS, Seal};
    use crate::kernel::{BudgetId, EmployerId, FundingRequestId, JournalEntryId, TypedId};

    fn id<I: TypedId>(number: u128) -> I {
        I::from_uuid(Uuid::from_u128(number))
    }

    /// A request that names its budget and the person it is for, while somebody else stands beside it.
    fn occasion() -> Occasion {
        let (budget, person) = (id::<BudgetId>(2), id::<EmployeeId>(3));
        let entry = Entry {
            id: id::<JournalEntryId>(9),
            employer: id::<EmployerId>(1),
            at: DateTime::UNIX_EPOCH,
            actor_kind: ActorKind::Employee,
            actor: Some(id(5)),
            account: Some(id(6)),
            capacity: None,
            kind: "funding.request_submitted".to_owned(),
            subject: Subject::of(id::<FundingRequestId>(7)),
            payload: format!(r#"{{"budget":"{budget}","employee":"{person}"}}"#),
            request_id: "r".to_owned(),
        };
        let seal = Seal::new(1, GENESIS, &entry);
        Occasion { sealed: SealedEntry { entry, seal }, people: vec![id(4)] }
    }

    #[test]
    fn a_thing_is_concerned_by_what_happens_to_it_and_by_what_names_it() {
        let concerns = |thing: Subject| Interest::Thing(thing).concerns(&occasion());
        assert!(concerns(Subject::of(id::<FundingRequestId>(7))));
        assert!(concerns(Subject::of(id::<BudgetId>(2))));
        assert!(!concerns(Subject::of(id::<BudgetId>(7))));
        assert!(!concerns(Subject::of(id::<FundingRequestId>(2))));
    }

    #[test]
    fn a_person_is_concerned_when_named_or_known_to_stand_beside_it_and_not_for_having_done_it() {
        let concerns = |person| Interest::Person(id(person)).concerns(&occasion());
        assert!(concerns(3));
        assert!(concerns(4));
        assert!(!concerns(5));
    }

    #[test]
    fn the_journal_is_followed_by_the_filter_that_lists_it() {
        let admits = |filter: JournalFilter| Interest::Entries(filter).concerns(&occasion());
        let all = JournalFilter::default;
        assert!(admits(all()));
        assert!(admits(JournalFilter { actor: Some(id(5)), ..all() }));
        assert!(!admits(JournalFilter { actor: Some(id(3)), ..all() }));
        assert!(admits(JournalFilter { account: Some(id(6)), ..all() }));
        assert!(!admits(JournalFilter { account: Some(id(5)), ..all() }));
        assert!(admits(JournalFilter { kinds: Some(vec!["funding.request_submitted".to_owned()]), ..all() }));
        assert!(!admits(JournalFilter { kinds: Some(Vec::new()), ..all() }));
        assert!(admits(JournalFilter { subject: Some(Subject::of(id::<FundingRequestId>(7))), ..all() }));
        assert!(!admits(JournalFilter { subject: Some(Subject::of(id::<BudgetId>(2))), ..all() }));
    }
}
