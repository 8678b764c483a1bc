//! What members settle for themselves, reminders, and what they can take with them or have
//! forgotten.

use jiff::Timestamp;
use jiff::civil::Time;

use super::say::{at, countdown};
use super::{coached, danger, press};
use crate::command::button;
use crate::practice::input::{FormId, MenuId};
use crate::practice::own::state::Settings;
use crate::practice::own::{OwnForm, OwnMenu, OwnPress};
use crate::practice::rules::{CoachRule, Zone};
use crate::words::text::{clock, count};
use crate::words::{Content, Field, File, Form, Menu, MenuOption, Message, color, framed, streak};

/// One's settings, with a menu for each.
pub(super) fn message(
    settings: &Settings,
    (zone, own_zone): (&Zone, bool),
    day_starts: Time,
    usual: u8,
    closed: bool,
    coach: Option<(&CoachRule, Option<bool>)>,
) -> Message {
    let a_day = settings.a_day.unwrap_or(usual);
    let before = settings.reminder.unwrap_or(0);
    let whose = if own_zone {
        "yours; `/zone name:` changes it"
    } else {
        "the team's; `/zone name:` sets your own"
    };
    let mut parts = vec![
        format!(
            "**Time zone:** {}, {whose}.\n**Your day begins:** {}",
            zone.name(),
            clock(day_starts),
        ),
        format!("**Reminder:** {}", reminder_line(settings)),
        format!("**Leaderboard and map of the team:** {}", shared_line(settings.shared)),
        format!("**Reviews a day:** at most {a_day}"),
    ];
    parts.extend(coach.map(|(coach, agreed)| coached::settled(coach, agreed)));
    if closed {
        parts.push(
            "My last reminder did not reach you, so reminders are off. Allow private messages \
             from this server, then choose a time again."
                .to_owned(),
        );
    }
    let mut message = framed("Your settings", parts.join("\n\n"), color::STATE);
    message.menus = vec![
        menu(OwnMenu::Reminder, "Reminder", before, reminder_label),
        menu(OwnMenu::Shared, "Leaderboard", u8::from(settings.shared), shared_label),
        menu(OwnMenu::Grades, "Grades", if settings.two_grades { 2 } else { 4 }, grades_label),
        menu(OwnMenu::ADay, &format!("Reviews a day: {a_day}"), a_day, a_day_label),
    ];
    let mut row = Vec::new();
    // Without a reminder there is nothing to be quiet about.
    if settings.reminder.is_some() {
        row.push(press(OwnPress::Quiet, "Quiet hours"));
    }
    row.extend(coach.into_iter().flat_map(|(_, agreed)| coached::switch(agreed)));
    if !row.is_empty() {
        message.rows = vec![row];
    }
    message
}

fn reminder_line(settings: &Settings) -> String {
    let quiet = settings.quiet.map(|(from, to)| format!("from {} to {}", clock(from), clock(to)));
    match (settings.reminder, quiet) {
        (None, quiet) => {
            let off = "off. If you switch it on, I write to you before a practice day ends on \
                       which your streak is at stake, at most once a day.";
            let kept = quiet.map(|quiet| {
                format!(" Your quiet hours {quiet} are kept; they matter once a reminder is on.")
            });
            format!("{off}{}", kept.unwrap_or_default())
        }
        (Some(before), quiet) => {
            let hours = count(before.into(), "hour", "hours");
            let quiet = quiet.map_or("no quiet hours".to_owned(), |quiet| format!("quiet {quiet}"));
            format!("{hours} before your day ends, if your streak is at stake; {quiet}")
        }
    }
}

const fn shared_line(shared: bool) -> &'static str {
    if shared {
        "team-mates see your practice days, how many questions, and in which topics; never an \
         answer or a grade"
    } else {
        "you are not named"
    }
}

/// A closed menu shows nothing but its chosen option, so each option says what it is about.
fn menu(menu: OwnMenu, placeholder: &str, now: u8, label: fn(u8) -> String) -> Menu {
    let options = menu.values().iter().map(|value| MenuOption {
        label: label(*value),
        description: String::new(),
        chosen: *value == now,
    });
    Menu {
        custom_id: button::menu_id(MenuId::Own(menu)),
        placeholder: placeholder.to_owned(),
        options: options.collect(),
        choose: (1, 1),
    }
}

