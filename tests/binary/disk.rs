//! A full disk, played by a limit on the size of files. Only Linux can change such a limit from
//! outside.

#![cfg(target_os = "linux")]

use std::process::Command;
use std::time::Duration;

use insta::assert_snapshot;

use crate::process::{
    Place, Process, WRONG_TOKEN, discord, masked, slash, text, until, until_reacted,
};

#[tokio::test]
async fn a_disk_without_any_room_is_named_at_the_start() {
    let place = Place::new("http://127.0.0.1:9");
    let ended = place.end_of(place.run_after("ulimit -f 0", WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @"mockingbird: cannot begin data/journal-1.mbj: File too large (os error 27); a limit on file sizes is in the way (`ulimit -f`): raise it");
}

#[tokio::test]
async fn a_full_disk_is_told_to_the_member_and_nothing_is_lost() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let before = slash(&discord, "ann", "quiz", &[("topic", "http")]).await.message;
    let before = before.expect("a post").id;
    until_reacted(&discord, before).await;
    discord.member("bob").press(before, "Show me").await.expect("an answer");

    let length = std::fs::metadata(place.newest("mbj")).expect("the journal").len();
    limit(&bot, &(length + 20).to_string());
    let refused = slash(&discord, "cat", "quiz", &[("topic", "databases")]).await;
    assert!(refused.is_ephemeral());
    assert_snapshot!(text(&refused), @"I cannot save anything at the moment, so I cannot promise this. Please look again later; if it lasts, tell whoever runs the bot to look at its log.");
    // Who only looks is told something that is true, or the same.
    bot.until_logged("nothing is confirmed until it works").await;

    limit(&bot, "unlimited");
    bot.until_logged("the journal is written again").await;
    let after = slash(&discord, "cat", "quiz", &[("topic", "databases")]).await.message;
    let after = after.expect("a post").id;
    until_reacted(&discord, after).await;
    discord.member("dan").press(after, "Show me").await.expect("an answer");
    bot.kill().await;

    let mut bot = place.start(&discord).await;
    for (who, days) in [("bob", "1 day"), ("cat", "0 days"), ("dan", "1 day")] {
        let streak = slash(&discord, who, "streak", &[]).await;
        let streak = text(&streak);
        let is_so =
            if days == "0 days" { !streak.contains("1 day") } else { streak.contains(days) };
        assert!(is_so, "{who}: {streak}");
    }
    for post in [before, after] {
        discord.member("eve").react(post, "💡").expect("she can react");
        until(&discord, |world| {
            world.messages(post).any(|message| message.text().contains("Revealed by"))
        })
        .await;
    }
    let story = discord.transcript("prep");
    assert_eq!(story.matches("(embed) Quiz").count(), 2, "{story}");
    assert_eq!(bot.stop().await, Some(0));
}

#[tokio::test]
async fn a_bot_that_is_stopped_while_the_disk_is_full_ends_and_says_so() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    slash(&discord, "ann", "help", &[]).await;
    limit(&bot, "1");
    let quiz = tokio::time::timeout(
        Duration::from_secs(10),
        slash(&discord, "ann", "quiz", &[("topic", "http")]),
    );
    assert!(quiz.await.expect("an answer").is_ephemeral());
    let code = bot.stop().await;
    let said = place.lines(&bot.log(), &["WARN", "ERROR"]);
    assert_eq!(code, Some(0), "{said}");
    assert_snapshot!(masked(&said, "limit ("), @"
    ERROR mockingbird::runtime::work: cannot write data/journal-1.mbj: File too large (os error 27); a limit on file sizes is in the way (`ulimit -f`): raise it; nothing is confirmed until it works, and nothing is lost
    WARN mockingbird::runtime::work::release: a change is not saved yet; the member was told so team=server 661720242585600002
    WARN mockingbird::runtime::work: no last snapshot; the journal has everything cause=no snapshot while the journal cannot be written: cannot write data/journal-1.mbj: File too large (os error 27)
    ");
}

/// Sets how long a file of a running bot may become, in bytes.
fn limit(bot: &Process, bytes: &str) {
    let status = Command::new("prlimit")
        .args(["--pid", &bot.pid().to_string(), &format!("--fsize={bytes}:")])
        .status()
        .expect("prlimit, a part of util-linux");
    assert!(status.success());
}
