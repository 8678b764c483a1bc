//! Stop and start: SIGTERM in the middle of everything loses nothing and ends with 0, a well
//! filled data folder is loaded and left quickly, and what another version wrote is read. The
//! program runs as a process of its own, as in tests/binary; members and the oracle are those of
//! tests/crash.
//!
//! `STARTS` says how often it is started and stopped, in each of the two ways.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed, and a machine prints its figures"
)]

#[expect(dead_code, reason = "shared with tests/crash, which needs more of it")]
#[path = "../crash/channels.rs"]
mod channels;
#[path = "../crash/dailies.rs"]
mod dailies;
#[path = "../figures/mod.rs"]
mod figures;
mod filled;
#[path = "../crash/load.rs"]
mod load;
mod midst;
#[expect(dead_code, reason = "shared with tests/crash, which needs more of it")]
#[path = "../crash/oracle.rs"]
mod oracle;
#[path = "../crash/past.rs"]
mod past;
#[expect(dead_code, reason = "shared with tests/binary, which needs more of it")]
#[path = "../binary/process.rs"]
mod process;
#[path = "../crash/told.rs"]
mod told;
#[path = "../crash/town.rs"]
mod town;
mod update;

use std::fmt::Display;
use std::time::Duration;

/// Reports both machines in one table.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_and_starting_loses_nothing() {
    let starts = figures::size("STARTS", 4);
    let midst = midst::run(starts).await;
    assert!(midst.wrong.is_empty(), "{}", midst.wrong.join("\n"));
    let mut filled = filled::run(starts).await;
    let lost = midst.wrong.len() + filled.lost;
    let (load, stop) = (spread(&mut filled.connected), spread(&mut filled.stopped));
    let first = spread(&mut filled.answered);
    let megabytes = filled.bytes / 1_000_000;
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let all = midst.stops + filled.connected.len();
    let figures: [(&str, &dyn Display); 11] = [
        ("starts", &all),
        ("stopped in the middle of everything", &midst.stops),
        ("requests answered", &midst.answered),
        ("confirmed changes checked after a restart", &(midst.compared + filled.checked)),
        ("lost", &lost),
        ("data folder (MB)", &megabytes),
        ("teams, members, posts in it", &filled.content),
        ("connected after, median and worst (ms)", &load),
        ("first answer after, median and worst (ms)", &first),
        ("stopped after, median and worst (ms)", &stop),
        ("build", &build),
    ];
    figures::tell("restart", &figures);
    assert_eq!(lost, 0);
}

/// The middle and the worst, in milliseconds.
fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |place: usize| times.get(place).map_or(0, Duration::as_millis);
    format!("{} / {}", at(times.len() / 2), at(times.len().saturating_sub(1)))
}
