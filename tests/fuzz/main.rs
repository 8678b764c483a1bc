//! Hostile input for every door, on stable: what is kept is tried again, and then so many inputs
//! near it. The same properties run under libFuzzer: see `fuzz/` and CONTRIBUTING.md.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets something else has failed, and figures are printed"
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

use properties::{TARGETS, Target};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

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

#[test]
fn every_input_that_is_kept_keeps_its_promise() {
    let mut broken = Vec::new();
    for target in TARGETS {
        for input in corpus::of(target.name) {
            if let Err(why) = tried(target, &input.bytes) {
                broken.push(format!("{}/{}: {why}", target.name, input.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn what_is_kept_stays_small() {
    let kept: Vec<_> = TARGETS.iter().flat_map(|target| corpus::of(target.name)).collect();
    let bytes: usize = kept.iter().map(|input| input.bytes.len()).sum();
    assert!(kept.len() <= 80 && bytes <= 200_000, "{} files, {bytes} bytes", kept.len());
}

#[test]
fn no_input_near_those_that_are_kept_breaks_a_promise() {
    let inputs = figures::size("INPUTS", 3_000);
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let run = |target| scope.spawn(move || Run::of(target, inputs));
        let running: Vec<_> = TARGETS.iter().map(run).collect();
        running.into_iter().map(|run| run.join().unwrap_or_else(|p| resume_unwind(p))).collect()
    });
    let crashes: Vec<&str> = runs.iter().filter_map(|run| run.crash.as_deref()).collect();
    let slowest = runs.iter().map(|run| run.slowest).max().unwrap_or_default().as_millis();
    let mut told: Vec<(&str, &dyn Display)> = Vec::new();
    for run in &runs {
        told.push((run.target, &run.inputs));
    }
    let number = crashes.len();
    told.extend([("crashes", &number as &dyn Display), ("slowest input ms", &slowest)]);
    figures::tell("fuzz", &told);
    assert!(crashes.is_empty(), "{}", crashes.join("\n"));
}

/// How many inputs a target gets where others get so many: fewer where each takes long.
fn share(target: &Target) -> usize {
    match target.name {
        "judge" | "spoken" => 1,
        "words" => 8,
        _ => 4,
    }
}

/// What came of one target.
struct Run {
    target: &'static str,
    inputs: usize,
    slowest: Duration,
    /// What breaks the promise, made as small as it goes, and how.
    crash: Option<String>,
}

impl Run {
    /// The target's share of so many inputs, always the same ones.
    fn of(target: &'static Target, inputs: usize) -> Self {
        let kept = corpus::of(target.name).into_iter().map(|kept| kept.bytes).collect();
        let strategy = mutate::near(kept, corpus::words(target.name), target.longest);
        let shares: usize = TARGETS.iter().map(share).sum();
        let cases = (inputs * share(target)).div_ceil(shares);
        let config = Config {
            cases: u32::try_from(cases).expect("a number of inputs"),
            failure_persistence: None,
            max_shrink_time: 20_000,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
        let (number, slowest) = (Cell::new(0), Cell::new(Duration::ZERO));
        let outcome = TestRunner::new_with_rng(config, rng).run(&strategy, |bytes| {
            number.set(number.get() + 1);
            let took = tried(target, &bytes).map_err(TestCaseError::fail)?;
            slowest.set(slowest.get().max(took));
            Ok(())
        });
        let crash = outcome.err().map(|error| match error {
            TestError::Fail(why, bytes) => {
                let name = target.name;
                let file = corpus::put_aside(name, &bytes);
                let shown = bytes.escape_ascii();
                format!("{name}: {why}\n  input: {shown}\n  kept in {}", file.display())
            }
            TestError::Abort(why) => format!("{}: {why}", target.name),
        });
        Self { target: target.name, inputs: number.get(), slowest: slowest.get(), crash }
    }
}

/// How much of a core an input takes, or how it breaks the promise.
fn tried(target: &Target, bytes: &[u8]) -> Result<Duration, String> {
    catch_unwind(AssertUnwindSafe(|| hold(target, bytes))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
    })
}
