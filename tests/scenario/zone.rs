//! Zones: where a member's days begin, and that moving about neither makes nor costs a streak.

use insta::assert_snapshot;
use mockingbird::practice::rules::{Rules, Zone};

use crate::story::Story;

fn length(story: &mut Story, who: &str) -> u32 {
    let told = story.asks(who, "/streak");
    let line = told.lines().nth(1).unwrap_or_default().trim_start_matches("🔥 ").to_owned();
    line.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[test]
fn a_member_sets_a_zone_and_sees_it() {
    let mut story = Story::new();
    story.runs("ann", "/zone");
    story.runs("ann", "/zone name:europe/berlin");
    story.restarts();
    story.runs("ann", "/zone");
    story.runs("ann", "/zone name:Europe/Brelin");
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /zone
    Mon 08:00  bot → ann (only)
               (embed) Your time zone
                 Your practice days are counted in the team's zone, **UTC**. `/zone name:` sets your own.
    Mon 08:00  ann runs /zone name:europe/berlin
    Mon 08:00  bot → ann (only)
               (embed) Your time zone
                 From now on your practice days are counted in **Europe/Berlin**.
    Mon 08:00  ann runs /zone
    Mon 08:00  bot → ann (only)
               (embed) Your time zone
                 Your practice days are counted in **Europe/Berlin**, as you chose. `/zone name:` changes it.
    Mon 08:00  ann runs /zone name:Europe/Brelin
    Mon 08:00  bot → ann (only)
               (embed)
                 `Europe/Brelin` does not fit the option `name`. It should be a time zone, such as Europe/Berlin or UTC; perhaps Europe/Berlin.
    ");
}

#[test]
fn days_are_counted_in_the_members_zone_or_else_in_the_teams() {
    let mut story = Story::new();
    story.runs("ann", "/zone name:Asia/Tokyo");
    // 20:00 and 23:00 UTC: Tuesday for ann in Tokyo, Monday for bob.
    for who in ["ann", "bob"] {
        story.practises(who, "2026-11-23T18:00:00Z");
        story.practises(who, "2026-11-23T20:00:00Z");
    }
    assert_eq!(length(&mut story, "ann"), 2, "Tokyo's Tuesday begins at 19:00 UTC");
    assert_eq!(length(&mut story, "bob"), 1);
}

#[test]
fn moving_west_neither_counts_a_day_twice_nor_loses_one() {
    let mut story = Story::new();
    story.runs("ann", "/zone name:Asia/Tokyo");
    story.practises("ann", "2026-11-23T12:00:00Z");
    story.practises("ann", "2026-11-23T20:00:00Z");
    assert_eq!(length(&mut story, "ann"), 2, "Monday and Tuesday");
    story.runs("ann", "/zone name:America/Los_Angeles");
    assert_eq!(length(&mut story, "ann"), 2);
    story.practises("ann", "2026-11-23T21:00:00Z");
    story.practises("ann", "2026-11-24T20:00:00Z");
    assert_eq!(length(&mut story, "ann"), 2, "Monday and Tuesday have counted");
    story.practises("ann", "2026-11-25T20:00:00Z");
    assert_eq!(length(&mut story, "ann"), 3);
}

#[test]
fn moving_east_costs_no_day() {
    let mut story = Story::new();
    story.runs("ann", "/zone name:America/Los_Angeles");
    story.practises("ann", "2026-11-23T20:00:00Z");
    story.practises("ann", "2026-11-24T20:00:00Z");
    // Wednesday evening in Los Angeles, not practised yet; Thursday in Auckland.
    story.at("2026-11-26T03:00:00Z");
    let before = length(&mut story, "ann");
    story.runs("ann", "/zone name:Pacific/Auckland");
    assert_eq!(length(&mut story, "ann"), before, "a change of zone changes no streak");
    story.practises("ann", "2026-11-26T04:00:00Z");
    assert_eq!(length(&mut story, "ann"), before + 1);
    assert_snapshot!(story.asks("ann", "/streak"), @"

    🔥 3 days in a row (best 3). No freeze held.

    Mo🟩 Tu🟩 We🧳 Th🟩
    🟩 practiced · 🧳 cut short by a change of zone

    Wed 25 Nov was cut short by a change of zone: missing it costs nothing.

    Today counted.
    ");
}

#[test]
fn a_day_really_missed_before_moving_east_is_missed_still() {
    let mut story = Story::new();
    story.runs("ann", "/zone name:America/Los_Angeles");
    story.practises("ann", "2026-11-23T20:00:00Z");
    story.at("2026-11-26T03:00:00Z");
    assert_eq!(length(&mut story, "ann"), 0, "Tuesday was missed");
    story.runs("ann", "/zone name:Pacific/Auckland");
    assert_eq!(length(&mut story, "ann"), 0);
    story.practises("ann", "2026-11-26T04:00:00Z");
    assert_eq!(length(&mut story, "ann"), 1);
}

#[test]
fn moving_to_and_fro_makes_no_days() {
    let mut story = Story::new();
    for _ in 0..5 {
        for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            story.asks("ann", &format!("/zone name:{zone}"));
            story.practises("ann", "2026-11-23T16:00:00Z");
        }
    }
    assert_eq!(length(&mut story, "ann"), 1 + 1, "Monday, and Kiritimati's Tuesday at most");
}

#[test]
fn a_team_that_moves_east_costs_nobody_a_day() {
    let mut rules = Rules::default();
    rules.calendar.zone = Zone::named("America/Los_Angeles").expect("a zone");
    let mut story = Story::with(rules);
    story.practises("ann", "2026-11-23T20:00:00Z");
    story.practises("ann", "2026-11-24T20:00:00Z");
    story.at("2026-11-26T03:00:00Z");
    story.rules.calendar.zone = Zone::named("Pacific/Auckland").expect("a zone");
    story.restarts();
    assert_eq!(length(&mut story, "ann"), 2);
    story.practises("ann", "2026-11-26T04:00:00Z");
    assert_eq!(length(&mut story, "ann"), 3);
}

#[test]
fn a_team_that_moves_west_counts_no_day_twice() {
    let mut rules = Rules::default();
    rules.calendar.zone = Zone::named("Pacific/Auckland").expect("a zone");
    let mut story = Story::with(rules);
    story.practises("ann", "2026-11-23T20:00:00Z");
    story.rules.calendar.zone = Zone::named("America/Los_Angeles").expect("a zone");
    story.restarts();
    story.practises("ann", "2026-11-23T21:00:00Z");
    story.practises("ann", "2026-11-24T20:00:00Z");
    assert_eq!(length(&mut story, "ann"), 1, "Auckland's Tuesday has counted");
    story.practises("ann", "2026-11-25T20:00:00Z");
    assert_eq!(length(&mut story, "ann"), 2);
}
