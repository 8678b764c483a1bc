//! A post: a question in a channel, from its claim to its reveal. Its state alone says what is
//! outstanding, so that a crash between any two steps leaves nothing to remember.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::effect::{Attempt, Effect, OrderId, Step};
use super::ids::{ChannelId, MemberId, MessageId, PostId};
use super::input::Place;
use super::rules::RevealRule;
use super::view::{QuestionView, View};
use crate::bank::Question;
use crate::words::thread_name;

/// How long a request may be on its way after whoever sent it is gone. An answer to a request is
/// taken within three seconds or never (Discord, "Receiving and Responding").
const LANDS_WITHIN: SignedDuration = SignedDuration::from_secs(10);
/// How long a post is kept: as long as its answer can be revealed or shown.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many posts of one channel are kept, so that nobody can fill the memory with quizzes. The
/// oldest one that stands goes first.
pub const MOST_IN_A_CHANNEL: usize = 500;

/// A question that the bot put, or is putting, into a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its name.
    pub id: PostId,
    /// Where it stands.
    pub channel: ChannelId,
    /// What sort of place that is.
    pub place: Place,
    /// What caused it.
    pub origin: Origin,
    /// What it asks, as it was when it was claimed.
    #[serde(with = "super::kept")]
    pub question: Arc<Question>,
    /// How it is revealed, as the post says it.
    pub rule: RevealRule,
    /// When it was claimed.
    pub claimed: Timestamp,
    /// Not to be tried again before this moment.
    pub delayed: Option<Timestamp>,
    /// Its message, once that is known.
    pub message: Option<MessageId>,
    /// The bot's own reaction.
    pub reaction: Reaction,
    /// Whether reactions may have come that nobody saw.
    pub catch: bool,
    /// Who asked for the answer by reacting.
    pub asked: BTreeSet<MemberId>,
    /// Whose practice day it has counted for.
    pub seen: BTreeSet<MemberId>,
    /// How far its reveal is.
    pub reveal: Reveal,
}

/// What caused a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A member asked for it.
    Quiz {
        /// Who.
        by: MemberId,
    },
    /// It is the daily of this local date.
    Daily {
        /// The date.
        date: Date,
    },
}

/// What became of the bot's own reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reaction {
    /// It is to be added.
    Wanted,
    /// It is there.
    Added,
    /// The bot may not react there; the post is to say so.
    Refused,
    /// The bot may not react there, and the post says so (or could not be made to).
    Noticed,
}

/// How far the reveal of a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reveal {
    /// Nobody has asked.
    Closed,
    /// Enough members have asked; the thread is to be opened.
    Opening {
        /// Since when.
        since: Timestamp,
    },
    /// The answer is to be told there.
    Telling {
        /// In the thread, or in the post's own channel as a reply.
        channel: ChannelId,
        /// Since when.
        since: Timestamp,
    },
    /// The answer is public.
    Told,
    /// The answer could not be made public anywhere; the button still shows it.
    Failed,
}

impl Post {
    /// A post as it is claimed.
    pub fn claimed(
        (id, channel, place): (PostId, ChannelId, Place),
        origin: Origin,
        question: Arc<Question>,
        rule: RevealRule,
        claimed: Timestamp,
    ) -> Self {
        Self {
            id,
            channel,
            place,
            origin,
            question,
            rule,
            claimed,
            delayed: None,
            message: None,
            reaction: Reaction::Wanted,
            catch: false,
            asked: BTreeSet::new(),
            seen: BTreeSet::new(),
            reveal: Reveal::Closed,
        }
    }

    /// The effect that serves this step of the post.
    pub fn order(&self, step: Step) -> OrderId {
        OrderId::of_post(self.id, step)
    }

    /// The question as it stands in the channel.
    pub fn view(&self) -> View {
        View::Question(QuestionView {
            post: self.id,
            question: Arc::clone(&self.question),
            daily: match self.origin {
                Origin::Quiz { .. } => None,
                Origin::Daily { date } => Some(date),
            },
            emoji: self.rule.emoji.clone(),
            reactions: self.rule.reactions,
            can_react: matches!(self.reaction, Reaction::Wanted | Reaction::Added),
        })
    }

    /// What is to be done for this post as it stands. Doing any of it twice does no harm. A post
    /// without a message is looked for; whether it may still be sent is not known here.
    pub fn outstanding(&self, now: Timestamp) -> Vec<Effect> {
        let Some(message) = self.message else {
            return vec![self.find()];
        };
        let mut effects: Vec<_> = self.reaction_effect().into_iter().collect();
        if self.catch {
            effects.push(self.catch_reactions(message));
        }
        effects.extend(self.reveal_effect(now));
        effects
    }

