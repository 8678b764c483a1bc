//! What is said of a coach, word for word, and that nothing in its name breaks it.

use proptest::prelude::*;

use super::hostile::{any_question, hostile, sound};
use super::own::{at, own, tell};
use super::*;
use crate::judge::{Flag, Made, PointOpinion, State};
use crate::practice::own::state::Settings;
use crate::practice::own::view::{OwnQuestion, PartOf};
use crate::practice::own::{Coached, Flow, OwnView as V, TypedPoint, TypedView};
use crate::practice::rules::{CoachRule, Zone};

fn coach() -> CoachRule {
    let address = "http://127.0.0.1:11434/v1".to_owned();
    CoachRule { address, model: "qwen3:8b".to_owned() }
}

#[test]
fn what_would_be_sent_where_is_told_before_anything_is() {
    let (coach, question) = (coach(), Arc::new(question()));
    let view = V::CoachAsks { coach, question, points: 2, typed: (9, Flow::Here) };
    insta::assert_snapshot!(tell(view), @"
    (embed) Send your answer to the coach?
      The coach is a language model, `qwen3:8b` at `http://127.0.0.1:11434/v1`. It can look at what I cannot tell: whether you made a point, or said the opposite of it.

      **It would be sent:** the question “What does ACID promise?”, its 2 key points, and your answer as you typed it. Not your name, nor any id.
      **What becomes of it there** is up to whoever runs that server; I cannot take it back.
      **What it says** is a hint with its mark on it, and often wrong. My own feedback stands either way.

      Once you agree, *Ask the coach* sends the same of other answers at once, with 8 key points at most, as long as it is this coach. `/me` and **Settings** change that at any time.
      [Send it] [Not now] [Never]
    ");
}

fn opined(made: Made, contradicted: bool, quote: Option<&str>) -> TypedPoint {
    let quote = quote.map(str::to_owned);
    let opinion = Some(PointOpinion { number: 1, made, contradicted, quote });
    let (state, evidence) = (State::Unsure, Some("It is so.".to_owned()));
    TypedPoint { state, is_said: false, evidence, contradicted, opinion }
}

fn read(points: Vec<TypedPoint>, coach: Coached, part_of: PartOf) -> V {
    let mut asked = question();
    asked.key_points = (1..=points.len()).map(|n| KeyPoint::of(format!("Point {n}"))).collect();
    if let Some(point) = asked.key_points.get_mut(3) {
        point.ask = Some("And a crash?".to_owned());
    }
    let (flags, on_topic) = (vec![Flag::Contradiction], true);
    let typed = TypedView { name: 9, points, score: 24, on_topic, flags, pitfall: None, coach };
    let question = OwnQuestion { question: Arc::new(asked), typed: Some(typed), ..own(part_of) };
    V::Typed { question, standing: None }
}

#[test]
fn an_opinion_stands_at_its_key_point_with_its_mark_and_the_words_that_show_it() {
    let mut missing = opined(Made::No, true, Some("it `loses` what was committed"));
    missing.state = State::Missing;
    let points = vec![
        opined(Made::Yes, false, Some("all of it\nor nothing")),
        opined(Made::No, false, None),
        opined(Made::Unclear, false, None),
        missing,
    ];
    insta::assert_snapshot!(tell(read(points, Coached::Spoke, PartOf::Itself)), @r"
    (embed) What does `ACID` promise?
      **Did you say this? You decide**
      1. Point 1
        *“It is so.”*
        **The coach:** you said this: *“all of it or nothing”*
      2. Point 2
        *“It is so.”*
        **The coach:** I do not find this in your answer
      3. Point 3
        *“It is so.”*
        **The coach:** I cannot tell either

      **And what about these?**
      - And a crash?
        *“It is so.”*
        *You may be saying the opposite here. A hint, and often wrong.*
        **The coach:** you may be saying the opposite here: *“it \`loses\` what was committed”*

      -# “The coach” is a language model; it is often wrong, and you decide. It changes neither my hint nor the grade that I suggest.
      About 2 of 5:
        A hint from comparing words, not a grade. The grade is yours to give.
      (transactions-acid)
      [1: I said that] [1: I did not]
      [2: I said that] [2: I did not]
      [3: I said that] [3: I did not]
      [Show answer] [Answer again] [Hint]
    ");
}

#[test]
fn where_a_point_was_found_the_coach_is_heard_only_if_it_speaks_against_that() {
    let found = |made, contradicted, quote| {
        let state = State::Covered;
        TypedPoint { state, contradicted: false, ..opined(made, contradicted, quote) }
    };
    let said = TypedPoint { is_said: true, ..found(Made::Yes, false, Some("It is so")) };
    let points = vec![
        found(Made::Yes, false, Some("It is so")),
        found(Made::No, true, Some("It is so")),
        found(Made::No, false, None),
        said,
        found(Made::Unclear, false, None),
    ];
    insta::assert_snapshot!(tell(read(points, Coached::Spoke, PartOf::Itself)), @"
    (embed) What does `ACID` promise?
      In one place you may be saying the opposite of what is right. It is a hint, and often wrong: read it once more.

      **You said**
      - Point 1
        *“It is so.”*
      - Point 2
        *“It is so.”*
        **The coach:** you may be saying the opposite here
      - Point 3
        *“It is so.”*
        **The coach:** I do not find this in your answer
      - Point 4
        *“It is so.”*
        **The coach:** you said this
      - Point 5
        *“It is so.”*

      **The coach** says nothing against 2 points that I found in your answer.
      -# “The coach” is a language model; it is often wrong, and you decide. It changes neither my hint nor the grade that I suggest.
      About 2 of 5:
        A hint from comparing words, not a grade. The grade is yours to give.
      (transactions-acid)
      [Show answer] [Answer again] [Hint]
    ");
    let all = vec![found(Made::Yes, false, Some("It is so"))];
    let told = tell(read(all, Coached::Spoke, PartOf::Itself));
    let lines = told.lines().filter(|line| line.contains("coach"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    **The coach** says nothing against 1 point that I found in your answer.
    -# “The coach” is a language model; it is often wrong, and you decide. It changes neither my hint nor the grade that I suggest.
    ");
}

#[test]
fn how_many_key_points_would_be_sent_is_said_as_it_is() {
    let told = [(1, 1), (1, 3), (2, 3), (3, 3), (8, 12)].map(|(points, of)| {
        let key_points = vec![KeyPoint::of("a point"); of];
        let question = Arc::new(Question { key_points, ..question() });
        let told = tell(V::CoachAsks { coach: coach(), question, points, typed: (9, Flow::Here) });
        let line = told.lines().find(|line| line.contains("would be sent")).unwrap_or_default();
        line.split_once(", and your").map_or("", |(line, _)| line).to_owned()
    });
    insta::assert_snapshot!(told.join("\n"), @"
    **It would be sent:** the question “What does ACID promise?”, its key point
    **It would be sent:** the question “What does ACID promise?”, 1 of its 3 key points
    **It would be sent:** the question “What does ACID promise?”, 2 of its 3 key points
    **It would be sent:** the question “What does ACID promise?”, its 3 key points
    **It would be sent:** the question “What does ACID promise?”, 8 of its 12 key points
    ");
}

#[test]
fn a_coach_can_be_asked_until_it_has_spoken() {
    let all = [Coached::Offered, Coached::Asking, Coached::Silent, Coached::Nowhere];
    let told = all.map(|coach| {
        let told = tell(read(vec![opined(Made::No, false, None)], coach, PartOf::Itself));
        let lines = told.lines().filter(|line| line.contains("coach") || line.contains("[Show"));
        format!("{coach:?}\n{}", lines.collect::<Vec<_>>().join("\n"))
    });
    insta::assert_snapshot!(told.join("\n"), @"
    Offered
        **The coach:** I do not find this in your answer
      [Show answer] [Answer again] [Hint] [Ask the coach]
    Asking
        **The coach:** I do not find this in your answer
      **The coach is reading your answer.** This may take a moment.
      [Show answer] [Answer again] [Hint] [Ask the coach]
    Silent
        **The coach:** I do not find this in your answer
      **The coach did not answer.** What I found stands. You can ask it again.
      [Show answer] [Answer again] [Hint] [Ask the coach]
    Nowhere
        **The coach:** I do not find this in your answer
      [Show answer] [Answer again] [Hint]
    ");
}

#[test]
fn its_button_has_a_place_however_many_others_there_are() {
    let sprint = PartOf::Sprint { sprint: 7, step: (1, 6), until: at(15) };
    for part_of in [sprint, PartOf::Itself] {
        for unsure in 0..=10 {
            let mut points = vec![opined(Made::No, true, None); unsure];
            let missing = TypedPoint { state: State::Missing, ..opined(Made::No, true, None) };
            points.push(missing);
            let view = read(points, Coached::Offered, part_of);
            let messages = render(&View::Own(Box::new(view)));
            assert_eq!(messages[0].violations(), Vec::<String>::new(), "{unsure}");
            let mut buttons = messages[0].rows.iter().flatten();
            assert!(buttons.any(|button| button.label == "Ask the coach"), "{unsure}");
        }
    }
}

#[test]
fn what_is_settled_about_the_coach_can_be_settled_otherwise() {
    let told = [None, Some(true), Some(false)].map(|agreed| {
        let told = tell(V::Settings {
            settings: Settings { reminder: Some(3), ..Settings::default() },
            zone: (Zone::utc(), false),
            day_starts: time(4, 0, 0, 0),
            usual: 20,
            closed: false,
            coach: Some((coach(), agreed)),
        });
        let lines = told.lines().filter(|line| line.contains("oach"));
        lines.collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(told.join("\n"), @"
    **Coach:** before anything of yours is sent to `qwen3:8b` at `http://127.0.0.1:11434/v1`, I ask you; nothing was
    [Quiet hours] [Coach: never]
    **Coach:** when you ask `qwen3:8b` at `http://127.0.0.1:11434/v1` about a typed answer, it is sent at once
    [Quiet hours] [Coach: ask me first] [Coach: never]
    **Coach:** nothing of yours is ever sent to `qwen3:8b` at `http://127.0.0.1:11434/v1`
    [Quiet hours] [Coach: ask me first]
    ");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_name_of_a_coach_breaks_what_is_said_of_it(
        asked in any_question(),
        address in hostile(500),
        model in hostile(200),
        points: usize,
        agreed: Option<bool>,
    ) {
        let (coach, question) = (CoachRule { address, model }, Arc::new(asked));
        let told = V::CoachAsks {
            coach: coach.clone(),
            question,
            points,
            typed: (u64::MAX, Flow::Sprint),
        };
        sound(&View::Own(Box::new(told)))?;
        let settings = V::Settings {
            settings: Settings { reminder: Some(3), ..Settings::default() },
            zone: (Zone::utc(), false),
            day_starts: time(4, 0, 0, 0),
            usual: 20,
            closed: true,
            coach: Some((coach, agreed)),
        };
        sound(&View::Own(Box::new(settings)))?;
    }
}
