//! How a text becomes words, stems and sentences. It knows no vectors and no questions.
//! `tools/vectors/text.py` does the same where the vectors are made.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that carry no content of their own. Negations are not among them.
const EMPTY: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "but", "by", "can", "could", "d", "did", "do",
    "does", "doing", "done", "each", "else", "for", "from", "further", "get", "gets", "got", "had",
    "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in",
    "into", "is", "it", "its", "itself", "just", "let", "lets", "ll", "m", "may", "me", "might",
    "much", "must", "my", "of", "off", "on", "one", "only", "or", "other", "our", "ours", "out",
    "over", "own", "re", "s", "same", "she", "should", "so", "some", "such", "t", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to",
    "too", "under", "up", "upon", "us", "ve", "very", "was", "we", "were", "what", "when", "where",
    "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your", "yours",
];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its letters `a` to `z` and digits: lower case, without accents.
    pub(super) written: String,
    /// Where it stands in the text, in bytes.
    pub(super) place: Range<usize>,
}

/// Words that turn what is said into its opposite; "don't" comes apart into "don" and "t".
const NEGATIONS: &[&str] = &[
    "aren", "cannot", "cant", "couldn", "didn", "didnt", "doesn", "doesnt", "don", "dont", "hadn",
    "hasn", "haven", "isn", "isnt", "mustn", "needn", "neither", "never", "no", "nobody", "none",
    "nor", "not", "nothing", "nowhere", "shouldn", "wasn", "weren", "without", "won", "wont",
    "wouldn",
];

/// Whether a word turns what is said into its opposite.
pub(super) fn negates(written: &str) -> bool {
    NEGATIONS.binary_search(&written).is_ok()
}

/// Whether a word says something by itself.
pub(super) fn has_content(written: &str) -> bool {
    EMPTY.binary_search(&written).is_err()
}

/// The words of a text in their order: what is neither letter nor digit parts them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut folded = String::new();
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        if !letter.is_ascii() && is_combining_mark(letter) {
            continue;
        }
        folded.clear();
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else {
            let parts = std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part));
            folded.extend(parts.flat_map(char::to_lowercase));
        }
        if folded.is_empty() || !folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            open = false;
            continue;
        }
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.written.push_str(&folded);
                word.place.end = end;
            }
            None => words.push(Word { written: folded.clone(), place: start..end }),
        }
        open = true;
    }
    words
}

/// The sentences of a text, as places in it: lines, items of lists, and what ends with `.`, `!`, `?`
/// or `;` before a blank. None is empty or blank.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let blank_follows = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if letter == '\n' || matches!(letter, '.' | '!' | '?' | ';') && blank_follows {
            push(&mut found, text, start..end);
            start = end;
        }
    }
    push(&mut found, text, start..text.len());
    found
}

fn push(found: &mut Vec<Range<usize>>, text: &str, place: Range<usize>) {
    let Some(part) = text.get(place.clone()) else { return };
    let marks = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '*' | '•' | '>');
    let begin = place.start + (part.len() - part.trim_start_matches(marks).len());
    let end = begin + part.trim_start_matches(marks).trim_end().len();
    if begin < end {
        found.push(begin..end);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.written).collect()
    }

    #[test]
    fn the_words_without_content_are_in_order() {
        assert!(EMPTY.is_sorted());
        assert!(NEGATIONS.is_sorted());
    }

    #[rstest::rstest]
    #[case::signs_part_words("B-tree: O(log n)!", &["b", "tree", "o", "log", "n"])]
    #[case::accents_go("Café naïve Über", &["cafe", "naive", "uber"])]
    #[case::composed_or_not("Cafe\u{301}s", &["cafes"])]
    #[case::an_apostrophe_parts("doesn't", &["doesn", "t"])]
    #[case::other_scripts_are_no_words("索引 index 索引", &["index"])]
    #[case::nothing(" \u{0}\u{200b}", &[])]
    fn a_text_is_read_word_by_word(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(written(text), expected);
    }

    #[rstest::rstest]
    #[case("One. Two! Three?", &["One.", "Two!", "Three?"])]
    #[case("- one\n* two\n\n  three", &["one", "two", "three"])]
    #[case("It takes 0.5 ms, e.g.in RAM", &["It takes 0.5 ms, e.g.in RAM"])]
    #[case("a; b", &["a;", "b"])]
    #[case(" \n - \n", &[])]
    fn a_text_is_read_sentence_by_sentence(#[case] text: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_words_and_sentences_stand_where_they_say(text in "\\PC{0,80}") {
            for word in words(&text) {
                prop_assert!(text.get(word.place.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(word.written.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            }
            let mut end = 0;
            for place in sentences(&text) {
                prop_assert!(place.start >= end && text.get(place.clone()).is_some());
                end = place.end;
            }
        }
    }
}
