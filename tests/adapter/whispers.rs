//! Private messages: the chat is opened, what is said there comes once, and who takes none is told
//! from a Discord that cannot be reached.

use std::time::Duration;

use jiff::Timestamp;
use mockingbird::practice::MemberId;
use mockingbird::practice::effect::{Attempt, Effect, Failure, OrderId, Outcome};
use mockingbird::words::{Button, ButtonStyle, Message};
use mockingbird_playground::model::Message as Shown;
use mockingbird_playground::{Fault, Id, RateLimits, Scope, Setup};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::bot::{Bot, FIRST, sent, view};

const OPEN: &str = "POST /users/@me/channels";
const POST: &str = "POST /channels/{channel}/messages";
const LOOK: Attempt = Attempt::LookFirst { since: Timestamp::UNIX_EPOCH };

fn member(bot: &Bot, name: &str) -> MemberId {
    MemberId(bot.local.member(name).id().unwrap().get())
}

fn whisper(member: MemberId, nonce: &str, attempt: Attempt) -> Effect {
    let order = OrderId::Reminder { member, day: 20_777 };
    Effect::Whisper { order, member, view: view(), nonce: nonce.to_owned(), attempt }
}

/// A reminder with its button, of the team of this server.
fn reminder(server: u64) -> Message {
    let button = Button {
        custom_id: format!("own:reminder-off:{server:016x}"),
        label: "No reminders".to_owned(),
        emoji: None,
        style: ButtonStyle::Secondary,
    };
    let content = "Your streak of 5 days ends at 04:00.".to_owned();
    Message { content, rows: vec![vec![button]], ..Message::default() }
}

async fn whispered(bot: &Bot, nonce: &str, attempt: Attempt, said: &Message) -> Outcome {
    let effect = whisper(member(bot, "bob"), nonce, attempt);
    bot.perform(&effect, std::slice::from_ref(said)).await
}

/// What bob reads in his private chat.
fn read(bot: &Bot) -> Vec<Shown> {
    let chat = bot.local.dm("bob").unwrap();
    bot.local.member("bob").sees(&chat.to_string())
}

/// The bodies of the requests to a route.
fn bodies(bot: &Bot, route: &str) -> Vec<Value> {
    let requests = bot.local.requests().into_iter();
    requests.filter(|request| request.route == route).map(|request| request.body).collect()
}

#[tokio::test]
async fn a_private_message_reaches_the_member_and_nobody_else() {
    let bot = Bot::start().await;
    let message = sent(&whispered(&bot, "rm1", FIRST, &reminder(7)).await);
    let [shown] = &read(&bot)[..] else { panic!("one message") };
    assert_eq!(shown.id, Id::new(message.0));
    assert_eq!((shown.content.as_str(), shown.is_ephemeral()), (&*reminder(7).content, false));
    assert_eq!(shown.buttons(), ["No reminders"]);
    let chat = shown.channel.to_string();
    assert!(bot.local.member("ann").sees(&chat).is_empty());
    let bob = member(&bot, "bob").to_string();
    assert_eq!(bodies(&bot, OPEN), [json!({ "recipient_id": bob })]);
    let body = &bodies(&bot, POST)[0];
    assert_eq!((&body["nonce"], &body["enforce_nonce"]), (&json!("rm1"), &json!(true)));
    assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
}

#[tokio::test]
async fn the_same_nonce_is_the_same_message_and_opens_no_second_chat() {
    let bot = Bot::start().await;
    let first = whispered(&bot, "rm1", FIRST, &reminder(7)).await;
    assert_eq!(whispered(&bot, "rm1", FIRST, &reminder(7)).await, first);
    assert_eq!(read(&bot).len(), 1);
    let chats = bot.local.with_world(|world| world.channels().filter(|c| c.team.is_none()).count());
    assert_eq!(chats, 1);
}

#[tokio::test]
async fn what_was_sent_before_is_found_in_the_chat() {
    let bot = Bot::start().await;
    let first = whispered(&bot, "rm1", FIRST, &reminder(7)).await;
    assert_eq!(whispered(&bot, "rm2", LOOK, &reminder(7)).await, first);
    assert_eq!(bodies(&bot, POST).len(), 1);
    // The reminder of another team has the same words and another button.
    let other = whispered(&bot, "rm3", LOOK, &reminder(8)).await;
    assert_ne!(other, first);
    assert_eq!(read(&bot).len(), 2);
}

