//! What the bot asked over REST, what went wrong between it and the local Discord,
//! and how fast it answered. For tests and for the page's inspector.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use crate::Id;

/// How many requests are kept.
const KEPT: usize = 20_000;

/// One request of the bot.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it arrived, in the world's time.
    pub at: Timestamp,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path without `/api/v10` and without the query: `/channels/1/messages`.
    pub path: String,
    /// The query, without `?`.
    pub query: String,
    /// Its route, `POST /channels/{channel}/messages`; empty if unknown.
    pub route: &'static str,
    /// The JSON body; null if there was none.
    pub body: Value,
    /// The status of the answer; 0 if the connection was cut instead.
    pub status: u16,
    /// The JSON of the answer; null if there was none.
    pub answer: Value,
    /// How long it took, faults included, in milliseconds.
    pub ms: f64,
}

/// All that was written down.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub requests: VecDeque<Request>,
    /// Requests to routes that do not exist here.
    pub unknown: Vec<String>,
}

impl Record {
    pub(crate) fn add(&mut self, request: Request) {
        if self.requests.len() >= KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }
}

/// When the bot was told of interactions, and when its answers arrived.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch(BTreeMap<Id, (Option<Instant>, Option<Instant>)>);

impl Stopwatch {
    /// The event goes onto the bot's socket.
    pub(crate) fn asked(&mut self, interaction: Id, at: Instant) {
        self.times(interaction).0.get_or_insert(at);
    }

    /// The head of the callback's request has arrived.
    pub(crate) fn answered(&mut self, interaction: Id, at: Instant) {
        self.times(interaction).1.get_or_insert(at);
    }

    /// From the one to the other.
    pub(crate) fn took(&self, interaction: Id) -> Option<Duration> {
        let (asked, answered) = *self.0.get(&interaction)?;
        Some(answered?.saturating_duration_since(asked?))
    }

    fn times(&mut self, interaction: Id) -> &mut (Option<Instant>, Option<Instant>) {
        if self.0.len() >= KEPT {
            self.0.pop_first();
        }
        self.0.entry(interaction).or_default()
    }
}
