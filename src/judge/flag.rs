//! What can be odd about an answer as a whole. It knows no key points.

/// What is odd about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Nothing that can be read.
    Empty,
    /// Code without a sentence about it.
    CodeOnly,
    /// Another language or script.
    Unknown,
    /// Little but the question typed back.
    Echo,
    /// The model answer, or most of it, word for word.
    Copied,
    /// A list of terms that says nothing about them.
    Stuffed,
    /// It seems to say the opposite of a key point. A hint: often wrong.
    Contradiction,
}

impl Flag {
    /// How it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::CodeOnly => "code_only",
            Self::Unknown => "unknown_language",
            Self::Echo => "echo",
            Self::Copied => "copied",
            Self::Stuffed => "stuffed",
            Self::Contradiction => "contradiction",
        }
    }
}
