//! What can be odd about an answer as a whole. It knows no key points.

/// What is odd about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Nothing that can be read: blank, signs only, or another script.
    Empty,
    /// A list of terms that says nothing about them.
    Stuffed,
    /// Little but the question typed back.
    Echo,
    /// The model answer, or most of it, word for word.
    Copied,
    /// It seems to say the opposite of a key point.
    Contradiction,
    /// Code without a sentence about it.
    CodeOnly,
    /// Few of its words are known: another language, or no words at all.
    Unknown,
}

impl Flag {
    /// How it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Stuffed => "stuffed",
            Self::Echo => "echo",
            Self::Copied => "copied",
            Self::Contradiction => "contradiction",
            Self::CodeOnly => "code_only",
            Self::Unknown => "unknown_words",
        }
    }
}
