//! Interviews as practice: what was judged comes back in the review, with what was missed.

use mockingbird::practice::own::{Grade, OwnCall, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

/// The question that an interview of ann's asked, and what she reads of it then.
fn after(points: &[u8]) -> (String, Story) {
    let mut story = Story::new();
    story.interview("ann", "bob", points);
    story.presses("ann", P::Export);
    let export = story.told();
    let had = export.split("\"questions_of_interviews\": [").nth(1).expect("an interview");
    let id = had.split('"').nth(1).expect("a question").to_owned();
    story.presses("ann", P::Ask(key(&id)));
    (id, story)
}

#[test]
fn what_was_judged_is_graded_by_the_points_that_were_made() {
    for (points, grade) in [
        (&[0_u8][..], "Missed 1x/0, due 2026-11-03, missed points [1, 2, 3, 4]"),
        (&[0, 1], "Partly 1x/0, due 2026-11-03, missed points [2, 3, 4]"),
        (&[0, 1, 2, 3], "GotIt 1x/0, due 2026-11-04, missed points [4]"),
        (&[0, 1, 2, 3, 4], "GotIt 1x/0, due 2026-11-04"),
    ] {
        let (id, story) = after(points);
        assert_eq!(story.last(), format!("{id} ({grade})"));
    }
}

#[test]
fn missed_points_are_shown_until_the_question_is_known() {
    let (id, mut story) = after(&[0]);
    story.presses("ann", P::TakeBack(key(&id)));
    assert_eq!(story.last(), "No: Own(CannotTakeBack)", "an interview is not taken back");
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    assert_eq!(story.under_review(), id);
    story.presses("ann", P::ReviewAnswer(key(&id)));
    assert!(story.last().contains("missed points [1, 2, 3, 4]"), "{}", story.last());
    story.presses("ann", P::Grade(key(&id), Grade::Partly));
    assert!(story.last().contains("missed points"), "{}", story.last());
    story.presses("ann", P::Grade(key(&id), Grade::GotIt));
    assert!(!story.last().contains("missed points"), "{}", story.last());
    story.presses("ann", P::Ask(key(&id)));
    assert!(!story.last().contains("missed points"), "{}", story.last());
}

#[test]
fn one_s_own_grade_of_that_day_says_more_than_an_interview() {
    let mut story = Story::new();
    for question in crate::seed::questions() {
        let id = key(question.id.as_str());
        story.presses("ann", P::Answer(id));
        story.presses("ann", P::Grade(id, Grade::Easy));
    }
    story.interview("ann", "bob", &[]);
    story.runs("ann", OwnCall::Topics);
    assert!(!story.told().lines().rev().take(3).any(|line| line.contains("+1+")), "all are known");
}

#[test]
fn the_weekly_post_counts_opened_interviews() {
    let mut story = Story::new();
    story.interview("ann", "bob", &[0, 1]);
    story.runs("ann", OwnCall::DigestSet { channel: None, day: None, at: None, zone: None });
    story.at("2026-11-09T12:00:00Z");
    assert!(story.told().contains("1 interviews"));
}
