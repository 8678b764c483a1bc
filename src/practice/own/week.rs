//! What a team did in a week, for the weekly post. It is kept with the claim, so that the post is
//! the same however often it is sent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;

use super::Grade;
use super::day::number_of;
use super::map::{ENOUGH, topics_by_key};
use super::state::Week;
use crate::bank::{QuestionBank, Topic};
use crate::practice::ids::MemberId;
use crate::practice::team::Team;

/// So many members are named.
const NAMED: usize = 5;

impl Team {
    /// The seven days before a date.
    pub(super) fn week_before(&self, bank: &QuestionBank, date: Date) -> Week {
        let from = date.saturating_sub(Span::new().days(7));
        let (first, last) = (number_of(from), number_of(date).saturating_sub(1));
        let mut week = Week { from: Some(from), ..Week::default() };
        for member in self.members.values() {
            let days = member.own.days_in(first, last);
            let questions = member.own.questions_in(first, last);
            week.members += u32::from(days > 0);
            week.days = week.days.saturating_add(u32::from(days));
            week.questions = week.questions.saturating_add(u32::from(questions));
        }
        let opened = self.shared.interviews.range(first..=last);
        week.interviews = opened.map(|(_, count)| u32::from(*count)).sum();
        let places = self.places(first, last).into_iter().take(NAMED);
        week.first = places.map(|one| (one.member, one.days, one.questions)).collect();
        let mut met: BTreeMap<&Topic, u32> = BTreeMap::new();
        let mut missed: BTreeMap<&Topic, (u32, BTreeSet<MemberId>)> = BTreeMap::new();
        let topics = topics_by_key(bank);
        for (id, member) in &self.members {
            for memory in &member.own.memories {
                let Some(topic) = topics.get(&memory.question) else { continue };
                if !(first..=last).contains(&memory.met) {
                    continue;
                }
                *met.entry(topic).or_default() += 1;
                if let Some(grade) = memory.grade {
                    let (count, graders) = missed.entry(topic).or_default();
                    *count += u32::from(grade == Grade::Missed);
                    graders.insert(*id);
                }
            }
        }
        // Of equal ones the first in the order of names.
        let most = met.into_iter().rev().max_by_key(|(_, count)| *count);
        week.most = most.map(|(topic, _)| topic.clone());
        let weakest = missed.into_iter().rev();
        let weakest = weakest.filter(|(_, (count, who))| *count > 0 && who.len() >= ENOUGH);
        let weakest = weakest.max_by_key(|(_, (count, _))| *count);
        week.weakest = weakest.map(|(topic, _)| topic.clone());
        week
    }
}
