//! What is attempted: a kind, and numbers that pick people, budgets, requests and amounts.

use proptest::prelude::*;

/// What somebody attempts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deed {
    pub kind: Kind,
    /// Picks a person.
    pub who: usize,
    /// Picks a budget or a request.
    pub what: usize,
    /// Picks another one, or a variant.
    pub other: usize,
    /// Minor units.
    pub amount: i64,
}

/// The commands of funding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Submit,
    Withdraw,
    Resubmit,
    Decide,
    DecideOutOfTurn,
    DecideList,
    Commit,
    Settle,
    Cancel,
    Refund,
    Recover,
    Extend,
    LookAfter,
    Create,
    Change,
    Open,
    CloseToSpend,
    Archive,
    Close,
    CloseTree,
    SetHours,
    Allocate,
    Adjust,
    Transfer,
    AddOwner,
    RemoveOwner,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Submit => "Submit",
            Self::Withdraw => "Withdraw",
            Self::Resubmit => "Resubmit",
            Self::Decide => "Decide",
            Self::DecideOutOfTurn => "Decide out of turn",
            Self::DecideList => "Decide a list",
            Self::Commit => "Commit",
            Self::Settle => "Settle",
            Self::Cancel => "Cancel",
            Self::Refund => "Refund",
            Self::Recover => "Recover",
            Self::Extend => "Extend",
            Self::LookAfter => "Look after",
            Self::Create => "Create",
            Self::Change => "Change",
            Self::Open => "Open",
            Self::CloseToSpend => "Close to spend",
            Self::Archive => "Archive",
            Self::Close => "Close",
            Self::CloseTree => "Close a tree",
            Self::SetHours => "Set learning hours",
            Self::Allocate => "Allocate",
            Self::Adjust => "Adjust",
            Self::Transfer => "Transfer",
            Self::AddOwner => "Add owner",
            Self::RemoveOwner => "Remove owner",
        }
    }
}

/// Any deed; what people do every day comes more often.
pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let kind = prop_oneof![
        24 => Just(Kind::Submit),
        2 => Just(Kind::Withdraw),
        3 => Just(Kind::Resubmit),
        22 => Just(Kind::Decide),
        4 => Just(Kind::DecideOutOfTurn),
        3 => Just(Kind::DecideList),
        10 => Just(Kind::Commit),
        8 => Just(Kind::Settle),
        3 => Just(Kind::Cancel),
        3 => Just(Kind::Refund),
        3 => Just(Kind::Recover),
        2 => Just(Kind::Extend),
        2 => Just(Kind::LookAfter),
        1 => Just(Kind::Create),
        2 => Just(Kind::Change),
        2 => Just(Kind::Open),
        1 => Just(Kind::CloseToSpend),
        1 => Just(Kind::Archive),
        3 => Just(Kind::Close),
        2 => Just(Kind::CloseTree),
        3 => Just(Kind::SetHours),
        3 => Just(Kind::Allocate),
        3 => Just(Kind::Adjust),
        5 => Just(Kind::Transfer),
        1 => Just(Kind::AddOwner),
        1 => Just(Kind::RemoveOwner),
    ];
    let number = || 0_usize..1_000_000;
    (kind, number(), number(), number(), 0_i64..40_000).prop_map(|(kind, who, what, other, amount)| Deed {
        kind,
        who,
        what,
        other,
        amount,
    })
}
