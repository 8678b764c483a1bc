//! The weekly post.

use insta::assert_snapshot;
use jiff::SignedDuration;
use jiff::civil::{Weekday, time};
use mockingbird::practice::ChannelId;
use mockingbird::practice::effect::Failure;
use mockingbird::practice::input::Call;
use mockingbird::practice::own::{Grade, OwnCall, OwnMenu, OwnPress as P};
use mockingbird::practice::rules::Zone;
use proptest::prelude::*;

use crate::seed::{key, questions};
use crate::story::{CHAT, Death, Story, THREAD};

fn set() -> OwnCall {
    OwnCall::DigestSet { channel: None, day: None, at: None, zone: None }
}

fn unavailable() -> Failure {
    Failure::Unavailable { reason: "down".to_owned() }
}

/// A team that did something in the first week of November.
fn team() -> Story {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Shared, 1);
    for who in ["ann", "bob", "eve"] {
        for id in ["git-0", "git-1", "sql-0"] {
            story.presses(who, P::Answer(key(id)));
            story.presses(who, P::Grade(key(id), Grade::GotIt));
        }
        story.presses(who, P::Answer(key("sql-1")));
        story.presses(who, P::Grade(key("sql-1"), Grade::Missed));
    }
    story.hours(24);
    story.presses("ann", P::Answer(key("git-2")));
    story.told();
    story
}

