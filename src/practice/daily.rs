//! The daily: the question of the day of one channel. At most one a channel and local date.

use serde::{Deserialize, Serialize};

/// Who manages a daily.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Management {
    /// The config file; commands only show it.
    Config,
    /// `/daily`.
    Command,
}

/// How the daily of one date went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Result {
    /// It stands, this many seconds after its time.
    Posted {
        /// Seconds of delay.
        late: u32,
    },
    /// It was left out on request.
    Skipped,
    /// The bot was away until it was too late.
    Missed,
    /// No question of the bank fits.
    NothingFits,
    /// The channel refused it.
    Refused(super::effect::Failure),
}
