//! Stays connected to the gateway, and tells what happens there in order. It decides when to
//! connect again and when to give up.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use reqwest::Url;
use serde_json::Value;
use serenity::all::GatewayIntents;
use serenity::gateway::GatewayError as Unwanted;
use tokio::sync::mpsc::{Sender, UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::rest::RestError;
use super::route::Call;
use super::session::{End, Plan, Session};
use super::{Discord, is_loopback};
use crate::runtime::Incoming;

/// What the bot asks Discord to be told. None of it is privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS)
    .union(GatewayIntents::DIRECT_MESSAGE_REACTIONS);
/// The least time between two sessions ("Gateway": `max_concurrency` starts in five seconds).
const BETWEEN_SESSIONS: Duration = Duration::from_secs(5);
/// The most time between two attempts; 1,000 sessions a day are allowed, this makes 288.
const BACK_OFF_MOST: Duration = Duration::from_mins(5);
/// A session that lasted so long was a good one.
const STEADY: Duration = Duration::from_mins(1);
/// So many brief sessions in a row may be an accident. After that each waits longer, or those of a
/// day, a thousand, would be used up in an hour and a half.
const BRIEF_MOST: u32 = 3;
/// So many connections without a session in a row are no accident.
const FRUITLESS_MOST: u32 = 5;
/// Interactions that are remembered, so that none is answered twice.
const REMEMBERED: usize = 1_000;

/// Why the bot stopped listening.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// 4004, or 401.
    #[error(
        "Discord does not accept the token; take a new one from \
         https://discord.com/developers/applications (your application, Bot, Reset Token) and put \
         it into DISCORD_TOKEN"
    )]
    WrongToken,
    /// 4014.
    #[error(
        "Discord does not let this application use these intents: {which}; switch them on at \
         https://discord.com/developers/applications (your application, Bot, Privileged Gateway \
         Intents)"
    )]
    DisallowedIntents {
        /// What the bot asks for.
        which: String,
    },
    /// 4013.
    #[error("Discord does not know one of these intents: {which}; update the bot")]
    InvalidIntents {
        /// What the bot asks for.
        which: String,
    },
    /// Every session of the day was used.
    #[error(
        "Discord starts no more sessions for this bot today; the next in {} minutes. \
         Something made it start again and again: look for another copy with the same token",
        .wait.as_secs().div_ceil(60)
    )]
    NoStartsLeft {
        /// How long until Discord starts sessions again.
        wait: Duration,
    },
    /// 4011, as far as it can be known: serenity does not tell the code.
    #[error(
        "Discord closes every connection and wants {shards} of them: the bot is in too many \
         servers for one (2,500 at most)"
    )]
    NeedsSharding {
        /// How many connections Discord asks for.
        shards: u64,
    },
    /// The gateway would be elsewhere than the base.
    #[error("`{base}` names a gateway that does not belong to it: `{gateway}`; nothing was sent")]
    Foreign {
        /// The base.
        base: String,
        /// The gateway that it names.
        gateway: String,
    },
    /// The system gives no thread.
    #[error("while starting the thread of the gateway: {0}")]
    NoThread(String),
}

/// What Discord says about its gateway.
struct Gateway {
    url: String,
    shards: u64,
    starts_left: u64,
    reset_after: Duration,
}

impl Discord {
    /// Listens until `stop`, through every reconnect, and tells what happens in order. Where the
    /// sink is slow, events wait in memory; the connection never does.
    ///
    /// # Errors
    ///
    /// If trying again cannot help. Each error says what to do.
    pub async fn listen(
        &self,
        sink: Sender<Incoming>,
        stop: CancellationToken,
    ) -> Result<(), GatewayError> {
        let (events, received) = unbounded_channel();
        tokio::select! {
            end = self.stay_connected(events, &stop) => end,
            () = forward(received, sink) => Ok(()),
        }
    }

    async fn stay_connected(
        &self,
        events: UnboundedSender<Incoming>,
        stop: &CancellationToken,
    ) -> Result<(), GatewayError> {
        let (mut fruitless, mut brief) = (0_u32, 0_u32);
        let mut is_first = true;
        loop {
            let gateway = tokio::select! {
                gateway = self.gateway() => gateway,
                () = stop.cancelled() => return Ok(()),
            };
            let not_before = match gateway {
                Ok(gateway) => {
                    if !belongs(&self.base, &gateway.url) {
                        let base = self.base.clone();
                        return Err(GatewayError::Foreign { base, gateway: gateway.url });
                    }
                    if fruitless >= FRUITLESS_MOST && gateway.shards > 1 {
                        return Err(GatewayError::NeedsSharding { shards: gateway.shards });
                    }
                    if gateway.starts_left == 0 {
                        let end = GatewayError::NoStartsLeft { wait: gateway.reset_after };
                        if is_first {
                            return Err(end);
                        }
                        tracing::error!("{end}");
                        Instant::now() + gateway.reset_after
                    } else {
                        let started = Instant::now();
                        if self.session(gateway, &events, stop).await? {
                            fruitless = 0;
                            brief = if started.elapsed() < STEADY { brief + 1 } else { 0 };
                        } else {
                            fruitless += 1;
                        }
                        is_first = false;
                        started + BETWEEN_SESSIONS
                    }
                }
                Err(RestError::TokenRefused) => return Err(GatewayError::WrongToken),
                Err(error @ (RestError::Refused { .. } | RestError::Unavailable { .. })) => {
                    tracing::warn!(%error, "Discord does not say where its gateway is");
                    fruitless += 1;
                    Instant::now()
                }
            };
            let wait = not_before.max(Instant::now() + pause(fruitless, brief));
            tokio::select! {
                () = sleep_until(wait) => {}
                () = stop.cancelled() => return Ok(()),
            }
        }
    }

