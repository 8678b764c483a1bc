//! `/team`: what the team practised, by topic. Nobody is named who does not share, and nobody's
//! answers can be read from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::day::{few, number_of};
use super::draft::Draft;
use super::state::{Key, Memory, Own};
use super::view::{OwnView, TeamTopic, TeamView};
use crate::bank::{QuestionBank, Topic};
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;

/// Members who did something in so many days are the team.
const DAYS: u16 = 30;
/// So few members are told nothing apart.
pub(super) const ENOUGH: usize = 3;
/// So many names and topics are told.
const TOLD: usize = 3;

impl Draft<'_> {
    /// The map of the team.
    pub(super) fn show_team(&mut self, ask: &Ask) {
        let today = number_of(self.team.date(self.moment));
        let since = today.saturating_sub(DAYS - 1);
        let members = self.team.members.iter().map(|(id, member)| (*id, &member.own));
        let members: Vec<_> = members
            .filter(|(_, own)| own.days.last().is_some_and(|log| log.day >= since))
            .collect();
        let shared = members.iter().filter(|(_, own)| own.shares()).count();
        let topics = topics(self.moment.bank, &members);
        let (strongest, weakest) = ranked(&topics);
        let many = |number| u32::try_from(number).unwrap_or(u32::MAX);
        let view = TeamView {
            members: (many(members.len()), many(shared)),
            topics,
            strongest,
            weakest,
            shares: self.settings().shared,
        };
        self.tell_all(ask, OwnView::Team(view));
    }
}

/// What is remembered of the questions of one topic.
#[derive(Default)]
struct Tally {
    of: u16,
    met: BTreeSet<Key>,
    /// Each member with how many they met.
    members: BTreeMap<MemberId, usize>,
    /// Each member who graded.
    graders: BTreeSet<MemberId>,
    grades: usize,
    known: usize,
}

fn topics(bank: &QuestionBank, members: &[(MemberId, &Own)]) -> Vec<TeamTopic> {
    let mut tallies: BTreeMap<&Topic, Tally> = BTreeMap::new();
    for question in bank.iter() {
        let tally = tallies.entry(&question.topic).or_default();
        tally.of = tally.of.saturating_add(1);
    }
    let by_key = topics_by_key(bank);
    for (id, own) in members {
        for memory in &own.memories {
            let tally = by_key.get(&memory.question).and_then(|topic| tallies.get_mut(topic));
            if let Some(tally) = tally {
                tally.count(*id, memory);
            }
        }
    }
    let shares = |id: MemberId| members.iter().any(|(one, own)| *one == id && own.shares());
    bank.topics()
        .filter_map(|(topic, title)| {
            let tally = tallies.remove(topic)?;
            let mut who: Vec<_> = tally.members.iter().filter(|(id, _)| shares(**id)).collect();
            who.sort_by_key(|(id, met)| (std::cmp::Reverse(**met), **id));
            Some(TeamTopic {
                title: title.to_owned(),
                of: tally.of,
                met: few(tally.met.len()),
                members: u32::try_from(tally.members.len()).unwrap_or(u32::MAX),
                who: who.into_iter().take(TOLD).map(|(id, _)| *id).collect(),
                known: tally.share(),
            })
        })
        .collect()
}

/// The topic of each question. Members remember few of a bank's questions, so that whoever looks
/// at many members begins with what these remember.
pub(super) fn topics_by_key(bank: &QuestionBank) -> HashMap<Key, &Topic> {
    bank.iter().map(|question| (Key::of(&question.id), &question.topic)).collect()
}

impl Tally {
    fn count(&mut self, member: MemberId, memory: &Memory) {
        self.met.insert(memory.question);
        *self.members.entry(member).or_default() += 1;
        if memory.grade.is_some() {
            self.graders.insert(member);
            self.grades += 1;
            self.known += usize::from(memory.is_known());
        }
    }

    /// The share of what was not missed, in percent; none where so few graded that it would tell
    /// of them.
    fn share(&self) -> Option<u8> {
        let enough = self.graders.len() >= ENOUGH;
        let share = (self.known * 100 + self.grades / 2).checked_div(self.grades)?;
        u8::try_from(share).ok().filter(|_| enough)
    }
}

/// The strongest topics, best first, and the weakest, worst first; none is both.
fn ranked(topics: &[TeamTopic]) -> (Vec<String>, Vec<String>) {
    let mut known: Vec<_> =
        topics.iter().filter_map(|topic| Some((topic.known?, &topic.title))).collect();
    known.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let strong = TOLD.min(known.len().div_ceil(2));
    let weak = TOLD.min(known.len() - strong);
    let title = |(_, title): &(u8, &String)| (*title).clone();
    let strongest = known.iter().take(strong).map(title).collect();
    (strongest, known.iter().rev().take(weak).map(title).collect())
}
