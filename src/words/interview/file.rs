//! Everything about the opened scorecards of a turn as a Markdown file. Nobody is mentioned in it,
//! and what people wrote is quoted, so that it cannot pass for what we say.

use std::fmt::Write as _;

use super::opened::{covered, date, role};
use super::say::{plain, short};
use super::{bands, differences};
use crate::practice::interview::view::{OpenedCard, OpenedQuestion, OpenedView};
use crate::words::markup::contained;

pub(super) fn text(view: &OpenedView) -> String {
    let mut text = format!("# Mock interview: {}\n\n", heading(&view.plan.title, 60));
    let _ = writeln!(text, "- Date: {} (UTC)", date(view));
    let _ = writeln!(text, "- Candidate: Discord member {}", view.candidate);
    for card in differences::others(view) {
        let _ = writeln!(text, "- {}: Discord member {}", role(view, card), card.by);
    }
    for member in &view.missing {
        let _ = writeln!(text, "- No scorecard in time: Discord member {member}");
    }
    let _ = write!(text, "\n## Bands\n\n{}\n", table(view));
    let _ = writeln!(text, "{}\n", differences::verdict(view));
    for sentence in differences::sentences(view, |card| the(view, card)) {
        let _ = writeln!(text, "- {}", capital(&sentence));
    }
    for card in &view.cards {
        text.push_str(&scorecard(view, card));
    }
    text.push_str("\n## Questions\n");
    for (asked, number) in view.questions.iter().zip(1..) {
        text.push_str(&question(asked, number));
    }
    text
}

/// A role in a sentence; one that has a number needs no article.
fn the(view: &OpenedView, card: &OpenedCard) -> String {
    let role = role(view, card);
    let numbered = role.ends_with(|last: char| last.is_ascii_digit());
    if numbered { role } else { format!("the {}", role.to_lowercase()) }
}

/// A text of somebody else's in a heading.
fn heading(text: &str, most: usize) -> String {
    short(text, most).replace('<', "\\<")
}

/// A row for each dimension, a column for each card.
fn table(view: &OpenedView) -> String {
    let cell = |text: &str| plain(text, 60).replace(['|', '<', '`', '*', '_', '\\', '['], " ");
    let roles: Vec<String> = view.cards.iter().map(|card| role(view, card)).collect();
    if roles.is_empty() {
        return String::new();
    }
    let mut text = format!("| | {} |\n", roles.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(roles.len()));
    for (index, dimension) in view.plan.rubric.dimensions.iter().enumerate() {
        let bands = view.cards.iter().map(|card| {
            differences::band(card, index)
                .map_or("none".to_owned(), |band| format!("{} {}", band + 1, bands::name(band)))
        });
        let bands: Vec<String> = bands.collect();
        let _ = writeln!(text, "| {} | {} |", cell(&dimension.title), bands.join(" | "));
    }
    text
}

/// A sentence begins with a capital letter.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn scorecard(view: &OpenedView, card: &OpenedCard) -> String {
    let mut text = format!("\n## Scorecard: {}\n", role(view, card));
    for (index, dimension) in view.plan.rubric.dimensions.iter().enumerate() {
        let band = differences::band(card, index);
        let name = band.map_or("no band", bands::name);
        let _ = write!(text, "\n### {}: {name}\n", heading(&dimension.title, 40));
        let sentence = band.and_then(|band| dimension.bands.get(usize::from(band)));
        if let Some(sentence) = sentence {
            let _ = write!(text, "\n{}\n", heading(sentence, 100));
        }
        text.push_str(&quote(card.card.comments.get(index).map_or("", String::as_str)));
    }
    for (title, written) in [("Went well", &card.card.well), ("Try next", &card.card.next)] {
        if !written.trim().is_empty() {
            let _ = write!(text, "\n### {title}\n{}", quote(written));
        }
    }
    text
}

fn question(asked: &OpenedQuestion, number: u32) -> String {
    let mut text = format!("\n### Question {number}: `{}`\n", asked.question.id);
    text.push_str(&quote(&asked.question.prompt));
    let _ = write!(text, "\nKey points: {}\n", covered(asked));
    if asked.judged && !asked.question.key_points.is_empty() {
        text.push('\n');
        for (point, index) in asked.question.key_points.iter().zip(0_u8..) {
            let mark = if asked.ticked.contains(&index) { "x" } else { " " };
            let _ = writeln!(text, "- [{mark}] {}", heading(&point.point, 300));
        }
    }
    for answer in asked.answers.iter().filter(|answer| !answer.trim().is_empty()) {
        let _ = write!(text, "\nAnswer in writing:\n{}", quote(answer));
    }
    text
}

/// What somebody wrote, quoted line by line; nothing where nothing is written.
fn quote(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        contained(text.trim()).lines().map(|line| format!("> {}", line.trim_end())).collect();
    format!("\n{}\n", lines.join("\n"))
}
