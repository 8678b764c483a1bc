//! Commands, completion and answers.

use std::time::Duration;

use mockingbird::command::Choice;
use mockingbird::discord::{ConnectError, Discord, GatewayError, Registration, Secret};
use mockingbird::practice::effect::{Audience, Effect, Failure, Outcome, Step};
use mockingbird::practice::input::{Interaction, Place};
use mockingbird::practice::{ChannelId, MessageId, TeamId};
use mockingbird::runtime::Incoming;
use mockingbird_playground::{LocalDiscord, Setup};
use serde_json::json;

use crate::bot::{Bot, commands, order, question, reply, sent, text, typed};

#[tokio::test]
async fn commands_are_registered_only_when_they_changed() {
    let bot = Bot::start().await;
    assert_eq!(bot.discord.register(&commands()).await, Ok(Registration::Changed));
    assert_eq!(bot.discord.register(&commands()).await, Ok(Registration::Unchanged));
    let mut other = commands();
    other[0]["options"][0]["description"] = json!("Which topic");
    assert_eq!(bot.discord.register(&other).await, Ok(Registration::Changed));
    assert_eq!(bot.count("PUT /applications/{application}/commands"), 2);
}

#[tokio::test]
async fn a_command_that_discord_refuses_names_the_field() {
    let bot = Bot::start().await;
    let mut wrong = commands();
    wrong[0]["name"] = json!("Not A Name");
    let error = bot.discord.register(&wrong).await.unwrap_err().to_string();
    assert!(error.contains("50035") && error.contains("name"), "{error}");
}

#[tokio::test]
async fn an_answer_for_everybody_tells_its_message() {
    let mut bot = Bot::start().await;
    let order = Some(order(Step::Send));
    let (answer, outcome) = bot.quiz(Audience::Everyone, order, &[question()]).await;
    let message = answer.unwrap().message.unwrap();
    assert_eq!(outcome, Outcome::Sent { message: MessageId(message.id.get()) });
    assert_eq!(message.buttons(), ["Show me"]);
    assert_eq!(bot.texts("prep").len(), 1);
}

#[tokio::test]
async fn an_answer_whose_news_was_lost_is_found_by_its_request() {
    let mut bot = Bot::start().await;
    let mut answered = Vec::new();
    for audience in [Audience::Everyone, Audience::Everyone, Audience::OnlyAsker] {
        bot.send("prep", "n", &[text("the same")]).await;
        let (answer, _) = bot.quiz(audience, None, &[text("the same")]).await;
        answered.push(answer.unwrap());
    }
    let [first, second, private] = &answered[..] else { panic!("three answers") };
    for (answer, is_found) in [(second, true), (first, true), (private, false)] {
        let (order, channel) = (order(Step::Send), bot.channel("prep"));
        let find = Effect::FindReply { order, channel, request: answer.interaction.get() };
        let message = MessageId(answer.message.as_ref().unwrap().id.get());
        let found = if is_found { Outcome::Sent { message } } else { Outcome::NotFound };
        assert_eq!(bot.perform(&find, &[]).await, found);
    }
}

#[tokio::test]
async fn an_answer_for_one_is_seen_by_one_with_all_its_pages() {
    let mut bot = Bot::start().await;
    let pages = [text("one"), text("two"), text("three")];
    let (answer, outcome) = bot.quiz(Audience::OnlyAsker, None, &pages).await;
    assert!(answer.unwrap().is_ephemeral());
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(bot.texts("prep"), ["one", "two", "three"]);
    assert!(bot.local.member("bob").sees("prep").is_empty());
}

#[tokio::test]
async fn a_command_tells_who_asked_what_and_where() {
    let mut bot = Bot::start().await;
    bot.discord.register(&commands()).await.unwrap();
    let ann = bot.local.member("ann");
    let in_team = tokio::spawn(async move {
        let options = [("topic", json!("databases"))];
        ann.slash("prep", "quiz", &options).await.unwrap();
        ann.dm_slash("quiz", &options).await.unwrap();
    });
    for (place, is_private) in [(Place::Channel, false), (Place::Private, true)] {
        let Incoming::Invoked { team, ask, invocation } = bot.next().await else { panic!() };
        assert_eq!(invocation, typed("databases"));
        assert_eq!(ask.place, place);
        assert_eq!(matches!(team, TeamId::Private(who) if who == ask.member.0), is_private);
        let effect = reply(ask.interaction);
        assert_eq!(bot.perform(&effect, &[text("here")]).await, Outcome::Done);
    }
    in_team.await.unwrap();
}