    /// One session, to its end. Tells whether Discord began it.
    async fn session(
        &self,
        gateway: Gateway,
        events: &UnboundedSender<Incoming>,
        stop: &CancellationToken,
    ) -> Result<bool, GatewayError> {
        let plan = Plan {
            base: self.base.clone(),
            gateway: gateway.url,
            token: self.token.clone(),
            intents: INTENTS,
            me: self.me,
        };
        let mut session = Session::start(plan, events.clone())
            .map_err(|error| GatewayError::NoThread(error.to_string()))?;
        let end = tokio::select! {
            end = session.ended() => end,
            () = stop.cancelled() => {
                session.close().await;
                return Ok(true);
            }
            () = self.rest.token_refused().cancelled() => {
                session.close().await;
                return Err(GatewayError::WrongToken);
            }
        };
        let was_ready = session.was_ready();
        match end {
            End::Over => tracing::info!(was_ready, "the gateway session is over"),
            End::NotConnected(reason) => tracing::warn!(reason, "no connection to the gateway"),
            End::Unwanted(error) => return unwanted(&error).map_or(Ok(was_ready), Err),
        }
        Ok(was_ready)
    }

    async fn gateway(&self) -> Result<Gateway, RestError> {
        let answer = self.rest.send(&Call::get("gateway/bot".to_owned())).await?;
        let limit = |key| answer.get("session_start_limit")?.get(key)?.as_u64();
        let url = answer.get("url").and_then(Value::as_str).unwrap_or_default();
        Ok(Gateway {
            url: url.to_owned(),
            shards: answer.get("shards").and_then(Value::as_u64).unwrap_or(1),
            starts_left: limit("remaining").unwrap_or(1),
            reset_after: Duration::from_millis(limit("reset_after").unwrap_or(0)),
        })
    }
}

/// Whether a gateway may be used with a base: what is local stays local, what is not is encrypted.
fn belongs(base: &str, gateway: &str) -> bool {
    if is_loopback(base) {
        is_loopback(gateway)
    } else {
        Url::parse(gateway).is_ok_and(|url| url.scheme() == "wss")
    }
}

/// What an end means that trying again cannot change.
fn unwanted(error: &Unwanted) -> Option<GatewayError> {
    let which = || INTENTS.iter_names().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an enum of serenity's that may grow; what is not known may be tried again"
    )]
    match error {
        Unwanted::InvalidAuthentication => Some(GatewayError::WrongToken),
        Unwanted::DisallowedGatewayIntents => {
            Some(GatewayError::DisallowedIntents { which: which() })
        }
        Unwanted::InvalidGatewayIntents => Some(GatewayError::InvalidIntents { which: which() }),
        other => {
            tracing::warn!(error = %other, "the gateway session failed");
            None
        }
    }
}

/// How long to wait after so many fruitless attempts, or brief sessions, in a row.
fn pause(fruitless: u32, brief: u32) -> Duration {
    back_off(fruitless.max(brief.saturating_sub(BRIEF_MOST)))
}

/// How long to wait after so many fruitless attempts in a row.
fn back_off(fruitless: u32) -> Duration {
    if fruitless == 0 {
        return Duration::ZERO;
    }
    let seconds = 2_u64.saturating_pow(fruitless - 1);
    Duration::from_secs(seconds).min(BACK_OFF_MOST)
}

/// Passes events on, each interaction once.
async fn forward(mut received: UnboundedReceiver<Incoming>, sink: Sender<Incoming>) {
    let mut order = VecDeque::with_capacity(REMEMBERED);
    let mut known = HashSet::with_capacity(REMEMBERED);
    while let Some(incoming) = received.recv().await {
        if let Some(id) = interaction_id(&incoming) {
            if !known.insert(id) {
                tracing::warn!(interaction = id, "an interaction came twice");
                continue;
            }
            order.push_back(id);
            if order.len() > REMEMBERED
                && let Some(oldest) = order.pop_front()
            {
                known.remove(&oldest);
            }
        }
        if let Incoming::Unknown { kind } = &incoming {
            tracing::warn!(kind, "Discord sent something that this version does not understand");
        }
        if sink.send(incoming).await.is_err() {
            return;
        }
    }
    // Its other end lives as long as the connection does.
    std::future::pending::<()>().await;
}

fn interaction_id(incoming: &Incoming) -> Option<u64> {
    match incoming {
        Incoming::Invoked { ask, .. }
        | Incoming::Completing { ask, .. }
        | Incoming::Pressed { ask, .. } => Some(ask.interaction.id),
        Incoming::Ready { .. }
        | Incoming::Connected { .. }
        | Incoming::Left { .. }
        | Incoming::Reacted { .. }
        | Incoming::Unknown { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_that_end_at_once_do_not_use_up_those_of_the_day() {
        const DAY: Duration = Duration::from_hours(24);
        let (mut passed, mut sessions) = (Duration::ZERO, 0);
        while passed < DAY {
            sessions += 1;
            passed += BETWEEN_SESSIONS.max(pause(0, sessions));
        }
        assert!(sessions < 500, "{sessions} of 1,000");
    }

    #[test]
    fn a_few_brief_sessions_are_forgiven() {
        assert_eq!(pause(0, BRIEF_MOST), Duration::ZERO);
    }
}
