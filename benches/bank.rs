//! How long a large bank takes to load. Run it with `cargo bench --bench bank`.
//!
//! The aim: 10,000 questions, each as full as those that come with the bot, in under one second on
//! two cores.

use std::fmt::Write as _;

use mockingbird::bank::QuestionBank;

/// Questions of one topic: as many as fit into the largest file that is read, and some to spare.
const PER_TOPIC: usize = 500;

fn main() {
    divan::main();
}

/// Files that hold this many questions, every field filled.
fn files(questions: usize) -> Vec<(String, String)> {
    let names: Vec<usize> = (0..questions).collect();
    names
        .chunks(PER_TOPIC)
        .enumerate()
        .map(|(topic, numbers)| {
            let mut text = format!("topic: topic-{topic}\ntitle: Topic {topic}\nquestions:\n");
            for number in numbers {
                write_question(&mut text, *number).expect("a text takes every line");
            }
            (format!("questions/topic-{topic}.yaml"), text)
        })
        .collect()
}

fn write_question(text: &mut String, number: usize) -> std::fmt::Result {
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

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn load(bencher: divan::Bencher<'_, '_>, questions: usize) {
    let files = files(questions);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    bencher.counter(divan::counter::BytesCount::new(bytes)).bench(|| {
        let bank = QuestionBank::parse(divan::black_box(&files)).expect("the bank is sound");
        assert_eq!(bank.len(), questions);
        bank
    });
}
