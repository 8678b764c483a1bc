//! Finds questions by the words of their prompts, names, tags, titles and key points, also by
//! misspelt ones. It does not know who asks.

use std::sync::Arc;

use rust_stemmers::{Algorithm, Stemmer};

use super::index::{COMMON, Index, Spot, each_word};
use super::slip::Slips;
use super::{Question, QuestionBank, limits};

/// What a question costs that does not have a word.
const NONE: u64 = u64::MAX;

impl QuestionBank {
    /// The questions that hold every word of a text, also as the beginning or another form of a
    /// longer word; where there are none, those with words that are spelled alike. A text of
    /// nothing but "what" and "the" finds nothing.
    ///
    /// The best come first: those with the fewest slips; then those in which fewer of the words
    /// are found in key points alone, then fewer in tags and titles, then fewer as the beginning
    /// of a word; then short prompts; then as their names are ordered.
    pub fn search(&self, text: &str) -> Vec<&Arc<Question>> {
        hits(&self.index, text).into_iter().map(|hit| hit.question).collect()
    }

    /// The questions that are about a text, and do not just mention it: of what [`Self::search`]
    /// finds, those with the fewest slips, and those that have all words in prompt, name, tags and
    /// title, if there are any.
    pub fn search_about(&self, text: &str) -> Vec<&Arc<Question>> {
        let mut found = hits(&self.index, text);
        let Some(best) = found.first().map(|hit| hit.cost) else { return Vec::new() };
        found.retain(|hit| slips(hit.cost) == slips(best));
        if points(best) == 0 {
            found.retain(|hit| points(hit.cost) == 0);
        }
        found.into_iter().map(|hit| hit.question).collect()
    }
}

/// A question that was found.
struct Hit<'b> {
    question: &'b Arc<Question>,
    cost: u64,
}

/// A typed word and its stem: "deadlocks", "deadlock".
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    written: String,
    stem: String,
}

fn hits<'b>(index: &'b Index, text: &str) -> Vec<Hit<'b>> {
    let wanted = wanted(text);
    let mut found = strict(index, &wanted);
    // A longer text was not typed.
    if found.is_empty() && text.len() <= limits::PROMPT {
        found = tolerant(index, &wanted);
    }
    found.sort_by_key(|hit| (hit.cost, hit.question.prompt.len()));
    found
}

fn wanted(text: &str) -> Vec<Word> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut wanted = Vec::new();
    each_word(text, |word| {
        if !COMMON.contains(&word) {
            wanted.push(Word { written: word.to_owned(), stem: stemmer.stem(word).into_owned() });
        }
    });
    // Who types a word a thousand times does not look for it a thousand times.
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// What is found by the words as they were typed.
fn strict<'b>(index: &'b Index, wanted: &[Word]) -> Vec<Hit<'b>> {
    let mut sums = Sums::new(index, wanted);
    for word in wanted {
        if !sums.add(&as_typed(index, word)) {
            return Vec::new();
        }
    }
    sums.hits(index)
}

/// What is found by words that are spelled alike. A word that is spelled like "what" need not be
/// there.
fn tolerant<'b>(index: &'b Index, wanted: &[Word]) -> Vec<Hit<'b>> {
    let (common, own): (Vec<&Word>, Vec<&Word>) = wanted.iter().partition(|word| is_common(word));
    let (needed, welcome) = if own.is_empty() { (common, own) } else { (own, common) };
    let mut sums = Sums::new(index, wanted);
    for word in needed {
        if !sums.add(&spelled_alike(index, word)) {
            return Vec::new();
        }
    }
    for word in welcome {
        let mut costs = spelled_alike(index, word);
        for cost in &mut costs {
            *cost = (*cost).min(cost_of(1, Spot::Own, false));
        }
        sums.add(&costs);
    }
    sums.hits(index)
}

/// Whether a word is the beginning of one that says nothing, or spelled like it.
fn is_common(word: &Word) -> bool {
    let slips = Slips::of(&word.written);
    COMMON.iter().any(|common| {
        let spelled = || slips.as_ref().and_then(|slips| slips.to(common));
        common.starts_with(&word.written) || spelled().is_some_and(|(_, longer)| !longer)
    })
}

