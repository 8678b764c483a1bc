//! What time does to an interview.

use mockingbird::practice::interview::{MockCall, MockForm, MockPress as P};

use crate::story::Story;

/// Bob interviews ann, and the first question stands.
fn running() -> Story {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob"]));
    story.presses("ann", P::Join);
    story.presses("bob", P::Join);
    story.told();
    story
}

#[test]
fn a_section_that_runs_out_is_said_so_and_nobody_is_stopped() {
    let mut story = running();
    story.minutes(7);
    story.presses("bob", P::FollowUp(0, 0));
    story.minutes(8);
    story.presses("bob", P::Next(0, 0));
    story.presses("bob", P::Next(0, 1));
    story.minutes(15);
    story.presses("bob", P::FollowUp(0, 2));
    story.minutes(2);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_short_section_is_over_without_a_warning() {
    let mut story = Story::new();
    story.starts("ann", "one", ("", &[]));
    story.told();
    story.minutes(5);
    insta::assert_snapshot!(story.told());
}

#[test]
fn silence_lets_it_rest_and_anybody_of_it_lets_it_go_on() {
    let mut story = running();
    story.presses("bob", P::Kit(0, 0));
    story.told();
    story.minutes(60);
    story.presses("bob", P::Next(0, 0));
    story.presses("kim", P::Resume);
    story.presses("ann", P::Resume);
    story.presses("ann", P::Resume);
    story.runs("ann", MockCall::Status);
    story.presses("bob", P::Next(0, 0));
    insta::assert_snapshot!(story.told());
}

#[test]
fn an_answer_that_was_long_in_the_writing_is_taken_and_wakes_what_rests() {
    let mut story = running();
    story.presses("ann", P::Answer(0, 0));
    story.minutes(21);
    story.told();
    story.submits("ann", MockForm::Answer(0, 0), &["at last"]);
    insta::assert_snapshot!(story.told());
}

#[test]
fn an_answer_that_was_begun_before_the_next_question_is_taken_to_its_own() {
    let mut story = running();
    story.presses("ann", P::Answer(0, 0));
    story.presses("bob", P::Next(0, 0));
    story.told();
    story.submits("ann", MockForm::Answer(0, 0), &["to the first"]);
    story.submits("bob", MockForm::Answer(0, 0), &["for ann"]);
    story.presses("ann", P::Answer(0, 0));
    story.runs("ann", MockCall::Pause);
    story.submits("ann", MockForm::Answer(0, 1), &["while it rests"]);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_bot_that_rests_takes_no_answer_twice() {
    let mut story = Story::new();
    story.starts("ann", "one", ("", &[]));
    story.presses("ann", P::Aloud(0, 0));
    story.minutes(30);
    story.told();
    story.submits("ann", MockForm::Answer(0, 0), &["too late"]);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_rest_of_a_week_ends_with_scorecards() {
    let mut story = running();
    story.runs("ann", MockCall::Pause);
    story.runs("bob", MockCall::Pause);
    story.minutes(7 * 24 * 60);
    insta::assert_snapshot!(story.told());
}

#[test]
fn an_interview_is_forgotten_after_thirty_days_and_its_history_is_not() {
    let mut story = running();
    story.runs("ann", MockCall::End);
    story.minutes(25 * 60);
    story.told();
    story.minutes(29 * 24 * 60);
    story.runs("ann", MockCall::Status);
    story.minutes(2 * 24 * 60);
    story.runs("ann", MockCall::Status);
    story.presses("ann", P::Delete);
    story.runs("ann", MockCall::History);
    assert_eq!(story.team.next_wakeup(), None);
    insta::assert_snapshot!(story.told());
}
