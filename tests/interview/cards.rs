//! Scorecards: sealed, late, deleted.

use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress as P};

use crate::story::{PREP, Story};

/// Bob has interviewed ann; the scorecards are to be filled in.
pub(crate) fn judging() -> Story {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob"]));
    story.presses("ann", P::Join);
    story.presses("bob", P::Join);
    story.presses("bob", P::Kit(0, 0));
    story.chooses("bob", MockMenu::Points(0, 0), &[0]);
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["my answer"]);
    story.presses("bob", P::Next(0, 0));
    story.runs("ann", MockCall::End);
    story.told();
    story
}

#[test]
fn a_card_needs_all_its_bands_and_is_sealed_for_good() {
    let mut story = judging();
    story.presses("bob", P::Seal(0));
    story.presses("bob", P::Card);
    story.chooses("bob", MockMenu::Band(0, 1), &[3]);
    story.presses("bob", P::Seal(0));
    story.chooses("bob", MockMenu::Band(0, 0), &[4]);
    story.chooses("bob", MockMenu::Band(0, 2), &[1]);
    story.chooses("bob", MockMenu::Band(1, 0), &[1]);
    story.chooses("bob", MockMenu::Band(0, 0), &[1, 2]);
    story.chooses("bob", MockMenu::Band(0, 0), &[1]);
    story.presses("bob", P::Comments(0));
    story.submits("bob", MockForm::Comments(0), &["clear", "", "too many"]);
    story.presses("bob", P::Comments(0));
    story.presses("bob", P::Words(0));
    story.submits("bob", MockForm::Words(0), &[" much ", &"x".repeat(1001)]);
    story.presses("bob", P::Seal(0));
    story.presses("bob", P::Seal(0));
    story.presses("bob", P::Card);
    story.chooses("bob", MockMenu::Band(0, 0), &[3]);
    story.presses("kim", P::Card);
    insta::assert_snapshot!(story.told().replace(&"x".repeat(1000), "x…"));
}

#[test]
fn at_the_deadline_the_cards_that_are_there_are_opened() {
    let mut story = judging();
    story.fills_in("bob", 0, &[1, 2]);
    story.presses("ann", P::Card);
    story.chooses("ann", MockMenu::Band(0, 0), &[3]);
    story.told();
    story.minutes(24 * 60);
    story.presses("ann", P::Seal(0));
    story.runs("ann", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn without_any_card_the_questions_are_listed_all_the_same() {
    let mut story = judging();
    story.minutes(24 * 60);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_candidate_deletes_what_was_opened() {
    let mut story = judging();
    story.fills_in("bob", 0, &[1, 2]);
    story.fills_in("ann", 0, &[1, 2]);
    story.told();
    story.presses("bob", P::Delete);
    story.presses_in(PREP, "ann", P::Delete);
    story.presses_in(PREP, "ann", P::DeleteForGood);
    story.presses("ann", P::DeleteForGood);
    story.runs("ann", MockCall::History);
    story.restarts();
    assert!(!format!("{:?}", story.team).contains("my answer"));
    assert!(!story.world.stands().join("\n").contains("my answer"));
    assert!(!format!("{:?}", story.team).contains("secret 0"));
    assert!(!format!("{:?}", story.team).contains("misses: {Question"));
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_candidate_deletes_before_anything_is_opened() {
    let mut story = judging();
    story.fills_in("bob", 0, &[1, 2]);
    story.told();
    story.presses("ann", P::DeleteForGood);
    story.presses("bob", P::Card);
    story.runs("ann", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn of_a_pair_one_deletes_and_the_other_s_turn_is_opened() {
    let mut story = Story::new();
    story.starts("ann", "pair", ("", &["bob"]));
    story.presses("bob", P::Join);
    story.presses("ann", P::Join);
    story.presses("bob", P::Next(0, 0));
    story.presses("ann", P::Next(1, 0));
    story.fills_in("bob", 0, &[1, 2]);
    story.fills_in("bob", 1, &[1, 2]);
    story.presses("ann", P::Card);
    story.told();
    story.presses("ann", P::DeleteForGood);
    story.fills_in("ann", 1, &[0, 0]);
    story.presses("ann", P::DeleteForGood);
    insta::assert_snapshot!(story.told());
}

#[test]
fn misses_are_what_nobody_ticked_and_go_when_they_are_made() {
    let mut story = judging();
    story.minutes(24 * 60);
    let state = format!("{:?}", story.team);
    let misses = state.matches("points: {1}").count();
    assert_eq!(misses, 1, "bob ticked the first point of the first question: {state}");
}

#[test]
fn an_interview_counts_the_day_of_everybody_in_it_once() {
    let story = judging();
    let state = format!("{:?}", story.team);
    assert_eq!(state.matches("streak: Some").count(), 2, "{state}");
}