/// What each question costs for a word as it was typed.
fn as_typed(index: &Index, word: &Word) -> Vec<u64> {
    let mut costs = vec![NONE; index.questions.len()];
    for other in index.beginning_with(&word.written) {
        take(index, &mut costs, other, 0, !index.is(other, &word.written));
    }
    for other in index.forms(&word.stem) {
        take(index, &mut costs, other, 0, false);
    }
    costs
}

/// The same with words that are spelled alike.
fn spelled_alike(index: &Index, word: &Word) -> Vec<u64> {
    let mut costs = as_typed(index, word);
    if let Some(slips) = Slips::of(&word.written) {
        for (other, text) in index.words().enumerate() {
            if let Some((slips @ 1.., longer)) = slips.to(text) {
                take(index, &mut costs, other, slips, longer);
            }
        }
    }
    costs
}

/// Notes what the questions with a word of the bank cost, where that is less.
fn take(index: &Index, costs: &mut [u64], word: usize, slips: u8, longer: bool) {
    for (question, spot) in index.mentions(word) {
        if let Some(cost) = costs.get_mut(question) {
            *cost = (*cost).min(cost_of(slips, spot, longer));
        }
    }
}

/// Sixteen bits for each of what counts, most important first; the sums of all words are compared.
fn cost_of(slips: u8, spot: Spot, longer: bool) -> u64 {
    let spot = match spot {
        Spot::Own => 0,
        Spot::Label => 1 << 16,
        Spot::Point => 1 << 32,
    };
    u64::from(slips) << 48 | spot | u64::from(longer)
}

const fn slips(cost: u64) -> u64 {
    cost >> 48
}

const fn points(cost: u64) -> u64 {
    cost >> 32 & 0xFFFF
}

/// What each question costs for all words so far.
struct Sums(Vec<u64>);

impl Sums {
    /// Nothing is found by no words.
    fn new(index: &Index, wanted: &[Word]) -> Self {
        Self(vec![if wanted.is_empty() { NONE } else { 0 }; index.questions.len()])
    }

    /// Adds what they cost for a word; whether any question is left.
    fn add(&mut self, costs: &[u64]) -> bool {
        let mut left = false;
        for (sum, cost) in self.0.iter_mut().zip(costs) {
            *sum = if *cost == NONE { NONE } else { sum.saturating_add(*cost) };
            left |= *sum != NONE;
        }
        left
    }

    fn hits(self, index: &Index) -> Vec<Hit<'_>> {
        let all = index.questions.iter().zip(self.0);
        all.filter(|(_, cost)| *cost != NONE)
            .map(|(question, cost)| Hit { question, cost })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bank::KeyPoint;

    fn bank() -> QuestionBank {
        let question = |id: &str, prompt: &str, tags: &[&str], points: &[&str]| Question {
            topic_title: "Keeping Data".to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            key_points: points
                .iter()
                .map(|point| KeyPoint { terms: vec!["XA".to_owned()], ..KeyPoint::of(*point) })
                .collect(),
            ..Question::bare(id, "databases", prompt, "So.")
        };
        QuestionBank::of([
            question(
                "database-deadlocks",
                "How do two transactions **deadlock**?",
                &["locks"],
                &["One of them is rolled back."],
            ),
            question("cache-invalidation", "Why is caching hard?", &["ttl"], &[]),
            question(
                "isolation-levels",
                "What does `serializable` forbid?",
                &["transactions"],
                &[],
            ),
            question("redis-uses", "What is Redis for, besides a cache?", &[], &[]),
            question("hardware", "Hardware?", &[], &[]),
            question("sagas", "How are they undone?", &[], &["Each transaction is on its own."]),
            question("sagas-in-short", "Undone?", &[], &["Each transaction is on its own."]),
        ])
    }

