//! A month of one member's practice in the words that they read, cut into what belongs together.
//! `month` tells the same in short and without a gap.

use insta::assert_snapshot;
use mockingbird::bank::{QuestionBank, Topic};
use mockingbird::practice::input::{Call, Press, Subject, Wanted};
use mockingbird::practice::own::{Flow, OwnCall, OwnPress};
use mockingbird::practice::rules::Zone;

use crate::seed::key;
use crate::story::Story;

/// A story told in full, with six real questions.
fn story() -> Story {
    let files = [
        ("http.yaml", include_str!("bank/http.yaml")),
        ("sql.yaml", include_str!("bank/sql.yaml")),
    ];
    let mut story = Story::new();
    story.bank = QuestionBank::parse(&files).expect("a bank without problems");
    story.in_full();
    story
}

fn moves(story: &mut Story, who: &str, zone: &str) {
    let call = Call::Zone { zone: Zone::named(zone) };
    story.types(who, &format!("/zone name:{zone}"), call);
}

fn me(story: &mut Story, who: &str) {
    story.types(who, "/me", Call::Own(OwnCall::Me));
}

fn review(story: &mut Story, who: &str) {
    story.types(who, "/review", Call::Own(OwnCall::Review));
}

fn quiz(story: &mut Story, who: &str, topic: &str) {
    let subject = Subject::Topic(Topic::new(topic));
    let wanted = Wanted { subject, level: None, kind: None };
    story.asks(who, &format!("/quiz topic:{topic}"), Call::Quiz(wanted));
}

/// One grade, so that the day counts.
fn practises(story: &mut Story, who: &str, grade: &str) {
    review(story, who);
    story.taps(who, "Show answer");
    story.taps(who, grade);
}

#[test]
fn the_first_days_of_somebody_new() {
    let mut story = story();
    moves(&mut story, "ann", "Europe/Berlin");
    review(&mut story, "ann");
    me(&mut story, "ann");
    story.taps("ann", "Settings");
    story.picks("ann", "Reminder: 6 hours before the day ends");
    story.taps("ann", "Quiet hours");
    story.sends("ann", "half past ten");
    story.taps("ann", "Quiet hours");
    story.sends("ann", "21:00 - 07:00");
    story.picks("ann", "Leaderboard: on it");
    quiz(&mut story, "ann", "http");
    story.taps("ann", "Show me");
    story.taps("ann", "Partly");
    story.taps("ann", "Take back");
    story.taps("ann", "Show answer");
    story.taps("ann", "Got it");
    story.taps("ann", "Follow-up");
    story.taps("ann", "Show answer");
    story.taps("ann", "Next follow-up");
    story.taps("ann", "Related");
    story.reacts("bob");
    story.taps("bob", "Missed");
    story.at("2026-11-03T20:00:00Z");
    assert_snapshot!(story.read());
}

#[test]
fn a_review_and_a_sprint() {
    let mut story = story();
    moves(&mut story, "ann", "Europe/Berlin");
    story.read();
    quiz(&mut story, "ann", "http");
    story.taps("ann", "Show me");
    story.taps("ann", "Missed");
    story.read();
    story.at("2026-11-03T17:00:00Z");
    review(&mut story, "ann");
    story.taps("ann", "Show answer");
    story.taps("ann", "Got it");
    story.taps("ann", "Show answer");
    story.taps("ann", "Missed");
    story.taps("ann", "Take back");
    story.taps("ann", "Easy");
    story.taps("ann", "Show answer");
    story.taps("ann", "Missed");
    review(&mut story, "ann");
    story.taps("ann", "Show answer");
    story.taps("ann", "Easy");
    story.at("2026-11-04T17:00:00Z");
    let sprint = OwnCall::Sprint { minutes: Some(5), topic: None };
    story.types("ann", "/sprint minutes:5", Call::Own(sprint));
    story.taps("ann", "Show answer");
    story.taps("ann", "Missed");
    story.at("2026-11-04T17:20:00Z");
    story.taps("ann", "Show answer");
    story.at("2026-11-05T17:00:00Z");
    story.taps("ann", "Review");
    assert_snapshot!(story.read());
}

