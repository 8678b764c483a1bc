//! What does not work, and what comes of it.

use mockingbird::practice::effect::Failure;
use mockingbird::practice::interview::{MockCall, MockForm, MockPress as P};

use crate::cards::judging;
use crate::story::{Kind, PREP, Story};

fn unavailable() -> Failure {
    Failure::Unavailable { reason: "overloaded".to_owned() }
}

#[test]
fn a_thread_that_is_refused_ends_it_and_the_channel_reads_why() {
    let mut story = Story::new();
    story.fails(Kind::Thread, Failure::NotAllowed);
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.runs_in(PREP, "ann", MockCall::End);
    story.starts("kim", "mid", ("ann", &["bob"]));
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_thread_that_cannot_be_opened_now_is_opened_later() {
    let mut story = Story::new();
    story.fails(Kind::Thread, unavailable());
    story.fails(Kind::Thread, unavailable());
    story.starts("ann", "mid", ("", &[]));
    story.minutes(2);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_thread_that_cannot_be_opened_for_ten_minutes_is_given_up() {
    let mut story = Story::new();
    for _ in 0..40 {
        story.fails(Kind::Thread, unavailable());
    }
    story.starts("ann", "mid", ("", &[]));
    story.told();
    story.minutes(15);
    let told = story.told();
    assert!(
        told.ends_with("~ #prep: Announcement: Mid (private), ann by the bot: closed\n"),
        "{told}"
    );
}

#[test]
fn a_thread_deleted_in_the_middle_ends_it() {
    let mut story = Story::new();
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.presses("bob", P::Join);
    story.fails(Kind::Say, Failure::ChannelGone);
    story.told();
    story.presses("ann", P::Join);
    story.presses("bob", P::Next(0, 0));
    story.starts("ann", "one", ("", &[]));
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_thread_locked_while_cards_are_filled_in_opens_them_in_private() {
    let mut story = judging();
    story.fails(Kind::Mend, Failure::NotHere);
    story.fills_in("bob", 0, &[1, 2]);
    story.fails(Kind::Say, Failure::NotHere);
    story.fills_in("ann", 0, &[3, 3]);
    story.told();
    story.runs_in(PREP, "kim", MockCall::Status);
    story.runs_in(PREP, "bob", MockCall::Status);
    insta::assert_snapshot!(story.told());
}

#[test]
fn what_cannot_be_said_now_is_said_later_and_in_order() {
    let mut story = Story::new();
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.presses("bob", P::Join);
    for kind in [Kind::Mend, Kind::Say, Kind::Say] {
        story.fails(kind, unavailable());
    }
    story.presses("ann", P::Join);
    story.told();
    story.minutes(3);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_message_that_is_being_changed_ends_with_what_is_true() {
    let mut story = Story::new();
    story.starts("kim", "mid", ("ann", &["bob", "eve"]));
    story.is_slow();
    story.told();
    story.presses("bob", P::Join);
    story.presses("eve", P::Join);
    story.presses("ann", P::Join);
    let told = story.told();
    assert_eq!(told.matches("~ thread: Lobby").count(), 1, "one change at a time: {told}");
    story.lands();
    let stands = story.world.stands();
    assert_eq!(stands[1], "Lobby: ann by bob, eve; here: ann, bob, eve; over");
}

#[test]
fn a_message_that_was_being_changed_when_the_process_died_ends_with_what_is_true() {
    let mut story = Story::new();
    story.starts("kim", "mid", ("ann", &["bob", "eve"]));
    story.is_slow();
    story.presses("bob", P::Join);
    story.presses("eve", P::Join);
    story.restarts();
    let stands = story.world.stands();
    assert_eq!(
        stands[1],
        "Lobby: ann by bob, eve; here: bob, eve; until 08:10 [Join] [Begin] [Cancel]"
    );
}

#[test]
fn what_was_on_its_way_and_is_not_true_any_more_is_changed_when_it_stands() {
    let mut story = Story::new();
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.presses("bob", P::Join);
    story.presses("ann", P::Join);
    story.is_slow();
    story.presses("bob", P::Next(0, 0));
    story.runs("ann", MockCall::End);
    story.lands();
    let stands = story.world.stands();
    let question = stands.iter().find(|text| text.starts_with("Question 2")).expect("it stands");
    assert!(!question.contains('['), "it has no buttons: {question}");
    let mut story = Story::new();
    story.is_slow();
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.lands();
    assert!(story.world.stands()[0].ends_with("in its thread"), "{:?}", story.world.stands());
}

#[test]
fn what_came_unheard_and_was_untrue_when_it_was_looked_for_is_not_said_twice() {
    let mut story = Story::new();
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.presses("bob", P::Join);
    story.presses("ann", P::Join);
    story.works_unheard(Kind::Say);
    story.presses("bob", P::Next(0, 0));
    story.now += jiff::SignedDuration::from_mins(2);
    story.runs("ann", MockCall::End);
    story.minutes(3);
    let stands = story.world.stands();
    let questions: Vec<_> = stands.iter().filter(|text| text.starts_with("Question 2")).collect();
    assert_eq!(questions.len(), 1, "{stands:?}");
    assert!(!questions[0].contains('['), "it has no buttons: {questions:?}");
}

#[test]
fn whoever_answers_a_question_that_came_unheard_has_read_it() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &[]));
    for _ in 0..2 {
        story.presses("ann", P::Aloud(0, 0));
    }
    story.works_unheard(Kind::Say);
    story.presses("ann", P::Next(0, 0));
    story.told();
    story.presses("ann", P::Aloud(0, 1));
    let told = story.told();
    assert!(!told.contains("NotAnyMore"), "{told}");
    story.minutes(3);
    let stands = story.world.stands();
    let questions: Vec<_> = stands.iter().filter(|text| text.starts_with("Question 2")).collect();
    assert_eq!(questions.len(), 1, "{stands:?}");
    assert!(stands.iter().any(|text| text.starts_with("Follow-up")), "{stands:?}");
}

#[test]
fn what_came_unheard_before_a_rest_is_known_again_after_it() {
    for (unheard, times) in [("Agenda", 1), ("Time: Basics Nearly", 1), ("Resumed", 2)] {
        let mut story = Story::new();
        story.starts("ann", "mid", ("", &["bob"]));
        story.presses("bob", P::Join);
        if unheard == "Agenda" {
            story.works_unheard(Kind::Say);
        }
        story.presses("ann", P::Join);
        if unheard == "Time: Basics Nearly" {
            story.minutes(7);
            story.works_unheard(Kind::Say);
            story.minutes(1);
        } else if unheard == "Resumed" {
            story.runs("ann", MockCall::Pause);
            story.minutes(1);
            story.works_unheard(Kind::Say);
            story.presses("ann", P::Resume);
        }
        // Nothing works until no nonce is trusted any more.
        for _ in 0..8 {
            story.fails(Kind::Say, unavailable());
        }
        story.runs("ann", MockCall::Pause);
        story.minutes(1);
        story.presses("ann", P::Resume);
        story.minutes(25);
        let stands = story.world.stands();
        let known = stands.iter().filter(|text| text.starts_with(unheard)).count();
        assert_eq!(known, times, "{unheard}: {stands:#?}");
    }
}

#[test]
fn of_two_that_say_the_same_neither_is_taken_for_the_other() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob"]));
    story.presses("bob", P::Join);
    story.presses("ann", P::Join);
    story.runs("ann", MockCall::Pause);
    story.presses("ann", P::Resume);
    // So often that no nonce is trusted any more.
    for _ in 0..8 {
        story.fails(Kind::Say, unavailable());
    }
    story.runs("ann", MockCall::Pause);
    story.minutes(15);
    let paused = |story: &Story| {
        story.world.stands().iter().filter(|text| text.starts_with("Paused")).count()
    };
    assert_eq!(paused(&story), 2, "{:?}", story.world.stands());
    story.presses("ann", P::Resume);
    // One that came, and of which nobody has heard, is found.
    story.works_unheard(Kind::Say);
    story.runs("ann", MockCall::Pause);
    for _ in 0..8 {
        story.fails(Kind::Say, unavailable());
    }
    story.minutes(15);
    assert_eq!(paused(&story), 3, "{:?}", story.world.stands());
}

