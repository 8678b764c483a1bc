//! One's progress: the streak, what is due, what is known, and a picture.

use jiff::Span;
use jiff::civil::Date;

use super::say::plain;
use super::topics::{state, sum, total};
use super::{danger, first, press};
use crate::bank::Level;
use crate::chart::{self, Bar};
use crate::practice::own::OwnPress;
use crate::practice::own::view::{Progress, TopicView};
use crate::words::limits::ALT;
use crate::words::text::{clip, count, full_date, long_date, short_date, short_day, units};
use crate::words::{Content, File, Message, color, framed, streak};

/// One's progress, with a picture.
pub(super) fn message(progress: &Progress) -> Message {
    let streak = streak::own(&progress.standing).embeds.pop().unwrap_or_default();
    let mut message = framed("Your progress", streak.description, color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields = vec![
            ("Review".to_owned(), due(progress)),
            ("What you know".to_owned(), levels(&progress.topics)),
            ("Interviews".to_owned(), interviews(progress.interviews)),
            ("Settings".to_owned(), settings(progress)),
        ];
    }
    let picture = picture(progress);
    message.files = vec![File {
        name: "progress.png".to_owned(),
        alt: in_words(&picture),
        content: Content::Progress(picture),
    }];
    message.rows = vec![vec![
        first(OwnPress::ReviewNext, "Review"),
        press(OwnPress::Settings, "Settings"),
        press(OwnPress::Export, "Export"),
        danger(OwnPress::Forget, "Forget me"),
    ]];
    message
}

fn due(progress: &Progress) -> String {
    let today = match progress.due {
        0 => "Nothing is due today.".to_owned(),
        some => format!("**{} due today.**", count(some.into(), "question is", "questions are")),
    };
    let coming: Vec<String> = progress
        .coming
        .iter()
        .zip(1_i64..)
        .filter(|(due, _)| **due > 0)
        .map(|(due, days)| {
            let date = progress.today.saturating_add(Span::new().days(days));
            format!("{} {due}", short_day(date.weekday()))
        })
        .collect();
    if coming.is_empty() {
        format!("{today} None in the next seven days.")
    } else {
        format!("{today} Then {}.", coming.join(", "))
    }
}

/// For each level what is known of it.
fn levels(topics: &[TopicView]) -> String {
    let all = topics.iter().flat_map(|topic| topic.levels);
    let lines: Vec<String> = [Level::Easy, Level::Medium, Level::Hard]
        .into_iter()
        .map(|level| (level, sum(all.clone().filter(|(of, _)| *of == level).map(|(_, one)| one))))
        .filter(|(_, coverage)| coverage.of > 0)
        .map(|(level, coverage)| format!("{}: {}", level.as_str(), state(coverage)))
        .collect();
    if lines.is_empty() {
        "The bank has no questions yet.".to_owned()
    } else {
        format!("{}\n-# By topic in the picture, and in `/topics`.", lines.join("\n"))
    }
}

fn interviews(many: usize) -> String {
    match many {
        0 => "None yet. `/mock start` begins one.".to_owned(),
        some => format!("{}: `/mock history`", count(some, "interview", "interviews")),
    }
}

fn settings(progress: &Progress) -> String {
    let on = |on| if on { "on" } else { "off" };
    format!("Reminder {}, leaderboard {}", on(progress.reminder), on(progress.shared))
}

fn picture(progress: &Progress) -> chart::Progress {
    let topics = progress.topics.iter().map(|topic| {
        let all = total(topic);
        Bar { name: plain(&topic.title, 60), known: all.known, due: all.due, unseen: all.unseen }
    });
    chart::Progress {
        title: format!("Your practice up to {}", full_date(progress.today)),
        today: progress.today,
        days: progress.days.clone(),
        topics: topics.collect(),
    }
}

/// "; most on Monday 2 November, 7"; nothing where no day stands out.
fn busiest(days: &[(Date, u16)]) -> String {
    let Some(most) = days.iter().map(|(_, many)| *many).max() else { return String::new() };
    let mut busy = days.iter().filter(|(_, many)| *many == most);
    match (busy.next(), busy.next()) {
        (Some((date, _)), None) => format!("; most on {}, {most}", long_date(*date)),
        (..) => format!("; at most {most} a day"),
    }
}

/// What the picture shows, for somebody who cannot see it.
fn in_words(picture: &chart::Progress) -> String {
    let questions: usize = picture.days.iter().map(|(_, many)| usize::from(*many)).sum();
    let all = count(questions, "question", "questions");
    let mut text = match picture.days.as_slice() {
        [] => "A calendar of the last 53 weeks, without a day of practice yet.".to_owned(),
        [(date, _)] => format!(
            "A calendar of the last 53 weeks: one day of practice, {}, {all}.",
            long_date(*date)
        ),
        [(first, _), .., (last, _)] => format!(
            "A calendar of the last 53 weeks: {} of practice from {} to {}, {all}{}.",
            count(picture.days.len(), "day", "days"),
            short_date(*first),
            short_date(*last),
            busiest(&picture.days),
        ),
    };
    text.push_str(" Questions known, due and unseen:");
    for (index, topic) in picture.topics.iter().enumerate() {
        let Bar { name, known, due, unseen } = topic;
        let line = format!(" {name} {known}, {due}, {unseen};");
        if units(&text) + units(&line) > ALT - 30 {
            text = format!("{text} and {} more topics.", picture.topics.len() - index);
            return clip(&text, ALT);
        }
        text.push_str(&line);
    }
    if picture.topics.is_empty() {
        text.push_str(" none.");
    }
    clip(&format!("{}.", text.trim_end_matches([';', '.'])), ALT)
}
