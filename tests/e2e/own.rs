//! Practice of one's own over days: review, sprint, reminders and the weekly post.

use mockingbird::runtime::Stopped;
use mockingbird_playground::model::Message;
use mockingbird_playground::{Answer, Fault, Id};

use crate::bot::Bot;

const POST: &str = "POST /channels/{channel}/messages";
const OPEN: &str = "POST /users/@me/channels";

/// What an answer to a request says, and its message.
pub(crate) fn shown(answer: &Answer) -> Message {
    answer.message.clone().unwrap_or_else(|| panic!("{answer:?}"))
}

/// Presses a button on a message; what that message, or the answer, says then.
pub(crate) async fn press(bot: &Bot, who: &str, on: Id, button: &str) -> Message {
    let answer = bot.discord.member(who).press(on, button).await;
    shown(&answer.unwrap_or_else(|error| panic!("{button}: {error}\n{}", bot.story())))
}

/// Reviews all that there is, with one grade; the questions, and what stands at the end.
pub(crate) async fn review(bot: &Bot, who: &str, grade: &str) -> (Vec<String>, String) {
    let mut message = shown(&bot.slash(who, "review", &[]).await);
    let mut asked = Vec::new();
    while message.buttons().iter().any(|label| label == "Show answer") {
        assert!(message.is_ephemeral());
        let said = message.text();
        let question = said.lines().find_map(|line| line.strip_prefix("### "));
        asked.push(question.unwrap_or_else(|| panic!("{said}")).to_owned());
        let answer = press(bot, who, message.id, "Show answer").await;
        assert_eq!(answer.id, message.id, "the message changes");
        message = press(bot, who, answer.id, grade).await;
    }
    (asked, message.text())
}

#[tokio::test]
async fn what_is_missed_comes_back_and_what_is_known_stays_away() {
    let bot = Bot::start().await;
    let (first, over) = review(&bot, "bob", "Missed").await;
    assert!(!first.is_empty(), "{over}");
    let (again, _) = review(&bot, "bob", "Missed").await;
    assert_eq!(again, Vec::<String>::new(), "once a day");
    bot.at("2026-11-24T09:00:00Z");
    let (second, _) = review(&bot, "bob", "Easy").await;
    assert!(first.iter().all(|missed| second.contains(missed)), "{first:?} {second:?}");
    bot.at("2026-11-25T09:00:00Z");
    let (third, _) = review(&bot, "bob", "Got it").await;
    assert!(first.iter().all(|known| !third.contains(known)), "{first:?} {third:?}");
    assert!(bot.streak("bob").await.contains("2 days"));
    bot.ends_well().await;
}

#[tokio::test]
async fn a_sprint_outlives_the_tokens_of_its_first_answers() {
    let bot = Bot::start().await;
    let begun = bot.slash("bob", "sprint", &[]).await;
    let mut message = shown(&begun);
    assert!(message.text().contains("Sprint"), "{}", message.text());
    press(&bot, "bob", message.id, "Show answer").await;
    message = press(&bot, "bob", message.id, "Got it").await;
    // The token of the command is over, and so is the time of the sprint.
    bot.at("2026-11-23T08:16:00Z");
    let last = press(&bot, "bob", message.id, "Show answer").await;
    assert_eq!(last.id, message.id);
    assert!(last.text().contains("The time was up"), "{}", last.text());
    let webhooks = "PATCH /webhooks/{application}/{token}/messages/{message}";
    assert_eq!(bot.requests(webhooks, 200), 0, "everything goes through the newest press");
    bot.ends_well().await;
}

/// Bob has a streak of a day, and wants to be reminded three hours before his day ends.
pub(crate) async fn with_reminder() -> Bot {
    let bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let post = bot.question(1).await;
    bot.discord.member("bob").press(post.id, "Show me").await.expect("an answer");
    let me = shown(&bot.slash("bob", "me", &[]).await);
    let settings = press(&bot, "bob", me.id, "Settings").await;
    set(&bot, settings.id, "own:reminder", "3 hours").await;
    bot
}

/// Chooses the option with these words from a menu of bob's.
async fn set(bot: &Bot, on: Id, menu: &str, words: &str) -> Message {
    let message = bot.discord.with_world(|world| world.message(on).cloned()).expect("it stands");
    let control = message.controls().into_iter().find(|it| it["custom_id"] == menu).cloned();
    let control = control.unwrap_or_else(|| panic!("{menu}: {}", message.text()));
    let options = control["options"].as_array().expect("options");
    let fits = options
        .iter()
        .find(|option| option["label"].as_str().is_some_and(|label| label.contains(words)));
    let value = fits.expect("such an option")["value"].as_str().expect("a value");
    let chosen = bot.discord.member("bob").choose(on, menu, &[value]).await;
    shown(&chosen.expect("an answer"))
}

/// What bob reads in his private chat.
fn whispered(bot: &Bot) -> Vec<Message> {
    let chat = bot.discord.dm("bob").expect("bob is there");
    bot.discord.member("bob").sees(&chat.to_string())
}

pub(crate) async fn until_whispered(bot: &Bot) -> Message {
    bot.until_true(|| !whispered(bot).is_empty()).await;
    let [only] = &whispered(bot)[..] else { panic!("{:?}", whispered(bot)) };
    only.clone()
}

