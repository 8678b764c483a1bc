//! Faults on request: what a bot must live through.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use crate::gateway::{Out, Silent, When, is_final};
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
    /// The request has its effect; the answer is a page for people, with status 200.
    Nonsense,
}

/// How a session of the gateway ends on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With a close frame that has this code.
    Code(u16),
    /// With a close frame that has none.
    NoCode,
    /// The connection breaks.
    Cut,
    /// The session is called invalid (op 9), as Discord does it where sessions begin too fast.
    Invalid,
}

impl End {
    fn out(self) -> Out {
        match self {
            Self::Code(code) => Out::Close(Some(code), "closed on request"),
            Self::NoCode => Out::Close(None, ""),
            Self::Cut => Out::Cut,
            Self::Invalid => Out::Text(json!({"op": 9, "d": false}).to_string()),
        }
    }
}

/// A limit that was told to the bot and holds until it is over.
#[derive(Clone, Debug)]
struct Limit {
    route: String,
    scope: Scope,
    length: Duration,
    /// From its first request on: when it was told, and until when it holds.
    told: Option<(Instant, Instant)>,
}

/// How long requests may arrive that left before a limit was known, and how much too early the
/// clocks of two sides may be.
const IN_FLIGHT: Duration = Duration::from_secs(1);
const CLOCKS: Duration = Duration::from_millis(20);

/// A fault waiting for its requests.
#[derive(Clone, Debug)]
struct Rule {
    route: String,
    left: Option<u32>,
    fault: Fault,
}

/// All faults that wait.
#[derive(Debug, Default)]
pub(crate) struct FaultTable {
    rules: Vec<Rule>,
    limits: Vec<Limit>,
    /// Requests that came although the bot knew that it had to wait.
    pub early: Vec<String>,
}

impl FaultTable {
    pub(crate) fn add(&mut self, route: &str, times: Option<u32>, fault: Fault) {
        self.rules.push(Rule { route: route.to_owned(), left: times, fault });
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
        self.limits.clear();
    }

    /// The fault of a request, if one waits for it; counts it off.
    pub(crate) fn take(&mut self, route: &str, request: &str) -> Option<Fault> {
        if let Some(place) = self.rules.iter().position(|rule| fits(&rule.route, route, request)) {
            let rule = self.rules.get_mut(place)?;
            let fault = rule.fault.clone();
            if let Some(left) = &mut rule.left {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    self.rules.remove(place);
                }
            }
            return Some(fault);
        }
        self.limit(route, request, Instant::now())
    }

    /// A limit that holds for a request, or begins with it.
    fn limit(&mut self, route: &str, request: &str, now: Instant) -> Option<Fault> {
        let over = |limit: &Limit| limit.told.is_some_and(|(_, until)| until <= now);
        self.limits.retain(|limit| !over(limit));
        let holds = |limit: &&mut Limit| {
            let everywhere = limit.scope == Scope::Global && limit.told.is_some();
            fits(&limit.route, route, request) || everywhere && !is_exempt(route)
        };
        let limit = self.limits.iter_mut().find(holds)?;
        let (told, until) = *limit.told.get_or_insert((now, now + limit.length));
        if now > told + IN_FLIGHT && now + CLOCKS < until {
            self.early.push(route.to_owned());
        }
        Some(Fault::RateLimited { scope: limit.scope, retry_after: until.duration_since(now) })
    }
}

/// Whether no global limit holds for a route: answers to requests have none.
/// Source: "Rate Limits", global rate limit.
fn is_exempt(route: &str) -> bool {
    ["/interactions/", "/webhooks/"].iter().any(|exempt| route.contains(exempt))
}

/// Whether a rule is about a request.
fn fits(rule: &str, route: &str, request: &str) -> bool {
    match rule.strip_suffix('*') {
        Some(start) => route.starts_with(start) || request.starts_with(start),
        None => rule == route || rule == request,
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

    /// From its next request on a route is limited for so long, as Discord does it: whatever
    /// comes meanwhile is refused with what is left of it, and to come again before that is
    /// a complaint.
    pub fn limit(&self, route: &str, scope: Scope, length: Duration) {
        let limit = Limit { route: route.to_owned(), scope, length, told: None };
        self.change(|state| state.faults.limits.push(limit));
    }

    /// Ends all faults of requests and all ends of sessions, and lets heartbeats be answered again.
    pub fn clear(&self) {
        self.change(|state| {
            state.faults.clear();
            state.gateway.duplicates = 0;
            state.gateway.ends = None;
            state.gateway.silent = Silent::default();
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
            if is_final(code) {
                state.gateway.forget_sessions();
            }
        });
    }

    /// Closes the gateway's connections with a frame that has no code.
    pub fn close_gateway_without_code(&self) {
        self.say(&Out::Close(None, ""));
    }

    /// Turns every session away from now on: instead of READY or RESUMED comes this end.
    pub fn turn_away(&self, end: End) {
        self.change(|state| state.gateway.ends = Some((When::Instead, end.out())));
    }

    /// Ends every session from now on as soon as it has begun or been resumed.
    pub fn end_at_once(&self, end: End) {
        self.change(|state| state.gateway.ends = Some((When::After, end.out())));
    }

    /// Says nothing on new connections, not even HELLO, or says it again on the next ones.
    pub fn withhold_hello(&self, withhold: bool) {
        self.change(|state| state.gateway.silent.hello = withhold);
    }

    /// Sends an event that nobody has looked at: of a name or shape that is new.
    pub fn send_event(&self, name: &str, data: &serde_json::Value) {
        self.change(|state| state.gateway.send_unchecked(name, data));
    }

    /// Sends a frame that is no event, or not even JSON.
    pub fn send_frame(&self, text: &str) {
        self.say(&Out::Text(text.to_owned()));
    }

    /// Holds events back, or sends what was held back in reverse order: events about different
    /// things have no order that can be relied on.
    pub fn reverse_events(&self, reverse: bool) {
        self.change(|state| state.gateway.reverse(reverse));
    }

    /// Leaves heartbeats unanswered, or answers them again.
    pub fn ignore_heartbeats(&self, ignore: bool) {
        self.change(|state| state.gateway.silent.heartbeats = ignore);
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

    #[tokio::test]
    async fn a_limit_holds_until_it_is_over_and_whoever_comes_before_is_noticed() {
        let mut faults = FaultTable::default();
        let (scope, length) = (Scope::User, Duration::from_secs(5));
        faults.limits.push(Limit { route: "POST /a".to_owned(), scope, length, told: None });
        let begin = Instant::now();
        let after = |seconds| begin + Duration::from_secs(seconds);
        let mut left = |at| match faults.limit("POST /a", "", at) {
            Some(Fault::RateLimited { retry_after, .. }) => retry_after.as_secs(),
            _ => 0,
        };
        assert_eq!((left(begin), left(after(2)), left(after(5))), (5, 3, 0));
        assert_eq!(faults.early, ["POST /a"]);
    }

    #[test]
    fn a_star_strikes_all_that_begin_so() {
        let mut faults = FaultTable::default();
        faults.add("*", None, Fault::Hang);
        assert_eq!(faults.take("GET /gateway", "GET /gateway"), Some(Fault::Hang));
    }
}
