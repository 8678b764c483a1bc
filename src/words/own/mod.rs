//! What people read in and about their own practice: which view is said where.

mod answer;
mod coached;
mod digest;
mod grades;
mod map;
mod me;
mod question;
mod refusal;
mod report;
mod review;
mod settings;
mod topics;
mod typed;

pub(super) use grades::row as grade_row;
pub(super) use refusal::sentence as refusal;
pub(super) use typed::own_words as typed_words;

use super::interview::say;
use super::{Button, ButtonStyle, Form, Message};
use crate::bank::Question;
use crate::command::button;
use crate::practice::input::Press;
use crate::practice::own::{Flow, Key, OwnFormView, OwnPress, OwnView};

/// A view of own practice as messages. Everything that changes when it is pressed is one message.
pub(super) fn messages(view: &OwnView) -> Vec<Message> {
    use OwnView as V;
    let message = match view {
        V::Question(question) => question::message(question),
        V::Answer { question, graded, standing } => {
            answer::message(question, graded.as_ref(), standing.as_ref())
        }
        V::Typed { question, standing } => typed::message(question, standing.as_ref()),
        V::CoachAsks { coach, question, points, typed } => {
            coached::asks_first(coach, question, *points, *typed)
        }
        V::Graded { question, graded } => grades::kept(question, graded),
        V::TakenBack { question } => grades::taken_back(question),
        V::Hint { question } => question::hint(question),
        V::FollowUp { question, number, follow_up, shown } => {
            question::follow_up(question, *number, follow_up, *shown)
        }
        V::Related { to, questions } => question::related(to, questions),
        V::ReportWhat { question } => report::what(question),
        V::Reported { question, fault } => report::kept(question, *fault),
        V::Reports { reports, of } => report::list(reports, *of),
        V::ReviewOver(over) => review::over(over),
        V::SprintOver(over) => review::sprint_over(over),
        V::Me(progress) => me::message(progress),
        V::Settings { settings, zone, day_starts, usual, closed, coach } => {
            let coach = coach.as_ref().map(|(coach, agreed)| (coach, *agreed));
            let zone = (&zone.0, zone.1);
            settings::message(settings, zone, *day_starts, *usual, *closed, coach)
        }
        V::Export { json } => settings::export(json),
        V::ForgetReally => settings::forget_really(),
        V::Forgotten => settings::forgotten(),
        V::ReminderOff => settings::reminder_off(),
        V::Reminder { server, length, ends, frozen, due } => {
            settings::reminder(*server, *length, *ends, *frozen, *due)
        }
        V::Team(view) => map::team(view),
        // Everybody reads it, so it does not say whether the asker shares.
        V::Leaderboard { period, from, places, more, shares: _ } => {
            map::leaderboard(*period, *from, places, *more)
        }
        V::Digest(week) => digest::week(week),
        V::DigestStatus { digest, next, changed } => {
            digest::status(digest.as_ref(), *next, *changed)
        }
        V::Topics(all) => return topics::messages(all),
    };
    vec![message]
}

/// A form.
pub(super) fn form(view: &OwnFormView) -> Form {
    match view {
        OwnFormView::Report { key, prompt, fault } => report::form(*key, prompt, *fault),
        OwnFormView::Typed { key, flow, prompt, before } => {
            typed::form(*key, *flow, prompt, before)
        }
        OwnFormView::Quiet { quiet } => settings::quiet_form(*quiet),
    }
}

/// A button of own practice.
fn press(what: OwnPress, label: &str) -> Button {
    Button {
        custom_id: button::custom_id(Press::Own(what)),
        label: label.to_owned(),
        emoji: None,
        style: ButtonStyle::Secondary,
    }
}

/// The button that is the thing to do.
fn first(what: OwnPress, label: &str) -> Button {
    Button { style: ButtonStyle::Primary, ..press(what, label) }
}

/// The button that cannot be taken back.
fn danger(what: OwnPress, label: &str) -> Button {
    Button { style: ButtonStyle::Danger, ..press(what, label) }
}

/// The buttons under every answer: what to ask next, and what is wrong with it.
pub(super) fn more(question: &Question) -> Vec<Button> {
    let key = Key::of(&question.id);
    let mut row = Vec::new();
    if !question.follow_ups.is_empty() {
        row.push(press(OwnPress::FollowUp(key, 0), "Follow-up"));
    }
    if !question.related.is_empty() {
        row.push(press(OwnPress::Related(key), "Related"));
    }
    row.push(press(OwnPress::Report(key), "Report"));
    row
}

/// The hint of a question, if it has one.
pub(super) fn hint_button(question: &Question) -> Option<Button> {
    let there = question.hint.as_deref().is_some_and(|hint| !hint.trim().is_empty());
    there.then(|| press(OwnPress::Hint(Key::of(&question.id)), "Hint"))
}

/// The button under a question that opens the form for an answer.
pub(super) fn type_button(question: &Question, flow: Flow) -> Button {
    press(OwnPress::Type(Key::of(&question.id), flow), "Answer")
}

/// A prompt in one line of ours.
fn prompt(question: &Question, most: usize) -> String {
    say::short(&super::plain(&question.prompt), most)
}

/// A button with what is asked on it.
fn ask(number: usize, question: &Question) -> Button {
    let prompt = say::plain(&super::plain(&question.prompt), 70);
    press(OwnPress::Ask(Key::of(&question.id)), &format!("{number}. {prompt}"))
}
