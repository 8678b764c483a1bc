//! The streak: which day something counts for, what a missed day costs, and what changes nothing.

use insta::assert_snapshot;
use jiff::civil::{Time, time};
use mockingbird::practice::rules::{Days, Rules, Zone};

use crate::story::Story;

/// The first line of what `/streak` says: length, record, freezes.
fn streak(story: &mut Story, who: &str) -> String {
    story.asks(who, "/streak").lines().nth(1).unwrap_or_default().to_owned()
}

/// A story under a calendar; practice days are Monday to Friday.
fn living_in(zone: &str, day_starts: Time) -> Story {
    let mut rules = Rules::default();
    rules.calendar.zone = Zone::named(zone).expect("a zone");
    rules.calendar.day_starts = day_starts;
    Story::with(rules)
}

/// Practises at 12:00 UTC on each of these days of a month: `2026-11`.
fn practises_on(story: &mut Story, who: &str, month: &str, days: impl IntoIterator<Item = u8>) {
    for day in days {
        story.practises(who, &format!("{month}-{day:02}T12:00:00Z"));
    }
}

#[test]
fn a_streak_grows_once_a_day_however_much_is_practised() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [23, 23, 23]);
    story.presses("ann", "Show me");
    assert_eq!(streak(&mut story, "ann"), "🔥 1 day in a row (best 1). No freeze held.");
    practises_on(&mut story, "ann", "2026-11", [24]);
    assert_eq!(streak(&mut story, "ann"), "🔥 2 days in a row (best 2). No freeze held.");
}

#[test]
fn a_question_alone_counts_for_nobody() {
    let mut story = Story::new();
    story.asks("ann", "/quiz topic:any");
    assert!(streak(&mut story, "ann").starts_with("No streak yet"));
}

#[test]
fn a_practice_day_begins_at_day_starts_and_not_at_midnight() {
    let mut story = living_in("Europe/Berlin", time(4, 0, 0, 0));
    // 23:30, 00:30 and 03:59 in Berlin belong to Monday; 04:00 begins Tuesday.
    for (moment, length) in [
        ("2026-11-23T22:30:00Z", "1 day"),
        ("2026-11-23T23:30:00Z", "1 day"),
        ("2026-11-24T02:59:59Z", "1 day"),
        ("2026-11-24T03:00:00Z", "2 days"),
        ("2026-11-24T22:59:59Z", "2 days"),
        ("2026-11-25T02:59:00Z", "2 days"),
    ] {
        story.practises("ann", moment);
        assert!(streak(&mut story, "ann").contains(length), "{moment}");
    }
}

#[test]
fn where_days_begin_at_midnight_a_minute_makes_two_days() {
    let mut story = living_in("Europe/Berlin", Time::midnight());
    story.practises("ann", "2026-11-23T22:59:59Z");
    story.practises("ann", "2026-11-23T23:00:00Z");
    assert!(streak(&mut story, "ann").contains("2 days"));
}

#[test]
fn a_weekend_costs_nothing_and_counts_if_practised() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [26, 27]);
    practises_on(&mut story, "bob", "2026-11", [27, 28, 29]);
    practises_on(&mut story, "ann", "2026-11", [30]);
    story.at("2026-11-30T13:00:00Z");
    assert!(streak(&mut story, "ann").contains("3 days"));
    assert!(streak(&mut story, "bob").contains("3 days"));
    assert_snapshot!(story.asks("ann", "/streak"), @"

    🔥 3 days in a row (best 3). No freeze held.

    Th🟩 Fr🟩 Sa⬜ Su⬜ Mo🟩
    🟩 practiced · ⬜ not a practice day

    Sat and Sun are not practice days here: missing them costs nothing.

    Today counted.
    ");
}

#[test]
fn a_missed_day_ends_a_streak_without_a_freeze() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [23, 24]);
    story.at("2026-11-26T03:59:00Z");
    assert!(streak(&mut story, "ann").contains("2 days"), "Wednesday is not over");
    story.at("2026-11-26T04:00:00Z");
    assert_eq!(streak(&mut story, "ann"), "No streak at the moment (best 2). No freeze held.");
    assert_snapshot!(story.asks("ann", "/streak"), @"

    No streak at the moment (best 2). No freeze held.

    Mo🟩 Tu🟩 We🟥 Th⏳
    🟩 practiced · 🟥 missed · ⏳ today, still open

    Wed 25 Nov was missed; your streak ended.

    Today can be day 1. Every answer that you type or ask for counts, and every grade: `/review` brings what is due, `/sprint` some short questions, `/quiz` one for everybody.
    ");
    practises_on(&mut story, "ann", "2026-11", [26]);
    assert_eq!(streak(&mut story, "ann"), "🔥 1 day in a row (best 2). No freeze held.");
}

