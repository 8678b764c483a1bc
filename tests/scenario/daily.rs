//! The question of the day: when it comes, what it survives, and what `/daily` says about it.

use insta::assert_snapshot;
use jiff::SignedDuration;
use jiff::civil::time;
use mockingbird::bank::{QuestionBank, Topic};
use mockingbird::practice::effect::{Failure, Step};
use mockingbird::practice::input::Place;
use mockingbird::practice::rules::{Days, Rules, Schedule, Zone};

use crate::story::{PREP, Story, question, question_of};

/// A story in which #prep has a daily at nine, told from its setting on.
fn set() -> Story {
    let mut story = Story::new();
    story.runs("ann", "/daily set at:09:00");
    story.told();
    story
}

/// Rules under which the config file gives #prep a daily.
fn managed(at: i8) -> Rules {
    let schedule = Schedule {
        at: time(at, 0, 0, 0),
        zone: Zone::utc(),
        days: Days::WORKDAYS,
        topics: Vec::new(),
        catch_up: Schedule::CATCH_UP,
    };
    Rules { dailies: vec![(PREP, schedule)], ..Rules::default() }
}

fn unavailable() -> Failure {
    Failure::Unavailable { reason: "Discord answered 503".to_owned() }
}

/// The number of dailies that came, and whether any date had two.
fn came(story: &Story) -> usize {
    let dailies = story.dailies();
    assert!(dailies.values().all(|number| *number == 1), "{dailies:?}");
    dailies.len()
}

#[test]
fn a_daily_is_set_comes_is_revealed_and_says_how_it_went() {
    let mut story = Story::new();
    story.runs("ann", "/daily set at:09:00");
    story.at("2026-11-23T09:10:00Z");
    story.reacts("bob", "💡");
    story.runs("ann", "/daily status");
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /daily set at:09:00
    Mon 08:00  bot → ann (only)
               (embed) Daily set
                 #prep gets a question of the day.
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Mon Nov 23, 09:00 UTC (in an hour).
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Mon 09:00  bot → #prep
               (embed) Question of the day · Monday 23 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Mon 09:00  bot reacts 💡
    Mon 09:10  bob reacts 💡
    Mon 09:10  bot → thread
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Revealed by:
                   @bob
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    Mon 09:10  ann runs /daily status
    Mon 09:10  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Tue Nov 24, 09:00 UTC (in 23 hours).
                 Last:
                   Mon 23 Nov (10 minutes ago): posted on time.
                 Questions:
                   3 fit, 2 of them not yet seen in this channel.
    ");
}

#[test]
fn a_daily_comes_on_its_days_and_repeats_nothing_until_all_were_asked() {
    let mut story = set();
    story.bank = QuestionBank::of(["acid", "indexes", "joins", "locks", "views"].map(question));
    story.at("2026-11-30T12:00:00Z");
    assert_eq!(came(&story), 6);
    let told = story.told();
    for id in ["acid", "indexes", "joins", "locks", "views"] {
        assert!(told.contains(&format!("({id})")), "{id} within the first round:\n{told}");
    }
    assert_eq!(told.matches("(embed) Question of the day").count(), 6);
}

#[test]
fn a_daily_is_listed_and_changed() {
    let mut story = set();
    story.runs("ann", "/daily set days:mon,wed topics:databases");
    story.runs("ann", "/daily set time_zone:Europe/Berlin");
    story.runs("ann", "/daily list");
    story.at("2026-11-26T12:00:00Z");
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /daily set days:mon,wed topics:databases
    Mon 08:00  bot → ann (only)
               (embed) Daily set
                 #prep gets a question of the day.
                 When:
                   09:00 UTC, Mon and Wed, databases
                 Next:
                   Mon Nov 23, 09:00 UTC (in an hour).
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Mon 08:00  ann runs /daily set time_zone:Europe/Berlin
    Mon 08:00  bot → ann (only)
               (embed) Daily set
                 #prep gets a question of the day.
                 When:
                   09:00 Europe/Berlin, Mon and Wed, databases
                 Next:
                   Wed Nov 25, 08:00 UTC (in 2 days).
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Mon 08:00  ann runs /daily list
    Mon 08:00  bot → ann (only)
               (embed) Questions of the day
                 - #prep: 09:00 Europe/Berlin, Mon and Wed, databases. Wed Nov 25, 08:00 UTC (in 2 days).
    Wed 08:00  bot → #prep
               (embed) Question of the day · Wednesday 25 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Wed 08:00  bot reacts 💡
    ");
}

