//! What a coach is asked about a typed answer, and what it thinks of it. A coach is a language model
//! that somebody may have plugged in; nothing here knows how it is asked, or that there is one.

use serde::{Deserialize, Serialize};

/// Most key points that a coach is asked about at once.
pub const MOST_IN_DOUBT: usize = 8;
/// Longest answer that a coach is asked about, in characters: what fits into Discord's form.
pub const LONGEST_ASKED: usize = 4_000;

/// What a coach is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The question as it was asked.
    pub question: String,
    /// The key points in doubt: 1 to [`MOST_IN_DOUBT`], no number twice.
    pub points: Vec<InDoubt>,
    /// The answer as it was typed: at most [`LONGEST_ASKED`] characters, and not blank.
    pub text: String,
}

/// A key point of which the judge cannot tell whether the answer makes it, or says the opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InDoubt {
    /// Which of the question's key points, counted from 1.
    pub number: u8,
    /// What it says.
    pub point: String,
}

/// What a coach thinks of an answer: a hint, marked as the coach's wherever it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// One for each key point that was asked about, in that order.
    pub points: Vec<PointOpinion>,
}

/// What a coach thinks of one key point. It never says both yes and contradicted, and none of them
/// without words of the answer to show for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointOpinion {
    /// Which of the question's key points, counted from 1.
    pub number: u8,
    /// Whether the answer makes it.
    pub made: Made,
    /// Whether the answer says the opposite.
    pub contradicted: bool,
    /// The words of the answer that show that it makes or contradicts it, as they were typed.
    pub quote: Option<String>,
}

/// Whether an answer makes a key point, as far as a coach can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Made {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The coach cannot tell, said nothing, or could not show it.
    Unclear,
}
