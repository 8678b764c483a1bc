//! Meeting questions and grading them.

use insta::assert_snapshot;
use mockingbird::practice::own::{Grade, OwnCall, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

#[test]
fn an_answer_that_was_asked_for_can_be_graded_corrected_and_taken_back() {
    let mut story = Story::new();
    story.quiz("ann", "git");
    story.shows("bob");
    let git = story.asked();
    story.presses("bob", P::Grade(key(&git), Grade::Missed));
    story.presses("bob", P::Grade(key(&git), Grade::Missed));
    story.presses("bob", P::Grade(key(&git), Grade::GotIt));
    story.presses("bob", P::TakeBack(key(&git)));
    story.presses("bob", P::TakeBack(key(&git)));
    story.presses("bob", P::Grade(key(&git), Grade::Easy));
    assert_snapshot!(story.told(), @"
    Nov 02 Mon 08:00  ann runs /quiz git
    Nov 02 Mon 08:00    to everybody: Question: git-0
    Nov 02 Mon 08:00  bob presses Show me
    Nov 02 Mon 08:00    to bob: git-0 (met), answer: grade it, streak 1
    Nov 02 Mon 08:00  bob presses Grade(git-0, Missed)
    Nov 02 Mon 08:00    to bob (update): git-0 (Missed 1x/1, due 2026-11-03), answer: Missed, due 2026-11-03 in 1 d
    Nov 02 Mon 08:00  bob presses Grade(git-0, Missed)
    Nov 02 Mon 08:00    to bob (update): git-0 (Missed 1x/1, due 2026-11-03), answer: Missed, due 2026-11-03 in 1 d
    Nov 02 Mon 08:00  bob presses Grade(git-0, GotIt)
    Nov 02 Mon 08:00    to bob (update): git-0 (GotIt 1x/0, due 2026-11-04), answer: GotIt, due 2026-11-04 in 2 d, replaced
    Nov 02 Mon 08:00  bob presses TakeBack(git-0)
    Nov 02 Mon 08:00    to bob (update): git-0: taken back
    Nov 02 Mon 08:00  bob presses TakeBack(git-0)
    Nov 02 Mon 08:00    to bob: No: Own(CannotTakeBack)
    Nov 02 Mon 08:00  bob presses Grade(git-0, Easy)
    Nov 02 Mon 08:00    to bob (update): git-0 (Easy 1x/0, due 2026-11-10), answer: Easy, due 2026-11-10 in 8 d
    ");
}

#[test]
fn a_grade_under_a_public_answer_counts_for_whoever_presses() {
    let mut story = Story::new();
    story.quiz("ann", "sql");
    story.reacts("ann");
    let sql = story.asked();
    story.told();
    story.presses("bob", P::GradePost(story.post, Grade::Partly));
    story.presses("ann", P::GradePost(story.post, Grade::GotIt));
    story.presses("ann", P::Ask(key("http-1")));
    story.presses("ann", P::Answer(key("http-1")));
    story.presses("ann", P::Grade(key("http-1"), Grade::Missed));
    // Another one came after it.
    story.presses("ann", P::GradePost(story.post, Grade::Missed));
    story.presses("ann", P::TakeBack(key(&sql)));
    story.hours(24);
    story.presses("ann", P::TakeBack(key("http-1")));
    assert_snapshot!(story.told(), @"
    Nov 02 Mon 08:00  bob presses GradePost(PostId(300000000000000001), Partly)
    Nov 02 Mon 08:00    to bob: sql-0: Partly, due 2026-11-03 in 1 d
    Nov 02 Mon 08:00  ann presses GradePost(PostId(300000000000000001), GotIt)
    Nov 02 Mon 08:00    to ann: sql-0: GotIt, due 2026-11-04 in 2 d
    Nov 02 Mon 08:00  ann presses Ask(http-1)
    Nov 02 Mon 08:00    to ann: http-1 (new)
    Nov 02 Mon 08:00  ann presses Answer(http-1)
    Nov 02 Mon 08:00    to ann (update): http-1 (met), answer: grade it
    Nov 02 Mon 08:00  ann presses Grade(http-1, Missed)
    Nov 02 Mon 08:00    to ann (update): http-1 (Missed 1x/1, due 2026-11-03), answer: Missed, due 2026-11-03 in 1 d
    Nov 02 Mon 08:00  ann presses GradePost(PostId(300000000000000001), Missed)
    Nov 02 Mon 08:00    to ann: No: Own(GradedToday)
    Nov 02 Mon 08:00  ann presses TakeBack(sql-0)
    Nov 02 Mon 08:00    to ann: No: Own(CannotTakeBack)
    Nov 03 Tue 08:00  ann presses TakeBack(http-1)
    Nov 03 Tue 08:00    to ann: No: Own(CannotTakeBack)
    ");
}

#[test]
fn a_question_that_the_bank_lost_is_still_graded_where_it_was_posted() {
    let mut story = Story::new();
    story.quiz("ann", "git");
    story.shows("ann");
    let git = story.asked();
    story.bank = mockingbird::bank::QuestionBank::default();
    story.presses("ann", P::Grade(key(&git), Grade::GotIt));
    assert!(story.last().starts_with(&git), "{}", story.told());
    story.presses("ann", P::Ask(key("nothing")));
    assert_eq!(story.last(), "No: Own(QuestionGone)");
    story.runs("ann", OwnCall::Review);
    assert!(story.last().starts_with("Review over"), "what is gone is not reviewed");
}

#[test]
fn meeting_a_known_question_again_does_not_change_when_it_is_due() {
    let mut story = Story::new();
    story.presses("ann", P::Ask(key("git-0")));
    story.presses("ann", P::Answer(key("git-0")));
    story.presses("ann", P::Grade(key("git-0"), Grade::Easy));
    story.hours(24);
    story.presses("ann", P::Ask(key("git-0")));
    let before = story.last();
    story.presses("ann", P::Answer(key("git-0")));
    story.presses("ann", P::Ask(key("git-0")));
    assert_eq!(story.last(), before);
    assert!(before.contains("due 2026-11-10"), "{before}");
    // But the day has one question more to show.
    story.runs("ann", OwnCall::Me);
    assert!(story.told().contains("streak 2; 2 days, 2 questions"));
}

#[test]
fn a_reaction_makes_a_question_met_and_the_review_brings_it_back() {
    let mut story = Story::new();
    story.quiz("ann", "git");
    let git = story.asked();
    story.reacts("bob");
    story.runs("bob", OwnCall::Review);
    assert!(story.last().contains(&format!("{git} (met)")), "{}", story.last());
    story.runs("ann", OwnCall::Review);
    assert!(story.last().contains("0 due"), "ann only asked for the question");
}

#[test]
fn the_eighth_lapse_is_named_when_it_happens() {
    let mut story = Story::new();
    for _ in 0..9 {
        story.presses("ann", P::Answer(key("git-0")));
        story.presses("ann", P::Grade(key("git-0"), Grade::GotIt));
        story.hours(24);
        story.presses("ann", P::Grade(key("git-0"), Grade::Missed));
        story.hours(24);
    }
    let told = story.told();
    assert_eq!(told.matches("a leech of").count(), 1, "{told}");
    assert!(told.contains("a leech of 8"));
}

#[test]
fn whoever_travels_west_lives_a_day_twice_and_grades_once() {
    let mut story = Story::new();
    story.moves("ann", "Pacific/Kiritimati");
    story.at("2026-11-02T20:00:00Z");
    story.presses("ann", P::Answer(key("git-0")));
    story.presses("ann", P::Grade(key("git-0"), Grade::GotIt));
    story.moves("ann", "Pacific/Honolulu");
    story.presses("ann", P::Answer(key("git-1")));
    story.presses("ann", P::Grade(key("git-0"), Grade::Missed));
    assert!(story.last().contains("replaced"), "{}", story.last());
    story.runs("ann", OwnCall::Me);
    assert!(story.told().contains("streak 1; 1 days, 2 questions"));
}
