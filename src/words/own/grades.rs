//! Grades: their names and buttons, and what is said when one was given.

use super::say::short;
use super::{first, press};
use crate::bank::Question;
use crate::practice::own::view::{Graded, Known, OwnQuestion, PartOf};
use crate::practice::own::{Grade, Key, OwnPress};
use crate::words::text::{count, full_date, short_date};
use crate::words::{Button, ButtonStyle, Message, color, framed};

/// From so many days on, a date needs its year.
const YEAR: u16 = 300;

/// What a grade is called.
pub(super) const fn name(grade: Grade) -> &'static str {
    match grade {
        Grade::Missed => "Missed",
        Grade::Partly => "Partly",
        Grade::GotIt => "Got it",
        Grade::Easy => "Easy",
    }
}

/// A row of grades, worst first.
pub(in crate::words) fn row(two: bool, id: impl Fn(Grade) -> OwnPress) -> Vec<Button> {
    let offered = |grade: &Grade| match grade {
        Grade::Missed | Grade::GotIt => true,
        Grade::Partly | Grade::Easy => !two,
    };
    let button = |grade| Button {
        style: if grade == Grade::Missed { ButtonStyle::Danger } else { ButtonStyle::Secondary },
        ..press(id(grade), name(grade))
    };
    Grade::ALL.into_iter().filter(offered).map(button).collect()
}

/// The grades of a question, by what it is part of. The one that is suggested stands out.
pub(super) fn row_of(question: &OwnQuestion, suggested: Option<Grade>) -> Vec<Button> {
    let key = Key::of(&question.question.id);
    let id = |grade| match question.part_of {
        PartOf::Itself => OwnPress::Grade(key, grade),
        PartOf::Review { .. } => OwnPress::ReviewGrade(key, grade),
        PartOf::Sprint { sprint, step: (step, _), .. } => {
            OwnPress::SprintGrade(sprint, step, grade)
        }
    };
    let mut row = row(question.two_grades, id);
    for button in &mut row {
        if suggested.is_some_and(|grade| button.label == name(grade)) {
            button.style = ButtonStyle::Primary;
        }
    }
    row
}

/// When a question comes back: "Back in 4 days, on Fri 27 Nov."
pub(super) fn back(graded: &Graded) -> String {
    match graded.days {
        0 => "Back today.".to_owned(),
        1 => "Back tomorrow.".to_owned(),
        days => {
            let date = if days < YEAR { short_date(graded.due) } else { full_date(graded.due) };
            format!("Back in {days} days, on {date}.")
        }
    }
}

/// What is said of a question that was missed again and again; empty where it was not.
pub(super) fn leech(question: &Question, graded: &Graded) -> String {
    let Some(lapses) = graded.leech else { return String::new() };
    let related = if question.related.is_empty() { "" } else { ", and look at a related question" };
    format!(
        "You have missed this one {} by now. Repeating alone does not help here: read \
         the explanation slowly, say it in your own words{related}.",
        count(lapses.into(), "time", "times")
    )
}

/// What came of a grade, with the question: "**Got it**: What does ACID promise? Back tomorrow."
pub(super) fn told(question: &Question, graded: &Graded) -> String {
    let now = if graded.replaced { "Changed to " } else { "" };
    let prompt = short(&crate::words::plain(&question.prompt), 120);
    let text = format!("{now}**{}**: {prompt}\n{}", name(graded.grade), back(graded));
    let leech = leech(question, graded);
    if leech.is_empty() { text } else { format!("{text}\n{leech}") }
}

/// The way to a question that is missed again and again: its explanation, and others like it.
pub(super) fn leech_row(question: &Question, graded: &Graded) -> Vec<Button> {
    if graded.leech.is_none() {
        return Vec::new();
    }
    let key = Key::of(&question.id);
    let mut row = vec![press(OwnPress::Explain(key), "Explanation")];
    if !question.related.is_empty() {
        row.push(press(OwnPress::Related(key), "Related"));
    }
    row
}

/// A grade under a public answer was kept.
pub(super) fn kept(question: &Question, graded: &Graded) -> Message {
    let mut message = framed("", told(question, graded), color::STATE);
    let mut row = leech_row(question, graded);
    if graded.can_take_back {
        row.insert(0, press(OwnPress::TakeBack(graded.key), "Take back"));
    }
    message.rows = rows(vec![row]);
    message
}

/// The last grade was taken back.
pub(super) fn taken_back(question: &Question) -> Message {
    let prompt = short(&crate::words::plain(&question.prompt), 120);
    let text = format!(
        "Taken back: your last grade of “{prompt}”. The day stays counted. Grade it again under \
         its answer, if you like."
    );
    let mut message = framed("", text, color::STATE);
    let answer = first(OwnPress::Answer(Key::of(&question.id)), "Show answer");
    message.rows = vec![vec![answer]];
    message
}

/// What a member remembers of a question, before they see its answer.
pub(super) fn known(known: Known) -> String {
    match known {
        Known::Unseen => "New to you.".to_owned(),
        Known::Met => "You have seen it, and not graded it yet.".to_owned(),
        Known::Graded { grade, grades, lapses, due } => {
            let graded = match grades {
                0 | 1 => "Graded once".to_owned(),
                2 => "Graded twice".to_owned(),
                more => format!("Graded {more} times"),
            };
            let lapses = match lapses {
                0..3 => String::new(),
                some => {
                    format!(" Missed {}.", count(some.into(), "time", "times"))
                }
            };
            format!("{graded}, last {}. Due {}.{lapses}", name(grade), full_date(due))
        }
    }
}

/// Rows that have buttons.
pub(super) fn rows(rows: Vec<Vec<Button>>) -> Vec<Vec<Button>> {
    rows.into_iter().filter(|row| !row.is_empty()).collect()
}
