//! The steps of a request's approval chain, and whose turn it is.

use chrono::{DateTime, TimeDelta, Utc};

use crate::kernel::{ApprovalStepId, EmployeeId, FundingRequestId};
use crate::organization::EmploymentStatus;

use super::decision::Decider;
use super::{Assignment, Capacity, FundingRequest, RequestStatus};

/// One step of a request's approval chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalStep {
    /// Its id.
    pub id: ApprovalStepId,
    /// The request.
    pub request: FundingRequestId,
    /// Its place in the chain, counted from 1.
    pub position: i32,
    /// Who decides it.
    pub assignee: EmployeeId,
    /// In which capacity.
    pub capacity: Capacity,
    /// Which step of the policy it follows, by its place there, counted from 0.
    pub rule: i32,
    /// Where it is.
    pub status: StepStatus,
    /// Within how many days of its turn it is to be decided, if the policy says so.
    pub due_within_days: Option<i32>,
    /// How many days before it is due its assignee is reminded.
    pub remind_days_before: i32,
    /// Since when it waits or waited for its assignee.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Until when it is to be decided, once its turn has come and if the policy says so.
    pub due_at: Option<DateTime<Utc>>,
    /// Since when its assignee may not decide it and nobody else can be found, if that is so.
    pub stranded_at: Option<DateTime<Utc>>,
    /// What its assignee, or HR, has been told of its due date.
    pub notice: StepNotice,
    /// When it went up because it was overdue, the last time that it did.
    pub escalated_at: Option<DateTime<Utc>>,
    /// From whom it went up then.
    pub escalated_from: Option<EmployeeId>,
}

impl ApprovalStep {
    /// Days after which a step without a due date takes its place in the inbox among those that have one.
    const DUE_WITHOUT_A_DATE: i32 = 30;

    /// A step whose turn has not come.
    pub(super) fn pending(
        id: ApprovalStepId,
        request: FundingRequestId,
        position: i32,
        assignment: Assignment,
    ) -> Self {
        let Assignment { assignee, capacity, rule, due_within_days, remind_days_before } = assignment;
        Self {
            id,
            request,
            position,
            assignee,
            capacity,
            rule,
            status: StepStatus::Pending,
            due_within_days,
            remind_days_before,
            waiting_since: None,
            due_at: None,
            stranded_at: None,
            notice: StepNotice::Nothing,
            escalated_at: None,
            escalated_from: None,
        }
    }

    /// Whether it is still to be decided.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.status, StepStatus::Pending | StepStatus::Waiting)
    }

    /// Gives it its turn.
    pub(super) fn begin(&mut self, at: DateTime<Utc>) {
        self.status = StepStatus::Waiting;
        self.waiting_since = Some(at);
        self.due_at = self.due_within_days.map(|days| after(at, days));
        self.notice = StepNotice::Nothing;
    }

    /// Gives it to somebody else. If its turn has come, they have as many days as the one before them had.
    pub(super) fn hand_over(&mut self, to: EmployeeId, capacity: Capacity, at: DateTime<Utc>) {
        (self.assignee, self.capacity, self.stranded_at) = (to, capacity, None);
        if self.status == StepStatus::Waiting {
            self.begin(at);
        }
    }

    /// Where it stands in the inbox of its assignee (F17): by due date, and without one as if it were due in
    /// 30 days from its turn.
    pub fn inbox_place(&self) -> Option<DateTime<Utc>> {
        self.due_at.or(self.waiting_since.map(|since| after(since, Self::DUE_WITHOUT_A_DATE)))
    }
}

pub(super) fn after(at: DateTime<Utc>, days: i32) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::days(days.into())).unwrap_or(at)
}

/// What has been told of a step's due date since its turn came, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepNotice {
    /// Nothing yet.
    Nothing,
    /// That it is due soon.
    DueSoon,
    /// That it is due.
    Due,
    /// That it is overdue and nobody is next in line. HR was told.
    Overdue,
}

impl StepNotice {
    /// Every notice, in the order in which they are given.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::DueSoon, Self::Due, Self::Overdue];

