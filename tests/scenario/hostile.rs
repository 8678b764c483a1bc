//! Stories that want to break the bot: clocks that are wrong, data that is old, requests that come
//! twice, and more of everything than anybody needs.

use jiff::SignedDuration;
use jiff::civil::time;
use mockingbird::practice::effect::Step;
use mockingbird::practice::rules::{Days, Rules, Schedule, Zone};
use mockingbird::practice::{ChannelId, MessageId};

use crate::story::{PREP, Story};

/// Rules under which the config file gives #prep a daily at nine that may come so late.
fn managed(catch_up: SignedDuration) -> Rules {
    let schedule = Schedule {
        at: time(9, 0, 0, 0),
        zone: Zone::utc(),
        days: Days::ALL,
        topics: Vec::new(),
        catch_up,
    };
    Rules { dailies: vec![(PREP, schedule)], ..Rules::default() }
}

#[test]
fn a_daily_that_may_not_come_late_comes_though_the_alarm_rings_a_moment_after_its_time() {
    let mut story = Story::with(managed(SignedDuration::ZERO));
    story.away_until("2026-11-23T09:00:00.020Z");
    story.at("2026-11-23T09:00:01Z");
    assert_eq!(story.dailies().len(), 1, "{}", story.told());
}

#[test]
fn a_state_from_before_the_daily_does_not_double_it() {
    let mut story = Story::with(managed(Schedule::CATCH_UP));
    let backup = story.backup();
    story.at("2026-11-23T09:10:00Z");
    assert_eq!(story.dailies().len(), 1);
    // The data folder is lost and comes back from a backup, or another copy takes over.
    story.goes_on_from(backup);
    story.away_until("2026-11-23T11:00:00Z");
    story.at("2026-11-23T11:30:00Z");
    story.reacts("ann", "💡");
    assert_eq!(story.answers(), 1);
    assert!(story.dailies().values().all(|number| *number == 1), "{:?}", story.dailies());
}

#[test]
fn a_state_from_before_the_daily_does_not_double_it_though_it_crashes_over_it() {
    let mut story = Story::with(managed(Schedule::CATCH_UP));
    let backup = story.backup();
    story.at("2026-11-23T09:10:00Z");
    story.goes_on_from(backup);
    story.away_until("2026-11-23T11:00:00Z");
    story.dies_before(Step::Send);
    story.at("2026-11-23T11:01:00Z");
    story.away_until("2026-11-23T11:20:00Z");
    story.restarts();
    assert!(story.dailies().values().all(|number| *number == 1), "{:?}", story.dailies());
}

#[test]
fn the_same_request_twice_is_one_post() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:any");
    let first = story.team.clone();
    story.runs_again("ann", "/quiz topic:any");
    assert_eq!(story.team, first);
    assert_eq!(story.questions(), 1);
}

#[test]
fn a_channel_keeps_its_newest_posts_and_lets_go_of_the_oldest() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:any");
    let first = story.newest_button();
    for _ in 0..mockingbird::practice::post::MOST_IN_A_CHANNEL {
        story.runs("ann", "/quiz topic:any");
    }
    story.told();
    story.presses("ann", "Show me");
    assert!(story.told().contains("Your streak"));
    story.presses_forged("ann", &first);
    let told = story.told();
    assert!(told.contains("I do not know this question any more"), "{told}");
}

#[test]
fn a_clock_that_was_years_ahead_for_an_hour_does_not_silence_the_dailies() {
    let mut story = Story::with(managed(Schedule::CATCH_UP));
    story.at("2026-11-23T09:10:00Z");
    story.away_until("2031-05-05T10:00:00Z");
    story.at("2031-05-05T10:01:00Z");
    story.away_until("2026-11-23T10:00:00Z");
    story.restarts();
    story.at("2026-11-25T12:00:00Z");
    let came = story.dailies();
    assert!(came.contains_key("Tuesday 24 November"), "{came:?}");
    assert!(came.contains_key("Wednesday 25 November"), "{came:?}");
    assert!(came.values().all(|number| *number == 1), "{came:?}");
}

#[test]
fn a_clock_that_was_ahead_does_not_make_the_day_come_twice() {
    let mut story = Story::with(managed(Schedule::CATCH_UP));
    story.runs("ann", "/daily now");
    story.away_until("2031-05-05T10:00:00Z");
    story.at("2031-05-05T10:01:00Z");
    story.away_until("2026-11-23T08:30:00Z");
    story.restarts();
    story.runs("ann", "/daily now");
    story.at("2026-11-23T12:00:00Z");
    let came = story.dailies();
    assert!(came.values().all(|number| *number == 1), "{came:?}");
}

#[test]
fn a_reaction_to_something_else_is_no_business_of_the_team() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:any");
    let question = story.reacts_unseen("ann", "🎉");
    assert!(story.team.has_post_at(PREP, question));
    assert!(!story.team.has_post_at(PREP, MessageId(question.0 + 1)));
    assert!(!story.team.has_post_at(ChannelId(1), question));
}

#[test]
fn what_a_button_carries_shows_nothing_where_its_post_does_not_stand() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:any");
    story.told();
    story.presses_elsewhere("bob");
    let told = story.told();
    assert!(told.contains("I do not know this question any more"), "{told}");
    assert!(!story.asks("bob", "/streak").contains("1 day"));
}
