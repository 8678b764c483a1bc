//! Small sayings that views share: people, moments, names, buttons of interviews.

use jiff::Timestamp;

use crate::command::button;
use crate::practice::ids::{InterviewId, MemberId};
use crate::practice::input::Press;
use crate::practice::interview::{MockPress, Of};
use crate::words::markup::contained;
use crate::words::text::{clip, listed, one_line, units};
use crate::words::{Button, ButtonStyle};

/// So many people are named.
const NAMED: usize = 20;

/// A person.
pub(in crate::words) fn who(member: MemberId) -> String {
    if member == MemberId::NOBODY {
        return "somebody whom I have forgotten".to_owned();
    }
    format!("<@{member}>")
}

/// Several people.
pub(in crate::words) fn whom(members: &[MemberId]) -> String {
    let mut names: Vec<String> = members.iter().take(NAMED).copied().map(who).collect();
    if members.len() > NAMED {
        names.push(format!("{} more", members.len() - NAMED));
    }
    listed(&names)
}

/// Who interviews: people, or the bot.
pub(super) fn by(interviewers: &[MemberId]) -> String {
    if interviewers.is_empty() { "me".to_owned() } else { whom(interviewers) }
}

/// A clock time that everybody sees in their own zone.
pub(in crate::words) fn at(moment: Timestamp) -> String {
    format!("<t:{}:t>", moment.as_second())
}

/// How far away a moment is, counting down.
pub(in crate::words) fn countdown(moment: Timestamp) -> String {
    format!("<t:{}:R>", moment.as_second())
}

/// A day and a clock time, and how far they are away.
pub(in crate::words) fn moment(moment: Timestamp) -> String {
    let seconds = moment.as_second();
    format!("<t:{seconds}:f> (<t:{seconds}:R>)")
}

/// A day.
pub(in crate::words) fn day(moment: Timestamp) -> String {
    format!("<t:{}:D>", moment.as_second())
}

/// A short text of somebody else's in a line of ours: cut, closed in itself, and never empty.
pub(in crate::words) fn short(text: &str, most: usize) -> String {
    let text = plain(text, most);
    let closed = contained(&text);
    if units(&closed) <= 2 * most { closed } else { text.replace(['*', '_', '~', '|', '`'], "'") }
}

/// The same where no Markdown is rendered: menus, forms, pictures.
pub(in crate::words) fn plain(text: &str, most: usize) -> String {
    // Three backticks would begin a block in the middle of the line.
    let text = clip(&one_line(text).replace("```", "'''"), most);
    if text.is_empty() { "…".to_owned() } else { text }
}

/// As many lines as fit, and how many more there are; whole lines, so that nothing opens.
pub(in crate::words) fn lines(all: &[String], most: usize) -> String {
    let mut text = String::new();
    for (index, line) in all.iter().enumerate() {
        let left = all.len() - index;
        // Room for saying that this was not all.
        let room = if left > 1 { most.saturating_sub(40) } else { most };
        if units(&text) + units(line) + 1 > room {
            return format!("{text}\n… and {left} more.").trim_start().to_owned();
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

/// A button of an interview's.
pub(super) fn press(interview: InterviewId, what: MockPress, label: &str) -> Button {
    Button {
        custom_id: button::custom_id(Press::Mock(Of { interview, what })),
        label: label.to_owned(),
        emoji: None,
        style: ButtonStyle::Secondary,
    }
}

/// The button that is the thing to do.
pub(super) fn first(interview: InterviewId, what: MockPress, label: &str) -> Button {
    Button { style: ButtonStyle::Primary, ..press(interview, what, label) }
}
