//! Who is in these stories, and what they are asked.

use mockingbird::bank::{FollowUp, KeyPoint, Level, Question, QuestionId};
use mockingbird::plans::{Dimension, Plan, PlanId, Plans, Rubric, Section};
use mockingbird::practice::MemberId;
use mockingbird::practice::own::Key;

/// The people, in the order of their ids.
pub(crate) const PEOPLE: [&str; 4] = ["ann", "bob", "eve", "kim"];

/// So far from small numbers that its bytes are nobody else's.
const FIRST: u64 = 0x6a5f_1e3d_7c2b_4a90;

/// Who that is.
pub(crate) fn member(who: &str) -> MemberId {
    let place = PEOPLE.iter().position(|name| *name == who).expect("one of the four");
    MemberId(FIRST + u64::try_from(place).expect("small"))
}

/// What somebody is called.
pub(crate) fn name_of(id: MemberId) -> &'static str {
    PEOPLE.into_iter().find(|name| member(name) == id).unwrap_or("nobody")
}

/// The key of a question.
pub(crate) fn key(id: &str) -> Key {
    Key::of(&QuestionId::new(id))
}

fn question(topic: &str, number: u8) -> Question {
    let id = format!("{topic}-{number}");
    let point = |number: u8| KeyPoint::of(format!("{id} {number}"));
    let other = |number: u8| QuestionId::new(&format!("{topic}-{}", number % 4));
    Question {
        level: [Level::Easy, Level::Medium, Level::Hard, Level::Easy][usize::from(number)],
        hint: (number != 3).then(|| format!("A hint to {id}")),
        minutes: [Some(2), Some(4), None, Some(9)][usize::from(number)],
        asked_by: Some(number),
        key_points: (0..5).map(point).collect(),
        follow_ups: vec![FollowUp { prompt: "And then?".to_owned(), answer: "This.".to_owned() }],
        related: vec![other(number + 1), other(number + 2)],
        ..Question::bare(&id, topic, &format!("What about {id}?"), &format!("So is {id}."))
    }
}

/// Four questions of each of three topics; the last of each is too long for a sprint.
pub(crate) fn questions() -> impl Iterator<Item = Question> {
    let numbers = |topic| (0..4).map(move |number| question(topic, number));
    ["git", "http", "sql"].into_iter().flat_map(numbers)
}

/// One plan of one question.
pub(crate) fn plans() -> Plans {
    let bands = ["no", "nearly", "yes", "very"].map(str::to_owned);
    let section = Section {
        title: "Quick".to_owned(),
        minutes: 10,
        questions: 1,
        topics: Vec::new(),
        levels: Vec::new(),
        kinds: Vec::new(),
        follow_ups: false,
        pushbacks: false,
    };
    Plans::of([Plan {
        id: PlanId::new("one"),
        title: "One".to_owned(),
        about: "Small enough to try.".to_owned(),
        swap: false,
        sections: vec![section],
        rubric: Rubric {
            id: "usual".to_owned(),
            title: "Usual".to_owned(),
            dimensions: vec![Dimension { title: "Depth".to_owned(), bands }],
        },
    }])
}