fn reminder_label(hours: u8) -> String {
    match hours {
        0 => "Reminder: off".to_owned(),
        hours => {
            format!("Reminder: {} before the day ends", count(hours.into(), "hour", "hours"))
        }
    }
}

fn shared_label(shared: u8) -> String {
    let state = if shared == 0 { "not on it" } else { "on it" };
    format!("Leaderboard: {state}")
}

fn grades_label(grades: u8) -> String {
    if grades == 2 { "Grades: Missed, Got it" } else { "Grades: Missed, Partly, Got it, Easy" }
        .to_owned()
}

fn a_day_label(a_day: u8) -> String {
    format!("Reviews a day: {a_day}")
}

/// The quiet hours.
pub(super) fn quiet_form(quiet: Option<(Time, Time)>) -> Form {
    let value = quiet.map(|(from, to)| format!("{}-{}", clock(from), clock(to)));
    Form {
        custom_id: button::form_id(FormId::Own(OwnForm::Quiet)),
        title: "Quiet hours".to_owned(),
        fields: vec![Field {
            label: "From and to; empty for none".to_owned(),
            placeholder: "22:00-07:00".to_owned(),
            value: value.unwrap_or_default(),
            most: 20,
            required: false,
            long: false,
        }],
    }
}

/// Everything that is known about a member.
pub(super) fn export(json: &str) -> Message {
    let text = "Everything that I know about you in this team, as JSON. Only you see this message.";
    let mut message = framed("Your data", text, color::STATE);
    message.files = vec![File {
        name: "mockingbird-export.json".to_owned(),
        alt: String::new(),
        content: Content::Text(json.to_owned()),
    }];
    message
}

/// Whether everything is to be forgotten.
pub(super) fn forget_really() -> Message {
    let text = "This deletes everything that I know about you in this team: streak, grades, \
                reviews, settings, your interviews with what others wrote about you in them, and \
                your part in the interviews of others. It cannot be undone, and no older file of \
                mine keeps it.\n\nEach server is a team of its own, and so is your private chat \
                with me: what I know about you elsewhere, you delete there.\n\nNot deleted: \
                messages that stand in Discord, and copies that whoever runs me has made. Counts \
                of the team and reports that you sent stay; they do not say who.";
    let mut message = framed("Forget me", text, color::REFUSAL);
    message.rows = vec![vec![
        danger(OwnPress::ForgetForGood, "Forget me for good"),
        press(OwnPress::Export, "Export first"),
    ]];
    message
}

/// Everything is forgotten.
pub(super) fn forgotten() -> Message {
    let text = "Done. I know nothing about you in this team any more. If you practice again, you \
                begin anew.";
    framed("Forgotten", text, color::STATE)
}

/// Reminders are off.
pub(super) fn reminder_off() -> Message {
    let text = "I send you no reminders any more. In the server, `/me` and **Settings** switch \
                them on again.";
    framed("Reminders off", text, color::STATE)
}

/// A reminder, in a private message.
pub(super) fn reminder(
    server: u64,
    length: u32,
    ends: Timestamp,
    frozen: bool,
    due: u16,
) -> Message {
    let at_stake = if frozen {
        "If you do not practice today, it costs a freeze; the streak stays."
    } else {
        "If you do not practice today, it ends."
    };
    let due = match due {
        0 => "`/quiz` or `/sprint` in the server brings you a question.".to_owned(),
        some => format!(
            "{} due: `/review` in the server. One is enough.",
            count(some.into(), "question is", "questions are")
        ),
    };
    let text = format!(
        "{}. {at_stake}\nYour day ends at {} ({}).\n\n{due}",
        streak::run(length),
        at(ends),
        countdown(ends)
    );
    let mut message = framed("Your streak", text, color::STATE);
    message.rows = vec![vec![press(OwnPress::ReminderOff(server), "No more reminders")]];
    message
}
