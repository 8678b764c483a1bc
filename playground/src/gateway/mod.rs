//! The gateway: sessions of the bot, what each is told, and how it comes back.
//!
//! A session outlives its connection: events are numbered and kept, so that a
//! RESUME is told what it missed. It knows the world only through the events
//! that are handed to it.

pub(crate) mod check;
pub(crate) mod session;
pub(crate) mod socket;

use std::collections::BTreeMap;

use serenity::model::gateway::GatewayIntents;
use tokio::sync::mpsc::UnboundedSender;

use crate::Id;
use crate::json::Json as _;
use crate::payload;
use crate::world::Dispatch;
use session::Session;

/// What is sent on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    /// A frame of text.
    Text(String),
    /// The frame that tells the bot of an interaction.
    Asked(Id, String),
    /// A closing frame, with or without code.
    Close(Option<u16>, &'static str),
    /// Nothing more: the connection breaks.
    Cut,
}

/// Whether a session cannot be resumed after this close code.
/// Source: "Opcodes and Status Codes", gateway close event codes.
pub(crate) const fn is_final(code: u16) -> bool {
    matches!(code, 1000 | 1001 | 4004 | 4007 | 4009..=4014)
}

/// When a session ends on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Instead of READY or RESUMED.
    Instead,
    /// Right after it.
    After,
}

/// A connection on which nothing or somebody has identified.
#[derive(Debug)]
pub(crate) struct Line {
    pub to: UnboundedSender<Out>,
    pub session: Option<u64>,
}

/// What is not said on request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Silent {
    /// Anything on a new connection, not even HELLO.
    pub hello: bool,
    /// Answers to heartbeats.
    pub heartbeats: bool,
}

/// All sessions and connections.
#[derive(Debug, Default)]
pub(crate) struct Gateway {
    pub sessions: BTreeMap<u64, Session>,
    pub lines: BTreeMap<u64, Line>,
    made: u64,
    /// How often somebody identified; each costs one of a day's 1000.
    pub identifies: u32,
    /// How often a session was resumed.
    pub resumes: u32,
    /// How many connections were made, sessions or not.
    pub connections: u32,
    /// How every session ends: before it has begun, or as soon as it has.
    pub ends: Option<(When, Out)>,
    /// Events that wait to be sent in reverse order, while they are to be.
    pub reversed: Option<Vec<(u64, &'static str, serde_json::Value)>>,
    /// Whether connections are refused.
    pub away: bool,
    /// What is not said.
    pub silent: Silent,
    /// Whether events are held back.
    held: bool,
    /// How many of the next events are sent twice.
    pub duplicates: u32,
    /// What serenity could not have parsed.
    pub problems: Vec<String>,
}

impl Gateway {
    /// A new number for a connection or session.
    pub(crate) fn next_key(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// Whether the bot is connected and identified.
    pub(crate) fn is_connected(&self) -> bool {
        self.lines.values().any(|line| line.session.is_some())
    }

    /// Gives an event to each session that declared its intent.
    pub(crate) fn deliver(&mut self, dispatch: &Dispatch) {
        let keys: Vec<u64> = self.sessions.keys().copied().collect();
        for key in keys {
            let Some(session) = self.sessions.get(&key) else {
                continue;
            };
            let wanted =
                dispatch.intents.is_empty() || session.intents.intersects(dispatch.intents);
            if !wanted || !session.holds(dispatch.team) {
                continue;
            }
            let mut data = dispatch.data.clone();
            if dispatch.guarded && !session.intents.contains(GatewayIntents::MESSAGE_CONTENT) {
                payload::hide_content(&mut data);
            }
            self.send(key, dispatch.name, &data);
        }
    }

    /// Numbers an event, keeps it for a RESUME and sends it if somebody is there.
    pub(crate) fn send(&mut self, key: u64, name: &'static str, data: &serde_json::Value) {
        if let Some(reversed) = &mut self.reversed {
            return reversed.push((key, name, data.clone()));
        }
        let twice = self.duplicates > 0 && name != "READY" && name != "GUILD_CREATE";
        if twice {
            self.duplicates -= 1;
        }
        for _ in 0..=u8::from(twice) {
            let Some(session) = self.sessions.get_mut(&key) else {
                return;
            };
            let frame = session.number(name, data);
            if let Err(problem) = check::check(&frame) {
                tracing::error!(event = name, problem, "an event that serenity cannot parse");
                self.problems.push(format!("{name}: {problem}"));
                self.close(
                    key,
                    Some(4000),
                    "the local Discord made an event that cannot be parsed",
                );
                self.sessions.remove(&key);
                return;
            }
            let asked =
                (name == "INTERACTION_CREATE").then(|| data.at("id").as_str()?.parse().ok());
            let frame = match asked.flatten() {
                Some(id) => Out::Asked(id, frame),
                None => Out::Text(frame),
            };
            session.frames.push_back((session.seq, frame));
        }
        self.flush(key);
    }

    /// Sends what a session has not been sent yet, if it is connected.
    pub(crate) fn flush(&mut self, key: u64) {
        if self.held {
            return;
        }
        let Some(session) = self.sessions.get_mut(&key) else {
            return;
        };
        let Some(line) = self.lines.values().find(|line| line.session == Some(key)) else {
            return;
        };
        for (seq, frame) in &session.frames {
            if *seq > session.sent {
                // A connection that just broke drops it; the frame is kept for a RESUME.
                let _ = line.to.send(frame.clone()).is_ok();
                session.sent = *seq;
            }
        }
        session.forget_old();
    }

    /// Holds events back, or sends what was held back.
    pub(crate) fn hold(&mut self, hold: bool) {
        self.held = hold;
        let keys: Vec<u64> = self.sessions.keys().copied().collect();
        for key in keys {
            self.flush(key);
        }
    }

    /// Numbers an event that nobody looks at before, keeps it and sends it.
    pub(crate) fn send_unchecked(&mut self, name: &str, data: &serde_json::Value) {
        let keys: Vec<u64> = self.sessions.keys().copied().collect();
        for key in keys {
            if let Some(session) = self.sessions.get_mut(&key) {
                let frame = Out::Text(session.number(name, data));
                session.frames.push_back((session.seq, frame));
            }
            self.flush(key);
        }
    }

    /// Keeps events from now on, or sends what was kept, the newest first.
    pub(crate) fn reverse(&mut self, reverse: bool) {
        let kept = if reverse { self.reversed.replace(Vec::new()) } else { self.reversed.take() };
        for (key, name, data) in kept.into_iter().flatten().rev() {
            self.send(key, name, &data);
        }
    }

    /// Ends all sessions: none can be resumed. Their connections stay.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
        for line in self.lines.values_mut() {
            line.session = None;
        }
    }

    /// Says something on every connection.
    pub(crate) fn say_to_all(&self, out: &Out) {
        for line in self.lines.values() {
            let _ = line.to.send(out.clone()).is_ok();
        }
    }

    /// Says something on every connection that has identified.
    pub(crate) fn say(&self, out: &Out) {
        for line in self.lines.values().filter(|line| line.session.is_some()) {
            let _ = line.to.send(out.clone()).is_ok();
        }
    }

    fn close(&self, key: u64, code: Option<u16>, reason: &'static str) {
        for line in self.lines.values().filter(|line| line.session == Some(key)) {
            let _ = line.to.send(Out::Close(code, reason)).is_ok();
        }
    }
}
