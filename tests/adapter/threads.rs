//! Threads of their own: opened once, filled with members, and what is refused in them.

use std::time::Duration;

use jiff::Timestamp;
use mockingbird::practice::effect::{Attempt, Effect, Errand, Failure, OrderId, Outcome};
use mockingbird::practice::{ChannelId, InterviewId, MemberId, MessageId};
use mockingbird::runtime::Incoming;
use mockingbird_playground::{Fault, Id, RateLimits, Setup};
use serenity::all::Permissions;

use crate::bot::{Bot, FIRST, question, sent, text, view};

const OPEN: &str = "POST /channels/{channel}/threads";
const ADD: &str = "PUT /channels/{channel}/thread-members/{user}";
const NAME: &str = "Interview 1f";

fn order(errand: Errand) -> OrderId {
    OrderId::Interview { interview: InterviewId(0x1f), errand }
}

fn start(channel: ChannelId, private: bool, attempt: Attempt) -> Effect {
    let name = NAME.to_owned();
    Effect::StartThread { order: order(Errand::Thread), channel, name, private, attempt }
}

fn add(thread: ChannelId, member: MemberId) -> Effect {
    Effect::AddToThread { order: order(Errand::Add(member)), thread, member }
}

fn say(channel: ChannelId) -> Effect {
    Effect::Send {
        order: order(Errand::Say(0)),
        channel,
        reply_to: None,
        after: None,
        view: view(),
        nonce: "n".to_owned(),
        attempt: FIRST,
    }
}

fn mend(channel: ChannelId, message: MessageId) -> Effect {
    Effect::Edit { order: order(Errand::Mend(0)), channel, message, view: view() }
}

fn opened(outcome: &Outcome) -> ChannelId {
    let Outcome::Opened { thread } = outcome else { panic!("{outcome:?}") };
    *thread
}

fn member(bot: &Bot, name: &str) -> MemberId {
    MemberId(bot.local.member(name).id().unwrap().get())
}

/// A private thread in #prep.
async fn private(bot: &Bot) -> ChannelId {
    opened(&bot.perform(&start(bot.channel("prep"), true, FIRST), &[]).await)
}

/// How many threads there are.
fn threads(bot: &Bot) -> usize {
    bot.local.with_world(|world| world.channels().filter(|c| c.thread.is_some()).count())
}

fn is_archived(bot: &Bot, thread: ChannelId) -> bool {
    bot.local.with_world(|world| {
        let channel = world.channel(Id::new(thread.0)).unwrap();
        channel.thread.as_ref().unwrap().archived
    })
}

#[tokio::test]
async fn a_private_thread_is_for_those_who_are_put_into_it() {
    let bot = Bot::start().await;
    let thread = private(&bot).await;
    let bob = add(thread, member(&bot, "bob"));
    assert_eq!(bot.perform(&bob, &[]).await, Outcome::Done);
    assert_eq!(bot.perform(&bob, &[]).await, Outcome::Done, "who is in it already is as good");
    sent(&bot.perform(&say(thread), &[text("hello")]).await);
    let sees = |name: &str| bot.local.member(name).sees(NAME).len();
    assert_eq!((sees("bob"), sees("eve")), (2, 0));
    let request = bot.local.requests().into_iter().find(|request| request.route == OPEN).unwrap();
    assert_eq!(
        request.body.to_string(),
        r#"{"auto_archive_duration":1440,"invitable":false,"name":"Interview 1f","type":12}"#
    );
}

#[tokio::test]
async fn a_public_thread_is_seen_by_all() {
    let bot = Bot::start().await;
    let thread = opened(&bot.perform(&start(bot.channel("prep"), false, FIRST), &[]).await);
    sent(&bot.perform(&say(thread), &[text("hello")]).await);
    assert_eq!(bot.local.member("eve").sees(NAME).len(), 1);
}

#[tokio::test]
async fn a_thread_is_opened_once() {
    let bot = Bot::start().await;
    let prep = bot.channel("prep");
    let thread = private(&bot).await;
    let attempts = [
        FIRST,
        Attempt::LookFirst { since: Timestamp::UNIX_EPOCH },
        Attempt::Nonce { since: bot.local.with_world(mockingbird_playground::World::now) },
    ];
    for attempt in attempts {
        let again = start(prep, true, attempt);
        assert_eq!(bot.perform(&again, &[]).await, Outcome::Opened { thread });
    }
    assert_eq!(bot.count(OPEN), 1);
}

