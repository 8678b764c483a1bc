//! Interviews of two and of three, from the request to the opened scorecards.

use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress as P};

use crate::story::Story;

/// Ann and bob interview each other.
pub(crate) fn pair(story: &mut Story) {
    story.starts("ann", "pair", ("", &["bob"]));
    story.presses("bob", P::Join);
    story.minutes(1);
    story.presses("ann", P::Join);
    story.presses("bob", P::Kit(0, 0));
    story.chooses("bob", MockMenu::Points(0, 0), &[0]);
    story.minutes(3);
    story.presses("bob", P::FollowUp(0, 0));
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["in writing"]);
    story.presses("bob", P::Next(0, 0));
    story.presses("ann", P::Hint(1, 0));
    story.presses("ann", P::Kit(1, 0));
    story.chooses("ann", MockMenu::Points(1, 0), &[0, 1]);
    story.minutes(2);
    story.presses("ann", P::Next(1, 0));
    story.fills_in("bob", 0, &[2, 1]);
    story.fills_in("bob", 1, &[0, 3]);
    story.minutes(60);
    story.fills_in("ann", 0, &[3, 3]);
    story.fills_in("ann", 1, &[1, 2]);
    story.runs("ann", MockCall::History);
    story.runs("bob", MockCall::History);
}

/// Bob and eve interview ann.
pub(crate) fn panel(story: &mut Story) {
    story.starts("kim", "mid", ("ann", &["bob", "eve"]));
    story.presses("bob", P::Join);
    story.presses("eve", P::Join);
    story.presses("ann", P::Join);
    story.presses("eve", P::Kit(0, 0));
    story.presses("bob", P::Kit(0, 0));
    story.chooses("eve", MockMenu::Points(0, 0), &[0]);
    story.chooses("bob", MockMenu::Points(0, 0), &[1]);
    story.minutes(9);
    story.presses("eve", P::Next(0, 0));
    story.presses("bob", P::Hint(0, 1));
    story.minutes(3);
    story.presses("bob", P::Next(0, 1));
    story.presses("eve", P::PushBack(0, 2));
    story.runs("eve", MockCall::Pause);
    story.minutes(5);
    story.presses("bob", P::Resume);
    story.presses("bob", P::Kit(0, 2));
    story.chooses("bob", MockMenu::Points(0, 2), &[]);
    story.presses("eve", P::Next(0, 2));
    story.fills_in("bob", 0, &[2, 1]);
    story.runs("bob", MockCall::Status);
    story.fills_in("ann", 0, &[3, 3]);
    story.fills_in("eve", 0, &[3, 1]);
    story.runs("ann", MockCall::History);
    story.runs("bob", MockCall::History);
}

#[test]
fn a_pair_swaps_roles_and_both_turns_open_together() {
    let mut story = Story::new();
    pair(&mut story);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_panel_of_two_sees_its_own_kits_and_opens_its_cards_beside_the_candidate_s() {
    let mut story = Story::new();
    panel(&mut story);
    insta::assert_snapshot!(story.told());
}

#[test]
fn roles_swap_by_command_where_two_are_alone_and_once() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("bob", &[]));
    story.presses("bob", P::Join);
    story.presses("ann", P::Join);
    story.told();
    story.runs("bob", MockCall::Swap);
    story.presses("ann", P::Next(0, 0));
    story.presses("bob", P::Kit(0, 0));
    story.presses("bob", P::Kit(1, 0));
    story.runs("ann", MockCall::Swap);
    story.runs("ann", MockCall::End);
    insta::assert_snapshot!(story.told());
}

#[test]
fn nobody_swaps_with_a_bot_or_in_a_panel() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &[]));
    story.runs("ann", MockCall::Swap);
    assert!(story.last_line().contains("CannotSwap"), "{}", story.last_line());
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob", "eve"]));
    for who in ["ann", "bob", "eve"] {
        story.presses(who, P::Join);
    }
    story.runs("ann", MockCall::Swap);
    assert!(story.last_line().contains("CannotSwap"), "{}", story.last_line());
}
