//! Soft coverage: how much of a key point an answer says, word by word, by the nearest word of the
//! answer. It does not know what is enough.

use super::side::{Content, Side};

/// Words less alike than this have nothing to do with each other.
const FLOOR: f32 = 0.2;
/// From here on a word counts as said.
const STRONG: f32 = 0.6;
/// What a word weighs that the question gives away.
const ECHOED: f32 = 0.15;
/// How much less a word of the answer says that stands in the question.
const BORROWED: f32 = 0.8;
/// How much less a word weighs for each other key point that has it.
const SHARED: f32 = 0.7;
/// So many sentences in a row make a statement.
const WINDOW: usize = 2;
/// A shorter word is not taken for a misspelt one.
const MISSPELT: usize = 5;

/// How well something is said: shares between 0 and 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Coverage {
    /// The mean of how near its words are said, by weight.
    pub(super) mean: f32,
    /// The share of its words that are said, by weight.
    pub(super) strong: f32,
}

/// For each word of a reference how near each sentence of an answer says it.
pub(super) struct Matches {
    /// A row for each word of the reference.
    rows: Vec<Vec<f32>>,
    weights: Vec<f32>,
}

impl Matches {
    /// Holds a reference against an answer. `given` is the question; `others` are the other key points.
    pub(super) fn of(reference: &Side, answer: &Side, given: &Side, others: &[&Side]) -> Self {
        let count = answer.sentences.len().max(1);
        let row = |word: &Content| {
            let mut row = vec![0.0_f32; count];
            for said in &answer.contents {
                if let Some(best) = row.get_mut(said.sentence) {
                    let borrowed = if has(given, said) { BORROWED } else { 1.0 };
                    *best = best.max(nearness(word, said, borrowed));
                }
            }
            row
        };
        let weight = |word: &Content| {
            let echo = if has(given, word) { ECHOED } else { 1.0 };
            #[expect(clippy::cast_precision_loss, reason = "key points are few")]
            let shared = others.iter().filter(|other| has(other, word)).count() as f32;
            word.weight * echo / (1.0 + SHARED * shared)
        };
        Self {
            rows: reference.contents.iter().map(row).collect(),
            weights: reference.contents.iter().map(weight).collect(),
        }
    }

    /// How well the whole answer says it.
    pub(super) fn whole(&self) -> Coverage {
        self.within(0, usize::MAX)
    }

    /// How well those sentences in a row say it that say it best, and the first of them.
    pub(super) fn best(&self) -> (Coverage, usize) {
        let sentences = self.rows.first().map_or(0, Vec::len);
        let mut best = (Coverage::default(), 0);
        for first in 0..sentences {
            for length in 1..=WINDOW {
                let here = self.within(first, length);
                // A shorter passage that says as much is the better evidence.
                if here.mean > best.0.mean + 1e-6 {
                    best = (here, first);
                }
            }
        }
        best
    }

    fn within(&self, first: usize, length: usize) -> Coverage {
        let (mut mean, mut strong, mut all) = (0.0, 0.0, 0.0);
        for (row, weight) in self.rows.iter().zip(&self.weights) {
            let near =
                row.iter().skip(first).take(length).fold(0.0_f32, |best, one| best.max(*one));
            mean += weight * near;
            strong += if near >= STRONG { *weight } else { 0.0 };
            all += weight;
        }
        if all > 0.0 {
            Coverage { mean: mean / all, strong: strong / all }
        } else {
            Coverage::default()
        }
    }
}

fn has(side: &Side, word: &Content) -> bool {
    side.contents.iter().any(|other| other.stem == word.stem)
}

/// How near a said word comes to a wanted one: 1 for another form of it or a misspelling.
fn nearness(wanted: &Content, said: &Content, borrowed: f32) -> f32 {
    if wanted.stem == said.stem || is_slip(wanted, said) {
        return 1.0;
    }
    ((wanted.cosine(said) * borrowed - FLOOR) / (1.0 - FLOOR)).clamp(0.0, 1.0)
}

/// Whether a word is one slip of the finger away from another, or from another form of it.
fn is_slip(wanted: &Content, said: &Content) -> bool {
    let is_long = wanted.written.len() > MISSPELT;
    one_edit(&wanted.written, &said.written) || is_long && one_edit(&wanted.stem, &said.stem)
}

/// One letter more, less or other, or two neighbours swapped.
fn one_edit(one: &str, other: &str) -> bool {
    let are_long = one.len().min(other.len()) >= MISSPELT;
    are_long && one.len().abs_diff(other.len()) <= 1 && strsim::osa_distance(one, other) == 1
}