#[test]
fn an_answer_that_is_deleted_while_it_is_on_its_way_does_not_stay() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &[]));
    story.is_slow();
    story.submits("ann", MockForm::Answer(0, 0), &["my answer"]);
    story.presses("ann", P::DeleteForGood);
    story.lands();
    let stands = story.world.stands();
    assert!(!stands.join("\n").contains("my answer"), "{stands:?}");
}

#[test]
fn a_member_who_cannot_be_added_holds_nothing_up() {
    let mut story = Story::new();
    story.fails(Kind::Add, Failure::NotAllowed);
    story.fails(Kind::Add, unavailable());
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.minutes(2);
    insta::assert_snapshot!(story.told());
}

#[test]
fn an_announcement_or_note_that_is_gone_is_left_alone() {
    let mut story = Story::new();
    story.fails(Kind::Correct, Failure::MessageGone);
    story.starts("kim", "mid", ("ann", &["bob"]));
    story.fails(Kind::Mend, Failure::MessageGone);
    story.presses("bob", P::Join);
    story.told();
    story.presses("ann", P::Join);
    story.runs("ann", MockCall::End);
    story.world.replies.clear();
    story.restarts();
    insta::assert_snapshot!(story.told());
}

#[test]
fn an_announcement_that_came_too_late_is_missed_by_nobody_in_the_thread() {
    let mut story = Story::new();
    story.fails(Kind::Announce, Failure::Late);
    story.starts("ann", "one", ("", &[]));
    story.runs("ann", MockCall::End);
    insta::assert_snapshot!(story.told());
}
