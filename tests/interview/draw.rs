//! Which questions are asked.

use std::collections::{BTreeMap, BTreeSet};

use mockingbird::practice::interview::MockPress as P;

use crate::story::Story;

/// One interview of ann's, from its beginning to its forgotten scorecard; which questions it asked.
fn interview(story: &mut Story) -> Vec<String> {
    let before = story.world.messages.len();
    story.starts("ann", "mid", ("", &[]));
    for question in 0..3 {
        for _ in 0..3 {
            story.presses("ann", P::Aloud(0, question));
        }
        story.presses("ann", P::Next(0, question));
    }
    story.minutes(25 * 60);
    let new = story.world.messages[before..].iter();
    new.filter_map(|message| message.first.split_once("What about "))
        .map(|(_, id)| id.split_once('?').expect("a prompt").0.to_owned())
        .collect()
}

#[test]
fn a_candidate_has_no_question_twice_until_all_were_had() {
    let mut story = Story::new();
    let asked: Vec<_> = (0..4).flat_map(|_| interview(&mut story)).collect();
    let different: BTreeSet<_> = asked.iter().collect();
    assert_eq!((asked.len(), different.len()), (12, 12), "{asked:?}");
    // Then what was had longest ago comes again.
    let again = interview(&mut story);
    assert!(again.iter().all(|id| asked[..6].contains(id)), "{again:?} after {asked:?}");
}

#[test]
fn topics_of_a_section_take_turns() {
    let mut story = Story::new();
    for _ in 0..4 {
        let asked = interview(&mut story);
        let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
        for id in &asked {
            *topics.entry(id.split('-').next().expect("a topic")).or_default() += 1;
        }
        assert_eq!(topics, BTreeMap::from([("design", 1), ("http", 1), ("sql", 1)]), "{asked:?}");
    }
}

#[test]
fn a_question_that_was_seen_in_the_channel_comes_last() {
    let mut story = Story::new();
    // Ann has seen every question about http but one.
    let seen: BTreeSet<_> = (0..3).map(|_| story.sees_in_channel("ann", "http")).collect();
    let all = (0..4).map(|number| format!("http-{number}"));
    let fresh = all.into_iter().find(|id| !seen.contains(id)).expect("three of four were seen");
    let asked = interview(&mut story);
    assert!(asked.contains(&fresh), "{asked:?} has {fresh}");
}
