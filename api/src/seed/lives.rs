//! Telling what was decided: everything in the order in which it happens, through the use cases and by the people who
//! would do it.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use upskill_domain::funding::{
    ApproveFundingRequest, AskedCourse, CancelFundingRequest, CommitFundingRequest, OutsideCourse,
    ReasonCode, RefundFundingRequest, RejectFundingRequest, SettleFundingRequest, SubmitFundingRequest,
    WithdrawFundingRequest,
};
use upskill_domain::kernel::{EnrollmentId, FundingRequestId, ProgramId};

use super::cast::WORDS;
use super::catalog::Offers;
use super::dice::Dice;
use super::learning;
use super::people::{Stay, Workforce};
use super::requests::{Act, Fate, OUTSIDE, What, Wish};
use super::teller::{Teller, done};

/// A request on its way.
#[derive(Debug, Clone, Copy)]
struct Life {
    id: FundingRequestId,
    amount: i64,
    settled: i64,
    enrollment: Option<EnrollmentId>,
}

/// Every request of the story.
pub(super) struct Lives<'a> {
    pub wishes: &'a [Wish],
    pub workforce: &'a Workforce,
    pub offers: &'a Offers,
    /// The flagship, once it runs.
    pub program: Option<ProgramId>,
    lives: Vec<Option<Life>>,
    dice: Dice,
}

impl<'a> Lives<'a> {
    pub(super) fn new(wishes: &'a [Wish], workforce: &'a Workforce, offers: &'a Offers, seed: u64) -> Self {
        let lives = vec![None; wishes.len()];
        Self { wishes, workforce, offers, program: None, lives, dice: Dice::new(seed) }
    }

    /// One act.
    pub(super) async fn act(&mut self, teller: &Teller, wish: usize, act: Act) -> anyhow::Result<()> {
        match act {
            Act::Submit => self.submit(teller, wish).await,
            Act::Withdraw | Act::Approve | Act::Reject => self.decide(teller, wish, act).await,
            Act::Commit | Act::Cancel | Act::Settle | Act::Refund => self.book(teller, wish, act).await,
            Act::Enroll | Act::Finish => self.learn(teller, wish, act).await,
        }
    }

    async fn submit(&mut self, teller: &Teller, number: usize) -> anyhow::Result<()> {
        let wish = &self.wishes[number];
        let course = match wish.what {
            What::Course(course) => AskedCourse::Catalog(self.offers.courses[course].id),
            What::Outside(which) => {
                let (title, provider_name, url, _) = OUTSIDE[which % OUTSIDE.len()];
                AskedCourse::Outside(OutsideCourse {
                    title: title.to_owned(),
                    provider_name: provider_name.to_owned(),
                    url: url.to_owned(),
                    workload_minutes: Some(40 * 60),
                })
            }
        };
        let command = SubmitFundingRequest {
            key: None,
            employee: teller.people[wish.person],
            course,
            quote: wish.quote(self.offers).map(|minor| teller.money(minor)).transpose()?,
            co_funding: Vec::new(),
            budget: None,
            program: self.program.filter(|_| wish.program),
            purpose: wish.purpose.to_owned(),
        };
        let actor = teller.actor(wish.person);
        let request = done("ask for funding", teller.app.funding().submit_request(&actor, command).await)?;
        let amount = request.amount.minor();
        self.lives[number] = Some(Life { id: request.id, amount, settled: 0, enrollment: None });
        Ok(())
    }

    async fn decide(&mut self, teller: &Teller, number: usize, act: Act) -> anyhow::Result<()> {
        let wish = &self.wishes[number];
        let (funding, id) = (teller.app.funding(), self.life(number)?.id);
        let manager = self.workforce.people[wish.person].manager;
        let approver = teller.actor(manager.context("somebody who asks has a manager")?);
        match (act, wish.fate) {
            (Act::Withdraw, _) => {
                let command = WithdrawFundingRequest { id, expected_version: None };
                let outcome = funding.withdraw_request(&teller.actor(wish.person), command).await;
                done("withdraw a request", outcome)?;
            }
            (Act::Reject, Fate::Rejected(words)) => {
                let (reason, text) = WORDS[words];
                let text = text.to_owned();
                let command = RejectFundingRequest { key: None, id, reason, text, expected_version: None };
                done("reject a request", funding.reject_request(&approver, command).await)?;
            }
            _ => {
                let note =
                    self.dice.percent(20).then(|| "Good timing. Show the team what you learn.".to_owned());
                let command =
                    ApproveFundingRequest { key: None, id, conditions: None, note, expected_version: None };
                done("approve a request", funding.approve_request(&approver, command).await)?;
            }
        }
        Ok(())
    }

