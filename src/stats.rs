//! What `mockingbird check --stats` prints about a bank: what it holds, how full it is, and what
//! is to be looked at again. It reads no clock; the date is an argument.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::bank::{Kind, Level, Question, QuestionBank};

/// Names that a list shows before it only counts.
const NAMED: usize = 30;

/// The whole text, in lines of at most 100 columns.
pub fn text(bank: &QuestionBank, today: Date) -> String {
    let all: Vec<&Arc<Question>> = bank.iter().collect();
    let mut parts =
        vec![topics(bank), fields(&all), answers(&all), asked(&all), dates(&all, today)];
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// Questions by topic, level and kind.
fn topics(bank: &QuestionBank) -> String {
    let width = bank.topics().map(|(topic, _)| topic.as_str().len()).max().unwrap_or(0).max(5);
    let heads = Level::ALL.map(Level::as_str).into_iter().chain(Kind::ALL.map(Kind::as_str));
    let mut text = format!("{:width$}  questions", "topic");
    for head in heads {
        let _ = write!(text, "  {head}");
    }
    text.push('\n');
    let mut row = |name: &str, questions: &[&Arc<Question>]| {
        let _ = write!(text, "{name:width$}  {:>9}", questions.len());
        for level in Level::ALL {
            let count = questions.iter().filter(|question| question.level == level).count();
            let _ = write!(text, "  {count:>0$}", level.as_str().len());
        }
        for kind in Kind::ALL {
            let count = questions.iter().filter(|question| question.kind == Some(kind)).count();
            let _ = write!(text, "  {count:>0$}", kind.as_str().len());
        }
        text.push('\n');
    };
    for (topic, _) in bank.topics() {
        row(topic.as_str(), &bank.pick(Some(topic), None, None).collect::<Vec<_>>());
    }
    row("all", &bank.iter().collect::<Vec<_>>());
    text
}

/// How many questions have each of the fields that may be left out.
fn fields(questions: &[&Arc<Question>]) -> String {
    type Filled = fn(&Question) -> bool;
    let fields: [(&str, Filled); 13] = [
        ("kind", |question| question.kind.is_some()),
        ("asked_by", |question| question.asked_by.is_some()),
        ("minutes", |question| question.minutes.is_some()),
        ("probes", |question| question.probes.is_some()),
        ("hint", |question| question.hint.is_some()),
        ("key_points", |question| !question.key_points.is_empty()),
        ("pitfalls", |question| !question.pitfalls.is_empty()),
        ("follow_ups", |question| !question.follow_ups.is_empty()),
        ("pushback", |question| question.pushback.is_some()),
        ("related", |question| !question.related.is_empty()),
        ("tags", |question| !question.tags.is_empty()),
        ("sources", |question| !question.sources.is_empty()),
        ("checked", |question| question.checked.is_some()),
    ];
    let all = questions.len();
    let mut text = format!("fields filled, of {all}\n");
    for (name, filled) in fields {
        let count = questions.iter().filter(|question| filled(question)).count();
        let _ = writeln!(text, "  {name:10}  {count:>5}");
    }
    let points: usize = questions.iter().map(|question| question.key_points.len()).sum();
    let follow_ups: usize = questions.iter().map(|question| question.follow_ups.len()).sum();
    let _ = writeln!(text, "  {points} key points and {follow_ups} follow-ups in all");
    text
}

/// How long the answers are.
fn answers(questions: &[&Arc<Question>]) -> String {
    let mut lengths: Vec<(usize, &str)> = questions
        .iter()
        .map(|question| (question.answer.split_whitespace().count(), question.id.as_str()))
        .collect();
    lengths.sort_unstable();
    let mut text = "answers, in words\n".to_owned();
    let middle = lengths.get(lengths.len() / 2);
    for (name, length) in
        [("shortest", lengths.first()), ("middle", middle), ("longest", lengths.last())]
    {
        if let Some((words, id)) = length {
            let _ = writeln!(text, "  {name:8}  {words:>5}  {id}");
        }
    }
    text
}

/// What is asked most often, by the number of collections that ask it.
fn asked(questions: &[&Arc<Question>]) -> String {
    let mut by_count: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
    for question in questions.iter().filter(|question| question.asked_by.is_some()) {
        by_count
            .entry(question.asked_by.unwrap_or_default())
            .or_default()
            .push(question.id.as_str());
    }
    if by_count.is_empty() {
        return String::new();
    }
    let mut text = "asked by so many of the collections behind the bank\n".to_owned();
    for (count, ids) in by_count.iter().rev() {
        let _ = writeln!(text, "  {count}  {}", named(ids));
    }
    text
}

/// Whose facts were checked longest ago.
fn dates(questions: &[&Arc<Question>], today: Date) -> String {
    let year_ago = today.saturating_sub(1.year());
    let checked = |question: &Question| question.checked;
    let oldest = questions.iter().filter_map(|question| checked(question)).min();
    let old: Vec<&str> = questions
        .iter()
        .filter(|question| checked(question).is_some_and(|date| date < year_ago))
        .map(|question| question.id.as_str())
        .collect();
    let mut text = "facts checked\n".to_owned();
    if let Some(oldest) = oldest {
        let _ = writeln!(text, "  longest ago: {oldest}");
    }
    let old = if old.is_empty() { "none".to_owned() } else { named(&old) };
    let _ = writeln!(text, "  more than a year ago: {old}");
    text
}

/// Names in lines of at most 100 columns, indented below the first.
fn named(ids: &[&str]) -> String {
    let mut shown: Vec<String> = ids.iter().take(NAMED).map(|id| (*id).to_owned()).collect();
    if ids.len() > NAMED {
        shown.push(format!("and {} more", ids.len() - NAMED));
    }
    let mut text = String::new();
    let mut column = 0;
    for (index, id) in shown.iter().enumerate() {
        if index > 0 {
            text.push(',');
            if column + id.len() > 90 {
                text.push_str("\n     ");
                column = 0;
            } else {
                text.push(' ');
            }
        }
        text.push_str(id);
        column += id.len() + 2;
    }
    text
}
