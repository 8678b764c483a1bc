//! Quizzes and reveals.

use insta::assert_snapshot;

use crate::story::Story;

#[test]
fn a_question_is_revealed_in_a_thread_when_somebody_reacts() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:databases");
    story.at("2026-11-23T08:05:00Z");
    story.reacts("bob", "💡");
    assert_snapshot!(story.told(), @"");
}