#[tokio::test]
async fn a_chat_in_which_nothing_was_said_is_looked_at_and_written_to() {
    let bot = Bot::start().await;
    sent(&whispered(&bot, "rm1", LOOK, &reminder(7)).await);
    assert_eq!(read(&bot).len(), 1);
}

#[tokio::test]
async fn what_breaks_on_the_way_leaves_one_message() {
    let bot = Bot::start().await;
    let faults = [Fault::LoseResponse, Fault::CutResponse, Fault::CutBefore, Fault::Status(502)];
    for (number, fault) in faults.into_iter().enumerate() {
        for route in [OPEN, POST] {
            let before = read(&bot).len();
            bot.local.faults().request(route, 1, fault.clone());
            sent(&whispered(&bot, &format!("{number}{}", route.len()), FIRST, &reminder(7)).await);
            assert_eq!(read(&bot).len(), before + 1, "{fault:?} {route}");
        }
    }
}

#[tokio::test]
async fn who_takes_no_private_messages_is_told_apart_from_an_outage() {
    let bot = Bot::start().await;
    bot.local.close_private_messages("bob", true);
    for attempt in [FIRST, LOOK] {
        let outcome = whispered(&bot, "rm1", attempt, &reminder(7)).await;
        assert_eq!(outcome, Outcome::Failed(Failure::NotAllowed));
    }
    bot.local.close_private_messages("bob", false);
    sent(&whispered(&bot, "rm1", FIRST, &reminder(7)).await);

    for route in [OPEN, POST] {
        let fails = async |status, code, said: &str| {
            let refused = Fault::Refused(status, code, said.to_owned());
            bot.local.faults().request(route, 1, refused);
            let nonce = format!("n{code}{}", route.len());
            let outcome = whispered(&bot, &nonce, FIRST, &reminder(7)).await;
            let Outcome::Failed(failure) = outcome else { panic!("{code}") };
            failure
        };
        for code in [50_007, 50_278, 20_026] {
            assert_eq!(fails(403, code, "no").await, Failure::NotAllowed, "{code}");
        }
        let reason = "You are opening direct messages too fast.";
        let too_fast = fails(403, 40_003, reason).await;
        assert_eq!(too_fast, Failure::Unavailable { reason: reason.to_owned() });
        bot.local.faults().every_request(route, Fault::Status(503));
        let outcome = whispered(&bot, &format!("a{}", route.len()), FIRST, &reminder(7)).await;
        assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
        bot.local.faults().clear();
    }
}

#[tokio::test]
async fn somebody_who_is_not_there_gets_nothing() {
    let bot = Bot::start().await;
    let effect = whisper(MemberId(5), "rm1", FIRST);
    let outcome = bot.perform(&effect, &[reminder(7)]).await;
    assert!(
        matches!(outcome, Outcome::Failed(Failure::Refused { code: 10_013, .. })),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_429_holds_back_private_messages_too() {
    let bot = Bot::start().await;
    let retry_after = Duration::from_millis(300);
    for route in [OPEN, POST] {
        let limited = Fault::RateLimited { scope: Scope::User, retry_after };
        bot.local.faults().request(route, 1, limited);
        let started = Instant::now();
        sent(&whispered(&bot, &format!("w{}", route.len()), FIRST, &reminder(7)).await);
        assert!(started.elapsed() >= retry_after, "{route}");
    }
}

#[tokio::test]
async fn many_private_messages_keep_the_limits() {
    let rate_limits = RateLimits::default();
    let bot = Bot::start_in(Setup { rate_limits, ..Setup::default() }).await;
    let names = ["ann", "bob", "eve"];
    for number in 0..4 {
        for name in names {
            let effect = whisper(member(&bot, name), &format!("{name}{number}"), FIRST);
            sent(&bot.perform(&effect, &[reminder(7)]).await);
        }
    }
    assert_eq!(bot.local.requests().iter().filter(|request| request.status == 429).count(), 0);
}
