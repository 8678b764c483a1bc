//! The Discord of these stories: what stands where. It does what it is told at once, and returns a
//! message that it knows by its nonce or, where it is asked to look first, by what it says.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use mockingbird::practice::effect::Attempt;
use mockingbird::practice::{ChannelId, MemberId, MessageId};

/// How long nonces are remembered. Discord says "the past few minutes".
const NONCE_REMEMBERED: SignedDuration = SignedDuration::from_mins(3);

/// How much earlier a message is looked for, because clocks differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);

/// Everything that stands.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) messages: Vec<Standing>,
    pub(crate) threads: BTreeMap<String, ChannelId>,
    /// The messages that answered requests, by the request.
    pub(crate) replies: BTreeMap<u64, MessageId>,
    pub(crate) in_thread: BTreeMap<ChannelId, Vec<MemberId>>,
    next_id: u64,
}

/// A message.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) id: MessageId,
    pub(crate) channel: ChannelId,
    nonce: Option<String>,
    at: Timestamp,
    /// What it said at first, and what it says now.
    pub(crate) first: String,
    pub(crate) text: String,
}

impl World {
    fn id(&mut self) -> u64 {
        self.next_id += 1;
        800_000_000_000_000_000 + self.next_id
    }

    /// Puts a message down, unless it is known; the bool says whether it is new.
    pub(crate) fn put(
        &mut self,
        now: Timestamp,
        channel: ChannelId,
        text: &str,
        sent: Option<(String, Attempt, Option<MessageId>)>,
    ) -> (MessageId, bool) {
        if let Some((nonce, attempt, after)) = &sent {
            let known = self.messages.iter().find(|known| match attempt {
                Attempt::Nonce { .. } => {
                    known.nonce.as_ref() == Some(nonce) && known.at >= now - NONCE_REMEMBERED
                }
                Attempt::LookFirst { since } => {
                    let is_in_time = known.at >= *since - CLOCKS_DIFFER;
                    let is_newer = Some(known.id) > *after;
                    known.channel == channel && is_in_time && is_newer && known.first == text
                }
            });
            if let Some(known) = known {
                return (known.id, false);
            }
        }
        let id = MessageId(self.id());
        let nonce = sent.map(|(nonce, ..)| nonce);
        let (first, text) = (text.to_owned(), text.to_owned());
        self.messages.push(Standing { id, channel, nonce, at: now, first, text });
        (id, true)
    }

    /// Says something else in a message.
    pub(crate) fn edit(&mut self, message: MessageId, text: &str) {
        let known = self.messages.iter_mut().find(|known| known.id == message);
        text.clone_into(&mut known.expect("a message that stands").text);
    }

    /// Opens a thread, or finds it.
    pub(crate) fn open(&mut self, name: &str, attempt: Attempt) -> ChannelId {
        if let Some(thread) = self.threads.get(name) {
            assert!(matches!(attempt, Attempt::LookFirst { .. }), "opened twice: {name}");
            return *thread;
        }
        let thread = ChannelId(self.id());
        self.threads.insert(name.to_owned(), thread);
        thread
    }

    /// What stands now, in order.
    pub(crate) fn stands(&self) -> Vec<String> {
        self.messages.iter().map(|known| known.text.clone()).collect()
    }
}