#[test]
fn it_comes_once_a_week_and_names_only_those_who_share() {
    let mut story = team();
    story.runs("ann", OwnCall::DigestStatus);
    story.runs("ann", set());
    story.at("2026-11-16T12:00:00Z");
    story.runs("ann", OwnCall::DigestOff);
    story.runs("ann", OwnCall::DigestOff);
    story.at("2026-11-30T12:00:00Z");
    assert_snapshot!(story.told(), @r#"
    Nov 03 Tue 08:00  ann runs DigestStatus
    Nov 03 Tue 08:00    to ann: Digest: none; next never
    Nov 03 Tue 08:00  ann runs DigestSet { channel: None, day: None, at: None, zone: None }
    Nov 03 Tue 08:00    to ann: Digest: Monday 09:00:00 UTC, done through 2026-11-02, failure None; next 2026-11-09T09:00:00Z, changed
    Nov 09 Mon 09:00    to <#200>: The week from 2026-11-02: 3 members, 4 days, 13 questions, 0 interviews; ["ann 2/5"]; most Some("git"), weakest Some("sql")
    Nov 16 Mon 09:00    to <#200>: The week from 2026-11-09: 0 members, 0 days, 0 questions, 0 interviews; []; most None, weakest None
    Nov 16 Mon 12:00  ann runs DigestOff
    Nov 16 Mon 12:00    to ann: Digest: none; next never, changed
    Nov 16 Mon 12:00  ann runs DigestOff
    Nov 16 Mon 12:00    to ann: No: Own(NoDigest)
    "#);
}

#[test]
fn it_comes_late_within_a_day_and_else_is_left_out() {
    let mut story = team();
    story.runs("ann", set());
    story.told();
    story.away_until("2026-11-10T08:00:00Z");
    assert!(story.told().contains("The week from 2026-11-02"));
    story.away_until("2026-11-20T08:00:00Z");
    story.runs("ann", OwnCall::DigestStatus);
    let told = story.told();
    assert!(!told.contains("The week") && told.contains("next 2026-11-23T09:00:00Z"), "{told}");
}

#[test]
fn what_fails_is_tried_again_for_a_day_and_then_said() {
    let mut story = team();
    story.runs("ann", set());
    story.fails(unavailable());
    story.fails(unavailable());
    story.at("2026-11-09T12:00:00Z");
    assert_eq!(story.told().matches("The week").count(), 1);
    for _ in 0..1000 {
        story.fails(unavailable());
    }
    story.at("2026-11-18T12:00:00Z");
    story.works_again();
    story.runs("ann", OwnCall::DigestStatus);
    assert!(story.last().contains("Unavailable"), "{}", story.last());
    let mut story = team();
    story.runs("ann", set());
    story.fails(Failure::NotAllowed);
    story.at("2026-11-12T12:00:00Z");
    story.runs("ann", OwnCall::DigestStatus);
    assert!(story.last().contains("NotAllowed"), "{}", story.last());
    story.told();
    story.at("2026-11-16T12:00:00Z");
    assert!(story.told().contains("The week from 2026-11-09"), "and again the next week");
}

#[test]
fn a_post_whose_news_was_lost_is_not_sent_twice() {
    let mut story = team();
    story.runs("ann", set());
    story.unheard = true;
    story.at("2026-11-10T12:00:00Z");
    assert_eq!(story.told().matches("The week").count(), 1);
}

fn set_to(day: Weekday, hour: i8) -> OwnCall {
    let at = Some(time(hour, 0, 0, 0));
    OwnCall::DigestSet { channel: None, day: Some(day), at, zone: None }
}

fn in_channel(channel: ChannelId) -> OwnCall {
    let at = Some(time(11, 0, 0, 0));
    OwnCall::DigestSet { channel: Some(channel), day: None, at, zone: None }
}

const OTHER: ChannelId = ChannelId(201);

#[test]
fn no_seven_days_have_two_whatever_is_set_meanwhile() {
    for calls in [
        vec![set_to(Weekday::Monday, 11)],
        vec![OwnCall::DigestOff, set_to(Weekday::Monday, 11)],
        vec![OwnCall::DigestOff, in_channel(OTHER)],
        vec![in_channel(OTHER)],
        vec![set_to(Weekday::Friday, 11)],
        vec![OwnCall::DigestOff, set_to(Weekday::Sunday, 11)],
        vec![in_channel(OTHER), OwnCall::DigestOff, set_to(Weekday::Tuesday, 8)],
    ] {
        let mut story = team();
        story.runs("ann", set());
        story.at("2026-11-09T09:00:00Z");
        for call in calls.clone() {
            story.runs("ann", call);
        }
        story.restarts();
        story.at("2026-11-15T23:00:00Z");
        let told = story.told();
        assert_eq!(told.matches("The week").count(), 1, "{calls:?}\n{told}");
        story.presses("ann", P::Answer(key("git-3")));
        story.at("2026-11-23T00:00:00Z");
        let told = story.told();
        assert_eq!(told.matches("The week").count(), 1, "and then it goes on: {calls:?}\n{told}");
    }
}

#[test]
fn one_that_is_tried_again_goes_on_in_its_channel_and_is_given_up_for_another() {
    for (call, expected) in [(set_to(Weekday::Monday, 10), 1), (in_channel(OTHER), 0)] {
        let mut story = team();
        story.runs("ann", set());
        story.fails(unavailable());
        story.at("2026-11-09T09:00:00Z");
        story.runs("ann", call);
        story.at("2026-11-15T12:00:00Z");
        assert_eq!(story.told().matches("The week").count(), expected, "it may have come");
    }
}

#[test]
fn one_that_was_refused_comes_elsewhere_on_the_same_day() {
    for failure in [Failure::NotAllowed, Failure::ChannelGone, Failure::NotHere] {
        let mut story = team();
        story.runs("ann", set());
        story.fails(failure.clone());
        story.at("2026-11-09T09:00:00Z");
        story.runs("ann", OwnCall::DigestStatus);
        assert!(story.last().contains(&format!("{failure:?}")), "{}", story.last());
        story.told();
        story.runs("ann", in_channel(OTHER));
        story.at("2026-11-09T12:00:00Z");
        let told = story.told();
        assert!(told.contains("to <#201>: The week from 2026-11-02"), "{told}");
        story.at("2026-11-16T12:00:00Z");
        assert!(story.told().contains("to <#201>: The week from 2026-11-09"));
    }
}

#[test]
fn one_that_was_on_its_way_when_the_process_died_counts_as_one_that_came() {
    let mut story = team();
    story.runs("ann", set());
    let away = SignedDuration::from_mins(20);
    story.death = Some(Death { at: story.effects + 1, happens: false, away });
    story.fails(Failure::NotAllowed);
    story.at("2026-11-09T10:00:00Z");
    assert!(story.death.is_none(), "it died");
    story.runs("ann", in_channel(OTHER));
    assert!(story.last().contains("next 2026-11-16T11:00:00Z"), "{}", story.last());
    story.at("2026-11-15T12:00:00Z");
    assert_eq!(story.told().matches("The week").count(), 0, "nobody knows whether it came");
}

#[test]
fn a_clock_that_was_wrong_for_a_moment_does_not_end_it() {
    for is_set_again in [false, true] {
        let mut story = team();
        story.runs("ann", set());
        story.now = "2030-03-05T12:00:00Z".parse().expect("a timestamp");
        story.presses("ann", P::Answer(key("git-0")));
        story.at("2030-03-11T12:00:00Z");
        assert!(story.told().contains("The week from 2030-03-04"));
        story.now = "2026-11-05T12:00:00Z".parse().expect("a timestamp");
        if is_set_again {
            story.runs("ann", OwnCall::DigestOff);
            story.runs("ann", set());
        } else {
            story.restarts();
        }
        story.told();
        story.at("2026-11-09T12:00:00Z");
        let told = story.told();
        assert_eq!(told.matches("The week from 2026-11-02").count(), 1, "{told}");
    }
}

#[test]
fn it_belongs_into_a_channel() {
    let mut story = team();
    let elsewhere = OwnCall::DigestSet { channel: Some(OTHER), day: None, at: None, zone: None };
    story.called_in(THREAD, "ann", Call::Own(set()));
    assert_eq!(story.last(), "No: OnlyInChannels");
    story.called_in(CHAT, "ann", Call::Own(set()));
    assert_eq!(story.last(), "No: OnlyInChannels");
    story.called_in(CHAT, "ann", Call::Own(elsewhere.clone()));
    assert_eq!(story.last(), "No: OnlyInChannels");
    story.called_in(THREAD, "ann", Call::Own(elsewhere));
    assert!(story.last().contains("next 2026-11-09T09:00:00Z"), "{}", story.last());
}

#[test]
fn an_hour_that_the_clock_leaves_out_or_has_twice_brings_one() {
    let zone = Zone::named("Europe/Berlin");
    for (from, noon, comes) in [
        ("2027-03-25T12:00:00Z", "2027-03-28T12:00:00Z", "Mar 28 Sun 01:00"),
        ("2027-10-28T12:00:00Z", "2027-10-31T12:00:00Z", "Oct 31 Sun 00:30"),
    ] {
        let mut story = team();
        story.at(from);
        story.presses("ann", P::Answer(key("git-0")));
        let (day, at) = (Some(Weekday::Sunday), Some(time(2, 30, 0, 0)));
        story.runs("ann", OwnCall::DigestSet { channel: None, day, at, zone: zone.clone() });
        story.told();
        story.at(noon);
        let told = story.told();
        assert_eq!(told.matches("The week").count(), 1, "{told}");
        assert!(told.contains(comes), "{told}");
    }
}

#[test]
fn that_nobody_practises_is_said_once() {
    let mut story = team();
    story.runs("ann", set());
    story.told();
    story.at("2026-12-07T12:00:00Z");
    let told = story.told();
    assert_eq!(told.matches("The week").count(), 2, "{told}");
    assert_eq!(told.matches(": 0 members").count(), 1, "{told}");
    story.runs("ann", OwnCall::DigestStatus);
    assert!(story.last().contains("next 2026-12-14T09:00:00Z"), "{}", story.last());
    story.at("2026-12-08T12:00:00Z");
    story.presses("bob", P::Answer(key("git-0")));
    story.told();
    story.at("2027-02-01T12:00:00Z");
    let told = story.told();
    assert_eq!(told.matches("The week").count(), 2, "one about it, one that it was over: {told}");
}

#[test]
fn topics_are_called_by_their_titles() {
    let mut story = team();
    let titled = questions().map(|question| {
        let topic_title = format!("All about {}", question.topic);
        mockingbird::bank::Question { topic_title, ..question }
    });
    story.bank = mockingbird::bank::QuestionBank::of(titled);
    story.runs("ann", set());
    story.at("2026-11-09T12:00:00Z");
    let told = story.told();
    let expected = r#"most Some("All about git"), weakest Some("All about sql")"#;
    assert!(told.contains(expected), "{told}");
}

/// What few did in a week, as the weekly post tells it.
fn told_of(practised: &[(&str, &str)], sharing: &[&str]) -> String {
    let mut story = Story::new();
    for who in sharing {
        story.chooses(who, OwnMenu::Shared, 1);
    }
    for (who, id) in practised {
        story.presses(who, P::Answer(key(id)));
        story.presses(who, P::Grade(key(id), Grade::Missed));
    }
    story.runs("ann", set());
    story.told();
    story.at("2026-11-09T12:00:00Z");
    let told = story.told();
    told.lines().find_map(|line| line.split_once("2026-11-02: ")).expect("a week").1.to_owned()
}

#[test]
fn of_few_who_do_not_share_it_tells_only_that_they_practised() {
    let (ann, bob, eve) = (("ann", "git-0"), ("bob", "sql-0"), ("eve", "sql-1"));
    for (practised, sharing, expected) in [
        (vec![ann], vec![], "1 members, 0 days, 0 questions, 0 interviews; []; most None"),
        (vec![ann, bob], vec![], "2 members, 0 days, 0 questions, 0 interviews; []; most None"),
        (
            vec![ann, bob],
            vec!["bob"],
            r#"2 members, 0 days, 0 questions, 0 interviews; ["bob 1/1"]; most Some("sql")"#,
        ),
        (
            vec![ann, bob],
            vec!["ann", "bob"],
            r#"2 members, 2 days, 2 questions, 0 interviews; ["ann 1/1", "bob 1/1"]; most Some("git")"#,
        ),
        (
            vec![ann, bob, eve],
            vec![],
            "3 members, 3 days, 3 questions, 0 interviews; []; most None",
        ),
    ] {
        let told = told_of(&practised, &sharing);
        assert_eq!(told, format!("{expected}, weakest None"), "{practised:?}, {sharing:?}");
    }
    let all = ["ann", "bob", "eve"].map(|who| (who, "sql-0"));
    let expected = r#"3 members, 3 days, 3 questions, 0 interviews; []; most Some("sql"), weakest Some("sql")"#;
    assert_eq!(told_of(&all, &[]), expected);
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Set { day: i8, hour: i8, elsewhere: bool },
    Off,
    Hours(i64),
    Practise,
    Fails(bool),
    Unheard,
    Dies { happens: bool, minutes: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_i8..7, 0_i8..24, any::<bool>()).prop_map(|(day, hour, elsewhere)| Step::Set {
            day,
            hour,
            elsewhere
        }),
        Just(Step::Off),
        (1_i64..60).prop_map(Step::Hours),
        Just(Step::Practise),
        any::<bool>().prop_map(Step::Fails),
        Just(Step::Unheard),
        (any::<bool>(), 0_i64..1500).prop_map(|(happens, minutes)| Step::Dies { happens, minutes }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn however_it_is_set_and_fails_no_seven_days_have_two(steps in prop::collection::vec(step(), 1..60)) {
        let mut story = Story::new();
        for step in steps {
            match step {
                Step::Set { day, hour, elsewhere } => {
                    let day = Weekday::from_monday_zero_offset(day).expect("a day");
                    let channel = elsewhere.then_some(OTHER);
                    let (day, at) = (Some(day), Some(time(hour, 30, 0, 0)));
                    story.runs("ann", OwnCall::DigestSet { channel, day, at, zone: None });
                }
                Step::Off => story.runs("ann", OwnCall::DigestOff),
                Step::Hours(hours) => story.hours(hours),
                Step::Practise => story.presses("bob", P::Answer(key("git-0"))),
                Step::Fails(true) => story.fails(unavailable()),
                Step::Fails(false) => story.fails(Failure::NotAllowed),
                Step::Unheard => story.unheard = true,
                Step::Dies { happens, minutes } => {
                    let away = SignedDuration::from_mins(minutes);
                    story.death = Some(Death { at: story.effects + 1, happens, away });
                }
            }
        }
        let mut sent: Vec<_> = story.sent.values().map(|(at, _)| *at).collect();
        sent.sort_unstable();
        for pair in sent.windows(2) {
            // One that is late comes up to a day after its time.
            let days = pair[1].duration_since(pair[0]).as_hours();
            prop_assert!(days >= 24 * 5, "{pair:?}: {}", story.told());
        }
    }
}
