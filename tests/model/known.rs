//! Lives that once broke a promise, as plain steps: a seed means nothing once the steps are drawn
//! in another way.

use jiff::civil::{Time, time};
use mockingbird::practice::rules::Days;
use proptest::test_runner::Config as Runs;
use proptest_state_machine::StateMachineTest as _;

use crate::Lives;
use crate::plan::Plan;
use crate::step::{Config, Fate, Jump, Step, Verb};

/// A team in a zone, where every day is a practice day and begins at midnight.
fn config(zone: &'static str) -> Config {
    Config { daily: None, zone, day_starts: Time::MIN, practice_days: Days::ALL, reactions: 1 }
}

fn lives(at: &str, zone: &'static str, steps: Vec<Step>) {
    Lives::test_sequential(Runs::default(), Plan::starts(at, &config(zone)), steps, None);
}

fn set(at: Time, zone: &'static str) -> Step {
    Step::Daily { who: 0, channel: 0, verb: Verb::Set { at, zone: Some(zone), days: Days::ALL } }
}

fn pass(hours: u32) -> Step {
    Step::Pass { fate: Fate::Works, by: Jump::Seconds(hours * 3_600) }
}

#[test]
fn a_daily_set_anew_before_its_time_comes_today() {
    let mended = set(time(8, 30, 0, 0), "UTC");
    lives("2026-11-23T08:00:00Z", "UTC", vec![set(Time::MIN, "UTC"), mended, pass(4)]);
}

#[test]
fn a_daily_sent_again_after_the_disk_was_stuck_is_looked_for_first() {
    let land = |fate| Step::Land { fate, lane: 0 };
    let hear = Step::Hear { which: 0, again: false };
    let wait = |seconds| Step::Wait { seconds };
    let (stuck, works) = (Step::Disk { works: false }, Step::Disk { works: true });
    let sent_unheard = vec![set(time(9, 0, 0, 0), "UTC"), land(Fate::Works), wait(3_600)];
    let mut steps = sent_unheard;
    steps.extend([land(Fate::WorksUnheard), hear, stuck, wait(20), wait(600), works]);
    steps.push(pass(1));
    lives("2026-11-23T08:00:00Z", "UTC", steps);
}
