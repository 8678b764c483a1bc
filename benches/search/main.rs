//! How long it takes to complete what is typed, letter by letter, in a bank of 10,000 questions,
//! beside a search that looks at every question in turn and forgives nothing. Prints a table;
//! nothing here passes or fails. `cargo bench --bench search`
//!
//! The aim: 5 ms at the median. The questions are made of the words of the shipped ones, in their
//! frequency, and of as many made-up ones as a bank of this size would have.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod before;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use mockingbird::bank::{KeyPoint, Question, QuestionBank, Topic};
use mockingbird::command::{Invocation, OptionValue, complete};
use mockingbird::plans::Plans;
use rand::prelude::*;
use rand::rngs::ChaCha8Rng;

const QUESTIONS: usize = 10_000;
/// Made-up words, each of them rare.
const MADE_UP: usize = 25_000;
const TOPICS: usize = 40;
const ROUNDS: usize = 20;

/// What is typed, letter by letter.
const TYPED: [&str; 8] = [
    "deadlock",
    "cache invalidation",
    "how does an index work",
    "idempotent consumer",
    "rate limit",
    "database replication lag",
    "what is a load balancer",
    "zero downtime deployment",
];
/// The same by somebody in a hurry.
const MISSPELT: [&str; 8] = [
    "deadlcok",
    "cahce invaldation",
    "how does an idnex wrok",
    "idempotnet consumr",
    "rtae limit",
    "databse replicaton lag",
    "waht is a laod balancer",
    "zero downtme deploment",
];

fn main() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let shipped = QuestionBank::load(&shipped).expect("the shipped bank is sound");
    let questions = questions(&shipped);
    let begun = Instant::now();
    let bank = QuestionBank::of(questions.iter().cloned());
    println!("{} questions, indexed in {:.0?}", bank.len(), begun.elapsed());
    let before = before::Words::of(&bank);

    println!("{:<44}{:>10}{:>10}{:>10}", "", "median", "95 %", "worst");
    for (how, typed) in [("typed", TYPED), ("misspelt", MISSPELT)] {
        told(&format!("every question in turn, {how}"), &typed, |text| {
            black_box(before.search(&bank, text).len())
        });
        told(&format!("search, {how}"), &typed, |text| black_box(bank.search(text).len()));
        for (command, option) in [("question", "words"), ("quiz", "topic")] {
            told(&format!("completion of /{command}, {how}"), &typed, |text| {
                black_box(
                    complete(&bank, &Plans::default(), &invocation(command, option, text)).len(),
                )
            });
        }
    }
}

/// Times a call for everything that is typed on the way to these texts.
fn told(what: &str, texts: &[&str], call: impl Fn(&str) -> usize) {
    let mut took: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        for text in texts {
            for end in 1..=text.len() {
                let typed = text.get(..end).expect("the texts are ASCII");
                let begun = Instant::now();
                call(typed);
                took.push(begun.elapsed());
            }
        }
    }
    took.sort();
    let of = |share: usize| took.get((took.len() - 1) * share / 100).copied().unwrap_or_default();
    println!("{what:<44}{:>10.1?}{:>10.1?}{:>10.1?}", of(50), of(95), of(100));
}

fn invocation(command: &str, option: &str, text: &str) -> Invocation {
    Invocation {
        name: command.to_owned(),
        sub: None,
        options: vec![(option.to_owned(), OptionValue::Text(text.to_owned()))],
        focused: Some(option.to_owned()),
    }
}

fn questions(shipped: &QuestionBank) -> Vec<Question> {
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    let prompts = words(shipped.iter().map(|question| question.prompt.as_str()));
    let points = shipped.iter().flat_map(|question| &question.key_points);
    let points = words(points.map(|point| point.point.as_str()));
    let tags = words(shipped.iter().flat_map(|question| &question.tags).map(String::as_str));
    let made_up: Vec<String> = (0..MADE_UP).map(|_| made_up(&mut chance, &points)).collect();
    let mut text = |words: &[String], length: usize| -> String {
        let mut some: Vec<&str> = Vec::new();
        for _ in 0..length {
            let words = if chance.random_ratio(1, 8) { &made_up } else { words };
            some.extend(words.choose(&mut chance).map(String::as_str));
        }
        some.join(" ")
    };
    (0..QUESTIONS)
        .map(|number| {
            let topic = format!("topic-{}", number % TOPICS);
            let point = |text: &mut dyn FnMut(&[String], usize) -> String| KeyPoint {
                terms: (0..4).map(|_| text(&points, 2)).collect(),
                ..KeyPoint::of(text(&points, 15))
            };
            Question {
                topic: Topic::new(&topic),
                topic_title: format!("Title {} of {topic}", number % TOPICS),
                key_points: (0..5).map(|_| point(&mut text)).collect(),
                tags: (0..4).map(|_| text(&tags, 1)).collect(),
                ..Question::bare(
                    &format!("{}-{number}", text(&tags, 2).replace(' ', "-")),
                    &topic,
                    &text(&prompts, 8 + number % 17),
                    "So.",
                )
            }
        })
        .collect()
}

/// Every word of these texts, as often as it stands there.
fn words<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The beginning of a word and the end of another one.
fn made_up(chance: &mut ChaCha8Rng, words: &[String]) -> String {
    let half = |chance: &mut ChaCha8Rng| -> Vec<char> {
        words.choose(chance).map(|word| word.chars().collect()).unwrap_or_default()
    };
    let (first, second) = (half(chance), half(chance));
    let begin = first.iter().take(first.len().div_ceil(2) + 1);
    begin.chain(second.iter().skip(second.len() / 2)).collect()
}
