//! Quizzes and reveals.

use insta::assert_snapshot;

use crate::story::Story;

#[test]
fn a_question_is_revealed_in_a_thread_when_somebody_reacts() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:databases");
    story.at("2026-11-23T08:05:00Z");
    story.reacts("bob", "💡");
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  bot → #prep
               (embed) Quiz
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me]
    Mon 08:00  bot reacts 💡
    Mon 08:05  bob reacts 💡
    Mon 08:05  bot → thread
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Revealed by:
                   <@100000000000000002>
                 (indexes · Databases · easy)
    ");
}
