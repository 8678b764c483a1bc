//! Reminders: at most one a day, only when something is at stake, never in quiet hours.

use insta::assert_snapshot;
use mockingbird::practice::effect::Failure;
use mockingbird::practice::own::{OwnForm, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

fn practises(story: &mut Story, who: &str) {
    story.presses(who, P::Answer(key("git-0")));
}

/// Ann has a streak since Monday and wants to be reminded so many hours before her day ends, which
/// is at four in the morning.
fn reminded(hours: u8) -> Story {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Reminder, hours);
    practises(&mut story, "ann");
    story.told();
    story
}

fn unavailable() -> Failure {
    Failure::Unavailable { reason: "down".to_owned() }
}

#[test]
fn one_who_practised_is_not_reminded_and_one_who_did_not_is_once() {
    let mut story = reminded(6);
    story.at("2026-11-03T21:00:00Z");
    assert_eq!(story.told(), "", "Monday counted");
    practises(&mut story, "ann");
    story.at("2026-11-09T12:00:00Z");
    assert_snapshot!(story.told(), @"
    Nov 03 Tue 21:00  ann presses Answer(git-0)
    Nov 03 Tue 21:00    to ann (update): git-0 (met), answer: grade it, streak 2
    Nov 04 Wed 22:00    to ann (private): Reminder: 2 days at stake until 2026-11-05T04:00:00Z, 1 due
    ");
}

#[test]
fn no_streak_no_reminder_and_off_is_off() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Reminder, 3);
    story.at("2026-11-06T12:00:00Z");
    practises(&mut story, "ann");
    story.presses("ann", P::ReminderOff(0));
    story.told();
    story.at("2026-11-20T12:00:00Z");
    assert_eq!(story.told(), "");
}

#[test]
fn in_quiet_hours_it_comes_before_they_begin() {
    let mut story = reminded(2);
    story.submits("ann", OwnForm::Quiet, "22:00-07:00");
    story.told();
    story.at("2026-11-04T12:00:00Z");
    assert_snapshot!(story.told(), @"Nov 03 Tue 21:59    to ann (private): Reminder: 1 days at stake until 2026-11-04T04:00:00Z, 1 due");
}

#[test]
fn a_process_that_was_away_reminds_late_but_not_in_quiet_hours_nor_of_yesterday() {
    let mut story = reminded(6);
    story.away_until("2026-11-04T02:00:00Z");
    assert!(story.told().contains("Reminder: 1 days"), "late, but the day is not over");
    let mut story = reminded(6);
    story.away_until("2026-11-04T09:00:00Z");
    assert!(!story.told().contains("Reminder"), "the day is over");
    let mut story = reminded(6);
    story.submits("ann", OwnForm::Quiet, "23:00-07:00");
    story.away_until("2026-11-04T02:00:00Z");
    assert!(!story.told().contains("Reminder"), "it is quiet");
}

