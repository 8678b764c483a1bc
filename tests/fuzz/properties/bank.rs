//! Question files: what is accepted keeps every limit, prints back to itself and can be shown; what
//! is refused is told where.

use std::sync::Arc;

use mockingbird::bank::{FollowUp, Question, QuestionBank, limits};
use mockingbird::practice::PostId;
use mockingbird::practice::view::{QuestionView, View};
use mockingbird::words::thread_name;
use serde_json::{Value, json};

use super::{problems, shown, units};

const PATH: &str = "fuzz.yaml";
/// So many questions of a file are shown; the rest is like these.
const SHOWN: usize = 4;

pub(super) fn holds(text: &str) {
    let read = QuestionBank::parse(&[(PATH, text)]);
    let bank = match read {
        Ok(bank) => bank,
        Err(found) => return problems::point_inside(PATH, text, &found),
    };
    assert!(!bank.is_empty(), "accepted without a question");
    for question in bank.iter() {
        keeps_the_limits(question);
    }
    let printed = printed(&bank);
    let again = QuestionBank::parse(&[(PATH, &printed)]);
    let again = again.unwrap_or_else(|problems| panic!("{printed}\n{problems}"));
    assert!(again.iter().eq(bank.iter()), "it does not print back to itself: {printed}");
    assert!(again.topics().eq(bank.topics()), "it does not print back to itself: {printed}");
    for question in bank.iter().take(SHOWN) {
        can_be_shown(question);
    }
}

fn keeps_the_limits(question: &Question) {
    let texts = [
        (question.id.as_str(), limits::ID),
        (question.topic.as_str(), limits::TOPIC),
        (&question.topic_title, limits::TITLE),
        (&question.prompt, limits::PROMPT),
        (&question.answer, limits::ANSWER),
        (question.hint.as_deref().unwrap_or("-"), limits::HINT),
        (question.probes.as_deref().unwrap_or("-"), limits::PROBES),
    ];
    let points = question.key_points.iter().map(|point| (point.point.as_str(), limits::POINT));
    let pitfalls = question.pitfalls.iter().map(|text| (text.as_str(), limits::PITFALL));
    let asked = question.follow_ups.iter().chain(&question.pushback);
    let asked = asked.flat_map(|FollowUp { prompt, answer }| {
        [(prompt.as_str(), limits::FOLLOW_UP_PROMPT), (answer, limits::FOLLOW_UP_ANSWER)]
    });
    let sources = question.sources.iter().map(|text| (text.as_str(), limits::SOURCE));
    let tags = question.tags.iter().map(|text| (text.as_str(), limits::TAG));
    let all = texts.into_iter().chain(points).chain(pitfalls).chain(asked).chain(sources);
    for (text, most) in all.chain(tags) {
        assert!((1..=most).contains(&units(text)), "{} of {most}: {text}", units(text));
        assert_eq!(text.trim(), text, "blanks around a text");
        assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{text:?}");
    }
    assert!(question.key_points.len() <= limits::KEY_POINTS);
    assert!(question.follow_ups.len() <= limits::FOLLOW_UPS);
    assert!(question.minutes.is_none_or(|minutes| (1..=60).contains(&minutes)));
}

/// The bank as a file. JSON is YAML, and is written by somebody else.
fn printed(bank: &QuestionBank) -> String {
    let questions: Vec<Value> = bank
        .iter()
        .map(|question| {
            let mut question = json!(question);
            let fields = question.as_object_mut().expect("a question has fields");
            fields.remove("topic");
            fields.remove("topic_title");
            question
        })
        .collect();
    let titles: Vec<&str> = bank.topics().map(|(_, title)| title).collect();
    json!({ "title": titles.first(), "questions": questions }).to_string()
}

/// The question and its answer as messages, and the name of its thread.
fn can_be_shown(question: &Arc<Question>) {
    let name = thread_name(question);
    assert!((1..=100).contains(&units(&name)) && !name.contains(char::is_control), "{name:?}");
    shown::fits(&View::Question(QuestionView {
        post: PostId(u64::MAX),
        question: Arc::clone(question),
        daily: None,
        emoji: "💡".to_owned(),
        reactions: 1,
        can_react: true,
    }));
    let question = Arc::clone(question);
    shown::fits(&View::Answer { post: PostId(1), question, revealed_by: Vec::new() });
}