#[tokio::test]
async fn only_the_bots_own_thread_of_this_name_in_this_channel_is_that_thread() {
    let bot = Bot::start().await;
    let since = bot.local.with_world(mockingbird_playground::World::now);
    let elsewhere = start(bot.channel("random"), true, FIRST);
    let elsewhere = opened(&bot.perform(&elsewhere, &[]).await);
    let first = private(&bot).await;
    assert_ne!(first, elsewhere);
    // One of long ago that has the same name is another one.
    let later = since + jiff::SignedDuration::from_mins(30);
    let later = start(bot.channel("prep"), true, Attempt::LookFirst { since: later });
    let second = opened(&bot.perform(&later, &[]).await);
    assert_ne!(second, first);
    // One that was renamed, too.
    let prep = bot.channel("prep");
    let other = Effect::StartThread {
        order: order(Errand::Thread),
        channel: prep,
        name: format!("{NAME}f"),
        private: true,
        attempt: FIRST,
    };
    assert_ne!(opened(&bot.perform(&other, &[]).await), first);
    assert_eq!(threads(&bot), 4);
}

#[tokio::test]
async fn a_lost_response_makes_no_second_thread() {
    let faults: [fn() -> Fault; 3] =
        [|| Fault::LoseResponse, || Fault::CutResponse, || Fault::Nonsense];
    for fault in faults {
        let bot = Bot::start().await;
        bot.local.faults().request(OPEN, 1, fault());
        private(&bot).await;
        private(&bot).await;
        assert_eq!((threads(&bot), bot.count(OPEN)), (1, 1));
    }
}

#[tokio::test]
async fn a_thread_that_could_not_be_opened_is_opened_by_the_next_attempt() {
    let bot = Bot::start().await;
    let effect = start(bot.channel("prep"), true, FIRST);
    for fault in [Fault::CutBefore, Fault::Status(502)] {
        bot.local.faults().request(OPEN, 1, fault);
        let outcome = bot.perform(&effect, &[]).await;
        assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
        assert_eq!(threads(&bot), 0);
    }
    opened(&bot.perform(&effect, &[]).await);
    assert_eq!(threads(&bot), 1);
}

#[tokio::test]
async fn nothing_is_opened_where_nobody_can_say_whether_it_was() {
    let bot = Bot::start().await;
    let active = "GET /guilds/{guild}/threads/active";
    bot.local.faults().every_request(active, Fault::Status(503));
    let outcome = bot.perform(&start(bot.channel("prep"), true, FIRST), &[]).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
    assert_eq!(bot.count(OPEN), 0);
}

async fn fails(bot: &Bot, effect: &Effect, with: &Failure) {
    let outcome = bot.perform(effect, &[text("one")]).await;
    assert_eq!(outcome, Outcome::Failed(with.clone()), "{effect:?}");
}

#[tokio::test]
async fn where_threads_are_not_allowed_none_is_opened() {
    let bot = Bot::start().await;
    let prep = bot.channel("prep");
    for (permission, private) in [
        (Permissions::CREATE_PRIVATE_THREADS, true),
        (Permissions::CREATE_PUBLIC_THREADS, false),
        (Permissions::VIEW_CHANNEL, true),
    ] {
        bot.local.deny_bot("prep", permission);
        fails(&bot, &start(prep, private, FIRST), &Failure::NotAllowed).await;
        bot.local.allow_bot("prep", permission);
    }
    let thread = private(&bot).await;
    fails(&bot, &start(thread, true, FIRST), &Failure::NotHere).await;
    let chat = ChannelId(bot.local.dm("ann").unwrap().get());
    fails(&bot, &start(chat, true, FIRST), &Failure::NotHere).await;
    bot.local.faults().request(OPEN, 1, Fault::Refused(400, 160_006, "Too many".to_owned()));
    fails(&bot, &start(bot.channel("random"), true, FIRST), &Failure::NotHere).await;
    bot.local.delete_channel("prep");
    fails(&bot, &start(prep, true, FIRST), &Failure::ChannelGone).await;
}

#[tokio::test]
async fn a_deleted_thread_is_gone() {
    let bot = Bot::start().await;
    let thread = private(&bot).await;
    let message = sent(&bot.perform(&say(thread), &[text("one")]).await);
    bot.local.delete_channel(NAME);
    for effect in [say(thread), mend(thread, message), add(thread, member(&bot, "bob"))] {
        fails(&bot, &effect, &Failure::ChannelGone).await;
    }
}

