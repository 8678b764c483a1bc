//! What stands in the channels, and what becomes of an effect there. It remembers nonces for a
//! while, as Discord does, and does not know what the bot remembers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mockingbird::practice::effect::{Attempt, Failure, OrderId};
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, Effect, MemberId, MessageId, Outcome, PostId};

use crate::step::Fate;

/// How long nonces are remembered. Discord says "the past few minutes".
const NONCE_REMEMBERED: SignedDuration = SignedDuration::from_mins(3);

/// An answer that comes later is not taken.
const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_secs(3);

#[derive(Default)]
pub(crate) struct World {
    pub(crate) questions: Vec<Standing>,
    pub(crate) answers: Vec<Standing>,
    /// The dailies that ever came.
    pub(crate) dailies: BTreeSet<(ChannelId, Date)>,
    pub(crate) reactions: BTreeSet<(MessageId, MemberId)>,
    /// Posts whose message Discord refused, or whose answer.
    pub(crate) refused: BTreeSet<PostId>,
    /// Where and when each request was made, and how often it was answered.
    pub(crate) asked: BTreeMap<u64, (ChannelId, Timestamp, u32)>,
    next_id: u64,
}

/// A message in a channel.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) post: PostId,
    pub(crate) daily: Option<Date>,
    /// How many must react.
    pub(crate) reactions: u8,
    pub(crate) channel: ChannelId,
    pub(crate) message: MessageId,
    nonce: String,
    pub(crate) at: Timestamp,
    /// Whether somebody removed it.
    pub(crate) gone: bool,
}

impl World {
    pub(crate) fn id(&mut self) -> u64 {
        self.next_id += 1;
        1_000 + self.next_id
    }

    /// The question of this number, counted from the newest.
    pub(crate) fn question(&self, which: usize) -> Option<&Standing> {
        let back = which.checked_rem(self.questions.len())?;
        self.questions.iter().rev().nth(back)
    }

    /// Somebody removes a question.
    pub(crate) fn delete(&mut self, message: MessageId) {
        let standing = self.questions.iter_mut().find(|standing| standing.message == message);
        standing.expect("it stands").gone = true;
    }

    /// An effect ends so. None where nobody waits for the news.
    pub(crate) fn lands(&mut self, now: Timestamp, effect: &Effect, fate: Fate) -> Option<Outcome> {
        let unavailable = Outcome::Failed(Failure::Unavailable { reason: String::new() });
        let outcome = match fate {
            Fate::Works => self.carries_out(now, effect),
            Fate::WorksUnheard => {
                self.carries_out(now, effect);
                unavailable
            }
            Fate::Unavailable => unavailable,
            // What came through before is not refused now.
            Fate::Refused if self.stands(effect) => self.carries_out(now, effect),
            Fate::Refused => {
                self.refused.extend(effect.order().and_then(OrderId::post));
                Outcome::Failed(Failure::NotAllowed)
            }
        };
        effect.order().map(|_| outcome)
    }

    fn stands(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Send { nonce, .. } => {
                self.questions.iter().chain(&self.answers).any(|standing| standing.nonce == *nonce)
            }
            Effect::Find { .. } | Effect::ReadReactions { .. } => true,
            Effect::Reply { .. }
            | Effect::Update { .. }
            | Effect::Consult { .. }
            | Effect::Amend { .. }
            | Effect::Acknowledge { .. }
            | Effect::Form { .. }
            | Effect::Rewrite { .. }
            | Effect::Whisper { .. }
            | Effect::StartThread { .. }
            | Effect::AddToThread { .. }
            | Effect::FindReply { .. }
            | Effect::Edit { .. }
            | Effect::React { .. }
            | Effect::OpenThread { .. } => false,
        }
    }

    fn carries_out(&mut self, now: Timestamp, effect: &Effect) -> Outcome {
        let gone = |message: MessageId| {
            self.questions.iter().any(|standing| standing.message == message && standing.gone)
        };
        match effect {
            Effect::Reply { to, view, .. } => {
                let (channel, at, answers) = self.asked.get_mut(&to.id).expect("it was asked");
                *answers += 1;
                if *answers > 1 || now.duration_since(*at) > ANSWERED_WITHIN {
                    return Outcome::Failed(Failure::Late);
                }
                let channel = *channel;
                self.puts(now, channel, view, String::new())
            }
            Effect::Send { channel, view, nonce, attempt, reply_to, .. } => {
                if reply_to.is_some_and(gone) {
                    return Outcome::Failed(Failure::MessageGone);
                }
                let (since, may_be_gone) = match attempt {
                    Attempt::Nonce { .. } => (now - NONCE_REMEMBERED, true),
                    Attempt::LookFirst { since } => (*since, false),
                };
                let known = self.questions.iter().chain(&self.answers);
                let known = known
                    .filter(|known| known.nonce == *nonce && known.channel == *channel)
                    .find(|known| known.at >= since && (may_be_gone || !known.gone));
                match known {
                    Some(known) => Outcome::Sent { message: known.message },
                    None => self.puts(now, *channel, view, nonce.clone()),
                }
            }
            Effect::Edit { message, .. }
            | Effect::React { message, .. }
            | Effect::OpenThread { message, .. }
            | Effect::ReadReactions { message, .. }
                if gone(*message) =>
            {
                Outcome::Failed(Failure::MessageGone)
            }
            Effect::Update { .. }
            | Effect::Consult { .. }
            | Effect::Amend { .. }
            | Effect::Acknowledge { .. }
            | Effect::Form { .. }
            | Effect::Rewrite { .. }
            | Effect::Whisper { .. }
            | Effect::StartThread { .. }
            | Effect::AddToThread { .. }
            | Effect::FindReply { .. } => unreachable!("an effect of interviews"),
            Effect::Edit { .. } | Effect::React { .. } => Outcome::Done,
            Effect::OpenThread { message, .. } => Outcome::Opened { thread: ChannelId(message.0) },
            Effect::Find { post, since, .. } => {
                let known = self.questions.iter().find(|standing| {
                    standing.post == *post && standing.at >= *since && !standing.gone
                });
                known.map_or(Outcome::NotFound, |known| Outcome::Sent { message: known.message })
            }
            Effect::ReadReactions { message, .. } => {
                let of_it =
                    |(there, member): &(MessageId, MemberId)| (there == message).then_some(*member);
                Outcome::Reactors { members: self.reactions.iter().filter_map(of_it).collect() }
            }
        }
    }

    fn puts(&mut self, at: Timestamp, channel: ChannelId, view: &View, nonce: String) -> Outcome {
        let message = MessageId(self.id());
        match view {
            View::Question(question) => {
                self.dailies.extend(question.daily.map(|date| (channel, date)));
                self.questions.push(Standing {
                    post: question.post,
                    daily: question.daily,
                    reactions: question.reactions,
                    channel,
                    message,
                    nonce,
                    at,
                    gone: false,
                });
            }
            View::Answer { post, .. } => {
                let (post, daily, reactions, gone) = (*post, None, 0, false);
                let answer = Standing { post, daily, reactions, channel, message, nonce, at, gone };
                self.answers.push(answer);
            }
            // What only the asker reads stands nowhere.
            View::OwnStreak(_)
            | View::StreakOf { .. }
            | View::Zone { .. }
            | View::DailyChanged { .. }
            | View::DailyList(_)
            | View::DailyStatus(_)
            | View::Interview(_)
            | View::Own(_)
            | View::Help
            | View::HelpFor(_)
            | View::About { .. }
            | View::Refusal(_) => {}
        }
        Outcome::Sent { message }
    }
}
