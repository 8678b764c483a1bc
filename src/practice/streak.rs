//! The streak of a member: runs of practice days, freezes, and the days behind them.
//! It knows dates only; which date a moment belongs to is the calendar's business.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A member's streak as of the last day that counted. Small, because there may be a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    /// The last local date that counted, in days since 1970-01-01.
    pub last: i32,
    /// Days in the present run.
    pub length: u32,
    /// Most days that a run ever had.
    pub best: u32,
    /// Days that ever counted; each seventh earns a freeze.
    pub total: u32,
    /// Freezes held (0 to 2).
    pub freezes: u8,
    /// Bit n: the date `last - n` counted.
    pub counted: u64,
    /// Bit n: a freeze was spent on the date `last - n`.
    pub frozen: u64,
}

/// A streak as it stands today, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The member's local date.
    pub today: Date,
    /// Days in the present run, after missed days were reckoned.
    pub length: u32,
    /// Most days that a run ever had.
    pub best: u32,
    /// Freezes still held.
    pub freezes: u8,
    /// Whether today counted.
    pub today_counted: bool,
    /// The last 60 days, newest first.
    pub days: Vec<(Date, Day)>,
}

/// What a day was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Practised.
    Counted,
    /// Missed, and a freeze kept the streak.
    Frozen,
    /// Missed, and the streak ended.
    Missed,
    /// Not a practice day; missing it costs nothing.
    Free,
    /// Today, still open.
    Open,
    /// Before the member began.
    Before,
}
