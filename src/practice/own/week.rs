//! What a team did in a week, for the weekly post. It is kept with the claim, so that the post is
//! the same however often it is sent. Whoever does not share is counted only among others.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::Grade;
use super::day::{date_of, number_of};
use super::map::{ENOUGH, are_enough, topics_by_key};
use super::state::{DayNumber, Own, Week};
use crate::bank::{QuestionBank, Topic};
use crate::practice::ids::{MemberId, splitmix};
use crate::practice::team::Team;

/// So many members are named.
const NAMED: usize = 5;

/// What was done about one topic.
#[derive(Default)]
struct Tally {
    /// Members who met a question of it, and how many; of those who share apart.
    members: usize,
    met: u32,
    sharing: usize,
    met_by_sharing: u32,
    /// Members who graded one of it, and how many were missed.
    graders: usize,
    missed: u32,
}

impl Tally {
    fn count(&mut self, shares: bool, (met, graded, missed): (u32, u32, u32)) {
        self.members += 1;
        self.met = self.met.saturating_add(met);
        if shares {
            self.sharing += 1;
            self.met_by_sharing = self.met_by_sharing.saturating_add(met);
        }
        self.graders += usize::from(graded > 0);
        self.missed = self.missed.saturating_add(missed);
    }

    /// How much of it was practised, as far as that may be told.
    const fn told(&self) -> u32 {
        if are_enough(self.members, self.sharing) { self.met } else { self.met_by_sharing }
    }
}

impl Team {
    /// The seven days before a date.
    pub(super) fn week_before(&self, bank: &QuestionBank, date: Date) -> Week {
        let (first, last) = span_before(date);
        let mut week = Week { from: Some(date_of(first)), ..Week::default() };
        let owns = || self.members.values().map(|member| &member.own);
        let active: Vec<&Own> = owns().filter(|own| own.days_in(first, last) > 0).collect();
        week.members = u32::try_from(active.len()).unwrap_or(u32::MAX);
        let sharing = active.iter().filter(|own| own.shares()).count();
        if are_enough(active.len(), sharing) {
            week.days = active.iter().map(|own| u32::from(own.days_in(first, last))).sum();
            week.questions =
                active.iter().map(|own| u32::from(own.questions_in(first, last))).sum();
        }
        let opened = self.shared.interviews.range(first..=last);
        week.interviews = opened.map(|(_, count)| u32::from(*count)).sum();
        week.first = self.first(first, last);
        let tallies = tallies(bank, owns(), (first, last));
        let title = |topic: &Topic| {
            bank.topics().find(|(one, _)| *one == topic).map(|(_, title)| title.to_owned())
        };
        // Of equal ones the first in the order of names.
        let most = tallies.iter().rev().filter(|(_, tally)| tally.told() > 0);
        let most = most.max_by_key(|(_, tally)| tally.told());
        week.most = most.and_then(|(topic, _)| title(topic));
        let weakest = tallies.iter().rev();
        let weakest = weakest.filter(|(_, tally)| tally.missed > 0 && tally.graders >= ENOUGH);
        let weakest = weakest.max_by_key(|(_, tally)| tally.missed);
        week.weakest = weakest.and_then(|(topic, _)| title(topic));
        week
    }

    /// Whether nobody did anything in the seven days before a date.
    pub(super) fn was_idle_before(&self, date: Date) -> bool {
        let (first, last) = span_before(date);
        self.shared.interviews.range(first..=last).next().is_none()
            && self.members.values().all(|member| member.own.days_in(first, last) == 0)
    }

    /// Those who share and did the most, best first. Who is left out of equal ones changes from
    /// week to week.
    fn first(&self, first: DayNumber, last: DayNumber) -> Vec<(MemberId, u16, u16)> {
        let mut places = self.places(first, last, last);
        let chance = |member: MemberId| splitmix(member.0 ^ splitmix(u64::from(first)));
        places.sort_by_key(|one| (one.place, chance(one.member)));
        places.truncate(NAMED);
        places.sort_by_key(|one| (one.place, one.member));
        places.into_iter().map(|one| (one.member, one.days, one.questions)).collect()
    }
}

/// The first and the last of the seven days before a date.
fn span_before(date: Date) -> (DayNumber, DayNumber) {
    let from = date.saturating_sub(Span::new().days(7));
    (number_of(from), number_of(date).saturating_sub(1))
}

fn tallies<'b, 'm>(
    bank: &'b QuestionBank,
    members: impl Iterator<Item = &'m Own>,
    (first, last): (DayNumber, DayNumber),
) -> BTreeMap<&'b Topic, Tally> {
    let topics = topics_by_key(bank);
    let mut tallies: BTreeMap<&Topic, Tally> = BTreeMap::new();
    for own in members {
        let mut did: BTreeMap<&Topic, (u32, u32, u32)> = BTreeMap::new();
        for memory in own.memories.iter().filter(|one| (first..=last).contains(&one.met)) {
            let Some(topic) = topics.get(&memory.question) else { continue };
            let (met, graded, missed) = did.entry(topic).or_default();
            *met += 1;
            if let Some(grade) = memory.grade.filter(|_| memory.last >= first) {
                *graded += 1;
                *missed += u32::from(grade == Grade::Missed);
            }
        }
        for (topic, counts) in did {
            tallies.entry(topic).or_default().count(own.shares(), counts);
        }
    }
    tallies
}