/// Three hours before Tuesday ends for bob.
pub(crate) const LATE: &str = "2026-11-25T01:00:30Z";

#[tokio::test]
async fn a_reminder_comes_once_through_a_restart_and_is_ended_by_one_press() {
    let mut bot = with_reminder().await;
    bot.at("2026-11-24T23:00:00Z");
    assert!(whispered(&bot).is_empty(), "not before it is time");
    bot.at(LATE);
    let reminder = until_whispered(&bot).await;
    bot.kill().await;
    bot.begin().await;
    // Where its news was lost it is sent once more, with the same nonce: a minute old at most. What
    // stops lets that land; no request is under way for an hour.
    assert_eq!(bot.stop().await, Stopped::Clean);
    bot.at("2026-11-25T02:30:00Z");
    bot.begin().await;
    bot.at("2026-11-25T02:45:00Z");
    bot.slash("bob", "help", &[]).await;
    assert_eq!(bot.stop().await, Stopped::Clean);
    bot.begin().await;
    assert_eq!(whispered(&bot).len(), 1, "{:?}", whispered(&bot));

    let off = reminder.buttons().pop().expect("a button");
    bot.discord.member("bob").press(reminder.id, &off).await.expect("an answer");
    let me = shown(&bot.slash("bob", "me", &[]).await);
    let settings = press(&bot, "bob", me.id, "Settings").await;
    assert!(settings.text().contains("**Reminder:** off"), "{}", settings.text());
    bot.ends_well().await;
}

#[tokio::test]
async fn a_reminder_whose_news_was_lost_is_not_sent_twice() {
    for (fault, route) in
        [(Fault::LoseResponse, POST), (Fault::Hang, POST), (Fault::LoseResponse, OPEN)]
    {
        let mut bot = with_reminder().await;
        bot.discord.faults().every_request(route, fault.clone());
        bot.at(LATE);
        if route == POST && fault == Fault::LoseResponse {
            until_whispered(&bot).await;
        } else {
            bot.until_true(|| bot.discord.requests().iter().any(|r| r.route == route)).await;
        }
        bot.kill().await;
        bot.discord.faults().clear();
        // Later than any nonce is remembered.
        bot.at("2026-11-25T01:30:00Z");
        bot.begin().await;
        until_whispered(&bot).await;
        bot.at("2026-11-25T02:30:00Z");
        bot.slash("bob", "help", &[]).await;
        assert_eq!(whispered(&bot).len(), 1, "{fault:?} {route}");
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn who_takes_no_private_messages_is_told_so_in_the_settings() {
    let bot = with_reminder().await;
    bot.discord.close_private_messages("bob", true);
    bot.at(LATE);
    bot.until_requests(POST, 403, 1).await;
    loop {
        let me = shown(&bot.slash("bob", "me", &[]).await);
        let settings = press(&bot, "bob", me.id, "Settings").await.text();
        if settings.contains("did not reach you") {
            assert!(settings.contains("**Reminder:** off"), "{settings}");
            break;
        }
    }
    bot.discord.close_private_messages("bob", false);
    bot.at("2026-11-26T01:01:00Z");
    bot.slash("bob", "help", &[]).await;
    assert!(whispered(&bot).is_empty());
    bot.ends_well().await;
}

#[tokio::test]
async fn the_button_of_a_reminder_names_the_server_that_it_is_about() {
    let bot = with_reminder().await;
    bot.at(LATE);
    let reminder = until_whispered(&bot).await;
    let control = reminder.controls().first().map(|it| it["custom_id"].clone());
    let id = control.expect("a button").as_str().expect("a text").to_owned();
    let server = bot.discord.with_world(|world| world.teams().next().map(|team| team.id));
    let server = server.expect("a team");
    assert!(id.ends_with(&format!("{:016x}", server.get())), "{id}");
    bot.ends_well().await;
}

#[tokio::test]
async fn the_weekly_post_comes_once_however_the_bot_ends() {
    for fault in [Fault::Hang, Fault::LoseResponse] {
        let mut bot = with_reminder().await;
        bot.slash("ann", "digest set", &[]).await;
        bot.discord.faults().every_request(POST, fault.clone());
        bot.at("2026-11-30T09:00:10Z");
        let channel = bot.channel();
        let digests = |bot: &Bot| {
            bot.discord.with_world(|world| {
                let posts = world.messages(channel).filter(|m| !m.is_ephemeral());
                posts.filter(|m| m.text().contains("The week")).count()
            })
        };
        if fault == Fault::LoseResponse {
            bot.until_true(|| digests(&bot) > 0).await;
        } else {
            bot.until_true(|| bot.discord.requests().iter().any(|r| r.route == POST)).await;
        }
        bot.kill().await;
        bot.discord.faults().clear();
        bot.at("2026-11-30T09:30:00Z");
        bot.begin().await;
        bot.until_true(|| digests(&bot) > 0).await;
        bot.at("2026-11-30T18:00:00Z");
        bot.slash("bob", "help", &[]).await;
        assert_eq!(digests(&bot), 1, "{fault:?}");
        bot.ends_well().await;
    }
}
