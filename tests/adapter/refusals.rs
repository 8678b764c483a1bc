//! What Discord refuses, and what that means.

use mockingbird::practice::effect::{Attempt, Effect, Failure, Outcome};
use mockingbird::practice::{ChannelId, MessageId};
use serenity::all::Permissions;

use crate::bot::{Bot, FIRST, edit, id, question, react, read_reactions, send, text, thread};

async fn fails(bot: &Bot, effect: &Effect, with: &Failure) {
    let outcome = bot.perform(effect, &[text("one")]).await;
    assert_eq!(outcome, Outcome::Failed(with.clone()), "{effect:?}");
}

#[tokio::test]
async fn without_its_permission_nothing_is_allowed() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    let prep = bot.channel("prep");
    for (permission, effect) in [
        (Permissions::SEND_MESSAGES, send(prep, "a", FIRST)),
        (Permissions::CREATE_PUBLIC_THREADS, thread(prep, post)),
        (Permissions::ADD_REACTIONS, react(prep, post)),
        (Permissions::READ_MESSAGE_HISTORY, react(prep, post)),
        (Permissions::VIEW_CHANNEL, send(prep, "a", FIRST)),
        (Permissions::VIEW_CHANNEL, read_reactions(prep, post)),
    ] {
        bot.local.deny_bot("prep", permission);
        fails(&bot, &effect, &Failure::NotAllowed).await;
        bot.local.allow_bot("prep", permission);
    }
    let outcome = bot.send("prep", "a", &[question()]).await;
    assert!(matches!(outcome, Outcome::Sent { .. }), "{outcome:?}");
}

#[tokio::test]
async fn in_a_thread_another_permission_counts() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    bot.perform(&thread(bot.channel("prep"), post), &[]).await;
    bot.local.deny_bot("prep", Permissions::SEND_MESSAGES_IN_THREADS);
    let effect = send(ChannelId(post.0), "a", FIRST);
    fails(&bot, &effect, &Failure::NotAllowed).await;
}

#[tokio::test]
async fn a_channel_that_is_gone_is_gone() {
    let bot = Bot::start().await;
    let (prep, post) = (bot.channel("prep"), bot.post().await);
    bot.local.delete_channel("prep");
    for effect in [
        send(prep, "b", FIRST),
        send(prep, "b", Attempt::LookFirst { since: jiff::Timestamp::UNIX_EPOCH }),
        edit(prep, post),
        react(prep, post),
        thread(prep, post),
        read_reactions(prep, post),
    ] {
        fails(&bot, &effect, &Failure::ChannelGone).await;
    }
}

#[tokio::test]
async fn a_message_that_is_gone_is_gone() {
    let bot = Bot::start().await;
    let (prep, post) = (bot.channel("prep"), bot.post().await);
    bot.local.delete_message(id(post));
    for effect in [edit(prep, post), react(prep, post), thread(prep, post)] {
        fails(&bot, &effect, &Failure::MessageGone).await;
    }
    fails(&bot, &read_reactions(prep, MessageId(5)), &Failure::MessageGone).await;
}

#[tokio::test]
async fn a_thread_has_no_threads() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    bot.perform(&thread(bot.channel("prep"), post), &[]).await;
    let inside = ChannelId(post.0);
    let outcome = bot.perform(&send(inside, "a", FIRST), &[question()]).await;
    let message = crate::bot::sent(&outcome);
    fails(&bot, &thread(inside, message), &Failure::NotHere).await;
}

#[tokio::test]
async fn an_archived_thread_takes_no_reactions() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    bot.perform(&thread(bot.channel("prep"), post), &[]).await;
    let inside = ChannelId(post.0);
    let outcome = bot.perform(&send(inside, "a", FIRST), &[question()]).await;
    let message = crate::bot::sent(&outcome);
    bot.local.archive_thread(id(post), false);
    fails(&bot, &react(inside, message), &Failure::NotHere).await;
}

#[tokio::test]
async fn a_message_that_breaks_a_limit_is_refused_with_its_field() {
    let bot = Bot::start().await;
    let outcome = bot.send("prep", "n", &[text(&"x".repeat(2001))]).await;
    let Outcome::Failed(Failure::Refused { code: 50_035, reason }) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(reason.contains("content"), "{reason}");
}
