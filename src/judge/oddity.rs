//! What can be odd about an answer as a whole: nothing to read, a list of words, code, the question or
//! the model answer typed back. It knows no key points.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::Flag;
use super::list::is_list;
use super::text::{Word, has_content, words};
use super::vectors::Vectors;

/// Fewer words than this tell no language.
const FEW: usize = 8;

/// The flags of an answer, in the order of [`Flag`].
pub(super) fn flags(
    vectors: &Vectors,
    prompt: &str,
    model: &[Word],
    (text, said): (&str, &[Word]),
) -> Vec<Flag> {
    let said: Vec<&str> = said.iter().map(|word| word.written.as_str()).collect();
    if said.is_empty() {
        return vec![if text.chars().any(char::is_alphabetic) {
            Flag::Unknown
        } else {
            Flag::Empty
        }];
    }
    let found = [
        (Flag::CodeOnly, is_code(text)),
        (Flag::Unknown, is_unknown(vectors, text, &said)),
        (Flag::Echo, is_echo(prompt, &said)),
        (Flag::Copied, is_copied(model, &said)),
    ];
    let mut flags: Vec<Flag> =
        found.into_iter().filter(|(_, is_so)| *is_so).map(|(flag, _)| flag).collect();
    if flags.is_empty() && is_list(text) {
        flags.push(Flag::Stuffed);
    }
    flags
}

/// Whether all of it stands in fences or looks like code.
fn is_code(text: &str) -> bool {
    let mut inside = false;
    let (mut code, mut prose) = (0, 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("```") {
            inside = !inside;
            code += usize::from(inside);
        } else if inside
            || line.ends_with([';', '{', '}'])
            || line.starts_with(['}', '$', '<', '@'])
        {
            code += 1;
        } else {
            prose += 1;
        }
    }
    code > 0 && prose == 0
}

/// Whether most of it is in another language or script: hardly any of the small words of English, and
/// many that are no common words.
fn is_unknown(vectors: &Vectors, text: &str, said: &[&str]) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let foreign =
        text.chars().filter(|letter| letter.is_alphabetic() && !is_latin(*letter)).count();
    let known = share(said, |word| vectors.knows(word));
    let small = share(said, |word| !has_content(word));
    foreign * 2 > letters || said.len() >= FEW && small < 0.2 && known < 0.6
}

fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}'
}

/// Whether nearly all that it says is what the question says, and most of that.
fn is_echo(prompt: &str, said: &[&str]) -> bool {
    let asked = words(prompt);
    let asked: HashSet<&str> =
        asked.iter().map(|word| word.written.as_str()).filter(|word| has_content(word)).collect();
    let answered: HashSet<&str> = said.iter().copied().filter(|word| has_content(word)).collect();
    let both = asked.intersection(&answered).count();
    // Many a short answer chooses among the words of the question: that is no echo.
    said.len() >= 4 && both * 10 >= answered.len() * 9 && both * 2 > asked.len()
}

/// Whether most of it stands word for word in the model answer.
fn is_copied(model: &[Word], said: &[&str]) -> bool {
    const RUN: usize = 6;
    if said.len() < 3 * RUN {
        return false;
    }
    let model: Vec<&str> = model.iter().map(|word| word.written.as_str()).collect();
    let runs: HashSet<&[&str], RandomState> = model.windows(RUN).collect();
    let shared = said.windows(RUN).filter(|run| runs.contains(run)).count();
    shared * 2 > said.len() - RUN + 1
}

#[expect(clippy::cast_precision_loss, reason = "answers are short")]
fn share(said: &[&str], is_so: impl Fn(&str) -> bool) -> f32 {
    let count = said.iter().filter(|word| is_so(word)).count();
    count as f32 / said.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMPT: &str = "What is an index, and what does it cost?";
    const MODEL: &str = "An index is a second structure that holds some columns in order and points to the \
        rows, so that a search reads a few pages and not the whole table.";

    #[rstest::rstest]
    #[case::blank(" \n\t", &[Flag::Empty])]
    #[case::signs("?!… 👍", &[Flag::Empty])]
    #[case::another_script("索引は検索を速くするための構造です", &[Flag::Unknown])]
    #[case::another_language(
        "Ein Index beschleunigt die Suche, kostet jedoch Speicherplatz und verlangsamt jede Schreiboperation",
        &[Flag::Unknown]
    )]
    #[case::an_accent_is_no_other_language("A naïve café index speeds up the search of rows", &[])]
    #[case::a_list("B-tree, hash, covering index, cardinality, selectivity, bitmap, GIN", &[Flag::Stuffed])]
    #[case::a_sentence("It makes reading fast and each write has to keep it up to date", &[])]
    #[case::code("```sql\nCREATE INDEX ON t (a);\n```", &[Flag::CodeOnly])]
    #[case::code_and_a_word("Like so:\n```sql\nCREATE INDEX ON t (a);\n```", &[])]
    #[case::the_question("what is an index and what does it cost", &[Flag::Echo])]
    #[case::the_model_answer(MODEL, &[Flag::Copied])]
    #[case::one_word("index", &[])]
    fn what_is_odd_is_told(#[case] text: &str, #[case] expected: &[Flag]) {
        assert_eq!(
            flags(Vectors::shipped(), PROMPT, &words(MODEL), (text, &words(text))),
            expected
        );
    }

    #[test]
    fn a_short_answer_that_chooses_among_the_words_of_the_question_is_no_echo() {
        let prompt = "A service reads far more than it writes, and its team can add a replica, a cache or             a queue. Which of the three takes load off reads without old data, and at what cost?";
        let text = "The replica takes load off reads.";
        assert_eq!(flags(Vectors::shipped(), prompt, &[], (text, &words(text))), []);
        let text = prompt.replace("A service", "Which service");
        assert_eq!(flags(Vectors::shipped(), prompt, &[], (&text, &words(&text))), [Flag::Echo]);
    }
}
