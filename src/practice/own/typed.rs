//! What is kept of typed answers: the few that wait for a grade, and what members said about their
//! key points. It decides nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::state::{Key, Own};
use crate::judge::{Opinion, State};
use crate::practice::ids::splitmix;

/// Typed answers of a member that are kept.
pub const MOST_TYPED: usize = 3;
/// Labels of a member that are kept.
pub const MOST_LABELS: usize = 500;
/// The most characters of a typed answer.
pub const LONGEST: usize = 4_000;

/// A typed answer that nobody grades is let go of after a week.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A typed answer that waits for its grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The question.
    pub question: Key,
    /// When it was typed.
    pub at: Timestamp,
    /// As it was typed, at most 4,000 characters.
    pub text: String,
    /// What was seen of each key point, in their order.
    pub points: Vec<Seen>,
}

impl Typed {
    /// Its name in buttons: another answer to the same question has another one.
    pub(super) fn name(&self) -> u64 {
        let at = u64::try_from(self.at.as_nanosecond()).unwrap_or_default();
        splitmix(self.question.number() ^ splitmix(at))
    }

    /// When it is let go of, if it is not graded before.
    pub(super) fn ends(&self) -> Timestamp {
        self.at.saturating_add(KEPT).unwrap_or(Timestamp::MAX)
    }
}

/// What a coach thinks of a typed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opined {
    /// The question.
    pub question: Key,
    /// When the answer was typed.
    pub at: Timestamp,
    /// What it thinks.
    pub opinion: Opinion,
}

/// What was seen of a key point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// How probable it is that it was made, in thousandths.
    pub p: u16,
    /// What was said of it.
    pub state: State,
}

impl Seen {
    /// What the judge says, as it is kept.
    pub fn of(p: f32, state: State) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1000"
        )]
        let p = (p.clamp(0.0, 1.0) * 1000.0).round() as u16;
        Self { p, state }
    }
}

/// What a member said about a key point of their own typed answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The question.
    pub question: Key,
    /// When the answer was typed.
    pub at: Timestamp,
    /// The key point, by its number.
    pub point: u8,
    /// What was seen of it.
    pub seen: Seen,
    /// Whether they said that they made it.
    pub said: bool,
}

impl Label {
    /// Whether both are about the same key point of the same typed answer.
    fn is_about(&self, other: &Self) -> bool {
        (self.question, self.at, self.point) == (other.question, other.at, other.point)
    }
}

impl Opined {
    fn is_about(&self, typed: &Typed) -> bool {
        (self.question, self.at) == (typed.question, typed.at)
    }
}

impl Own {
    /// The typed answer to a question that waits for its grade.
    pub(in crate::practice) fn typed(&self, question: Key) -> Option<&Typed> {
        self.typed.iter().find(|typed| typed.question == question)
    }

    /// The typed answer of this name, if it still waits for its grade.
    pub(super) fn typed_named(&self, name: u64) -> Option<&Typed> {
        self.typed.iter().find(|typed| typed.name() == name)
    }

    /// When the first typed answer that waits is let go of.
    pub(in crate::practice) fn typed_ends(&self) -> Option<Timestamp> {
        self.typed.iter().map(Typed::ends).min()
    }

    /// Whether a key point of a typed answer was made, as the member says.
    pub(super) fn said(&self, typed: &Typed, point: usize) -> Option<bool> {
        let about = |label: &&Label| {
            (label.question, label.at) == (typed.question, typed.at)
                && usize::from(label.point) == point
        };
        self.labels.iter().rev().find(about).map(|label| label.said)
    }

    pub(super) fn keep_typed(&mut self, typed: &Typed) {
        self.drop_typed(typed.question);
        self.typed.push(typed.clone());
        if self.typed.len() > MOST_TYPED {
            self.typed.remove(0);
            self.drop_opinions();
        }
    }

    /// What a coach thinks of a typed answer, once it was asked and has answered.
    pub(super) fn opinion(&self, typed: &Typed) -> Option<&Opinion> {
        let found = self.opinions.iter().find(|opined| opined.is_about(typed));
        found.map(|opined| &opined.opinion)
    }

    /// What a coach thinks of an answer, if that still waits.
    pub(super) fn keep_opinion(&mut self, opined: &Opined) {
        self.opinions.retain(|other| (other.question, other.at) != (opined.question, opined.at));
        self.opinions.push(opined.clone());
        self.drop_opinions();
    }

    pub(super) fn drop_typed(&mut self, question: Key) {
        self.typed.retain(|typed| typed.question != question);
        self.drop_opinions();
    }

    /// An opinion goes with the answer that it is about.
    fn drop_opinions(&mut self) {
        let typed = &self.typed;
        self.opinions.retain(|opined| typed.iter().any(|typed| opined.is_about(typed)));
    }

    /// The last word about a key point of a typed answer is the one that is kept.
    pub(super) fn keep_labels(&mut self, labels: &[Label]) {
        for label in labels {
            match self.labels.iter_mut().find(|other| other.is_about(label)) {
                Some(there) => *there = *label,
                None => self.labels.push(*label),
            }
        }
        let over = self.labels.len().saturating_sub(MOST_LABELS);
        self.labels.drain(..over);
    }
}
