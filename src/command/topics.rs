//! What a question is to be about, by what people call it: a topic, any, several topics with
//! commas, or words of a question.

use std::collections::BTreeSet;

use super::complete::{Choice, MOST};
use crate::bank::{ANY, QuestionBank, QuestionId, Topic};
use crate::practice::input::Subject;
use crate::practice::refusal::Refusal;

/// Reads what a quiz is to be about: any topic, one of them, a question's name, or words.
pub(super) fn parse_subject(bank: &QuestionBank, text: &str) -> Result<Subject, Refusal> {
    let asked = text.trim().to_owned();
    if is_any(&asked) {
        return Ok(Subject::Any);
    }
    let nearest = match bank.find_topic(&asked) {
        Ok(topic) => return Ok(Subject::Topic(topic)),
        Err(nearest) => nearest.map(|topic| topic.as_str().to_owned()),
    };
    let found: BTreeSet<QuestionId> = match bank.get(&QuestionId::new(&asked.to_lowercase())) {
        Some(question) => [question.id.clone()].into(),
        None => bank.search_about(&asked).into_iter().map(|question| question.id.clone()).collect(),
    };
    if found.is_empty() {
        return Err(Refusal::NothingFound { asked, nearest });
    }
    Ok(Subject::Words { asked, found })
}

/// Reads which question is looked for, by its name or its words: the best finds, the best first.
pub(super) fn parse_question(bank: &QuestionBank, text: &str) -> Result<Vec<QuestionId>, Refusal> {
    let found: Vec<QuestionId> = match bank.get(&QuestionId::new(&text.trim().to_lowercase())) {
        Some(question) => vec![question.id.clone()],
        None => {
            bank.search(text).into_iter().map(|question| question.id.clone()).take(MOST).collect()
        }
    };
    if found.is_empty() {
        let asked = text.trim().to_owned();
        return Err(Refusal::NoQuestionFound { asked });
    }
    Ok(found)
}

fn is_any(text: &str) -> bool {
    ANY.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads one topic; none means any.
pub(super) fn parse_one(bank: &QuestionBank, text: &str) -> Result<Option<Topic>, Refusal> {
    let text = text.trim();
    if is_any(text) {
        return Ok(None);
    }
    bank.find_topic(text).map(Some).map_err(|nearest| Refusal::UnknownTopic {
        asked: text.to_owned(),
        nearest: nearest.map(|topic| topic.as_str().to_owned()),
    })
}

/// Reads several topics with commas between them; an empty list means all.
pub(super) fn parse_many(bank: &QuestionBank, text: &str) -> Result<Vec<Topic>, Refusal> {
    // A title may hold a comma itself.
    if let Ok(topic) = bank.find_topic(text) {
        return Ok(vec![topic]);
    }
    let mut topics = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match parse_one(bank, part)? {
            None => return Ok(Vec::new()),
            Some(topic) if topics.contains(&topic) => {}
            Some(topic) => topics.push(topic),
        }
    }
    Ok(topics)
}

/// Any topic, the topics that fit, then the questions that hold the words.
pub(super) fn complete_subject(bank: &QuestionBank, partial: &str) -> Vec<Choice> {
    let mut choices = complete_one(bank, partial);
    choices.extend(complete_question(bank, partial));
    choices.truncate(MOST);
    choices
}

/// Any topic, then the topics that fit.
pub(super) fn complete_one(bank: &QuestionBank, partial: &str) -> Vec<Choice> {
    let typed = partial.trim().to_lowercase();
    let mut choices = Vec::new();
    if "any topic".starts_with(&typed) {
        choices.extend(Choice::new(&format!("Any topic ({})", bank.len()), "any"));
    }
    for (topic, title, count) in bank.complete_topic(partial, MOST) {
        choices.extend(Choice::new(&format!("{title} ({count})"), topic.as_str()));
    }
    choices.truncate(MOST);
    choices
}

/// The questions that hold the words.
pub(super) fn complete_question(bank: &QuestionBank, partial: &str) -> Vec<Choice> {
    let found = bank.search(partial);
    let choices = found.into_iter().filter_map(|question| {
        // Of a long label a phone shows the beginning.
        let name = question.id.as_str().replace('-', " ");
        let prompt = crate::words::plain(&question.prompt);
        let label = format!("{name} · {} · {prompt}", question.level.as_str());
        Choice::new(&label, question.id.as_str())
    });
    choices.take(MOST).collect()
}

/// Several topics: what stands before the last comma stays, the last one is completed.
pub(super) fn complete_many(bank: &QuestionBank, partial: &str) -> Vec<Choice> {
    let (before, last) = partial.rsplit_once(',').unwrap_or(("", partial));
    let chosen = parse_many(bank, before).unwrap_or_default();
    let mut choices = Vec::new();
    if before.trim().is_empty() && "all topics".starts_with(&last.trim().to_lowercase()) {
        choices.extend(Choice::new(&format!("All topics ({})", bank.len()), "all"));
    }
    for (topic, _, _) in bank.complete_topic(last, usize::MAX) {
        if chosen.contains(&topic) {
            continue;
        }
        let names: Vec<&str> = chosen.iter().chain([&topic]).map(Topic::as_str).collect();
        let value = names.join(", ");
        choices.extend(Choice::new(&value, &value));
    }
    choices.truncate(MOST);
    choices
}
