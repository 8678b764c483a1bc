//! Faults on request: what a bot must live through.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::gateway::Out;
use crate::rest::buckets::Scope;
use crate::setup::RateLimits;
use crate::state::{Shared, State};
use crate::world::ChangeKind;

/// What goes wrong with a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429, whatever the limits say.
    RateLimited {
        /// Which limit is blamed.
        scope: Scope,
        /// How long to wait.
        retry_after: Duration,
    },
    /// A status, such as 500, 502 or 503, with no effect.
    Status(u16),
    /// An error of Discord's: status, code and message, with no effect.
    Refused(u16, u32, String),
    /// The request is handled this much later.
    Slow(Duration),
    /// The request is handled this much later, also if the bot is gone by then.
    Late(Duration),
    /// The request is never handled and never answered.
    Hang,
    /// The connection breaks before the request has any effect.
    CutBefore,
    /// The request has its effect, but the connection breaks before the answer.
    LoseResponse,
    /// The request has its effect; the answer breaks off half-way.
    CutResponse,
}

/// A fault waiting for its requests.
#[derive(Clone, Debug)]
struct Rule {
    route: String,
    left: Option<u32>,
    fault: Fault,
}

/// All faults that wait.
#[derive(Debug, Default)]
pub(crate) struct FaultTable(Vec<Rule>);

impl FaultTable {
    pub(crate) fn add(&mut self, route: &str, times: Option<u32>, fault: Fault) {
        self.0.push(Rule { route: route.to_owned(), left: times, fault });
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault of a request, if one waits for it; counts it off.
    pub(crate) fn take(&mut self, route: &str, request: &str) -> Option<Fault> {
        let fits = |rule: &Rule| match rule.route.strip_suffix('*') {
            Some(start) => route.starts_with(start) || request.starts_with(start),
            None => rule.route == route || rule.route == request,
        };
        let place = self.0.iter().position(fits)?;
        let rule = self.0.get_mut(place)?;
        let fault = rule.fault.clone();
        if let Some(left) = &mut rule.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.0.remove(place);
            }
        }
        Some(fault)
    }
}

/// What can go wrong on request. Made by [`crate::LocalDiscord::faults`].
pub struct Faults {
    shared: Arc<Shared>,
}

impl Faults {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// The next `times` requests of a route suffer `fault`. Routes are named as in
    /// the table of routes, `POST /channels/{channel}/messages`, or by an actual
    /// request, `POST /channels/123/messages`; a `*` at the end stands for
    /// anything. Faults of one route strike in the order in which they were added.
    pub fn request(&self, route: &str, times: u32, fault: Fault) {
        self.change(|state| state.faults.add(route, Some(times), fault));
    }

    /// Like [`Faults::request`], until [`Faults::clear`].
    pub fn every_request(&self, route: &str, fault: Fault) {
        self.change(|state| state.faults.add(route, None, fault));
    }

    /// Ends all faults of requests, and lets heartbeats be answered again.
    pub fn clear(&self) {
        self.change(|state| {
            state.faults.clear();
            state.gateway.silent = false;
            state.gateway.duplicates = 0;
        });
    }

    /// Sets how fast the bot may ask from now on.
    pub fn rate_limits(&self, limits: RateLimits) {
        self.change(|state| state.buckets.limits = limits);
    }

    /// Asks the bot to reconnect and resume (op 7).
    pub fn ask_to_reconnect(&self) {
        self.say(&Out::Text(json!({"op": 7, "d": null}).to_string()));
    }

    /// Calls the session invalid (op 9). Unless `resumable`, it is gone, and what
    /// happened since is never delivered.
    pub fn invalidate_session(&self, resumable: bool) {
        self.change(|state| {
            state.gateway.say(&Out::Text(json!({"op": 9, "d": resumable}).to_string()));
            if !resumable {
                state.gateway.forget_sessions();
            }
        });
    }

    /// Breaks the gateway's connections; the sessions can be resumed.
    pub fn cut_gateway(&self) {
        self.say(&Out::Cut);
    }

    /// Closes the gateway's connections with a code; the sessions can be resumed
    /// after the codes for which Discord says so.
    pub fn close_gateway(&self, code: u16) {
        self.change(|state| {
            state.gateway.say(&Out::Close(Some(code), "closed on request"));
            // Source: "Opcodes and Status Codes", gateway close event codes.
            if matches!(code, 1000 | 1001 | 4004 | 4007 | 4009..=4014) {
                state.gateway.forget_sessions();
            }
        });
    }

    /// Closes the gateway's connections with a frame that has no code.
    pub fn close_gateway_without_code(&self) {
        self.say(&Out::Close(None, ""));
    }

    /// Leaves heartbeats unanswered, or answers them again.
    pub fn ignore_heartbeats(&self, ignore: bool) {
        self.change(|state| state.gateway.silent = ignore);
    }

    /// Sends the next `count` events twice, each time with a number of its own.
    pub fn duplicate_events(&self, count: u32) {
        self.change(|state| state.gateway.duplicates = count);
    }

    /// Holds events back, or sends what was held back.
    pub fn hold_events(&self, hold: bool) {
        self.change(|state| state.gateway.hold(hold));
    }

    pub(crate) fn away(&self, away: bool) {
        self.change(|state| {
            state.gateway.away = away;
            if away {
                state.gateway.say_to_all(&Out::Cut);
                state.gateway.forget_sessions();
            }
            state.world.changed(ChangeKind::Bot, None);
        });
    }

    fn say(&self, out: &Out) {
        self.change(|state| state.gateway.say(out));
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.shared.change(change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_its_route_as_often_as_it_was_told() {
        let mut faults = FaultTable::default();
        faults.add("POST /channels/{channel}/messages", Some(2), Fault::Status(500));
        let strikes = |faults: &mut FaultTable, route| faults.take(route, "").is_some();
        assert!(!strikes(&mut faults, "GET /channels/{channel}/messages"));
        assert!(strikes(&mut faults, "POST /channels/{channel}/messages"));
        assert!(strikes(&mut faults, "POST /channels/{channel}/messages"));
        assert!(!strikes(&mut faults, "POST /channels/{channel}/messages"));
    }

    #[test]
    fn a_star_strikes_all_that_begin_so() {
        let mut faults = FaultTable::default();
        faults.add("*", None, Fault::Hang);
        assert_eq!(faults.take("GET /gateway", "GET /gateway"), Some(Fault::Hang));
    }
}