#[test]
fn seven_days_earn_a_freeze_which_keeps_the_streak_and_adds_nothing() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [23, 24, 25, 26, 27, 30]);
    assert!(streak(&mut story, "ann").contains("6 days in a row (best 6). No freeze held."));
    practises_on(&mut story, "ann", "2026-12", [1]);
    assert!(streak(&mut story, "ann").contains("7 days in a row (best 7). 1 freeze held."));
    // Wednesday is missed.
    practises_on(&mut story, "ann", "2026-12", [3]);
    assert_snapshot!(story.asks("ann", "/streak"), @"

    🔥 8 days in a row (best 8). No freeze held.

    Mo🟩 Tu🟩 We🟩 Th🟩
    Fr🟩 Sa⬜ Su⬜ Mo🟩 Tu🟩 We🧊 Th🟩
    🟩 practiced · 🧊 missed, a freeze kept the streak · ⬜ not a practice day

    Wed 2 Dec was missed; a freeze kept your streak.
    Sat and Sun are not practice days here: missing them costs nothing.

    Today counted.
    ");
    // And Friday, with no freeze left.
    story.at("2026-12-07T12:00:00Z");
    assert_eq!(streak(&mut story, "ann"), "No streak at the moment (best 8). No freeze held.");
}

#[test]
fn two_freezes_are_held_at_most() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-12", 1..=25);
    assert!(streak(&mut story, "ann").contains("25 days in a row (best 25). 2 freezes held."));
}

#[test]
fn a_restart_changes_nothing() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [23, 24, 25, 26, 27, 28, 29, 30]);
    story.at("2026-12-02T12:00:00Z");
    let before = story.asks("ann", "/streak");
    story.restarts();
    story.restarts();
    assert_eq!(story.asks("ann", "/streak"), before);
}

#[test]
fn daylight_saving_changes_nothing() {
    // Berlin: the clocks go back on Sunday 2027-10-31, and forward on Sunday 2027-03-28.
    for (first, days) in [("2027-10", [29, 30, 31]), ("2027-03", [27, 28, 29])] {
        let mut story = living_in("Europe/Berlin", time(2, 30, 0, 0));
        for day in days {
            for hour in ["00:31", "01:31", "02:31", "22:00"] {
                story.practises("ann", &format!("{first}-{day}T{hour}:00Z"));
            }
        }
        // The first of these hours may belong to the day before, which is a fourth one.
        let told = streak(&mut story, "ann");
        assert!(told.contains("3 days") || told.contains("4 days"), "{first}: {told}");
    }
}

#[test]
fn practice_days_of_the_config_decide_what_a_missed_day_costs_from_their_change_on() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [26, 27]);
    story.at("2026-11-30T12:00:00Z");
    story.rules.calendar.practice_days = Days::ALL;
    story.restarts();
    assert!(streak(&mut story, "ann").contains("2 days"), "last weekend was still free");
    practises_on(&mut story, "ann", "2026-11", [30]);
    practises_on(&mut story, "ann", "2026-12", [1, 2, 3, 4]);
    story.at("2026-12-07T12:00:00Z");
    assert!(streak(&mut story, "ann").contains("(best 7). No freeze held."));
    assert!(streak(&mut story, "ann").starts_with("No streak"), "the next one is not");
}

#[test]
fn a_team_mate_sees_the_length_and_nothing_else() {
    let mut story = Story::new();
    practises_on(&mut story, "ann", "2026-11", [23, 24]);
    story.runs("bob", "/streak member:@ann");
    story.runs("bob", "/streak member:@eve");
    assert_snapshot!(story.told(), @"
    Tue 12:00  bob runs /streak member:@ann
    Tue 12:00  bot → bob (only)
               (embed) Streak
                 @ann: 🔥 2 days in a row (best 2).
    Tue 12:00  bob runs /streak member:@eve
    Tue 12:00  bot → bob (only)
               (embed) Streak
                 @eve has no streak yet.
    ");
}
