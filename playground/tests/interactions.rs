//! Commands are registered, used, completed; answers, forms, private chats.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod bot;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use bot::SOON;
use mockingbird_playground::model::Outcome;
use mockingbird_playground::{ActError, Answer, LocalDiscord, ManualClock, RateLimits, Setup};
use serde_json::{Value, json};
use wire::{Wire, rest};

fn unlimited() -> Setup {
    Setup { rate_limits: RateLimits::off(), ..Setup::default() }
}

async fn with_bot() -> (LocalDiscord, bot::Bot) {
    let discord = LocalDiscord::start(unlimited()).await.unwrap();
    let bot = bot::start(&discord).await;
    (discord, bot)
}

#[tokio::test]
async fn an_option_completes_as_it_is_typed() {
    let (discord, _bot) = with_bot().await;
    let ann = discord.member("ann");
    let choices = ann.complete("prep", "quiz", "topic", "data").await.unwrap();
    assert_eq!(choices.len(), 1);
    assert_eq!((choices[0].name.as_str(), &choices[0].value), ("databases", &json!("databases")));
    let error = ann.complete("prep", "daily set", "hour", "1").await.unwrap_err();
    assert_eq!(error, ActError::UnknownOption("hour".to_owned()));
}

#[tokio::test]
async fn a_client_refuses_what_the_command_does_not_take() {
    let (discord, _bot) = with_bot().await;
    let (ann, bob) = (discord.member("ann"), discord.member("bob"));
    let unknown = |name: &str| ActError::UnknownCommand(name.to_owned());
    assert_eq!(ann.slash("prep", "quizz", &[]).await.unwrap_err(), unknown("quizz"));
    assert_eq!(ann.slash("prep", "daily", &[]).await.unwrap_err(), unknown("daily"));
    let error = bob.slash("prep", "daily set", &[]).await.unwrap_err();
    assert_eq!(error, unknown("daily set"), "bob lacks Manage Server");
    let missing = ann.slash("prep", "quiz", &[]).await.unwrap_err();
    assert_eq!(missing, ActError::MissingOption("topic".to_owned()));
    let other = ann.slash("prep", "quiz", &[("topik", "x".into())]).await.unwrap_err();
    assert_eq!(other, ActError::UnknownOption("topik".to_owned()));
    for hour in [json!(24), json!("noon"), json!(-1)] {
        let error = ann.slash("prep", "daily set", &[("hour", hour)]).await.unwrap_err();
        assert!(matches!(error, ActError::BadValue(..)));
    }
    let nobody = ann.slash("prep", "streak", &[("member", "zoe".into())]).await.unwrap_err();
    assert!(matches!(nobody, ActError::BadValue(..)));
    let nowhere = ann.slash("nowhere", "quiz", &[]).await.unwrap_err();
    assert_eq!(nowhere, ActError::UnknownChannel("nowhere".to_owned()));
    assert_eq!(discord.with_world(|w| w.interactions().count()), 0);
}

