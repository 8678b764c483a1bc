//! What can be odd about an answer as a whole: nothing to read, a list of words, code, the question or
//! the model answer typed back. It knows no key points.

use std::collections::HashSet;

use super::Flag;
use super::text::{has_content, negates, words};
use super::vectors::Vectors;

/// Fewer words than this are no list.
const FEW: usize = 8;

/// The flags of an answer, in the order of [`Flag`].
pub(super) fn flags(vectors: &Vectors, prompt: &str, model: &str, text: &str) -> Vec<Flag> {
    let said: Vec<String> = words(text).into_iter().map(|word| word.written).collect();
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
    if flags.is_empty() && is_stuffed(text, &said) {
        flags.push(Flag::Stuffed);
    }
    flags
}

/// Whether these are words after words, without the small ones that make a sentence. Of the answers in
/// `tests/judge` that are no lists, not one in a hundred looks so.
fn is_stuffed(text: &str, said: &[String]) -> bool {
    if said.len() < FEW {
        return false;
    }
    let small = share(said, |word| !has_content(word) || negates(word));
    let parts = parts(text);
    #[expect(clippy::cast_precision_loss, reason = "answers are short")]
    let length = said.len() as f32 / parts.max(1) as f32;
    small < 0.2 || small < 0.33 && length <= 3.0
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
fn is_unknown(vectors: &Vectors, text: &str, said: &[String]) -> bool {
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

/// Whether nearly all that it says is what the question says.
fn is_echo(prompt: &str, said: &[String]) -> bool {
    let prompt: HashSet<String> = words(prompt).into_iter().map(|word| word.written).collect();
    let telling: Vec<String> = said.iter().filter(|word| has_content(word)).cloned().collect();
    !telling.is_empty() && said.len() >= 4 && share(&telling, |word| prompt.contains(word)) >= 0.9
}

/// Whether most of it stands word for word in the model answer.
fn is_copied(model: &str, said: &[String]) -> bool {
    const RUN: usize = 6;
    let model: Vec<String> = words(model).into_iter().map(|word| word.written).collect();
    let runs: HashSet<&[String]> = model.windows(RUN).collect();
    let (mut shared, mut all) = (0_usize, 0_usize);
    for run in said.windows(RUN) {
        all += 1;
        shared += usize::from(runs.contains(run));
    }
    all >= 2 * RUN && shared * 2 > all
}

#[expect(clippy::cast_precision_loss, reason = "answers are short")]
fn share(said: &[String], is_so: impl Fn(&str) -> bool) -> f32 {
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
    #[case::a_list_by_lines("B-tree\nhash\ncovering index\ncardinality\nselectivity\nbitmap", &[Flag::Stuffed])]
    #[case::a_short_list_is_an_answer("B-tree, hash, GIN", &[])]
    #[case::a_sentence("It makes reading fast and each write has to keep it up to date", &[])]
    #[case::code("```sql\nCREATE INDEX ON t (a);\n```", &[Flag::CodeOnly])]
    #[case::code_and_a_word("Like so:\n```sql\nCREATE INDEX ON t (a);\n```", &[])]
    #[case::the_question("what is an index and what does it cost", &[Flag::Echo])]
    #[case::the_model_answer(MODEL, &[Flag::Copied])]
    #[case::one_word("index", &[])]
    fn what_is_odd_is_told(#[case] text: &str, #[case] expected: &[Flag]) {
        assert_eq!(flags(Vectors::shipped(), PROMPT, MODEL, text), expected);
    }
}
