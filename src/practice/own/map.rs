//! `/team`: what the team practised, by topic. Nobody is named who does not share, nor counted where
//! few others are; and nobody's answers can be read from it.

use std::cmp::Reverse;
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
/// Among so many members one alone is not seen.
pub(super) const ENOUGH: usize = 3;
/// Questions of a topic that somebody has to have graded before these grades count: one alone
/// would be seen by whoever looks before and after it.
const GRADED: usize = 3;
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

/// Whether something that so many members did, of whom these share, tells of nobody who does not.
pub(super) const fn are_enough(members: usize, sharing: usize) -> bool {
    members >= ENOUGH || members == sharing
}

/// What is remembered of the questions of one topic.
#[derive(Default)]
struct Tally {
    of: u16,
    members: BTreeMap<MemberId, Part>,
}

/// A member's part in it.
#[derive(Default)]
struct Part {
    shares: bool,
    met: Vec<Key>,
    graded: usize,
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
                let part = tally.members.entry(*id).or_default();
                part.shares = own.shares();
                part.count(memory);
            }
        }
    }
    bank.topics()
        .filter_map(|(topic, title)| Some(tallies.remove(topic)?.told(title.to_owned())))
        .collect()
}

/// The topic of each question. Members remember few of a bank's questions, so that whoever looks
/// at many members begins with what these remember.
pub(super) fn topics_by_key(bank: &QuestionBank) -> HashMap<Key, &Topic> {
    bank.iter().map(|question| (Key::of(&question.id), &question.topic)).collect()
}

impl Part {
    fn count(&mut self, memory: &Memory) {
        self.met.push(memory.question);
        if memory.grade.is_some() {
            self.graded += 1;
            self.known += usize::from(memory.is_known());
        }
    }
}

impl Tally {
    /// What may be told of it.
    fn told(mut self, title: String) -> TeamTopic {
        let known = self.share();
        let sharing = self.members.values().filter(|part| part.shares).count();
        if !are_enough(self.members.len(), sharing) {
            self.members.retain(|_, part| part.shares);
        }
        let met: BTreeSet<Key> =
            self.members.values().flat_map(|part| &part.met).copied().collect();
        let mut who: Vec<_> = self.members.iter().filter(|(_, part)| part.shares).collect();
        who.sort_by_key(|(id, part)| (Reverse(part.met.len()), **id));
        TeamTopic {
            title,
            of: self.of,
            met: few(met.len()),
            members: u32::try_from(self.members.len()).unwrap_or(u32::MAX),
            who: who.into_iter().take(TOLD).map(|(id, _)| *id).collect(),
            known,
        }
    }

    /// The share of what was not missed, in percent, to the nearest ten: a single grade hardly
    /// moves it. Never all or nothing, which would tell of everybody.
    fn share(&self) -> Option<u8> {
        let graders = || self.members.values().filter(|part| part.graded >= GRADED);
        if graders().count() < ENOUGH {
            return None;
        }
        let (known, graded) = graders()
            .fold((0, 0), |(known, graded), part| (known + part.known, graded + part.graded));
        let tens = (known * 10 + graded / 2).checked_div(graded)?;
        u8::try_from(tens.clamp(1, 9) * 10).ok()
    }
}

/// The strongest topics, best first, and the weakest, worst first. None is both, and where all are
/// alike there are none.
fn ranked(topics: &[TeamTopic]) -> (Vec<String>, Vec<String>) {
    let mut known: Vec<_> =
        topics.iter().filter_map(|topic| Some((topic.known?, &topic.title))).collect();
    known.sort_by_key(|(share, title)| (Reverse(*share), *title));
    let (Some((best, _)), Some((worst, _))) = (known.first().copied(), known.last().copied())
    else {
        return (Vec::new(), Vec::new());
    };
    let strong = TOLD.min(known.len().div_ceil(2));
    let weak = TOLD.min(known.len() - strong);
    let title = |(_, title): &(u8, &String)| (*title).clone();
    let strongest = known.iter().take(strong).filter(|(share, _)| *share > worst);
    let weakest = known.iter().rev().take(weak).filter(|(share, _)| *share < best);
    (strongest.map(title).collect(), weakest.map(title).collect())
}
