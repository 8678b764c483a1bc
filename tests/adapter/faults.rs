//! A Discord that is slow, overloaded, or not there.

use std::time::Duration;

use mockingbird::practice::effect::{Audience, Failure, Outcome, Step};
use mockingbird::runtime::Incoming;
use mockingbird_playground::{Fault, RateLimits, Scope, Setup};
use tokio::time::Instant;

use crate::bot::{Bot, id, order, question, react, text};

const POST_MESSAGE: &str = "POST /channels/{channel}/messages";

#[tokio::test]
async fn a_post_whose_answer_is_lost_is_one_message() {
    let bot = Bot::start().await;
    for fault in [Fault::LoseResponse, Fault::CutResponse, Fault::CutBefore, Fault::Status(502)] {
        let before = bot.texts("prep").len();
        bot.local.faults().request(POST_MESSAGE, 1, fault.clone());
        let nonce = format!("{fault:?}").chars().take(20).collect::<String>();
        let outcome = bot.send("prep", &nonce, &[text("one")]).await;
        assert!(matches!(outcome, Outcome::Sent { .. }), "{fault:?}: {outcome:?}");
        assert_eq!(bot.texts("prep").len(), before + 1, "{fault:?}");
    }
}

#[tokio::test]
async fn an_answer_whose_confirmation_is_lost_stands_and_is_known() {
    let mut bot = Bot::start().await;
    bot.local.faults().request("POST /interactions/*", 1, Fault::LoseResponse);
    let order = Some(order(Step::Send));
    let (answer, outcome) = bot.quiz(Audience::Everyone, order, &[question()]).await;
    let message = answer.unwrap().message.unwrap().id;
    assert_eq!(id(crate::bot::sent(&outcome)), message);
    assert_eq!(bot.texts("prep").len(), 1);
}

#[tokio::test]
async fn an_overload_that_lasts_is_told() {
    let bot = Bot::start().await;
    bot.local.faults().every_request(POST_MESSAGE, Fault::Status(503));
    let outcome = bot.send("prep", "n", &[text("one")]).await;
    let Outcome::Failed(Failure::Unavailable { reason }) = outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("503"), "{reason}");
    assert_eq!(bot.count(POST_MESSAGE), 4);
}

#[tokio::test]
async fn a_429_is_waited_for() {
    let bot = Bot::start().await;
    let retry_after = Duration::from_millis(300);
    for scope in [Scope::User, Scope::Shared, Scope::Global] {
        bot.local.faults().request(POST_MESSAGE, 1, Fault::RateLimited { scope, retry_after });
        let started = Instant::now();
        let outcome = bot.send("prep", &format!("{scope:?}"), &[text("one")]).await;
        assert!(matches!(outcome, Outcome::Sent { .. }), "{outcome:?}");
        assert!(started.elapsed() >= retry_after, "{scope:?}");
    }
}

#[tokio::test]
async fn the_limits_are_kept_without_one_429() {
    let rate_limits = RateLimits::default();
    let bot = Bot::start_in(Setup { rate_limits, ..Setup::default() }).await;
    let started = Instant::now();
    let posts = |channel: &'static str| {
        let bot = &bot;
        async move {
            for number in 0..6 {
                let outcome = bot.send(channel, &number.to_string(), &[text("one")]).await;
                let message = crate::bot::sent(&outcome);
                bot.perform(&react(bot.channel(channel), message), &[]).await;
            }
        }
    };
    tokio::join!(posts("general"), posts("prep"), posts("random"));
    assert_eq!(bot.local.requests().iter().filter(|request| request.status == 429).count(), 0);
    // Six posts where five are allowed in five seconds.
    assert!(started.elapsed() >= Duration::from_secs(4));
}

/// Lets a fault strike the gateway and sees that the reaction after it is told once.
async fn told_once_after(fault: fn(&Bot)) -> (u32, u32) {
    let mut bot = Bot::start().await;
    let post = id(bot.post().await);
    fault(&bot);
    bot.local.member("ann").react(post, "💡").unwrap();
    loop {
        match bot.next().await {
            Incoming::Reacted { .. } => break,
            Incoming::Ready { .. } | Incoming::Connected { .. } => {}
            other @ (Incoming::Invoked { .. }
            | Incoming::Completing { .. }
            | Incoming::Pressed { .. }
            | Incoming::Chosen { .. }
            | Incoming::Submitted { .. }
            | Incoming::Left { .. }
            | Incoming::Unknown { .. }) => panic!("{other:?}"),
        }
    }
    assert_eq!(bot.unread(), None);
    bot.local.logins()
}

#[tokio::test]
async fn a_reaction_after_each_sort_of_break_is_told_by_resuming() {
    assert_eq!(told_once_after(|bot| bot.local.faults().ask_to_reconnect()).await, (1, 1));
    assert_eq!(told_once_after(|bot| bot.local.faults().invalidate_session(true)).await, (1, 1));
    assert_eq!(told_once_after(|bot| bot.local.faults().cut_gateway()).await, (1, 1));
    assert_eq!(told_once_after(|bot| bot.local.faults().close_gateway(4000)).await, (1, 1));
}

/// Lets a fault end the session and sees that a new one begins.
async fn begins_anew_after(fault: fn(&Bot)) {
    let mut bot = Bot::start().await;
    fault(&bot);
    assert!(matches!(bot.next().await, Incoming::Ready { .. }));
    assert!(matches!(bot.next().await, Incoming::Connected { .. }));
    assert_eq!(bot.local.logins().0, 2);
}

#[tokio::test]
async fn a_lost_session_is_begun_anew() {
    tokio::join!(
        begins_anew_after(|bot| bot.local.faults().invalidate_session(false)),
        begins_anew_after(|bot| bot.local.faults().close_gateway(4009)),
        begins_anew_after(|bot| bot.local.faults().close_gateway(4007)),
    );
}

#[tokio::test]
async fn a_bot_that_was_away_comes_back() {
    let mut bot = Bot::start().await;
    bot.local.disconnect();
    let post = id(bot.post().await);
    bot.local.member("ann").react(post, "💡").unwrap();
    bot.local.reconnect();
    assert!(matches!(bot.next().await, Incoming::Ready { .. }));
    assert!(matches!(bot.next().await, Incoming::Connected { .. }));
    assert_eq!(bot.unread(), None);
}
