//! Topics by what people call them: one of them, any, or several with commas.

use super::complete::{Choice, MOST};
use crate::bank::{QuestionBank, Topic};
use crate::practice::refusal::Refusal;

/// The words for "whatever there is".
const ANY: [&str; 2] = ["any", "all"];

/// Reads one topic; none means any.
pub(super) fn parse_one(bank: &QuestionBank, text: &str) -> Result<Option<Topic>, Refusal> {
    let text = text.trim();
    if ANY.iter().any(|word| text.eq_ignore_ascii_case(word)) {
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

/// One topic, or any.
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