    /// The name in the database and the journal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "NOTHING",
            Self::DueSoon => "DUE_SOON",
            Self::Due => "DUE",
            Self::Overdue => "OVERDUE",
        }
    }

    /// The notice with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }
}

/// Where a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepStatus {
    /// An earlier step comes first.
    Pending,
    /// It is its assignee's turn.
    Waiting,
    /// Its assignee has decided.
    Decided,
    /// Not needed any more.
    Skipped,
}

impl StepStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Waiting, Self::Decided, Self::Skipped];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Waiting => "WAITING",
            Self::Decided => "DECIDED",
            Self::Skipped => "SKIPPED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Why it is not this person's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTheirTurn {
    /// Decided already, or over.
    #[error("the request is {}; only one that is SUBMITTED can be decided", .0.name())]
    NotPending(RequestStatus),
    /// Another step comes first, or theirs has been decided.
    #[error("the request waits for somebody else now")]
    NotYours,
    /// Nobody decides twice (F9).
    #[error("you have decided another step of this request; somebody else decides this one")]
    DecidedBefore,
    /// Nobody decides for themself (F8).
    #[error("nobody decides their own request")]
    OwnRequest,
    /// They, or the one in whose name they decide, have left or lost what made them decide (F11).
    #[error(
        "who is to decide no longer stands to the request as this step asks; it goes to somebody who does"
    )]
    NoLongerApprover,
    /// Not at work.
    #[error("you are {}; the employee can withdraw the request and submit it again to reach the next approver", .0.name())]
    Absent(EmploymentStatus),
}

/// The step that somebody decides now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenStep {
    pub step: ApprovalStepId,
    pub position: i32,
    pub by: EmployeeId,
    /// In whose name, when it waits for somebody else.
    pub on_behalf_of: Option<EmployeeId>,
    pub capacity: Capacity,
}

impl FundingRequest {
    /// The step whose turn it is, if this person may decide it now.
    pub(super) fn open_step(
        &self,
        steps: &[ApprovalStep],
        decider: Decider<'_>,
    ) -> Result<OpenStep, NotTheirTurn> {
        let approver = decider.person;
        if self.status != RequestStatus::Submitted {
            return Err(NotTheirTurn::NotPending(self.status));
        }
        let by = approver.id();
        let theirs =
            |step: &&ApprovalStep| step.assignee == by || decider.delegators.contains(&step.assignee);
        let step = waiting(steps).filter(theirs).ok_or(NotTheirTurn::NotYours)?;
        if [by, step.assignee].contains(&self.employee) {
            return Err(NotTheirTurn::OwnRequest);
        }
        if !approver.is_present() {
            return Err(NotTheirTurn::Absent(approver.employment.status));
        }
        if decider.relation_lost {
            return Err(NotTheirTurn::NoLongerApprover);
        }
        if decider.earlier.contains(&by) && !decider.rules.one_person_may_decide_twice {
            return Err(NotTheirTurn::DecidedBefore);
        }
        let ApprovalStep { id, position, assignee, capacity, .. } = *step;
        let on_behalf_of = (assignee != by).then_some(assignee);
        Ok(OpenStep { step: id, position, by, on_behalf_of, capacity })
    }
}

/// The step whose turn it is.
pub(super) fn waiting(steps: &[ApprovalStep]) -> Option<&ApprovalStep> {
    steps.iter().find(|step| step.status == StepStatus::Waiting)
}

/// Marks a step as decided and gives the turn to the next one, if there is one.
pub(super) fn pass_on(steps: &mut [ApprovalStep], decided: i32, at: DateTime<Utc>) {
    for step in steps {
        if step.position == decided {
            step.status = StepStatus::Decided;
        } else if step.position == decided.saturating_add(1) {
            step.begin(at);
        }
    }
}

/// Drops what has not been decided.
pub(super) fn skip_rest(steps: &mut [ApprovalStep]) {
    steps.iter_mut().filter(|step| step.is_open()).for_each(|step| step.status = StepStatus::Skipped);
}
