//! One connection of the bot: HELLO, IDENTIFY or RESUME, heartbeats, events.
//!
//! Tolerates what serenity 0.12.5 does: RESUME before HELLO arrived, a wish for
//! compression (events are sent as plain text), a malformed presence.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use serde_json::{Value, json};
use serenity::model::gateway::GatewayIntents;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::session::Session;
use super::{Line, Out, When};
use crate::json::Json;
use crate::net::Knife;
use crate::state::{Shared, State};
use crate::world::ChangeKind;

/// How long `Event`s may be from the bot, in bytes. Source: gateway, "Sending Events".
const LONGEST: usize = 4096;

/// How many events the bot may send in a minute. Source: gateway, "Rate Limiting".
const MOST_A_MINUTE: u32 = 120;

/// Serves a connection until it ends.
pub(crate) async fn serve(shared: Arc<Shared>, mut socket: WebSocket, knife: Knife) {
    let (to, from) = unbounded_channel();
    let key = shared.change(|state| {
        let key = state.gateway.next_key();
        state.gateway.connections += 1;
        state.gateway.lines.insert(key, Line { to, session: None });
        key
    });
    let leaves_for_good = talk(&shared, &mut socket, key, from).await;
    shared.change(|state| {
        let line = state.gateway.lines.remove(&key);
        if let Some(session) = line.and_then(|line| line.session) {
            if leaves_for_good {
                state.gateway.sessions.remove(&session);
            }
            state.world.changed(ChangeKind::Bot, None);
        }
    });
    drop(socket);
    knife.cut();
}

/// Talks until the end; true if the bot closed so that its session is over.
async fn talk(
    shared: &Shared,
    socket: &mut WebSocket,
    key: u64,
    mut from: UnboundedReceiver<Out>,
) -> bool {
    let interval = shared.settings.heartbeat;
    let hello = json!({"op": 10, "d": {"heartbeat_interval": interval.as_millis()}});
    let is_mute = shared.look(|state| state.gateway.silent.hello);
    if is_mute {
        // Whoever it is talks to nobody.
        while let Some(Ok(_)) = socket.recv().await {}
        return false;
    }
    if socket.send(Message::Text(hello.to_string().into())).await.is_err() {
        return false;
    }
    // A client that misses two heartbeats is gone.
    let patience = interval * 2 + interval.min(Duration::from_secs(5));
    let mut last_beat = tokio::time::Instant::now();
    let mut minute = (last_beat, 0);
    loop {
        tokio::select! {
            out = from.recv() => match out {
                Some(Out::Text(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return false;
                    }
                }
                Some(Out::Asked(id, text)) => {
                    shared.stopwatch().asked(id, tokio::time::Instant::now());
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return false;
                    }
                }
                Some(Out::Close(code, reason)) => {
                    let frame = code.map(|code| CloseFrame { code, reason: reason.into() });
                    let _ = socket.send(Message::Close(frame)).await.is_ok();
                    // The other side closes in turn; wait for that, not for ever.
                    let closed = async { while let Some(Ok(_)) = socket.recv().await {} };
                    let second = Duration::from_secs(1);
                    let _ = tokio::time::timeout(second, closed).await.is_ok();
                    return false;
                }
                Some(Out::Cut) | None => return false,
            },
            message = socket.recv() => match message {
                Some(Ok(message @ (Message::Text(_) | Message::Binary(_)))) => {
                    last_beat = tokio::time::Instant::now();
                    if last_beat.duration_since(minute.0) >= Duration::from_mins(1) {
                        minute = (last_beat, 0);
                    }
                    minute.1 += 1;
                    let text = message.into_text();
                    let text = text.as_ref().map(Utf8Bytes::as_str).unwrap_or_default();
                    if minute.1 > MOST_A_MINUTE {
                        shared.change(|state| close(state, key, 4008, "Rate limited"));
                    } else {
                        hear(shared, key, text);
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(frame))) => {
                    // Its echo leaves with the next read.
                    let second = Duration::from_secs(1);
                    let _ = tokio::time::timeout(second, socket.recv()).await.is_ok();
                    return frame.is_none_or(|f| f.code == 1000 || f.code == 1001);
                }
                Some(Err(_)) | None => return false,
            },
            () = tokio::time::sleep_until(last_beat + patience) => {
                let frame = CloseFrame { code: 4009, reason: "Session timed out".into() };
                let _ = socket.send(Message::Close(Some(frame))).await.is_ok();
                return true;
            }
        }
    }
}

/// Takes what the bot sent.
fn hear(shared: &Shared, key: u64, text: &str) {
    let read: Option<Value> =
        if text.len() > LONGEST { None } else { serde_json::from_str(text).ok() };
    shared.change(|state| {
        let Some(event) = read else {
            return close(state, key, 4002, "Decode error");
        };
        let identified = state.gateway.lines.get(&key).is_some_and(|l| l.session.is_some());
        let data = event.at("d");
        match event.at("op").as_u64() {
            Some(1) => {
                if !state.gateway.silent.heartbeats {
                    say(state, key, Out::Text(json!({"op": 11}).to_string()));
                }
            }
            Some(2 | 6) if identified => close(state, key, 4005, "Already authenticated"),
            Some(2) => identify(shared, state, key, data),
            Some(6) => resume(shared, state, key, data),
            Some(3 | 4 | 8 | 31 | 43) if identified => {
                tracing::debug!(op = %event.at("op"), "an opcode that changes nothing here");
            }
            Some(3 | 4 | 8 | 31 | 43) => close(state, key, 4003, "Not authenticated"),
            _ => close(state, key, 4001, "Unknown opcode"),
        }
    });
}

