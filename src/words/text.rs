//! Small helpers for texts: lengths as Discord may count them, cuts on character borders, counts
//! and dates in words.

use jiff::civil::{Date, Time, Weekday};

use crate::practice::rules::Days;

/// The length of a text in UTF-16 code units: where Discord counts characters otherwise, it counts
/// fewer.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The text, or its beginning and "…" where it has more than `most` characters (UTF-16 units).
/// It is cut where a person would see one character end, and between words where one is near.
pub fn clip(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    // One unit is for the "…".
    let room = most.saturating_sub(1);
    let mut used = 0;
    let mut end = 0;
    let mut word = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if used > room {
            break;
        }
        if borders(before, c) {
            end = at;
            if c.is_whitespace() {
                word = at;
            }
        }
        used += c.len_utf16();
        before = Some(c);
    }
    // A very long word is cut in the middle.
    let end = if word * 3 >= end * 2 { word } else { end };
    let mut cut = text.get(..end).unwrap_or_default().trim_end().to_owned();
    if most > 0 {
        cut.push('…');
    }
    cut
}

/// Whether one visible character may end before `next`: not inside an emoji made of several, nor
/// before an accent.
pub(super) fn borders(before: Option<char>, next: char) -> bool {
    let joined = before == Some('\u{200d}');
    let joins = matches!(next,
        '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{0300}'..='\u{036f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
    !joined && !joins
}

/// A text as part of a line of ours: no line breaks, and nothing that turns the direction of what
/// follows.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a member typed, as code in a sentence: nothing in it has a meaning, mentions included.
pub(super) fn quoted(text: &str) -> String {
    let inert = one_line(text).replace('`', "'");
    if inert.is_empty() { "(nothing)".to_owned() } else { format!("`{}`", clip(&inert, 60)) }
}

/// "1 day", "3 days".
pub(super) fn count(number: usize, one: &str, more: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {more}") }
}

/// "a", "a and b", "a, b and c".
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// "09:00".
pub(super) fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "Tue 17 Nov".
pub(super) fn short_date(date: Date) -> String {
    format!("{} {} {}", short_day(date.weekday()), date.day(), clip_name(month(date)))
}

/// "Tue 17 Nov 2026".
pub(super) fn full_date(date: Date) -> String {
    format!("{} {}", short_date(date), date.year())
}

/// "Monday 23 November".
pub(super) fn long_date(date: Date) -> String {
    format!("{} {} {}", long_day(date.weekday()), date.day(), month(date))
}

/// "Mon".
pub(super) fn short_day(day: Weekday) -> &'static str {
    clip_name(long_day(day))
}

fn clip_name(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

pub(super) fn long_day(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month(date: Date) -> &'static str {
    match date.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

/// "every day", "Mon to Fri", "Mon, Wed and Fri".
pub(super) fn days(days: Days) -> String {
    if days == Days::ALL {
        return "every day".to_owned();
    }
    let mut runs: Vec<(Weekday, Weekday, usize)> = Vec::new();
    for day in days.iter() {
        match runs.last_mut() {
            Some((_, last, length)) if last.next() == day => {
                *last = day;
                *length += 1;
            }
            _ => runs.push((day, day, 1)),
        }
    }
    let mut parts = Vec::new();
    for (first, last, length) in runs {
        match length {
            1 => parts.push(short_day(first).to_owned()),
            2 => parts.extend([short_day(first).to_owned(), short_day(last).to_owned()]),
            _ => parts.push(format!("{} to {}", short_day(first), short_day(last))),
        }
    }
    listed(&parts)
}
