//! Whatever text is given as a bank or a config: an answer, never a panic, and a bank that was
//! accepted keeps every limit.

use std::fmt::Write as _;

use mockingbird::bank::{Question, QuestionBank, limits};
use mockingbird::config::Config;
use proptest::prelude::*;

const HEAD: &str = "questions:\n  - id: a\n    prompt: p\n    level: easy\n    answer: |\n";

/// What is wrong, in one line, with its place: "2:3 …".
fn first(text: &str) -> String {
    let problems = QuestionBank::parse(&[("q.yaml", text)]).expect_err("it is refused");
    let problem = problems.iter().next().expect("there is a problem");
    let place = problem.place();
    assert!(problems.to_string().len() < 100_000, "nobody reads a report of this length");
    format!("{}:{} {}", place.line, place.column, problem.message())
}

fn alias_bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        writeln!(text, "a{level}: &a{level} [{below}]").expect("a text takes every line");
    }
    text
}

#[test]
fn what_is_meant_to_harm_is_refused_with_a_reason() {
    for (name, text, expected) in [
        ("alias bomb", alias_bomb(), "5:45 the aliases repeat more than 100000 values"),
        ("depth bomb", "[".repeat(100_000), "1:33 the file is nested deeper than 16 levels"),
        ("block depth bomb", "- ".repeat(10_000), "1:33 the file is nested deeper than 16 levels"),
        (
            "own alias",
            "questions: &q [*q]".to_owned(),
            "1:16 this alias stands within its own anchor",
        ),
        (
            "large file",
            "#".repeat(6 * 1024 * 1024),
            "0:0 the file has 6291456 bytes, at most 5242880 are read",
        ),
        ("binary", "\u{0}\u{1}\u{2}ELF".to_owned(), "1:1 unexpected character: `\\u{0}'"),
        (
            "many documents",
            format!("{HEAD}      a\n---\nb: 1\n"),
            "8:1 a second document begins here",
        ),
        (
            "tab",
            "questions:\n\t- id: a\n".to_owned(),
            "2:2 tabs disallowed within this context (block indentation)",
        ),
        ("repeated key", format!("{HEAD}      a\n    answer: b\n"), "7:5 `answer` is given twice"),
        (
            "repeated questions",
            "questions: []\nquestions: []\n".to_owned(),
            "1:12 this topic has no questions",
        ),
        (
            "unknown alias",
            "questions: *nothing".to_owned(),
            "1:12 nothing is anchored under the name of this alias",
        ),
        ("unclosed quote", "questions: \"".to_owned(), "1:12 unclosed quote"),
        (
            "thousands of problems",
            format!("questions: [{}]", "1,".repeat(20_000)),
            "1:13 expected a question, found a number",
        ),
        (
            "many unknown keys",
            (0..20_000).fold(String::new(), |text, n| text + &format!("k{n}: 1\n")),
            "1:1 unknown field `k0` in a topic",
        ),
        (
            "wrong merge",
            "<<: 1\nquestions: []".to_owned(),
            "1:5 YAML merge value must be mapping or sequence of mappings",
        ),
    ] {
        assert_eq!(first(&text), expected, "{name}");
    }
}

#[test]
fn what_is_only_unusual_loads() {
    let answer = |text: &str| {
        let bank = QuestionBank::parse(&[("q.yaml", text)]).unwrap_or_else(|p| panic!("{p}"));
        bank.iter().map(|question| question.answer.clone()).collect::<Vec<_>>().join("|")
    };
    let plain = format!("{HEAD}      one\n\n      two\n");
    assert_eq!(answer(&plain), "one\n\ntwo");
    assert_eq!(answer(&format!("\u{feff}{plain}")), "one\n\ntwo", "byte order mark");
    assert_eq!(answer(&plain.replace('\n', "\r\n")), "one\n\ntwo", "line ends of Windows");
    assert_eq!(answer(&format!("---\n{plain}...\n")), "one\n\ntwo", "markers of a document");
    assert_eq!(answer(&format!("%YAML 1.2\n---\n{plain}")), "one\n\ntwo", "a directive");
    let anchored = "questions:
  - &first { id: a, prompt: p, level: easy, answer: &text same }
  - { id: b, prompt: p, level: easy, answer: *text }
  - { <<: *first, id: c }
";
    assert_eq!(answer(anchored), "same|same|same");
}

