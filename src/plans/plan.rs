//! What a plan of an interview is, and the rubric by which it is judged. It knows nothing of files,
//! of Discord or of who is interviewed.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::bank::{Kind, Level, Question, Topic};

/// How many bands every dimension has.
pub const BANDS: u8 = 4;

/// The name of a plan, equal to its file's name without the ending: `mid-backend`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlanId(Arc<str>);

impl PlanId {
    /// Wraps a text that was checked where it came in.
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The outline of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its name.
    pub id: PlanId,
    /// What people read: "Mid-level backend", at most 60 characters.
    pub title: String,
    /// What it is for, one line of at most 100 characters.
    pub about: String,
    /// Whether two people interview each other: all sections once, then again with roles swapped.
    #[serde(default)]
    pub swap: bool,
    /// Its sections in order, 1 to 8, with at most 20 questions in all.
    pub sections: Vec<Section>,
    /// By what it is judged.
    pub rubric: Rubric,
}

impl Plan {
    /// How long it takes once, in minutes.
    pub fn minutes(&self) -> u32 {
        self.sections.iter().map(|section| u32::from(section.minutes)).sum()
    }

    /// How long it takes with roles swapped where that belongs to it, in minutes.
    pub fn whole_minutes(&self) -> u32 {
        self.minutes() * if self.swap { 2 } else { 1 }
    }

    /// How many questions it asks once.
    pub fn questions(&self) -> usize {
        self.sections.iter().map(|section| usize::from(section.questions)).sum()
    }
}

/// A part of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What people read, at most 60 characters.
    pub title: String,
    /// How long it takes, 1 to 120.
    pub minutes: u8,
    /// How many questions are asked in it, 1 to 20.
    pub questions: u8,
    /// From which topics; none means all.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Of which levels; none means all.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Of which kinds; none means all.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Whether follow-ups are asked.
    pub follow_ups: bool,
    /// Whether an interviewer may push back.
    pub pushbacks: bool,
}

impl Section {
    /// Whether a question can be asked in it.
    pub fn fits(&self, question: &Question) -> bool {
        let of_kind = |kind| self.kinds.contains(&kind);
        (self.topics.is_empty() || self.topics.contains(&question.topic))
            && (self.levels.is_empty() || self.levels.contains(&question.level))
            && (self.kinds.is_empty() || question.kind.is_some_and(of_kind))
    }
}

/// By what an interview is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rubric {
    /// Its name, equal to its file's name without the ending.
    pub id: String,
    /// What people read, at most 60 characters.
    pub title: String,
    /// What is judged, 1 to 4.
    pub dimensions: Vec<Dimension>,
}

/// One thing that is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// What people read: "Communication", at most 40 characters.
    pub title: String,
    /// Its bands, lowest first, each described in a sentence of at most 100 characters: what was
    /// seen, not what it is worth.
    pub bands: [String; BANDS as usize],
}
