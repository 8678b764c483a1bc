//! A post: a question in a channel, from its claim to its reveal. Its state alone says what is
//! outstanding, so that a crash between any two steps leaves nothing to remember.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, MemberId, MessageId, PostId};
use super::input::Place;
use crate::bank::Question;

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
    pub question: Arc<Question>,
    /// When it was claimed.
    pub claimed: Timestamp,
    /// Not to be tried again before this moment.
    pub delayed: Option<Timestamp>,
    /// Its message, once that is known.
    pub message: Option<MessageId>,
    /// The bot's own reaction.
    pub reaction: Reaction,
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
