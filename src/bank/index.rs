//! Which words stand in which questions, so that a search looks at words and not at questions. It
//! does not know what is looked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rust_stemmers::{Algorithm, Stemmer};

use super::Question;

/// Words that say nothing about what is looked for.
pub(super) const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how",
    "in", "is", "it", "me", "of", "on", "or", "question", "the", "their", "then", "to", "what",
    "when", "which", "why", "with", "would", "you", "your",
];

/// Where in a question a word stands, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// In its prompt or its name.
    Own,
    /// In a tag or the title of its topic.
    Label,
    /// In a key point.
    Point,
}

/// The words of all questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// The questions in the order of their names; their places here are their numbers.
    pub(super) questions: Vec<Arc<Question>>,
    /// Each word, with its mentions: the number of a question, times four, and the best spot.
    words: Table,
    /// Each stem, with the numbers of its words.
    stems: Table,
}

impl Index {
    /// The words of these questions.
    pub(super) fn of(questions: Vec<Arc<Question>>) -> Self {
        let mut seen = Seen::default();
        let mut mentions: Vec<(u32, u32)> = Vec::new();
        for (number, question) in (0_u32..).zip(&questions) {
            let mut its = Vec::new();
            seen.take(Spot::Own, &question.prompt, &mut its);
            seen.take(Spot::Own, question.id.as_str(), &mut its);
            seen.take(Spot::Label, &question.topic_title, &mut its);
            for tag in &question.tags {
                seen.take(Spot::Label, tag, &mut its);
            }
            for point in &question.key_points {
                seen.take(Spot::Point, &point.point, &mut its);
                for term in &point.terms {
                    seen.take(Spot::Point, term, &mut its);
                }
            }
            // The best spot of each word comes first and is kept.
            its.sort_unstable();
            its.dedup_by_key(|(word, _)| *word);
            mentions.extend(its.into_iter().map(|(word, spot)| (word, number * 4 + spot as u32)));
        }
        let words = Table::of(seen.numbers, &mentions);
        let stemmer = Stemmer::create(Algorithm::English);
        let mut stems = Seen::default();
        let of_stems: Vec<(u32, u32)> = (0_u32..)
            .zip(words.all())
            .map(|(number, word)| (stems.number(&stemmer.stem(word)), number))
            .collect();
        Self { questions, stems: Table::of(stems.numbers, &of_stems), words }
    }

    /// Every word, in their order; the place of each is its number.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.all()
    }

    /// The words that begin so.
    pub(super) fn beginning_with(&self, begin: &str) -> Range<usize> {
        let from = self.words.place(|word| word < begin);
        from..self.words.place(|word| word < begin || word.starts_with(begin))
    }

    /// Whether the word with this number is this one.
    pub(super) fn is(&self, number: usize, word: &str) -> bool {
        self.words.word(number) == Some(word)
    }

    /// The words of this stem.
    pub(super) fn forms(&self, stem: &str) -> impl Iterator<Item = usize> {
        let place = self.stems.place(|other| other < stem);
        let same = self.stems.word(place) == Some(stem);
        let words = if same { self.stems.items(place) } else { &[] };
        words.iter().map(|word| *word as usize)
    }

    /// The questions that have the word with this number, by their numbers.
    pub(super) fn mentions(&self, word: usize) -> impl Iterator<Item = (usize, Spot)> {
        self.words.items(word).iter().map(|mention| {
            let spot = match mention % 4 {
                0 => Spot::Own,
                1 => Spot::Label,
                _ => Spot::Point,
            };
            ((mention / 4) as usize, spot)
        })
    }
}

/// Calls back with each word of a text, lower case.
pub(super) fn each_word(text: &str, mut with: impl FnMut(&str)) {
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.push_str(&word.to_lowercase());
        }
        with(&lower);
    }
}

/// Words by the order in which they were seen.
#[derive(Default)]
struct Seen {
    numbers: HashMap<Box<str>, u32>,
}

impl Seen {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        number
    }

    fn take(&mut self, spot: Spot, text: &str, its: &mut Vec<(u32, Spot)>) {
        each_word(text, |word| {
            if !COMMON.contains(&word) {
                its.push((self.number(word), spot));
            }
        });
    }
}

/// Words in their order, each with some numbers. One text and three lists, because a word with a
/// list of its own takes four times as much.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Table {
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
    /// Where the numbers of each word end in their list.
    items_end: Vec<u32>,
    items: Vec<u32>,
}

