//! Whole interviews in the words that people read: from the request to the opened scorecards.

use mockingbird::practice::ChannelId;
use mockingbird::practice::effect::Failure;
use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress as P};

use crate::story::{Kind, PREP, Story};

/// A member fills in a scorecard in words.
fn judges(story: &mut Story, who: &str, turn: u8, bands: [u8; 2], words: [&str; 4]) {
    for (dimension, band) in (0..).zip(bands) {
        story.chooses(who, MockMenu::Band(turn, dimension), &[band]);
    }
    let [first, second, well, next] = words;
    story.presses(who, P::Comments(turn));
    story.submits(who, MockForm::Comments(turn), &[first, second]);
    story.presses(who, P::Words(turn));
    story.submits(who, MockForm::Words(turn), &[well, next]);
    story.presses(who, P::Seal(turn));
}

/// The same without a word.
fn ticks(story: &mut Story, who: &str, turn: u8, bands: [u8; 2]) {
    for (dimension, band) in (0..).zip(bands) {
        story.chooses(who, MockMenu::Band(turn, dimension), &[band]);
    }
    story.presses(who, P::Seal(turn));
}

#[test]
fn one_alone_is_asked_and_opens_their_own_scorecard() {
    let mut story = Story::new();
    story.in_full();
    story.runs("ann", MockCall::Plans);
    story.starts("ann", "mid", ("", &[]));
    story.minutes(1);
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["Because it is `stateless`."]);
    story.minutes(2);
    story.presses("ann", P::Aloud(0, 0));
    story.chooses("ann", MockMenu::Points(0, 0), &[1]);
    story.presses("ann", P::Next(0, 0));
    story.minutes(6);
    story.presses("ann", P::Hint(0, 1));
    story.presses("ann", P::Aloud(0, 1));
    story.presses("ann", P::Aloud(0, 1));
    story.presses("ann", P::Next(0, 1));
    story.minutes(25);
    story.presses("ann", P::Resume);
    story.presses("ann", P::Aloud(0, 2));
    story.presses("ann", P::Aloud(0, 2));
    story.presses("ann", P::Aloud(0, 2));
    story.chooses("ann", MockMenu::Points(0, 2), &[0, 1]);
    story.presses("ann", P::Next(0, 2));
    story.presses("ann", P::Card);
    story.presses("ann", P::Seal(0));
    judges(&mut story, "ann", 0, [2, 3], ["Went in order.", "", "The design.", "Name the costs."]);
    story.runs("ann", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn two_interview_each_other_and_open_both_turns() {
    let mut story = Story::new();
    story.in_full();
    story.starts("ann", "pair", ("", &["bob"]));
    story.minutes(1);
    story.presses("bob", P::Join);
    story.presses("bob", P::Kit(0, 0));
    story.chooses("bob", MockMenu::Points(0, 0), &[0]);
    story.minutes(3);
    story.presses("bob", P::FollowUp(0, 0));
    story.minutes(2);
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["It depends on **who** asks"]);
    story.presses("bob", P::Next(0, 0));
    story.presses("bob", P::Kit(1, 0));
    story.presses("ann", P::Hint(1, 0));
    story.presses("ann", P::Kit(1, 0));
    story.chooses("ann", MockMenu::Points(1, 0), &[0, 1]);
    story.minutes(2);
    story.presses("ann", P::Next(1, 0));
    story.presses("bob", P::Card);
    judges(&mut story, "bob", 0, [2, 1], ["Clear.", "Stayed on top.", "Calm.", "Say why."]);
    ticks(&mut story, "bob", 1, [0, 3]);
    story.minutes(60);
    story.presses("ann", P::Card);
    ticks(&mut story, "ann", 0, [3, 3]);
    ticks(&mut story, "ann", 1, [1, 3]);
    story.runs("ann", MockCall::History);
    story.runs("bob", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn two_interview_a_third_and_open_their_scorecards_together() {
    let mut story = Story::new();
    story.in_full().files = 1;
    story.starts("kim", "mid", ("ann", &["bob", "eve"]));
    story.presses("bob", P::Join);
    story.presses("eve", P::Join);
    story.presses("ann", P::Join);
    story.presses("eve", P::Kit(0, 0));
    story.chooses("eve", MockMenu::Points(0, 0), &[0]);
    story.presses("ann", P::Kit(0, 0));
    story.minutes(9);
    story.presses("eve", P::Next(0, 0));
    story.presses("bob", P::Hint(0, 1));
    story.minutes(3);
    story.presses("bob", P::Next(0, 1));
    story.presses("eve", P::PushBack(0, 2));
    story.presses("ann", P::Answer(0, 2));
    story.submits(
        "ann",
        MockForm::Answer(0, 2),
        &["| a | b |\n# Not a heading, @everyone\n```sql\nSELECT 1"],
    );
    story.runs("eve", MockCall::Pause);
    story.minutes(5);
    story.presses("bob", P::Resume);
    story.presses("eve", P::Next(0, 2));
    story.presses("bob", P::Card);
    let bob = ["Clear | and `calm", "<@102> agrees", "Listened.", "Draw it first."];
    judges(&mut story, "bob", 0, [2, 1], bob);
    story.runs("bob", MockCall::Status);
    story.presses("ann", P::Card);
    ticks(&mut story, "ann", 0, [3, 3]);
    story.presses("eve", P::Card);
    ticks(&mut story, "eve", 0, [3, 1]);
    story.runs("ann", MockCall::History);
    story.runs("eve", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_card_that_is_missing_and_everything_deleted() {
    let mut story = Story::new();
    story.in_full();
    story.starts("ann", "one", ("", &["bob", "eve"]));
    story.presses("bob", P::Join);
    story.presses("eve", P::Join);
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["a ~~b~~"]);
    story.runs("bob", MockCall::End);
    story.told();
    story.presses("bob", P::Card);
    ticks(&mut story, "bob", 0, [1, 1]);
    story.presses("bob", P::Card);
    story.told();
    story.minutes(24 * 60);
    story.presses("bob", P::Delete);
    story.presses("ann", P::Delete);
    story.presses("ann", P::DeleteForGood);
    story.runs("ann", MockCall::Status);
    story.runs("ann", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn nobody_comes_and_no_thread_may_be_opened() {
    let mut story = Story::new();
    story.in_full();
    story.starts("ann", "one", ("", &["bob"]));
    story.told();
    story.presses("ann", P::Begin);
    story.starts("bob", "one", ("", &[]));
    story.starts("kim", "one", ("bob", &[]));
    story.minutes(10);
    story.fails(Kind::Thread, Failure::NotAllowed);
    story.starts("ann", "one", ("", &[]));
    story.runs_in(PREP, "ann", MockCall::Pause);
    story.runs_in(PREP, "ann", MockCall::Status);
    insta::assert_snapshot!(story.told());
}

#[test]
fn in_a_private_chat() {
    let mut story = Story::new();
    story.in_full();
    story.in_private(ChannelId(900));
    story.starts("ann", "one", ("", &[]));
    story.presses("ann", P::Aloud(0, 0));
    story.starts("ann", "one", ("", &[]));
    story.runs("ann", MockCall::Status);
    story.runs("ann", MockCall::Pause);
    story.runs("ann", MockCall::Pause);
    story.runs("ann", MockCall::Resume);
    story.runs("ann", MockCall::Swap);
    story.runs("ann", MockCall::End);
    story.minutes(24 * 60);
    insta::assert_snapshot!(story.told());
}
