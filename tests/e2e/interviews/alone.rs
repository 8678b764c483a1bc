//! One person, interviewed by the bot.

use rstest::rstest;

use super::opened::{countdowns, has_picture, whole};
use super::room::{Interruption, Room, bot};

/// Ann has begun alone, and reads her first question.
async fn begun(how: Interruption) -> Room {
    Room::opens(bot().await, "ann", "alone", &[]).await.with(how)
}

#[rstest]
#[tokio::test]
async fn alone_from_the_first_question_to_the_opened_card(
    #[values(Interruption::Never, Interruption::Stopped, Interruption::Killed)] how: Interruption,
) {
    let mut room = begun(how).await;
    room.is_interrupted().await;
    let agenda = room.reads("is interviewed by me").await.text();
    let ends = room.bot.clock.now().as_second() + 600;
    let [told] = *countdowns(&agenda) else { panic!("one end: {agenda}") };
    assert!((ends - 30..=ends).contains(&told), "{agenda}");

    let first = room.reads_question(1, 2).await;
    room.is_interrupted().await;
    room.writes("ann", "Answer", &["Whatever it is about."]).await;
    room.is_interrupted().await;
    let answer = room.reads("Answer to question 1").await.text();
    assert!(answer.contains("Whatever it is about."), "{answer}");
    let asked_on = room.reads("Follow-up to question 1").await.text();
    assert!(asked_on.contains(&first.follow_ups[0].prompt), "{asked_on}");
    room.only_for(&[], &first.answer);
    room.presses_again("ann", "I answered aloud").await;
    room.is_interrupted().await;
    let model = room.reads("Model answer to question 1").await;
    for shown in [&first.answer, &first.pitfalls[0], &first.follow_ups[0].answer] {
        assert!(model.text().contains(shown), "{shown}: {}", model.text());
    }
    room.chooses("ann", "Key points", &["1"]).await;
    room.until_says(model.id, "2. ☑").await;
    room.is_interrupted().await;
    room.presses("ann", "Next").await;

    let second = room.reads_question(2, 2).await;
    assert_ne!(first.id, second.id);
    room.presses("ann", "Hint").await;
    assert!(room.reads("Hint to question 2").await.text().contains(second.hint.as_ref().unwrap()));
    room.presses("ann", "I answered aloud").await;
    room.reads("Follow-up to question 2").await;
    room.presses("ann", "I answered aloud").await;
    room.reads("Model answer to question 2").await;
    room.presses("ann", "Finish").await;
    room.is_interrupted().await;

    room.reads("Press **My scorecard**").await;
    room.presses("ann", "My scorecard").await;
    let missing = room.is_refused("ann", "Seal for good").await;
    assert!(missing.contains("Communication") && missing.contains("Depth"), "{missing}");
    room.judges("ann", &[("Communication", "2"), ("Depth", "1")], "Ann").await;
    room.is_interrupted().await;
    room.only_for(&["ann"], "Ann on Depth");
    let sealed = room.presses("ann", "Seal for good").await;
    assert!(sealed.is_ephemeral() && sealed.text().contains("Sealed"), "{}", sealed.text());
    room.is_interrupted().await;

    let opened = room.reads("Scorecards: Alone").await;
    assert!(opened.text().contains("**1 of 2**"), "{}", opened.text());
    assert!(opened.text().contains("**0 of 2** (with a hint)"), "{}", opened.text());
    has_picture(&opened);
    let whole = whole(&opened);
    for told in [&first.prompt, &second.prompt, "Whatever it is about.", "Ann went well"] {
        assert!(whole.contains(told), "{told}: {whole}");
    }
    room.until_buttons(&["Delete (candidate)"]).await;
    room.until_says(room.announcement, "It is over.").await;
    let history = room.bot.slash("ann", "mock history", &[]).await;
    assert!(history.is_ephemeral() && history.text().contains("one proves little"));
    assert!(history.text().contains("self Solid"), "{}", history.text());
    assert!(room.bot.streak("ann").await.contains("1 day"));
    room.ends_well().await;
}
