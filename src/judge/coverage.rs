//! Soft coverage: how much of a reference an answer says, word by word, by the nearest word of the
//! answer (`tools/vectors/README.md`). It does not know what is enough.

use super::side::Side;
use super::words::{WordNumber, Words};

/// What a word weighs that the question gives away.
const ECHOED: f32 = 0.15;
/// How much less a word of the answer says that stands in the question.
const BORROWED: f32 = 0.8;
/// How much less a word weighs for each other key point that has it.
const SHARED: f32 = 0.7;

/// Words that an answer is held against, with their weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference {
    pub(super) families: Vec<WordNumber>,
    pub(super) weights: Vec<f32>,
    /// The sum of the weights.
    pub(super) weight: f32,
    /// The largest of them.
    pub(super) heaviest: f32,
}

impl Reference {
    /// Weighs words, given the question and what else is asked for.
    pub(super) fn of(
        words: &Words<'_>,
        families: &[WordNumber],
        prompt: &Side,
        others: &[&[WordNumber]],
    ) -> Self {
        let weigh = |family: &WordNumber| {
            let plain = words.weight(*family);
            let echoed = if prompt.has(*family) { ECHOED } else { 1.0 };
            #[expect(clippy::cast_precision_loss, reason = "key points are few")]
            let shared = others.iter().filter(|other| other.contains(family)).count() as f32;
            plain * echoed / (1.0 + SHARED * shared)
        };
        let weights: Vec<f32> = families.iter().map(weigh).collect();
        let weight = weights.iter().sum();
        let heaviest = weights.iter().copied().fold(0.0, f32::max);
        Self { families: families.to_vec(), weights, weight, heaviest }
    }

    /// The share that is said, by weight, where each word is said as well as `said` tells; 0 without
    /// words.
    pub(super) fn share(&self, said: impl Fn(WordNumber) -> f32) -> f32 {
        let sum: f32 = self
            .families
            .iter()
            .zip(&self.weights)
            .map(|(word, weight)| weight * said(*word))
            .sum();
        if self.weight > 0.0 { sum / self.weight } else { 0.0 }
    }
}

/// How near each word of an answer comes to each wanted word, 0 to 1.
pub(super) struct Matches {
    /// By the wanted word's number; none for a word that is not wanted.
    rows: Vec<Option<Vec<f32>>>,
    /// The answer's words, in the order of each row.
    columns: Vec<WordNumber>,
    /// How much each of them counts.
    trust: Vec<f32>,
}

impl Matches {
    pub(super) fn of(
        words: &Words<'_>,
        wanted: impl Iterator<Item = WordNumber>,
        answer: &Side,
        prompt: &Side,
    ) -> Self {
        let columns = answer.contents.clone();
        let trust = |said: &WordNumber| if prompt.has(*said) { BORROWED } else { 1.0 };
        let trust = columns.iter().map(trust).collect();
        let mut matches = Self { rows: Vec::new(), columns, trust };
        matches.want(words, wanted);
        matches
    }

    /// Wants more words.
    pub(super) fn want(&mut self, words: &Words<'_>, wanted: impl Iterator<Item = WordNumber>) {
        for wanted in wanted {
            if self.rows.len() <= wanted {
                self.rows.resize(wanted + 1, None);
            }
            if let Some(place @ None) = self.rows.get_mut(wanted) {
                let columns = self.columns.iter().zip(&self.trust);
                let near = columns.map(|(said, trust)| words.nearness(wanted, *said, *trust));
                *place = Some(near.collect());
            }
        }
    }

    /// Empty for a word that is not wanted.
    fn row(&self, wanted: WordNumber) -> &[f32] {
        self.rows.get(wanted).and_then(Option::as_deref).unwrap_or_default()
    }

    /// How well a wanted word is said by some words of the answer, and by which one.
    pub(super) fn best(&self, wanted: WordNumber, columns: &[usize]) -> (f32, Option<WordNumber>) {
        let mut best = (0.0, None);
        let row = self.row(wanted);
        for column in columns {
            let near = row.get(*column).copied().unwrap_or_default();
            if near > best.0 {
                best = (near, self.columns.get(*column).copied());
            }
        }
        best
    }

    /// How well a wanted word is said anywhere.
    pub(super) fn said(&self, wanted: WordNumber) -> f32 {
        self.row(wanted).iter().copied().fold(0.0, f32::max)
    }

    /// For each word of the answer how near it comes to a reference, heavy words first: 0 to 1.
    pub(super) fn pull(&self, reference: &Reference) -> Vec<f32> {
        let mut pull = vec![0.0_f32; self.columns.len()];
        for (word, weight) in reference.families.iter().zip(&reference.weights) {
            let weight = if reference.heaviest > 0.0 { weight / reference.heaviest } else { 0.0 };
            for (pull, near) in pull.iter_mut().zip(self.row(*word)) {
                *pull = pull.max(near * weight);
            }
        }
        pull
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::judge::vectors::Vectors;

    #[derive(Deserialize)]
    struct Example {
        question: String,
        reference: String,
        answer: String,
        stems: Vec<String>,
        weights: Vec<f32>,
        matches: Vec<f32>,
        coverage: f32,
    }

    #[test]
    fn coverage_is_what_the_tools_that_make_the_vectors_say() {
        let examples = include_str!("../../tools/vectors/examples.json");
        let examples: Vec<Example> = serde_json::from_str(examples).unwrap();
        assert_eq!(examples.len(), 28);
        for example in examples {
            let mut words = Words::new(Vectors::shipped());
            let wanted = Side::read(&mut words, &example.reference);
            let answer = Side::read(&mut words, &example.answer);
            let prompt = Side::read(&mut words, &example.question);
            let reference = Reference::of(&words, &wanted.contents, &prompt, &[]);
            let matches = Matches::of(&words, wanted.contents.iter().copied(), &answer, &prompt);
            let stems: Vec<&str> = wanted
                .contents
                .iter()
                .map(|word| words.get(*word).unwrap().stem.as_str())
                .collect();
            assert_eq!(stems, example.stems);
            let said = wanted.contents.iter().map(|word| matches.said(*word));
            let pairs = reference.weights.iter().copied().zip(said);
            for ((weight, said), (right_weight, right_said)) in
                pairs.zip(example.weights.iter().zip(&example.matches))
            {
                assert!((weight - right_weight).abs() < 5e-4, "{stems:?} {weight} {right_weight}");
                // The tools take each text's own form of a word, the judge the form that it met first.
                assert!((said - right_said).abs() < 0.05, "{stems:?} {said} {right_said}");
            }
            let coverage = reference.share(|word| matches.said(word));
            assert!((coverage - example.coverage).abs() < 0.01);
        }
    }
}