#[tokio::test]
async fn an_archived_thread_is_opened_again_by_whatever_happens_in_it() {
    let bot = Bot::start().await;
    let thread = private(&bot).await;
    let message = sent(&bot.perform(&say(thread), &[text("one")]).await);
    for (effect, done) in [
        (mend(thread, message), Outcome::Done),
        (add(thread, member(&bot, "bob")), Outcome::Done),
        // The nonce gives the first message back, but a thread is opened by a new one.
        (say(thread), Outcome::Sent { message }),
    ] {
        bot.local.archive_thread(Id::new(thread.0), false);
        assert_eq!(bot.perform(&effect, &[text("two")]).await, done, "{effect:?}");
        let is_old = matches!(effect, Effect::Send { .. });
        assert_eq!(is_archived(&bot, thread), is_old, "{effect:?}");
    }
    let Effect::Send { order, channel, reply_to, view, attempt, .. } = say(thread) else {
        panic!()
    };
    let nonce = "m".to_owned();
    let new = Effect::Send { order, channel, reply_to, view, nonce, attempt, after: None };
    sent(&bot.perform(&new, &[text("three")]).await);
    assert!(!is_archived(&bot, thread));
    let texts = bot.texts_of("bob", NAME);
    assert_eq!(texts, ["two", "", "three"]);
}

#[tokio::test]
async fn a_locked_thread_stays_as_it_is() {
    let bot = Bot::start().await;
    let thread = private(&bot).await;
    let message = sent(&bot.perform(&say(thread), &[text("one")]).await);
    bot.local.archive_thread(Id::new(thread.0), true);
    for effect in [say(thread), mend(thread, message), add(thread, member(&bot, "bob"))] {
        fails(&bot, &effect, &Failure::NotHere).await;
    }
    assert!(is_archived(&bot, thread));
}

#[tokio::test]
async fn a_member_who_left_is_put_into_no_thread() {
    let bot = Bot::start().await;
    let thread = private(&bot).await;
    let outcome = bot.perform(&add(thread, MemberId(5)), &[]).await;
    let Outcome::Failed(Failure::Refused { code: 10_007, .. }) = outcome else {
        panic!("{outcome:?}")
    };
    bot.local.deny_bot("prep", Permissions::SEND_MESSAGES_IN_THREADS);
    fails(&bot, &add(thread, member(&bot, "bob")), &Failure::NotAllowed).await;
}

#[tokio::test]
async fn a_member_is_put_into_a_thread_once_whatever_is_lost() {
    let bot = Bot::start().await;
    let thread = private(&bot).await;
    bot.local.faults().request(ADD, 1, Fault::LoseResponse);
    assert_eq!(bot.perform(&add(thread, member(&bot, "bob")), &[]).await, Outcome::Done);
    assert_eq!(bot.count(ADD), 2);
    // Discord tells the thread of it once.
    assert_eq!(bot.local.member("bob").sees(NAME).len(), 1);
}

#[tokio::test]
async fn a_press_in_a_thread_tells_that_it_was_in_a_thread() {
    let mut bot = Bot::start().await;
    let thread = private(&bot).await;
    bot.perform(&add(thread, member(&bot, "bob")), &[]).await;
    let message = sent(&bot.perform(&say(thread), &[question()]).await);
    let bob = bot.local.member("bob");
    let pressed = tokio::spawn(async move { bob.press(Id::new(message.0), "Show me").await });
    let Incoming::Pressed { ask, .. } = bot.next().await else { panic!() };
    assert_eq!(ask.channel, thread);
    assert_eq!(ask.place, mockingbird::practice::input::Place::Thread);
    bot.perform(&Effect::Acknowledge { to: ask.interaction }, &[]).await;
    pressed.await.unwrap().unwrap();
}

#[tokio::test]
async fn threads_keep_to_the_limits() {
    let rate_limits = RateLimits::default();
    let bot = Bot::start_in(Setup { rate_limits, ..Setup::default() }).await;
    let prep = bot.channel("prep");
    for number in 0..8 {
        let effect = Effect::StartThread {
            order: order(Errand::Thread),
            channel: prep,
            name: format!("Interview {number}"),
            private: true,
            attempt: FIRST,
        };
        let thread = tokio::time::timeout(Duration::from_secs(30), bot.perform(&effect, &[]));
        opened(&thread.await.unwrap());
    }
    assert!(bot.local.requests().iter().all(|request| request.status != 429));
}
