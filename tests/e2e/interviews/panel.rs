//! Two interviewers and a candidate, whose scorecards are sealed until all are in.

use rstest::rstest;

use super::opened::{countdowns, has_picture, whole};
use super::room::{Interruption, Room, bot};

const PEOPLE: [&str; 3] = ["bob", "eve", "kim"];

/// Bob and eve interview kim, as ann wanted it; all three are in.
pub(super) async fn begun(how: Interruption) -> Room {
    let others = [("candidate", "kim"), ("interviewer", "bob"), ("interviewer2", "eve")];
    let mut room = Room::opens(bot().await, "ann", "panel", &others).await.with(how);
    let lobby = room.reads("Who is here?").await;
    for who in PEOPLE {
        room.presses(who, "Join").await;
        room.is_interrupted().await;
    }
    room.reads("is interviewed by").await;
    room.until_says(lobby.id, "Nobody can join any more").await;
    room
}

/// The same, and all that is asked was asked.
async fn judging(how: Interruption) -> Room {
    let mut room = begun(how).await;
    room.reads_question(1, 2).await;
    room.presses("bob", "Next").await;
    room.reads_question(2, 2).await;
    room.presses("eve", "Finish").await;
    room.reads("Press **My scorecard**").await;
    room
}

#[rstest]
#[tokio::test]
async fn a_panel_of_two_is_sealed_until_all_are_in(
    #[values(Interruption::Never, Interruption::Stopped, Interruption::Killed)] how: Interruption,
) {
    let mut room = begun(how).await;
    let first = room.reads_question(1, 2).await;
    assert!(room.is_refused("kim", "Kit").await.contains("Only those who interview"));
    for (who, point) in [("bob", "0"), ("eve", "1")] {
        let kit = room.presses(who, "Kit").await;
        assert!(kit.is_ephemeral() && kit.text().contains(&first.answer), "{}", kit.text());
        assert!(!kit.text().contains('☑'), "the ticks of another: {}", kit.text());
        room.is_interrupted().await;
        room.chooses(who, "Key points", &[point]).await;
    }
    room.only_for(&["bob", "eve"], &first.answer);
    let heard = room.writes("eve", "Paste what was said", &["Something said aloud."]).await;
    let found = "What I found in what you pasted to question 1";
    assert!(heard.is_ephemeral() && heard.text().contains(found), "{}", heard.text());
    room.only_for(&["eve"], found);
    room.presses("eve", "Next").await;
    room.is_interrupted().await;
    let second = room.reads_question(2, 2).await;
    room.presses("bob", "Push back").await;
    room.reads("Pushing back on question 2").await;
    room.is_interrupted().await;
    room.only_for(&["bob", "eve"], &first.pitfalls[0]);
    room.presses("bob", "Finish").await;

    let cards = room.reads("Press **My scorecard**").await;
    assert_eq!(countdowns(&cards.text()).len(), 1, "{}", cards.text());
    for (who, band) in [("bob", "1"), ("kim", "3"), ("eve", "1")] {
        room.presses(who, "My scorecard").await;
        room.judges(who, &[("Communication", band), ("Depth", "2")], who).await;
        room.is_interrupted().await;
        for who in PEOPLE {
            room.only_for(&[who], &format!("{who} on Depth"));
            room.only_for(&[who], &format!("{who} went well"));
        }
        let sealed = room.presses(who, "Seal for good").await;
        assert!(sealed.text().contains("Sealed."), "{}", sealed.text());
        room.is_interrupted().await;
    }

    let opened = room.reads("Scorecards: Panel").await;
    assert!(opened.text().contains("Verdict of 2 interviewers"), "{}", opened.text());
    assert!(opened.text().contains("two bands higher"), "{}", opened.text());
    assert!(opened.text().contains("**2 of 2**"), "{}", opened.text());
    has_picture(&opened);
    let whole = whole(&opened);
    for told in [&first.prompt, &second.prompt, "Interviewer 1", "Interviewer 2"] {
        assert!(whole.contains(told), "{told}: {whole}");
    }
    for who in PEOPLE {
        assert!(
            room.sees(who, &format!("{who} on Depth")) && whole.contains(&format!("{who} next"))
        );
        assert!(room.bot.streak(who).await.contains("1 day"));
    }
    room.until_buttons(&["Delete (candidate)"]).await;
    let history = room.bot.slash("kim", "mock history", &[]).await;
    assert!(history.is_ephemeral() && history.text().contains("2 interviewers"));
    assert!(history.text().contains("1 interview: one proves little"), "{}", history.text());
    let others = room.bot.slash("bob", "mock history", &[]).await.text();
    assert!(others.contains("You have not been interviewed yet"), "{others}");
    room.ends_well().await;
}

#[tokio::test]
async fn after_a_day_the_cards_that_are_sealed_are_opened() {
    let mut room = judging(Interruption::Stopped).await;
    room.presses("bob", "My scorecard").await;
    room.judges("bob", &[("Communication", "0"), ("Depth", "0")], "bob").await;
    room.presses("bob", "Seal for good").await;
    room.presses("eve", "My scorecard").await;
    room.judges("eve", &[("Communication", "3"), ("Depth", "3")], "eve").await;
    room.bot.at("2026-11-24T08:30:00Z");
    let opened = room.reads("Scorecards: Panel").await.text();
    assert!(opened.contains("bob on Depth"), "{opened}");
    assert!(opened.contains("No scorecard in time from"), "{opened}");
    room.only_for(&["eve"], "eve on Depth");
    let late = room.is_refused("eve", "Seal for good").await;
    assert!(late.contains("does not fit now"), "{late}");
    room.ends_well().await;
}

#[tokio::test]
async fn a_candidate_deletes_what_was_said_about_them() {
    let mut room = judging(Interruption::Never).await;
    for who in PEOPLE {
        room.presses(who, "My scorecard").await;
        room.judges(who, &[("Communication", "1"), ("Depth", "1")], who).await;
        room.presses(who, "Seal for good").await;
    }
    let opened = room.reads("Scorecards: Panel").await;
    assert!(room.is_refused("bob", "Delete (candidate)").await.contains("Only the candidate"));
    room.presses("kim", "Delete (candidate)").await;
    room.presses("kim", "Delete it for good").await;
    room.until_says(opened.id, "deleted these scorecards.").await;
    let left = room.bot.discord.with_world(|world| world.message(opened.id).cloned());
    assert_eq!(left.expect("it stands").attachments.len(), 0);
    for who in PEOPLE {
        assert!(!room.sees("ann", &format!("{who} on Depth")), "{}", room.bot.story());
    }
    let history = room.bot.slash("kim", "mock history", &[]).await.text();
    assert!(history.contains("You have not been interviewed yet"), "{history}");
    room.ends_well().await;
}
