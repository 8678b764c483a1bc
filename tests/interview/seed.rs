//! Who is in these stories, what they are asked, and by which plans.

use mockingbird::bank::{FollowUp, KeyPoint, Question, Topic};
use mockingbird::plans::{Dimension, Plan, PlanId, Plans, Rubric, Section};
use mockingbird::practice::MemberId;

/// The people, in the order of their ids.
pub(crate) const PEOPLE: [&str; 4] = ["ann", "bob", "eve", "kim"];

/// Everybody, by name.
pub(crate) fn everybody() -> impl Iterator<Item = (&'static str, MemberId)> {
    PEOPLE.into_iter().zip(101..).map(|(name, id)| (name, MemberId(id)))
}

/// Who that is.
pub(crate) fn member(who: &str) -> MemberId {
    everybody().find(|(name, _)| *name == who).map(|(_, id)| id).expect("one of the four")
}

/// What somebody is called.
pub(crate) fn name_of(member: MemberId) -> &'static str {
    everybody().find(|(_, id)| *id == member).map(|(name, _)| name).expect("one of the four")
}

/// What some are called.
pub(crate) fn names_of(members: &[MemberId]) -> String {
    let names: Vec<_> = members.iter().map(|member| name_of(*member)).collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

fn question(topic: &str, number: u8) -> Question {
    let id = format!("{topic}-{number}");
    let line = |what: &str| format!("{what} of {id}");
    let follow_up = |what: &str| FollowUp { prompt: line(what), answer: line("answer") };
    let point = |number: u8| KeyPoint::of(line(&format!("point {number}")));
    Question {
        hint: Some(line("hint")),
        minutes: Some(4),
        key_points: vec![point(0), point(1)],
        follow_ups: vec![follow_up("follow-up 1"), follow_up("follow-up 2")],
        pushback: Some(follow_up("pushback")),
        ..Question::bare(&id, topic, &format!("What about {id}?"), &format!("So is {id}."))
    }
}

/// Four questions of each of three topics.
pub(crate) fn questions() -> impl Iterator<Item = Question> {
    let numbers = |topic| (0..4).map(move |number| question(topic, number));
    ["design", "http", "sql"].into_iter().flat_map(numbers)
}

fn section(title: &str, minutes: u8, questions: u8, topics: &[&str]) -> Section {
    Section {
        title: title.to_owned(),
        minutes,
        questions,
        topics: topics.iter().map(|topic| Topic::new(topic)).collect(),
        levels: Vec::new(),
        kinds: Vec::new(),
        follow_ups: true,
        pushbacks: title == "Design",
    }
}

/// Three plans.
pub(crate) fn plans() -> Plans {
    let dimension = |title: &str| Dimension {
        title: title.to_owned(),
        bands: [
            "Could not be followed.",
            "Could be followed when asked.",
            "Clear from the start.",
            "Clear, and led the talk.",
        ]
        .map(str::to_owned),
    };
    let rubric = Rubric {
        id: "usual".to_owned(),
        title: "Usual".to_owned(),
        dimensions: vec![dimension("Clarity"), dimension("Depth")],
    };
    let plan = |id: &str, title: &str, swap, sections| Plan {
        id: PlanId::new(id),
        title: title.to_owned(),
        about: "Small enough to try.".to_owned(),
        swap,
        sections,
        rubric: rubric.clone(),
    };
    let short = Section { follow_ups: false, ..section("Quick", 4, 1, &["sql"]) };
    Plans::of([
        plan("one", "One", false, vec![short]),
        plan(
            "mid",
            "Mid",
            false,
            vec![section("Basics", 10, 2, &["http", "sql"]), section("Design", 20, 1, &["design"])],
        ),
        plan("pair", "Pair", true, vec![section("Basics", 10, 1, &["http", "sql"])]),
    ])
}