#[test]
fn a_trip_a_missed_week_and_the_last_reminder() {
    let mut story = story();
    moves(&mut story, "ann", "Europe/Berlin");
    story.quietly("ann is reminded three hours before her day ends, and practices", |story| {
        me(story, "ann");
        story.taps("ann", "Settings");
        story.picks("ann", "Reminder: 3 hours before the day ends");
        story.taps("ann", "Quiet hours");
        story.sends("ann", "23:30-06:00");
        quiz(story, "ann", "sql");
        story.taps("ann", "Show me");
        story.taps("ann", "Got it");
        for day in 3..7 {
            story.at(&format!("2026-11-{day:02}T17:00:00Z"));
            practises(story, "ann", "Missed");
        }
    });
    // Her Monday in San Francisco begins nine hours later.
    story.at("2026-11-09T20:00:00Z");
    moves(&mut story, "ann", "America/Los_Angeles");
    story.quietly("ann practices on Monday and Tuesday, and earns a freeze", |story| {
        for day in 9..11 {
            story.at(&format!("2026-11-{day:02}T20:00:00Z"));
            practises(story, "ann", "Got it");
        }
    });
    me(&mut story, "ann");
    // Wednesday is kept by the freeze, Thursday is not.
    story.at("2026-11-12T20:00:00Z");
    me(&mut story, "ann");
    story.at("2026-11-21T20:00:00Z");
    me(&mut story, "ann");
    moves(&mut story, "ann", "Europe/Berlin");
    story.at("2026-11-23T17:00:00Z");
    review(&mut story, "ann");
    story.quietly("and so on", |story| {
        story.taps("ann", "Show answer");
        story.taps("ann", "Got it");
    });
    story.at("2026-11-24T23:00:00Z");
    story.taps("ann", "No more reminders");
    story.at("2026-11-30T17:00:00Z");
    me(&mut story, "ann");
    assert_snapshot!(story.read());
}

#[test]
fn a_question_that_is_missed_again_and_again() {
    let mut story = story();
    let ask = |story: &mut Story| {
        let call = Call::Press(Press::Own(OwnPress::Ask(key("http-idempotent"))));
        story.types("ann", "/question words:idempotent", call);
        story.taps("ann", "Show answer");
    };
    story.quietly("ann knows it and misses it, seven times", |story| {
        for _ in 0..7 {
            ask(story);
            story.taps("ann", "Got it");
            story.hours(48);
            ask(story);
            story.taps("ann", "Missed");
            story.hours(24);
        }
        ask(story);
        story.taps("ann", "Got it");
        story.hours(72);
    });
    review(&mut story, "ann");
    story.taps("ann", "Show answer");
    story.taps("ann", "Missed");
    story.taps("ann", "Explanation");
    story.taps("ann", "Related");
    assert_snapshot!(story.read());
}

#[test]
fn an_answer_is_typed_and_talked_about() {
    let mut story = story();
    let ask = Call::Press(Press::Own(OwnPress::Ask(key("http-idempotent"))));
    story.types("ann", "/question words:idempotent", ask);
    story.taps("ann", "Answer");
    story.sends("ann", "   ");
    story.taps("ann", "Answer");
    story.sends(
        "ann",
        "PUT and DELETE are idempotent but POST is not. I would ask @everyone in **my** team.",
    );
    story.taps("ann", "Answer again");
    story.sends(
        "ann",
        "PUT and DELETE are idempotent but POST is not.\nA client may repeat the request when it \
         got no response.",
    );
    story.taps("ann", "Show answer");
    story.marks("ann", &["PUT and DELETE are idempotent, POST is not", "The responses may differ"]);
    story.quietly("ann takes everything with her", |story| {
        me(story, "ann");
        story.taps("ann", "Export");
    });
    story.taps("ann", "Partly");
    let typed = story.typed_of("ann", "http-idempotent");
    let old = Call::Press(Press::Own(OwnPress::Said(typed, Flow::Here, 1, true)));
    story.types("ann", "[2: I said that] of an old message", old);
    story.taps("ann", "Take back");
    story.at("2026-11-03T17:00:00Z");
    review(&mut story, "ann");
    story.taps("ann", "Answer");
    story.sends("ann", "Knead the dough until it is smooth, then let it rest over night.");
    story.taps("ann", "Show answer");
    story.taps("ann", "Missed");
    assert_snapshot!(story.read());
}

