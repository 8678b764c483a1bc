//! The review of a day.

use insta::assert_snapshot;
use mockingbird::practice::own::{Grade, OwnCall, OwnMenu, OwnPress as P};
use mockingbird::practice::rules::{ReviewRule, Rules};

use crate::seed::key;
use crate::story::Story;

/// Grades some questions, one after another.
fn grades(story: &mut Story, who: &str, all: &[(&str, Grade)]) {
    for (id, grade) in all {
        story.presses(who, P::Answer(key(id)));
        story.presses(who, P::Grade(key(id), *grade));
    }
    story.told();
}

#[test]
fn a_review_goes_from_what_is_due_to_what_is_new_and_ends() {
    let mut story = Story::new();
    grades(
        &mut story,
        "ann",
        &[("git-0", Grade::Missed), ("git-1", Grade::GotIt), ("sql-0", Grade::Easy)],
    );
    story.presses("ann", P::Answer(key("sql-1")));
    story.at("2026-11-05T09:00:00Z");
    story.told();
    story.runs("ann", OwnCall::Review);
    for grade in Grade::ALL.into_iter().cycle() {
        if !story.last().contains(" new] ") {
            break;
        }
        let id = story.under_review();
        story.presses("ann", P::ReviewAnswer(key(&id)));
        story.presses("ann", P::ReviewGrade(key(&id), grade));
    }
    assert_snapshot!(story.told(), @"
    Nov 05 Thu 09:00  ann runs Review
    Nov 05 Thu 09:00    to ann: [3 due, 3 new] git-0 (Missed 1x/0, due 2026-11-03)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(git-0)
    Nov 05 Thu 09:00    to ann (update): [3 due, 3 new] git-0 (Missed 1x/0, due 2026-11-03), answer: grade it, streak 1
    Nov 05 Thu 09:00  ann presses ReviewGrade(git-0, Missed)
    Nov 05 Thu 09:00    to ann (update): (git-0: Missed, due 2026-11-06 in 1 d) [2 due, 3 new] git-1 (GotIt 1x/0, due 2026-11-04)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(git-1)
    Nov 05 Thu 09:00    to ann (update): [2 due, 3 new] git-1 (GotIt 1x/0, due 2026-11-04), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(git-1, Partly)
    Nov 05 Thu 09:00    to ann (update): (git-1: Partly, due 2026-11-14 in 9 d) [1 due, 3 new] sql-1 (met)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(sql-1)
    Nov 05 Thu 09:00    to ann (update): [1 due, 3 new] sql-1 (met), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(sql-1, GotIt)
    Nov 05 Thu 09:00    to ann (update): (sql-1: GotIt, due 2026-11-07 in 2 d) [0 due, 2 new] sql-3 (new)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(sql-3)
    Nov 05 Thu 09:00    to ann (update): [0 due, 2 new] sql-3 (met), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(sql-3, Easy)
    Nov 05 Thu 09:00    to ann (update): (sql-3: Easy, due 2026-11-13 in 8 d) [0 due, 1 new] git-3 (new)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(git-3)
    Nov 05 Thu 09:00    to ann (update): [0 due, 1 new] git-3 (met), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(git-3, Missed)
    Nov 05 Thu 09:00    to ann (update): (git-3: Missed, due 2026-11-06 in 1 d) Review over: 5 today, 0 left, next 2026-11-06
    ");
}

#[test]
fn a_second_press_shows_the_same_and_a_grade_taken_back_shows_its_answer() {
    let mut story = Story::new();
    grades(&mut story, "ann", &[("git-0", Grade::Missed), ("git-1", Grade::Missed)]);
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    let first = story.under_review();
    story.presses("ann", P::ReviewGrade(key(&first), Grade::GotIt));
    let once = story.last();
    story.presses("ann", P::ReviewGrade(key(&first), Grade::GotIt));
    assert_eq!(story.last(), once);
    story.presses("ann", P::ReviewTakeBack(key(&first)));
    assert!(story.last().contains(&format!("[2 due, 3 new] {first}")), "{}", story.last());
    story.runs("ann", OwnCall::Review);
    assert_eq!(story.under_review(), first, "it is due again");
}

#[test]
fn the_day_s_limit_ends_a_review_and_says_what_is_left() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::ADay, 5);
    let all = ["git-0", "git-1", "git-2", "git-3", "sql-0", "sql-1", "sql-2"];
    let all: Vec<_> = all.iter().map(|id| (*id, Grade::Missed)).collect();
    grades(&mut story, "ann", &all);
    story.runs("ann", OwnCall::Review);
    assert_eq!(story.last(), "Review over: 7 today, 0 left, next 2026-11-03");
    story.hours(24);
    for _ in 0..5 {
        story.runs("ann", OwnCall::Review);
        let id = story.under_review();
        story.presses("ann", P::ReviewGrade(key(&id), Grade::GotIt));
    }
    let over = story.last();
    assert!(over.ends_with("Review over: 5 today, 2 left, next 2026-11-04"), "{over}");
}

#[test]
fn new_questions_come_from_what_was_practised_and_only_so_many_a_day() {
    let mut story = Story::with(Rules {
        review: ReviewRule { new_a_day: 2, ..ReviewRule::default() },
        ..Rules::default()
    });
    story.presses("ann", P::Answer(key("git-0")));
    story.presses("ann", P::Grade(key("git-0"), Grade::Easy));
    story.hours(24);
    let mut seen = Vec::new();
    for _ in 0..2 {
        story.runs("ann", OwnCall::Review);
        seen.push(story.under_review());
        story.presses("ann", P::ReviewGrade(key(&story.under_review()), Grade::Easy));
    }
    assert_eq!(seen, ["git-3", "git-1"], "the easy one first, and all about git");
    assert!(story.last().contains("Review over: 2 today, 0 left"), "{}", story.last());
}
