//! What must not be done twice, though clocks, permissions and busy channels are in the way.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use mockingbird::practice::effect::{Attempt, Effect, Failure, Outcome, Step};
use mockingbird::practice::{ChannelId, MessageId};
use mockingbird::words::Message;
use mockingbird_playground::{Fault, Request};
use serenity::model::Permissions;

use crate::bot::{Bot, FIRST, order, question, send, sent, text, thread, view};

fn before() -> Timestamp {
    Timestamp::from_second(1_577_836_800).expect("2020 is within range")
}

/// The machine's clock, by so many minutes too far ahead.
fn ahead(bot: &Bot, minutes: i64) -> Timestamp {
    bot.local.with_world(mockingbird_playground::World::now) + SignedDuration::from_mins(minutes)
}

fn tell(channel: ChannelId, reply_to: Option<MessageId>, nonce: &str, attempt: Attempt) -> Effect {
    let nonce = nonce.to_owned();
    Effect::Send {
        order: order(Step::Tell),
        channel,
        reply_to,
        view: view(),
        nonce,
        attempt,
        after: None,
    }
}

#[tokio::test]
async fn a_question_is_known_again_though_the_machines_clock_is_hours_ahead() {
    let bot = Bot::start().await;
    let first = sent(&bot.send("prep", "a", &[question()]).await);
    let attempt = Attempt::LookFirst { since: ahead(&bot, 300) };
    let again = send(bot.channel("prep"), "b", attempt);
    assert_eq!(sent(&bot.perform(&again, &[question()]).await), first);
}

#[tokio::test]
async fn a_question_is_known_again_though_its_words_are_others_now() {
    let bot = Bot::start().await;
    let first = sent(&bot.send("prep", "a", &[question()]).await);
    let again = send(bot.channel("prep"), "b", Attempt::LookFirst { since: before() });
    let reworded = Message { content: "Good morning!".to_owned(), ..question() };
    assert_eq!(sent(&bot.perform(&again, &[reworded]).await), first);
}

/// How long Discord takes to say what a channel is, so that something can be said meanwhile.
const MOMENT: Duration = Duration::from_millis(300);
/// A wait that should never be that long.
const SOON: Duration = Duration::from_secs(15);

/// Tells an answer twice, the second time by a clock that is hours ahead, and says whether it
/// stands twice.
async fn told_twice(bot: &Bot, channel: ChannelId, reply_to: Option<MessageId>) -> bool {
    let pages = [text("42"), text("43")];
    let first = tell(channel, reply_to, "a", FIRST);
    let first = sent(&bot.perform(&first, &pages).await);
    let again = tell(channel, reply_to, "b", Attempt::LookFirst { since: ahead(bot, 300) });
    sent(&bot.perform(&again, &pages).await) != first
}

#[tokio::test]
async fn an_answer_is_known_again_though_the_machines_clock_is_hours_ahead() {
    let bot = Bot::start().await;
    let post = bot.post().await;
    bot.perform(&thread(bot.channel("prep"), post), &[]).await;
    assert!(!told_twice(&bot, ChannelId(post.0), None).await, "in its thread");
    let bot = Bot::start().await;
    let post = bot.post().await;
    assert!(!told_twice(&bot, bot.channel("prep"), Some(post)).await, "as a reply");
}

#[tokio::test]
async fn an_answer_of_an_earlier_post_is_not_taken_for_this_one() {
    let bot = Bot::start().await;
    let earlier = sent(&bot.send("prep", "earlier", &[text("42")]).await);
    let post = bot.post().await;
    let attempt = Attempt::LookFirst { since: ahead(&bot, 0) };
    let answer = tell(bot.channel("prep"), Some(post), "b", attempt);
    assert_ne!(sent(&bot.perform(&answer, &[text("42")]).await), earlier);
}

#[tokio::test]
async fn a_question_is_known_again_in_a_channel_where_much_was_said_since() {
    let bot = Bot::start().await;
    let since = ahead(&bot, 0);
    let first = sent(&bot.send("prep", "a", &[question()]).await);
    for number in 0..750 {
        bot.local.member("bob").say("prep", &number.to_string()).unwrap();
    }
    let again = send(bot.channel("prep"), "b", Attempt::LookFirst { since });
    assert_eq!(sent(&bot.perform(&again, &[question()]).await), first);
}

#[tokio::test]
async fn nothing_is_sent_again_where_the_bot_may_not_see_what_was_sent() {
    let bot = Bot::start().await;
    let since = ahead(&bot, 0);
    bot.send("prep", "a", &[question()]).await;
    bot.local.deny_bot("prep", Permissions::READ_MESSAGE_HISTORY);
    let again = send(bot.channel("prep"), "b", Attempt::LookFirst { since });
    let outcome = bot.perform(&again, &[question()]).await;
    assert_eq!(outcome, Outcome::Failed(Failure::NotAllowed));
    assert_eq!(bot.texts("prep").len(), 1);
}

#[tokio::test]
async fn what_was_not_sent_is_sent_where_the_bot_may_not_see_what_was() {
    let bot = Bot::start().await;
    bot.local.deny_bot("prep", Permissions::READ_MESSAGE_HISTORY);
    let attempt = Attempt::LookFirst { since: ahead(&bot, 0) };
    let first = send(bot.channel("prep"), "b", attempt);
    sent(&bot.perform(&first, &[question()]).await);
}

#[tokio::test]
async fn a_first_message_that_comes_while_the_bot_looks_is_no_missing_permission() {
    let bot = Bot::start().await;
    bot.local.faults().request("GET /channels/{channel}", 1, Fault::Slow(MOMENT));
    let attempt = Attempt::LookFirst { since: ahead(&bot, 0) };
    let first = send(bot.channel("prep"), "b", attempt);
    let pages = [question()];
    let (outcome, ()) = tokio::join!(bot.perform(&first, &pages), async {
        let looked = |request: &Request| request.route == "GET /channels/{channel}/messages";
        bot.local.until_request(looked, SOON).await.unwrap();
        bot.local.member("bob").say("prep", "first!").unwrap();
    });
    sent(&outcome);
    assert_eq!(bot.texts("prep").len(), 2);
}

#[tokio::test]
async fn a_message_that_was_deleted_is_no_missing_permission() {
    let bot = Bot::start().await;
    let said = bot.local.member("bob").say("prep", "oops").unwrap();
    bot.local.delete_message(said);
    let attempt = Attempt::LookFirst { since: ahead(&bot, 0) };
    let first = send(bot.channel("prep"), "b", attempt);
    sent(&bot.perform(&first, &[question()]).await);
}
