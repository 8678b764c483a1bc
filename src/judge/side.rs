//! A text ready to be compared: its sentences, and its words with content. It does not know what it is
//! compared with.

use std::collections::HashSet;
use std::ops::Range;

use super::text::{Word, sentences, words};
use super::words::{WordNumber, Words};

/// A sentence, or a line.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// In bytes of the text.
    pub(super) place: Range<usize>,
    /// All its words in their order, by their families.
    pub(super) families: Vec<WordNumber>,
    /// Which of them negate.
    pub(super) negations: Vec<usize>,
    /// The families of its words with content, each once.
    pub(super) contents: Vec<WordNumber>,
    /// Where these stand among the contents of the whole text.
    pub(super) columns: Vec<usize>,
}

/// A text ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    /// The families of its words with content, each once.
    pub(super) contents: Vec<WordNumber>,
    pub(super) sentences: Vec<Sentence>,
}

impl Side {
    /// Reads a text.
    pub(super) fn read(met: &mut Words<'_>, text: &str) -> Self {
        Self::of(met, text, &words(text))
    }

    /// Reads a text of which the words are known.
    pub(super) fn of(met: &mut Words<'_>, text: &str, words: &[Word]) -> Self {
        let mut side = Self::default();
        let mut found = words.iter().peekable();
        for place in sentences(text) {
            let mut here = Vec::new();
            while let Some(word) = found.next_if(|word| word.place.start < place.end) {
                here.push(met.number(&word.written));
            }
            let mut sentence = Sentence::of(met, place, &here);
            for family in &sentence.contents {
                sentence.columns.push(side.column(*family));
            }
            side.sentences.push(sentence);
        }
        side
    }

    /// Reads a phrase: a text of which only the words count.
    pub(super) fn phrase(met: &mut Words<'_>, text: &str) -> Self {
        let mut side = Self::default();
        for word in words(text) {
            let number = met.number(&word.written);
            if let Some(word) = met.get(number).filter(|word| word.has_content) {
                side.column(word.family);
            }
        }
        side
    }

    /// Takes the words of another text as well, without its sentences.
    pub(super) fn take(&mut self, other: &Self) {
        for family in &other.contents {
            self.column(*family);
        }
    }

    /// Where a family stands among the contents; it is put there if it is new.
    fn column(&mut self, family: WordNumber) -> usize {
        // They are few: a table of them would take longer to make than to search them one by one.
        self.contents.iter().position(|known| *known == family).unwrap_or_else(|| {
            self.contents.push(family);
            self.contents.len() - 1
        })
    }

    /// Whether it has a word of this family.
    pub(super) fn has(&self, family: WordNumber) -> bool {
        self.contents.contains(&family)
    }
}

impl Sentence {
    fn of(met: &Words<'_>, place: Range<usize>, numbers: &[WordNumber]) -> Self {
        let words: Vec<_> = numbers.iter().filter_map(|number| met.get(*number)).collect();
        let mut seen = HashSet::new();
        let negates = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            words.get(at).is_some_and(|word| {
                // "can't" comes apart into "can" and "t".
                word.negates
                    || word.written == "t" && before.is_some_and(|word| word.written == "can")
            })
        };
        Self {
            place,
            families: words.iter().map(|word| word.family).collect(),
            negations: (0..words.len()).filter(|at| negates(*at)).collect(),
            contents: words
                .iter()
                .filter(|word| word.has_content && seen.insert(word.family))
                .map(|word| word.family)
                .collect(),
            columns: Vec::new(),
        }
    }

    /// Whether a word is negated where it first stands: by one of the four words before it or the two
    /// after it. None where it does not stand here.
    pub(super) fn is_negated(&self, family: WordNumber) -> Option<bool> {
        let at = self.families.iter().position(|word| *word == family)?;
        Some(self.negations.iter().any(|negation| {
            let (before, after) = (at.saturating_sub(*negation), negation.saturating_sub(at));
            (1..=4).contains(&before) || (1..=2).contains(&after)
        }))
    }
}
