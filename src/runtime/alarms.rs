//! Which team wants to be woken when. It knows no clock.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use crate::practice::TeamId;

#[derive(Debug, Default)]
pub(super) struct Alarms {
    order: BTreeSet<(Timestamp, TeamId)>,
    of: HashMap<TeamId, Timestamp>,
}

impl Alarms {
    /// A team wants to be woken at this moment and at no other.
    pub(super) fn set(&mut self, team: TeamId, at: Option<Timestamp>) {
        let before = match at {
            Some(at) => self.of.insert(team, at),
            None => self.of.remove(&team),
        };
        if let Some(before) = before {
            self.order.remove(&(before, team));
        }
        if let Some(at) = at {
            self.order.insert((at, team));
        }
    }

    /// The next moment at which somebody wants to be woken.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.order.first().map(|(at, _)| *at)
    }

    /// A team whose moment has come; its alarm is off after that.
    pub(super) fn due(&mut self, now: Timestamp) -> Option<TeamId> {
        let (at, team) = *self.order.first()?;
        (at <= now).then(|| {
            self.set(team, None);
            team
        })
    }
}
