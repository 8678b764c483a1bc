//! What effects do in channels.

use jiff::Timestamp;
use mockingbird::practice::effect::{Attempt, Effect, Errand, OrderId, Outcome, Step};
use mockingbird::practice::{ChannelId, InterviewId, MemberId, MessageId, PostId};
use mockingbird::runtime::Incoming;
use mockingbird_playground::{RateLimits, Setup, TeamSetup};

use crate::bot::{
    Bot, FIRST, POST, edit, id, order, question, react, read_reactions, send, sent, text, thread,
    view,
};

/// A moment before everything that a test does.
fn before() -> Timestamp {
    Timestamp::from_second(1_577_836_800).expect("2020 is within range")
}

/// Looks for one that says the same, after a message.
fn look(channel: ChannelId, after: Option<MessageId>) -> Effect {
    let Effect::Send { channel, reply_to, view, nonce, .. } = send(channel, "look", FIRST) else {
        panic!()
    };
    let order = OrderId::Interview { interview: InterviewId(7), errand: Errand::Say(4) };
    let attempt = Attempt::LookFirst { since: before() };
    Effect::Send { order, channel, reply_to, view, nonce, attempt, after }
}

#[tokio::test]
async fn what_says_the_same_as_something_before_it_is_not_taken_for_that() {
    let bot = Bot::start().await;
    let prep = bot.channel("prep");
    let first = sent(&bot.send("prep", "a", &[text("Paused")]).await);
    assert_eq!(sent(&bot.perform(&look(prep, None), &[text("Paused")]).await), first);
    let second = sent(&bot.perform(&look(prep, Some(first)), &[text("Paused")]).await);
    assert_ne!(second, first);
    assert_eq!(sent(&bot.perform(&look(prep, Some(first)), &[text("Paused")]).await), second);
    assert_eq!(bot.texts("prep"), ["Paused", "Paused"]);
}

#[tokio::test]
async fn a_post_has_its_words_and_its_button() {
    let bot = Bot::start().await;
    let message = id(bot.post().await);
    bot.local.with_world(|world| {
        let message = world.message(message).unwrap();
        assert_eq!(message.text(), "Quiz\nWhy?\nLevel\neasy\nacid");
        assert_eq!(message.buttons(), ["Show me"]);
    });
}

#[tokio::test]
async fn the_same_nonce_is_the_same_message() {
    let bot = Bot::start().await;
    let first = bot.send("prep", "n", &[text("one"), text("two")]).await;
    assert_eq!(bot.send("prep", "n", &[text("one"), text("two")]).await, first);
    assert_eq!(bot.texts("prep"), ["one", "two"]);
}

#[tokio::test]
async fn looking_first_sends_only_what_is_missing() {
    let bot = Bot::start().await;
    let first = sent(&bot.send("prep", "a", &[question()]).await);
    bot.local.member("bob").say("prep", "two").unwrap();
    let attempt = Attempt::LookFirst { since: before() };
    let again = send(bot.channel("prep"), "b", attempt);
    let pages = [question(), text("two")];
    assert_eq!(sent(&bot.perform(&again, &pages).await), first);
    assert_eq!(sent(&bot.perform(&again, &pages).await), first);
    // Bob's "two" is not the bot's.
    assert_eq!(bot.texts("prep").len(), 3);
}

#[tokio::test]
async fn looking_first_does_not_look_before_its_moment() {
    let bot = Bot::start().await;
    let first = sent(&bot.send("prep", "a", &[text("one")]).await);
    let since = Timestamp::from_second(4_102_444_800).expect("2100 is within range");
    let again = send(bot.channel("prep"), "b", Attempt::LookFirst { since });
    assert_ne!(sent(&bot.perform(&again, &[text("one")]).await), first);
}

#[tokio::test]
async fn a_reply_points_at_what_it_answers() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    let Effect::Send { order, channel, view, nonce, attempt, .. } =
        send(bot.channel("prep"), "r", FIRST)
    else {
        panic!()
    };
    let effect =
        Effect::Send { order, channel, reply_to: Some(post), view, nonce, attempt, after: None };
    let message = id(sent(&bot.perform(&effect, &[text("42")]).await));
    let points_at = bot.local.with_world(|world| world.message(message).unwrap().reply_to);
    assert_eq!(points_at, Some(id(post)));
    bot.local.delete_message(id(post));
    let Effect::Send { order, channel, view, attempt, .. } = effect else { panic!() };
    let nonce = "r2".to_owned();
    let effect =
        Effect::Send { order, channel, reply_to: Some(post), view, nonce, attempt, after: None };
    sent(&bot.perform(&effect, &[text("43")]).await);
}

