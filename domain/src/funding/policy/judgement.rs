//! What the rules of a policy say of a person and a course.

use chrono::NaiveDate;

use crate::catalog::ProviderKind;
use crate::kernel::{Money, Period};
use crate::organization::{Department, Employee, EmploymentStatus};

use super::PolicyRules;
use crate::funding::{CoFunding, FundingRequest, LearningLoad, Measure, Measured, RequestStatus};

/// Why a policy lets nobody ask for something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyObjection {
    /// More in one fiscal year than one person may have.
    #[error(
        "the policy allows {limit} a person from {} to {}; {spent} of it are asked for or spent, and this request \
         asks for {asked}",
        .year.from(), .year.to()
    )]
    YearCapExceeded {
        /// What was asked for or spent before.
        spent: Money,
        /// What is asked for now.
        asked: Money,
        /// The most.
        limit: Money,
        /// The fiscal year.
        year: Period,
    },
    /// More in one calendar year than is free of tax, where the policy refuses that.
    #[error(
        "the policy pays no more than is free of tax: '{bucket}' allows {limit} in {year}; {taken} of it are asked for, promised \
         or paid, and this request asks for {asked}"
    )]
    TaxBucketExceeded {
        /// What the bucket is called.
        bucket: String,
        /// The calendar year.
        year: i32,
        /// What was asked for, promised or paid before.
        taken: Money,
        /// What is asked for now.
        asked: Money,
        /// What is free of tax.
        limit: Money,
    },
    /// More than one request may ask for.
    #[error("the policy allows {limit} a request; this one asks for {asked}")]
    RequestCapExceeded {
        /// What is asked for.
        asked: Money,
        /// The most.
        limit: Money,
    },
    /// More than one request may ask for at such a provider.
    #[error("the policy allows {limit} a request at a provider of the kind {}; this one asks for {asked}", .kind.name())]
    ProviderCapExceeded {
        /// The kind.
        kind: ProviderKind,
        /// What is asked for.
        asked: Money,
        /// The most.
        limit: Money,
    },
    /// Less of the price than the person is to pay.
    #[error(
        "the policy asks the employee to pay {least} of the price of {price}; the request says {paid}, so give the rest as \
         co-funding by the EMPLOYEE"
    )]
    EmployeeShareTooLow {
        /// What they pay.
        paid: Money,
        /// What they should pay at least.
        least: Money,
        /// The price.
        price: Money,
    },
    /// Not here for long enough.
    #[error("the policy asks for {least} days with the employer; the employee has been here for {days}")]
    TenureTooShort {
        /// Days since the first one.
        days: i64,
        /// The fewest.
        least: i32,
    },
    /// Of another status than the policy is for.
    #[error("the employee is {}; the policy is for those who are {}", .status.name(), words(.eligible, EmploymentStatus::name))]
    StatusNotEligible {
        /// The person's status.
        status: EmploymentStatus,
        /// Those that it is for.
        eligible: Vec<EmploymentStatus>,
    },
    /// Of another department than the policy is for.
    #[error("the policy is for some departments and those below them, and {} is not among them", quoted(.department.as_deref()))]
    DepartmentNotEligible {
        /// The person's department, by name.
        department: Option<String>,
    },
    /// At a provider of another kind than the policy pays for.
    #[error(
        "the provider is {}; the policy pays for courses of {}",
        .kind.map_or("of a kind that is not known, because the course is outside the catalog", ProviderKind::name),
        words(.eligible, ProviderKind::name)
    )]
    ProviderKindNotEligible {
        /// The provider's kind, where it is known.
        kind: Option<ProviderKind>,
        /// Those that it pays for.
        eligible: Vec<ProviderKind>,
    },
    /// More at once than somebody may take on.
    #[error("the policy limits courses at once to {most}; with this one it would be {courses}")]
    TooManyCourses {
        /// With this one.
        courses: i64,
        /// The most.
        most: i32,
    },
    /// More learning a week than somebody may take on.
    #[error("the policy allows {most} minutes of learning a week; with this course it would be {minutes}")]
    LoadTooHigh {
        /// With this one.
        minutes: i64,
        /// The most.
        most: i32,
    },
}

fn words<T: Copy>(values: &[T], name: impl Fn(T) -> &'static str) -> String {
    values.iter().map(|value| name(*value)).collect::<Vec<_>>().join(" or ")
}

fn quoted(name: Option<&str>) -> String {
    name.map_or_else(|| "an employee without a department".to_owned(), |name| format!("'{name}'"))
}

