//! A small bank, and commands as they come in, for the tests.

use super::{Invocation, OptionValue};
use crate::bank::{Question, QuestionBank};

/// Two questions on databases, one on HTTP, one on caching.
pub(super) fn bank() -> QuestionBank {
    let topics = [
        ("databases", "Databases & Storage"),
        ("databases", "Databases & Storage"),
        ("http", "HTTP, APIs"),
        ("caching", "Caching"),
    ];
    bank_of(&topics.map(|(topic, title)| (topic.to_owned(), title.to_owned())))
}

/// A bank with one question for each of these topics, given as name and title.
pub(super) fn bank_of(topics: &[(String, String)]) -> QuestionBank {
    QuestionBank::of(topics.iter().enumerate().map(|(index, (topic, title))| Question {
        topic_title: title.clone(),
        tags: if topic == "databases" { vec!["index".to_owned()] } else { Vec::new() },
        ..Question::bare(&format!("question-{index}"), topic, "**Why** `so`?", "Because.")
    }))
}

/// A command with options of text.
pub(super) fn invoked(name: &str, sub: Option<&str>, options: &[(&str, &str)]) -> Invocation {
    Invocation {
        name: name.to_owned(),
        sub: sub.map(str::to_owned),
        options: options
            .iter()
            .map(|(name, text)| ((*name).to_owned(), OptionValue::Text((*text).to_owned())))
            .collect(),
        focused: None,
    }
}
