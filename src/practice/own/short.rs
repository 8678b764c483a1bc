//! Which questions a sprint has: short ones, what is due and weak first, until their minutes fill
//! its time.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draft::Draft;
use super::state::Key;
use crate::bank::{Level, Question, Topic};

/// Minutes of a spoken answer where the bank does not say.
const USUAL: u8 = 3;
/// Minutes of the longest spoken answer that a sprint asks for.
const SHORT: u8 = 5;
/// The most questions of a sprint.
const MOST: usize = 30;

/// How much a question is wanted, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Want {
    Due,
    Weak,
    Met,
    Fresh,
    Other,
}

impl Draft<'_> {
    /// The questions of a sprint of so many minutes; none where nothing is short enough.
    pub(super) fn short(&self, minutes: u8, topic: Option<&Topic>) -> Vec<Key> {
        let chance = self.chance();
        let mut wanted = Vec::new();
        let mut fresh: BTreeMap<&Topic, Vec<(Key, &Arc<Question>)>> = BTreeMap::new();
        for question in self.moment.bank.iter() {
            let fits = topic.is_none_or(|topic| *topic == question.topic);
            if !fits || question.minutes.unwrap_or(USUAL) > SHORT {
                continue;
            }
            let key = Key::of(&question.id);
            let memory = self.own.memory(key);
            if memory.is_some_and(|memory| memory.was_graded_on(self.today)) {
                continue;
            }
            let recall = memory.map_or(0.0, |memory| memory.recall(self.today));
            let want = match memory {
                None if question.level != Level::Hard => {
                    fresh.entry(&question.topic).or_default().push((key, question));
                    continue;
                }
                Some(memory) if memory.grade.is_none() => Want::Met,
                Some(memory) if memory.is_due(self.today) => Want::Due,
                Some(memory) if memory.is_weak() => Want::Weak,
                None | Some(_) => Want::Other,
            };
            wanted.push((want, recall, 0, chance(key), question));
        }
        // Topics take turns; in each, what is asked most often comes first.
        for (_, mut questions) in fresh {
            let often = |question: &Question| question.asked_by.unwrap_or_default();
            questions.sort_by_key(|(key, one)| (std::cmp::Reverse(often(one)), chance(*key)));
            for (turn, (key, question)) in questions.into_iter().enumerate() {
                wanted.push((Want::Fresh, 0.0, turn, chance(key), question));
            }
        }
        wanted.sort_by(|a, b| {
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3)))
        });
        fill(minutes, wanted.into_iter().map(|(.., question)| &**question))
    }
}

/// As many of these as fit, in order, but at least one.
fn fill<'q>(minutes: u8, questions: impl Iterator<Item = &'q Question>) -> Vec<Key> {
    let mut left = minutes;
    let mut keys = Vec::new();
    for question in questions {
        match left.checked_sub(takes(question)) {
            Some(less) => left = less,
            None if keys.is_empty() => left = 0,
            None => continue,
        }
        keys.push(Key::of(&question.id));
        if left == 0 || keys.len() >= MOST {
            break;
        }
    }
    keys
}

/// Minutes of a question in a sprint: half of those for which one would speak, since the answer is
/// only gone through.
fn takes(question: &Question) -> u8 {
    question.minutes.unwrap_or(USUAL).max(1).div_ceil(2)
}