impl PolicyObjection {
    /// The path of the input field at fault.
    pub fn field(&self) -> &'static [&'static str] {
        match self {
            Self::TenureTooShort { .. }
            | Self::StatusNotEligible { .. }
            | Self::DepartmentNotEligible { .. }
            | Self::TooManyCourses { .. }
            | Self::YearCapExceeded { .. }
            | Self::TaxBucketExceeded { .. } => &["input", "employeeId"],
            Self::EmployeeShareTooLow { .. } => &["input", "coFunding"],
            Self::RequestCapExceeded { .. }
            | Self::ProviderCapExceeded { .. }
            | Self::ProviderKindNotEligible { .. }
            | Self::LoadTooHigh { .. } => &["input", "course"],
        }
    }

    /// What was found, and what it may be.
    pub fn measured(&self) -> Measured {
        let count =
            |actual: i64, limit: i32| Measured::new(Measure::Count(actual), Measure::Count(limit.into()));
        match self {
            Self::YearCapExceeded { spent, asked, limit, .. }
            | Self::TaxBucketExceeded { taken: spent, asked, limit, .. } => {
                let total = spent.minor().saturating_add(asked.minor());
                Measured::new(Measure::Money(Money::sum(total, limit.currency())), Measure::Money(*limit))
            }
            Self::RequestCapExceeded { asked, limit } | Self::ProviderCapExceeded { asked, limit, .. } => {
                Measured::new(Measure::Money(*asked), Measure::Money(*limit))
            }
            Self::EmployeeShareTooLow { paid, least, .. } => {
                Measured::new(Measure::Money(*paid), Measure::Money(*least))
            }
            Self::TenureTooShort { days, least } => count(*days, *least),
            Self::TooManyCourses { courses, most } => count(*courses, *most),
            Self::LoadTooHigh { minutes, most } => count(*minutes, *most),
            Self::StatusNotEligible { status, .. } => {
                Measured { actual: Some(Measure::Word(status.name().to_owned())), limit: None }
            }
            Self::DepartmentNotEligible { department } => {
                Measured { actual: department.clone().map(Measure::Word), limit: None }
            }
            Self::ProviderKindNotEligible { kind, .. } => {
                Measured { actual: kind.map(|kind| Measure::Word(kind.name().to_owned())), limit: None }
            }
        }
    }
}

/// What rules look at in a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::funding) struct CourseTraits {
    /// What sort of organization offers it; not known outside the catalog.
    pub provider_kind: Option<ProviderKind>,
    pub outside_catalog: bool,
    pub workload_minutes: Option<i32>,
    /// The longest that it takes.
    pub duration_weeks: Option<i32>,
}

/// Somebody who asks, with what they have asked for before.
#[derive(Debug, Clone, Copy)]
pub(in crate::funding) struct Applicant<'a> {
    pub person: &'a Employee,
    /// Their department and those above it.
    pub departments: &'a [Department],
    /// The day it is at the employer.
    pub today: NaiveDate,
    /// The fiscal year that the day lies in.
    pub year: Period,
    /// Their requests that are live, and those that were settled after they had been submitted in the fiscal year, or paid
    /// in the calendar year.
    pub earlier: &'a [(NaiveDate, FundingRequest)],
    /// What runs for them, as far as the rules look at it.
    pub load: LearningLoad,
}

impl PolicyRules {
    /// Everything in the rules that speaks against a request: first who asks, then for what, then for how much.
    pub(in crate::funding) fn objections(
        &self,
        applicant: Applicant<'_>,
        course: Option<&CourseTraits>,
        amount: Option<Money>,
    ) -> Vec<PolicyObjection> {
        let mut objections = Vec::new();
        self.judge_person(applicant, &mut objections);
        if let Some(course) = course {
            self.judge_course(applicant, course, &mut objections);
        }
        if let Some(amount) = amount.filter(|amount| self.measured(*amount).is_some()) {
            self.judge_amount(
                applicant,
                course.and_then(|course| course.provider_kind),
                amount,
                &mut objections,
            );
        }
        objections
    }

    /// Whether the person pays too little of a price themself.
    pub(in crate::funding) fn share_objection(
        &self,
        price: Money,
        parts: &[CoFunding],
    ) -> Option<PolicyObjection> {
        let least = self.money(self.employee_share?.of(self.measured(price)?));
        let paid = CoFunding::employees_part(parts, self.currency);
        (paid.minor() < least.minor()).then_some(PolicyObjection::EmployeeShareTooLow { paid, least, price })
    }

