//! Finding by words, names, their beginnings and misspelt ones: what is found exists, is found once, and does not
//! depend on case, order or repetition.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use mockingbird::bank::{Key, QuestionBank, QuestionId};

/// A bank with what makes finding hard: titles with commas, aliases, names that begin alike.
pub(super) fn bank() -> &'static QuestionBank {
    static BANK: OnceLock<QuestionBank> = OnceLock::new();
    BANK.get_or_init(|| {
        let files = [
            ("caching.yaml", include_str!("banks/caching.yaml")),
            ("databases.yaml", include_str!("../../questions/databases.yaml")),
            ("http.yaml", include_str!("banks/http.yaml")),
        ];
        QuestionBank::parse(&files).unwrap_or_else(|problems| panic!("{problems}"))
    })
}

pub(super) fn holds(text: &str) {
    let bank = bank();
    let found = search(text);
    assert_eq!(search(&format!("{text} {text}")), found, "said twice it means the same");
    assert_eq!(search(&text.to_ascii_uppercase()), search(&text.to_ascii_lowercase()));
    let words: Vec<&str> = text.split_whitespace().rev().collect();
    assert_eq!(search(&words.join(" ")), found, "in another order it means the same");
    let about: Vec<_> = bank.search_about(text);
    assert!(about.iter().all(|question| found.contains(&question.id)), "about more than is found");
    assert_eq!(about.is_empty(), found.is_empty(), "what is found is about something");
    for id in &found {
        let question = bank.get(id).expect("what is found exists");
        assert_eq!(bank.by_key(Key::of(id)), Some(question));
    }

    match bank.find_topic(text) {
        Ok(topic) | Err(Some(topic)) => assert!(bank.count(&topic) > 0, "{topic}"),
        Err(None) => {}
    }
    let all = bank.complete_topic(text, usize::MAX);
    assert_eq!(bank.complete_topic(text, 2), all.iter().take(2).cloned().collect::<Vec<_>>());
    let topics: BTreeSet<_> = all.iter().map(|(topic, ..)| topic).collect();
    assert_eq!(topics.len(), all.len(), "a topic is offered twice");
    for (topic, title, count) in &all {
        assert_eq!((bank.title(topic), bank.count(topic)), (Some(*title), *count));
    }
}

/// What is found, each once.
fn search(text: &str) -> BTreeSet<QuestionId> {
    let found = bank().search(text);
    let ids: BTreeSet<QuestionId> = found.iter().map(|question| question.id.clone()).collect();
    assert_eq!(ids.len(), found.len(), "a question is found twice");
    assert!(ids.iter().all(|id| bank().get(id).is_some()));
    ids
}
