//! The weekly post.

use insta::assert_snapshot;
use jiff::civil::{Weekday, time};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::own::{Grade, OwnCall, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

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

#[test]
fn another_time_on_the_same_day_brings_no_second_one() {
    let mut story = team();
    story.runs("ann", set());
    story.at("2026-11-09T09:00:00Z");
    let at = Some(time(11, 0, 0, 0));
    story.runs(
        "ann",
        OwnCall::DigestSet { channel: None, day: Some(Weekday::Monday), at, zone: None },
    );
    story.at("2026-11-09T12:00:00Z");
    assert_eq!(story.told().matches("The week").count(), 1);
}
