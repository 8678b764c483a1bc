//! How long a large bank takes to load. Run it with `cargo bench --bench bank` while the machine
//! has nothing else to do.
//!
//! The aim: 10,000 questions in under one second on two cores. `full` fills every field, about
//! 4 KB of text a question; `short` has what is required and a few tags.

use std::fmt::Write as _;

use mockingbird::bank::QuestionBank;

/// Questions of one topic.
const PER_TOPIC: usize = 500;

fn main() {
    divan::main();
}

/// Files that hold this many questions.
fn files(
    questions: usize,
    write: fn(&mut String, usize) -> std::fmt::Result,
) -> Vec<(String, String)> {
    let numbers: Vec<usize> = (0..questions).collect();
    let file = |(topic, numbers): (usize, &[usize])| {
        let mut text = format!("topic: topic-{topic}\ntitle: Topic {topic}\nquestions:\n");
        for number in numbers {
            write(&mut text, *number).expect("a text takes every line");
        }
        (format!("questions/topic-{topic}.yaml"), text)
    };
    numbers.chunks(PER_TOPIC).enumerate().map(file).collect()
}

fn short_question(text: &mut String, number: usize) -> std::fmt::Result {
    let line = "A lock on a row is held until the transaction ends, so the other one waits for it.";
    writeln!(text, "  - id: question-{number}\n    prompt: What happens in case {number}?")?;
    writeln!(text, "    level: medium\n    tags: [locks, sql]\n    answer: |")?;
    (0..4).try_for_each(|_| writeln!(text, "      {line}"))
}

fn full_question(text: &mut String, number: usize) -> std::fmt::Result {
    let line = "A lock on a row is held until the transaction ends, so the other one waits for it.";
    writeln!(text, "  - id: question-{number}\n    prompt: What happens in case {number}?")?;
    writeln!(text, "    level: medium\n    kind: scenario\n    minutes: 4\n    probes: {line}")?;
    writeln!(text, "    hint: >-\n      {line}\n      {line}\n    answer: |")?;
    for _ in 0..10 {
        writeln!(text, "      {line}\n\n      - **First:** {line}")?;
    }
    writeln!(
        text,
        "      ```sql\n      SELECT {number} FROM t FOR UPDATE;\n      ```\n    key_points:"
    )?;
    for _ in 0..6 {
        writeln!(
            text,
            "      - point: {line}\n        terms: [lock, row lock, 'for update', waits]"
        )?;
    }
    writeln!(text, "    pitfalls:\n      - {line}\n      - {line}\n    follow_ups:")?;
    for _ in 0..2 {
        writeln!(
            text,
            "      - prompt: And then?\n        answer: >-\n          {line}\n          {line}"
        )?;
    }
    writeln!(text, "    related: [question-{}]\n    tags: [locks, sql]", number ^ 1)?;
    writeln!(text, "    sources: ['PostgreSQL 18, 13.3']\n    checked: 2026-11-22")
}

fn load(bencher: divan::Bencher<'_, '_>, files: &[(String, String)]) {
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .bench(|| QuestionBank::parse(divan::black_box(files)).expect("the bank is sound"));
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn short(bencher: divan::Bencher<'_, '_>, questions: usize) {
    load(bencher, &files(questions, short_question));
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn full(bencher: divan::Bencher<'_, '_>, questions: usize) {
    load(bencher, &files(questions, full_question));
}
