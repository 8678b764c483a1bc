//! Finds questions by the words of their prompts, names and tags. It does not know who asks.

use std::sync::Arc;

use rust_stemmers::{Algorithm, Stemmer};

use super::{Question, QuestionBank};

/// Words that say nothing about what is looked for.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how",
    "in", "is", "it", "me", "of", "on", "or", "question", "the", "their", "then", "to", "what",
    "when", "which", "why", "with", "would", "you", "your",
];

/// The words of a question, by which it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Those of its prompt and its name.
    own: Vec<Word>,
    /// Those of its tags.
    tags: Vec<Word>,
}

/// A word as it is written and its stem: "deadlocks", "deadlock".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    written: String,
    stem: String,
}

impl Words {
    /// The words of a question.
    pub(super) fn of(question: &Question) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let own = [question.prompt.as_str(), question.id.as_str()];
        Self {
            own: own.into_iter().flat_map(|text| words(&stemmer, text)).collect(),
            tags: question.tags.iter().flat_map(|tag| words(&stemmer, tag)).collect(),
        }
    }

    /// How many of the words wanted are the question's own; none where one is missing altogether.
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
    /// Whether a typed word is another one, its beginning, or a form of it.
    fn fits(&self, other: &Self) -> bool {
        other.written.starts_with(&self.written) || self.stem == other.stem
    }
}

impl QuestionBank {
    /// The questions that hold every word of a text, also as the beginning or another form of a
    /// longer word. Those with more of them in prompt and name come first, then as their names
    /// are ordered. A text of nothing but "what" and "the" finds nothing.
    pub fn search(&self, text: &str) -> Vec<&Arc<Question>> {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut wanted: Vec<Word> = words(&stemmer, text).collect();
        wanted.retain(|word| !COMMON.contains(&word.written.as_str()));
        // Who types a word a thousand times does not look for it a thousand times.
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, &Arc<Question>)> = self
            .questions
            .iter()
            .filter_map(|(id, question)| Some((self.words.get(id)?.score(&wanted)?, question)))
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, question)| question).collect()
    }
}

fn words<'t>(stemmer: &'t Stemmer, text: &'t str) -> impl Iterator<Item = Word> + 't {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let written = word.to_lowercase();
        let stem = stemmer.stem(&written).into_owned();
        Word { written, stem }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank() -> QuestionBank {
        let question = |id: &str, prompt: &str, tags: &[&str]| Question {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Question::bare(id, "databases", prompt, "So.")
        };
        QuestionBank::of([
            question("database-deadlocks", "How do two transactions **deadlock**?", &["locks"]),
            question("cache-invalidation", "Why is caching hard?", &["ttl"]),
            question("isolation-levels", "What does `serializable` forbid?", &["transactions"]),
            question("redis-uses", "What is Redis for, besides a cache?", &[]),
        ])
    }

    #[rstest::rstest]
    #[case::a_word("deadlock", &["database-deadlocks"])]
    #[case::its_beginning("dead", &["database-deadlocks"])]
    #[case::another_form("deadlocking", &["database-deadlocks"])]
    #[case::another_case("DeadLocks!", &["database-deadlocks"])]
    #[case::all_words_in_any_order("cache redis", &["redis-uses"])]
    #[case::common_words_do_not_count("what is a deadlock", &["database-deadlocks"])]
    #[case::prompts_before_tags("transaction", &["database-deadlocks", "isolation-levels"])]
    #[case::forms_of_a_short_word("caches", &["cache-invalidation", "redis-uses"])]
    #[case::a_name("isolation-levels", &["isolation-levels"])]
    #[case::one_word_is_missing("redis deadlock", &[])]
    #[case::only_common_words("what is the", &[])]
    #[case::nothing("  ", &[])]
    #[case::only_signs("💡 ?", &[])]
    fn questions_are_found_by_their_words(#[case] text: &str, #[case] expected: &[&str]) {
        let bank = bank();
        let found: Vec<&str> =
            bank.search(text).iter().map(|question| question.id.as_str()).collect();
        assert_eq!(found, expected);
    }
}