    fn judge_person(&self, applicant: Applicant<'_>, objections: &mut Vec<PolicyObjection>) {
        let Applicant { person, departments, today, .. } = applicant;
        let rule = &self.eligibility;
        let days = today.signed_duration_since(person.employment.hired_on).num_days();
        if let Some(least) = rule.minimum_tenure_days.filter(|least| days < i64::from(*least)) {
            objections.push(PolicyObjection::TenureTooShort { days, least });
        }
        let status = person.employment.status;
        if let Some(eligible) = rule.statuses.as_ref().filter(|eligible| !eligible.contains(&status)) {
            objections.push(PolicyObjection::StatusNotEligible { status, eligible: eligible.clone() });
        }
        let within = |list: &Vec<_>| departments.iter().any(|department| list.contains(&department.id));
        if rule.departments.as_ref().is_some_and(|list| !within(list)) {
            let department = departments.first().map(|department| department.name.clone());
            objections.push(PolicyObjection::DepartmentNotEligible { department });
        }
        let courses = applicant.load.courses.saturating_add(1);
        if let Some(most) = self.workload.maximum_courses.filter(|most| courses > i64::from(*most)) {
            objections.push(PolicyObjection::TooManyCourses { courses, most });
        }
    }

    fn judge_course(
        &self,
        applicant: Applicant<'_>,
        course: &CourseTraits,
        objections: &mut Vec<PolicyObjection>,
    ) {
        let kind = course.provider_kind;
        let eligible = self.eligibility.provider_kinds.as_ref();
        if let Some(eligible) = eligible.filter(|list| kind.is_none_or(|kind| !list.contains(&kind))) {
            objections.push(PolicyObjection::ProviderKindNotEligible { kind, eligible: eligible.clone() });
        }
        let before = applicant.load.weekly_minutes;
        let minutes = applicant.load.with(course).weekly_minutes;
        let most = self.workload.weekly_minutes.filter(|most| minutes > before && minutes > i64::from(*most));
        if let Some(most) = most {
            objections.push(PolicyObjection::LoadTooHigh { minutes, most });
        }
    }

    fn judge_amount(
        &self,
        applicant: Applicant<'_>,
        kind: Option<ProviderKind>,
        asked: Money,
        objections: &mut Vec<PolicyObjection>,
    ) {
        let above = |limit: &i64| asked.minor() > *limit;
        if let Some(limit) = self.caps.per_request.filter(above) {
            objections.push(PolicyObjection::RequestCapExceeded { asked, limit: self.money(limit) });
        }
        for cap in self.caps.per_provider_kind.iter().filter(|cap| Some(cap.kind) == kind && above(&cap.most))
        {
            let limit = self.money(cap.most);
            objections.push(PolicyObjection::ProviderCapExceeded { kind: cap.kind, asked, limit });
        }
        if let Some(limit) = self.caps.per_person_and_year {
            let spent = self.spent_in_year(applicant);
            if spent.saturating_add(asked.minor()) > limit {
                let (spent, limit, year) = (self.money(spent), self.money(limit), applicant.year);
                objections.push(PolicyObjection::YearCapExceeded { spent, asked, limit, year });
            }
        }
    }

    /// What a person has asked for in the fiscal year and may still get, or has got, in minor units. A request counts in
    /// the year in which it was submitted.
    pub(in crate::funding) fn spent_in_year(&self, applicant: Applicant<'_>) -> i64 {
        let counted = applicant.earlier.iter().filter(|(day, request)| {
            applicant.year.contains(*day) && request.amount.currency() == self.currency
        });
        counted.map(|(_, request)| request.claimed()).fold(0, i64::saturating_add)
    }

    /// The most that this person may ask for now, for this course; none where no rule limits it.
    pub(in crate::funding) fn most_for(
        &self,
        applicant: Applicant<'_>,
        course: Option<&CourseTraits>,
    ) -> Option<Money> {
        let left =
            self.caps.per_person_and_year.map(|limit| limit.saturating_sub(self.spent_in_year(applicant)));
        let once = self.most_per_request(course.and_then(|course| course.provider_kind));
        once.into_iter().chain(left).min().map(|minor| self.money(minor))
    }
}

impl FundingRequest {
    /// What it takes of its person's yearly share: what it asks for while it is live, then what it cost, in minor units.
    fn claimed(&self) -> i64 {
        match self.status {
            RequestStatus::Settled => self.spent(),
            status if status.is_live() => self.amount.minor(),
            _ => 0,
        }
    }
}
