//! One session: what it wants to hear, and what it was told.

use std::collections::VecDeque;

use serde_json::{Value, json};
use serenity::model::gateway::GatewayIntents;

use super::Out;
use crate::Id;

/// How many events are kept for a RESUME.
const KEPT: usize = 5_000;

/// A session of the bot, connected or not.
#[derive(Debug)]
pub(crate) struct Session {
    /// Its public name.
    pub id: String,
    /// What it wants to hear.
    pub intents: GatewayIntents,
    /// Its shard and the number of shards.
    pub shard: (u64, u64),
    /// The number of its last event.
    pub seq: u64,
    /// The number up to which events went out on a connection.
    pub sent: u64,
    /// Events by number.
    pub frames: VecDeque<(u64, Out)>,
}

impl Session {
    /// Whether a team (or a private chat) belongs to its shard.
    /// Source: gateway, "Sharding".
    pub(crate) fn holds(&self, team: Option<Id>) -> bool {
        let (shard, of) = self.shard;
        match team {
            Some(team) => (team.get() >> 22) % of.max(1) == shard,
            None => shard == 0,
        }
    }

    /// Gives an event its number.
    pub(crate) fn number(&mut self, name: &str, data: &Value) -> String {
        self.seq += 1;
        json!({"op": 0, "t": name, "s": self.seq, "d": data}).to_string()
    }

    /// Whether everything after `seq` is still there.
    pub(crate) fn can_resume(&self, seq: u64) -> bool {
        let oldest = self.frames.front().map_or(self.seq + 1, |(first, _)| *first);
        seq <= self.seq && seq + 1 >= oldest
    }

    /// Drops the oldest events beyond what is kept.
    pub(crate) fn forget_old(&mut self) {
        while self.frames.len() > KEPT {
            self.frames.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_can_be_resumed_only_where_nothing_was_forgotten() {
        let mut session = Session {
            id: String::new(),
            intents: GatewayIntents::empty(),
            shard: (0, 1),
            seq: 0,
            sent: 0,
            frames: VecDeque::new(),
        };
        for _ in 0..KEPT + 10 {
            let frame = session.number("X", &Value::Null);
            session.frames.push_back((session.seq, Out::Text(frame)));
            session.forget_old();
        }
        let last = session.seq;
        assert!(!session.can_resume(9));
        assert!(session.can_resume(10));
        assert!(session.can_resume(last));
        assert!(!session.can_resume(last + 1), "never sent");
    }
}