#[tokio::test]
async fn a_subcommand_and_a_person_reach_the_bot() {
    let (discord, bot) = with_bot().await;
    let ann = discord.member("ann");
    let set = ann.slash("prep", "daily set", &[("hour", 9.into())]).await.unwrap();
    assert_eq!(set.text(), "daily from ann");
    let streak = ann.slash("prep", "streak", &[("member", "bob".into())]).await.unwrap();
    assert_eq!(streak.text(), "streak from ann");
    assert_eq!(discord.complaints(), Vec::<String>::new());
    assert!(bot.heard.unknown.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_deferred_answer_comes_later_and_a_follow_up_after_it() {
    let (discord, bot) = with_bot().await;
    let eve = discord.member("eve");
    let answer = eve.slash("general", "slow", &[]).await.unwrap();
    assert!(answer.is_ephemeral());
    assert_eq!(answer.settled().await.unwrap().content, "done");
    let all = |w: &mockingbird_playground::World| {
        w.messages(w.channel_named("general").unwrap().id).count() == 2
    };
    discord.until(all, SOON).await.unwrap();
    assert_eq!(bot.heard.unknown.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn a_form_opens_is_checked_and_submitted() {
    let (discord, _bot) = with_bot().await;
    let bob = discord.member("bob");
    let opened = bob.slash("prep", "form", &[]).await.unwrap();
    let modal = opened.modal().unwrap().clone();
    assert_eq!((modal.title.as_str(), modal.fields[0].label.as_str()), ("Answer", "Your answer"));
    let empty = bob.submit(&modal, &[]).await.unwrap_err();
    assert_eq!(empty, ActError::MissingOption("Your answer".to_owned()));
    let long = "x".repeat(21);
    let error = bob.submit(&modal, &[("text", &long)]).await.unwrap_err();
    assert!(matches!(error, ActError::BadValue(..)));
    let others = discord.member("eve").submit(&modal, &[("text", "x")]).await.unwrap_err();
    assert_eq!(others, ActError::UnknownModal);
    let answer = bob.submit(&modal, &[("text", "forty-two")]).await.unwrap();
    assert_eq!(answer.text(), "right");
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn a_private_chat_takes_commands_that_fit_it() {
    let (discord, _bot) = with_bot().await;
    let ann = discord.member("ann");
    let answer = ann.dm_slash("talk", &[]).await.unwrap();
    assert_eq!(answer.text(), "said");
    let chat = discord.dm("ann").unwrap().to_string();
    assert_eq!(ann.sees(&chat).len(), 2);
    assert_eq!(discord.member("bob").sees(&chat).len(), 0);
    let error = ann.dm_slash("streak", &[]).await.unwrap_err();
    assert_eq!(error, ActError::UnknownCommand("streak".to_owned()), "for teams only");
    let post = ann.dm_slash("quiz", &[("topic", "http".into())]).await.unwrap();
    let post = post.message.unwrap();
    assert!(ann.press(post.id, "Show me").await.unwrap().is_ephemeral());
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn nobody_presses_or_reacts_to_what_they_do_not_see() {
    let (discord, _bot) = with_bot().await;
    let (ann, bob) = (discord.member("ann"), discord.member("bob"));
    let answer = ann.slash("prep", "streak", &[]).await.unwrap();
    let private = answer.message.unwrap().id;
    assert_eq!(bob.press(private, "x").await.unwrap_err(), ActError::UnknownMessage);
    assert_eq!(bob.react(private, "💡").unwrap_err(), ActError::UnknownMessage);
    assert!(matches!(ann.react(private, "💡").unwrap_err(), ActError::NotPermitted(_)));
    let none = ann.press(private, "Hide").await.unwrap_err();
    assert_eq!(none, ActError::NoControl("Hide".to_owned()));
}

/// A bot on the bare wire: hears an interaction, answers over REST.
struct Hand {
    discord: LocalDiscord,
    wire: Wire,
}

impl Hand {
    async fn new(setup: Setup) -> Self {
        let discord = LocalDiscord::start(setup).await.unwrap();
        let mut wire = Wire::identify(&discord, 1);
        wire.event("GUILD_CREATE");
        let path = format!("/applications/{}/commands", discord.application_id());
        let ask = json!([{"name": "ask", "description": "x"}]);
        assert_eq!(rest(&discord, "PUT", &path, ask).await.0, 200);
        Self { discord, wire }
    }

    /// Ann types the command; gives the interaction and what she waits for.
    fn asked(&mut self) -> (Value, tokio::task::JoinHandle<Result<Answer, ActError>>) {
        let ann = self.discord.member("ann");
        let waits = tokio::spawn(async move { ann.slash("prep", "ask", &[]).await });
        (self.wire.event("INTERACTION_CREATE")["d"].clone(), waits)
    }

    async fn answer(&self, interaction: &Value, query: &str, body: Value) -> (u16, Value) {
        let id = interaction["id"].as_str().unwrap();
        let token = interaction["token"].as_str().unwrap();
        let path = format!("/interactions/{id}/{token}/callback{query}");
        rest(&self.discord, "POST", &path, body).await
    }

    async fn webhook(
        &self,
        of: &Value,
        method: &str,
        rest_of_path: &str,
        body: Value,
    ) -> (u16, Value) {
        let token = of["token"].as_str().unwrap();
        let path = format!("/webhooks/{}/{token}{rest_of_path}", self.discord.application_id());
        rest(&self.discord, method, &path, body).await
    }
}

fn says(text: &str) -> Value {
    json!({"type": 4, "data": {"content": text}})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_is_answered_once_and_in_time() {
    let setup = Setup { answer_within: Duration::from_millis(300), ..unlimited() };
    let mut hand = Hand::new(setup).await;
    let (asked, waits) = hand.asked();
    assert_eq!(hand.answer(&asked, "", says("one")).await.0, 204);
    let (status, second) = hand.answer(&asked, "", says("two")).await;
    assert_eq!((status, &second["code"]), (400, &json!(40060)));
    assert_eq!(waits.await.unwrap().unwrap().text(), "one");

    let (late, waits) = hand.asked();
    assert_eq!(waits.await.unwrap().unwrap_err(), ActError::NotAnswered);
    let (status, refused) = hand.answer(&late, "", says("late")).await;
    assert_eq!((status, &refused["code"]), (404, &json!(10062)));
    let wrong = json!({"id": asked["id"], "token": "wrong"});
    assert_eq!(hand.answer(&wrong, "", says("x")).await.1["code"], 10062);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_answer_leaves_the_interaction_open() {
    let mut hand = Hand::new(unlimited()).await;
    let (asked, waits) = hand.asked();
    for body in [
        json!({"type": 4, "data": {"content": "x".repeat(2001)}}),
        json!({"type": 8, "data": {"choices": []}}),
        json!({"type": 7, "data": {"content": "x"}}),
        json!({"type": 9, "data": {"custom_id": "", "title": "x", "components": []}}),
        json!({"type": 99}),
    ] {
        let (status, refused) = hand.answer(&asked, "", body.clone()).await;
        assert_eq!((status, &refused["code"]), (400, &json!(50035)), "{body}");
    }
    assert_eq!(hand.answer(&asked, "", json!({"type": 4, "data": {}})).await.1["code"], 50006);
    assert_eq!(hand.answer(&asked, "", says("good")).await.0, 204);
    assert_eq!(waits.await.unwrap().unwrap().text(), "good");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_can_be_had_back_with_the_callback() {
    let mut hand = Hand::new(unlimited()).await;
    let (asked, _) = hand.asked();
    let (status, body) = hand.answer(&asked, "?with_response=true", says("here")).await;
    assert_eq!(status, 200);
    assert_eq!(body["interaction"]["id"], asked["id"]);
    assert_eq!(body["resource"]["type"], 4);
    assert_eq!(body["resource"]["message"]["content"], "here");
    assert_eq!(body["resource"]["message"]["id"], body["interaction"]["response_message_id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_original_and_its_follow_ups_are_read_changed_and_deleted() {
    let mut hand = Hand::new(unlimited()).await;
    let (asked, waits) = hand.asked();
    assert_eq!(hand.webhook(&asked, "POST", "", json!({"content": "x"})).await.1["code"], 10015);
    hand.answer(&asked, "", says("one")).await;
    waits.await.unwrap().unwrap();
    let original = "/messages/@original";
    assert_eq!(hand.webhook(&asked, "GET", original, Value::Null).await.1["content"], "one");
    let edit = json!({"content": "two"});
    assert_eq!(hand.webhook(&asked, "PATCH", original, edit).await.1["content"], "two");
    let private = json!({"content": "psst", "flags": 64});
    let (_, more) = hand.webhook(&asked, "POST", "", private).await;
    let more = format!("/messages/{}", more["id"].as_str().unwrap());
    assert_eq!(hand.webhook(&asked, "GET", &more, Value::Null).await.1["flags"], 64);
    assert_eq!(hand.discord.member("bob").sees("prep").len(), 1);
    assert_eq!(hand.webhook(&asked, "DELETE", original, Value::Null).await.0, 204);
    assert_eq!(hand.webhook(&asked, "GET", original, Value::Null).await.1["code"], 10008);
    insta::assert_snapshot!(
        hand.discord.take_transcript().lines().map(|l| &l[7..]).collect::<Vec<_>>().join("\n"),
        @r"
    ann runs /ask
    bot → #prep  one
    bot edits #prep  two
    bot → ann (only)  psst
    bot deletes a message of bot
    "
    );
    assert_eq!(hand.discord.take_transcript(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_follow_up_after_thinking_fills_its_place() {
    let mut hand = Hand::new(unlimited()).await;
    let (asked, waits) = hand.asked();
    hand.answer(&asked, "", json!({"type": 5})).await;
    let answer = waits.await.unwrap().unwrap();
    assert!(matches!(answer.outcome, Outcome::Deferred(_)));
    let thinking = answer.message.clone().unwrap();
    assert!(thinking.thinking);
    let (_, filled) = hand.webhook(&asked, "POST", "", json!({"content": "done"})).await;
    assert_eq!(filled["id"], thinking.id.to_string());
    assert_eq!(answer.settled().await.unwrap().content, "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_after_fifteen_minutes_of_the_world() {
    let clock = Arc::new(ManualClock::new("2026-11-22T09:00:00Z".parse().unwrap()));
    let setup = Setup { clock: Arc::clone(&clock) as _, ..unlimited() };
    let mut hand = Hand::new(setup).await;
    let (asked, _) = hand.asked();
    hand.answer(&asked, "", says("one")).await;
    clock.forward(15 * 60);
    let edit = |hand: Hand| async move {
        let status =
            hand.webhook(&asked, "PATCH", "/messages/@original", json!({"content": "two"})).await;
        (hand, asked, status)
    };
    let (hand, asked, (status, _)) = edit(hand).await;
    assert_eq!(status, 200);
    clock.forward(1);
    let (status, refused) =
        hand.webhook(&asked, "PATCH", "/messages/@original", json!({"content": "x"})).await;
    assert_eq!((status, &refused["code"]), (401, &json!(50027)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_can_change_its_message_and_a_select_gives_its_values() {
    let mut hand = Hand::new(unlimited()).await;
    let (asked, waits) = hand.asked();
    let option = |v: &str| json!({"label": v, "value": v});
    let rows = json!([
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
            {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": true}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "pick", "max_values": 2,
            "options": [option("a"), option("b"), option("c")]}]},
    ]);
    let body = json!({"type": 4, "data": {"content": "start", "components": rows}});
    hand.answer(&asked, "", body).await;
    let message = waits.await.unwrap().unwrap().message.unwrap();
    let ann = hand.discord.member("ann");
    let off = ann.press(message.id, "Off").await.unwrap_err();
    assert_eq!(off, ActError::Disabled("Off".to_owned()));
    for bad in [&["z"][..], &["a", "b", "c"]] {
        let error = ann.choose(message.id, "pick", bad).await.unwrap_err();
        assert!(matches!(error, ActError::BadValue(..)));
    }
    let (id, hers) = (message.id, ann.clone());
    let waits = tokio::spawn(async move { hers.press(id, "Go").await });
    let pressed = hand.wire.event("INTERACTION_CREATE")["d"].clone();
    assert_eq!(pressed["message"]["id"], id.to_string());
    hand.answer(&pressed, "", json!({"type": 7, "data": {"content": "gone"}})).await;
    let answer = waits.await.unwrap().unwrap();
    assert_eq!(answer.outcome, Outcome::Updated(id));
    assert_eq!(answer.text(), "gone");

    let waits = tokio::spawn(async move { ann.choose(id, "pick", &["c", "a"]).await });
    let chosen = hand.wire.event("INTERACTION_CREATE")["d"].clone();
    assert_eq!(chosen["data"]["values"], json!(["c", "a"]));
    hand.answer(&chosen, "", json!({"type": 6})).await;
    let answer = waits.await.unwrap().unwrap();
    assert_eq!(answer.outcome, Outcome::DeferredUpdate);
    hand.webhook(&chosen, "PATCH", "/messages/@original", json!({"content": "later"})).await;
    assert_eq!(answer.settled().await.unwrap().content, "later");
    assert_eq!(hand.discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn registering_anew_keeps_the_ids_of_names_that_stay() {
    let discord = LocalDiscord::start(unlimited()).await.unwrap();
    let path = format!("/applications/{}/commands", discord.application_id());
    let named = |names: &[&str]| {
        json!(names.iter().map(|n| json!({"name": n, "description": "x"})).collect::<Vec<_>>())
    };
    let (_, first) = rest(&discord, "PUT", &path, named(&["quiz", "old"])).await;
    let (_, second) = rest(&discord, "PUT", &path, named(&["new", "quiz"])).await;
    assert_eq!(first[0]["id"], second[1]["id"]);
    let (_, list) = rest(&discord, "GET", &path, Value::Null).await;
    assert_eq!(list.as_array().unwrap().len(), 2);
    let (status, one) = rest(&discord, "POST", &path, named(&["quiz"])[0].clone()).await;
    assert_eq!((status, &one["id"]), (200, &first[0]["id"]));
    let one = format!("{path}/{}", one["id"].as_str().unwrap());
    let (_, changed) = rest(&discord, "PATCH", &one, json!({"description": "y"})).await;
    assert_eq!(changed["description"], "y");
    assert_eq!(rest(&discord, "DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(rest(&discord, "GET", &one, Value::Null).await.1["code"], 10063);
    let team = discord.with_world(|w| w.teams().next().unwrap().id);
    let here = format!("/applications/{}/guilds/{team}/commands", discord.application_id());
    assert_eq!(rest(&discord, "PUT", &here, named(&["here"])).await.0, 200);
    let channel = discord.channel("prep").unwrap();
    let ann = discord.member("ann").id().unwrap();
    let offered = discord.with_world(|w| {
        w.commands_for(ann, channel).iter().map(|c| c.name().to_owned()).collect::<Vec<_>>()
    });
    assert_eq!(offered, ["new", "here"]);
}

#[tokio::test]
async fn a_command_beyond_the_limits_is_refused_with_its_place() {
    let discord = LocalDiscord::start(unlimited()).await.unwrap();
    let path = format!("/applications/{}/commands", discord.application_id());
    let with = |options: Value| json!({"name": "x", "description": "x", "options": options});
    let option = |more: Value| {
        let mut option = json!({"type": 3, "name": "o", "description": "x"});
        for (key, value) in more.as_object().unwrap() {
            option[key] = value.clone();
        }
        option
    };
    let choice = json!({"name": "c", "value": "c"});
    let cases = [
        (json!({"name": "Upper", "description": "x"}), "/0/name"),
        (json!({"name": "two words", "description": "x"}), "/0/name"),
        (json!({"name": "x".repeat(33), "description": "x"}), "/0/name"),
        (json!({"name": "x", "description": ""}), "/0/description"),
        (json!({"name": "x", "description": "x".repeat(101)}), "/0/description"),
        (with(json!(vec![option(json!({})); 26])), "/0/options"),
        (
            with(json!([option(json!({"choices": vec![choice.clone(); 26]}))])),
            "/0/options/0/choices",
        ),
        (
            with(json!([option(json!({"choices": [choice], "autocomplete": true}))])),
            "/0/options/0/autocomplete",
        ),
        (
            with(json!([option(json!({})), option(json!({"name": "p", "required": true}))])),
            "/0/options/1/required",
        ),
        (with(json!([option(json!({})), option(json!({}))])), "/0/options/1/name"),
        (with(json!([option(json!({"type": 12}))])), "/0/options/0/type"),
        (with(json!([option(json!({})), option(json!({"type": 1, "name": "s"}))])), "/0/options"),
    ];
    for (command, place) in cases {
        let (status, refused) = rest(&discord, "PUT", &path, json!([command])).await;
        assert_eq!((status, &refused["code"]), (400, &json!(50035)), "{command}");
        let faults = refused.pointer(&format!("/errors{place}/_errors"));
        assert!(faults.is_some(), "{place} in {refused}");
    }
    let choices: Vec<Value> = (0..25)
        .map(|n| json!({"name": format!("{n:0100}"), "value": format!("{n:0100}")}))
        .collect();
    let heavy = with(json!([
        option(json!({"choices": choices})),
        option(json!({"name": "p", "choices": choices}))
    ]));
    let (_, refused) = rest(&discord, "PUT", &path, json!([heavy])).await;
    assert_eq!(refused["errors"]["0"]["_errors"][0]["code"], "APPLICATION_COMMAND_TOO_LARGE");
}

#[tokio::test]
async fn two_hundred_commands_can_be_made_in_a_day() {
    let discord = LocalDiscord::start(unlimited()).await.unwrap();
    let path = format!("/applications/{}/commands", discord.application_id());
    let hundred = |letter: &str| {
        let command = |n: u32| json!({"name": format!("{letter}{n}"), "description": "x"});
        json!((0..100).map(command).collect::<Vec<_>>())
    };
    for letter in ["a", "b", "b"] {
        assert_eq!(rest(&discord, "PUT", &path, hundred(letter)).await.0, 200);
    }
    let (_, refused) = rest(&discord, "POST", &path, hundred("c")[0].clone()).await;
    assert_eq!(refused["code"], 30032, "there are a hundred already");
    let (_, refused) = rest(&discord, "PUT", &path, hundred("c")).await;
    assert_eq!(refused["code"], 30034);
}
