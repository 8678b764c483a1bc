//! Quizzes: what is asked, and what becomes of the message.

use insta::assert_snapshot;
use mockingbird::bank::QuestionBank;
use mockingbird::practice::effect::{Failure, Step};

use crate::story::{Story, question, question_of};

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
                 [Show me] [Answer]
    Mon 08:00  bot reacts 💡
    Mon 08:05  bob reacts 💡
    Mon 08:05  bot → thread
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Revealed by:
                   @bob
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    ");
}

#[test]
fn a_channel_sees_every_question_before_one_comes_again() {
    let mut story = Story::new();
    let mut asked = Vec::new();
    for _ in 0..6 {
        asked.push(story.asks("ann", "/quiz topic:any"));
    }
    for round in asked.chunks(3) {
        for id in ["acid", "indexes", "joins"] {
            assert!(round.iter().any(|text| text.contains(id)), "{id} in {round:?}");
        }
    }
    assert_ne!(asked[2], asked[3], "nor twice in a row");
}

#[test]
fn a_quiz_keeps_to_the_topic() {
    let mut story = Story::new();
    story.bank = QuestionBank::of(
        ["acid", "joins"]
            .map(question)
            .into_iter()
            .chain([question_of("http", "caching"), question_of("http", "methods")]),
    );
    for _ in 0..4 {
        assert!(story.asks("ann", "/quiz topic:http").contains("Http · easy"));
    }
}

#[test]
fn what_no_question_fits_is_refused_with_a_way_out() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:xyzzy");
    story.runs("ann", "/quiz topic:databases level:hard");
    story.runs("ann", "/quiz topic:databases level:impossible");
    assert_eq!(story.questions(), 0);
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /quiz topic:xyzzy
    Mon 08:00  bot → ann (only)
               (embed)
                 No topic is called `xyzzy`, and no question has these words. `/topics` lists the topics, and `any` takes any of them.
    Mon 08:00  ann runs /quiz topic:databases level:hard
    Mon 08:00  bot → ann (only)
               (embed)
                 No question has topic `databases` and level `hard`. Leave out an option, or choose `topic:any`.
    Mon 08:00  ann runs /quiz topic:databases level:impossible
    Mon 08:00  bot → ann (only)
               (embed)
                 `impossible` does not fit the option `level`. It should be one of easy, medium, hard.
    ");
}

#[test]
fn a_quiz_whose_answer_discord_never_took_is_forgotten_and_its_question_comes_again() {
    let mut story = Story::new();
    story.bank = QuestionBank::of([question("acid"), question("joins")]);
    story.fails(Step::Send, Failure::Late);
    let first = story.asks("ann", "/quiz topic:any");
    assert!(!first.contains("What about"));
    story.asks("ann", "/quiz topic:any");
    story.asks("ann", "/quiz topic:any");
    assert_eq!(story.questions(), 2, "both questions were asked, none of them twice");
}

#[test]
fn a_quiz_whose_answer_was_lost_on_the_way_back_is_found_in_the_channel() {
    for how in ["Unavailable", "death"] {
        let mut story = Story::new();
        if how == "death" {
            story.dies_after(Step::Send);
            story.runs("ann", "/quiz topic:databases");
            story.restarts();
        } else {
            story.works_unheard(Step::Send);
            story.runs("ann", "/quiz topic:databases");
        }
        story.reacts("bob", "💡");
        assert_eq!((story.questions(), story.answers()), (1, 1), "{how}");
    }
}

#[test]
fn a_quiz_that_comes_to_stand_only_after_a_restart_is_found() {
    for looks in 1..3 {
        let mut story = Story::new();
        story.dies_after(Step::Send);
        story.runs("ann", "/quiz topic:databases");
        story.is_slow(true);
        for _ in 0..looks {
            story.restarts();
        }
        story.is_slow(false);
        story.at("2026-11-23T08:01:00Z");
        story.reacts("bob", "💡");
        assert_eq!((story.questions(), story.answers()), (1, 1), "{looks} looks");
    }
}

#[test]
fn a_quiz_that_was_never_posted_before_a_crash_is_forgotten() {
    let mut story = Story::new();
    story.dies_before(Step::Send);
    story.runs("ann", "/quiz topic:databases");
    story.restarts();
    story.at("2026-11-23T08:01:00Z");
    assert_eq!(story.questions(), 0);
    for _ in 0..3 {
        story.asks("ann", "/quiz topic:any");
    }
    assert_eq!(story.questions(), 3, "the question that was lost comes with the others");
    assert_snapshot!(story.gist(), @"
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  (the process dies)
    ");
}
