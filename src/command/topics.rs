//! Topics by what people call them: the name or the title, with the nearest one as suggestion.

use super::complete::{self, Choice, MOST};
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
    find(bank, text).map(Some).ok_or_else(|| Refusal::UnknownTopic {
        asked: text.to_owned(),
        nearest: nearest(bank, text),
    })
}

/// Reads several topics with commas between them; an empty list means all.
pub(super) fn parse_many(bank: &QuestionBank, text: &str) -> Result<Vec<Topic>, Refusal> {
    // A title may hold a comma itself.
    if let Some(topic) = find(bank, text.trim()) {
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

fn find(bank: &QuestionBank, text: &str) -> Option<Topic> {
    let wanted = text.to_lowercase();
    let by_name = bank.topics().find(|(topic, _)| topic.as_str() == wanted);
    by_name
        .or_else(|| bank.topics().find(|(_, title)| title.to_lowercase() == wanted))
        .map(|(topic, _)| topic.clone())
}

fn nearest(bank: &QuestionBank, text: &str) -> Option<String> {
    matches(bank, text).first().map(|(topic, _)| topic.as_str().to_owned())
}

/// The topics that fit what was typed so far, best first, with their titles.
fn matches<'a>(bank: &'a QuestionBank, partial: &str) -> Vec<(&'a Topic, &'a str)> {
    let topics: Vec<(&Topic, &str)> = bank.topics().collect();
    complete::matches(partial, &topics, |(topic, title)| [topic.as_str(), title])
}

/// One topic, or any.
pub(super) fn complete_one(bank: &QuestionBank, partial: &str) -> Vec<Choice> {
    let typed = partial.trim().to_lowercase();
    let mut choices = Vec::new();
    if "any topic".starts_with(&typed) {
        choices.extend(Choice::new(&format!("Any topic ({})", bank.len()), "any"));
    }
    for (topic, title) in matches(bank, partial) {
        let label = format!("{title} ({})", count(bank, topic));
        choices.extend(Choice::new(&label, topic.as_str()));
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
    for (topic, _) in matches(bank, last) {
        if chosen.contains(topic) {
            continue;
        }
        let names: Vec<&str> = chosen.iter().chain([topic]).map(Topic::as_str).collect();
        let value = names.join(", ");
        choices.extend(Choice::new(&value, &value));
    }
    choices.truncate(MOST);
    choices
}

fn count(bank: &QuestionBank, topic: &Topic) -> usize {
    bank.iter().filter(|question| question.topic == *topic).count()
}
