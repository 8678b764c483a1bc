//! How what the bot does to the world can end.

use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, MemberId, MessageId};
use super::input::Interaction;
use crate::judge::Opinion;

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
    /// The coach was asked.
    Opined {
        /// The request that it was asked for.
        to: Interaction,
        /// What it thinks; none: it did not answer, or nothing that is to be believed.
        opinion: Option<Opinion>,
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
