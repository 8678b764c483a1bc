//! Hostile input for every door, on stable: what is kept is tried again, and then so many inputs
//! near it. The same properties run under libFuzzer: see `fuzz/` and CONTRIBUTING.md.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets something else has failed, and says which input it tries"
)]

#[path = "../figures/mod.rs"]
mod figures;

mod corpus;
mod mutate;
mod properties;

use std::cell::Cell;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use properties::{TARGETS, Target, target};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use rstest::rstest;

/// No input keeps a core busy for so long, not even in a build for tests. What takes seconds where
/// it should take milliseconds grows with the square of its length.
const TOO_LONG: Duration = Duration::from_secs(1);

/// How much of a core it takes to find that the property holds.
fn hold(target: &Target, bytes: &[u8]) -> Duration {
    let begun = busy();
    target.hold(bytes);
    let took = busy().saturating_sub(begun);
    assert!(took < TOO_LONG, "{} bytes take {took:?}", bytes.len());
    took
}

/// How long this thread has had a core: on a machine with other things to do, a clock says more.
/// Where the system does not tell, nothing takes any time.
fn busy() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split(' ').next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

#[rstest]
fn every_input_that_is_kept_keeps_its_promise(
    #[values(
        "bank", "button", "config", "journal", "options", "search", "snapshot", "spoken", "words"
    )]
    name: &str,
) {
    let kept = corpus::of(name);
    assert!(!kept.is_empty(), "nothing is kept for {name}");
    for input in kept {
        println!("{name}/{}", input.name);
        hold(target(name), &input.bytes);
    }
}

#[test]
fn no_input_near_those_that_are_kept_breaks_a_promise() {
    let inputs = figures::size("INPUTS", 3_000);
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let run = |target| scope.spawn(move || Run::of(target, inputs));
        let running: Vec<_> = TARGETS.iter().map(run).collect();
        running.into_iter().map(|run| run.join().unwrap_or_else(|p| resume_unwind(p))).collect()
    });
    let mut told: Vec<(&str, &dyn Display)> = Vec::new();
    for run in &runs {
        told.push((run.target, &run.inputs));
    }
    let (crashes, slowest) = (0, runs.iter().map(|run| run.slowest).max().unwrap_or_default());
    let slowest = slowest.as_millis();
    told.extend([("crashes", &crashes as &dyn Display), ("slowest input ms", &slowest)]);
    figures::tell("fuzz", &told);
}

/// What came of one target.
struct Run {
    target: &'static str,
    inputs: usize,
    slowest: Duration,
}

impl Run {
    /// The target's share of so many inputs, always the same ones.
    fn of(target: &'static Target, inputs: usize) -> Self {
        let kept = corpus::of(target.name).into_iter().map(|kept| kept.bytes).collect();
        let strategy = mutate::near(kept, corpus::words(target.name), target.longest);
        let shares: usize = TARGETS.iter().map(|target| target.share).sum();
        let cases = (inputs * target.share).div_ceil(shares);
        let config = Config {
            cases: u32::try_from(cases).expect("a number of inputs"),
            failure_persistence: None,
            max_shrink_time: 20_000,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
        let (tried, slowest) = (Cell::new(0), Cell::new(Duration::ZERO));
        let outcome = TestRunner::new_with_rng(config, rng).run(&strategy, |bytes| {
            let took = catch_unwind(AssertUnwindSafe(|| hold(target, &bytes)));
            let took = took.map_err(|panic| TestCaseError::fail(said(panic.as_ref())))?;
            tried.set(tried.get() + 1);
            slowest.set(slowest.get().max(took));
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", target.name);
        }
        Self { target: target.name, inputs: tried.get(), slowest: slowest.get() }
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}
