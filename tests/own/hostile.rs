//! What goes wrong around practice: two devices, old buttons, other banks, days that end in the
//! middle, clocks that are wrong.

use mockingbird::bank::{QuestionBank, Topic};
use mockingbird::practice::own::{Grade, OwnCall, OwnMenu, OwnPress as P};
use mockingbird::practice::rules::{ReviewRule, Rules};

use crate::seed::{key, questions};
use crate::story::Story;

fn grades(story: &mut Story, all: &[(&str, Grade)]) {
    for (id, grade) in all {
        story.presses("ann", P::Answer(key(id)));
        story.presses("ann", P::Grade(key(id), *grade));
    }
}

fn without(gone: &str) -> QuestionBank {
    QuestionBank::of(questions().filter(|question| question.id.as_str() != gone))
}

#[test]
fn a_review_on_two_devices_keeps_the_first_grade_once_the_other_went_on() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed), ("git-1", Grade::Missed)]);
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    let first = story.under_review();
    story.presses("ann", P::ReviewGrade(key(&first), Grade::GotIt));
    let second = story.under_review();
    // The other device still shows the first one: the last grade can be corrected.
    story.presses("ann", P::ReviewGrade(key(&first), Grade::Partly));
    assert!(story.last().contains(&format!("({first}: Partly")), "{}", story.last());
    assert!(story.last().contains("replaced"), "{}", story.last());
    story.presses("ann", P::ReviewGrade(key(&second), Grade::GotIt));
    story.presses("ann", P::ReviewGrade(key(&first), Grade::Missed));
    assert_eq!(story.last(), "No: Own(GradedToday)");
    story.presses("ann", P::Ask(key(&first)));
    assert!(story.last().contains("Partly 2x/1"), "{}", story.last());
}

#[test]
fn a_second_press_of_take_back_in_a_review_shows_that_answer_again() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed), ("git-1", Grade::Missed)]);
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    let first = key(&story.under_review());
    story.presses("ann", P::ReviewAnswer(first));
    story.presses("ann", P::ReviewGrade(first, Grade::GotIt));
    story.presses("ann", P::ReviewTakeBack(first));
    let once = story.last();
    story.presses("ann", P::ReviewTakeBack(first));
    assert_eq!(story.last(), once);
    // A day later there is nothing to take back any more.
    story.hours(24);
    story.presses("ann", P::ReviewTakeBack(first));
    assert_eq!(story.last(), "No: Own(CannotTakeBack)");
}

#[test]
fn yesterday_s_buttons_go_on_with_today() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed), ("git-1", Grade::Missed)]);
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    let first = key(&story.under_review());
    story.presses("ann", P::ReviewGrade(first, Grade::GotIt));
    story.hours(24);
    story.presses("ann", P::ReviewTakeBack(first));
    assert_eq!(story.last(), "No: Own(CannotTakeBack)");
    story.presses("ann", P::ReviewNext);
    let today = key(&story.under_review());
    story.presses("ann", P::ReviewAnswer(today));
    assert!(story.last().contains("grade it, streak 3"), "{}", story.last());
    // What yesterday's message asked is graded as of today, although it rests.
    story.presses("ann", P::ReviewGrade(first, Grade::GotIt));
    assert!(story.last().contains("(git-") && story.last().contains("GotIt"), "{}", story.last());
}

#[test]
fn a_day_that_ends_in_the_middle_of_a_review_begins_a_new_count() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::ADay, 5);
    let all = ["git-0", "git-1", "git-2", "git-3", "sql-0", "sql-1", "sql-2", "sql-3"];
    grades(&mut story, &all.map(|id| (id, Grade::Missed)));
    // Her day ends at four.
    story.at("2026-11-04T03:58:00Z");
    story.runs("ann", OwnCall::Review);
    for _ in 0..4 {
        let id = key(&story.under_review());
        story.presses("ann", P::ReviewGrade(id, Grade::Partly));
    }
    assert!(story.last().contains("[1 due, 0 new]"), "{}", story.last());
    let id = key(&story.under_review());
    story.presses("ann", P::ReviewAnswer(id));
    story.at("2026-11-04T04:01:00Z");
    story.presses("ann", P::ReviewGrade(id, Grade::Partly));
    assert!(story.last().contains("[4 due, 0 new]"), "{}", story.last());
    story.runs("ann", OwnCall::Me);
    assert!(story.told().contains("streak 3;"), "three days counted");
}

#[test]
fn a_question_that_the_bank_lost_under_review_is_passed_over() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed), ("git-1", Grade::Missed)]);
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    let gone = story.under_review();
    story.presses("ann", P::ReviewAnswer(key(&gone)));
    story.bank = without(&gone);
    story.presses("ann", P::ReviewGrade(key(&gone), Grade::GotIt));
    assert_eq!(story.last(), "No: Own(QuestionGone)");
    story.runs("ann", OwnCall::Review);
    assert_ne!(story.under_review(), gone);
    assert!(story.last().contains("[1 due, 3 new]"), "{}", story.last());
    // It comes back with what is remembered of it.
    story.bank = QuestionBank::of(questions());
    story.runs("ann", OwnCall::Review);
    assert!(story.last().contains("[2 due, 3 new]"), "{}", story.last());
}