    /// What is to be done about the bot's own reaction.
    pub fn reaction_effect(&self) -> Option<Effect> {
        let (channel, message) = (self.channel, self.message?);
        match self.reaction {
            Reaction::Wanted => {
                let order = self.order(Step::React);
                let emoji = self.rule.emoji.clone();
                Some(Effect::React { order, channel, message, emoji })
            }
            Reaction::Refused => {
                let order = self.order(Step::Notice);
                Some(Effect::Edit { order, channel, message, view: Box::new(self.view()) })
            }
            Reaction::Added | Reaction::Noticed => None,
        }
    }

    /// See who has reacted.
    pub fn catch_reactions(&self, message: MessageId) -> Effect {
        Effect::ReadReactions {
            order: self.order(Step::Catch),
            channel: self.channel,
            message,
            emoji: self.rule.emoji.clone(),
        }
    }

    /// What is to be done about the reveal.
    pub fn reveal_effect(&self, now: Timestamp) -> Option<Effect> {
        let message = self.message?;
        match self.reveal {
            Reveal::Closed | Reveal::Told | Reveal::Failed => None,
            Reveal::Opening { .. } => Some(Effect::OpenThread {
                order: self.order(Step::Thread),
                channel: self.channel,
                message,
                name: thread_name(&self.question),
            }),
            Reveal::Telling { channel, since } => Some(Effect::Send {
                order: self.order(Step::Tell),
                channel,
                reply_to: (channel == self.channel).then_some(message),
                after: None,
                view: Box::new(View::Answer {
                    post: self.id,
                    question: Arc::clone(&self.question),
                    revealed_by: self
                        .asked
                        .iter()
                        .copied()
                        .filter(|member| *member != MemberId::NOBODY)
                        .collect(),
                }),
                // A nonce may hold in all channels. Where a thread took the first page and no
                // more, the channel gets the whole answer.
                nonce: format!("{}{}", if channel == self.channel { "ar" } else { "a" }, self.id),
                attempt: Attempt::at(now, since),
            }),
        }
    }

    /// Put the question into its channel. Since `due` it may have been put there already: by an
    /// earlier attempt, by another copy of the bot, or before the state was lost.
    pub fn send(&self, now: Timestamp, due: Timestamp) -> Effect {
        Effect::Send {
            order: self.order(Step::Send),
            channel: self.channel,
            reply_to: None,
            after: None,
            view: Box::new(self.view()),
            nonce: format!("p{}", self.id),
            attempt: Attempt::at(now, due.min(self.claimed)),
        }
    }

    /// Look whether the question stands in its channel.
    pub fn find(&self) -> Effect {
        Effect::Find {
            order: self.order(Step::Find),
            channel: self.channel,
            post: self.id,
            since: self.claimed,
        }
    }

    /// Whether it may come to stand though it was not found: a process that has just ended may have
    /// sent it.
    pub fn may_be_on_its_way(&self, now: Timestamp) -> bool {
        (SignedDuration::ZERO..LANDS_WITHIN).contains(&now.duration_since(self.claimed))
    }

    /// When to try again what could not be done: soon at first, then every five minutes.
    pub fn retry_at(&self, now: Timestamp) -> Timestamp {
        let waited = now.duration_since(self.claimed);
        let pause = (waited / 2).clamp(SignedDuration::from_secs(15), SignedDuration::from_mins(5));
        now.saturating_add(pause).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::rules::Rules;
    use crate::practice::testing::question;

    fn claimed_at(moment: Timestamp) -> Post {
        let question = Arc::new(question("acid", "databases"));
        let origin = Origin::Daily { date: Date::constant(2026, 11, 23) };
        let place = (PostId(1), ChannelId(2), Place::Channel);
        Post::claimed(place, origin, question, Rules::default().reveal, moment)
    }

    #[test]
    fn an_answer_has_another_nonce_in_the_channel_than_in_the_thread() {
        let mut post = claimed_at(Timestamp::UNIX_EPOCH);
        post.message = Some(MessageId(3));
        let mut nonce = |channel| {
            post.reveal = Reveal::Telling { channel, since: Timestamp::UNIX_EPOCH };
            let effect = post.reveal_effect(Timestamp::UNIX_EPOCH);
            let Some(Effect::Send { nonce, .. }) = effect else { unreachable!("it tells") };
            assert!(nonce.len() <= 20, "{nonce}");
            nonce
        };
        assert_ne!(nonce(ChannelId(3)), nonce(ChannelId(2)));
    }

    #[test]
    fn the_nonce_is_trusted_for_a_minute_and_never_after_the_clock_was_set_back() {
        let nine: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a timestamp");
        let post = claimed_at(nine);
        for (seconds, trusted) in [(0, true), (60, true), (61, false), (-1, false), (-3600, false)]
        {
            let effect = post.send(nine + SignedDuration::from_secs(seconds), nine);
            let Effect::Send { attempt, .. } = effect else { unreachable!("it sends") };
            assert_eq!(matches!(attempt, Attempt::Nonce { .. }), trusted, "{seconds} s later");
        }
    }
}
