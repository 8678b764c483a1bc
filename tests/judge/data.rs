//! Reads the answers, what was read in them, and which questions were put aside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mockingbird::bank::QuestionBank;
use serde::Deserialize;

/// A typed answer with its labels.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) question: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) text: String,
    /// `1` for each key point that was made, `0` for each that was not.
    pub(crate) made: String,
    pub(crate) off_topic: bool,
    pub(crate) contradicts: Vec<usize>,
    /// `held` was put aside to be opened once; `tune`, `one` and `two` are there to tune on.
    pub(crate) part: String,
}

#[derive(Deserialize)]
struct Typed {
    question: String,
    answers: Vec<One>,
}

#[derive(Deserialize)]
struct One {
    name: String,
    kind: String,
    text: String,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn lines(path: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder(path)).expect("a file of labels");
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The shipped bank.
pub(crate) fn bank() -> QuestionBank {
    QuestionBank::load(&folder("questions")).expect("the shipped bank")
}

/// All answers with the labels of the first reader.
pub(crate) fn answers() -> Vec<Answer> {
    let parts: BTreeMap<String, String> = lines("tests/judge/split.tsv")
        .into_iter()
        .map(|line| (line[0].clone(), line[1].clone()))
        .collect();
    let labels: BTreeMap<(String, String), Vec<String>> = lines("tests/judge/labels/first.tsv")
        .into_iter()
        .map(|line| ((line[0].clone(), line[1].clone()), line))
        .collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder("tests/judge/answers")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file of answers");
        let typed: Vec<Typed> = serde_yaml::from_str(&text).expect("answers");
        for typed in typed {
            for one in typed.answers {
                let label = &labels[&(typed.question.clone(), one.name.clone())];
                found.push(Answer {
                    question: typed.question.clone(),
                    name: one.name,
                    kind: one.kind,
                    text: one.text,
                    made: label[2].clone(),
                    off_topic: label[3] == "1",
                    contradicts: label[4].split(' ').filter_map(|one| one.parse().ok()).collect(),
                    part: parts[&typed.question].clone(),
                });
            }
        }
    }
    found.extend(tuning());
    found
}

#[derive(Deserialize)]
struct Labelled {
    question: String,
    answers: Vec<WithLabels>,
}

#[derive(Deserialize)]
struct WithLabels {
    name: String,
    kind: String,
    made: String,
    #[serde(default)]
    off_topic: u8,
    #[serde(default)]
    contradicts: Vec<usize>,
    text: String,
}

/// The answers that are there to tune on only, labelled by who wrote them.
fn tuning() -> Vec<Answer> {
    let mut found = Vec::new();
    for name in ["one", "two"] {
        let path = folder(&format!("tests/judge/tuning/{name}.yaml"));
        let text = std::fs::read_to_string(path).expect("a file of answers");
        let typed: Vec<Labelled> = serde_yaml::from_str(&text).expect("answers");
        for typed in typed {
            for one in typed.answers {
                found.push(Answer {
                    question: typed.question.clone(),
                    name: one.name,
                    kind: one.kind,
                    text: one.text,
                    made: one.made,
                    off_topic: one.off_topic == 1,
                    contradicts: one.contradicts,
                    part: name.to_owned(),
                });
            }
        }
    }
    found
}

/// What the second reader says that was made, of an answer that both have read.
pub(crate) fn second(answer: &Answer) -> String {
    let line = lines("tests/judge/labels/second.tsv")
        .into_iter()
        .find(|line| line[0] == answer.question && line[1] == answer.name);
    line.expect("both readers read all answers")[2].clone()
}
