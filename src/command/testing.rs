//! A small bank, some plans, and commands as they come in, for the tests.

use super::{Invocation, OptionValue};
use crate::bank::{Question, QuestionBank};
use crate::plans::{Dimension, Plan, PlanId, Plans, Rubric, Section};

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

/// A plan of a quarter of an hour, one of 45 minutes, and one of half an hour for two.
pub(super) fn plans() -> Plans {
    let plan = |id: &str, title: &str, minutes, swap| {
        let section = Section {
            title: "Anything".to_owned(),
            minutes,
            questions: 1,
            topics: Vec::new(),
            levels: Vec::new(),
            kinds: Vec::new(),
            follow_ups: false,
            pushbacks: false,
        };
        let bands = ["Nothing.", "Little.", "Much.", "All."].map(str::to_owned);
        let dimension = Dimension { title: "Communication".to_owned(), bands };
        Plan {
            id: PlanId::new(id),
            title: title.to_owned(),
            about: "To try it.".to_owned(),
            swap,
            sections: vec![section],
            rubric: Rubric {
                id: "short".to_owned(),
                title: "Short".to_owned(),
                dimensions: vec![dimension],
            },
        }
    };
    Plans::of([
        plan("mid-backend", "Mid-level backend", 45, false),
        plan("pair-swap", "Pair with swap", 30, true),
        plan("rapid-fire", "Rapid fire", 15, false),
    ])
}
