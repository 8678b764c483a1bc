//! How much one member, and one team, can make the bot remember.

use std::sync::Arc;

use mockingbird::bank::QuestionBank;
use mockingbird::plans::PlanId;
use mockingbird::practice::input::{Ask, Call, Interaction, Place};
use mockingbird::practice::interview::{MockCall, MockForm, MockPress as P};
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::rules::Rules;
use mockingbird::practice::view::View;
use mockingbird::practice::{Effect, Input, MemberId, Moment, Team};

use crate::seed::{plans, questions};
use crate::story::{PREP, Story};

#[test]
fn who_lets_ten_interviews_wait_for_their_scorecards_opens_no_other() {
    let mut story = Story::new();
    for _ in 0..10 {
        story.starts("ann", "one", ("", &[]));
        story.runs("ann", MockCall::End);
    }
    story.starts("ann", "one", ("", &[]));
    assert!(story.last_line().contains("TooManyInterviews"), "{}", story.last_line());
    // Others are not in the way of anybody, and a sealed scorecard makes room.
    story.starts("bob", "one", ("", &[]));
    assert!(!story.last_line().contains("TooMany"), "{}", story.last_line());
    story.runs("bob", MockCall::End);
    story.fills_in("bob", 0, &[0, 0]);
    story.minutes(24 * 60);
    story.starts("ann", "one", ("", &[]));
    assert!(!story.last_line().contains("TooMany"), "{}", story.last_line());
}

#[test]
fn a_team_has_five_hundred_interviews_at_most() {
    let (bank, mut team) = (QuestionBank::of(questions()), Team::new());
    let rules = Rules { plans: Arc::new(plans()), ..Rules::default() };
    let now = "2026-11-23T08:00:00Z".parse().expect("a timestamp");
    for number in 1..=501 {
        let moment = Moment { now, chance: 7, bank: &bank, rules: &rules };
        let interaction = Interaction { id: number << 22, token: String::new() };
        let ask =
            Ask { interaction, member: MemberId(number), channel: PREP, place: Place::Channel };
        let call = Call::Mock(MockCall::Start {
            plan: PlanId::new("one"),
            candidate: None,
            interviewers: Vec::new(),
            public: false,
        });
        let decision = team.decide(moment, &Input::Called { ask, call: Ok(call) });
        for change in &decision.changes {
            team.apply(change);
        }
        let refused = decision.effects.iter().any(|effect| match effect {
            Effect::Reply { view, .. } => **view == View::Refusal(Refusal::Busy),
            _ => false,
        });
        assert_eq!(refused, number == 501, "the {number}th one");
    }
}

#[test]
fn a_question_takes_ten_answers_at_most() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob"]));
    story.presses("ann", P::Join);
    story.presses("bob", P::Join);
    for number in 0..12 {
        story.submits("ann", MockForm::Answer(0, 0), &[&format!("try {number}.")]);
    }
    let stands = story.world.stands();
    assert_eq!(stands.iter().filter(|text| text.starts_with("Answer")).count(), 10, "{stands:?}");
    assert!(story.last_line().contains("NotAnyMore"), "{}", story.last_line());
}

#[test]
fn a_thread_is_told_a_thousand_things_and_then_only_how_it_ends() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob"]));
    story.presses("ann", P::Join);
    story.presses("bob", P::Join);
    for _ in 0..600 {
        story.runs("ann", MockCall::Pause);
        story.runs("ann", MockCall::Resume);
    }
    assert_eq!(story.world.messages.iter().filter(|message| message.channel != PREP).count(), 1000);
    story.runs("bob", MockCall::End);
    story.fills_in("bob", 0, &[0, 0]);
    story.fills_in("ann", 0, &[0, 0]);
    let stands = story.world.stands();
    assert!(stands.iter().rev().take(2).any(|text| text.starts_with("Opened")), "{stands:?}");
}

#[test]
fn two_interviewers_who_press_follow_up_at_once_ask_one() {
    let mut story = Story::new();
    story.starts("ann", "mid", ("", &["bob", "eve"]));
    for who in ["ann", "bob", "eve"] {
        story.presses(who, P::Join);
    }
    story.is_slow();
    story.presses("bob", P::FollowUp(0, 0));
    story.told();
    story.presses("eve", P::FollowUp(0, 0));
    assert!(story.last_line().contains("NotAnyMore"), "{}", story.last_line());
    story.lands();
    story.presses("eve", P::FollowUp(0, 0));
    let stands = story.world.stands();
    assert_eq!(stands.iter().filter(|text| text.starts_with("Follow")).count(), 2, "{stands:?}");
}
