//! Sessions: who may identify, what each hears, how one comes back.

#![allow(clippy::unwrap_used, reason = "test code")]

mod wire;

use std::sync::Arc;
use std::time::Duration;

use mockingbird_playground::{LocalDiscord, ManualClock, RateLimits, Setup};
use serde_json::{Value, json};
use wire::{Frame, Wire, messages, rest};

const GUILDS: u64 = 1;
const MEMBERS: u64 = 1 << 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const REACTIONS: u64 = 1 << 10;
const DIRECT_MESSAGES: u64 = 1 << 12;
const CONTENT: u64 = 1 << 15;

async fn start(setup: Setup) -> LocalDiscord {
    LocalDiscord::start(setup).await.unwrap()
}

fn unlimited() -> Setup {
    Setup { rate_limits: RateLimits::off(), ..Setup::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_with_unavailable_teams_which_then_come() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    let ready = wire.event("READY");
    assert_eq!(ready["s"], 1);
    assert_eq!(ready["d"]["guilds"][0]["unavailable"], true);
    assert_eq!(ready["d"]["resume_gateway_url"], discord.gateway_url());
    let team = wire.event("GUILD_CREATE");
    assert_eq!(team["d"]["channels"].as_array().unwrap().len(), 3);
    assert_eq!(team["d"]["members"].as_array().unwrap().len(), 1, "only the bot's own");
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_identify_is_told_by_a_code() {
    let discord = start(unlimited()).await;
    let code = |data: Value| {
        let mut wire = Wire::open(&discord).unwrap();
        wire.json();
        wire.send(&json!({"op": 2, "d": data}));
        wire.next()
    };
    let token = discord.token();
    assert_eq!(code(json!({"token": "wrong", "intents": 1})), Frame::Close(Some(4004)));
    assert_eq!(code(json!({"token": token, "intents": CONTENT})), Frame::Close(Some(4014)));
    assert_eq!(code(json!({"token": token, "intents": MEMBERS})), Frame::Close(Some(4014)));
    assert_eq!(code(json!({"token": token, "intents": "x"})), Frame::Close(Some(4013)));
    let shard = json!({"token": token, "intents": 1, "shard": [2, 2]});
    assert_eq!(code(shard), Frame::Close(Some(4010)));

    let mut wire = Wire::open(&discord).unwrap();
    wire.json();
    wire.send(&json!({"op": 99}));
    assert_eq!(wire.next(), Frame::Close(Some(4001)));

    let mut wire = Wire::identify(&discord, GUILDS);
    wire.event("GUILD_CREATE");
    wire.send(&json!({"op": 2, "d": {"token": token, "intents": 1}}));
    assert_eq!(wire.next(), Frame::Close(Some(4005)));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_events_of_declared_intents_arrive() {
    let discord = start(unlimited()).await;
    let mut deaf = Wire::identify(&discord, GUILDS);
    let mut keen = Wire::identify(&discord, GUILDS | GUILD_MESSAGES | REACTIONS);
    deaf.event("GUILD_CREATE");
    keen.event("GUILD_CREATE");
    let ann = discord.member("ann");
    let said = ann.say("prep", "hello").unwrap();
    ann.react(said, "👍").unwrap();
    discord.dm("ann").unwrap();
    assert_eq!(deaf.names(), Vec::<String>::new());
    assert_eq!(keen.names(), ["MESSAGE_CREATE", "MESSAGE_REACTION_ADD"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn content_is_hidden_without_its_intent_except_own_mentions_and_private() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES);
    wire.event("GUILD_CREATE");
    let ann = discord.member("ann");
    let seen = |wire: &mut Wire| wire.event("MESSAGE_CREATE")["d"]["content"].clone();

    let hidden = ann.say("prep", "secret").unwrap();
    assert_eq!(seen(&mut wire), "");
    let mention = format!("<@{}> hi", discord.application_id());
    ann.say("prep", &mention).unwrap();
    assert_eq!(seen(&mut wire), mention.as_str());
    let chat = discord.dm("ann").unwrap().to_string();
    ann.say(&chat, "between us").unwrap();
    assert_eq!(seen(&mut wire), "between us");
    rest(&discord, "POST", &messages(&discord, "prep"), json!({"content": "own"})).await;
    assert_eq!(seen(&mut wire), "own");

    let path = format!("{}/{hidden}", messages(&discord, "prep"));
    assert_eq!(rest(&discord, "GET", &path, Value::Null).await.1["content"], "");
}

#[tokio::test(flavor = "multi_thread")]
async fn content_is_shown_with_its_intent_switched_on() {
    let on = serenity::all::GatewayIntents::MESSAGE_CONTENT;
    let discord = start(Setup { privileged_intents: on, ..unlimited() }).await;
    let mut with = Wire::identify(&discord, GUILDS | GUILD_MESSAGES | CONTENT);
    let mut without = Wire::identify(&discord, GUILDS | GUILD_MESSAGES);
    with.event("GUILD_CREATE");
    without.event("GUILD_CREATE");
    discord.member("ann").say("prep", "open").unwrap();
    assert_eq!(with.event("MESSAGE_CREATE")["d"]["content"], "open");
    assert_eq!(without.event("MESSAGE_CREATE")["d"]["content"], "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resumed_session_is_told_what_it_missed() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS | GUILD_MESSAGES);
    let session = wire.event("READY")["d"]["session_id"].clone();
    let seq = wire.event("GUILD_CREATE")["s"].clone();
    discord.faults().cut_gateway();
    assert_eq!(wire.next(), Frame::Broken);
    discord.member("ann").say("prep", "while you were away").unwrap();

    let mut back = Wire::open(&discord).unwrap();
    // serenity does not wait for HELLO.
    let resume = json!({"op": 6, "d": {
        "token": discord.token(), "session_id": session, "seq": seq,
    }});
    back.send(&resume);
    assert_eq!(back.json()["op"], 10);
    let missed = back.json();
    assert_eq!((missed["t"].as_str(), missed["s"].as_u64()), (Some("MESSAGE_CREATE"), Some(3)));
    assert_eq!(back.json()["t"], "RESUMED");
    assert_eq!(discord.logins(), (1, 1));
    discord.member("ann").say("prep", "and now").unwrap();
    assert_eq!(back.json()["s"], 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_closed_for_good_cannot_be_resumed() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    let session = wire.event("READY")["d"]["session_id"].clone();
    wire.close(1000);
    let mut back = Wire::open(&discord).unwrap();
    back.json();
    back.send(&json!({"op": 6, "d": {
        "token": discord.token(), "session_id": session, "seq": 1,
    }}));
    assert_eq!(back.json(), json!({"op": 9, "d": false}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_closed_with_another_code_waits() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    let session = wire.event("READY")["d"]["session_id"].clone();
    wire.close(4000);
    let mut back = Wire::open(&discord).unwrap();
    back.json();
    back.send(&json!({"op": 6, "d": {
        "token": discord.token(), "session_id": session, "seq": 1,
    }}));
    assert_eq!(back.json()["t"], "GUILD_CREATE");
    assert_eq!(back.json()["t"], "RESUMED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heartbeat_is_acknowledged_until_it_is_not() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    wire.event("GUILD_CREATE");
    wire.send(&json!({"op": 1, "d": 2}));
    assert_eq!(wire.json()["op"], 11);
    discord.faults().ignore_heartbeats(true);
    wire.send(&json!({"op": 1, "d": 2}));
    assert!(wire.is_silent());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_misbehaves_on_request() {
    let discord = start(unlimited()).await;
    let faults = discord.faults();
    let connect = || {
        let mut wire = Wire::identify(&discord, GUILDS | GUILD_MESSAGES);
        wire.event("GUILD_CREATE");
        wire
    };
    let ann = discord.member("ann");

    let mut wire = connect();
    faults.ask_to_reconnect();
    assert_eq!(wire.json()["op"], 7);
    faults.invalidate_session(true);
    assert_eq!(wire.json(), json!({"op": 9, "d": true}));
    faults.duplicate_events(1);
    ann.say("prep", "twice").unwrap();
    let (first, second) = (wire.json(), wire.json());
    assert_eq!(first["d"], second["d"]);
    assert_ne!(first["s"], second["s"]);
    faults.hold_events(true);
    ann.say("prep", "held").unwrap();
    assert_eq!(wire.names(), Vec::<String>::new());
    faults.hold_events(false);
    assert_eq!(wire.json()["t"], "MESSAGE_CREATE");
    faults.close_gateway(4009);
    assert_eq!(wire.next(), Frame::Close(Some(4009)));

    let mut wire = connect();
    faults.close_gateway_without_code();
    assert_eq!(wire.next(), Frame::Close(None));
    let mut wire = connect();
    faults.invalidate_session(false);
    assert_eq!(wire.json(), json!({"op": 9, "d": false}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_away_is_refused_and_misses_what_happens() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS | GUILD_MESSAGES);
    let session = wire.event("READY")["d"]["session_id"].clone();
    wire.event("GUILD_CREATE");
    discord.disconnect();
    assert_eq!(wire.next(), Frame::Broken);
    assert_eq!(Wire::open(&discord).err(), Some(503));
    discord.member("ann").say("prep", "nobody hears").unwrap();
    discord.reconnect();
    let mut back = Wire::open(&discord).unwrap();
    back.json();
    back.send(&json!({"op": 6, "d": {
        "token": discord.token(), "session_id": session, "seq": 2,
    }}));
    assert_eq!(back.json(), json!({"op": 9, "d": false}));
    // The same connection may identify anew.
    back.send(&json!({"op": 2, "d": {"token": discord.token(), "intents": 513}}));
    assert_eq!(back.names(), ["READY", "GUILD_CREATE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_team_belongs_to_one_shard_and_private_chats_to_the_first() {
    let discord = start(unlimited()).await;
    let team = discord.with_world(|w| w.teams().next().unwrap().id.get());
    let own = (team >> 22) % 2;
    let mut shards: Vec<Wire> = (0..2)
        .map(|shard| {
            let mut wire = Wire::open(&discord).unwrap();
            wire.json();
            wire.send(&json!({"op": 2, "d": {
                "token": discord.token(), "shard": [shard, 2],
                "intents": GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES,
            }}));
            wire
        })
        .collect();
    for wire in &mut shards {
        wire.names();
    }
    let chat = discord.dm("bob").unwrap().to_string();
    discord.member("bob").say("prep", "team").unwrap();
    discord.member("bob").say(&chat, "private").unwrap();
    let heard: Vec<Vec<String>> = shards.iter_mut().map(Wire::names).collect();
    let count = |shard: u64| usize::from(shard == own) + usize::from(shard == 0);
    assert_eq!([heard[0].len(), heard[1].len()], [count(0), count(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_stops_its_heartbeat_is_thrown_out() {
    let heartbeat = Duration::from_millis(100);
    let discord = start(Setup { heartbeat, ..unlimited() }).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    wire.event("GUILD_CREATE");
    assert_eq!(wire.next(), Frame::Close(Some(4009)));
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_grow_and_tell_the_time_of_the_world_even_when_it_goes_back() {
    let noon = "2026-11-22T12:00:00Z".parse().unwrap();
    let clock = Arc::new(ManualClock::new(noon));
    let discord = start(Setup { clock: Arc::clone(&clock) as _, ..unlimited() }).await;
    let ann = discord.member("ann");
    let first = ann.say("prep", "one").unwrap();
    assert_eq!(first.time(), noon);
    clock.forward(3600);
    let second = ann.say("prep", "two").unwrap();
    clock.set(noon);
    let third = ann.say("prep", "three").unwrap();
    assert_eq!(second.time().to_string(), "2026-11-22T13:00:00Z");
    assert!(first < second && second < third);
    insta::assert_snapshot!(discord.transcript("prep"), @r"
    12:00  ann → #prep  one
    13:00  ann → #prep  two
    12:00  ann → #prep  three
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_changes_the_team_and_the_bot_hears_of_it() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    wire.event("GUILD_CREATE");
    discord.add_channel("new").unwrap();
    discord.deny_bot("new", serenity::all::Permissions::VIEW_CHANNEL);
    discord.delete_channel("new");
    discord.set_bot_permissions(serenity::all::Permissions::empty());
    let team = discord.with_world(|w| w.teams().next().unwrap().id);
    assert!(discord.kick_bot(team));
    assert_eq!(rest(&discord, "GET", &format!("/guilds/{team}"), Value::Null).await.0, 404);
    assert!(discord.invite_bot(team));
    let names = wire.names();
    assert_eq!(
        names,
        [
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "CHANNEL_DELETE",
            "GUILD_ROLE_UPDATE",
            "GUILD_DELETE",
            "GUILD_CREATE"
        ]
    );
    let zoe = discord.add_member("zoe").unwrap();
    discord.set_nick("zoe", Some("Zed"));
    discord.member("zoe").say("prep", "hi").unwrap();
    assert_eq!(discord.with_world(|w| w.display_name(zoe, Some(team))), "Zed");
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_sends_too_much_is_thrown_out() {
    let discord = start(unlimited()).await;
    let mut wire = Wire::identify(&discord, GUILDS);
    wire.event("GUILD_CREATE");
    for _ in 0..120 {
        wire.send(&json!({"op": 1, "d": null}));
    }
    let closed = std::iter::repeat_with(|| wire.next()).find(|f| !matches!(f, Frame::Json(_)));
    assert_eq!(closed, Some(Frame::Close(Some(4008))));
    let mut wire = Wire::identify(&discord, GUILDS);
    wire.event("GUILD_CREATE");
    wire.send(&json!({"op": 3, "d": "x".repeat(4096)}));
    assert_eq!(wire.next(), Frame::Close(Some(4002)));
}
