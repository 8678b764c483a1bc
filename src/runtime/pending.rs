//! What waits until it is durable: effects, in the order of their decisions. An answer that has
//! waited too long is given up, so that its member hears of it in time.

use std::collections::{HashSet, VecDeque};

use tokio::time::Instant;

use crate::practice::input::Interaction;
use crate::practice::{Effect, TeamId};

/// The effects of one decision.
#[derive(Debug)]
struct Waiting {
    /// How many records must be durable before they leave.
    after: u64,
    since: Instant,
    team: TeamId,
    effects: Vec<Effect>,
    /// Whether its answers were given up already.
    given_up: bool,
}

#[derive(Debug, Default)]
pub(super) struct Pending {
    appended: u64,
    durable: u64,
    waiting: VecDeque<Waiting>,
    /// Requests that were answered otherwise, because their answer took too long.
    answered: HashSet<u64>,
}

impl Pending {
    /// A record was appended; these effects wait for it.
    pub(super) fn appended(&mut self, now: Instant, team: TeamId, effects: Vec<Effect>) {
        self.appended += 1;
        self.wait(now, team, effects);
    }

    /// These effects tell of what was decided before: they wait for all of it.
    pub(super) fn wait(&mut self, now: Instant, team: TeamId, effects: Vec<Effect>) {
        let after = self.appended;
        let waiting = Waiting { after, since: now, team, effects, given_up: false };
        self.waiting.push_back(waiting);
    }

    /// One more record is durable.
    pub(super) fn durable(&mut self) {
        self.durable += 1;
    }

    /// The next effects that may leave.
    pub(super) fn ready(&mut self) -> Option<(TeamId, Vec<Effect>)> {
        if self.waiting.front()?.after > self.durable {
            return None;
        }
        self.waiting.pop_front().map(|waiting| (waiting.team, waiting.effects))
    }

    /// Whether everything that was decided is durable.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.appended == self.durable
    }

    /// When the oldest answer that still waits began to wait.
    pub(super) fn oldest_answer(&self) -> Option<Instant> {
        self.waiting.iter().find(|waiting| waiting.has_answer()).map(|waiting| waiting.since)
    }

    /// The requests whose answers have waited since before this moment. They are answered
    /// otherwise from now on.
    pub(super) fn give_up(&mut self, before: Instant) -> Vec<(TeamId, Interaction)> {
        let mut given_up = Vec::new();
        for waiting in &mut self.waiting {
            if waiting.since > before || waiting.given_up {
                continue;
            }
            waiting.given_up = true;
            for effect in &waiting.effects {
                if let Effect::Reply { to, .. } = effect {
                    self.answered.insert(to.id);
                    given_up.push((waiting.team, to.clone()));
                }
            }
        }
        given_up
    }

    /// Whether a request was answered otherwise. Asked once, when its answer may leave at last.
    pub(super) fn was_given_up(&mut self, effect: &Effect) -> bool {
        matches!(effect, Effect::Reply { to, .. } if self.answered.remove(&to.id))
    }
}

impl Waiting {
    fn has_answer(&self) -> bool {
        !self.given_up && self.effects.iter().any(|effect| matches!(effect, Effect::Reply { .. }))
    }
}
