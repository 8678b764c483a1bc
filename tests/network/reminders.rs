//! Requests that go wrong as a member is reminded: the private chat is opened, and written to.

use std::time::Duration;

use mockingbird_playground::model::Message;
use mockingbird_playground::{Fault, Id, Scope, World};

use crate::life::{Life, Most};
use crate::table::{Row, Tally, row};

const OPEN: &str = "POST /users/@me/channels";
const POST: &str = "POST /channels/{channel}/messages";
/// Three hours before Tuesday ends.
const LATE: &str = "2026-11-25T01:00:30Z";
/// How long a step takes in real time.
const STEP: Duration = Duration::from_millis(200);
/// A reminder costs little, but two days have gone by.
const MOST: Most = Most { requests: 90, warnings: 8, repeated: 4, identifies: 1, connections: 1 };

pub(crate) fn rows() -> Vec<Row> {
    let retry_after = Duration::from_millis(700);
    let mut rows = Vec::new();
    for (name, fault) in [
        ("429", Fault::RateLimited { scope: Scope::User, retry_after }),
        ("503", Fault::Status(503)),
        ("slow answers", Fault::Slow(Duration::from_millis(800))),
        ("a connection cut before the write", Fault::CutBefore),
        ("a connection cut after the write", Fault::LoseResponse),
        ("an answer cut half-way", Fault::CutResponse),
        ("an answer that is no JSON", Fault::Nonsense),
    ] {
        for (route, times) in [(OPEN, 1), (POST, 1), (OPEN, 4), (POST, 4)] {
            let fault = fault.clone();
            let name = format!("as a member is reminded, {name}, {times} times of {route}");
            rows.push(row(name, move || reminded(route, times, fault.clone())));
        }
    }
    rows.push(row("private messages are closed as a member is reminded", closed));
    rows
}

/// Bob has practised on Monday, and wants to be reminded.
async fn begin() -> Life {
    let mut life = Life::begin().await;
    life.most = MOST;
    life.bob_reacts();
    life.nine();
    life.settles().await;
    life.next_morning().await;
    let me = life.bot.slash("bob", "me", &[]).await.message.expect("his progress").id;
    let settings = pressed(&life, me, "Settings").await;
    let menus = settings.controls();
    let menu = menus.iter().find(|it| it["custom_id"] == "own:reminder").expect("a menu");
    let options = menu["options"].as_array().expect("options");
    let wanted = |option: &&serde_json::Value| {
        option["label"].as_str().is_some_and(|label| label.contains("3 hours"))
    };
    let value = options.iter().find(wanted).expect("three hours")["value"].as_str();
    let values = [value.expect("a text")];
    let bob = life.bot.discord.member("bob");
    bob.choose(settings.id, "own:reminder", &values).await.expect("it is set");
    life
}

async fn pressed(life: &Life, on: Id, button: &str) -> Message {
    let answer = life.bot.discord.member("bob").press(on, button).await;
    let answer = answer.unwrap_or_else(|error| panic!("[{button}]: {error}\n{}", life.story()));
    answer.message.expect("a message")
}

/// How much the bot has written to bob alone.
fn whispers(world: &World) -> usize {
    let chat = world.user_named("bob").and_then(|bob| world.private_chat(bob.id));
    chat.map_or(0, |chat| world.messages(chat.id).count())
}

async fn reminded(route: &'static str, times: u32, fault: Fault) -> Tally {
    let life = begin().await;
    life.faults().request(route, times, fault);
    life.bot.at(LATE);
    life.comes("the reminder", |world| whispers(world) > 0).await;
    // A request is repeated for some seconds of real time, in which its nonce must hold: the
    // world's time goes on in steps, far beyond what is tried again after that.
    for _ in 0..20 {
        let doubled = life.bot.discord.until(|world| whispers(world) > 1, STEP).await;
        assert!(doubled.is_err(), "it came twice\n{}", life.story());
        life.forward(Duration::from_secs(10));
    }
    life.forward(Duration::from_mins(20));
    let discord = life.bot.discord.clone();
    let tally = life.ends_soundly().await;
    assert_eq!(discord.with_world(whispers), 1);
    tally
}

async fn closed() -> Tally {
    let life = begin().await;
    life.bot.discord.close_private_messages("bob", true);
    life.bot.at(LATE);
    life.bot.until_requests(POST, 403, 1).await;
    let mut told = false;
    for _ in 0..50 {
        let me = life.bot.slash("bob", "me", &[]).await.message.expect("his progress").id;
        told = pressed(&life, me, "Settings").await.text().contains("did not reach you");
        if told {
            break;
        }
    }
    assert!(told, "the settings never say it\n{}", life.story());
    let discord = life.bot.discord.clone();
    let tally = life.ends_soundly().await;
    assert_eq!(discord.with_world(whispers), 0);
    tally
}