#[test]
fn it_is_tried_again_until_the_day_ends() {
    let mut story = reminded(1);
    for _ in 0..3 {
        story.fails(unavailable());
    }
    story.at("2026-11-04T12:00:00Z");
    assert_snapshot!(story.told(), @r#"
    Nov 04 Wed 03:00  (sending to ann (private) fails: Unavailable { reason: "down" })
    Nov 04 Wed 03:00  (sending to ann (private) fails: Unavailable { reason: "down" })
    Nov 04 Wed 03:00  (sending to ann (private) fails: Unavailable { reason: "down" })
    Nov 04 Wed 03:00    to ann (private): Reminder: 1 days at stake until 2026-11-04T04:00:00Z, 1 due
    "#);
    let mut story = reminded(1);
    for _ in 0..100 {
        story.fails(unavailable());
    }
    story.at("2026-11-04T12:00:00Z");
    assert!(!story.told().contains("Nov 04 Wed 04:"), "not after the end of the day");
}

#[test]
fn whoever_practises_meanwhile_is_left_alone() {
    let mut story = reminded(1);
    story.fails(unavailable());
    story.at("2026-11-04T03:00:05Z");
    practises(&mut story, "ann");
    story.told();
    story.at("2026-11-04T12:00:00Z");
    assert_eq!(story.told(), "");
}

#[test]
fn one_whose_private_messages_are_closed_is_not_asked_again() {
    let mut story = reminded(1);
    story.fails(Failure::Refused { code: 50_007, reason: "Cannot send".to_owned() });
    story.at("2026-11-04T12:00:00Z");
    story.presses("ann", P::Settings);
    story.at("2026-11-20T12:00:00Z");
    assert_snapshot!(story.told(), @r#"
    Nov 04 Wed 03:00  (sending to ann (private) fails: Refused { code: 50007, reason: "Cannot send" })
    Nov 04 Wed 12:00  ann presses Settings
    Nov 04 Wed 12:00    to ann: Settings: private, four grades, 20 (usual) a day, no reminder, UTC, private messages are closed
    "#);
}

#[test]
fn a_reminder_whose_news_was_lost_is_not_sent_twice() {
    let mut story = reminded(1);
    story.unheard = true;
    story.at("2026-11-04T12:00:00Z");
    assert_eq!(story.told().matches("Reminder").count(), 1);
}

#[test]
fn whoever_moves_is_reminded_by_their_own_clock() {
    let mut story = reminded(1);
    story.moves("ann", "America/New_York");
    story.told();
    story.at("2026-11-04T12:00:00Z");
    let told = story.told();
    assert!(told.starts_with("Nov 04 Wed 08:00"), "three in the morning there: {told}");
}

#[test]
fn a_day_that_a_freeze_would_keep_is_told_so_and_the_next_one_too() {
    let mut story = reminded(1);
    for day in 3..11 {
        story.at(&format!("2026-11-{day:02}T09:00:00Z"));
        practises(&mut story, "ann");
    }
    story.told();
    story.at("2026-11-14T12:00:00Z");
    assert_snapshot!(story.told(), @"
    Nov 12 Thu 03:00    to ann (private): Reminder: 9 days at stake until 2026-11-12T04:00:00Z, a freeze would keep it, 1 due
    Nov 13 Fri 03:00    to ann (private): Reminder: 9 days at stake until 2026-11-13T04:00:00Z, 1 due
    ");
}

#[test]
fn whoever_moves_after_a_reminder_gets_no_second_one_for_that_day() {
    // At three in the morning, UTC; then it is evening again, and the same day ends once more.
    let mut story = reminded(1);
    story.at("2026-11-04T03:30:00Z");
    assert_eq!(story.told().matches("Reminder").count(), 1);
    story.moves("ann", "America/Los_Angeles");
    story.at("2026-11-04T12:30:00Z");
    assert!(!story.told().contains("Reminder"), "the day had its reminder");
    // East: the day that is cut short costs nothing, the next one is reminded of.
    let mut story = reminded(1);
    story.at("2026-11-04T03:30:00Z");
    story.moves("ann", "Pacific/Auckland");
    story.told();
    story.at("2026-11-07T12:00:00Z");
    let told = story.told();
    assert!(told.starts_with("Nov 04 Wed 14:00"), "three in the morning there: {told}");
    assert_eq!(told.matches("Reminder").count(), 1, "{told}");
}

#[test]
fn one_that_is_on_its_way_while_its_member_moves_or_switches_it_off_is_given_up() {
    for moves in [true, false] {
        let mut story = reminded(1);
        story.fails(unavailable());
        story.at("2026-11-04T03:00:05Z");
        story.told();
        if moves {
            story.moves("ann", "Pacific/Auckland");
        } else {
            story.presses("ann", P::ReminderOff(0));
        }
        story.told();
        story.at("2026-11-04T04:30:00Z");
        assert_eq!(story.told(), "", "moves: {moves}");
    }
}

#[test]
fn a_zone_in_which_the_day_ends_in_the_quiet_hours_of_another_is_reckoned_anew() {
    let mut story = reminded(6);
    story.submits("ann", OwnForm::Quiet, "21:00-08:00");
    // Ten in the evening is quiet: a minute before nine.
    assert_eq!(story.wakes(), "2026-11-03T20:59:00Z");
    story.moves("ann", "Europe/Berlin");
    assert_eq!(story.wakes(), "2026-11-03T19:59:00Z");
    story.submits("ann", OwnForm::Quiet, "");
    assert_eq!(story.wakes(), "2026-11-03T21:00:00Z");
    practises(&mut story, "ann");
    assert_eq!(story.wakes(), "2026-11-03T21:00:00Z", "Monday had counted");
    story.at("2026-11-03T09:00:00Z");
    practises(&mut story, "ann");
    assert_eq!(story.wakes(), "2026-11-04T21:00:00Z", "and now Tuesday has");
}
