//! Who may what, and what old buttons do.

use mockingbird::practice::ChannelId;
use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress as P};

use crate::story::{PREP, Story};

/// Bob and eve interview ann, and the first question stands.
fn running() -> Story {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob", "eve"]));
    for who in ["ann", "bob", "eve"] {
        story.presses(who, P::Join);
    }
    story.told();
    story
}

#[test]
fn two_interviewers_who_press_next_at_once_bring_one_question() {
    let mut story = running();
    story.presses("bob", P::Next(0, 0));
    story.presses("eve", P::Next(0, 0));
    insta::assert_snapshot!(story.told());
}

#[test]
fn old_buttons_are_told_to_be_old() {
    let mut story = running();
    story.presses("bob", P::Next(0, 0));
    story.told();
    for press in [P::Join, P::Begin, P::Cancel, P::Resume, P::Card, P::Comments(0), P::Seal(0)] {
        story.presses("bob", press);
    }
    for press in [P::FollowUp(0, 0), P::PushBack(0, 1), P::Hint(0, 0), P::Kit(0, 0), P::Kit(3, 9)] {
        story.presses("bob", press);
    }
    story.presses("ann", P::Answer(0, 0));
    story.presses("ann", P::Aloud(0, 1));
    story.presses("bob", P::Hint(0, 1));
    story.presses("eve", P::Hint(0, 1));
    story.presses("eve", P::FollowUp(0, 1));
    story.presses("eve", P::FollowUp(0, 1));
    story.presses("eve", P::FollowUp(0, 1));
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_stranger_and_a_candidate_lead_nothing() {
    let mut story = running();
    for who in ["kim", "ann"] {
        for press in [P::Next(0, 0), P::FollowUp(0, 0), P::Hint(0, 0), P::Kit(0, 0)] {
            story.presses(who, press);
        }
        story.chooses(who, MockMenu::Points(0, 0), &[0]);
    }
    story.presses("kim", P::Answer(0, 0));
    story.submits("bob", MockForm::Answer(0, 0), &["for ann"]);
    story.presses("kim", P::DeleteForGood);
    story.presses("bob", P::DeleteForGood);
    for call in [MockCall::End, MockCall::Pause, MockCall::Resume, MockCall::Swap] {
        story.runs("kim", call);
    }
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_button_counts_only_where_its_interview_takes_place() {
    let mut story = running();
    story.presses_in(PREP, "bob", P::Next(0, 0));
    story.presses_in(ChannelId(1), "bob", P::Kit(0, 0));
    story.interview = mockingbird::practice::InterviewId(5);
    story.presses("bob", P::Next(0, 0));
    story.presses("ann", P::Delete);
    insta::assert_snapshot!(story.told());
}

#[test]
fn a_command_means_the_interview_of_its_thread_or_the_only_one_of_the_member_s() {
    let mut story = running();
    story.runs_in(PREP, "eve", MockCall::Status);
    story.runs_in(PREP, "kim", MockCall::Status);
    story.runs("kim", MockCall::Status);
    story.runs_in(PREP, "ann", MockCall::Plans);
    story.runs_in(PREP, "ann", MockCall::History);
    insta::assert_snapshot!(story.told());
}

#[test]
fn an_answer_is_clipped_and_an_empty_one_is_none() {
    let mut story = running();
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &[" \n "]);
    story.submits("ann", MockForm::Answer(0, 0), &[]);
    story.submits("ann", MockForm::Answer(0, 0), &[&"ä".repeat(5000)]);
    let stands = story.world.stands();
    let answers: Vec<_> = stands.iter().filter(|text| text.starts_with("Answer")).collect();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].matches('ä').count(), 4000);
}

#[test]
fn a_double_press_answers_nothing_that_nobody_has_read() {
    use mockingbird::practice::effect::Failure;
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &[]));
    let reason = "overloaded".to_owned();
    story.fails(crate::story::Kind::Say, Failure::Unavailable { reason });
    story.presses("ann", P::Aloud(0, 0));
    story.presses("ann", P::Aloud(0, 0));
    assert!(story.last_line().contains("NotAnyMore"), "{}", story.last_line());
}