#[test]
fn a_new_daily_needs_a_time_and_a_channel() {
    let mut story = Story::new();
    story.runs("ann", "/daily set days:mon");
    story.runs("ann", "/daily set at:25:00");
    story.runs("ann", "/daily status");
    story.runs("ann", "/daily list");
    story.in_a(Place::Thread);
    story.runs("ann", "/daily set at:09:00");
    story.in_a(Place::Private);
    story.runs("ann", "/daily list");
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /daily set days:mon
    Mon 08:00  bot → ann (only)
               (embed)
                 A new question of the day needs a time: `/daily set at:09:00`.
    Mon 08:00  ann runs /daily set at:25:00
    Mon 08:00  bot → ann (only)
               (embed)
                 `25:00` does not fit the option `at`. It should be a time of day, such as 09:00, 21:30 or 9:30 pm.
    Mon 08:00  ann runs /daily status
    Mon 08:00  bot → ann (only)
               (embed)
                 #prep has no question of the day. `/daily set at:09:00` gives it one.
    Mon 08:00  ann runs /daily list
    Mon 08:00  bot → ann (only)
               (embed) Questions of the day
                 No channel has one yet. `/daily set at:09:00` gives this channel one.
    Mon 08:00  ann runs /daily set at:09:00
    Mon 08:00  bot → ann (only)
               (embed)
                 This works only in a channel of a server, not in a thread or a private chat. Please run it there.
    Mon 08:00  ann runs /daily list
    Mon 08:00  bot → ann (only)
               (embed)
                 This works only in a channel of a server, not in a thread or a private chat. Please run it there.
    ");
}