#[tokio::test]
async fn a_press_is_told_with_what_the_button_sends() {
    let mut bot = Bot::start().await;
    let post = crate::bot::id(bot.post().await);
    let bob = bot.local.member("bob");
    let pressed = tokio::spawn(async move { bob.press(post, "Show me").await.unwrap().text() });
    let Incoming::Pressed { ask, custom_id, .. } = bot.next().await else { panic!() };
    assert_eq!(custom_id, "show:0000000000000abc");
    assert_eq!(ask.channel, bot.channel("prep"));
    bot.perform(&reply(ask.interaction), &[text("42")]).await;
    assert_eq!(pressed.await.unwrap(), "42");
}

#[tokio::test]
async fn what_is_typed_is_completed() {
    let mut bot = Bot::start().await;
    bot.discord.register(&commands()).await.unwrap();
    let ann = bot.local.member("ann");
    let typing = tokio::spawn(async move { ann.complete("prep", "quiz", "topic", "da").await });
    let Incoming::Completing { ask, invocation, .. } = bot.next().await else { panic!() };
    assert_eq!(invocation.focused.as_deref(), Some("topic"));
    let choice = Choice { label: "Databases (17)".to_owned(), value: "databases".to_owned() };
    bot.discord.complete_reply(&ask.interaction, &vec![choice; 30]).await.unwrap();
    let choices = typing.await.unwrap().unwrap();
    assert_eq!(choices.len(), 25);
    assert_eq!(choices[0].name, "Databases (17)");
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_late() {
    let answer_within = Duration::from_millis(50);
    let mut bot = Bot::start_in(Setup { answer_within, ..Setup::default() }).await;
    bot.discord.register(&commands()).await.unwrap();
    let ann = bot.local.member("ann");
    let asked = ann.slash("prep", "quiz", &[("topic", json!("any"))]).await;
    assert!(asked.is_err());
    let ask = bot.asked().await;
    let outcome = bot.perform(&reply(ask.interaction.clone()), &[text("here")]).await;
    assert_eq!(outcome, Outcome::Failed(Failure::Late));
    let completed = bot.discord.complete_reply(&ask.interaction, &[]).await;
    assert_eq!(completed, Err(Failure::Late));
    let nobody = Interaction { id: 5, token: "x".to_owned() };
    let outcome = bot.perform(&reply(nobody), &[text("here")]).await;
    assert_eq!(outcome, Outcome::Failed(Failure::Late));
}

#[tokio::test]
async fn a_message_mentions_nobody() {
    let bot = Bot::start().await;
    let ann = bot.local.member("ann").id().unwrap();
    let loud = text(&format!("@everyone @here <@{ann}>"));
    let message = sent(&bot.send("prep", "loud", &[loud]).await);
    let is_quiet = bot.local.with_world(|world| {
        world.message(crate::bot::id(message)).is_some_and(|message| message.mentions.is_empty())
    });
    assert!(is_quiet);
}

#[tokio::test]
async fn a_team_tells_its_channels() {
    let local = LocalDiscord::start(Setup::default()).await.unwrap();
    let discord = Discord::connect(local.base(), Secret::new(local.token())).await.unwrap();
    assert_eq!(discord.application_id(), local.application_id().get());
    let (sink, mut incoming) = tokio::sync::mpsc::channel(10);
    let stop = tokio_util::sync::CancellationToken::new();
    tokio::spawn(async move { discord.listen(sink, stop).await });
    let Some(Incoming::Ready { teams }) = incoming.recv().await else { panic!() };
    let Some(Incoming::Connected { team, channels }) = incoming.recv().await else { panic!() };
    assert_eq!(teams, [team]);
    let known = ["general", "prep", "random"]
        .map(|name| ChannelId(local.channel(name).expect("it is there").get()));
    assert!(known.iter().all(|channel| channels.contains(channel)));
}

#[tokio::test]
async fn a_wrong_token_is_told_before_anything_else() {
    let local = LocalDiscord::start(Setup::default()).await.unwrap();
    let error = Discord::connect(local.base(), Secret::new("wrong")).await.unwrap_err();
    assert!(matches!(error, ConnectError::WrongToken), "{error}");
    let error = Discord::connect(local.base(), Secret::new("wr\u{0}ong")).await.unwrap_err();
    assert!(matches!(error, ConnectError::WrongToken), "{error}");
}

#[tokio::test]
async fn intents_that_are_refused_end_the_bot() {
    let local = LocalDiscord::start(Setup::default()).await.unwrap();
    let discord = Discord::connect(local.base(), Secret::new(local.token())).await.unwrap();
    let (sink, mut incoming) = tokio::sync::mpsc::channel(10);
    let stop = tokio_util::sync::CancellationToken::new();
    let listening = tokio::spawn(async move { discord.listen(sink, stop).await });
    incoming.recv().await.unwrap();
    local.faults().close_gateway(4014);
    let end = tokio::time::timeout(Duration::from_secs(5), listening).await.unwrap().unwrap();
    assert!(matches!(end, Err(GatewayError::DisallowedIntents { .. })), "{end:?}");
}
