//! How well a member knew an answer, by their own judgement.

use serde::{Deserialize, Serialize};

/// A self-grade. With two grades only *Missed* and *Got it* are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Did not know it: FSRS's *again*.
    Missed,
    /// Knew a part, or with effort: FSRS's *hard*.
    Partly,
    /// Knew it: FSRS's *good*.
    GotIt,
    /// Knew it at once: FSRS's *easy*.
    Easy,
}

impl Grade {
    /// Every grade, worst first.
    pub const ALL: [Self; 4] = [Self::Missed, Self::Partly, Self::GotIt, Self::Easy];
}
