//! Why there is no opinion, each with the way out. No error holds a word of what was sent or of what
//! came back, because either may hold members' words or a key.

use std::time::Duration;

use crate::judge::{LONGEST_ASKED, MOST_IN_DOUBT};

/// Why a coach has no opinion. For the log of whoever runs the bot: members are told less.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CoachError {
    /// It may not be asked this; nothing was sent.
    #[error("the coach was not asked: {0}")]
    Unaskable(#[from] Unaskable),
    /// The system refuses what a client needs.
    #[error("no coach can be asked from here: {reason}")]
    NoClient {
        /// What the system says.
        reason: String,
    },
    /// Nothing answers there, or the connection was cut, twice.
    #[error(
        "the coach at {address} cannot be reached: {reason}; check that it runs, and `address` of \
         `coach` in the config"
    )]
    Unreachable {
        /// Where it was asked.
        address: String,
        /// What the system says.
        reason: String,
    },
    /// Something answers there, but not a coach.
    #[error(
        "there is no coach at {address}, which answered {status}; `address` of `coach` in the config \
         is what comes before `/chat/completions`, mostly with `/v1` at its end"
    )]
    WrongAddress {
        /// Where it was asked.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// It wants a key, or another one.
    #[error("the coach at {address} answered {status}: {help}")]
    KeyRefused {
        /// Where it was asked.
        address: String,
        /// The HTTP status.
        status: u16,
        /// The way out, which depends on whether there is a key.
        help: String,
    },
    /// It does not know the model.
    #[error(
        "the coach at {address} has no model `{model}`; change `model` of `coach` in the config, or \
         load it there"
    )]
    NoModel {
        /// Where it was asked.
        address: String,
        /// The model that was asked for.
        model: String,
    },
    /// It was asked too often, or its budget is used up.
    #[error(
        "the coach at {address} takes no more requests for now (429); wait, or look at its limits and \
         its budget"
    )]
    TooMany {
        /// Where it was asked.
        address: String,
    },
    /// It did not answer in time.
    #[error(
        "the coach at {address} did not answer within {limit:?}; take a smaller model, or raise \
         `timeout` of `coach` in the config"
    )]
    Slow {
        /// Where it was asked.
        address: String,
        /// How long it had.
        limit: Duration,
    },
    /// It broke.
    #[error("the coach at {address} is in trouble: it answered {status}; its own log has more")]
    Broken {
        /// Where it was asked.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// It refused the request for another reason.
    #[error(
        "the coach at {address} refused the request with {status}; its own log has more, and another \
         model may take it"
    )]
    Refused {
        /// Where it was asked.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// It answered something else than it was asked for.
    #[error("the coach at {address} talks nonsense: {why}; a larger model may do better")]
    Nonsense {
        /// Where it was asked.
        address: String,
        /// What is wrong with it.
        why: Nonsense,
    },
}

/// Why a coach may not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unaskable {
    /// No key point is in doubt.
    #[error("nothing is in doubt")]
    NothingInDoubt,
    /// More are in doubt than fit.
    #[error("more than {MOST_IN_DOUBT} key points are in doubt")]
    TooManyPoints,
    /// A key point is named twice.
    #[error("a key point is named twice")]
    PointTwice,
    /// There is no answer.
    #[error("there is no answer")]
    NoAnswer,
    /// The answer is longer than any that was typed into a form.
    #[error("the answer has more than {LONGEST_ASKED} characters")]
    TooLong,
}

/// What is wrong with what a coach says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Nonsense {
    /// It is not said to be JSON.
    #[error("what it sends is not called JSON")]
    NotCalledJson,
    /// It is longer than any opinion.
    #[error("what it sends is longer than 64 KiB")]
    TooLong,
    /// It is not the one message of an OpenAI-compatible answer.
    #[error("what it sends is not the answer of an OpenAI-compatible server")]
    NotAnAnswer,
    /// The message is not exactly the JSON that it was asked for.
    #[error("its message is not the JSON that it was asked for")]
    NotAnOpinion,
    /// It is about a key point that it was not asked about.
    #[error("it speaks of a key point that it was not asked about")]
    UnknownPoint,
    /// It speaks of a key point twice.
    #[error("it speaks of a key point twice")]
    PointTwice,
}
