//! All state of a local Discord behind one lock, and the one way to change it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serenity::model::gateway::GatewayIntents;
use tokio::sync::{broadcast, watch};

use crate::clock::Clock;
use crate::fault::FaultTable;
use crate::gateway::Gateway;
use crate::record::{Record, Stopwatch};
use crate::rest::buckets::Buckets;
use crate::setup::{Setup, build};
use crate::world::{Change, World};

/// Everything that can change.
#[derive(Debug)]
pub(crate) struct State {
    pub world: World,
    pub gateway: Gateway,
    pub buckets: Buckets,
    pub faults: FaultTable,
    pub record: Record,
}

/// What does not change while it runs.
#[derive(Clone)]
pub(crate) struct Settings {
    pub clock: Arc<dyn Clock>,
    pub token: String,
    pub base: String,
    pub gateway_url: String,
    pub privileged: GatewayIntents,
    pub heartbeat: Duration,
    pub answer_within: Duration,
}

/// The state with those who wait for changes.
pub(crate) struct Shared {
    state: Mutex<State>,
    pub settings: Settings,
    stopwatch: Mutex<Stopwatch>,
    /// Counts up with every change; `until` waits for it.
    pub version: watch::Sender<u64>,
    /// What changed, for those who show it.
    pub changes: broadcast::Sender<Change>,
}

impl Shared {
    pub(crate) fn new(setup: &Setup, port: u16) -> Self {
        let world = build(setup);
        let settings = Settings {
            clock: Arc::clone(&setup.clock),
            token: token(world.application.get()),
            base: format!("http://127.0.0.1:{port}"),
            gateway_url: format!("ws://127.0.0.1:{port}/gateway"),
            privileged: setup.privileged_intents,
            heartbeat: setup.heartbeat,
            answer_within: setup.answer_within,
        };
        let state = State {
            world,
            gateway: Gateway::default(),
            buckets: Buckets::new(setup.rate_limits.clone()),
            faults: FaultTable::default(),
            record: Record::default(),
        };
        Self {
            state: Mutex::new(state),
            stopwatch: Mutex::default(),
            settings,
            version: watch::Sender::new(0),
            changes: broadcast::Sender::new(1024),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.world.now = self.settings.clock.now();
        state
    }

    /// How fast the bot answers. Apart from the rest, so that measuring wakes nobody.
    pub(crate) fn stopwatch(&self) -> MutexGuard<'_, Stopwatch> {
        self.stopwatch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks without changing.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state. The events that this causes are with the sessions
    /// before anybody else can look, so all see one order.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let (result, changes) = {
            let mut state = self.lock();
            state.world.archive_quiet_threads();
            let result = change(&mut state);
            for dispatch in std::mem::take(&mut state.world.pending) {
                state.gateway.deliver(&dispatch);
            }
            (result, std::mem::take(&mut state.world.changes))
        };
        self.version.send_modify(|version| *version += 1);
        for change in changes {
            // Nobody listening is no failure.
            let _ = self.changes.send(change).is_ok();
        }
        result
    }
}

impl Shared {
    /// Waits until `look` finds something; looks again after each change.
    pub(crate) async fn until_some<T>(&self, mut look: impl FnMut(&State) -> Option<T>) -> T {
        let mut version = self.version.subscribe();
        loop {
            version.borrow_and_update();
            if let Some(found) = self.look(&mut look) {
                return found;
            }
            if version.changed().await.is_err() {
                // The sender lives as long as self.
                std::future::pending::<()>().await;
            }
        }
    }
}

/// A token in the shape of Discord's: the application's id in base64, and two
/// parts that say what it is.
fn token(application: u64) -> String {
    let id = base64(application.to_string().as_bytes());
    format!("{id}.Local0.this-token-works-nowhere-but-here-0000")
}

/// URL-safe base64 without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let letter = |bits: u32| LETTERS.get((bits & 63) as usize).copied().map_or('A', char::from);
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..=chunk.len() {
            text.push(letter(group >> (18 - 6 * place)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_matches_the_examples_of_its_rfc() {
        let examples =
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in examples {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
