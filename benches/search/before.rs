//! A search that looks at every question in turn: its prompt, name and tags, word by word. It knows
//! words, their beginnings and other forms of them, and forgives nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use mockingbird::bank::{Question, QuestionBank, QuestionId};
use rust_stemmers::{Algorithm, Stemmer};

const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how",
    "in", "is", "it", "me", "of", "on", "or", "question", "the", "their", "then", "to", "what",
    "when", "which", "why", "with", "would", "you", "your",
];

/// The words of all questions.
pub(crate) struct Words(BTreeMap<QuestionId, Own>);

/// The words of a question.
struct Own {
    own: Vec<Word>,
    tags: Vec<Word>,
}

/// A word as it is written and its stem.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    written: String,
    stem: String,
}

impl Words {
    pub(crate) fn of(bank: &QuestionBank) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let of = |question: &Arc<Question>| {
            let own = [question.prompt.as_str(), question.id.as_str()];
            let own = own.into_iter().flat_map(|text| words(&stemmer, text)).collect();
            let tags = question.tags.iter().flat_map(|tag| words(&stemmer, tag)).collect();
            (question.id.clone(), Own { own, tags })
        };
        Self(bank.iter().map(of).collect())
    }

    pub(crate) fn search<'b>(&self, bank: &'b QuestionBank, text: &str) -> Vec<&'b Arc<Question>> {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut wanted: Vec<Word> = words(&stemmer, text).collect();
        wanted.retain(|word| !COMMON.contains(&word.written.as_str()));
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Vec::new();
        }
        let score = |question: &&'b Arc<Question>| self.0.get(&question.id)?.score(&wanted);
        let mut found: Vec<(usize, &Arc<Question>)> =
            bank.iter().filter_map(|question| Some((score(&question)?, question))).collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, question)| question).collect()
    }
}

impl Own {
    fn score(&self, wanted: &[Word]) -> Option<usize> {
        let mut own = 0;
        for word in wanted {
            if self.own.iter().any(|other| word.fits(other)) {
                own += 1;
            } else if !self.tags.iter().any(|other| word.fits(other)) {
                return None;
            }
        }
        Some(own)
    }
}

impl Word {
    fn fits(&self, other: &Self) -> bool {
        other.written.starts_with(&self.written) || self.stem == other.stem
    }
}

fn words<'t>(stemmer: &'t Stemmer, text: &'t str) -> impl Iterator<Item = Word> + 't {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let written = word.to_lowercase();
        let stem = stemmer.stem(&written).into_owned();
        Word { written, stem }
    })
}
