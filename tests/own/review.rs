//! The review of a day.

use std::collections::BTreeSet;

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
    Nov 05 Thu 09:00    to ann: [3 due, 3 new] git-0 (Missed 1x/1, due 2026-11-03)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(git-0)
    Nov 05 Thu 09:00    to ann (update): [3 due, 3 new] git-0 (Missed 1x/1, due 2026-11-03), answer: grade it, streak 1
    Nov 05 Thu 09:00  ann presses ReviewGrade(git-0, Missed)
    Nov 05 Thu 09:00    to ann (update): (git-0: Missed, due 2026-11-06 in 1 d) [2 due, 3 new] git-1 (GotIt 1x/0, due 2026-11-04)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(git-1)
    Nov 05 Thu 09:00    to ann (update): [2 due, 3 new] git-1 (GotIt 1x/0, due 2026-11-04), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(git-1, Partly)
    Nov 05 Thu 09:00    to ann (update): (git-1: Partly, due 2026-11-14 in 9 d) [1 due, 3 new] sql-1 (met)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(sql-1)
    Nov 05 Thu 09:00    to ann (update): [1 due, 3 new] sql-1 (met), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(sql-1, GotIt)
    Nov 05 Thu 09:00    to ann (update): (sql-1: GotIt, due 2026-11-07 in 2 d) [0 due, 2 new] http-3 (new)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(http-3)
    Nov 05 Thu 09:00    to ann (update): [0 due, 2 new] http-3 (met), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(http-3, Easy)
    Nov 05 Thu 09:00    to ann (update): (http-3: Easy, due 2026-11-13 in 8 d) [0 due, 1 new] http-0 (new)
    Nov 05 Thu 09:00  ann presses ReviewAnswer(http-0)
    Nov 05 Thu 09:00    to ann (update): [0 due, 1 new] http-0 (met), answer: grade it
    Nov 05 Thu 09:00  ann presses ReviewGrade(http-0, Missed)
    Nov 05 Thu 09:00    to ann (update): (http-0: Missed, due 2026-11-06 in 1 d) Review over: 5 today, 0 left, next 2026-11-06
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

fn two_new_a_day() -> Story {
    Story::with(Rules {
        review: ReviewRule { new_a_day: 2, ..ReviewRule::default() },
        ..Rules::default()
    })
}

/// Goes through a review and says it all was easy. Gives what was asked.
fn reviews_with_ease(story: &mut Story) -> Vec<String> {
    let mut seen = Vec::new();
    story.runs("ann", OwnCall::Review);
    while !story.last().contains("Review over") {
        let id = story.under_review();
        story.presses("ann", P::ReviewGrade(key(&id), Grade::Easy));
        seen.push(id);
    }
    seen
}

#[test]
fn new_questions_come_from_the_topic_that_was_chosen_as_long_as_it_has_any() {
    let mut story = two_new_a_day();
    for id in ["git-0", "git-1", "git-2"] {
        story.presses("ann", P::Answer(key(id)));
        story.presses("ann", P::Grade(key(id), Grade::Easy));
    }
    story.hours(24);
    let seen = reviews_with_ease(&mut story);
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!(seen[0], "git-3");
    assert!(!seen[1].starts_with("git"), "{seen:?}");
}

#[test]
fn who_has_chosen_no_topic_gets_easy_questions_of_different_topics() {
    let mut story = two_new_a_day();
    let mut seen = reviews_with_ease(&mut story);
    story.hours(24);
    seen.extend(reviews_with_ease(&mut story));
    let topic = |id: &String| id.split('-').next().unwrap_or_default().to_owned();
    let topics: BTreeSet<String> = seen.iter().take(3).map(topic).collect();
    assert_eq!((seen.len(), topics.len()), (4, 3), "{seen:?}");
    let is_easy = |id: &&String| id.ends_with('0') || id.ends_with('3');
    assert_eq!(seen.iter().take(3).filter(is_easy).count(), 3, "{seen:?}");
}