#[test]
fn everything_is_taken_along_and_forgotten() {
    let mut story = story();
    story.quietly("ann practices", |story| {
        quiz(story, "ann", "http");
        story.taps("ann", "Show me");
        story.taps("ann", "Got it");
    });
    me(&mut story, "ann");
    story.taps("ann", "Export");
    story.taps("ann", "Forget me");
    story.taps("ann", "Forget me for good");
    me(&mut story, "ann");
    assert_snapshot!(story.read());
}

#[test]
fn the_day_s_limit_a_report_and_what_is_turned_down() {
    let mut story = story();
    story.quietly(
        "ann wants five reviews a day, with two grades, and grades all she finds",
        |story| {
            me(story, "ann");
            story.taps("ann", "Settings");
            story.picks("ann", "Reviews a day: 5");
            story.picks("ann", "Grades: Missed, Got it");
            for id in ["http-304", "http-cors", "http-idempotent", "sql-null", "sql-index"] {
                let call = Call::Press(Press::Own(OwnPress::Ask(key(id))));
                story.types("ann", "/question", call);
                story.taps("ann", "Show answer");
                story.taps("ann", "Missed");
            }
        },
    );
    review(&mut story, "ann");
    let sprint = OwnCall::Sprint { minutes: Some(5), topic: Some(Topic::new("http")) };
    story.types("ann", "/sprint minutes:5 topic:http", Call::Own(sprint));
    story.quietly("a day later she has met one more, and reviews four", |story| {
        story.hours(24);
        let call = Call::Press(Press::Own(OwnPress::Ask(key("sql-deadlock"))));
        story.types("ann", "/question", call);
        story.taps("ann", "Show answer");
        review(story, "ann");
        for _ in 0..4 {
            story.taps("ann", "Show answer");
            story.taps("ann", "Got it");
        }
    });
    review(&mut story, "ann");
    story.taps("ann", "Show answer");
    story.taps("ann", "Got it");
    story.taps("ann", "Settings");
    review(&mut story, "ann");
    let other = OwnPress::ReviewAnswer(key("sql-index"));
    story.types("ann", "[Show answer] on another device", Call::Press(Press::Own(other)));
    story.taps("ann", "Next question");
    let late = OwnPress::TakeBack(key("http-304"));
    story.types("ann", "[Take back] of an old message", Call::Press(Press::Own(late)));
    let old = OwnPress::SprintEnd(1);
    story.types("ann", "[End sprint] of an old message", Call::Press(Press::Own(old)));
    let gone = OwnPress::Ask(key("http-410"));
    story.types("ann", "[1. Which status is it?] of an old message", Call::Press(Press::Own(gone)));
    story.types(
        "ann",
        "/question words:deadlock",
        Call::Press(Press::Own(OwnPress::Ask(key("sql-deadlock")))),
    );
    story.taps("ann", "Show answer");
    story.taps("ann", "Report");
    story.taps("ann", "Outdated");
    story.sends("ann", "Not since 17.");
    assert_snapshot!(story.read());
}

#[test]
fn whoever_travels_west_sees_the_day_that_they_lived_twice() {
    let mut story = story();
    moves(&mut story, "ann", "Pacific/Kiritimati");
    // Tuesday there, Monday still in Honolulu.
    story.at("2026-11-02T20:00:00Z");
    story.quietly("ann practices", |story| {
        quiz(story, "ann", "http");
        story.taps("ann", "Show me");
        story.taps("ann", "Missed");
    });
    moves(&mut story, "ann", "Pacific/Honolulu");
    story.read();
    me(&mut story, "ann");
    let told = story.read();
    assert!(told.contains("Nothing is due today. Then Wed 1."), "{told}");
    assert!(told.contains("one day of practice, Tuesday 3 November"), "{told}");
    assert!(story.picture_up_to("2026-11-03"), "and the picture has it");
}