#[test]
fn without_a_bank_everything_is_answered() {
    let mut story = Story::new();
    story.bank = QuestionBank::default();
    story.runs("ann", OwnCall::Review);
    assert_eq!(story.last(), "Review over: 0 today, 0 left, next never");
    story.runs("ann", OwnCall::Sprint { minutes: None, topic: None });
    assert_eq!(story.last(), "No: Own(NothingForSprint)");
    story.runs("ann", OwnCall::Sprint { minutes: None, topic: Some(Topic::new("git")) });
    assert_eq!(story.last(), "No: Own(NothingForSprint)");
    for call in [OwnCall::Me, OwnCall::Topics, OwnCall::Team] {
        story.runs("ann", call);
        assert!(!story.last().starts_with("No"), "{}", story.last());
    }
}

#[test]
fn a_sprint_goes_on_past_the_end_of_the_day_and_into_another_zone() {
    let mut story = Story::new();
    story.at("2026-11-03T03:55:00Z");
    story.runs("ann", OwnCall::Sprint { minutes: Some(15), topic: Some(Topic::new("git")) });
    let id = story.sprint;
    story.presses("ann", P::SprintAnswer(id, 0));
    story.presses("ann", P::SprintGrade(id, 0, Grade::GotIt));
    story.at("2026-11-03T04:01:00Z");
    story.presses("ann", P::SprintAnswer(id, 1));
    assert!(story.last().contains("streak 2"), "the new day counts: {}", story.last());
    story.moves("ann", "Pacific/Honolulu");
    story.presses("ann", P::SprintGrade(id, 1, Grade::Missed));
    story.presses("ann", P::SprintEnd(id));
    assert!(story.last().starts_with("Sprint over after 6 min: "), "{}", story.last());
    assert!(story.last().contains("GotIt") && story.last().contains("Missed"), "{}", story.last());
}

#[test]
fn a_sprint_tells_the_grade_that_was_kept() {
    let mut story = Story::new();
    story.runs("ann", OwnCall::Sprint { minutes: Some(8), topic: Some(Topic::new("git")) });
    let id = story.sprint;
    let asked = story.under_review();
    story.presses("ann", P::SprintAnswer(id, 0));
    // Meanwhile it is graded elsewhere, and something else after it.
    grades(&mut story, &[(&asked, Grade::GotIt), ("sql-0", Grade::GotIt)]);
    story.presses("ann", P::SprintGrade(id, 0, Grade::Missed));
    assert!(story.last().contains(&format!("({asked}: GotIt")), "{}", story.last());
    story.presses("ann", P::SprintEnd(id));
    assert!(story.last().contains(&format!(": {asked} GotIt;")), "{}", story.last());
}

#[test]
fn a_grade_of_a_question_that_the_bank_lost_is_no_grade_of_a_sprint() {
    let mut story = Story::new();
    story.runs("ann", OwnCall::Sprint { minutes: Some(8), topic: Some(Topic::new("git")) });
    let id = story.sprint;
    let asked = story.under_review();
    story.presses("ann", P::SprintAnswer(id, 0));
    story.bank = without(&asked);
    story.presses("ann", P::SprintGrade(id, 0, Grade::Missed));
    story.bank = QuestionBank::of(questions());
    story.presses("ann", P::SprintEnd(id));
    assert!(story.last().starts_with("Sprint over after 0 min: ; 3 left"), "{}", story.last());
}

#[test]
fn grades_of_quizzes_and_interviews_are_counted_in_the_day_s_limit() {
    let rules =
        Rules { review: ReviewRule { a_day: 3, ..ReviewRule::default() }, ..Story::rules() };
    let mut story = Story::with(rules);
    grades(&mut story, &["git-0", "git-1", "git-2", "git-3"].map(|id| (id, Grade::Missed)));
    story.hours(24);
    story.interview("ann", "bob", &[0, 1, 2, 3, 4]);
    story.quiz("ann", "sql");
    story.reacts("ann");
    story.presses("ann", P::GradePost(story.post, Grade::Easy));
    story.runs("ann", OwnCall::Review);
    assert!(story.last().contains("[1 due, 0 new]"), "{}", story.last());
    story.presses("ann", P::ReviewGrade(key(&story.under_review()), Grade::GotIt));
    assert!(story.last().contains("Review over: 3 today"), "{}", story.last());
}

