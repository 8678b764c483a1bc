//! Things that go wrong between the bot and Discord.

use std::time::Duration;

use mockingbird_playground::{Fault, RateLimits, Scope};
use rstest::rstest;
use serenity::model::Permissions;

use crate::bot::Bot;

const POST: &str = "POST /channels/{channel}/messages";
const REACT: &str = "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me";
const READ_REACTIONS: &str = "GET /channels/{channel}/messages/{message}/reactions/{emoji}";
const THREAD: &str = "POST /channels/{channel}/messages/{message}/threads";
const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";

/// A bot with a daily that is due at nine.
async fn with_daily() -> Bot {
    let bot = Bot::start().await;
    bot.slash("ann", "daily set", &[("at", "09:00")]).await;
    bot
}

/// A bot with an open question.
async fn with_question() -> (Bot, mockingbird_playground::model::Message) {
    let bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let post = bot.question(1).await;
    (bot, post)
}

#[tokio::test]
async fn a_rate_limit_of_any_scope_is_waited_for() {
    for scope in [Scope::User, Scope::Shared, Scope::Global] {
        let bot = with_daily().await;
        let retry_after = Duration::from_millis(200);
        for route in [POST, REACT, THREAD] {
            bot.discord.faults().request(route, 2, Fault::RateLimited { scope, retry_after });
        }
        bot.at("2026-11-23T09:00:00Z");
        let post = bot.question(1).await;
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{scope:?}");
        assert_eq!((bot.requests(POST, 429), bot.requests(POST, 200)), (2, 2), "{scope:?}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn the_real_rate_limits_are_kept_without_a_refusal() {
    let bot = Bot::start_with(RateLimits::default(), |_| {}).await;
    for number in 1..=4 {
        bot.slash("ann", "quiz", &[("topic", "any")]).await;
        let post = bot.question(number).await;
        bot.reacts("bob", &post);
    }
    let channel = bot.channel();
    bot.until(|world| world.threads(channel).count() == 4).await;
    let refused = bot.discord.requests().iter().filter(|request| request.status == 429).count();
    // The first answer of a bucket tells its limit; before that, one request too many may leave.
    assert!(refused <= 1, "{refused}");
    bot.ends_well().await;
}

#[tokio::test]
async fn an_overloaded_discord_is_asked_again() {
    for status in [500, 502, 503] {
        let bot = with_daily().await;
        for route in [POST, REACT, THREAD] {
            bot.discord.faults().request(route, 2, Fault::Status(status));
        }
        bot.at("2026-11-23T09:00:00Z");
        let post = bot.question(1).await;
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{status}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn a_lost_response_to_the_daily_post_does_not_double_it() {
    for fault in [Fault::LoseResponse, Fault::CutResponse, Fault::CutBefore] {
        let bot = with_daily().await;
        bot.discord.faults().request(POST, 1, fault.clone());
        bot.at("2026-11-23T09:00:00Z");
        let post = bot.question(1).await;
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{fault:?}");
        assert!(bot.requests(POST, 200) >= 2, "{fault:?}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn a_lost_response_to_an_answer_does_not_double_it() {
    for (route, fault) in [
        (POST, Fault::LoseResponse),
        (POST, Fault::CutResponse),
        (THREAD, Fault::LoseResponse),
        (THREAD, Fault::CutResponse),
    ] {
        let (bot, post) = with_question().await;
        bot.discord.faults().request(route, 1, fault.clone());
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{fault:?} of {route}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn a_lost_response_to_a_quiz_leaves_it_to_be_revealed() {
    for fault in [Fault::LoseResponse, Fault::CutResponse, Fault::CutBefore, Fault::Status(503)] {
        let bot = Bot::start().await;
        bot.discord.faults().request(CALLBACK, 1, fault.clone());
        bot.slash("ann", "quiz", &[("topic", "http")]).await;
        let post = bot.question(1).await;
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{fault:?}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn requests_are_answered_while_posts_are_rate_limited() {
    let bot = with_daily().await;
    for scope in [Scope::User, Scope::Global] {
        let retry_after = Duration::from_secs(5);
        bot.discord.faults().request(POST, 1, Fault::RateLimited { scope, retry_after });
    }
    bot.at("2026-11-23T09:00:00Z");
    bot.until_requests(POST, 429, 1).await;
    // Whoever is not answered within three seconds has failed, and so has the test.
    for _ in 0..5 {
        bot.slash("bob", "streak", &[]).await;
        bot.slash("bob", "quiz", &[("topic", "any")]).await;
    }
    assert_eq!(bot.requests(POST, 200), 0, "the daily waits still");
    bot.until_requests(POST, 200, 1).await;
    bot.ends_well().await;
}

#[tokio::test]
async fn a_socket_cut_in_the_middle_loses_nothing() {
    let (bot, post) = with_question().await;
    bot.discord.faults().cut_gateway();
    bot.reacts("bob", &post);
    assert_eq!(bot.answers().await, 1);
    bot.until_sessions(2).await;
    assert!(bot.streak("bob").await.contains("1 day"));
    bot.ends_well().await;
}

#[tokio::test]
async fn a_request_to_reconnect_is_followed_and_nothing_is_lost() {
    let (bot, post) = with_question().await;
    bot.discord.faults().ask_to_reconnect();
    bot.until_sessions(2).await;
    bot.reacts("bob", &post);
    assert_eq!(bot.answers().await, 1);
    bot.ends_well().await;
}

#[rstest]
#[tokio::test]
async fn a_reaction_between_two_sessions_reveals(
    #[values("invalid session", "close 4009", "away")] how: &str,
) {
    let (bot, post) = with_question().await;
    match how {
        "invalid session" => bot.discord.faults().invalidate_session(false),
        "close 4009" => bot.discord.faults().close_gateway(4009),
        _ => bot.discord.disconnect(),
    }
    bot.reacts("bob", &post);
    bot.reacts("eve", &post);
    bot.discord.reconnect();
    bot.until_sessions(2).await;
    assert_eq!(bot.answers().await, 1, "{how}");
    let (identified, _) = bot.discord.logins();
    assert_eq!(identified, 2, "{how}");
    assert!(bot.streak("bob").await.contains("1 day"), "{how}");
    bot.ends_well().await;
}

#[tokio::test]
async fn a_reaction_while_the_bot_was_down_reveals() {
    let (mut bot, post) = with_question().await;
    bot.stop().await;
    bot.reacts("bob", &post);
    bot.begin().await;
    assert_eq!(bot.answers().await, 1);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_daily_missed_while_the_bot_was_down_comes_late() {
    let mut bot = with_daily().await;
    bot.stop().await;
    bot.at("2026-11-23T11:00:00Z");
    bot.begin().await;
    bot.question(1).await;
    let status = bot.slash("ann", "daily status", &[]).await.text();
    assert!(status.contains("posted 2 h late"), "{status}");
    bot.ends_well().await;
}

#[tokio::test]
async fn a_bot_killed_in_the_middle_of_the_daily_post_does_not_double_it() {
    for fault in [Fault::Hang, Fault::LoseResponse] {
        let mut bot = with_daily().await;
        bot.discord.faults().every_request(POST, fault.clone());
        bot.at("2026-11-23T09:00:00Z");
        let channel = bot.channel();
        match fault {
            Fault::LoseResponse => {
                bot.until(|world| world.messages(channel).any(|m| !m.is_ephemeral())).await;
            }
            _ => bot.until_claimed().await,
        }
        bot.kill().await;
        bot.discord.faults().clear();
        // Later than any nonce is remembered.
        bot.at("2026-11-23T09:30:00Z");
        bot.begin().await;
        let post = bot.question(1).await;
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{fault:?}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn what_was_confirmed_survives_being_killed_at_once() {
    let mut bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let post = bot.question(1).await;
    bot.discord.member("bob").press(post.id, "Show me").await.expect("an answer");
    bot.kill().await;
    bot.begin().await;
    assert!(bot.streak("bob").await.contains("1 day"));
    bot.kill().await;
    bot.begin().await;
    bot.slash("bob", "zone", &[("name", "Europe/Berlin")]).await;
    bot.kill().await;
    bot.begin().await;
    let zone = bot.slash("bob", "zone", &[]).await.text();
    assert!(zone.contains("Europe/Berlin"), "{zone}");
    bot.ends_well().await;
}

#[tokio::test]
async fn a_channel_that_takes_no_messages_is_reported_and_tried_at_the_next_date() {
    let bot = with_daily().await;
    bot.discord.deny_bot("prep", Permissions::SEND_MESSAGES);
    bot.at("2026-11-23T09:00:00Z");
    bot.until_requests(POST, 403, 1).await;
    let status = bot.status_with("not posted").await;
    assert!(status.contains("Send Messages"), "{status}");
    bot.discord.allow_bot("prep", Permissions::SEND_MESSAGES);
    bot.at("2026-11-24T09:00:00Z");
    bot.question(1).await;
    bot.ends_well().await;
}

#[tokio::test]
async fn a_channel_that_is_hidden_or_gone_is_reported() {
    let bot = with_daily().await;
    bot.discord.deny_bot("prep", Permissions::VIEW_CHANNEL);
    bot.at("2026-11-23T09:00:00Z");
    bot.until_requests(POST, 403, 1).await;
    let status = bot.status_with("not posted").await;
    assert!(status.contains("View Channel"), "{status}");
    bot.ends_well().await;
}

#[tokio::test]
async fn where_the_bot_may_not_react_the_post_says_so() {
    let bot = Bot::start().await;
    bot.discord.deny_bot("prep", Permissions::ADD_REACTIONS);
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let channel = bot.channel();
    bot.told(channel, "I may not add reactions here").await;
    let post = bot.discord.with_world(|world| world.messages(channel).next_back().cloned());
    bot.reacts("bob", &post.expect("the question"));
    assert_eq!(bot.answers().await, 1);
    bot.ends_well().await;
}

#[tokio::test]
async fn where_threads_are_not_allowed_the_answer_is_a_reply() {
    for denied in [Permissions::CREATE_PUBLIC_THREADS, Permissions::SEND_MESSAGES_IN_THREADS] {
        let (bot, post) = with_question().await;
        bot.discord.deny_bot("prep", denied);
        bot.reacts("bob", &post);
        assert_eq!(bot.answers().await, 1, "{denied}");
        let channel = bot.channel();
        let replied = bot.discord.with_world(|world| {
            world.messages(channel).any(|message| message.reply_to == Some(post.id))
        });
        assert!(replied, "{denied}:\n{}", bot.story());
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn a_deleted_question_is_let_go() {
    let (bot, post) = with_question().await;
    // Until then the bot may notice by itself that the message is gone.
    bot.until_requests(READ_REACTIONS, 200, 1).await;
    bot.discord.faults().hold_events(true);
    bot.reacts("bob", &post);
    bot.discord.delete_message(post.id);
    bot.discord.faults().hold_events(false);
    bot.until_requests(THREAD, 404, 1).await;
    assert!(bot.streak("bob").await.contains("1 day"), "he reacted all the same");
    bot.ends_well().await;
}

#[tokio::test]
async fn events_that_come_twice_are_acted_on_once() {
    let (bot, post) = with_question().await;
    bot.discord.faults().duplicate_events(10);
    bot.slash("ann", "quiz", &[("topic", "databases")]).await;
    bot.question(2).await;
    bot.reacts("bob", &post);
    assert_eq!(bot.answers().await, 1);
    assert!(bot.streak("bob").await.contains("1 day"));
    assert_eq!(bot.requests(CALLBACK, 400), 0);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_hundred_people_who_react_at_once_cause_one_answer() {
    let bot = Bot::start_with_people(100).await;
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let post = bot.question(1).await;
    for number in 0..100 {
        bot.reacts(&format!("member{number}"), &post);
    }
    assert_eq!(bot.answers().await, 1);
    assert!(bot.streak("member99").await.contains("1 day"));
    assert_eq!(bot.answers().await, 1);
    bot.ends_well().await;
}
