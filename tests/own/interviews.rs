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
        (&[0_u8][..], "Missed 1x/1, due 2026-11-03, missed points [1, 2, 3, 4]"),
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

#[test]
fn missed_points_come_back_with_a_grade_that_is_taken_back() {
    let (id, mut story) = after(&[0]);
    story.hours(24);
    for (press, is_there) in [
        (P::Grade(key(&id), Grade::GotIt), false),
        (P::Grade(key(&id), Grade::Missed), true),
        (P::Grade(key(&id), Grade::Easy), false),
        (P::TakeBack(key(&id)), true),
        (P::Grade(key(&id), Grade::GotIt), false),
    ] {
        story.presses("ann", press);
        story.presses("ann", P::Ask(key(&id)));
        assert_eq!(story.last().contains("missed points"), is_there, "{press:?}");
    }
    // Another grade is the last one now: what was made up for is forgotten.
    let other = if id == "sql-1" { "sql-2" } else { "sql-1" };
    story.presses("ann", P::Grade(key(other), Grade::Missed));
    story.presses("ann", P::Export);
    assert!(story.told().contains("\"missed_key_points\": {}"), "it was known in the end");
}

#[test]
fn what_an_interview_finds_missing_is_shown_although_it_was_known_that_morning() {
    let id = "http-1".to_owned();
    let mut story = Story::new();
    let only = crate::seed::questions().filter(|question| question.id.as_str() == id);
    story.bank = mockingbird::bank::QuestionBank::of(only);
    story.presses("ann", P::Answer(key(&id)));
    story.presses("ann", P::Grade(key(&id), Grade::GotIt));
    story.interview("ann", "bob", &[0]);
    story.presses("ann", P::Ask(key(&id)));
    assert_eq!(
        story.last(),
        format!("{id} (GotIt 1x/0, due 2026-11-04, missed points [1, 2, 3, 4])")
    );
    story.presses("ann", P::TakeBack(key(&id)));
    assert_eq!(story.last(), "No: Own(CannotTakeBack)");
    story.bank = mockingbird::bank::QuestionBank::of(crate::seed::questions());
    story.hours(48);
    story.presses("ann", P::Grade(key("sql-3"), Grade::Missed));
    story.presses("ann", P::Ask(key(&id)));
    assert!(story.last().contains("missed points [1, 2, 3, 4]"), "{}", story.last());
}
