//! The answer of a question in private: one message, because the next press changes it. What does
//! not fit stands in a file.

use super::grades::{back, leech, name, row_of, rows};
use super::question::piece;
use super::{first, more, press};
use crate::bank::Question;
use crate::practice::own::view::{Graded, OwnQuestion, PartOf};
use crate::practice::own::{Grade, OwnPress};
use crate::practice::streak::Standing;
use crate::practice::view::Counted;
use crate::words::answer::{list, pushback, quote};
use crate::words::limits::{EMBED_TOTAL, TITLE};
use crate::words::markup::contained;
use crate::words::pages::{Piece, split};
use crate::words::question::about;
use crate::words::text::{one_line, units};
use crate::words::{Button, Content, Embed, File, Message, color, streak};

/// Characters in one frame.
const FRAME: usize = 3_800;
/// What is put around the frames, and to spare.
const AROUND: usize = 300;
/// Where the rest of a long answer is.
const FILE: &str = "answer.md";

/// An answer with its grades, or with what came of one.
pub(super) fn message(
    view: &OwnQuestion,
    graded: Option<&Graded>,
    standing: Option<&(Standing, Counted)>,
) -> Message {
    let question = &view.question;
    let (title, parts) = document(view);
    let fields = fields(view, graded, standing);
    let mut footer = format!("{} · {}", question.id, about(question));
    let around: usize = fields.iter().map(|(name, value)| units(name) + units(value)).sum();
    let room = EMBED_TOTAL
        .saturating_sub(AROUND + around + units(&title) + units(&footer) + FILE.len() + 40);
    let whole = parts.join("\n\n");
    let text = fitting(&parts, room);
    let mut message = Message::default();
    if text != whole {
        footer = format!("{footer} · everything in full: {FILE}");
        message.files.push(File {
            name: FILE.to_owned(),
            alt: String::new(),
            content: Content::Text(format!("# {title}\n\n{whole}\n")),
        });
    }
    message.embeds = split(&text, FRAME)
        .iter()
        .map(Piece::shown)
        .filter(|shown| !shown.trim().is_empty())
        .map(|description| Embed { description, color: color::ANSWER, ..Embed::default() })
        .collect();
    if message.embeds.is_empty() {
        message.embeds.push(Embed { color: color::ANSWER, ..Embed::default() });
    }
    if let Some(first) = message.embeds.first_mut() {
        first.title = title;
    }
    if let Some(last) = message.embeds.last_mut() {
        last.fields = fields;
        last.footer = footer;
    }
    message.menus = super::typed::menu(view).into_iter().collect();
    message.rows = buttons(view, graded);
    message
}

/// The title and what is said below it, the most important first. Follow-ups and related questions
/// have buttons.
fn document(view: &OwnQuestion) -> (String, Vec<String>) {
    let question = &view.question;
    let asked = question.prompt.trim();
    let title = contained(&one_line(asked));
    let in_title = !asked.contains(['\n', '\r']) && !title.is_empty() && units(&title) <= TITLE;
    let mut parts = Vec::new();
    let title = if in_title {
        title
    } else {
        parts.push(piece(&quote(asked), 1_200));
        "Answer".to_owned()
    };
    parts.push(contained(question.answer.trim()));
    let missed = |index: usize| view.missed_points.iter().any(|point| usize::from(*point) == index);
    let points: Vec<String> = question
        .key_points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let point = point.point.trim();
            let mark = view.typed.as_ref().map_or("", |typed| super::typed::mark(typed, index));
            let after = if missed(index) { " **(missing in your last interview)**" } else { "" };
            if point.is_empty() { String::new() } else { format!("{mark}{point}{after}") }
        })
        .collect();
    parts.extend(list("Key points", points.iter().map(String::as_str)));
    if view.typed.as_ref().is_some_and(|typed| !typed.points.is_empty()) {
        parts.push(super::typed::LEGEND.to_owned());
    }
    parts.extend(list("Common mistakes", question.pitfalls.iter().map(String::as_str)));
    parts.extend(pushback(question));
    parts.extend(list("Sources", question.sources.iter().map(String::as_str)));
    parts.retain(|part| !part.is_empty());
    (title, parts)
}

/// What is asked, where it is too long for a title.
pub(super) fn asked(question: &Question) -> String {
    quote(question.prompt.trim())
}

/// As many of the parts, from the first on, as there is room for; the first of them in any case,
/// as far as it fits.
fn fitting(parts: &[String], room: usize) -> String {
    for many in (1..=parts.len()).rev() {
        let text = parts.get(..many).unwrap_or_default().join("\n\n");
        // The question alone would be no answer.
        let whole = many > 1 || parts.len() == 1;
        if whole && units(&text) <= room {
            return text;
        }
    }
    piece(&parts.get(..parts.len().min(2)).unwrap_or_default().join("\n\n"), room)
}

fn fields(
    view: &OwnQuestion,
    graded: Option<&Graded>,
    standing: Option<&(Standing, Counted)>,
) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = standing.map(counted).into_iter().collect();
    let question = &view.question;
    match graded {
        None => {
            let mut text = "Your grade decides when it comes back.".to_owned();
            if let Some(grade) = suggestion(view) {
                let by = "By your key points perhaps";
                text = format!("{text} {by} **{}**; you decide.", name(grade));
            }
            fields.push(("How well did you know it?".to_owned(), text));
        }
        Some(graded) => {
            let heading = if graded.replaced { "Changed to" } else { "Graded" };
            let text = format!("{}\n{}", back(graded), leech(question, graded));
            fields.push((format!("{heading}: {}", name(graded.grade)), text.trim_end().to_owned()));
        }
    }
    fields
}

/// The streak after something counted.
pub(super) fn counted((standing, counted): &(Standing, Counted)) -> (String, String) {
    let after = match counted {
        Counted::Now => "Counted for today.",
        Counted::Before => "Today had counted already.",
    };
    ("Your streak".to_owned(), format!("{}. {after}", streak::run(standing.length)))
}

/// The grade that a typed answer suggests.
fn suggestion(view: &OwnQuestion) -> Option<Grade> {
    view.typed.as_ref()?.suggestion(view.two_grades)
}

fn buttons(view: &OwnQuestion, graded: Option<&Graded>) -> Vec<Vec<Button>> {
    let mut after = more(&view.question);
    if let PartOf::Sprint { sprint, .. } = view.part_of {
        after.push(press(OwnPress::SprintEnd(sprint), "End sprint"));
    }
    let first = match graded {
        None => row_of(view, suggestion(view)),
        Some(graded) => onward(view, graded),
    };
    rows(vec![first, after])
}

/// Where a question that was graded leads: in a review that another device took further, to what is
/// next.
fn onward(view: &OwnQuestion, graded: &Graded) -> Vec<Button> {
    let is_review = matches!(view.part_of, PartOf::Review { .. });
    let mut row = Vec::new();
    if is_review {
        row.push(first(OwnPress::ReviewNext, "Next question"));
    }
    if graded.can_take_back {
        let take_back = if is_review { OwnPress::ReviewTakeBack } else { OwnPress::TakeBack };
        row.push(press(take_back(graded.key), "Take back"));
    }
    row
}
