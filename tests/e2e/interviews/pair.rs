//! Two people who interview each other, by the plan and the bank that come with the bot.

use mockingbird::bank::Question;
use rstest::rstest;

use super::opened::{countdowns, has_picture, whole};
use super::room::{Interruption, Room, bot_as_shipped, line};

const BANDS: [&str; 4] =
    ["Communication", "Problem solving", "Technical depth", "Trade-offs and failure modes"];

/// Bob has asked eve to interview him, and both are in.
async fn begun(how: Interruption) -> Room {
    let mut room =
        Room::opens(bot_as_shipped().await, "bob", "pair-swap", &[("interviewer", "eve")])
            .await
            .with(how);
    let lobby = room.reads("Who is here?").await;
    assert_eq!(countdowns(&lobby.text()).len(), 1, "{}", lobby.text());
    room.is_interrupted().await;
    room.presses("bob", "Join").await;
    room.until_says(lobby.id, "✅").await;
    room.is_interrupted().await;
    room.presses("eve", "Join").await;
    room
}

/// One turn: all four questions, with everything that an interviewer has.
async fn one_turn(room: &mut Room, interviewer: &str, candidate: &str) -> Vec<String> {
    let first = room.reads_question(1, 4).await;
    room.is_interrupted().await;
    for button in ["Next", "Kit", "Hint to candidate"] {
        let refused = room.is_refused(candidate, button).await;
        assert!(refused.contains("Only those who interview"), "{refused}");
    }
    has_kit(room, interviewer, &first).await;
    room.presses(interviewer, "Hint to candidate").await;
    room.reads("Hint to question 1").await;
    room.presses(interviewer, "Next").await;
    room.is_interrupted().await;

    let second = room.reads_question(2, 4).await;
    room.presses(interviewer, "Follow-up").await;
    let asked_on = room.reads("Follow-up to question 2").await.text();
    assert!(asked_on.contains(line(&second.follow_ups[0].prompt)), "{asked_on}");
    room.writes(candidate, "Answer in writing", &["In writing, for once."]).await;
    room.reads("In writing, for once.").await;
    room.presses(interviewer, "Next").await;
    let third = room.reads_question(3, 4).await;
    room.presses(interviewer, "Next").await;
    let fourth = room.reads_question(4, 4).await;
    room.presses(interviewer, "Push back").await;
    let pushed = room.reads("Pushing back on question 4").await.text();
    let pushback = fourth.pushback.as_ref().expect("a design or scenario has one");
    assert!(pushed.contains(line(&pushback.prompt)), "{pushed}");
    for question in [&first, &second, &third, &fourth] {
        room.only_for(&[interviewer], line(&question.key_points[0].point));
        assert!(!room.sees(candidate, line(&question.answer)), "{}", question.id);
    }
    room.presses(interviewer, "Finish").await;
    [first, second, third, fourth]
        .iter()
        .map(|question| line(&question.prompt).to_owned())
        .collect()
}

/// The interviewer sees the kit, and ticks the first key point.
async fn has_kit(room: &Room, interviewer: &str, question: &Question) {
    let kit = room.presses(interviewer, "Kit").await;
    assert!(kit.is_ephemeral(), "{kit:?}");
    assert!(room.sees(interviewer, line(&question.key_points[0].point)), "{}", room.bot.story());
    let ticked = room.chooses(interviewer, "Key points", &["0"]).await;
    assert!(ticked.is_ephemeral() && ticked.text().contains("1. ☑"), "{}", ticked.text());
}

/// Both scorecards of a member, one after the other.
async fn both_cards(room: &mut Room, who: &str) {
    let bands = |band| BANDS.map(|dimension| (dimension, band));
    room.presses(who, "My scorecard").await;
    room.judges(who, &bands("2"), &format!("{who} first")).await;
    room.is_interrupted().await;
    let second = room.presses(who, "Seal for good").await;
    assert!(second.is_ephemeral() && second.text().contains("no band yet"), "{}", second.text());
    room.judges(who, &bands("3"), &format!("{who} second")).await;
    for words in ["first went well", "second went well"] {
        room.only_for(&[who], &format!("{who} {words}"));
    }
    let sealed = room.presses(who, "Seal for good").await;
    assert!(sealed.text().contains("Sealed."), "{}", sealed.text());
}

#[rstest]
#[tokio::test]
async fn a_pair_swaps_roles_and_both_turns_open_together(
    #[values(Interruption::Never, Interruption::Stopped, Interruption::Killed)] how: Interruption,
) {
    let mut room = begun(how).await;
    let agenda = room.reads("part 1 of 2").await.text();
    assert_eq!(countdowns(&agenda).len(), 1, "{agenda}");
    let first = one_turn(&mut room, "eve", "bob").await;
    room.is_interrupted().await;
    room.reads("part 2 of 2").await;
    let second = one_turn(&mut room, "bob", "eve").await;
    room.is_interrupted().await;
    assert!(first.iter().all(|question| !second.contains(question)), "{first:?}\n{second:?}");

    let cards = room.reads("Press **My scorecard**").await;
    both_cards(&mut room, "bob").await;
    room.until_says(cards.id, "Sealed: <@").await;
    for words in ["bob first went well", "bob second went well"] {
        room.only_for(&["bob"], words);
    }
    assert!(room.is_refused("bob", "My scorecard").await.contains("sealing is final"));
    both_cards(&mut room, "eve").await;
    room.is_interrupted().await;

    for questions in [first, second] {
        let opened = room.reads("Scorecards: Pair with swap").await;
        has_picture(&opened);
        let whole = whole(&opened);
        for question in questions {
            assert!(whole.contains(&question), "{question}: {whole}");
        }
        for words in ["bob", "eve"] {
            assert!(whole.contains(words), "{words}: {whole}");
        }
        assert!(whole.contains("In writing, for once."), "{whole}");
    }
    room.until_buttons(&["Delete (candidate)", "Delete (candidate)"]).await;
    room.until_says(room.announcement, "It is over.").await;
    for who in ["bob", "eve"] {
        let history = room.bot.slash(who, "mock history", &[]).await.text();
        assert!(history.contains("one proves little"), "{history}");
        assert!(room.bot.streak(who).await.contains("1 day"));
    }
    room.ends_well().await;
}
