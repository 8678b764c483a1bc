//! What is offered, option by option.

use proptest::prelude::*;

use super::*;
use crate::command::parse;
use crate::command::testing::{bank, invoked, plans};

fn offered(command: &str, sub: Option<&str>, option: &str, typed: &str) -> Vec<String> {
    let mut invocation = invoked(command, sub, &[(option, typed)]);
    invocation.focused = Some(option.to_owned());
    complete(&bank(), &plans(), &invocation)
        .into_iter()
        .map(|choice| {
            if choice.label == choice.value {
                choice.value
            } else {
                format!("{} = {}", choice.label, choice.value)
            }
        })
        .collect()
}

fn topics(typed: &str) -> Vec<String> {
    offered("quiz", None, "topic", typed)
}

#[test]
fn nothing_typed_lists_every_topic_with_its_count() {
    assert_eq!(
        topics(""),
        [
            "Any topic (4) = any",
            "Caching (1) = caching",
            "Databases & Storage (2) = databases",
            "HTTP, APIs (1) = http",
        ]
    );
}

#[test]
fn a_topic_is_found_by_a_part_or_a_slip_of_the_pen_and_its_questions_follow() {
    for typed in ["data", "DATA", "stor", "datbases", "databsaes"] {
        assert_eq!(
            topics(typed),
            [
                "Databases & Storage (2) = databases",
                "question 0 · easy · Why so? = question-0",
                "question 1 · easy · Why so? = question-1"
            ],
            "{typed}"
        );
    }
    assert_eq!(topics("bases"), ["Databases & Storage (2) = databases"]);
    assert_eq!(topics("ca"), ["Caching (1) = caching", "question 3 · easy · Why so? = question-3"]);
    assert_eq!(topics("an"), ["Any topic (4) = any"]);
    assert!(topics("gardening").is_empty());
}

#[test]
fn questions_follow_the_topics_by_their_words() {
    assert_eq!(
        topics("ind"),
        ["question 0 · easy · Why so? = question-0", "question 1 · easy · Why so? = question-1"]
    );
    assert_eq!(offered("daily", Some("set"), "topics", "index"), Vec::<String>::new());
}

#[test]
fn of_several_topics_the_last_is_completed() {
    let many = |typed| offered("daily", Some("set"), "topics", typed);
    assert_eq!(many(""), ["All topics (4) = all", "caching", "databases", "http"]);
    assert_eq!(many("data"), ["databases"]);
    assert_eq!(many("databases, c"), ["databases, caching"]);
    assert_eq!(many("databases,"), ["databases, caching", "databases, http"]);
    assert!(many("databases, databases").is_empty());
}

#[test]
fn zones_and_days_are_offered() {
    let zone = |command, sub, option| offered(command, sub, option, "berlin");
    assert_eq!(zone("zone", None, "name"), ["Europe/Berlin"]);
    assert_eq!(zone("daily", Some("set"), "time_zone"), ["Europe/Berlin"]);
    assert_eq!(offered("daily", Some("set"), "days", "mon-fri"), ["mon-fri"]);
}

#[test]
fn plans_are_offered_with_their_minutes_the_shortest_first() {
    let plan = |typed| offered("mock", Some("start"), "plan", typed);
    assert_eq!(
        plan(""),
        [
            "Rapid fire · 15 min = rapid-fire",
            "Mid-level backend · 45 min = mid-backend",
            "Pair with swap · 2 × 30 min = pair-swap",
        ]
    );
    for typed in ["mid", "BACK", "level", "midback", "mid-bakc"] {
        assert_eq!(plan(typed), ["Mid-level backend · 45 min = mid-backend"], "{typed}");
    }
    assert!(plan("gardening").is_empty());
}

#[test]
fn a_sprint_is_offered_topics_and_a_question_is_offered_questions() {
    let topic = |typed| offered("sprint", None, "topic", typed);
    assert_eq!(topic("cach"), ["Caching (1) = caching"]);
    assert_eq!(topic("index"), Vec::<String>::new());
    assert_eq!(topic("").len(), 4);
    let question = |typed| offered("question", None, "words", typed);
    assert_eq!(
        question("index"),
        ["question 0 · easy · Why so? = question-0", "question 1 · easy · Why so? = question-1"]
    );
    assert_eq!(question("idnex"), question("index"), "also misspelt");
    assert_eq!(question(""), Vec::<String>::new());
    assert_eq!(offered("digest", Some("set"), "time_zone", "berlin"), ["Europe/Berlin"]);
}

#[test]
fn options_without_suggestions_get_none() {
    for (command, sub, option) in [
        ("quiz", None, "level"),
        ("quiz", None, "nonsense"),
        ("daily", Some("set"), "at"),
        ("daily", None, "topics"),
        ("nonsense", None, "topic"),
    ] {
        assert!(offered(command, sub, option, "").is_empty());
    }
    assert!(complete(&bank(), &plans(), &invoked("quiz", None, &[("topic", "")])).is_empty());
}

#[test]
fn a_bank_of_many_topics_offers_25() {
    let bank = crate::command::testing::bank_of(
        &(0..80).map(|n| (format!("topic-{n}"), "t".repeat(100))).collect::<Vec<_>>(),
    );
    let mut invocation = invoked("quiz", None, &[("topic", "")]);
    invocation.focused = Some("topic".to_owned());
    let choices = complete(&bank, &plans(), &invocation);
    assert_eq!(choices.len(), MOST);
    for choice in choices {
        assert!(choice.label.encode_utf16().count() <= LONGEST);
    }
}

proptest! {
    #[test]
    fn every_suggestion_fits_and_is_understood(typed in "[a-z, -]{0,12}|.{0,30}", which in 0_usize..8) {
        let (command, sub, option) = [
            ("quiz", None, "topic"),
            ("daily", Some("set"), "topics"),
            ("daily", Some("set"), "time_zone"),
            ("daily", Some("set"), "days"),
            ("mock", Some("start"), "plan"),
            ("sprint", None, "topic"),
            ("question", None, "words"),
            ("digest", Some("set"), "time_zone"),
        ][which];
        let mut invocation = invoked(command, sub, &[(option, &typed)]);
        invocation.focused = Some(option.to_owned());
        let choices = complete(&bank(), &plans(), &invocation);
        prop_assert!(choices.len() <= MOST);
        for choice in choices {
            prop_assert!((1..=LONGEST).contains(&choice.label.encode_utf16().count()));
            prop_assert!((1..=LONGEST).contains(&choice.value.encode_utf16().count()));
            let chosen = invoked(command, sub, &[(option, &choice.value)]);
            prop_assert!(parse(&bank(), &plans(), &chosen).is_ok(), "{}", choice.value);
        }
    }
}
