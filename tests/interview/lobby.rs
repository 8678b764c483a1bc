//! How an interview comes to be, or does not.

use mockingbird::practice::ChannelId;
use mockingbird::practice::input::Place;
use mockingbird::practice::interview::{MockCall, MockPress as P};

use crate::story::{PREP, Story};

#[test]
fn a_lobby_that_nobody_joins_is_cancelled_with_a_notice() {
    let mut story = Story::new();
    story.starts("ann", "pair", ("", &["bob"]));
    story.minutes(3);
    story.presses("ann", P::Join);
    story.presses("ann", P::Begin);
    story.minutes(8);
    story.presses("bob", P::Join);
    story.runs("ann", MockCall::Status);
    insta::assert_snapshot!(story.told());
}

#[test]
fn the_candidate_begins_with_those_who_are_there() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob", "eve"]));
    story.presses("bob", P::Join);
    story.presses("bob", P::Join);
    story.presses("bob", P::Begin);
    story.presses("ann", P::Begin);
    story.presses("eve", P::Join);
    story.presses("eve", P::Kit(0, 0));
    story.presses("ann", P::Begin);
    story.runs("ann", MockCall::End);
    insta::assert_snapshot!(story.told());
}

#[test]
fn anybody_of_it_calls_it_off_and_then_another_one_can_begin() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("bob", &[]));
    story.presses("kim", P::Cancel);
    story.presses("bob", P::Cancel);
    story.presses("bob", P::Cancel);
    story.starts("bob", "mid", ("", &[]));
    story.runs("bob", MockCall::End);
    insta::assert_snapshot!(story.told());
}

#[test]
fn what_cannot_be_started_says_why_and_leaves_nothing() {
    let mut story = Story::new();
    story.starts("ann", "none", ("", &[]));
    story.starts("ann", "pair", ("", &[]));
    story.starts("ann", "pair", ("", &["bob", "eve"]));
    story.starts("ann", "mid", ("", &["ann"]));
    story.starts("ann", "mid", ("eve", &["bob", "eve"]));
    story.starts("ann", "mid", ("", &["bob", "bob"]));
    story.place = Place::Thread;
    story.starts("ann", "mid", ("", &[]));
    story.place = Place::Private;
    story.starts("ann", "mid", ("", &["bob"]));
    story.place = Place::Channel;
    story.bank = mockingbird::bank::QuestionBank::of(
        story
            .bank
            .iter()
            .filter(|question| question.id.as_str() != "sql-0")
            .take(6)
            .map(|q| (**q).clone()),
    );
    story.starts("ann", "one", ("", &[]));
    story.runs_in(PREP, "ann", MockCall::End);
    assert_eq!(story.team.next_wakeup(), None);
    insta::assert_snapshot!(story.told());
}

#[test]
fn nobody_is_in_two_interviews_at_once() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob"]));
    story.told();
    story.starts("bob", "mid", ("", &[]));
    story.starts("kim", "mid", ("bob", &[]));
    story.starts("kim", "mid", ("", &["eve", "ann"]));
    insta::assert_snapshot!(story.told());
}

#[test]
fn in_a_private_chat_the_chat_is_the_thread() {
    let mut story = Story::new();
    story.in_private(ChannelId(900));
    story.starts("ann", "one", ("", &[]));
    story.presses("ann", P::Aloud(0, 0));
    story.presses("ann", P::Next(0, 0));
    story.fills_in("ann", 0, &[0, 0]);
    story.starts("ann", "one", ("", &[]));
    story.runs("ann", MockCall::Status);
    insta::assert_snapshot!(story.told());
}
