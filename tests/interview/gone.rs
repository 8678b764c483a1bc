//! The files of plans and questions change while an interview runs: it has its plan, its rubric and
//! its questions with it, and only what is still to be drawn comes from the new bank.

use std::sync::Arc;

use mockingbird::bank::QuestionBank;
use mockingbird::plans::{Plan, Plans};
use mockingbird::practice::interview::{MockCall, MockPress as P};

use crate::seed::{plans, questions};
use crate::story::Story;

/// Bob interviews ann, and the first question was asked.
fn running() -> Story {
    let mut story = Story::new();
    story.starts("bob", "mid", ("ann", &["bob"]));
    story.presses("bob", P::Join);
    story.presses("ann", P::Join);
    story
}

/// From here to the opened scorecards and what is kept of them.
fn goes_on(story: &mut Story) {
    story.presses("bob", P::Kit(0, 0));
    story.presses("bob", P::FollowUp(0, 0));
    story.presses("bob", P::Next(0, 0));
    story.minutes(9);
    story.presses("bob", P::Next(0, 1));
    story.runs("ann", MockCall::Status);
    story.minutes(12);
    story.presses("bob", P::Next(0, 2));
    story.fills_in("bob", 0, &[2, 1]);
    story.fills_in("ann", 0, &[3, 3]);
    story.runs("ann", MockCall::History);
}

#[test]
fn an_interview_whose_plan_is_gone_goes_on_as_if_it_were_there() {
    let mut usual = running();
    let mut changed = running();
    assert_eq!(changed.told(), usual.told());
    goes_on(&mut usual);
    let usual = usual.told();
    assert!(usual.contains("Opened") && usual.contains("History"), "{usual}");

    changed.rules.plans = Arc::new(Plans::default());
    changed.restarts();
    goes_on(&mut changed);
    assert_eq!(changed.told(), usual, "no plan at all");

    // And another one under the same name is for the next interview.
    let mut changed = running();
    changed.told();
    let other = plans()
        .iter()
        .map(|plan| Plan {
            title: "Another".to_owned(),
            sections: plan.sections.iter().take(1).cloned().collect(),
            ..(**plan).clone()
        })
        .collect::<Vec<_>>();
    changed.rules.plans = Arc::new(Plans::of(other));
    changed.restarts();
    goes_on(&mut changed);
    assert_eq!(changed.told(), usual, "another plan of this name");
}

#[test]
fn an_interview_whose_questions_are_gone_ends_with_those_that_were_asked() {
    let mut story = running();
    story.bank = QuestionBank::of(questions().filter(|question| question.topic.as_str() == "sql"));
    story.restarts();
    story.told();
    story.presses("bob", P::Kit(0, 0));
    assert!(story.last_line().contains("Kit"), "{}", story.last_line());
    story.presses("bob", P::Next(0, 0));
    assert_eq!(story.on(), (0, 1));
    // There is no question on design any more.
    story.presses("bob", P::Next(0, 1));
    story.fills_in("bob", 0, &[2, 1]);
    story.fills_in("ann", 0, &[3, 3]);
    let told = story.told();
    assert!(told.contains("Opened"), "{told}");
}