fn say(state: &State, key: u64, out: Out) {
    if let Some(line) = state.gateway.lines.get(&key) {
        let _ = line.to.send(out).is_ok();
    }
}

fn close(state: &State, key: u64, code: u16, reason: &'static str) {
    say(state, key, Out::Close(Some(code), reason));
}

fn knows_token(shared: &Shared, data: &Value) -> bool {
    let given = data.text("token");
    given.strip_prefix("Bot ").unwrap_or(given) == shared.settings.token
}

fn identify(shared: &Shared, state: &mut State, key: u64, data: &Value) {
    if !knows_token(shared, data) {
        return close(state, key, 4004, "Authentication failed");
    }
    let Some(intents) = data.at("intents").as_u64().and_then(GatewayIntents::from_bits) else {
        return close(state, key, 4013, "Invalid intents");
    };
    let privileged = intents & GatewayIntents::privileged();
    if !shared.settings.privileged.contains(privileged) {
        return close(state, key, 4014, "Disallowed intents");
    }
    let part = |at: usize| data.at("shard").get(at).and_then(Value::as_u64);
    let (own, shards) = (part(0).unwrap_or(0), part(1).unwrap_or(1));
    if own >= shards {
        return close(state, key, 4010, "Invalid shard");
    }
    let number = state.gateway.next_key();
    state.gateway.identifies += 1;
    if ends(state, key, When::Instead) {
        return;
    }
    let session = Session {
        id: format!("local-session-{number}"),
        intents,
        shard: (own, shards),
        seq: 0,
        sent: 0,
        frames: VecDeque::new(),
    };
    let teams: Vec<_> = state
        .world
        .teams
        .values()
        .filter(|team| session.holds(Some(team.id)))
        .filter(|team| team.members.contains_key(&state.world.application))
        .collect();
    let unavailable: Value =
        teams.iter().map(|team| json!({"id": team.id, "unavailable": true})).collect();
    let ready = json!({
        "v": 10,
        "user": state.world.user_json(state.world.application),
        "guilds": unavailable,
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": shared.settings.gateway_url,
        "shard": [own, shards],
        "application": {"id": state.world.application, "flags": 0},
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "user_settings": {},
    });
    let mut events = vec![("READY", ready)];
    if intents.contains(GatewayIntents::GUILDS) {
        let create = |team| ("GUILD_CREATE", state.world.guild_create_json(team));
        events.extend(teams.into_iter().map(create));
    }
    state.gateway.sessions.insert(number, session);
    attach(state, key, number);
    for (name, data) in events {
        state.gateway.send(number, name, &data);
    }
    ends(state, key, When::After);
}

/// Ends a session if that was asked for; whether it was.
fn ends(state: &mut State, key: u64, now: When) -> bool {
    let Some((_, out)) = state.gateway.ends.clone().filter(|(when, _)| *when == now) else {
        return false;
    };
    if matches!(out, Out::Close(Some(code), _) if super::is_final(code)) {
        state.gateway.forget_sessions();
    }
    say(state, key, out);
    true
}

fn resume(shared: &Shared, state: &mut State, key: u64, data: &Value) {
    if !knows_token(shared, data) {
        return close(state, key, 4004, "Authentication failed");
    }
    if ends(state, key, When::Instead) {
        return;
    }
    let seq = data.at("seq").as_u64().unwrap_or(u64::MAX);
    let wanted = |s: &Session| data.at("session_id") == s.id.as_str() && s.can_resume(seq);
    let found = state.gateway.sessions.iter().find(|(_, s)| wanted(s)).map(|(number, _)| *number);
    let Some(number) = found else {
        return say(state, key, Out::Text(json!({"op": 9, "d": false}).to_string()));
    };
    // Whoever else held the session is thrown out.
    for line in state.gateway.lines.values_mut().filter(|l| l.session == Some(number)) {
        line.session = None;
        let _ = line.to.send(Out::Close(Some(4000), "Resumed elsewhere")).is_ok();
    }
    if let Some(session) = state.gateway.sessions.get_mut(&number) {
        session.sent = seq;
    }
    state.gateway.resumes += 1;
    attach(state, key, number);
    state.gateway.flush(number);
    state.gateway.send(number, "RESUMED", &json!({"_trace": []}));
    ends(state, key, When::After);
}

fn attach(state: &mut State, key: u64, session: u64) {
    if let Some(line) = state.gateway.lines.get_mut(&key) {
        line.session = Some(session);
    }
    state.world.changed(ChangeKind::Bot, None);
}

/// The answer to `GET /gateway/bot`.
pub(crate) fn bot_json(state: &State, url: &str) -> Value {
    json!({
        "url": url,
        "shards": 1,
        "session_start_limit": {
            "total": 1000,
            "remaining": 1000_u32.saturating_sub(state.gateway.identifies),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    })
}
