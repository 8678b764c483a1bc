//! From how probable a key point is to what is said of it. It knows no texts.

use serde::{Deserialize, Serialize};

/// What is said of a key point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The answer makes it.
    Covered,
    /// A person has to tell.
    Unsure,
    /// The answer does not make it.
    Missing,
}

/// From where on a key point counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// From so many percent on it is covered (1 to 100).
    pub covered: u8,
    /// From so many percent on nobody can tell; below it is missing (0 to `covered`).
    pub unsure: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { covered: 60, unsure: 30 }
    }
}

impl Thresholds {
    /// What is said of a key point that is made with probability `p`, 0 to 1.
    pub fn state(self, p: f32) -> State {
        if p * 100.0 >= f32::from(self.covered) {
            State::Covered
        } else if p * 100.0 < f32::from(self.unsure) {
            State::Missing
        } else {
            State::Unsure
        }
    }
}
