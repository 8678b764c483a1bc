//! A question in private, and what belongs to it: its hint, follow-ups and related questions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::grades::{known, rows, told};
use super::say::{at, countdown, short};
use super::{ask, first, hint_button, press, prompt, type_button};
use crate::bank::{FollowUp, Question};
use crate::practice::own::view::{OwnQuestion, PartOf};
use crate::practice::own::{Flow, Key, OwnPress};
use crate::words::limits::DESCRIPTION;
use crate::words::markup::contained;
use crate::words::pages::split;
use crate::words::question::{about, prompt as large};
use crate::words::text::units;
use crate::words::{Button, Embed, Message, color, framed};

/// Characters of a text of the bank's in one embed: what is closed at a cut has room, too.
const TEXT: usize = DESCRIPTION - 100;
/// Related questions that are offered.
const RELATED: usize = 3;

/// A question without its answer.
pub(super) fn message(view: &OwnQuestion) -> Message {
    let question = &view.question;
    let mut message =
        framed(title(view.part_of), piece(&large(&question.prompt), TEXT), color::QUESTION);
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields.push((short(&about(question), 300), state(view)));
        embed.footer = question.id.to_string();
    }
    if let Some((graded, came)) = &view.before {
        message.embeds.insert(
            0,
            Embed { description: told(graded, came), color: color::STATE, ..Embed::default() },
        );
    }
    message.rows = buttons(view);
    message
}

/// What a question is part of: "Review · 3 due, 1 new".
pub(super) fn title(part_of: PartOf) -> String {
    match part_of {
        PartOf::Itself => "Question".to_owned(),
        PartOf::Review { due: 0, new: 0 } => "Review".to_owned(),
        PartOf::Review { due, new: 0 } => format!("Review · {due} due"),
        PartOf::Review { due: 0, new } => format!("Review · {new} new"),
        PartOf::Review { due, new } => format!("Review · {due} due, {new} new"),
        PartOf::Sprint { step: (step, of), .. } => {
            format!("Sprint · {} of {of}", u16::from(step) + 1)
        }
    }
}

fn state(view: &OwnQuestion) -> String {
    let known = known(view.known);
    match view.part_of {
        PartOf::Itself | PartOf::Review { .. } => known,
        PartOf::Sprint { until, .. } => {
            format!("{known}\nUntil {} ({})", at(until), countdown(until))
        }
    }
}

fn buttons(view: &OwnQuestion) -> Vec<Vec<Button>> {
    let key = Key::of(&view.question.id);
    let hint = hint_button(&view.question);
    let mut row = match view.part_of {
        PartOf::Itself => vec![first(OwnPress::Answer(key), "Show answer")],
        PartOf::Review { .. } => vec![first(OwnPress::ReviewAnswer(key), "Show answer")],
        PartOf::Sprint { sprint, step: (step, _), .. } => {
            vec![first(OwnPress::SprintAnswer(sprint, step), "Show answer")]
        }
    };
    row.push(type_button(&view.question, super::typed::flow(view.part_of, Flow::New)));
    row.extend(hint);
    let mut second = Vec::new();
    match view.part_of {
        PartOf::Itself => {}
        PartOf::Review { .. } => {
            if let Some((_, graded)) = view.before.as_ref().filter(|(_, g)| g.can_take_back) {
                row.push(press(OwnPress::ReviewTakeBack(graded.key), "Take back"));
            }
        }
        PartOf::Sprint { sprint, step: (step, _), .. } => {
            row.push(press(OwnPress::SprintSkip(sprint, step), "Skip"));
            row.push(press(OwnPress::SprintEnd(sprint), "End sprint"));
        }
    }
    if let Some((question, graded)) = &view.before {
        second = super::grades::leech_row(question, graded);
    }
    rows(vec![row, second])
}

/// The beginning of a text that is contained, closed in itself.
pub(super) fn piece(text: &str, room: usize) -> String {
    if units(text) <= room {
        return text.to_owned();
    }
    let pieces = split(text, room.saturating_sub(80));
    let first = pieces.first().map(crate::words::pages::Piece::shown).unwrap_or_default();
    format!("{first}\n…")
}

/// The hint.
pub(super) fn hint(question: &Question) -> Message {
    let text = question.hint.as_deref().map_or("", str::trim);
    let text =
        if text.is_empty() { "This question has no hint.".to_owned() } else { contained(text) };
    let mut message = framed("Hint", piece(&text, TEXT), color::QUESTION);
    if let Some(embed) = message.embeds.first_mut() {
        embed.footer = question.id.to_string();
    }
    message
}

/// A follow-up, with or without its answer.
pub(super) fn follow_up(
    question: &Question,
    number: u8,
    follow_up: &FollowUp,
    shown: bool,
) -> Message {
    let key = Key::of(&question.id);
    let all = question.follow_ups.len();
    let place = usize::from(number) + 1;
    let title =
        if all > 1 { format!("Follow-up {place} of {all}") } else { "Follow-up".to_owned() };
    let asked = piece(&large(&follow_up.prompt), if shown { 1_400 } else { TEXT });
    let mut message = framed(title, asked, color::QUESTION);
    if let Some(embed) = message.embeds.first_mut() {
        embed.footer = format!("after {}", question.id);
    }
    if !shown {
        message.rows = vec![vec![first(OwnPress::FollowUpAnswer(key, number), "Show answer")]];
        return message;
    }
    let answer = piece(&contained(follow_up.answer.trim()), TEXT);
    let answer =
        if answer.is_empty() { "The bank has no answer to it.".to_owned() } else { answer };
    message.embeds.push(Embed { description: answer, color: color::ANSWER, ..Embed::default() });
    if let Some(next) = number.checked_add(1).filter(|next| usize::from(*next) < all) {
        message.rows = vec![vec![press(OwnPress::FollowUp(key, next), "Next follow-up")]];
    }
    message
}

/// Related questions, with a button each.
pub(super) fn related(to: &Question, questions: &[Arc<Question>]) -> Message {
    let mut seen = BTreeSet::new();
    let offered: Vec<&Arc<Question>> = questions
        .iter()
        .filter(|question| seen.insert(Key::of(&question.id)))
        .take(RELATED)
        .collect();
    if offered.is_empty() {
        let text = "The bank has no related question any more.";
        return framed("Related questions", text, color::STATE);
    }
    let list: Vec<String> = offered
        .iter()
        .zip(1..)
        .map(|(question, number): (_, u32)| {
            format!("{number}. {}\n-# {}", prompt(question, 300), short(&about(question), 200))
        })
        .collect();
    let text = format!("Close to “{}”:\n\n{}", prompt(to, 120), list.join("\n"));
    let mut message = framed("Related questions", text, color::STATE);
    // A row each: a phone shows little of a label that shares its row.
    message.rows =
        offered.iter().zip(1..).map(|(question, number)| vec![ask(number, question)]).collect();
    message
}
