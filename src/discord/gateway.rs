//! Stays connected to the gateway, and tells what happens there in order. It decides when to
//! connect again and when to give up.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use reqwest::Url;
use serde_json::Value;
use serenity::model::gateway::GatewayIntents;
use tokio::sync::mpsc::{Sender, UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::back_off::BackOff;
use super::rest::RestError;
use super::route::Call;
use super::session::{self, End, Ended, Plan, Resume};
use super::{Discord, is_loopback};
use crate::runtime::Incoming;

/// What the bot asks Discord to be told. None of it is privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS)
    .union(GatewayIntents::DIRECT_MESSAGE_REACTIONS);
/// The least time between two sessions ("Gateway": `max_concurrency` starts in five seconds).
const BETWEEN_SESSIONS: Duration = Duration::from_secs(5);
/// So many connections in a row a session is asked to go on. Then it is given up: a new one costs
/// one of a day's, and looks after what was missed.
const RESUME_MOST: u32 = 3;
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
    /// 4011.
    #[error(
        "the bot is in too many servers for one connection (2,500 at most): Discord wants {shards} \
         of them, and this version makes only one"
    )]
    NeedsSharding {
        /// How many connections Discord asks for.
        shards: u64,
    },
    /// 4010, which no single connection should meet.
    #[error("Discord does not accept the bot's only connection (4010); please report this")]
    InvalidShard,
    /// 4012.
    #[error("Discord does not speak version 10 of its gateway any more; update the bot")]
    OldVersion,
    /// The gateway would be elsewhere than the base.
    #[error("`{base}` names a gateway that does not belong to it: `{gateway}`; nothing was sent")]
    Foreign {
        /// The base.
        base: String,
        /// The gateway that it names.
        gateway: String,
    },
}

/// What Discord says about its gateway.
#[derive(Clone)]
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
        let mut back_off = BackOff::default();
        let mut known: Option<Gateway> = None;
        let mut resume = None;
        // Sessions are begun one after the other, however fast they end.
        let mut next_start = Instant::now();
        loop {
            let mut next = Instant::now();
            if let (Some(gateway), Some(session)) = (&known, resume.take()) {
                (resume, _) =
                    self.connection(gateway, Some(session), &events, stop, &mut back_off).await?;
            } else {
                let gateway = tokio::select! {
                    gateway = self.gateway() => gateway,
                    () = stop.cancelled() => return Ok(()),
                };
                match gateway {
                    Ok(gateway) if !belongs(&self.base, &gateway.url) => {
                        let base = self.base.clone();
                        return Err(GatewayError::Foreign { base, gateway: gateway.url });
                    }
                    Ok(gateway) if gateway.starts_left == 0 => {
                        let end = GatewayError::NoStartsLeft { wait: gateway.reset_after };
                        if known.is_none() {
                            return Err(end);
                        }
                        tracing::error!("{end}");
                        next += gateway.reset_after.max(BETWEEN_SESSIONS);
                    }
                    Ok(gateway) => {
                        let asked;
                        (resume, asked) =
                            self.connection(&gateway, None, &events, stop, &mut back_off).await?;
                        next_start = asked.map_or(next_start, |asked| asked + BETWEEN_SESSIONS);
                        known = Some(gateway);
                    }
                    Err(RestError::TokenRefused) => return Err(GatewayError::WrongToken),
                    Err(error @ (RestError::Refused { .. } | RestError::Unavailable { .. })) => {
                        back_off.failed();
                        let text = "Discord does not say where its gateway is";
                        if back_off.is_news() {
                            tracing::warn!(%error, "{text}");
                        } else {
                            tracing::debug!(%error, "{text}");
                        }
                    }
                }
            }
            next = next.max(Instant::now() + back_off.pause());
            if resume.is_none() {
                next = next.max(next_start);
            }
            tokio::select! {
                () = sleep_until(next) => {}
                () = stop.cancelled() => return Ok(()),
            }
        }
    }

    /// One connection, to its end. Gives the session, if it can go on, and when a new one was asked
    /// for, if one was.
    async fn connection(
        &self,
        gateway: &Gateway,
        resume: Option<Resume>,
        events: &UnboundedSender<Incoming>,
        stop: &CancellationToken,
        back_off: &mut BackOff,
    ) -> Result<(Option<Resume>, Option<Instant>), GatewayError> {
        let plan = Plan {
            gateway: gateway.url.clone(),
            token: self.token.clone(),
            intents: INTENTS,
            me: self.me,
        };
        let refused = self.rest.token_refused();
        let leave = async {
            tokio::select! {
                () = stop.cancelled() => {}
                () = refused.cancelled() => {}
            }
        };
        let (started, was_to_go_on) = (Instant::now(), resume.is_some());
        let Ended { end, began, asked, resume } = session::run(&plan, resume, events, leave).await;
        if let End::Closed(Some(code)) = end
            && let Some(error) = unwanted(code, gateway)
        {
            return Err(error);
        }
        if refused.is_cancelled() && !stop.is_cancelled() {
            return Err(GatewayError::WrongToken);
        }
        if began {
            back_off.lasted(started.elapsed(), asked.is_some());
        } else if was_to_go_on && resume.is_none() {
            tracing::info!("the session cannot go on; a new one begins");
            back_off.answered();
        } else if asked.is_some() {
            back_off.refused();
        } else {
            back_off.failed();
        }
        tell(&end, began, back_off);
        let may_go_on = |it: &Resume| it.in_vain < RESUME_MOST && belongs(&self.base, &it.url);
        Ok((resume.filter(may_go_on), asked))
    }

    async fn gateway(&self) -> Result<Gateway, RestError> {
        let answer = self.rest.send(&Call::get("gateway/bot".to_owned())).await?;
        let limit = |key| answer.get("session_start_limit")?.get(key)?.as_u64();
        let url = answer.get("url").and_then(Value::as_str);
        let url = url
            .ok_or_else(|| RestError::Unavailable { reason: "its answer names none".to_owned() })?;
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

/// What a close code means that trying again cannot change.
/// Source: "Opcodes and Status Codes", gateway close event codes.
fn unwanted(code: u16, gateway: &Gateway) -> Option<GatewayError> {
    let which = || INTENTS.iter_names().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
    match code {
        4004 => Some(GatewayError::WrongToken),
        4010 => Some(GatewayError::InvalidShard),
        4011 => Some(GatewayError::NeedsSharding { shards: gateway.shards }),
        4012 => Some(GatewayError::OldVersion),
        4013 => Some(GatewayError::InvalidIntents { which: which() }),
        4014 => Some(GatewayError::DisallowedIntents { which: which() }),
        _ => None,
    }
}

/// Puts the end of a connection into the log: what is usual as usual, what is not once.
fn tell(end: &End, began: bool, back_off: &BackOff) {
    let reason = match end {
        End::Left => return,
        End::Closed(Some(code)) => format!("Discord closed it with {code}"),
        End::Closed(None) => "Discord closed it without a code".to_owned(),
        End::Lost(reason) => reason.clone(),
    };
    match (began, back_off.is_news()) {
        (true, false) => tracing::info!(reason, "a connection to the gateway is over"),
        (true, true) => tracing::warn!(
            reason,
            "the gateway ends one connection after the other; the next ones wait longer"
        ),
        (false, true) => tracing::warn!(reason, "no connection to the gateway"),
        (false, false) => tracing::debug!(reason, "no connection to the gateway"),
    }
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