    fn found<'b>(found: &[&'b Arc<Question>]) -> Vec<&'b str> {
        found.iter().map(|question| question.id.as_str()).collect()
    }

    #[rstest::rstest]
    #[case::a_word("deadlock", &["database-deadlocks"])]
    #[case::its_beginning("dead", &["database-deadlocks"])]
    #[case::another_form("deadlocking", &["database-deadlocks"])]
    #[case::another_case("DeadLocks!", &["database-deadlocks"])]
    #[case::all_words_in_any_order("cache redis", &["redis-uses"])]
    #[case::common_words_do_not_count("what is a deadlock", &["database-deadlocks"])]
    #[case::prompts_before_tags_before_key_points(
        "transaction",
        &["database-deadlocks", "isolation-levels", "sagas-in-short", "sagas"]
    )]
    #[case::short_prompts_first("undone", &["sagas-in-short", "sagas"])]
    #[case::beginnings("cach", &["cache-invalidation", "redis-uses"])]
    #[case::whole_words_before_beginnings("hard", &["cache-invalidation", "hardware"])]
    #[case::forms_of_a_short_word("caches", &["cache-invalidation", "redis-uses"])]
    #[case::a_name("isolation-levels", &["isolation-levels"])]
    #[case::a_key_point("rolled", &["database-deadlocks"])]
    #[case::a_term("xa", &["sagas-in-short", "sagas", "database-deadlocks"])]
    #[case::a_title_and_a_tag("ttl data", &["cache-invalidation"])]
    #[case::one_word_is_missing("redis deadlock", &[])]
    #[case::only_common_words("what is the", &[])]
    #[case::nothing("  ", &[])]
    #[case::only_signs("💡 ?", &[])]
    #[case::misspelt("deadlcok", &["database-deadlocks"])]
    #[case::misspelt_and_half_typed("serailiz", &["isolation-levels"])]
    #[case::twice_in_a_long_word("seralizible", &["isolation-levels"])]
    #[case::two_words_misspelt("rediss cahce", &["redis-uses"])]
    #[case::a_slip_in_a_short_word("tlt", &[])]
    #[case::one_word_is_another_one("cash invalidation", &["cache-invalidation"])]
    #[case::a_misspelt_word_that_says_nothing("waht are deadlocks", &["database-deadlocks"])]
    #[case::one_that_is_being_typed("redis wh", &["redis-uses"])]
    #[case::nothing_but_such_a_word("waht", &[])]
    fn questions_are_found_by_their_words(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(found(&bank().search(text)), expected);
    }

    #[rstest::rstest]
    #[case::those_that_mention_it_are_left_out("transaction", &["database-deadlocks", "isolation-levels"])]
    #[case::unless_there_are_no_others("rolled", &["database-deadlocks"])]
    #[case::misspelt("tranasction", &["database-deadlocks", "isolation-levels"])]
    #[case::nothing("gardening", &[])]
    fn what_is_about_a_text_has_its_words_in_front(#[case] text: &str, #[case] about: &[&str]) {
        assert_eq!(found(&bank().search_about(text)), about);
    }

    const WORDS: [&str; 12] = [
        "cache",
        "caching",
        "cahce",
        "redis",
        "serializable",
        "deadlock",
        "deadlcok",
        "transaction",
        "what",
        "waht",
        "undone",
        "own",
    ];

    proptest! {
        #[test]
        fn more_words_find_no_more_and_slips_no_less(
            some in proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..4),
            another in proptest::sample::select(&WORDS[..]),
        ) {
            let bank = bank();
            let ids = |hits: Vec<Hit<'_>>| -> std::collections::BTreeSet<String> {
                hits.iter().map(|hit| hit.question.id.to_string()).collect()
            };
            let text = some.join(" ");
            let few = wanted(&text);
            let more = wanted(&format!("{text} {another}"));
            let typed = ids(strict(&bank.index, &few));
            if !few.is_empty() {
                prop_assert!(ids(strict(&bank.index, &more)).is_subset(&typed));
            }
            prop_assert!(typed.is_subset(&ids(tolerant(&bank.index, &few))));
        }
    }
}
