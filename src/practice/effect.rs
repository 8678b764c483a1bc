//! Everything that the bot does to the world, and how it can end. It carries views, not words.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, MemberId, MessageId, PostId};
use super::input::Interaction;
use super::view::View;

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Answer a request. It is never repeated: an answer that comes too late is nobody's.
    Reply {
        /// The request.
        to: Interaction,
        /// What is said.
        view: Box<View>,
        /// Who can read it.
        audience: Audience,
        /// The post that this answer is, if it is one: then its message is reported back.
        order: Option<OrderId>,
    },
    /// Put something into a channel. Several messages if it is long, in order.
    Send {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// The message that it answers, if any.
        reply_to: Option<MessageId>,
        /// What is said.
        view: Box<View>,
        /// What tells its messages from all others: at most 20 characters; pages add a suffix.
        nonce: String,
        /// Whether it may have been sent before.
        attempt: Attempt,
    },
    /// Say something else in a message of the bot's.
    Edit {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// Which message.
        message: MessageId,
        /// What it says from now on.
        view: Box<View>,
    },
    /// Add the bot's own reaction.
    React {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// To which message.
        message: MessageId,
        /// With what.
        emoji: String,
    },
    /// Open the thread of a message; one that exists already is as good.
    OpenThread {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// From which message.
        message: MessageId,
        /// Its name, 1 to 100 characters.
        name: String,
    },
    /// Look for the message of a post in its channel, by the post's name in its buttons.
    Find {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// The post.
        post: PostId,
        /// Not before this moment.
        since: Timestamp,
    },
    /// Ask who has reacted to a message.
    ReadReactions {
        /// What to report back as.
        order: OrderId,
        /// Where.
        channel: ChannelId,
        /// To which message.
        message: MessageId,
        /// With what.
        emoji: String,
    },
}

impl Effect {
    /// The order to report back, where there is one.
    pub const fn order(&self) -> Option<OrderId> {
        match self {
            Self::Reply { order, .. } => *order,
            Self::Send { order, .. }
            | Self::Edit { order, .. }
            | Self::React { order, .. }
            | Self::OpenThread { order, .. }
            | Self::Find { order, .. }
            | Self::ReadReactions { order, .. } => Some(*order),
        }
    }

    /// The same as it leaves now: it may have waited since it was decided, for the disk or for its
    /// turn, and a nonce grows old.
    #[must_use]
    pub fn leaving(mut self, now: Timestamp) -> Self {
        if let Self::Send { attempt, .. } = &mut self
            && let Attempt::Nonce { since } = *attempt
        {
            *attempt = Attempt::at(now, since);
        }
        self
    }

    /// The channel in whose order it stands; answers to requests stand in none.
    pub const fn channel(&self) -> Option<ChannelId> {
        match self {
            Self::Reply { .. } => None,
            Self::Send { channel, .. }
            | Self::Edit { channel, .. }
            | Self::React { channel, .. }
            | Self::OpenThread { channel, .. }
            | Self::Find { channel, .. }
            | Self::ReadReactions { channel, .. } => Some(*channel),
        }
    }
}

/// Who can read an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody in the channel.
    Everyone,
    /// Only the member who asked.
    OnlyAsker,
}

/// Whether something may have been sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Never, or so lately that the same nonce returns the first message.
    Nonce {
        /// When it was first sent.
        since: Timestamp,
    },
    /// Perhaps: look into the channel first for messages of the bot's that say the same, not
    /// before this moment, and send only what is missing.
    LookFirst {
        /// When it was first sent.
        since: Timestamp,
    },
}

/// How long the same nonce is trusted to return the first message. Discord says "the past few
/// minutes" and no figure, so this stays well below.
pub const NONCE_TRUSTED: SignedDuration = SignedDuration::from_secs(60);

impl Attempt {
    /// How to send now what was first sent then. The same nonce is enough for a while; after that
    /// the channel has to be looked at first, and also where the clock was set back, because then
    /// nobody knows how long it has been.
    pub fn at(now: Timestamp, since: Timestamp) -> Self {
        if (SignedDuration::ZERO..=NONCE_TRUSTED).contains(&now.duration_since(since)) {
            Self::Nonce { since }
        } else {
            Self::LookFirst { since }
        }
    }
}

/// What an effect serves. The state of the post says which of these are outstanding, so that
/// nothing has to be remembered twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderId {
    /// The post.
    pub post: PostId,
    /// The step in its life.
    pub step: Step,
}

/// A step in the life of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Put the question into the channel.
    Send,
    /// Look for the question in the channel.
    Find,
    /// Add the bot's reaction.
    React,
    /// Say in the post that the bot may not react.
    Notice,
    /// See who reacted while the bot was away.
    Catch,
    /// Open the thread for the answer.
    Thread,
    /// Put the answer there.
    Tell,
}

/// How an effect ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The message stands (of several: the first).
    Sent {
        /// Its id.
        message: MessageId,
    },
    /// Nothing of the kind is there.
    NotFound,
    /// It is done.
    Done,
    /// The thread is open.
    Opened {
        /// Its id.
        thread: ChannelId,
    },
    /// These people (not bots) have reacted.
    Reactors {
        /// Who.
        members: Vec<MemberId>,
    },
    /// It did not work.
    Failed(Failure),
}

/// Why an effect did not work, after the adapter has retried what may be retried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The bot lacks a permission or access there (Discord 50001, 50013, 160002).
    NotAllowed,
    /// The channel is gone (10003).
    ChannelGone,
    /// The message is gone (10008).
    MessageGone,
    /// This place cannot do that: no threads here, archived, full (50024, 50083, 160006, 30010 …).
    NotHere,
    /// The request's time to be answered is over (10062, 40060).
    Late,
    /// Discord refused it for another reason, which will not change by itself.
    Refused {
        /// Discord's code.
        code: u32,
        /// Discord's words, without secrets.
        reason: String,
    },
    /// Discord could not be reached, was overloaded, or the answer was lost: it may have worked.
    Unavailable {
        /// What was seen, without secrets.
        reason: String,
    },
}