    async fn book(&mut self, teller: &Teller, number: usize, act: Act) -> anyhow::Result<()> {
        let (funding, life, finance) = (teller.app.funding(), self.life(number)?, &teller.finance);
        let Life { id, amount, settled, .. } = life;
        match act {
            Act::Commit => {
                let order_number = Some(format!("PO-{:06}", 100_000 + number));
                let command = CommitFundingRequest {
                    key: None,
                    id,
                    price: None,
                    order_number,
                    starts_on: None,
                    expected_version: None,
                };
                done("commit a request", funding.commit_request(finance, command).await)?;
            }
            Act::Cancel => {
                let reason = *self.dice.pick(&[ReasonCode::CourseCanceled, ReasonCode::NoLongerNeeded]);
                let command =
                    CancelFundingRequest { key: None, id, reason, note: None, expected_version: None };
                done("cancel a request", funding.cancel_request(finance, command).await)?;
            }
            Act::Settle => {
                let share = if self.dice.percent(20) { self.dice.between(90, 98) } else { 100 };
                let paid = amount * share / 100;
                let command = SettleFundingRequest {
                    key: None,
                    id,
                    price: teller.money(paid)?,
                    invoice_number: Some(format!("INV-{:06}", 200_000 + number)),
                    proof: None,
                    effective_on: None,
                    expected_version: None,
                };
                done("settle a request", funding.settle_request(finance, command).await)?;
                self.lives[number] = Some(Life { settled: paid, ..life });
            }
            // What cost nothing cannot come back.
            _ if settled == 0 => {}
            _ => {
                let command = RefundFundingRequest {
                    key: None,
                    id,
                    amount: teller.money(settled * self.dice.between(20, 60) / 100)?,
                    reason: ReasonCode::PriceCorrected,
                    note: Some("The provider held fewer days than announced.".to_owned()),
                    credit_note_number: Some(format!("CN-{:06}", 300_000 + number)),
                    effective_on: None,
                    expected_version: None,
                };
                done("refund a request", funding.refund_request(finance, command).await)?;
            }
        }
        Ok(())
    }

    /// Somebody takes the place, or is through with it. Who leaves does not get to the end; nobody in HR records a result of
    /// their own.
    async fn learn(&mut self, teller: &Teller, number: usize, act: Act) -> anyhow::Result<()> {
        let (person, life) = (self.wishes[number].person, self.life(number)?);
        match (act, life.enrollment) {
            (Act::Enroll, _) => {
                let enrollment = Some(learning::enroll(teller, person, life.id).await?);
                self.lives[number] = Some(Life { enrollment, ..life });
            }
            (_, Some(enrollment)) => {
                let leaves = self.workforce.people[person].stay == Stay::Leaves;
                let own = teller.hr.employee() == Some(teller.people[person]);
                if !leaves && !own {
                    learning::finish(teller, (number, person), enrollment).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn life(&self, number: usize) -> anyhow::Result<Life> {
        self.lives[number].context("a request begins with its submission")
    }
}

/// Everything that happens to requests, in its order.
pub(super) fn acts(wishes: &[Wish], seed: u64) -> Vec<(DateTime<Utc>, usize, Act)> {
    let mut dice = Dice::new(seed);
    let mut acts: Vec<_> = wishes
        .iter()
        .enumerate()
        .flat_map(|(number, wish)| wish.acts(&mut dice).into_iter().map(move |(at, act)| (at, number, act)))
        .collect();
    acts.sort_unstable();
    acts
}
