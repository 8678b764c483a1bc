//! What goes wrong in the middle of an interview: time runs out, several press at once, buttons are
//! old, threads and permissions go away.

use mockingbird_playground::{Answer, Fault};
use serenity::model::Permissions;

use super::panel::begun;
use super::room::{Interruption, Room, bot};

const EDIT: &str = "PATCH /channels/{channel}/messages/{message}";

/// Bob has asked eve to interview him; the lobby stands.
async fn gathering() -> Room {
    let mut room = Room::opens(bot().await, "bob", "panel", &[("interviewer", "eve")]).await;
    room.reads("Who is here?").await;
    room
}

#[tokio::test]
async fn a_lobby_that_not_everybody_joins_is_called_off_after_ten_minutes() {
    let mut room = gathering().await.with(Interruption::Stopped);
    room.presses("bob", "Join").await;
    room.bot.at("2026-11-23T08:09:30Z");
    room.is_interrupted().await;
    room.until_buttons(&["Join", "Begin", "Call off"]).await;
    room.bot.at("2026-11-23T08:11:00Z");
    room.reads("Not everybody came within ten minutes").await;
    room.until_buttons(&[]).await;
    room.until_says(room.announcement, "It is over.").await;
    // Nothing is in the way of another one.
    let again = room.bot.slash("bob", "mock start", &[("plan", "alone")]).await;
    assert!(again.text().contains("Mock interview: Alone"), "{}", again.text());
    let prep = room.bot.channel();
    room.bot.until(|world| world.threads(prep).count() == 2).await;
    room.bot.ends_well().await;
}

#[tokio::test]
async fn somebody_who_takes_no_part_is_turned_down_in_private() {
    let mut room = begun(Interruption::Never).await;
    let question = room.reads_question(1, 2).await;
    // Ann owns the server: she sees private threads, too.
    for button in ["Next", "Kit", "Answer in writing"] {
        let refused = room.is_refused("ann", button).await;
        assert!(refused.contains("Only"), "{refused}");
    }
    room.only_for(&[], &question.answer);
    let other = Room::opens(bot().await, "bob", "alone", &[]).await;
    for who in ["eve", "kim"] {
        assert!(!other.sees(who, ""), "{who} sees a thread that they are not in");
    }
    other.ends_well().await;
    room.ends_well().await;
}

#[tokio::test]
async fn two_who_press_at_once_go_on_by_one_question() {
    let mut room = begun(Interruption::Never).await;
    let first = room.reads("Question 1 of 2").await.id;
    let (bob, eve) =
        tokio::join!(room.presses_on(first, "bob", "Next"), room.presses_on(first, "eve", "Next"),);
    let refused: Vec<String> = [bob, eve].iter().map(Answer::text).collect();
    let faster = refused.iter().filter(|text| text.contains("Somebody was faster"));
    assert_eq!(faster.count(), 1, "{refused:?}");
    room.reads("Question 2 of 2").await;
    room.until_buttons(&[
        "Finish",
        "Follow-up",
        "Push back",
        "Hint to candidate",
        "Kit",
        "Answer in writing",
    ])
    .await;
    assert!(!room.sees("kim", "Press **My scorecard**"), "{}", room.bot.story());
    room.ends_well().await;
}

#[tokio::test]
async fn a_button_of_an_old_message_changes_nothing_and_goes_when_discord_lets_it() {
    let mut room = begun(Interruption::Never).await;
    let first = room.reads("Question 1 of 2").await.id;
    room.bot.discord.faults().every_request(EDIT, Fault::Status(503));
    room.presses("bob", "Next").await;
    room.reads("Question 2 of 2").await;
    for (who, button) in [("bob", "Next"), ("eve", "Kit"), ("kim", "Answer in writing")] {
        let old = room.presses_on(first, who, button).await;
        assert!(old.is_ephemeral(), "{old:?}");
        assert!(old.text().contains("belongs to an earlier question"), "{}", old.text());
    }
    // It is given up for now, and tried again later.
    room.bot.until_requests(EDIT, 503, 4).await;
    room.bot.discord.faults().clear();
    let buttons = |world: &mockingbird_playground::World| {
        world.message(first).map(|message| message.buttons().len())
    };
    for minute in 1..10 {
        room.bot.at(&format!("2026-11-23T08:0{minute}:00Z"));
        let gone = room
            .bot
            .discord
            .until(|world| buttons(world) == Some(0), std::time::Duration::from_secs(1));
        if gone.await.is_ok() {
            break;
        }
    }
    assert_eq!(room.bot.discord.with_world(buttons), Some(0), "{}", room.bot.story());
    room.ends_well().await;
}

#[tokio::test]
async fn an_archived_thread_comes_back_and_the_interview_goes_on() {
    let mut room = begun(Interruption::Never).await;
    let first = room.reads("Question 1 of 2").await.id;
    room.bot.discord.archive_thread(room.thread, false);
    room.presses("bob", "Next").await;
    room.reads("Question 2 of 2").await;
    let bare = |world: &mockingbird_playground::World| {
        world.message(first).is_some_and(|message| message.buttons().is_empty())
    };
    room.bot.until(bare).await;
    room.ends_well().await;
}