impl Table {
    /// From words with their numbers, and pairs of such a number and what is to be kept of it.
    fn of(numbers: HashMap<Box<str>, u32>, pairs: &[(u32, u32)]) -> Self {
        let mut words: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        words.sort_unstable();
        let mut place = vec![0_u32; words.len()];
        let mut table = Self::default();
        for (at, (word, number)) in (0_u32..).zip(&words) {
            table.text.push_str(word);
            table.ends.push(u32::try_from(table.text.len()).unwrap_or(u32::MAX));
            if let Some(place) = place.get_mut(*number as usize) {
                *place = at;
            }
        }
        table.text.shrink_to_fit();
        table.ends.shrink_to_fit();
        let place = |number: u32| place.get(number as usize).map_or(0, |place| *place as usize);
        // Counted first, then put where they belong: no sorting of millions.
        let mut next = vec![0_u32; words.len() + 1];
        for (number, _) in pairs {
            if let Some(count) = next.get_mut(place(*number) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut next {
            sum += *count;
            *count = sum;
        }
        table.items = vec![0; pairs.len()];
        for (number, item) in pairs {
            let Some(next) = next.get_mut(place(*number)) else { continue };
            if let Some(slot) = table.items.get_mut(*next as usize) {
                *slot = *item;
            }
            *next += 1;
        }
        // Each now stands where its numbers end.
        next.truncate(words.len());
        table.items_end = next;
        table
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn word(&self, number: usize) -> Option<&str> {
        self.text.get(range(&self.ends, number)?)
    }

    fn items(&self, number: usize) -> &[u32] {
        range(&self.items_end, number).and_then(|range| self.items.get(range)).unwrap_or_default()
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|number| self.word(number))
    }

    /// How many words come first of which this holds; it holds of none behind them.
    fn place(&self, holds: impl Fn(&str) -> bool) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.word(middle).is_some_and(&holds) { from = middle + 1 } else { to = middle }
        }
        from
    }
}

fn range(ends: &[u32], number: usize) -> Option<Range<usize>> {
    let end = *ends.get(number)? as usize;
    let begin = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    Some(begin as usize..end)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::bank::{KeyPoint, QuestionBank};

    fn bytes(index: &Index) -> usize {
        let of = |table: &Table| {
            let numbers =
                table.ends.capacity() + table.items_end.capacity() + table.items.capacity();
            table.text.capacity() + 4 * numbers
        };
        of(&index.words) + of(&index.stems) + index.questions.capacity() * size_of::<usize>()
    }

    #[test]
    fn the_index_takes_a_quarter_of_what_it_tells_of_at_most() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
        let bank = QuestionBank::load(&folder).expect("the shipped bank is sound");
        let texts: usize = bank.iter().map(|question| format!("{question:?}").len()).sum();
        let index = bytes(&bank.index);
        assert!(index * 4 < texts, "{index} bytes for {texts}");
    }

    /// A few words, so that questions share them; some have the same stem.
    fn texts() -> impl Strategy<Value = Vec<(String, String, String)>> {
        let text = || "((lock|locks|locking|Cache|ETag|übergang|the|a1)[ ,-]){0,4}";
        proptest::collection::vec((text(), text(), text()), 0..6)
    }

    proptest! {
        #[test]
        fn every_word_leads_to_the_questions_that_have_it_and_to_its_forms(texts in texts()) {
            let questions: Vec<Arc<Question>> = (0..)
                .zip(&texts)
                .map(|(number, (prompt, tag, point))| {
                    Arc::new(Question {
                        tags: vec![tag.clone()],
                        key_points: vec![KeyPoint::of(point.clone())],
                        ..Question::bare(&format!("q{number}"), "t", prompt, "So.")
                    })
                })
                .collect();
            let index = Index::of(questions.clone());

            let mut expected: BTreeMap<String, BTreeMap<usize, Spot>> = BTreeMap::new();
            for (number, question) in questions.iter().enumerate() {
                for (spot, text) in [
                    (Spot::Own, question.prompt.as_str()),
                    (Spot::Own, question.id.as_str()),
                    (Spot::Label, question.topic_title.as_str()),
                    (Spot::Label, question.tags[0].as_str()),
                    (Spot::Point, question.key_points[0].point.as_str()),
                ] {
                    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
                        if !word.is_empty() && !COMMON.contains(&word) {
                            let spots = expected.entry(word.to_owned()).or_default();
                            let best = spots.entry(number).or_insert(spot);
                            *best = spot.min(*best);
                        }
                    }
                }
            }
            let all: Vec<&str> = index.words().collect();
            prop_assert_eq!(&all, &expected.keys().map(String::as_str).collect::<Vec<_>>());
            for (number, word) in all.iter().enumerate() {
                prop_assert!(index.is(number, word));
                prop_assert_eq!(&index.mentions(number).collect::<BTreeMap<_, _>>(), &expected[*word]);
            }

            let stemmer = Stemmer::create(Algorithm::English);
            let words = |numbers: &mut dyn Iterator<Item = usize>| -> BTreeSet<&str> {
                numbers.map(|number| all[number]).collect()
            };
            for asked in ["lock", "cach", "e", "zebra", "ü"] {
                let forms = all.iter().filter(|word| stemmer.stem(word) == asked).copied();
                prop_assert_eq!(words(&mut index.forms(asked)), forms.collect::<BTreeSet<_>>());
                let begin = all.iter().filter(|word| word.starts_with(asked)).copied();
                prop_assert_eq!(words(&mut index.beginning_with(asked)), begin.collect::<BTreeSet<_>>());
            }
        }
    }
}
