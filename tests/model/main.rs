//! Random lives of a team against a model that a reader believes at sight. Whatever happens, in
//! whatever order: no daily is lost or comes twice, no post is revealed twice, and a streak is what
//! somebody would say who kept a list of the days.
//!
//! A step is generated from `step`, the naive model takes it in `plan` and `naive`, the real team
//! in `life` and `process`, its Discord in `world`; `promises` compares them. A life that breaks a promise shrinks
//! to a few steps, is printed as a transcript, and its seed is written to `regressions.txt`, which
//! every later run tries first.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::test_runner::{Config, FileFailurePersistence, TestError, TestRunner};
use proptest_state_machine::{ReferenceStateMachine as _, StateMachineTest};

#[path = "../figures/mod.rs"]
mod figures;
mod known;
mod life;
mod naive;
mod plan;
mod process;
mod promises;
mod step;
mod tally;
mod transcript;
mod world;

use life::Life;
use plan::Plan;
use step::{Fate, Jump, Step};
use tally::Tally;

/// Seeds of every life that ever broke a promise.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/model/regressions.txt");

thread_local! {
    static TALLY: RefCell<Tally> = RefCell::default();
    /// Whether a broken promise is expected here, and need not be printed each time.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

struct Lives;

impl StateMachineTest for Lives {
    type SystemUnderTest = Life;
    type Reference = Plan;

    fn init_test(plan: &Plan) -> Life {
        transcript::start(plan);
        Life::begins(plan)
    }

    fn apply(mut life: Life, plan: &Plan, step: Step) -> Life {
        life.takes(plan, &step);
        life
    }

    fn check_invariants(life: &Life, plan: &Plan) {
        life.promises(plan);
    }

    /// Everything works again, and nothing that was asked for is missing.
    fn teardown(mut life: Life, mut plan: Plan) {
        let tally = life.tally.clone();
        let pass = |seconds| Step::Pass { fate: Fate::Works, by: Jump::Seconds(seconds) };
        let crash = Step::Crash { down: Jump::Seconds(0), from_image: true };
        for step in [Step::Disk { works: true }, pass(1), crash, pass(3_600), pass(1)] {
            plan = Plan::apply(plan, &step);
            life.takes(&plan, &step);
            life.promises(&plan);
        }
        let tally = tally.ends(&life, &plan);
        TALLY.with_borrow_mut(|all| all.add(&tally));
        let missing = life.missing(&plan);
        assert!(missing.is_empty(), "this is missing in the end: {missing:?}");
    }
}

#[test]
fn whatever_happens_the_promises_hold() {
    quiet_where_expected();
    let cases = figures::size("CASES", 150);
    let config = Config {
        cases: u32::try_from(cases).expect("a number of cases"),
        max_shrink_iters: 20_000,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        source_file: Some(file!()),
        test_name: Some("model"),
        ..Config::default()
    };
    let mut runner = TestRunner::new(config.clone());
    QUIET.set(true);
    let lived = runner.run(&Plan::sequential_strategy(1..80), |(plan, steps, seen)| {
        Lives::test_sequential(config.clone(), plan, steps, seen);
        Ok(())
    });
    QUIET.set(false);
    match lived {
        Ok(()) => TALLY.with_borrow(Tally::tell),
        Err(TestError::Abort(reason)) => panic!("no lives could be made: {reason}"),
        Err(TestError::Fail(reason, (plan, steps, _))) => {
            transcript::begins();
            QUIET.set(true);
            let again = AssertUnwindSafe(|| Lives::test_sequential(config, plan, steps, None));
            let again = catch_unwind(again);
            QUIET.set(false);
            let told = transcript::ends();
            assert!(again.is_err(), "it broke once and not again:\n{told}\n{reason}");
            panic!("a promise was broken:\n\n{told}\n\n{reason}");
        }
    }
}

/// A broken promise is a panic, and finding the shortest life that breaks it takes many: only the
/// last one is worth its lines.
fn quiet_where_expected() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !QUIET.get() {
            loud(info);
        }
    }));
}
