//! The answer of a question, for everybody, in as many pages as it needs.

use super::limits::TITLE;
use super::markup::contained;
use super::pages::split;
use super::question::about;
use super::text::{one_line, units};
use super::{Embed, Message, color, own};
use crate::bank::{FollowUp, Question};
use crate::practice::ids::{MemberId, PostId};
use crate::practice::own::OwnPress;

/// Characters on a page: fewer than an embed holds, because a page is read on a phone, and because
/// markers are added where a page ends.
const PAGE: usize = 3_500;

/// So many of those who revealed an answer are named.
const NAMED: usize = 20;

pub(super) fn public(post: PostId, question: &Question, revealed_by: &[MemberId]) -> Vec<Message> {
    let mut pages = pages(question);
    if let Some(last) = pages.last_mut() {
        if let Some(embed) = last.embeds.first_mut().filter(|_| !revealed_by.is_empty()) {
            embed.fields.push(("Revealed by".to_owned(), names(revealed_by)));
        }
        // Whoever presses grades for themselves, and is answered in private.
        let grades = own::grade_row(false, |grade| OwnPress::GradePost(post, grade));
        last.rows = vec![grades, own::more(question)];
    }
    pages
}

fn names(members: &[MemberId]) -> String {
    let mut names: Vec<String> =
        members.iter().take(NAMED).map(|member| format!("<@{member}>")).collect();
    if members.len() > NAMED {
        names.push(format!("{} more", members.len() - NAMED));
    }
    super::text::listed(&names)
}

fn pages(question: &Question) -> Vec<Message> {
    let (title, text) = document(question);
    let mut shown: Vec<String> = split(&text, PAGE)
        .iter()
        .filter(|piece| !piece.text.trim().is_empty())
        .map(super::pages::Piece::shown)
        .collect();
    if shown.is_empty() {
        // Nothing but blanks: the title and the footer are still worth a page.
        shown.push(String::new());
    }
    let all = shown.len();
    shown
        .into_iter()
        .enumerate()
        .map(|(index, description)| {
            let first = index == 0;
            Message {
                embeds: vec![Embed {
                    title: if first { title.clone() } else { String::new() },
                    description,
                    color: color::ANSWER,
                    fields: Vec::new(),
                    footer: footer(question, index + 1, all),
                }],
                ..Message::default()
            }
        })
        .collect()
}

fn footer(question: &Question, page: usize, all: usize) -> String {
    let name = if page == 1 {
        format!("{} · {}", question.id, about(question))
    } else {
        question.id.to_string()
    };
    if all == 1 { name } else { format!("{page}/{all} · {name}") }
}

/// The title and everything that is said, as one text. Each text of the bank is contained, so that
/// none reaches into the next.
fn document(question: &Question) -> (String, String) {
    let prompt = question.prompt.trim();
    let mut parts: Vec<String> = Vec::new();
    let title = contained(&one_line(prompt));
    let in_title = !prompt.contains(['\n', '\r']) && !title.is_empty() && units(&title) <= TITLE;
    let title = if in_title {
        title
    } else {
        parts.push(quote(prompt));
        "Answer".to_owned()
    };
    parts.push(contained(question.answer.trim()));
    let points = question.key_points.iter().map(|point| &*point.point);
    parts.extend(list("Key points", points));
    parts.extend(list("Common mistakes", question.pitfalls.iter().map(String::as_str)));
    parts.extend(follow_ups(question));
    parts.extend(list("Sources", question.sources.iter().map(String::as_str)));
    parts.retain(|part| !part.is_empty());
    (title, parts.join("\n\n"))
}

/// A prompt that is too long for a title. A fence inside a quote is not rendered everywhere, so
/// such a prompt stands as it is.
pub(super) fn quote(prompt: &str) -> String {
    let text = contained(prompt);
    if text.contains("```") {
        return text;
    }
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

pub(super) fn list<'a>(heading: &str, items: impl Iterator<Item = &'a str>) -> Option<String> {
    let lines: Vec<String> = items
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| format!("- {}", contained(item).replace('\n', "\n  ")))
        .collect();
    (!lines.is_empty()).then(|| format!("**{heading}**\n{}", lines.join("\n")))
}

/// What to ask next; the answers are behind spoilers where nothing in them would open these.
fn follow_ups(question: &Question) -> Vec<String> {
    let mut parts: Vec<String> = question.follow_ups.iter().map(asked_next).collect();
    if let Some(first) = parts.first_mut() {
        first.insert_str(0, "**Follow-up questions**\n");
    }
    parts.extend(pushback(question));
    parts
}

/// How an interviewer raises the stakes, with the answer behind a spoiler.
pub(super) fn pushback(question: &Question) -> Option<String> {
    let pushback = question.pushback.as_ref().map(asked_next);
    pushback.map(|pushback| format!("**If the interviewer raises the stakes**\n{pushback}"))
}

fn asked_next(follow_up: &FollowUp) -> String {
    let prompt = contained(follow_up.prompt.trim()).replace('\n', "\n  ");
    let answer = contained(follow_up.answer.trim());
    let open = answer.contains("```") || answer.contains('|');
    let shown = if answer.is_empty() || open { answer } else { format!("||{answer}||") };
    format!("- {prompt}\n{shown}").trim_end().to_owned()
}