#[tokio::test]
async fn a_thread_that_is_locked_in_the_middle_ends_the_interview() {
    let mut room = begun(Interruption::Never).await;
    room.reads("Question 1 of 2").await;
    room.bot.discord.deny_bot("prep", Permissions::MANAGE_THREADS);
    room.bot.discord.archive_thread(room.thread, true);
    room.presses("bob", "Next").await;
    room.until_says(room.announcement, "It is over.").await;
    room.bot.slash("bob", "mock start", &[("plan", "alone")]).await;
    let prep = room.bot.channel();
    room.bot.until(|world| world.threads(prep).count() == 2).await;
    room.bot.ends_well().await;
}

#[tokio::test]
async fn scorecards_of_a_thread_that_is_locked_meanwhile_open_in_private() {
    let mut room = begun(Interruption::Stopped).await;
    room.reads("Question 1 of 2").await;
    room.runs("kim", "mock end").await;
    room.reads("Press **My scorecard**").await;
    for who in ["bob", "eve", "kim"] {
        room.presses(who, "My scorecard").await;
        room.judges(who, &[("Communication", "1"), ("Depth", "1")], who).await;
    }
    room.bot.discord.deny_bot("prep", Permissions::MANAGE_THREADS);
    room.bot.discord.archive_thread(room.thread, true);
    for who in ["bob", "eve", "kim"] {
        let sealed = room.presses(who, "Seal for good").await;
        assert!(sealed.text().contains("Sealed."), "{}", sealed.text());
    }
    room.until_says(room.announcement, "It is over.").await;
    room.is_interrupted().await;
    let status = room.bot.slash("eve", "mock status", &[]).await;
    assert!(status.is_ephemeral(), "{}", status.text());
    let prep = room.bot.channel();
    room.bot
        .until(|world| world.messages(prep).any(|message| message.text().contains("bob on Depth")))
        .await;
    for who in ["ann", "bob", "kim"] {
        let seen = room.bot.discord.member(who).sees("prep");
        assert!(!seen.iter().any(|message| message.text().contains("bob on Depth")), "{who}");
    }
    room.bot.ends_well().await;
}

#[tokio::test]
async fn a_thread_that_is_deleted_in_the_middle_ends_the_interview() {
    let mut room = begun(Interruption::Stopped).await;
    room.reads("Question 1 of 2").await;
    assert!(room.bot.discord.delete_channel(&room.thread.to_string()));
    // Nobody can press anything there any more; somebody asks for the clock to stop.
    room.bot.slash("kim", "mock pause", &[]).await;
    room.until_says(room.announcement, "It is over.").await;
    room.is_interrupted().await;
    let status = room.bot.slash("kim", "mock status", &[]).await.text();
    assert!(status.contains("There is no interview here"), "{status}");
    room.bot.slash("kim", "mock start", &[("plan", "alone")]).await;
    let prep = room.bot.channel();
    room.bot.until(|world| world.threads(prep).count() == 1).await;
    room.bot.ends_well().await;
}

#[tokio::test]
async fn where_threads_may_not_be_opened_the_announcement_says_what_is_missing() {
    for (denied, public, said) in [
        (Permissions::CREATE_PRIVATE_THREADS, "false", "give me Create Private Threads"),
        (Permissions::CREATE_PUBLIC_THREADS, "true", "give me Create Public Threads"),
    ] {
        let bot = bot().await;
        bot.discord.deny_bot("prep", denied);
        let options = [("plan", "alone"), ("public", public)];
        let announced = bot.slash("bob", "mock start", &options).await;
        let announcement = announced.message.expect("an announcement").id;
        let says = |text: &str| {
            let text = text.to_owned();
            move |world: &mockingbird_playground::World| {
                world.message(announcement).is_some_and(|message| message.text().contains(&text))
            }
        };
        bot.until(says(said)).await;
        bot.until(says("It does not take place.")).await;
        // The other sort may be opened, and nothing stands in its way.
        let other = if public == "true" { "false" } else { "true" };
        bot.slash("bob", "mock start", &[("plan", "alone"), ("public", other)]).await;
        let prep = bot.channel();
        bot.until(|world| world.threads(prep).count() == 1).await;
        bot.ends_well().await;
    }
}

#[tokio::test]
async fn silence_lets_it_rest_and_anybody_of_it_goes_on() {
    let mut room = begun(Interruption::Killed).await;
    room.reads("Question 1 of 2").await;
    room.bot.at("2026-11-23T08:21:00Z");
    room.reads("The interview rests").await;
    room.is_interrupted().await;
    let refused = room.presses("bob", "Kit").await;
    assert!(refused.text().contains("does not fit now"), "{}", refused.text());
    room.presses("kim", "Resume").await;
    room.reads("The interview goes on.").await;
    room.presses("bob", "Next").await;
    room.reads("Question 2 of 2").await;
    room.ends_well().await;
}

#[tokio::test]
async fn the_time_of_a_section_is_told_once_and_cuts_nothing_off() {
    let mut room = begun(Interruption::Stopped).await;
    room.reads("Question 1 of 2").await;
    room.bot.at("2026-11-23T08:08:30Z");
    room.reads("⏳ **The basics**").await;
    room.is_interrupted().await;
    room.bot.at("2026-11-23T08:10:30Z");
    room.reads("⌛ **The basics**").await;
    room.presses("bob", "Follow-up").await;
    room.reads("Follow-up to question 1").await;
    room.ends_well().await;
}