#[test]
fn a_daily_set_for_a_time_that_has_passed_begins_tomorrow() {
    let mut story = Story::new();
    story.runs("ann", "/daily set at:07:00");
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 0);
    story.at("2026-11-24T07:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_daily_set_too_early_by_mistake_still_comes_today_once_that_is_mended() {
    let mut story = Story::new();
    story.runs("ann", "/daily set at:07:00");
    story.runs("ann", "/daily set at:10:00");
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 1, "Monday's had not come, and its time had not passed");
    story.runs("ann", "/daily set at:23:30");
    story.at("2026-11-24T00:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_daily_set_in_a_wrong_zone_still_comes_today_once_that_is_mended() {
    let mut story = Story::new();
    story.runs("ann", "/daily set at:01:00 time_zone:Pacific/Kiritimati days:mon,tue");
    story.runs("ann", "/daily set at:09:00 time_zone:UTC");
    story.at("2026-11-23T09:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_daily_that_was_left_out_does_not_come_because_its_time_changes() {
    let mut story = set();
    story.runs("ann", "/daily skip");
    story.at("2026-11-23T09:30:00Z");
    story.runs("ann", "/daily set at:10:00");
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 0);
    story.at("2026-11-24T10:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_crash_at_any_step_leaves_one_daily_one_reaction_and_one_answer() {
    for step in [Step::Send, Step::React, Step::Catch, Step::Thread, Step::Tell] {
        for happens in [false, true] {
            for back in ["2026-11-23T09:00:30Z", "2026-11-23T09:20:00Z", "2026-11-23T14:59:00Z"] {
                let mut story = set();
                if happens {
                    story.dies_after(step);
                } else {
                    story.dies_before(step);
                }
                story.at("2026-11-23T09:00:10Z");
                if came(&story) == 1 {
                    story.reacts("bob", "💡");
                }
                story.away_until(back);
                story.restarts();
                if story.answers() == 0 {
                    story.reacts("bob", "💡");
                }
                story.restarts();
                let case = format!("{step:?}, happens {happens}, back {back}\n{}", story.gist());
                assert_eq!((came(&story), story.answers()), (1, 1), "{case}");
                assert!(case.contains("bot reacts 💡"), "{case}");
                story.at("2026-11-24T08:00:00Z");
                assert_eq!(came(&story), 1, "{case}");
                assert!(story.asks("ann", "/daily status").contains("Mon 23 Nov"), "{case}");
            }
        }
    }
}

#[test]
fn a_daily_claimed_before_a_crash_does_not_come_too_late() {
    for back in ["2026-11-23T15:00:01Z", "2026-11-23T23:30:00Z", "2026-11-24T08:00:00Z"] {
        let mut story = set();
        story.dies_before(Step::Send);
        story.at("2026-11-23T09:00:00Z");
        story.away_until(back);
        story.restarts();
        assert_eq!(came(&story), 0, "{back}");
        assert!(story.asks("ann", "/daily status").contains("not posted: I was away"), "{back}");
        story.at("2026-11-24T12:00:00Z");
        assert_eq!(came(&story), 1, "the next one comes");
    }
}

#[test]
fn a_daily_posted_before_a_crash_is_found_however_late() {
    for back in ["2026-11-23T15:00:01Z", "2026-11-24T08:00:00Z"] {
        let mut story = set();
        story.dies_after(Step::Send);
        story.at("2026-11-23T09:00:00Z");
        story.reacts_unseen("bob", "💡");
        story.away_until(back);
        story.restarts();
        assert_eq!((came(&story), story.answers()), (1, 1), "{back}");
    }
}

#[test]
fn a_channel_that_refuses_is_reported_and_tried_again_at_its_next_date() {
    let mut story = set();
    story.fails(Step::Send, Failure::NotAllowed);
    story.at("2026-11-23T12:00:00Z");
    assert_eq!(came(&story), 0);
    story.restarts();
    story.runs("ann", "/daily status");
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 1);
    assert_snapshot!(story.told(), @"
    Mon 09:00  (fails: NotAllowed)
    Mon 12:00  ann runs /daily status
    Mon 12:00  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Tue Nov 24, 09:00 UTC (in 21 hours).
                 Last:
                   Mon 23 Nov (3 hours ago): not posted. I may not post in #prep: give me View Channel, Send Messages and Embed Links there. I try again at the next date.
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Tue 09:00  bot → #prep
               (embed) Question of the day · Tuesday 24 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Tue 09:00  bot reacts 💡
    ");
}

#[test]
fn a_refused_daily_can_be_posted_by_hand_once_the_channel_takes_it() {
    let mut story = set();
    story.fails(Step::Send, Failure::NotAllowed);
    story.at("2026-11-23T12:00:00Z");
    story.runs("ann", "/daily now");
    assert_eq!(came(&story), 1);
    story.runs("ann", "/daily now");
    assert_eq!(came(&story), 1);
    assert_snapshot!(story.gist(), @"
    Mon 09:00  (fails: NotAllowed)
    Mon 12:00  ann runs /daily now
    Mon 12:00  bot → #prep: Question of the day · Monday 23 November
    Mon 12:00  bot → ann (only): Daily on its way
    Mon 12:00  bot reacts 💡
    Mon 12:00  ann runs /daily now
    Mon 12:00  bot → ann (only): Today's question of the day of #prep was posted or tried already. `/daily status` says how it went, and `/quiz` brings another question.
    ");
}

#[test]
fn a_daily_that_discord_could_not_take_is_tried_again_within_its_time() {
    let mut story = set();
    for _ in 0..4 {
        story.fails(Step::Send, unavailable());
    }
    story.at("2026-11-23T09:00:01Z");
    assert_eq!(came(&story), 0);
    story.at("2026-11-23T09:30:00Z");
    assert_eq!(came(&story), 1);
    assert!(story.asks("ann", "/daily status").contains("late."));
}

#[test]
fn a_daily_that_discord_could_not_take_until_it_was_too_late_is_missed() {
    let mut story = set();
    for _ in 0..200 {
        story.fails(Step::Send, unavailable());
    }
    story.at("2026-11-23T18:00:00Z");
    story.works_again();
    story.at("2026-11-24T08:00:00Z");
    assert_eq!(came(&story), 0);
    assert!(story.asks("ann", "/daily status").contains("Mon 23 Nov"));
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_daily_whose_news_was_lost_is_not_posted_twice() {
    let mut story = set();
    story.works_unheard(Step::Send);
    story.at("2026-11-23T12:00:00Z");
    story.reacts("bob", "💡");
    assert_eq!((came(&story), story.answers()), (1, 1));
}

#[test]
fn a_missed_daily_comes_late_within_its_time_and_is_skipped_after_it() {
    for (back, comes) in
        [("2026-11-23T15:00:00Z", 1), ("2026-11-23T15:00:01Z", 0), ("2026-11-24T08:59:59Z", 0)]
    {
        let mut story = set();
        story.away_until(back);
        story.restarts();
        assert_eq!(came(&story), comes, "{back}");
        let status = story.asks("ann", "/daily status");
        let expected = if comes == 1 { "posted 6 h late." } else { "not posted: I was away" };
        assert!(status.contains(expected), "{back}: {status}");
    }
}

#[test]
fn after_days_away_only_the_last_missed_date_is_told_and_today_comes() {
    let mut story = set();
    story.away_until("2026-11-27T10:00:00Z");
    story.restarts();
    story.runs("ann", "/daily status");
    assert_eq!(came(&story), 1);
    assert_snapshot!(story.told(), @"
    Fri 10:00  bot → #prep
               (embed) Question of the day · Friday 27 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Fri 10:00  bot reacts 💡
    Fri 10:00  ann runs /daily status
    Fri 10:00  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Mon Nov 30, 09:00 UTC (in 2 days).
                 Last:
                   Fri 27 Nov (now): posted 1 h late.
                 Questions:
                   3 fit, 2 of them not yet seen in this channel.
    ");
}

#[test]
fn a_skipped_daily_is_left_out_once() {
    let mut story = set();
    story.runs("ann", "/daily skip");
    story.runs("ann", "/daily skip");
    story.restarts();
    story.at("2026-11-23T12:00:00Z");
    story.runs("ann", "/daily status");
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 1);
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /daily skip
    Mon 08:00  bot → ann (only)
               (embed) Daily skipped
                 The one of Mon 23 Nov is left out in #prep. `/daily resume` takes that back.
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Tue Nov 24, 09:00 UTC (in a day). Mon 23 Nov is left out.
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Mon 08:00  ann runs /daily skip
    Mon 08:00  bot → ann (only)
               (embed)
                 The next question of the day of #prep is left out already. The one after it comes Tue Nov 24, 09:00 UTC. `/daily resume` takes that back.
    Mon 12:00  ann runs /daily status
    Mon 12:00  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Tue Nov 24, 09:00 UTC (in 21 hours).
                 Last:
                   Mon 23 Nov (3 hours ago): left out, as you asked.
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Tue 09:00  bot → #prep
               (embed) Question of the day · Tuesday 24 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Tue 09:00  bot reacts 💡
    ");
}

#[test]
fn a_skip_is_taken_back_by_resume() {
    let mut story = set();
    story.runs("ann", "/daily skip");
    story.runs("ann", "/daily resume");
    story.at("2026-11-23T12:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_paused_daily_rests_and_what_passed_meanwhile_does_not_come_late() {
    let mut story = set();
    story.runs("ann", "/daily pause");
    story.at("2026-11-24T09:30:00Z");
    story.restarts();
    story.runs("ann", "/daily status");
    story.runs("ann", "/daily resume");
    story.at("2026-11-24T23:00:00Z");
    assert_eq!(came(&story), 0);
    story.at("2026-11-25T09:00:00Z");
    assert_eq!(came(&story), 1);
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /daily pause
    Mon 08:00  bot → ann (only)
               (embed) Daily paused
                 #prep gets no question of the day until `/daily resume`.
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Paused; `/daily resume` goes on.
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Tue 09:30  ann runs /daily status
    Tue 09:30  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Paused; `/daily resume` goes on.
                 Last:
                   None yet.
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Tue 09:30  ann runs /daily resume
    Tue 09:30  bot → ann (only)
               (embed) Daily resumed
                 #prep gets its question of the day again.
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Wed Nov 25, 09:00 UTC (in 23 hours).
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
    Wed 09:00  bot → #prep
               (embed) Question of the day · Wednesday 25 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Wed 09:00  bot reacts 💡
    ");
}

#[test]
fn a_daily_posted_by_hand_is_the_one_of_its_day() {
    let mut story = set();
    story.at("2026-11-23T08:30:00Z");
    story.runs("bob", "/daily now");
    story.at("2026-11-23T23:00:00Z");
    story.runs("bob", "/daily now");
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 2);
    assert_snapshot!(story.gist(), @"
    Mon 08:30  bob runs /daily now
    Mon 08:30  bot → #prep: Question of the day · Monday 23 November
    Mon 08:30  bot → bob (only): Daily on its way
    Mon 08:30  bot reacts 💡
    Mon 23:00  bob runs /daily now
    Mon 23:00  bot → bob (only): Today's question of the day of #prep was posted or tried already. `/daily status` says how it went, and `/quiz` brings another question.
    Tue 09:00  bot → #prep: Question of the day · Tuesday 24 November
    Tue 09:00  bot reacts 💡
    ");
}

#[test]
fn a_daily_can_be_posted_by_hand_on_a_day_off_and_while_it_rests() {
    let mut story = set();
    story.runs("ann", "/daily pause");
    story.at("2026-11-28T10:00:00Z");
    story.runs("ann", "/daily now");
    assert_eq!(came(&story), 1);
    story.at("2026-12-01T10:00:00Z");
    assert_eq!(came(&story), 1, "it rests still");
}

#[test]
fn a_removed_daily_comes_no_more_and_its_last_post_still_reveals() {
    let mut story = set();
    story.at("2026-11-23T09:00:00Z");
    story.runs("ann", "/daily remove");
    story.runs("ann", "/daily status");
    story.reacts("bob", "💡");
    story.at("2026-11-30T12:00:00Z");
    assert_eq!((came(&story), story.answers()), (1, 1));
    assert_snapshot!(story.gist(), @"
    Mon 09:00  bot → #prep: Question of the day · Monday 23 November
    Mon 09:00  bot reacts 💡
    Mon 09:00  ann runs /daily remove
    Mon 09:00  bot → ann (only): Daily removed
    Mon 09:00  ann runs /daily status
    Mon 09:00  bot → ann (only): #prep has no question of the day. `/daily set at:09:00` gives it one.
    Mon 09:00  bob reacts 💡
    Mon 09:00  bot → thread: What about indexes?
    ");
}

#[test]
fn a_daily_removed_and_set_again_does_not_come_twice_a_day() {
    let mut story = set();
    story.at("2026-11-23T09:30:00Z");
    story.runs("ann", "/daily remove");
    story.runs("ann", "/daily set at:10:00");
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 1);
    story.runs("ann", "/daily now");
    assert_eq!(came(&story), 1);
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 2);
}

#[test]
fn a_daily_removed_while_it_is_on_its_way_is_not_doubled_either() {
    let mut story = set();
    story.fails(Step::Send, unavailable());
    story.at("2026-11-23T09:00:00Z");
    story.runs("ann", "/daily remove");
    story.runs("ann", "/daily set at:09:30");
    story.at("2026-11-23T23:00:00Z");
    assert!(came(&story) <= 1);
    story.at("2026-11-24T12:00:00Z");
    assert!(came(&story) >= 1);
}

#[test]
fn a_daily_moved_to_another_zone_does_not_come_twice_on_one_date() {
    let mut story = set();
    story.at("2026-11-23T09:30:00Z");
    story.runs("ann", "/daily set at:06:00 time_zone:America/New_York");
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 1);
    story.at("2026-11-24T11:00:00Z");
    assert_eq!(came(&story), 2);
}

#[test]
fn a_daily_of_the_config_file_is_managed_there() {
    let mut story = Story::with(managed(9));
    story.runs("ann", "/daily set at:10:00");
    story.runs("ann", "/daily remove");
    story.runs("ann", "/daily status");
    story.at("2026-11-23T12:00:00Z");
    assert_eq!(came(&story), 1);
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /daily set at:10:00
    Mon 08:00  bot → ann (only)
               (embed)
                 The question of the day of #prep is managed in the config file of the bot, under `daily:`. Whoever runs the bot can change it there.
    Mon 08:00  ann runs /daily remove
    Mon 08:00  bot → ann (only)
               (embed)
                 The question of the day of #prep is managed in the config file of the bot, under `daily:`. Whoever runs the bot can change it there.
    Mon 08:00  ann runs /daily status
    Mon 08:00  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, all topics
                 Next:
                   Mon Nov 23, 09:00 UTC (in an hour).
                 Last:
                   None yet.
                 Questions:
                   3 fit, 3 of them not yet seen in this channel.
                 Managed:
                   In the config file of the bot, under `daily:`. Whoever runs the bot can change it there.
    Mon 09:00  bot → #prep
               (embed) Question of the day · Monday 23 November
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Mon 09:00  bot reacts 💡
    ");
}

#[test]
fn a_daily_of_the_config_file_can_be_skipped_and_paused() {
    let mut story = Story::with(managed(9));
    story.runs("ann", "/daily skip");
    story.at("2026-11-23T12:00:00Z");
    story.runs("ann", "/daily pause");
    story.restarts();
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 0);
    story.runs("ann", "/daily resume");
    story.at("2026-11-25T12:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_config_that_moves_takes_or_gives_back_a_daily_never_doubles_it() {
    let mut story = Story::with(managed(9));
    story.at("2026-11-23T09:30:00Z");
    story.rules = managed(11);
    story.restarts();
    story.at("2026-11-23T12:00:00Z");
    assert_eq!(came(&story), 1, "it was moved");
    story.rules.dailies.clear();
    story.restarts();
    assert!(story.asks("ann", "/daily status").contains("has no question of the day"));
    story.rules = managed(13);
    story.restarts();
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 1, "it was taken and given back");
    story.at("2026-11-24T13:00:00Z");
    assert_eq!(came(&story), 2);
}

#[test]
fn a_config_takes_over_a_daily_that_was_set_by_command() {
    let mut story = set();
    story.at("2026-11-23T09:30:00Z");
    story.rules = managed(10);
    story.restarts();
    assert!(story.asks("ann", "/daily set at:11:00").contains("config file"));
    story.at("2026-11-23T23:00:00Z");
    assert_eq!(came(&story), 1);
}

#[test]
fn a_time_that_the_clocks_skip_comes_at_the_end_of_the_gap() {
    let mut story = Story::new();
    // Berlin jumps from 02:00 to 03:00 on 2027-03-28, at 01:00 UTC.
    story.at("2027-03-26T08:00:00Z");
    story.runs("ann", "/daily set at:02:30 time_zone:Europe/Berlin days:all");
    story.at("2027-03-29T12:00:00Z");
    assert_eq!(came(&story), 3);
    assert_snapshot!(story.gist(), @"
    Fri 08:00  ann runs /daily set at:02:30 time_zone:Europe/Berlin days:all
    Fri 08:00  bot → ann (only): Daily set
    Sat 01:30  bot → #prep: Question of the day · Saturday 27 March
    Sat 01:30  bot reacts 💡
    Sun 01:00  bot → #prep: Question of the day · Sunday 28 March
    Sun 01:00  bot reacts 💡
    Mon 00:30  bot → #prep: Question of the day · Monday 29 March
    Mon 00:30  bot reacts 💡
    ");
}

#[test]
fn a_time_that_the_clocks_repeat_comes_the_first_time_only() {
    let mut story = Story::new();
    // Berlin has 02:00 to 03:00 twice on 2027-10-31, from 00:00 UTC.
    story.at("2027-10-29T08:00:00Z");
    story.runs("ann", "/daily set at:02:30 time_zone:Europe/Berlin days:all");
    story.at("2027-10-31T01:31:00Z");
    story.restarts();
    story.at("2027-11-01T12:00:00Z");
    assert_eq!(came(&story), 3);
    assert_snapshot!(story.gist(), @"
    Fri 08:00  ann runs /daily set at:02:30 time_zone:Europe/Berlin days:all
    Fri 08:00  bot → ann (only): Daily set
    Sat 00:30  bot → #prep: Question of the day · Saturday 30 October
    Sat 00:30  bot reacts 💡
    Sun 00:30  bot → #prep: Question of the day · Sunday 31 October
    Sun 00:30  bot reacts 💡
    Mon 01:30  bot → #prep: Question of the day · Monday 1 November
    Mon 01:30  bot reacts 💡
    ");
}

#[test]
fn a_daily_goes_by_its_own_zone_and_not_by_the_teams() {
    let mut rules = Rules::default();
    rules.calendar.zone = Zone::named("America/New_York").expect("a zone");
    let mut story = Story::with(rules);
    story.runs("ann", "/daily set at:09:00 time_zone:Asia/Tokyo");
    story.at("2026-11-24T12:00:00Z");
    story.runs("ann", "/daily remove");
    story.runs("ann", "/daily set at:09:00");
    story.at("2026-11-25T15:00:00Z");
    assert_snapshot!(story.gist(), @"
    Mon 08:00  ann runs /daily set at:09:00 time_zone:Asia/Tokyo
    Mon 08:00  bot → ann (only): Daily set
    Tue 00:00  bot → #prep: Question of the day · Tuesday 24 November
    Tue 00:00  bot reacts 💡
    Tue 12:00  ann runs /daily remove
    Tue 12:00  bot → ann (only): Daily removed
    Tue 12:00  ann runs /daily set at:09:00
    Tue 12:00  bot → ann (only): Daily set
    Wed 14:00  bot → #prep: Question of the day · Wednesday 25 November
    Wed 14:00  bot reacts 💡
    ");
}

#[test]
fn a_daily_draws_from_its_topics_and_says_when_none_fits() {
    let mut story = Story::new();
    story.bank = QuestionBank::of([question("acid"), question_of("http", "caching")]);
    story.runs("ann", "/daily set at:09:00 topics:http");
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(story.told().matches("(caching)").count(), 2);
    story.bank = QuestionBank::of([question("acid")]);
    story.restarts();
    story.at("2026-11-25T12:00:00Z");
    story.runs("ann", "/daily now");
    story.runs("ann", "/daily status");
    assert_snapshot!(story.told(), @"
    Wed 12:00  ann runs /daily now
    Wed 12:00  bot → ann (only)
               (embed)
                 No question of the bank fits the question of the day of #prep. `/daily set topics:` chooses other topics.
    Wed 12:00  ann runs /daily status
    Wed 12:00  bot → ann (only)
               (embed) Question of the day
                 #prep
                 When:
                   09:00 UTC, Mon to Fri, http
                 Next:
                   Thu Nov 26, 09:00 UTC (in 21 hours).
                 Last:
                   Wed 25 Nov (3 hours ago): not posted: no question of the bank fits. `/daily set topics:` chooses other topics.
                 Questions:
                   No question of the bank fits. `/daily set topics:` chooses other topics.
    ");
}

#[test]
fn a_daily_whose_question_vanished_from_the_bank_still_reveals() {
    let mut story = set();
    story.at("2026-11-23T09:00:00Z");
    story.bank = QuestionBank::of([question_of("http", "caching")]);
    story.restarts();
    story.reacts("bob", "💡");
    assert_eq!(story.answers(), 1);
    assert!(!story.told().contains("(caching)"));
}

#[test]
fn a_catch_up_of_nothing_never_posts_late() {
    let mut rules = managed(9);
    rules.dailies[0].1.catch_up = SignedDuration::ZERO;
    rules.dailies[0].1.topics = vec![Topic::new("databases")];
    let mut story = Story::with(rules);
    story.away_until("2026-11-23T09:02:00Z");
    story.restarts();
    assert_eq!(came(&story), 0);
    story.at("2026-11-24T12:00:00Z");
    assert_eq!(came(&story), 1);
}
