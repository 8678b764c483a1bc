//! A member's streak, with its reasons.

use jiff::civil::{Date, Weekday};

use super::text::{count, listed, short_date, short_day};
use super::{Message, color, framed};
use crate::practice::ids::MemberId;
use crate::practice::rules::Days;
use crate::practice::streak::{Day, Standing};

/// So many days are shown, one sign each.
const SHOWN: usize = 14;

/// "🔥 3 days in a row".
pub(super) fn run(length: u32) -> String {
    match length {
        0 => "No streak at the moment".to_owned(),
        _ => format!("🔥 {} in a row", days_of(length)),
    }
}

fn days_of(number: u32) -> String {
    count(number.try_into().unwrap_or(usize::MAX), "day", "days")
}

pub(super) fn of(member: MemberId, length: u32, best: u32) -> Message {
    let text = match (length, best) {
        (0, 0) => format!("<@{member}> has no streak yet."),
        (0, _) => format!("<@{member}> has no streak at the moment (best {best})."),
        _ => format!("<@{member}>: {} (best {best}).", run(length)),
    };
    framed("Streak", text, color::STATE)
}

pub(super) fn own(standing: &Standing) -> Message {
    let mut parts = vec![headline(standing)];
    let days: Vec<(Date, Day)> = standing
        .days
        .iter()
        .take(SHOWN)
        .copied()
        .take_while(|(_, day)| *day != Day::Before)
        .collect();
    if days.iter().any(|(_, day)| *day == Day::Counted) || standing.best > 0 {
        parts.push(strip(&days));
        let why = reasons(&standing.days, days.len());
        if !why.is_empty() {
            parts.push(why.join("\n"));
        }
    }
    parts.push(what_now(standing));
    framed("Your streak", parts.join("\n\n"), color::STATE)
}

fn headline(standing: &Standing) -> String {
    let freezes = match standing.freezes {
        0 => "No freeze held.".to_owned(),
        number => format!("{} held.", count(number.into(), "freeze", "freezes")),
    };
    match (standing.length, standing.best) {
        (0, 0) => "No streak yet: your first practice day begins one.".to_owned(),
        (0, best) => format!("{} (best {best}). {freezes}", run(0)),
        (length, best) => format!("{} (best {best}). {freezes}", run(length)),
    }
}

const fn sign(day: Day) -> &'static str {
    match day {
        Day::Counted => "🟩",
        Day::Frozen => "🧊",
        Day::Missed => "🟥",
        Day::Free => "⬜",
        Day::Excused => "🧳",
        Day::Open => "⏳",
        Day::Before => "⬛",
    }
}

const fn meaning(day: Day) -> &'static str {
    match day {
        Day::Counted => "practiced",
        Day::Frozen => "missed, a freeze kept the streak",
        Day::Missed => "missed",
        Day::Free => "not a practice day",
        Day::Excused => "cut short by a change of zone",
        Day::Open => "today, still open",
        Day::Before => "before you began",
    }
}

/// The days in rows of a week, oldest first, and what the signs mean.
fn strip(days: &[(Date, Day)]) -> String {
    let mut lines: Vec<String> = days
        .chunks(7)
        .rev()
        .map(|week| {
            let days: Vec<String> = week
                .iter()
                .rev()
                .map(|(date, day)| {
                    let name = short_day(date.weekday());
                    format!("{}{}", name.get(..2).unwrap_or(name), sign(*day))
                })
                .collect();
            days.join(" ")
        })
        .collect();
    let legend: Vec<String> =
        [Day::Counted, Day::Frozen, Day::Missed, Day::Free, Day::Excused, Day::Open]
            .into_iter()
            .filter(|day| days.iter().any(|(_, shown)| shown == day))
            .map(|day| format!("{} {}", sign(day), meaning(day)))
            .collect();
    lines.push(legend.join(" · "));
    lines.join("\n")
}

/// Why the streak is what it is, newest first: what happened on the `shown` newest of these days.
fn reasons(days: &[(Date, Day)], shown: usize) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut free = Days::NONE;
    for (index, (date, day)) in days.iter().enumerate().take(shown) {
        let name = short_date(*date);
        match day {
            Day::Frozen => {
                sentences.push(format!("{name} was missed; a freeze kept your streak."));
            }
            Day::Missed if ended_a_run(days.get(index + 1..).unwrap_or_default()) => {
                sentences.push(format!("{name} was missed; your streak ended."));
            }
            Day::Free => free = free.with(date.weekday()),
            Day::Excused => sentences.push(format!(
                "{name} was cut short by a change of zone: missing it costs nothing."
            )),
            Day::Missed | Day::Counted | Day::Open | Day::Before => {}
        }
    }
    let names: Vec<String> = free.iter().map(|day: Weekday| short_day(day).to_owned()).collect();
    match names.len() {
        0 => {}
        1 => sentences.push(format!(
            "{} is not a practice day here: missing it costs nothing.",
            listed(&names)
        )),
        _ => sentences.push(format!(
            "{} are not practice days here: missing them costs nothing.",
            listed(&names)
        )),
    }
    sentences
}

/// Whether there was a streak to lose, as the days before a missed one tell, newest first.
fn ended_a_run(before: &[(Date, Day)]) -> bool {
    before
        .iter()
        .map(|(_, day)| *day)
        .find(|day| *day != Day::Free && *day != Day::Open)
        .is_some_and(|day| day == Day::Counted || day == Day::Frozen)
}

fn what_now(standing: &Standing) -> String {
    if standing.today_counted {
        return "Today counted.".to_owned();
    }
    let how = "Every answer that you type or ask for counts, and every grade: `/review` brings \
               what is due, `/sprint` some short questions, `/quiz` one for everybody.";
    // Today is open on every day; whether it must be practiced, the same day a week ago tells.
    let off = standing
        .days
        .iter()
        .take(SHOWN)
        .any(|(date, day)| *day == Day::Free && date.weekday() == standing.today.weekday());
    match (off, standing.length) {
        (true, 1..) => {
            format!("Today is a day off: your streak keeps, and grows if you practice. {how}")
        }
        (_, 0) => format!("Today can be day 1. {how}"),
        (_, length) => {
            format!("Today is still open: it would be day {}. {how}", length.saturating_add(1))
        }
    }
}
