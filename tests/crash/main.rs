//! kill -9 at any instant, again and again: what members were told stays true, and what channels
//! hold is neither doubled nor missing. The program runs as a process of its own under steady
//! load; Discord is a local one in the test, which remembers all that was ever said.
//!
//! Reading order: `cycle` (one life of the program), `load` (what members do), `weather` (what
//! goes wrong meanwhile), `told` (what they read), `oracle` and `dailies` (what must be true),
//! `channels` (what must stand there), `tally` (the figures).
//!
//! `CYCLES` says how often it is killed; `SEED` repeats a run as nearly as a process can.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed, and a machine prints its figures"
)]

mod channels;
mod cycle;
mod dailies;
#[path = "../figures/mod.rs"]
mod figures;
mod load;
mod oracle;
mod past;
#[expect(dead_code, reason = "shared with tests/binary, which needs more of it")]
#[path = "../binary/process.rs"]
mod process;
mod tally;
mod told;
mod town;
mod weather;

use rand::TryRng as _;

use crate::cycle::Era;
use crate::tally::Tally;

/// So often the program is killed on the same data before it begins with other data.
const CYCLES_AN_ERA: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_often_it_is_killed_nothing_is_lost_doubled_or_missing() {
    let cycles = figures::size("CYCLES", 12);
    let any = rand::rngs::SysRng.try_next_u32().expect("some chance");
    let seed = figures::size("SEED", usize::try_from(any).expect("a small number"));
    println!("crash: SEED={seed} CYCLES={cycles}");
    let mut tally = Tally::default();
    let mut left = cycles;
    for era in 0_u64.. {
        let here = left.min(CYCLES_AN_ERA);
        let seed = u64::try_from(seed).expect("a number") ^ (era << 40);
        Era::begin(seed).await.run(here, &mut tally).await;
        left -= here;
        assert!(tally.wrong.is_empty(), "SEED={seed}\n{}", tally.wrong.join("\n"));
        if left == 0 {
            break;
        }
    }
    tally.tell();
}
