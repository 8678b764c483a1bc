//! A machine that breaks the files of a store in every way that it knows, and looks at what a
//! start, the doctor and its repair make of it. `history` knows what should be there, `judge` says
//! whether what is found is right, `break_bytes` and `break_files` do the damage, `repair` cuts the
//! repair itself short, `program` tries the built program in a `place`.
//!
//! The size of the random part is the environment variable `FLIPS`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic")]
#![expect(clippy::print_stdout, reason = "figures are printed")]

#[expect(dead_code, reason = "the tests of the store use more of it")]
#[path = "../contract/fake.rs"]
mod fake;
#[path = "../figures/mod.rs"]
mod figures;
#[expect(dead_code, reason = "the tests of the store use more of it")]
#[path = "../contract/toy.rs"]
mod toy;

mod break_bytes;
mod break_files;
mod history;
mod judge;
mod place;
mod program;
mod repair;

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use history::History;
use judge::Judge;

/// Longer than any case may take, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn no_damage_is_accepted_in_silence_and_a_repair_keeps_all_that_can_be_kept() {
    let (heart, beats) = channel();
    let machine = std::thread::spawn(move || {
        let mut judge = Judge::new(heart);
        for history in History::all() {
            break_bytes::all(&history, &mut judge);
            break_files::all(&history, &mut judge);
        }
        break_bytes::random(&mut judge, figures::size("FLIPS", 1_500));
        (judge.tally, judge.failures)
    });
    let mut last = String::new();
    loop {
        match beats.recv_timeout(PATIENCE) {
            Ok(case) => last = case,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => panic!("no end: {last}"),
        }
    }
    let (tally, failures) =
        machine.join().unwrap_or_else(|_| panic!("the machine failed at: {last}"));
    figures::tell(
        "storage",
        &[
            ("folders broken", &tally.broken),
            ("damage found and named by the start", &tally.found),
            ("found by the doctor, not needed for a start", &tally.found_by_doctor),
            ("harmless: everything loads, and nothing that counts was touched", &tally.harmless),
            ("the same bytes as at an earlier moment: nobody can tell", &tally.earlier),
            ("accepted in silence", &tally.silent),
            ("panics, and anything else that is not right", &failures.len()),
            ("repaired", &tally.repaired),
            ("nothing left to go on from: refused, untouched", &tally.hopeless),
            ("of a newer version: refused, untouched", &tally.newer),
            ("crashes in the middle of a repair, survived", &*repair::CRASHES),
            ("full disks in the middle of a repair, survived", &*repair::FULL_DISKS),
            ("records that damage cost", &tally.lost),
            ("records lost by repair where nothing was damaged", &tally.lost_without_damage),
        ],
    );
    let first: Vec<_> = failures.iter().take(400).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), first.join("\n"));
    assert_eq!((tally.silent, tally.lost_without_damage), (0, 0), "{tally:?}");
    assert!(tally.repaired > 1_000, "{tally:?}");
}
