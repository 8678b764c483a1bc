//! What changes in a member's own practice. Each says what came of a decision.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Grade;
use super::state::{Consent, DayNumber, Digest, Memory, Reminded, Settings, Sprint};
use super::typed::{Label, Opined, Typed};

/// One thing that changed for one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnChange {
    /// A question was met, or graded: what is remembered of it is this now.
    Remembered {
        /// The memory after it.
        memory: Memory,
        /// The practice day on which it happened.
        day: DayNumber,
        /// Whether it was a grade, which can be taken back.
        graded: bool,
    },
    /// The last grade was taken back.
    TakenBack,
    /// They settled this.
    Settled(Settings),
    /// A sprint began.
    SprintBegun(Sprint),
    /// A step of the sprint is over: graded, or skipped.
    SprintStep {
        /// The sprint.
        sprint: u64,
        /// The grade; none where it was skipped.
        grade: Option<Grade>,
    },
    /// The sprint is over.
    SprintOver {
        /// The sprint.
        sprint: u64,
    },
    /// The next reminder is due then, or none is.
    RemindAt(Option<Timestamp>),
    /// How far a reminder is.
    Reminded(Reminded),
    /// An answer was typed and judged; it takes the place of another one to the same question.
    Typed(Typed),
    /// They said of key points of a typed answer whether they made them.
    Labelled(Vec<Label>),
    /// A typed answer is not needed any more.
    TypedDropped {
        /// Its question.
        question: super::state::Key,
    },
    /// They said this about sending typed answers to a coach; none: they are asked again.
    CoachSettled(Option<Consent>),
    /// A coach has an opinion of a typed answer.
    Opined(Opined),
}

/// One thing that changed for the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedChange {
    /// Somebody reported a question.
    Reported(super::state::Report),
    /// A report was settled.
    ReportSettled {
        /// Its number.
        number: u32,
    },
    /// The weekly post is this now; none: there is none.
    DigestIs(Option<Digest>),
    /// An interview was opened.
    InterviewOpened {
        /// On this practice day of the team.
        day: DayNumber,
    },
    /// Older files tell of nobody any more who was forgotten.
    Rewritten,
    /// Older files tell of somebody of whom nothing else is left that could say so.
    RewriteWanted,
}
