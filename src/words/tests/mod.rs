//! What the views say, word for word, and that no text breaks a message.

mod coached;
mod hostile;
mod hostile_interviews;
mod hostile_own;
mod interviews;
mod own;
mod own_team;
mod refusals;
mod shipped;
mod typed;
mod views;

use std::sync::Arc;

use jiff::civil::{Date, date, time};

use super::*;
use crate::bank::{FollowUp, KeyPoint, Kind, Level, Question, QuestionId, Topic};
use crate::practice::daily::{DailyResult, Management};
use crate::practice::ids::{ChannelId, MemberId, PostId};
use crate::practice::rules::{Days, Schedule, Zone};
use crate::practice::streak::{Day, Standing};
use crate::practice::view::{Counted, DailyDone, DailyView, QuestionView};

/// The text of all messages of a view, which keep every limit.
fn said(view: &View) -> String {
    let messages = render(view);
    for message in &messages {
        assert_eq!(message.violations(), Vec::<String>::new());
    }
    let texts: Vec<String> = messages.iter().map(Message::to_text).collect();
    texts.join("\n")
}

fn question() -> Question {
    Question {
        id: QuestionId::new("transactions-acid"),
        topic: Topic::new("databases"),
        topic_title: "Databases & Storage".to_owned(),
        prompt: "What does `ACID` promise?".to_owned(),
        level: Level::Medium,
        kind: Some(Kind::Concept),
        asked_by: Some(4),
        minutes: Some(4),
        probes: Some("Whether they know what a commit means".to_owned()),
        hint: Some("Think of a bank transfer.".to_owned()),
        answer: "All or nothing, and it stays.\n\n```sql\nBEGIN;\nCOMMIT;\n```".to_owned(),
        key_points: vec![
            KeyPoint::of("Atomicity: all or nothing"),
            KeyPoint::of("Durability: a commit survives a crash"),
        ],
        pitfalls: vec!["Consistency is not the C of CAP".to_owned()],
        follow_ups: vec![
            FollowUp {
                prompt: "What is a dirty read?".to_owned(),
                answer: "Reading what was not committed.".to_owned(),
            },
            FollowUp {
                prompt: "How do you lock a row?".to_owned(),
                answer: "```sql\nSELECT 1 FOR UPDATE;\n```".to_owned(),
            },
        ],
        pushback: Some(FollowUp {
            prompt: "Now the order is in one shop and the stock in another. What then?".to_owned(),
            answer: "Nothing spans both: an outbox and a compensation.".to_owned(),
        }),
        related: vec![QuestionId::new("isolation-levels")],
        tags: Vec::new(),
        sources: vec!["PostgreSQL manual, 13.2".to_owned()],
        checked: None,
    }
}

/// A question of a team's own bank: only what is required.
fn bare(prompt: &str, answer: &str) -> Question {
    Question { topic_title: "Ours".to_owned(), ..Question::bare("own", "ours", prompt, answer) }
}

fn post(question: Question) -> QuestionView {
    QuestionView {
        post: PostId(255),
        question: Arc::new(question),
        daily: None,
        emoji: "💡".to_owned(),
        reactions: 1,
        can_react: true,
    }
}

const TODAY: Date = date(2026, 11, 19);

/// A standing whose newest days are these, before the member began ever since.
fn standing(length: u32, best: u32, freezes: u8, newest: &[Day]) -> Standing {
    let days = (0..60_i64)
        .map(|back| {
            let date = TODAY.saturating_sub(jiff::Span::new().days(back));
            let index = usize::try_from(back).expect("60 is small");
            (date, newest.get(index).copied().unwrap_or(Day::Before))
        })
        .collect();
    Standing {
        today: TODAY,
        length,
        best,
        freezes,
        today_counted: newest.first() == Some(&Day::Counted),
        days,
    }
}

fn daily() -> DailyView {
    DailyView {
        underway: None,
        channel: ChannelId(5),
        schedule: Schedule {
            at: time(9, 0, 0, 0),
            zone: Zone::named("Europe/Berlin").expect("bundled"),
            days: Days::WORKDAYS,
            topics: Vec::new(),
            catch_up: Schedule::CATCH_UP,
        },
        managed: Management::Command,
        paused: false,
        skip: None,
        last: None,
        next: Some("2026-11-20T08:00:00Z".parse().expect("a moment")),
        fitting: (31, 12),
    }
}

fn with_last(result: DailyResult) -> DailyView {
    let at = "2026-11-19T08:00:00Z".parse().expect("a moment");
    DailyView { last: Some((TODAY, result, at)), ..daily() }
}
