//! The whole bot against every fault of Discord and of the way to it that we could think of: a
//! table of them, and after each the same questions. It knows nothing of how the bot is made.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a machine that meets something else has failed, and says how far it came"
)]

#[path = "../figures/mod.rs"]
mod figures;

#[path = "../e2e/bot.rs"]
#[expect(dead_code, reason = "stories need more of it than a table does")]
mod bot;

#[path = "../binary/process.rs"]
#[expect(dead_code, reason = "the tests of the program need more of it")]
mod process;

mod gateway;
mod interviews;
mod life;
mod log;
mod outages;
mod places;
mod program;
mod reminders;
mod requests;
mod table;

use table::Row;

#[test]
fn every_fault_is_survived() {
    let rounds = figures::size("ROUNDS", 1);
    let rows: Vec<Row> = [
        requests::rows(),
        gateway::rows(),
        outages::rows(),
        places::rows(),
        interviews::rows(),
        reminders::rows(),
        program::rows(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (faults, total) = table::run(&rows, rounds);
    figures::tell(
        "network",
        &[
            ("faults", &faults),
            ("rounds", &rounds),
            ("dailies due", &total.due),
            ("dailies posted", &total.posted),
            ("dailies not posted, and explained", &total.explained),
            ("dailies doubled", &total.doubled),
            ("posts revealed", &total.revealed),
            ("interactions answered", &total.answered),
            ("interactions expired while there was no way to answer", &total.expired),
            ("sessions begun, most in one fault", &total.identifies),
            ("connections to the gateway, most in one fault", &total.connections),
            ("requests, most in one fault", &total.requests),
            ("warnings in the log, most in one fault", &total.warnings),
        ],
    );
}
