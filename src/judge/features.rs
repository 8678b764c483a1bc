//! What is seen of one key point in an answer, as a few numbers. It does not know what they prove.

use super::coverage::Matches;
use super::side::{Reader, Side};
use crate::bank::KeyPoint;

/// A question made ready: its words, its key points and their terms.
pub(super) struct Ready {
    prompt: Side,
    points: Vec<ReadyPoint>,
}

struct ReadyPoint {
    point: Side,
    terms: Vec<Side>,
}

/// What is seen of a key point, each between 0 and 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features {
    /// How well the two sentences say it that say it best.
    pub passage: f32,
    /// The share of its words that they say.
    pub strong: f32,
    /// How well the whole answer says it.
    pub whole: f32,
    /// How well the best of its terms is said.
    pub term: f32,
}

impl Features {
    /// The same as a row of numbers, in the order of the fields.
    pub fn row(&self) -> [f32; 4] {
        [self.passage, self.strong, self.whole, self.term]
    }
}

impl Ready {
    pub(super) fn of(reader: &mut Reader<'_>, prompt: &str, points: &[KeyPoint]) -> Self {
        let points = points.iter().map(|point| ReadyPoint {
            point: reader.read_whole(&point.point),
            terms: point.terms.iter().map(|term| reader.read_whole(term)).collect(),
        });
        let points = points.collect();
        Self { prompt: reader.read_whole(prompt), points }
    }

    /// What is seen of each key point, and the sentence that says most of it.
    pub(super) fn features(&self, answer: &Side) -> Vec<(Features, usize)> {
        let nothing = Side::default();
        let point = |(place, ready): (usize, &ReadyPoint)| {
            let others = self.points.iter().enumerate().filter(|(other, _)| *other != place);
            let others: Vec<&Side> = others.map(|(_, other)| &other.point).collect();
            let matches = Matches::of(&ready.point, answer, &self.prompt, &others);
            let (best, sentence) = matches.best();
            let term = ready.terms.iter().fold(0.0_f32, |most, term| {
                most.max(Matches::of(term, answer, &nothing, &[]).best().0.mean)
            });
            let whole = matches.whole().mean;
            (Features { passage: best.mean, strong: best.strong, whole, term }, sentence)
        };
        self.points.iter().enumerate().map(point).collect()
    }
}
