//! Random people press random buttons, while things fail and the process dies. Nothing panics, no
//! request stays unanswered, no card is seen before its time, and the state is what its changes
//! make of it: the story itself sees to that at every step.

use std::cell::RefCell;

use jiff::SignedDuration;
use mockingbird::practice::effect::Failure;
use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress as P};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::seed::PEOPLE;
use crate::story::{Death, Kind, PREP, Story};

/// Something that happens, with a number or two to choose by.
#[derive(Debug, Clone, Copy)]
struct Step {
    who: u8,
    what: u8,
    turn: u8,
    question: u8,
    fail: u8,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Mostly what makes sense, so that interviews come to their end.
    let step = (0_u8..4, 0_u8..56, 0_u8..2, 0_u8..3, 0_u8..90);
    let step =
        step.prop_map(|(who, what, turn, question, fail)| Step { who, what, turn, question, fail });
    prop::collection::vec(step, 1..100)
}

fn does(story: &mut Story, step: Step) {
    // Mostly the question that is under way, so that lives get somewhere.
    let (turn, question) = if step.question < 2 { story.on() } else { (step.turn, step.fail % 3) };
    let who = ["ann", "bob", "eve", "kim"][usize::from(step.who)];
    let secret = story.secret(story.interview, turn, who);
    match step.what {
        0 => story.starts(who, "mid", ("", &[])),
        1 => story.starts("ann", "pair", ("", &["bob"])),
        2 => story.starts(who, "mid", ("ann", &["bob", "eve"])),
        3..6 => story.presses(who, P::Join),
        6 => story.presses(who, P::Begin),
        7 => story.presses(who, P::Cancel),
        8..13 => story.presses(who, P::Next(turn, question)),
        13 => story.presses(who, P::FollowUp(turn, question)),
        14 => story.presses(who, P::PushBack(turn, question)),
        15 => story.presses(who, P::Hint(turn, question)),
        16 if step.fail.is_multiple_of(2) => story.presses(who, P::Found(turn, question)),
        16 => story.presses(who, P::Kit(turn, question)),
        17 if step.fail.is_multiple_of(2) => story.presses(who, P::Heard(turn, question)),
        17 => story.presses(who, P::Answer(turn, question)),
        18 if step.fail.is_multiple_of(2) => {
            story.submits(who, MockForm::Heard(turn, question), &["words"]);
        }
        18 => story.submits(who, MockForm::Answer(turn, question), &["words"]),
        19..22 => story.presses(who, P::Aloud(turn, question)),
        22 => story.chooses(who, MockMenu::Points(turn, question), &[question, turn]),
        23 => story.runs(who, MockCall::Pause),
        24 => story.presses(who, P::Resume),
        25 => story.runs(who, MockCall::Swap),
        26 if step.fail < 30 => story.runs(who, MockCall::End),
        27 => story.runs_in(PREP, who, MockCall::Status),
        28 => story.runs(who, MockCall::History),
        29 => story.presses(who, P::Card),
        30 => story.chooses(who, MockMenu::Band(turn, question), &[step.fail % 5]),
        31 => story.presses(who, P::Comments(turn)),
        32 => story.submits(who, MockForm::Comments(turn), &[&secret]),
        33 => story.submits(who, MockForm::Words(turn), &[&secret, ""]),
        34..36 => story.presses(who, P::Seal(turn)),
        36 => story.fills_in(who, step.turn, &[question, 3]),
        37..40 => {
            for who in PEOPLE {
                story.fills_in(who, step.turn, &[step.fail % 4, 3]);
            }
        }
        40 if step.fail > 80 => story.is_slow(),
        40 if step.fail > 60 => story.lands(),
        40 => story.presses_in(PREP, who, P::Delete),
        41 if step.fail < 30 => story.presses(who, P::DeleteForGood),
        44..48 => {
            for who in PEOPLE {
                story.presses(who, P::Join);
            }
        }
        48..52 => {
            story.runs("ann", MockCall::End);
            for turn in [0, 1] {
                for who in ["bob", "ann", "eve"] {
                    story.fills_in(who, turn, &[step.fail % 4, 3]);
                }
            }
        }
        52 if step.fail < 60 => story.presses(who, P::DeleteForGood),
        42 => story.minutes(i64::from(step.fail)),
        _ if step.fail == 0 => story.minutes(8 * 24 * 60),
        _ if step.fail < 5 => story.minutes(24 * 60),
        _ if step.fail < 10 => story.restarts(),
        _ => story.minutes(3),
    }
}

fn fault(story: &mut Story, number: u8) {
    let reason = || "overloaded".to_owned();
    let (kind, failure) = match number {
        50 => (Kind::Say, Failure::Unavailable { reason: reason() }),
        51 => (Kind::Mend, Failure::Unavailable { reason: reason() }),
        52 => (Kind::Thread, Failure::Unavailable { reason: reason() }),
        53 => (Kind::Mend, Failure::MessageGone),
        54 => (Kind::Say, Failure::ChannelGone),
        55 => (Kind::Thread, Failure::NotAllowed),
        56 => (Kind::Say, Failure::Refused { code: 1, reason: reason() }),
        57 => (Kind::Announce, Failure::Late),
        58 => {
            let away = SignedDuration::from_secs(i64::from(story.effects.is_multiple_of(2)) * 100);
            let (at, happens) = (story.effects + 1, story.effects.is_multiple_of(3));
            story.death = Some(Death { at, happens, away });
            return;
        }
        _ => return,
    };
    story.fails(kind, failure);
}

/// What came of a life.
#[derive(Debug, Default)]
struct Tally {
    opened: usize,
    deleted: usize,
    deaths: usize,
}

fn lives(story: &mut Story, steps: &[Step]) {
    story.starts(
        "kim",
        if steps.len().is_multiple_of(2) { "pair" } else { "mid" },
        ("ann", &["bob"]),
    );
    story.presses("ann", P::Join);
    story.presses("bob", P::Join);
    for step in steps {
        fault(story, step.fail);
        does(story, *step);
    }
    story.lands();
    story.works_again();
    story.restarts();
    // All that is left comes to an end by itself.
    story.minutes(70 * 24 * 60);
    assert_eq!(story.team.next_wakeup(), None);
    story.restarts();
}

#[test]
fn whatever_is_pressed_everything_is_answered_and_no_secret_told() {
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let tally = RefCell::new(Tally::default());
    let lived = runner.run(&steps(), |steps| {
        let mut story = Story::new();
        lives(&mut story, &steps);
        let told = story.told();
        let mut tally = tally.borrow_mut();
        tally.opened += usize::from(told.contains("(own): bands"));
        tally.deleted += usize::from(told.contains("had it deleted"));
        tally.deaths += story.deaths;
        Ok(())
    });
    if let Err(broken) = lived {
        panic!("{broken}");
    }
    let tally = tally.into_inner();
    let enough = tally.opened > 40 && tally.deleted > 4 && tally.deaths > 100;
    assert!(enough, "lives go far enough to break something: {tally:?}");
}
