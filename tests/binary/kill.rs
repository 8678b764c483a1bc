//! kill -9 at any moment: what a member was told is still true, and nothing happens twice.

use std::time::Duration;

use mockingbird_playground::{Fault, Id, LocalDiscord, World};

use crate::process::{Place, Process, discord, slash, text, until};

const SEND: &str = "POST /channels/{channel}/messages";

#[tokio::test]
async fn what_was_confirmed_is_there_after_kill_9() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let mut posts: Vec<Id> = Vec::new();
    let members =
        ["bob", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "leo", "mia"];
    for (round, who) in members.into_iter().enumerate() {
        // Killed straight after the question stands, or after the answer was shown.
        let quiz = slash(&discord, "ann", "quiz", &[("topic", "any")]).await;
        let post = quiz.message.expect("a post").id;
        posts.push(post);
        let instant = [0, 300, 1_000, 2_500, 5_000, 15_000][round / 2];
        if round % 2 == 0 {
            tokio::time::sleep(Duration::from_micros(instant)).await;
            bot.kill().await;
            bot = place.start(&discord).await;
        }
        let shown = discord.member(who).press(post, "Show me").await.expect("an answer");
        assert!(!text(&shown).contains("do not know"), "round {round}: {}", text(&shown));
        tokio::time::sleep(Duration::from_micros(instant)).await;
        bot.kill().await;

        bot = place.start(&discord).await;
        let streak = slash(&discord, who, "streak", &[]).await;
        assert!(text(&streak).contains("1 day in a row"), "round {round}: {}", text(&streak));
    }
    // Every question that anybody saw can still be revealed, once, and carries one reaction.
    for post in &posts {
        discord.member("ann").react(*post, "💡").expect("she can react");
    }
    for post in posts {
        until(&discord, |world| {
            world.messages(post).any(|message| message.text().contains("Revealed by"))
                && world.message(post).is_some_and(|post| post.reaction_count("💡") == 2)
        })
        .await;
    }
    assert_eq!(bot.stop().await, Some(0));
    let threads = discord.with_world(|world| {
        let prep = world.channel_named("prep").expect("the channel").id;
        world.threads(prep).count()
    });
    assert_eq!(threads, members.len());
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn a_daily_whose_request_never_arrived_comes_once() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = with_daily(&place, &discord).await;
    discord.faults().every_request(SEND, Fault::Hang);
    slash(&discord, "ann", "daily now", &[]).await;
    sent(&discord, 1).await;
    bot.kill().await;
    discord.faults().clear();
    assert_eq!(dailies(&discord), 0);
    one_daily_after_a_restart(&place, &discord).await;
}

#[tokio::test]
async fn a_daily_whose_answer_was_lost_comes_once() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = with_daily(&place, &discord).await;
    discord.faults().request(SEND, 1, Fault::LoseResponse);
    discord.faults().every_request(SEND, Fault::Hang);
    slash(&discord, "ann", "daily now", &[]).await;
    sent(&discord, 2).await;
    bot.kill().await;
    discord.faults().clear();
    assert_eq!(dailies(&discord), 1);
    one_daily_after_a_restart(&place, &discord).await;
}

#[tokio::test]
async fn a_daily_comes_once_however_soon_the_bot_is_killed_after_it_was_announced() {
    for instant in [0, 200, 500, 1_000, 2_000, 4_000, 8_000, 16_000] {
        let discord = discord().await;
        let place = Place::new(discord.base());
        let mut bot = with_daily(&place, &discord).await;
        slash(&discord, "ann", "daily now", &[]).await;
        tokio::time::sleep(Duration::from_micros(instant)).await;
        bot.kill().await;
        one_daily_after_a_restart(&place, &discord).await;
    }
}

#[tokio::test]
async fn a_question_that_stands_only_after_the_restart_is_known() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let callback = "POST /interactions/{interaction}/{token}/callback";
    discord.faults().request(callback, 1, Fault::Late(Duration::from_millis(1_500)));
    let ann = discord.member("ann");
    let options = [("topic", "http".into())];
    let (answer, ()) = tokio::join!(ann.slash("prep", "quiz", &options), async {
        // Discord has it, and takes its time.
        while discord.reaction_time(last_asked(&discord)).is_none() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        bot.kill().await;
        bot = place.start(&discord).await;
    });
    let post = answer.expect("an answer").message.expect("a post").id;
    let shown = discord.member("bob").press(post, "Show me").await.expect("an answer");
    assert!(text(&shown).contains("nothing to send"), "{}", text(&shown));
    assert_eq!(bot.stop().await, Some(0));
}

/// The newest request of a member; none gives an id that nothing has.
fn last_asked(discord: &LocalDiscord) -> Id {
    discord.with_world(|world| world.interactions().last().map_or(Id::new(0), |asked| asked.id))
}

/// A bot with a daily in #prep that is not due for hours.
async fn with_daily(place: &Place, discord: &LocalDiscord) -> Process {
    let bot = place.start(discord).await;
    // A zone in which it is noon now.
    let hour = discord.with_world(World::now).as_second() / 3_600 % 24;
    let zone = format!("Etc/GMT{:+}", hour - 12);
    let zone = if hour == 12 { "UTC" } else { &zone };
    let set = [("at", "18:00"), ("time_zone", zone), ("days", "daily")];
    let answer = slash(discord, "ann", "daily set", &set).await;
    assert!(text(&answer).contains("Daily set"), "{}", text(&answer));
    bot
}

/// Waits until the bot has tried to send so many messages.
async fn sent(discord: &LocalDiscord, times: usize) {
    let began = tokio::time::Instant::now();
    while discord.requests().iter().filter(|request| request.route == SEND).count() < times {
        assert!(began.elapsed() < crate::process::PATIENCE, "no message is sent");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

async fn one_daily_after_a_restart(place: &Place, discord: &LocalDiscord) {
    let mut bot = place.start(discord).await;
    until(discord, |world| {
        let prep = world.channel_named("prep").expect("the channel").id;
        world.messages(prep).any(|message| message.reaction_count("💡") > 0)
    })
    .await;
    let again = slash(discord, "ann", "daily now", &[]).await;
    assert!(text(&again).contains("posted or tried already"), "{}", text(&again));
    // What was in flight has landed when it has ended.
    assert_eq!(bot.stop().await, Some(0));
    assert_eq!(dailies(discord), 1, "{}", discord.transcript("prep"));
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

fn dailies(discord: &LocalDiscord) -> usize {
    discord.with_world(|world| {
        let prep = world.channel_named("prep").expect("the channel").id;
        world.messages(prep).filter(|message| !message.is_ephemeral()).count()
    })
}
