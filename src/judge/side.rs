//! A text ready to be compared: its words with content, their stems and vectors. It does not know
//! what it is compared with.

use std::collections::HashMap;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::text::{Word, sentences, words};
use super::vectors::Vectors;

/// How far a word with a long vector counts for more; chosen in `tools/vectors`.
const POWER: f32 = 0.7;

/// A word with content.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) stem: String,
    pub(super) written: String,
    /// How much it says, by the length of its vector; words of everyday life have short ones.
    pub(super) weight: f32,
    /// Its vector at length one; zero where it has none.
    pub(super) direction: Vec<f32>,
    /// In which sentence it stands.
    pub(super) sentence: usize,
}

/// A text ready to be compared.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// Its words with content in their order, each stem once a sentence.
    pub(super) contents: Vec<Content>,
    /// Where its sentences stand.
    pub(super) sentences: Vec<Range<usize>>,
    /// How many words it has in all.
    pub(super) words: usize,
}

/// What makes texts ready: each word is looked up once.
pub(super) struct Reader<'v> {
    vectors: &'v Vectors,
    stemmer: Stemmer,
    known: HashMap<String, (f32, Vec<f32>)>,
}

impl<'v> Reader<'v> {
    pub(super) fn new(vectors: &'v Vectors) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self { vectors, stemmer, known: HashMap::new() }
    }

    /// A text that is read sentence by sentence.
    pub(super) fn read(&mut self, text: &str) -> Side {
        let sentences = sentences(text);
        let mut side = Side { sentences, ..Side::default() };
        let mut sentence = 0;
        for word in words(text) {
            side.words += 1;
            while side.sentences.get(sentence).is_some_and(|place| place.end <= word.place.start) {
                sentence += 1;
            }
            self.take(&mut side, &word, sentence);
        }
        side
    }

    /// A text that is one sentence, such as a key point.
    pub(super) fn read_whole(&mut self, text: &str) -> Side {
        let mut side = Side::default();
        side.sentences.push(0..text.len());
        for word in words(text) {
            side.words += 1;
            self.take(&mut side, &word, 0);
        }
        side
    }

    fn take(&mut self, side: &mut Side, word: &Word, sentence: usize) {
        if !word.has_content() {
            return;
        }
        let stem = word.stem(&self.stemmer);
        let is_there = |other: &Content| other.sentence == sentence && other.stem == stem;
        if side.contents.iter().rev().take_while(|other| other.sentence == sentence).any(is_there) {
            return;
        }
        let (weight, direction) = self.look_up(&word.written);
        let written = word.written.clone();
        side.contents.push(Content { stem, written, weight, direction, sentence });
    }

    fn look_up(&mut self, written: &str) -> (f32, Vec<f32>) {
        if let Some(found) = self.known.get(written) {
            return found.clone();
        }
        let mut direction = self.vectors.word(written).unwrap_or_default();
        let length = direction.iter().map(|one| one * one).sum::<f32>().sqrt();
        if length > 0.0 {
            direction.iter_mut().for_each(|one| *one /= length);
        }
        let weight = length.powf(POWER);
        self.known.insert(written.to_owned(), (weight, direction.clone()));
        (weight, direction)
    }
}

impl Content {
    /// How near two words are in meaning: the cosine of their vectors, -1 to 1; 0 where one has none.
    pub(super) fn cosine(&self, other: &Self) -> f32 {
        self.direction.iter().zip(&other.direction).map(|(one, other)| one * other).sum()
    }
}
