//! Which question comes next in a channel: one that it has not seen, else one it has seen least
//! often and not lately; what is equal is decided by seeded chance. It does not know who asks.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, splitmix};
use super::input::{Subject, Wanted};
use crate::bank::{Question, QuestionBank, QuestionId, Topic};

/// What a channel has seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct History {
    /// How many questions were drawn for it, ever.
    draws: u32,
    seen: BTreeMap<QuestionId, Seen>,
    /// The last local date whose daily came here, or is on its way. It outlives the daily, so that
    /// no date has two of them.
    daily: Option<Date>,
}

/// How often and when a channel has seen a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    times: u32,
    /// The number of the draw that showed it last.
    last: u32,
}

impl History {
    /// The channel sees this question.
    pub(super) fn remember(&mut self, id: &QuestionId) {
        self.draws = self.draws.saturating_add(1);
        let seen = self.seen.entry(id.clone()).or_insert(Seen { times: 0, last: 0 });
        seen.times = seen.times.saturating_add(1);
        seen.last = self.draws;
    }

    /// The channel did not see it after all.
    pub(super) fn forget(&mut self, id: &QuestionId) {
        if let Some(seen) = self.seen.get_mut(id) {
            seen.times = seen.times.saturating_sub(1);
            if seen.times == 0 {
                self.seen.remove(id);
            }
        }
    }

    /// The last local date whose daily the channel has.
    pub(super) const fn daily(&self) -> Option<Date> {
        self.daily
    }

    /// The channel has the daily of this date.
    pub(super) fn remember_daily(&mut self, date: Date) {
        self.daily = self.daily.max(Some(date));
    }

    /// No date after this one has had its daily.
    pub(super) fn daily_until(&mut self, date: Date) {
        self.daily = self.daily.min(Some(date));
    }

    /// The daily of this date did not come after all.
    pub(super) fn forget_daily(&mut self, date: Date) {
        if self.daily == Some(date) {
            self.daily = date.yesterday().ok();
        }
    }

    /// How often the channel has seen this question.
    pub(super) fn times(&self, id: &QuestionId) -> u32 {
        self.seen.get(id).map_or(0, |seen| seen.times)
    }

    /// The next question among these, or none where there are none. The least seen come first;
    /// of those that were all seen before, the half that was seen last rests.
    pub(super) fn draw<'q>(
        &self,
        seed: u64,
        channel: ChannelId,
        fitting: impl IntoIterator<Item = &'q Arc<Question>>,
    ) -> Option<Arc<Question>> {
        let mut pool: Vec<_> = fitting
            .into_iter()
            .map(|question| (self.seen.get(&question.id).copied(), question))
            .map(|(seen, question)| (seen.map_or((0, 0), |seen| (seen.times, seen.last)), question))
            .collect();
        let least = pool.iter().map(|((times, _), _)| *times).min()?;
        pool.retain(|((times, _), _)| *times == least);
        if least > 0 {
            pool.sort_by_key(|((_, last), _)| *last);
            pool.truncate(pool.len().div_ceil(2));
        }
        // A stream of its own for each channel and draw: what one channel draws never depends on
        // how often another one has drawn.
        let mut chance = ChaCha8Rng::seed_from_u64(seed ^ splitmix(channel.0));
        chance.set_stream(u64::from(self.draws));
        let (_, question) = pool.get(chance.random_range(0..pool.len()))?;
        Some(Arc::clone(question))
    }
}

impl Wanted {
    /// Whether a question is one of those wanted.
    pub fn fits(&self, question: &Question) -> bool {
        let about = match &self.subject {
            Subject::Any => true,
            Subject::Topic(topic) => *topic == question.topic,
            Subject::Words { found, .. } => found.contains(&question.id),
        };
        about
            && self.level.is_none_or(|level| level == question.level)
            && self.kind.is_none_or(|kind| Some(kind) == question.kind)
    }
}

/// The questions of these topics; no topic means all.
pub(super) fn of_topics<'b>(
    bank: &'b QuestionBank,
    topics: &'b [Topic],
) -> impl Iterator<Item = &'b Arc<Question>> {
    bank.iter().filter(|question| topics.is_empty() || topics.contains(&question.topic))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::practice::testing::question;

    const HERE: ChannelId = ChannelId(7);

    fn bank(questions: usize) -> QuestionBank {
        QuestionBank::of((0..questions).map(|n| question(&format!("question-{n:02}"), "databases")))
    }

    #[test]
    fn an_empty_pool_draws_nothing() {
        assert_eq!(History::default().draw(1, HERE, []), None);
    }

    #[test]
    fn another_channel_draws_another_order() {
        let bank = bank(30);
        let order = |channel| {
            let mut history = History::default();
            (0..30)
                .map(|_| {
                    let drawn = history.draw(5, channel, bank.iter()).expect("not empty");
                    history.remember(&drawn.id);
                    drawn.id.clone()
                })
                .collect::<Vec<_>>()
        };
        assert_ne!(order(ChannelId(1)), order(ChannelId(2)));
        assert_eq!(order(ChannelId(1)), order(ChannelId(1)));
    }

    proptest! {
        #[test]
        fn nothing_repeats_until_all_were_seen_and_then_not_at_once(
            size in 1_usize..24, rounds in 1_usize..4, seed: u64
        ) {
            let bank = bank(size);
            let mut history = History::default();
            let mut drawn = Vec::new();
            for _ in 0..size * rounds {
                let question = history.draw(seed, HERE, bank.iter()).expect("not empty");
                history.remember(&question.id);
                drawn.push(question.id.clone());
            }
            for round in drawn.chunks(size) {
                let different: std::collections::BTreeSet<_> = round.iter().collect();
                prop_assert_eq!(different.len(), size);
            }
            if size > 1 {
                prop_assert!(drawn.windows(2).all(|pair| pair[0] != pair[1]));
            }
        }

        #[test]
        fn a_new_question_comes_before_all_old_ones(size in 1_usize..12, seed: u64) {
            let old = bank(size);
            let mut history = History::default();
            for question in old.iter() {
                history.remember(&question.id);
            }
            let newer = bank(size + 1);
            let next = history.draw(seed, HERE, newer.iter()).expect("not empty");
            prop_assert_eq!(next.id.as_str(), format!("question-{size:02}"));
        }
    }
}
