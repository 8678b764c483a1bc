//! Sprints: a countdown, one press a step, and a summary.

use insta::assert_snapshot;
use mockingbird::bank::{QuestionBank, Topic};
use mockingbird::practice::own::{Grade, OwnCall, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

fn sprint(minutes: u8, topic: Option<&str>) -> OwnCall {
    OwnCall::Sprint { minutes: Some(minutes), topic: topic.map(Topic::new) }
}

#[test]
fn a_sprint_goes_step_by_step_and_says_what_to_read_next() {
    let mut story = Story::new();
    story.presses("ann", P::Answer(key("git-1")));
    story.presses("ann", P::Grade(key("git-1"), Grade::Missed));
    story.presses("ann", P::Answer(key("sql-0")));
    story.at("2026-11-03T09:00:00Z");
    story.told();
    story.runs("ann", sprint(10, None));
    let id = story.sprint;
    story.presses("ann", P::SprintAnswer(id, 0));
    story.presses("ann", P::SprintGrade(id, 0, Grade::Missed));
    // A double press.
    story.presses("ann", P::SprintGrade(id, 0, Grade::Missed));
    story.presses("ann", P::SprintSkip(id, 1));
    story.presses("ann", P::SprintAnswer(id, 2));
    story.presses("ann", P::SprintGrade(id, 2, Grade::GotIt));
    story.presses("ann", P::SprintEnd(id));
    story.runs("ann", sprint(5, Some("http")));
    story.presses("ann", P::SprintEnd(id));
    assert_snapshot!(story.told(), @"
    Nov 03 Tue 09:00  ann runs /sprint 10 
    Nov 03 Tue 09:00    to ann: [1 of 6] git-1 (Missed 1x/1, due 2026-11-03)
    Nov 03 Tue 09:00  ann presses SprintAnswer(300000000000000004, 0)
    Nov 03 Tue 09:00    to ann (update): [1 of 6] git-1 (Missed 1x/1, due 2026-11-03), answer: grade it, streak 2
    Nov 03 Tue 09:00  ann presses SprintGrade(300000000000000004, 0, Missed)
    Nov 03 Tue 09:00    to ann (update): (git-1: Missed, due 2026-11-04 in 1 d) [2 of 6] sql-0 (met)
    Nov 03 Tue 09:00  ann presses SprintGrade(300000000000000004, 0, Missed)
    Nov 03 Tue 09:00    to ann (update): [2 of 6] sql-0 (met)
    Nov 03 Tue 09:00  ann presses SprintSkip(300000000000000004, 1)
    Nov 03 Tue 09:00    to ann (update): [3 of 6] http-1 (new)
    Nov 03 Tue 09:00  ann presses SprintAnswer(300000000000000004, 2)
    Nov 03 Tue 09:00    to ann (update): [3 of 6] http-1 (met), answer: grade it
    Nov 03 Tue 09:00  ann presses SprintGrade(300000000000000004, 2, GotIt)
    Nov 03 Tue 09:00    to ann (update): (http-1: GotIt, due 2026-11-05 in 2 d) [4 of 6] sql-1 (new)
    Nov 03 Tue 09:00  ann presses SprintEnd(300000000000000004)
    Nov 03 Tue 09:00    to ann (update): Sprint over after 0 min: git-1 Missed, http-1 GotIt; 4 left; read git-2, git-3; streak 2
    Nov 03 Tue 09:00  ann runs /sprint 5 http
    Nov 03 Tue 09:00    to ann: [1 of 2] http-0 (new)
    Nov 03 Tue 09:00  ann presses SprintEnd(300000000000000004)
    Nov 03 Tue 09:00    to ann: No: Own(SprintGone)
    ");
}

#[test]
fn when_time_is_up_the_grade_still_counts_and_the_sprint_ends() {
    let mut story = Story::new();
    story.runs("ann", sprint(15, None));
    let id = story.sprint;
    story.presses("ann", P::SprintAnswer(id, 0));
    // Longer than a request lives.
    story.hours(1);
    story.presses("ann", P::SprintGrade(id, 0, Grade::Easy));
    let last = story.last();
    assert!(last.starts_with("Sprint over after 15 min, time is up"), "{last}");
    assert!(last.contains(" Easy; "), "{last}");
    story.presses("ann", P::SprintAnswer(id, 1));
    assert!(story.last().starts_with("Sprint over"), "and is over for good");
}

#[test]
fn questions_that_the_bank_lost_are_passed_over() {
    let mut story = Story::new();
    story.runs("ann", sprint(15, Some("git")));
    let id = story.sprint;
    let left = crate::seed::questions().filter(|one| one.id.as_str() == "sql-0");
    story.bank = QuestionBank::of(left);
    story.presses("ann", P::SprintAnswer(id, 0));
    assert!(story.last().starts_with("Sprint over"), "{}", story.last());
}

#[test]
fn what_is_too_long_or_graded_today_is_not_in_a_sprint() {
    let mut story = Story::new();
    for id in ["git-0", "git-1", "git-2"] {
        story.presses("ann", P::Answer(key(id)));
        story.presses("ann", P::Grade(key(id), Grade::Missed));
    }
    story.runs("ann", sprint(15, Some("git")));
    assert_eq!(story.last(), "No: Own(NothingForSprint)");
}
