//! Whether a text is a list of words and not sentences. It does not know whether they are the right
//! ones. The bounds were read off the answers to tune on in `tests/judge`: of the answers there that
//! are no lists, not one in a hundred passes for one.

use super::text::{has_content, negates, sentences, words};

/// Fewer words than this are no list.
const FEW: usize = 8;
/// So many words in a row that belong to no sentence are a list, even where they are parted by nothing.
const MANY: usize = 16;
/// So many are one although a few small words stand between them.
const LOTS: usize = 25;
/// Where more of it than this is numbers, it is a calculation.
const NUMBERS: f32 = 0.3;

/// What a text looks like from afar.
struct Shape {
    /// How many words it has that are more than a number or a letter.
    words: usize,
    /// The share of these that are the small ones which make a sentence.
    small: f32,
    /// How many of these stand in a part on average, where commas, lines and the like part it.
    length: f32,
    /// The share of numbers and letters.
    numbers: f32,
}

/// Whether a text, or at least half of it, is words after words, without the small ones that make a
/// sentence.
pub(super) fn is_list(text: &str) -> bool {
    let whole = Shape::of(text);
    if whole.is_list() {
        return true;
    }
    // What a list ends with, "all of these matter", does not make it an answer.
    let parts = sentences(text).into_iter().filter_map(|place| text.get(place)).map(Shape::of);
    let listed: usize =
        parts.filter(|part| part.words > FEW && part.is_list()).map(|part| part.words).sum();
    listed > 0 && listed * 2 >= whole.words
}

#[expect(clippy::cast_precision_loss, reason = "answers are short")]
fn ratio(one: usize, other: usize) -> f32 {
    one as f32 / other.max(1) as f32
}

impl Shape {
    fn of(text: &str) -> Self {
        let said = words(text);
        let all = said.len();
        let is_word = |word: &str| word.len() > 1 && !word.bytes().all(|one| one.is_ascii_digit());
        let is_small = |word: &str| !has_content(word) || negates(word);
        let telling: Vec<&str> =
            said.iter().map(|word| word.written.as_str()).filter(|word| is_word(word)).collect();
        let small = telling.iter().filter(|word| is_small(word)).count();
        Self {
            words: telling.len(),
            small: ratio(small, telling.len()),
            length: ratio(telling.len(), parts(text)),
            numbers: ratio(all - telling.len(), all),
        }
    }

    fn is_list(&self) -> bool {
        let Self { words, small, length, numbers } = *self;
        let is_short = small < 0.05 && length <= 3.0;
        let is_unparted = small < 0.1 && length >= 12.0;
        let is_long = small < 0.1 && length <= 4.0 || small < 0.2 && length <= 3.0;
        let is_longer = small < 0.3 && length <= 2.4;
        numbers <= NUMBERS
            && (words >= FEW && is_short
                || words >= MANY && (is_unparted || is_long)
                || words >= LOTS && is_longer)
    }
}

/// In how many parts commas, lines and the like part a text.
fn parts(text: &str) -> usize {
    let mut parts = 0;
    for part in text.split(|letter| ",;:/|+•\n".contains(letter)) {
        let words = words(part);
        let joins =
            words.iter().filter(|word| matches!(word.written.as_str(), "and" | "or")).count();
        parts += usize::from(words.len() > joins) + joins;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case::by_commas("B-tree, hash, covering index, cardinality, selectivity, bitmap, GIN")]
    #[case::by_lines("B-tree index\nhash index\ncovering index\ncardinality\nselectivity\nbitmap")]
    #[case::by_nothing(
        "index btree hash covering cardinality selectivity bitmap scan heap page leaf fill factor \
         statistics planner histogram"
    )]
    #[case::with_a_sentence_after_it(
        "B-tree, hash, covering index, cardinality, selectivity, bitmap, GIN, leaf page, fill factor. \
         These are what one should know."
    )]
    fn words_after_words_are_a_list(#[case] text: &str) {
        assert!(is_list(text));
    }

    #[rstest::rstest]
    #[case::few("B-tree, hash, GIN")]
    #[case::dense("RDB records each write command, AOF takes a complete dump every few minutes.")]
    #[case::an_enumeration(
        "Only the TCP header has a sequence number, an acknowledgement number, flags, options and the \
         advertised window."
    )]
    #[case::a_calculation("P(B) = 0.6^3 * 0.4^3 = 0.0138, P(C) = 20 * 0.6^3 * 0.4^3 = 0.2765")]
    #[case::short("It makes reading fast and each write has to keep it up to date")]
    fn what_says_something_is_none(#[case] text: &str) {
        assert!(!is_list(text));
    }
}
