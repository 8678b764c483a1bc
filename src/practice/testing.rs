//! Values for tests: small questions and the like.

use crate::bank::{KeyPoint, Level, Question, QuestionId, Topic};

/// A question with just enough in it.
pub(crate) fn question(id: &str, topic: &str) -> Question {
    Question {
        id: QuestionId::new(id),
        topic: Topic::new(topic),
        topic_title: topic.to_owned(),
        prompt: format!("What about {id}?"),
        level: Level::Easy,
        kind: None,
        minutes: None,
        probes: None,
        hint: None,
        answer: format!("The answer to {id}."),
        key_points: vec![KeyPoint { point: format!("{id} is so"), terms: Vec::new() }],
        pitfalls: Vec::new(),
        follow_ups: Vec::new(),
        related: Vec::new(),
        tags: Vec::new(),
        sources: Vec::new(),
        checked: None,
    }
}
