//! Channels, threads, messages and permissions that go under the bot's feet, and come back.

use std::time::Duration;

use mockingbird_playground::Fault;
use serenity::model::Permissions;

use crate::life::{Life, Most, is_daily};
use crate::table::{Row, Tally, row};

const POST: &str = "POST /channels/{channel}/messages";
const REACT: &str = "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me";
const THREAD: &str = "POST /channels/{channel}/messages/{message}/threads";
/// Long enough for something to be deleted meanwhile.
const SLOW: Duration = Duration::from_millis(400);

/// What nobody expects is said once or twice.
const MOST: Most = Most { requests: 60, warnings: 4, repeated: 1, identifies: 1, connections: 1 };

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vec![
        row("the channel is deleted before the daily", channel_deleted),
        row("the daily is deleted before its reaction", daily_deleted),
        row("the quiz is deleted before its reveal", quiz_deleted),
        row("the thread is deleted before the answer", thread_deleted),
        row("the thread is locked before the answer", thread_locked),
        row("the bot is removed and invited again", removed),
    ];
    for denied in [Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES] {
        rows.push(row(format!("{denied} is taken away for a day"), move || refused(denied)));
    }
    for denied in [
        Permissions::ADD_REACTIONS,
        Permissions::CREATE_PUBLIC_THREADS,
        Permissions::SEND_MESSAGES_IN_THREADS,
        Permissions::READ_MESSAGE_HISTORY,
    ] {
        rows.push(row(format!("{denied} is taken away for a day"), move || hindered(denied)));
    }
    rows
}

async fn channel_deleted() -> Tally {
    let mut life = Life::begin_with_daily_in("random").await;
    life.most = MOST;
    assert!(life.bot.discord.delete_channel("random"));
    life.bob_reacts();
    life.nine();
    life.bot.until_requests(POST, 404, 1).await;
    life.quiz_is_revealed().await;
    // Nobody can name a channel that is gone: the list has to say it.
    life.is_explained("daily list", "The channel is gone").await;
    life.ends_soundly().await
}

async fn daily_deleted() -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    life.faults().request(REACT, 1, Fault::Slow(SLOW));
    life.bob_reacts();
    life.nine();
    let channel = life.bot.channel();
    let daily = || {
        life.bot.discord.with_world(|world| {
            world.messages(channel).find(|message| is_daily(message)).map(|message| message.id)
        })
    };
    life.bot.until_true(|| daily().is_some()).await;
    assert!(life.bot.discord.delete_message(daily().expect("just seen")));
    life.bot.until_requests(REACT, 404, 1).await;
    life.quiz_is_revealed().await;
    life.is_explained("daily status", "posted on time").await;
    life.ends_soundly().await
}

async fn quiz_deleted() -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    life.faults().hold_events(true);
    life.bob_reacts();
    assert!(life.bot.discord.delete_message(life.quiz.id));
    life.faults().hold_events(false);
    life.bot.until_requests(THREAD, 404, 1).await;
    life.nine();
    life.daily_comes().await;
    life.ends_soundly().await
}

async fn thread_deleted() -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    life.faults().request(POST, 1, Fault::Slow(SLOW));
    life.bob_reacts();
    life.bot.until_requests(THREAD, 201, 1).await;
    assert!(life.bot.discord.delete_channel(&life.quiz.id.to_string()));
    life.quiz_is_revealed().await;
    life.nine();
    life.daily_comes().await;
    life.ends_soundly().await
}

async fn thread_locked() -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    life.bot.discord.deny_bot("prep", Permissions::MANAGE_THREADS);
    life.faults().request(POST, 1, Fault::Slow(SLOW));
    life.bob_reacts();
    life.bot.until_requests(THREAD, 201, 1).await;
    life.bot.discord.archive_thread(life.quiz.id, true);
    life.quiz_is_revealed().await;
    life.nine();
    life.daily_comes().await;
    life.ends_soundly().await
}

/// Out of the server over the time of a daily.
async fn removed() -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    let team = life.bot.discord.with_world(|world| world.teams().next().expect("a team").id);
    assert!(life.bot.discord.kick_bot(team));
    life.nine();
    life.bot.until_requests(POST, 403, 1).await;
    // Nobody asks the bot for anything now, but somebody may react.
    life.bob_reacts();
    assert!(life.bot.discord.invite_bot(team));
    life.quiz_is_revealed().await;
    life.is_explained("daily status", "not posted").await;
    life.next_morning().await;
    life.ends_soundly().await
}

/// Without it there is no daily; with it there is one again.
async fn refused(denied: Permissions) -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    assert!(life.bot.discord.deny_bot("prep", denied));
    life.nine();
    life.bot.until_requests(POST, 403, 1).await;
    life.is_explained("daily status", "not posted").await;
    assert!(life.bot.discord.allow_bot("prep", denied));
    life.bob_reacts();
    life.quiz_is_revealed().await;
    life.next_morning().await;
    life.ends_soundly().await
}

/// Without it there is a daily and an answer all the same.
async fn hindered(denied: Permissions) -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    assert!(life.bot.discord.deny_bot("prep", denied));
    life.nine();
    life.bob_reacts();
    life.quiz_is_revealed().await;
    life.daily_stands().await;
    assert!(life.bot.discord.allow_bot("prep", denied));
    life.next_morning().await;
    life.ends_soundly().await
}
