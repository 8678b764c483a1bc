//! What one interviewer sees of a question, and what a candidate sees whom the bot interviews:
//! the model answer, mistakes, what follows with answers, and key points to tick.

use std::collections::BTreeSet;

use super::evidence::evidence as found;
use super::say::{first, plain, press, short};
use crate::bank::{FollowUp, Question};
use crate::command::button;
use crate::practice::input::MenuId;
use crate::practice::interview::view::{Onward, Where};
use crate::practice::interview::{MockMenu, MockPress, Of};
use crate::practice::own::TypedView;
use crate::words::limits::{EMBED_TOTAL, OPTION, OPTIONS};
use crate::words::markup::contained;
use crate::words::pages::{Piece, split};
use crate::words::text::{clip, units};
use crate::words::{Embed, Menu, MenuOption, Message, color};

/// Characters in one frame: two of them and the key points are one message.
const PAGE: usize = 2_400;
/// Characters in one message: below the limit, because nothing may be cut off.
const MESSAGE: usize = EMBED_TOTAL - 200;
/// Longest key point as it is listed; a bank may have 300 characters.
const POINT: usize = 300;

/// For an interviewer. Several messages if it is long; the menu stands in the last one.
pub(super) fn kit(
    place: Where,
    question: &Question,
    ticked: &BTreeSet<u8>,
    evidence: Option<&TypedView>,
) -> Vec<Message> {
    let number = u16::from(place.question) + 1;
    let title = format!("Kit of question {number}: {}", short(&question.prompt, 100));
    let evidence = evidence.map(|evidence| found(question, evidence));
    let points = points(question, ticked, "Tick what the candidate says.");
    let mut messages = packed(title, question, evidence.into_iter().chain([points]));
    ticks(&mut messages, place, question, ticked, "Key points that the candidate made");
    if let Some(last) = messages.last_mut().filter(|_| !question.key_points.is_empty()) {
        let heard = MockPress::Heard(place.turn, place.question);
        last.rows = vec![vec![press(place.interview, heard, "Paste what was said")]];
    }
    messages
}

/// For a candidate whom the bot interviews; with the button that goes on while the
/// question is under way.
pub(super) fn model(
    place: Where,
    question: &Question,
    ticked: &BTreeSet<u8>,
    open: bool,
    next: Option<Onward>,
) -> Vec<Message> {
    let number = u16::from(place.question) + 1;
    let title = format!("Model answer to question {number}");
    let ask = if open { "Tick what you said." } else { "" };
    let mut messages = packed(title, question, [points(question, ticked, ask)]);
    if open {
        ticks(&mut messages, place, question, ticked, "Key points that you made");
    }
    let mut row = Vec::new();
    if let Some(next) = next {
        let label = match next {
            Onward::Question => "Next",
            Onward::End => "Finish",
        };
        let next = MockPress::Next(place.turn, place.question);
        row.push(first(place.interview, next, label));
    }
    // Also where nothing was written: a message whose news was lost is known by what it first said.
    if open && !question.key_points.is_empty() {
        let found = MockPress::Found(place.turn, place.question);
        row.push(press(place.interview, found, "What I wrote"));
    }
    if let Some(last) = messages.last_mut().filter(|_| !row.is_empty()) {
        last.rows = vec![row];
    }
    messages
}

/// The frames of a question, and what stands below it, in as few messages as hold them.
fn packed(
    title: String,
    question: &Question,
    last: impl IntoIterator<Item = Embed>,
) -> Vec<Message> {
    let mut embeds = frames(&document(question));
    if let Some(first) = embeds.first_mut() {
        first.title = title;
    }
    embeds.extend(last);
    let mut messages: Vec<Message> = Vec::new();
    let mut used = 0;
    for embed in embeds {
        let size = units(&embed.title) + units(&embed.description);
        match messages.last_mut() {
            Some(last) if used + size <= MESSAGE => last.embeds.push(embed),
            _ => {
                used = 0;
                messages.push(Message { embeds: vec![embed], ..Message::default() });
            }
        }
        used += size;
    }
    messages
}

fn frames(text: &str) -> Vec<Embed> {
    let shown = split(text, PAGE).iter().map(Piece::shown).collect::<Vec<_>>();
    shown
        .into_iter()
        .map(|description| Embed { description, color: color::ANSWER, ..Embed::default() })
        .collect()
}

fn document(question: &Question) -> String {
    let mut parts = Vec::new();
    parts.extend(question.probes.as_deref().map(|probes| format!("*{}*", short(probes, 300))));
    parts.push(contained(question.answer.trim()));
    let pitfalls: Vec<String> = question
        .pitfalls
        .iter()
        .map(|pitfall| format!("- {}", contained(pitfall.trim()).replace('\n', "\n  ")))
        .collect();
    if !pitfalls.is_empty() {
        parts.push(format!("**Common mistakes**\n{}", pitfalls.join("\n")));
    }
    let asked: Vec<String> = question.follow_ups.iter().map(asked_next).collect();
    if !asked.is_empty() {
        parts.push(format!("**Follow-ups**\n{}", asked.join("\n\n")));
    }
    parts.extend(
        question
            .pushback
            .as_ref()
            .map(|pushback| format!("**Pushback**\n{}", asked_next(pushback))),
    );
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

fn asked_next(follow_up: &FollowUp) -> String {
    let prompt = contained(follow_up.prompt.trim()).replace('\n', "\n  ");
    format!("- {prompt}\n{}", contained(follow_up.answer.trim())).trim_end().to_owned()
}

/// The key points as a list.
fn points(question: &Question, ticked: &BTreeSet<u8>, ask: &str) -> Embed {
    let shown: Vec<String> = question
        .key_points
        .iter()
        .take(OPTIONS)
        .zip(0_u8..)
        .map(|(point, index)| {
            let mark = if ticked.contains(&index) { "☑" } else { "☐" };
            format!("{}. {mark} {}", u16::from(index) + 1, short(&point.point, POINT))
        })
        .collect();
    let description = if shown.is_empty() {
        "This question has no key points to tick.".to_owned()
    } else {
        format!("{}\n\n{ask}", super::say::lines(&shown, 3_900)).trim_end().to_owned()
    };
    Embed { title: "Key points".to_owned(), description, color: color::ANSWER, ..Embed::default() }
}

fn ticks(
    messages: &mut [Message],
    place: Where,
    question: &Question,
    ticked: &BTreeSet<u8>,
    placeholder: &str,
) {
    let points = question.key_points.iter().take(OPTIONS).zip(0_u8..);
    let options: Vec<MenuOption> = points
        .map(|(point, index)| MenuOption {
            label: clip(&format!("{}. {}", u16::from(index) + 1, unmarked(&point.point)), OPTION),
            description: String::new(),
            chosen: ticked.contains(&index),
        })
        .collect();
    let what = MockMenu::Points(place.turn, place.question);
    if let (Some(last), Ok(all)) = (messages.last_mut(), u8::try_from(options.len()))
        && all > 0
    {
        last.menus = vec![Menu {
            custom_id: button::menu_id(MenuId::Mock(Of { interview: place.interview, what })),
            placeholder: placeholder.to_owned(),
            options,
            choose: (0, all),
        }];
    }
}

/// A point where no Markdown is rendered.
fn unmarked(point: &str) -> String {
    plain(&crate::words::plain(point), OPTION)
}