#[tokio::test]
async fn an_edit_changes_the_message() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    let effect = edit(bot.channel("prep"), post);
    assert_eq!(bot.perform(&effect, &[text("other")]).await, Outcome::Done);
    assert_eq!(bot.texts("prep"), ["other"]);
    let buttons = bot.local.with_world(|world| world.message(id(post)).unwrap().buttons());
    assert_eq!(buttons, Vec::<String>::new());
}

#[tokio::test]
async fn a_thread_is_opened_once_and_can_be_written_to() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    let effect = thread(bot.channel("prep"), post);
    let opened = Outcome::Opened { thread: ChannelId(post.0) };
    assert_eq!(bot.perform(&effect, &[]).await, opened);
    assert_eq!(bot.perform(&effect, &[]).await, opened);
    bot.perform(&send(ChannelId(post.0), "a", FIRST), &[text("42")]).await;
    assert_eq!(bot.texts("Answer: why").last().map(String::as_str), Some("42"));
}

#[tokio::test]
async fn a_post_is_found_by_its_button() {
    let bot = Bot::start().await;
    let message = bot.post().await;
    let (channel, order) = (bot.channel("prep"), order(Step::Find));
    let find = |post| Effect::Find { order, channel, post, since: before() };
    assert_eq!(bot.perform(&find(POST), &[]).await, Outcome::Sent { message });
    assert_eq!(bot.perform(&find(PostId(0xabd)), &[]).await, Outcome::NotFound);
}

#[tokio::test]
async fn the_bots_own_reaction_is_not_told_but_everybody_elses_is() {
    let mut bot = Bot::start().await;
    let post = bot.post().await;
    assert_eq!(bot.perform(&react(bot.channel("prep"), post), &[]).await, Outcome::Done);
    let ann = bot.local.member("ann");
    ann.react(id(post), "💡").unwrap();
    let Incoming::Reacted { message, member, emoji, .. } = bot.next().await else { panic!() };
    assert_eq!((message, emoji.as_str()), (post, "💡"));
    assert_eq!(member, MemberId(ann.id().unwrap().get()));
    assert_eq!(bot.unread(), None);
}

#[tokio::test]
async fn all_who_reacted_are_read_and_no_bot() {
    let names: Vec<String> = (0..230).map(|number| format!("member{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let teams = vec![TeamSetup::new("Crowd", &["prep"], &names)];
    let rate_limits = RateLimits::off();
    let bot = Bot::start_in(Setup { teams, rate_limits, ..Setup::default() }).await;
    let message = sent(&bot.send("prep", "n", &[question()]).await);
    let effect = read_reactions(bot.channel("prep"), message);
    let nobody = Outcome::Reactors { members: Vec::new() };
    assert_eq!(bot.perform(&effect, &[]).await, nobody);
    bot.perform(&react(bot.channel("prep"), message), &[]).await;
    assert_eq!(bot.perform(&effect, &[]).await, nobody);
    let mut expected = Vec::new();
    for name in names {
        let member = bot.local.member(name);
        member.react(id(message), "💡").unwrap();
        expected.push(MemberId(member.id().unwrap().get()));
    }
    let Outcome::Reactors { mut members } = bot.perform(&effect, &[]).await else { panic!() };
    members.sort_unstable();
    expected.sort_unstable();
    assert_eq!(members, expected);
}

#[tokio::test]
async fn an_effect_without_words_is_refused_and_sends_nothing() {
    let bot = Bot::start().await;
    let outcome = bot.send("prep", "n", &[]).await;
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    let effect = Effect::Edit {
        order: order(Step::Notice),
        channel: bot.channel("prep"),
        message: bot.post().await,
        view: view(),
    };
    assert!(matches!(bot.perform(&effect, &[]).await, Outcome::Failed(_)));
    assert_eq!(bot.texts("prep").len(), 1);
}
