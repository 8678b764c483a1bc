//! The end of a review and of a sprint.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::grades::{leech_row, name, rows, told};
use super::say::lines;
use super::{ask, first, press, prompt};
use crate::bank::Question;
use crate::practice::own::view::{ReviewOver, SprintOver};
use crate::practice::own::{Grade, Key, OwnPress};
use crate::words::text::{count, full_date, listed};
use crate::words::{Message, color, framed, streak};

/// Characters of a list of questions.
const LIST: usize = 2_400;
/// Questions to read next.
const NEXT: usize = 3;

/// Nothing is to be reviewed any more today.
pub(super) fn over(over: &ReviewOver) -> Message {
    let mut parts = Vec::new();
    if let Some((question, graded)) = &over.last {
        parts.push(told(question, graded));
    }
    parts.push(match over.today {
        0 if over.left == 0 => "Nothing is due today.".to_owned(),
        0 => "That is it for today.".to_owned(),
        some => format!("That is it for today: {} graded.", questions(some)),
    });
    if over.left > 0 {
        let due = if over.left == 1 { "is" } else { "are" };
        parts.push(format!(
            "{} {due} still due and can wait: your daily limit is reached. **Settings** raises it.",
            questions(over.left)
        ));
    }
    parts.push(match over.next {
        _ if over.left > 0 => String::new(),
        Some(date) => format!("The next question is due {}.", full_date(date)),
        None => "Grade an answer, and its question comes back here when it is due. `/quiz`, \
                 `/sprint` and `/question` bring some."
            .to_owned(),
    });
    parts.retain(|part| !part.is_empty());
    let mut message = framed("Review", parts.join("\n\n"), color::STATE);
    let mut row = Vec::new();
    let mut second = Vec::new();
    if let Some((question, graded)) = &over.last {
        if graded.can_take_back {
            row.push(press(OwnPress::ReviewTakeBack(graded.key), "Take back"));
        }
        second = leech_row(question, graded);
    }
    if over.left > 0 {
        row.push(press(OwnPress::Settings, "Settings"));
    }
    message.rows = rows(vec![row, second]);
    message
}

fn questions(number: u16) -> String {
    count(number.into(), "question", "questions")
}

/// A sprint is over.
pub(super) fn sprint_over(over: &SprintOver) -> Message {
    let mut message = framed("Sprint over", summary(over), color::STATE);
    let mut fields = Vec::new();
    let missed = by_grade(over, |grade| grade == Grade::Missed);
    let partly = by_grade(over, |grade| grade == Grade::Partly);
    let known = by_grade(over, |grade| grade == Grade::GotIt || grade == Grade::Easy);
    for (heading, asked) in [("Missed", missed), ("Partly", partly), ("Covered", known)] {
        if !asked.is_empty() {
            fields.push((heading.to_owned(), lines(&asked, LIST / 3)));
        }
    }
    let next = different(&over.read_next);
    let list: Vec<String> = next
        .iter()
        .zip(1..)
        .map(|(question, number): (_, u32)| format!("{number}. {}", prompt(question, 200)))
        .collect();
    if !list.is_empty() {
        fields.push(("Read next".to_owned(), lines(&list, LIST / 3)));
    }
    fields.push(("Your streak".to_owned(), format!("{}.", streak::run(over.standing.length))));
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields = fields;
    }
    let mut all: Vec<_> =
        next.iter().zip(1..).map(|(question, number)| vec![ask(number, question)]).collect();
    all.push(vec![first(OwnPress::ReviewNext, "Review")]);
    message.rows = all;
    message
}

/// "6 questions in 15 minutes: 3 got it, 1 easy and 2 missed."
fn summary(over: &SprintOver) -> String {
    let minutes = match over.minutes {
        0 => "less than a minute".to_owned(),
        some => count(some.into(), "minute", "minutes"),
    };
    let graded: Vec<String> = Grade::ALL
        .into_iter()
        .rev()
        .filter_map(|grade| {
            let many = over.graded.iter().filter(|(_, given)| *given == grade).count();
            (many > 0).then(|| format!("{many} {}", name(grade).to_lowercase()))
        })
        .collect();
    let mut text = if graded.is_empty() {
        format!("No question graded in {minutes}.")
    } else {
        let many = count(over.graded.len(), "question", "questions");
        format!("{many} in {minutes}: {}.", listed(&graded))
    };
    if over.timed_out {
        text.push_str(" The time was up.");
    }
    if over.left > 0 {
        text = format!("{text} {} left out or not reached.", questions(over.left));
    }
    text
}

fn by_grade(over: &SprintOver, fits: impl Fn(Grade) -> bool) -> Vec<String> {
    over.graded
        .iter()
        .filter(|(_, grade)| fits(*grade))
        .map(|(question, _)| format!("- {}", prompt(question, 90)))
        .collect()
}

fn different(questions: &[Arc<Question>]) -> Vec<&Arc<Question>> {
    let mut seen = BTreeSet::new();
    questions.iter().filter(|question| seen.insert(Key::of(&question.id))).take(NEXT).collect()
}
