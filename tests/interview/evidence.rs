//! What those who interview see of what a candidate has written: words for the key points, and never
//! a tick. How well it is found is tested where that is done: here everything is unsure.

use mockingbird::judge::Thresholds;
use mockingbird::practice::interview::{MockForm, MockMenu, MockPress as P};
use mockingbird::practice::rules::Rules;

use crate::story::Story;

const UNSURE: Thresholds = Thresholds { covered: 100, unsure: 0 };

fn story() -> Story {
    let mut story = Story::new();
    story.rules = Rules { judge: UNSURE, ..story.rules };
    story.starts("kim", "mid", ("ann", &["bob", "eve"]));
    for who in ["ann", "bob", "eve"] {
        story.presses(who, P::Join);
    }
    story
}

#[test]
fn who_interviews_sees_what_was_written_beside_the_key_points_and_ticks_alone() {
    let mut story = story();
    story.presses("bob", P::Kit(0, 0));
    assert!(!story.last_line().contains("written"), "nothing was: {}", story.last_line());
    story.submits("ann", MockForm::Answer(0, 0), &["Here stands point 1 of it."]);
    story.presses("bob", P::Kit(0, 0));
    let words = "written [\"Here stands point 1 of it.\", \"Here stands point 1 of it.\"]";
    assert!(story.last_line().contains(words), "{}", story.last_line());
    let without = story.last_line().replace(words, "");
    story.chooses("bob", MockMenu::Points(0, 0), &[0]);
    assert!(story.last_line().contains(words), "it stays while they tick: {}", story.last_line());
    assert_ne!(story.last_line().replace(words, ""), without);
    // The other one sees the same words, and no tick.
    story.presses("eve", P::Kit(0, 0));
    assert_eq!(story.last_line().replace("eve", "bob").replace(words, ""), without);
    // What follows on it counts as well.
    story.presses("eve", P::FollowUp(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["And point 0 of design-0 as well."]);
    story.presses("eve", P::Kit(0, 0));
    assert!(story.last_line().contains("And point 0 of"), "{}", story.last_line());
}

#[test]
fn a_candidate_sees_nothing_of_it() {
    let mut story = story();
    story.submits("ann", MockForm::Answer(0, 0), &["Here stands point 1 of it."]);
    story.told();
    for who in ["ann", "kim"] {
        story.presses(who, P::Kit(0, 0));
        assert!(story.last_line().contains("REFUSED"), "{}", story.last_line());
    }
    assert!(!story.told().contains("written"));
}

#[test]
fn who_is_alone_sees_what_they_wrote_once_they_have_the_model_answer() {
    let mut story = Story::new();
    story.rules = Rules { judge: UNSURE, ..story.rules };
    story.starts("ann", "mid", ("", &[]));
    story.submits("ann", MockForm::Answer(0, 0), &["Here stands point 1 of it."]);
    story.presses("ann", P::Found(0, 0));
    assert!(story.last_line().contains("REFUSED"), "not before: {}", story.last_line());
    for _ in 0..2 {
        story.presses("ann", P::Aloud(0, 0));
    }
    story.presses("ann", P::Found(0, 0));
    let words = "written [\"Here stands point 1 of it.\", \"Here stands point 1 of it.\"]";
    assert!(story.last_line().contains(words), "{}", story.last_line());
    story.presses("bob", P::Found(0, 0));
    assert!(story.last_line().contains("REFUSED"), "nobody else: {}", story.last_line());
    // Also of a question that has gone by.
    story.presses("ann", P::Next(0, 0));
    story.presses("ann", P::Found(0, 0));
    assert!(story.last_line().contains(words), "{}", story.last_line());
    story.presses("ann", P::DeleteForGood);
    story.presses("ann", P::Found(0, 0));
    assert!(story.last_line().contains("REFUSED"), "{}", story.last_line());
}

#[test]
fn who_interviews_can_paste_what_was_said_and_nothing_of_it_is_kept_or_ticked() {
    let mut story = story();
    story.presses("bob", P::Heard(0, 0));
    assert!(story.last_line().contains("Form for what was said"), "{}", story.last_line());
    let before = format!("{:?}", story.team);
    story.told();
    story.submits("bob", MockForm::Heard(0, 0), &["Aloud: point 1 of it."]);
    let told = story.told();
    assert!(told.contains("written [\"Aloud: point 1 of it.\""), "{told}");
    assert!(!told.contains("thread"), "he alone reads it: {told}");
    assert_eq!(format!("{:?}", story.team), before, "nothing of it is kept");
    // It stands in nobody's kit, and nothing is ticked.
    for who in ["bob", "eve"] {
        story.presses(who, P::Kit(0, 0));
        assert!(!story.last_line().contains("Aloud"), "{}", story.last_line());
        assert!(story.last_line().contains("points []"), "{}", story.last_line());
    }
    // Also of a question that has gone by.
    story.presses("bob", P::Next(0, 0));
    story.submits("bob", MockForm::Heard(0, 0), &["Aloud: point 1 of it."]);
    assert!(story.last_line().contains("Aloud"), "{}", story.last_line());
    story.submits("bob", MockForm::Heard(0, 0), &[" \n"]);
    assert!(story.last_line().contains("Heard of"), "{}", story.last_line());
}

#[test]
fn nobody_but_who_interviews_can_paste_what_was_said() {
    let mut story = story();
    for who in ["ann", "kim"] {
        story.presses(who, P::Heard(0, 0));
        assert!(story.last_line().contains("REFUSED"), "{}", story.last_line());
        story.submits(who, MockForm::Heard(0, 0), &["Aloud"]);
        assert!(story.last_line().contains("REFUSED"), "{}", story.last_line());
    }
    for (turn, question) in [(0, 1), (1, 0)] {
        story.submits("bob", MockForm::Heard(turn, question), &["Aloud"]);
        assert!(story.last_line().contains("REFUSED"), "{}", story.last_line());
    }
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &[]));
    story.presses("ann", P::Heard(0, 0));
    assert!(story.last_line().contains("REFUSED"), "nobody interviews: {}", story.last_line());
}
