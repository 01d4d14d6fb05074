//! Who masters what since when, and who says so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::kernel::{EmployeeId, EnrollmentId, SkillId, SkillRecordId, WebAddress};

use super::{SkillEvidence, SkillLevel};

/// What one kind of evidence says of one skill of one person from a day on. Records are never changed: the next one of
/// the same kind takes the place of this one from its own first day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillRecord {
    /// Its id.
    pub id: SkillRecordId,
    /// Who.
    pub employee: EmployeeId,
    /// Which skill.
    pub skill: SkillId,
    /// How well. None ends what was recorded before: from then on this kind of evidence says nothing.
    pub level: Option<SkillLevel>,
    /// On whose word it rests.
    pub evidence: SkillEvidence,
    /// The first day on which it holds.
    pub from_on: NaiveDate,
    /// The last one, where it runs out by itself.
    pub until_on: Option<NaiveDate>,
    /// The enrollment that brought it about.
    pub enrollment: Option<EnrollmentId>,
    /// Where the evidence lies.
    pub link: Option<WebAddress>,
    /// A remark.
    pub note: Option<String>,
    /// Who recorded it; none for the installation itself.
    pub by: Option<EmployeeId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How well somebody masters a skill on a day, with what was recorded about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSkill {
    /// The skill.
    pub skill: SkillId,
    /// How well.
    pub level: SkillLevel,
    /// On whose word the level rests.
    pub evidence: SkillEvidence,
    /// What each kind of evidence says on the day: the one that counts first, then the others, the strongest first.
    pub records: Vec<SkillRecord>,
}

impl SkillRecord {
    /// Whether it takes the place of another one that has begun as well: it begins later, or was recorded later.
    fn supersedes(&self, other: &Self) -> bool {
        (self.from_on, self.at, self.id) > (other.from_on, other.at, other.id)
    }

    /// What it says on a day on which no other has taken its place.
    fn says_on(&self, day: NaiveDate) -> Option<SkillLevel> {
        let holds = self.from_on <= day && self.until_on.is_none_or(|until| day <= until);
        self.level.filter(|_| holds)
    }

    /// Whether somebody who records the other one after this one would say nothing new.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        (self.level, self.from_on, self.until_on) == (other.level, other.from_on, other.until_on)
            && (&self.link, &self.note) == (&other.link, &other.note)
    }
}

/// The last record of each kind of evidence that has begun on a day.
fn begun<'a>(
    records: impl IntoIterator<Item = &'a SkillRecord>,
    day: NaiveDate,
) -> BTreeMap<SkillEvidence, &'a SkillRecord> {
    let mut last = BTreeMap::<_, &SkillRecord>::new();
    for record in records.into_iter().filter(|record| record.from_on <= day) {
        let known = last.entry(record.evidence).or_insert(record);
        if record.supersedes(known) {
            *known = record;
        }
    }
    last
}

/// What a kind of evidence says on a day, out of everything that was recorded of one skill of one person.
pub(super) fn said(
    records: &[SkillRecord],
    evidence: SkillEvidence,
    day: NaiveDate,
) -> Option<(SkillLevel, &SkillRecord)> {
    let record = begun(records, day).remove(&evidence)?;
    Some((record.says_on(day)?, record))
}

/// How well a skill is held on a day, out of everything that was recorded of one skill of one person.
///
/// Kinds of evidence disagree, and the rule is made of three sentences. What was *proved* in an assessment or by a
/// certificate is held at least. What others have *observed* may lie above it; of observers a mentor comes before a
/// manager and a manager before a peer, for whoever stands closer to the work knows it better. What people say of
/// *themselves* counts as long as nobody else has said anything.
fn held(records: &[&SkillRecord], day: NaiveDate) -> Option<HeldSkill> {
    let begun = begun(records.iter().copied(), day);
    let saying = begun.into_values().filter_map(|record| Some((record.says_on(day)?, record)));
    let mut said: Vec<(SkillLevel, &SkillRecord)> = saying.rev().collect();
    let proved = said
        .iter()
        .filter(|(_, record)| record.evidence.is_proof())
        .max_by_key(|(level, record)| (*level, record.evidence));
    let observed = said.iter().find(|(_, record)| !record.evidence.is_proof());
    let counts = match (proved, observed) {
        (Some(proof), Some(word)) if word.1.evidence == SkillEvidence::SelfAssessed || word.0 <= proof.0 => {
            proof
        }
        (_, Some(word)) => word,
        (Some(proof), None) => proof,
        (None, None) => return None,
    };
    let (level, SkillRecord { skill, evidence, .. }) = *counts;
    let (skill, evidence) = (*skill, *evidence);
    said.sort_by_key(|(_, record)| record.evidence != evidence);
    let records = said.into_iter().map(|(_, record)| record.clone()).collect();
    Some(HeldSkill { skill, level, evidence, records })
}

/// What one person holds on a day, by skill, out of everything that was recorded of them.
pub fn held_on(records: &[SkillRecord], day: NaiveDate) -> Vec<HeldSkill> {
    let mut by_skill = BTreeMap::<SkillId, Vec<&SkillRecord>>::new();
    for record in records {
        by_skill.entry(record.skill).or_default().push(record);
    }
    by_skill.values().filter_map(|of_skill| held(of_skill, day)).collect()
}

/// The days from which on a proof has to be recorded for a skill to be proved at a level from a day on, out of
/// everything that was recorded of it. None when as much was proved before: a course below what somebody has proved
/// takes nothing away.
///
/// A completion may be told late. Then weaker proofs of later days are followed by the stronger one as well; where one
/// was ended on purpose it stays ended.
pub(super) fn days_to_raise(
    records: &[SkillRecord],
    (evidence, level): (SkillEvidence, SkillLevel),
    from_on: NaiveDate,
) -> Vec<NaiveDate> {
    let proved = |day| {
        let proofs = SkillEvidence::ALL.into_iter().filter(|evidence| evidence.is_proof());
        proofs.filter_map(|proof| said(records, proof, day)).map(|(level, _)| level).max()
    };
    let ended = |day| begun(records, day).get(&evidence).is_some_and(|record| record.level.is_none());
    let weaker = |day: &NaiveDate| proved(*day).is_some_and(|proved| proved < level) && !ended(*day);
    let later = records.iter().filter(|record| record.evidence.is_proof() && record.from_on > from_on);
    let later: BTreeSet<_> = later.map(|record| record.from_on).filter(weaker).collect();
    let now = (proved(from_on) < Some(level)).then_some(from_on);
    now.into_iter().chain(later).collect()
}

#[cfg(test)]
mod tests;
