//! Threads of their own: who sees them, who is put into them, and what is refused in them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod wire;

use mockingbird_playground::{ActError, Id, LocalDiscord, RateLimits, Setup};
use serde_json::{Value, json};
use serenity::all::Permissions;
use wire::{messages, rest};

async fn start() -> LocalDiscord {
    LocalDiscord::start(Setup { rate_limits: RateLimits::off(), ..Setup::default() }).await.unwrap()
}

/// Opens the thread "talk" in #prep: status and body.
async fn open(discord: &LocalDiscord, kind: u8) -> (u16, Value) {
    let path = format!("/channels/{}/threads", discord.channel("prep").unwrap());
    rest(discord, "POST", &path, json!({"name": "talk", "type": kind, "invitable": false})).await
}

fn id(of: &Value) -> Id {
    of["id"].as_str().unwrap().parse().unwrap()
}

async fn add(discord: &LocalDiscord, thread: &Value, who: Id) -> (u16, Value) {
    let path = format!("/channels/{}/thread-members/{who}", id(thread));
    rest(discord, "PUT", &path, Value::Null).await
}

async fn active(discord: &LocalDiscord) -> Vec<String> {
    let team = discord.with_world(|world| world.teams().next().unwrap().id);
    let path = format!("/guilds/{team}/threads/active");
    let (_, found) = rest(discord, "GET", &path, Value::Null).await;
    let threads = found["threads"].as_array().unwrap();
    threads.iter().map(|thread| thread["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_private_thread_is_seen_by_those_who_were_put_into_it() {
    let discord = start().await;
    let (status, thread) = open(&discord, 12).await;
    assert_eq!((status, &thread["type"]), (201, &json!(12)));
    rest(&discord, "POST", &messages(&discord, "talk"), json!({"content": "x"})).await;
    let (bob, eve) = (discord.member("bob"), discord.member("eve"));
    assert!(bob.sees("talk").is_empty());
    assert_eq!(add(&discord, &thread, bob.id().unwrap()).await.0, 204);
    // One who is in it already is not put into it again.
    assert_eq!(add(&discord, &thread, bob.id().unwrap()).await.0, 204);
    let kinds: Vec<u8> = bob.sees("talk").iter().map(|message| message.kind).collect();
    assert_eq!(kinds, [0, 1]);
    assert!(eve.sees("talk").is_empty());
    assert!(eve.say("talk", "me too").is_err());
    // Its channel is not told of it.
    assert!(eve.sees("prep").is_empty());
    assert!(
        discord.transcript("talk").ends_with("  bot adds bob\n"),
        "{}",
        discord.transcript("talk")
    );
}

#[tokio::test]
async fn whoever_left_the_team_is_put_into_no_thread() {
    let discord = start().await;
    let (_, thread) = open(&discord, 12).await;
    let (status, refused) = add(&discord, &thread, Id::new(5)).await;
    assert_eq!((status, &refused["code"]), (404, &json!(10007)));
}

#[tokio::test]
async fn each_sort_of_thread_has_its_permission() {
    let discord = start().await;
    for (kind, permission) in
        [(11, Permissions::CREATE_PUBLIC_THREADS), (12, Permissions::CREATE_PRIVATE_THREADS)]
    {
        discord.deny_bot("prep", permission);
        assert_eq!(open(&discord, kind).await.1["code"], 50013);
        discord.allow_bot("prep", permission);
        assert_eq!(open(&discord, kind).await.0, 201);
    }
}

#[tokio::test]
async fn the_active_threads_of_a_team_are_those_that_the_bot_sees() {
    let discord = start().await;
    let (_, thread) = open(&discord, 12).await;
    let (_, public) = open(&discord, 11).await;
    assert_eq!(active(&discord).await, ["talk", "talk"]);
    let own = format!("/channels/{}/thread-members/@me", id(&thread));
    rest(&discord, "DELETE", &own, Value::Null).await;
    assert_eq!(active(&discord).await, ["talk"]);
    discord.archive_thread(id(&public), false);
    assert_eq!(active(&discord).await, [""; 0]);
}

#[tokio::test]
async fn nothing_is_said_in_a_locked_thread_until_it_is_unlocked() {
    let discord = start().await;
    let (_, thread) = open(&discord, 11).await;
    let say = async || {
        let body = json!({"content": "x"});
        rest(&discord, "POST", &messages(&discord, "talk"), body).await.1["code"].clone()
    };
    assert_eq!(say().await, Value::Null);
    for archived in [false, true] {
        discord.set_thread(id(&thread), archived, true);
        assert_eq!(say().await, 160_005);
        let refused = discord.member("bob").say("talk", "x").unwrap_err();
        assert!(matches!(refused, ActError::NotPermitted(_)));
        discord.member("ann").say("talk", "Only I can.").unwrap();
        // The bot opened it, but does not manage threads.
        let path = format!("/channels/{}", id(&thread));
        let (_, refused) = rest(&discord, "PATCH", &path, json!({"archived": false})).await;
        assert_eq!(refused["code"], 160_005);
    }
    discord.set_thread(id(&thread), true, false);
    assert_eq!(say().await, Value::Null);
    assert_eq!(active(&discord).await, ["talk"]);
}

#[tokio::test]
async fn files_and_what_is_said_of_them_belong_together() {
    let discord = start().await;
    let said = |id: &str| json!({"content": "x", "attachments": [{"id": id}]});
    let path = messages(&discord, "prep");
    let (_, refused) = rest(&discord, "POST", &path, said("0")).await;
    assert_eq!(refused["code"], 50035, "{refused}");
    let (status, message) = rest(&discord, "POST", &path, json!({"content": "x"})).await;
    assert_eq!(status, 200);
    // An id of a file that is gone is not minded.
    let path = format!("{path}/{}", id(&message));
    assert_eq!(rest(&discord, "PATCH", &path, said("1234567")).await.0, 200);
}

#[tokio::test]
async fn no_more_is_chosen_than_there_is() {
    let discord = start().await;
    let menu = |most: u8, chosen: bool| {
        let option = |n: u8| json!({"label": "x", "value": n.to_string(), "default": chosen});
        json!({"components": [{"type": 1, "components": [{
            "type": 3, "custom_id": "m", "min_values": 0, "max_values": most,
            "options": [option(0), option(1)],
        }]}]})
    };
    for (most, chosen, status) in [(2, true, 200), (1, false, 200), (3, false, 400), (1, true, 400)]
    {
        let answer = rest(&discord, "POST", &messages(&discord, "prep"), menu(most, chosen)).await;
        assert_eq!(answer.0, status, "{most} {chosen}: {}", answer.1);
    }
}
