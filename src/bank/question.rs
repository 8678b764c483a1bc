//! What a question is. It knows nothing of files, of Discord or of who has seen it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps a text that was checked where it came in.
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &self.0)
            }
        }
    };
}

name! {
    /// The name of a question: unique in the whole bank, never reused, `[a-z0-9-]`.
    QuestionId
}
name! {
    /// The name of a topic, equal to its file's name without the ending: `databases`.
    Topic
}

/// How hard a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Asked of juniors and in first calls.
    Easy,
    /// Asked of everybody.
    Medium,
    /// Asked of seniors.
    Hard,
}

impl Level {
    /// Every level, easiest first.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// The word for it in files, commands and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

/// What a question asks for; it decides how an answer is built up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Explain one thing.
    Concept,
    /// Tell two things apart and choose.
    Compare,
    /// Say how one would do something.
    Howto,
    /// Something is on fire: what now?
    Scenario,
    /// Design a system.
    Design,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Concept, Self::Compare, Self::Howto, Self::Scenario, Self::Design];

    /// The word for it in files, commands and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Compare => "compare",
            Self::Howto => "howto",
            Self::Scenario => "scenario",
            Self::Design => "design",
        }
    }
}

/// An entry of the bank. Texts are Markdown as Discord renders it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name.
    pub id: QuestionId,
    /// The topic it belongs to.
    pub topic: Topic,
    /// The title of that topic: "Databases & Storage".
    pub topic_title: String,
    /// What is asked.
    pub prompt: String,
    /// How hard it is.
    pub level: Level,
    /// What it asks for, where the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// In how many of the collections that the bank was built from it is asked (1 to 255), where
    /// the file says so. What is asked most often is computed from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<u8>,
    /// Length of a good spoken answer, in minutes (1 to 60).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u8>,
    /// What an interviewer learns from it, one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probes: Option<String>,
    /// A nudge without the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The model answer.
    pub answer: String,
    /// What a good answer must say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_points: Vec<KeyPoint>,
    /// Common mistakes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pitfalls: Vec<String>,
    /// What to ask next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_ups: Vec<FollowUp>,
    /// How an interviewer raises the stakes once the question is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushback: Option<FollowUp>,
    /// Questions to read next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<QuestionId>,
    /// Free labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Standards, manuals and papers: name and section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// When the facts were last verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<jiff::civil::Date>,
}

impl Question {
    /// A question with nothing but what every question has; the topic's title is its name.
    pub fn bare(id: &str, topic: &str, prompt: &str, answer: &str) -> Self {
        Self {
            id: QuestionId::new(id),
            topic: Topic::new(topic),
            topic_title: topic.to_owned(),
            prompt: prompt.to_owned(),
            level: Level::Easy,
            kind: None,
            asked_by: None,
            minutes: None,
            probes: None,
            hint: None,
            answer: answer.to_owned(),
            key_points: Vec::new(),
            pitfalls: Vec::new(),
            follow_ups: Vec::new(),
            pushback: None,
            related: Vec::new(),
            tags: Vec::new(),
            sources: Vec::new(),
            checked: None,
        }
    }
}

/// One thing that a good answer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPoint {
    /// A statement that can be checked.
    pub point: String,
    /// What to ask whoever leaves it out: a question that does not give it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// Words and phrases that signal it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// What somebody says who has it wrong: short false claims, which nobody is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opposites: Vec<String>,
}

impl KeyPoint {
    /// A key point with nothing but its statement.
    pub fn of(point: impl Into<String>) -> Self {
        Self { point: point.into(), ask: None, terms: Vec::new(), opposites: Vec::new() }
    }
}

/// A question that follows on another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// What is asked.
    pub prompt: String,
    /// Its model answer.
    pub answer: String,
}