#[test]
fn a_problem_is_placed_right_behind_a_byte_order_mark_and_windows_line_ends() {
    let text = format!("\u{feff}{HEAD}      one\n    tagz: [a]\n").replace('\n', "\r\n");
    let problems = QuestionBank::parse(&[("q.yaml", &text)]).expect_err("tagz is no field");
    insta::assert_snapshot!(problems, @r"
    error: unknown field `tagz` in a question
     --> q.yaml:7:5
      |
    7 |     tagz: [a]
      |     ^^^^
      = help: did you mean `tags`?
    ");
}

/// A text that a person could write into a field: no blank ends, no control characters.
fn words(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zA-Z0-9:#'\"{}\\[\\]*&!|>%@,?é漢💡-]{1,12}", 1..20).prop_map(
        move |words| {
            let mut text = words.join(" ");
            while text.chars().map(char::len_utf16).sum::<usize>() > most {
                text.pop();
            }
            text.trim().to_owned()
        },
    )
}

/// The text as YAML writes it between double quotes, where JSON's rules hold.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text can be quoted")
}

fn bank_of(questions: &[(String, String, Vec<String>)]) -> String {
    let mut file = "questions:\n".to_owned();
    for (number, (prompt, answer, tags)) in questions.iter().enumerate() {
        let tags: Vec<String> = tags.iter().map(|tag| quoted(tag)).collect();
        writeln!(
            file,
            "- id: q-{number}\n  prompt: {}\n  level: hard\n  answer: {}\n  tags: [{}]",
            quoted(prompt),
            quoted(answer),
            tags.join(", ")
        )
        .expect("a text takes every line");
    }
    file
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn keeps_the_limits(question: &Question) {
    assert!(question.id.as_str().len() <= limits::ID);
    assert!((1..=limits::PROMPT).contains(&length(&question.prompt)));
    assert!((1..=limits::ANSWER).contains(&length(&question.answer)));
    assert!(question.key_points.len() <= limits::KEY_POINTS);
    assert!(question.tags.len() <= limits::TAGS);
    assert!(question.tags.iter().all(|tag| (1..=limits::TAG).contains(&length(tag))));
    assert!(question.hint.iter().all(|hint| (1..=limits::HINT).contains(&length(hint))));
    assert!(question.minutes.is_none_or(|minutes| (1..=60).contains(&minutes)));
}

/// Lines that look like a bank, put together without sense.
fn almost_a_bank() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("questions:".to_owned()),
        Just("- id: a".to_owned()),
        Just("prompt: |".to_owned()),
        Just("level: easy".to_owned()),
        Just("answer: x".to_owned()),
        Just("```sql".to_owned()),
        Just("key_points: [{ point: x, terms: [y, 1] }, *a]".to_owned()),
        Just("related: [b, a]".to_owned()),
        Just("<<: *a".to_owned()),
        Just("&a x: 💡".to_owned()),
        Just("minutes: 4".to_owned()),
        Just("token: x".to_owned()),
        Just("daily: [{ channel: 123456789012345678, at: 24:00 }]".to_owned()),
        Just("reveal: { emoji: \"\\u200d\", reactions: -1 }".to_owned()),
        Just("---".to_owned()),
        "\\PC{0,30}",
        "[ -~\t\u{0}\r💡]{0,30}",
        "[a-z_]{1,10}: [&*!|>\\[{'\"]?[a-z0-9]{0,8}",
    ];
    let indented = (0..8_usize, line).prop_map(|(indent, line)| " ".repeat(indent) + &line);
    proptest::collection::vec(indented, 0..25).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn no_text_makes_the_loader_panic(text in prop_oneof![almost_a_bank(), "\\PC*", any::<String>()]) {
        match QuestionBank::parse(&[("q/a.yaml", text.as_str()), ("q/b.yaml", text.as_str())]) {
            Ok(bank) => bank.iter().for_each(|question| keeps_the_limits(question)),
            Err(problems) => prop_assert!(!problems.to_string().is_empty()),
        }
        if let Err(problems) = Config::parse("c.yaml", &text) {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn every_sound_bank_loads_and_keeps_its_texts(
        questions in proptest::collection::vec(
            (words(limits::PROMPT), words(limits::ANSWER), proptest::collection::vec(words(limits::TAG), 0..10)),
            1..4,
        )
    ) {
        let bank = QuestionBank::parse(&[("q/a.yaml", bank_of(&questions))]);
        let bank = bank.unwrap_or_else(|problems| panic!("{problems}"));
        prop_assert_eq!(bank.len(), questions.len());
        for (question, (prompt, answer, tags)) in bank.iter().zip(&questions) {
            keeps_the_limits(question);
            prop_assert_eq!(&question.prompt, prompt);
            prop_assert_eq!(&question.answer, answer);
            prop_assert_eq!(&question.tags, tags);
        }
    }

    #[test]
    fn a_text_beyond_its_limit_never_loads(beyond in 1..50_usize, letter in "[a漢💡]") {
        let units = length(&letter);
        let prompt = letter.repeat((limits::PROMPT / units) + beyond);
        let bank = bank_of(&[(prompt, "answer".to_owned(), Vec::new())]);
        prop_assert!(QuestionBank::parse(&[("q/a.yaml", bank)]).is_err());
    }
}
