//! How long it takes to judge a typed answer, key points and all, beside the cosine of two bags of
//! stems; how long the word vectors take to load, and how much memory they hold. Prints a table;
//! nothing here passes or fails. `cargo bench --bench judge`
//!
//! The aims: 95 of 100 answers in under 2 ms, at most 12 MB, loaded in under 5 ms. The answers are those
//! of `tests/judge/answers`, which people typed.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and its own memory")]

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mockingbird::bank::{Question, QuestionBank, QuestionId};
use mockingbird::judge::{Asked, Thresholds, judge};
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

type Outcome<T> = anyhow::Result<T>;

/// Each answer is judged so often.
const ROUNDS: usize = 20;
/// So many processes start anew; what is told is the one in the middle.
const STARTS: usize = 11;

/// An answer with its question.
type Typed = (Arc<Question>, String);

#[derive(Deserialize)]
struct Group {
    question: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    text: String,
}

fn main() -> Outcome<()> {
    match std::env::args().nth(1).as_deref() {
        Some("start") => start(),
        _ => measure(),
    }
}

fn measure() -> Outcome<()> {
    let typed = typed()?;
    let letters: usize = typed.iter().map(|(_, text)| text.chars().count()).sum();
    println!("{} answers, {} letters each", typed.len(), letters / typed.len().max(1));
    println!("{:<44}{:>10}{:>10}{:>10}", "", "median", "95 %", "worst");
    let stemmer = Stemmer::create(Algorithm::English);
    told("bags of stems", &typed, |question, text| bags(&stemmer, question, text).len());
    told("the judge", &typed, |question, text| judged(question, text).to_string().len());
    let long: Vec<Typed> = typed
        .iter()
        .take(20)
        .map(|(question, text)| {
            let all = text.chars().chain("\n".chars()).cycle().take(4_000);
            (Arc::clone(question), all.collect())
        })
        .collect();
    told("the judge, 4,000 letters", &long, |question, text| {
        judged(question, text).to_string().len()
    });
    starts()
}

/// Times a call for every answer: every time it was made, and the fastest time of each answer, which
/// depends less on what else the machine does.
fn told(what: &str, typed: &[Typed], call: impl Fn(&Question, &str) -> usize) {
    let mut all: Vec<Duration> = Vec::new();
    let mut fastest: Vec<Duration> = Vec::new();
    for (question, text) in typed {
        // The first one makes everything warm.
        black_box(call(question, text));
        let took = (0..ROUNDS).map(|_| {
            let begun = Instant::now();
            black_box(call(question, text));
            begun.elapsed()
        });
        let took: Vec<Duration> = took.collect();
        fastest.extend(took.iter().min());
        all.extend(took);
    }
    for (what, mut took) in [(what.to_owned(), all), (format!("  fastest of {ROUNDS}"), fastest)] {
        took.sort();
        let of = |share: usize| took.get((took.len() - 1) * share / 100).copied();
        let of = |share: usize| of(share).unwrap_or_default();
        println!("{what:<44}{:>10.2?}{:>10.2?}{:>10.2?}", of(50), of(95), of(100));
    }
}

fn judged(question: &Question, text: &str) -> f32 {
    let asked =
        Asked { prompt: &question.prompt, answer: &question.answer, points: &question.key_points };
    judge(Thresholds::default(), asked, text).score
}

/// What any first attempt does: for each key point the cosine of its stems and those of the answer.
fn bags(stemmer: &Stemmer, question: &Question, text: &str) -> Vec<f32> {
    let bag = |text: &str| -> HashMap<String, f32> {
        let mut bag = HashMap::new();
        for word in text.split(|letter: char| !letter.is_alphanumeric()) {
            if !word.is_empty() {
                let stem = stemmer.stem(&word.to_lowercase()).into_owned();
                *bag.entry(stem).or_insert(0.0) += 1.0;
            }
        }
        bag
    };
    let length = |bag: &HashMap<String, f32>| bag.values().map(|one| one * one).sum::<f32>().sqrt();
    let answer = bag(text);
    let cosine = |point: &str| {
        let point = bag(point);
        let product: f32 =
            point.iter().map(|(stem, one)| one * answer.get(stem).copied().unwrap_or(0.0)).sum();
        product / (length(&point) * length(&answer)).max(f32::EPSILON)
    };
    let points = question.key_points.iter().map(|point| {
        let terms = point.terms.iter().map(|term| cosine(term));
        terms.fold(cosine(&point.point), f32::max)
    });
    points.collect()
}

/// Starts processes that judge a first time, and tells of the one in the middle.
fn starts() -> Outcome<()> {
    let mut figures: Vec<Vec<f64>> = Vec::new();
    for _ in 0..STARTS {
        let child = Command::new(std::env::current_exe()?).arg("start").output()?;
        anyhow::ensure!(child.status.success(), "a first judge did not work");
        let said = String::from_utf8(child.stdout)?;
        figures.push(said.split_whitespace().map(str::parse).collect::<Result<_, _>>()?);
    }
    let middle = |place: usize| -> f64 {
        let mut column: Vec<f64> =
            figures.iter().filter_map(|row| row.get(place).copied()).collect();
        column.sort_by(f64::total_cmp);
        column.get(column.len() / 2).copied().unwrap_or_default()
    };
    println!("\nin a process of its own, of {STARTS} the one in the middle");
    println!("{:<44}{:>7.2} ms", "the first judge, of one word: loads the vectors", middle(0));
    println!("{:<44}{:>7.2} ms", "the second one", middle(1));
    println!("{:<44}{:>7.1} MB", "resident after it, beyond what was before", middle(2));
    println!("{:<44}{:>7.1} MB", "and after every answer was judged once", middle(3));
    Ok(())
}

/// Judges a first and a second time, then everything; tells how long the two took, in milliseconds,
/// and how much memory came with them, in megabytes.
fn start() -> Outcome<()> {
    let typed = typed()?;
    let one = Question::bare("one", "one", "Why?", "Because of locks.");
    let one = Question { key_points: vec![mockingbird::bank::KeyPoint::of("Locks.")], ..one };
    let before = resident()?;
    let timed = || {
        let begun = Instant::now();
        black_box(judged(&one, "Locks."));
        begun.elapsed().as_secs_f64() * 1_000.0
    };
    let (first, second) = (timed(), timed());
    let after = resident()?;
    for (question, text) in &typed {
        black_box(judged(question, text));
    }
    println!("{first} {second} {} {}", after - before, resident()? - before);
    Ok(())
}

/// All answers that were typed for the tests.
fn typed() -> Outcome<Vec<Typed>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bank = QuestionBank::load(&here.join("questions"))
        .map_err(|problems| anyhow::anyhow!("{problems}"))?;
    let mut typed = Vec::new();
    for file in std::fs::read_dir(here.join("tests/judge/answers"))? {
        let file = file?.path();
        if file.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let groups: Vec<Group> = serde_yaml::from_str(&std::fs::read_to_string(file)?)?;
        for group in groups {
            let question = bank.get(&QuestionId::new(&group.question));
            let question = question.ok_or_else(|| anyhow::anyhow!("no {}", group.question))?;
            let answers = group.answers.into_iter();
            typed.extend(answers.map(|answer| (Arc::clone(question), answer.text)));
        }
    }
    Ok(typed)
}

/// The resident memory of this process, in megabytes.
fn resident() -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: f64 = line.unwrap_or_default().trim().trim_end_matches(" kB").parse()?;
    Ok(kib / 1_024.0)
}