#[test]
fn a_clock_that_goes_back_loses_nothing_and_one_that_comes_back_goes_on() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed)]);
    story.hours(24);
    grades(&mut story, &[("git-1", Grade::GotIt)]);
    // Yesterday again: the day is the later one.
    story.now = "2026-11-02T09:00:00Z".parse().expect("a timestamp");
    story.presses("ann", P::Grade(key("git-1"), Grade::Missed));
    assert!(story.last().contains("replaced"), "{}", story.last());
    // A year ago: what was graded on a day to come does not wait for it.
    story.now = "2025-11-02T09:00:00Z".parse().expect("a timestamp");
    story.runs("ann", OwnCall::Review);
    assert!(story.last().contains("[2 due, 3 new]"), "{}", story.last());
    grades(&mut story, &[("git-0", Grade::Partly), ("sql-0", Grade::GotIt)]);
    assert!(story.last().contains("GotIt, due 2025-11-04"), "{}", story.last());
    story.runs("ann", OwnCall::Me);
    story.now = "2026-11-05T09:00:00Z".parse().expect("a timestamp");
    story.runs("ann", OwnCall::Review);
    assert!(story.last().contains("[3 due, "), "{}", story.last());
    story.restarts();
}

#[test]
fn a_new_member_can_press_everything_that_they_see_of_others() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed)]);
    for press in [
        P::ReviewTakeBack(key("git-0")),
        P::TakeBack(key("git-0")),
        P::SprintEnd(story.sprint),
        P::ReminderOff(0),
        P::ForgetForGood,
    ] {
        story.presses("kim", press);
    }
    story.presses("kim", P::ReviewGrade(key("git-0"), Grade::GotIt));
    assert!(story.last().contains("(git-0: GotIt, due"), "{}", story.last());
    story.presses("ann", P::Ask(key("git-0")));
    assert!(story.last().contains("Missed 1x/1"), "ann's grade is ann's: {}", story.last());
}

#[test]
fn a_memory_of_what_is_no_longer_in_the_bank_is_not_counted() {
    let mut story = Story::new();
    grades(&mut story, &[("git-0", Grade::Missed), ("git-1", Grade::GotIt)]);
    story.hours(24);
    story.bank = without("git-0");
    story.told();
    story.runs("ann", OwnCall::Me);
    let told = story.told();
    assert!(told.contains("; 0 due, then [1, 0"), "{told}");
}

#[test]
fn a_leech_is_named_at_its_eighth_lapse_and_then_at_every_fourth() {
    let mut story = Story::new();
    let mut named = Vec::new();
    for lapse in 1..=17 {
        grades(&mut story, &[("git-0", Grade::GotIt)]);
        story.hours(24);
        grades(&mut story, &[("git-0", Grade::Missed)]);
        if story.last().contains("a leech of") {
            named.push(lapse);
        }
        // Whoever corrects it is told the same again, and a second look tells it, too.
        if named.last() == Some(&lapse) {
            story.presses("ann", P::Grade(key("git-0"), Grade::GotIt));
            assert!(!story.last().contains("leech"), "{}", story.last());
            story.presses("ann", P::Grade(key("git-0"), Grade::Missed));
            story.presses("ann", P::Explain(key("git-0")));
            assert!(story.last().contains(&format!("a leech of {lapse}")), "{}", story.last());
        }
        story.hours(24);
    }
    assert_eq!(named, [8, 12, 16]);
}

#[test]
fn in_a_private_chat_practice_is_the_chat_s_own() {
    let mut story = Story::new();
    story.in_private();
    grades(&mut story, &[("git-0", Grade::Missed)]);
    story.chooses("ann", OwnMenu::Reminder, 1);
    story.at("2026-11-04T12:00:00Z");
    assert_eq!(story.told().matches("to ann (private): Reminder").count(), 1);
    story.presses("ann", P::ReminderOff(0));
    assert_eq!(story.last(), "ReminderOff");
    story.runs("ann", OwnCall::Review);
    assert!(story.last().contains("[1 due, 3 new]"), "{}", story.last());
    story.presses("ann", P::ForgetForGood);
    assert_eq!(story.last(), "Forgotten");
}

#[test]
fn what_was_graded_by_a_clock_that_was_years_ahead_comes_back_once_it_is_right() {
    let mut story = Story::new();
    grades(&mut story, &[("sql-0", Grade::Missed)]);
    story.now = "2099-11-02T09:00:00Z".parse().expect("a timestamp");
    grades(&mut story, &[("git-0", Grade::Easy), ("git-1", Grade::GotIt)]);
    story.now = "2026-11-03T09:00:00Z".parse().expect("a timestamp");
    story.runs("ann", OwnCall::Review);
    assert!(story.last().starts_with("[3 due, "), "{}", story.last());
    assert_eq!(story.under_review(), "sql-0", "what is surely forgotten comes first");
    story.told();
    story.runs("ann", OwnCall::Me);
    let told = story.told();
    assert!(told.contains("; 3 due, then [0, 0"), "{told}");
    assert!(told.contains("git: easy 0+1+1, medium 0+1+0"), "{told}");
    grades(&mut story, &[("git-0", Grade::Easy)]);
    assert!(story.last().contains("Easy, due 2026-"), "{}", story.last());
}
