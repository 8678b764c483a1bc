//! A question of an interview and what follows on it, with the buttons of those who lead or answer.

use super::say::{at, countdown, first, press, short, who};
use crate::practice::ids::MemberId;
use crate::practice::interview::MockPress;
use crate::practice::interview::view::{MockQuestion, Where};
use crate::words::limits::DESCRIPTION;
use crate::words::markup::contained;
use crate::words::question::{about, prompt};
use crate::words::text::{clip, units};
use crate::words::{Button, Message, color, framed};

/// Characters of what a member or the bank says in one message: an answer may have 4,000, and the
/// name of who wrote it stands above.
const TEXT: usize = DESCRIPTION - 40;

pub(super) fn message(view: &MockQuestion) -> Message {
    let question = &view.question;
    let number = u16::from(view.place.question) + 1;
    let mut message = framed(
        format!("Question {number} of {}", view.of),
        prompt(&question.prompt),
        color::QUESTION,
    );
    if let Some(embed) = message.embeds.first_mut() {
        let mut text = short(&about(question), 300);
        if view.open {
            text = format!("{text}\nUntil {} ({})", at(view.ends), countdown(view.ends));
        }
        if !view.alone {
            text = format!("{text}\n{} answers", who(view.candidate));
        }
        embed.fields.push((short(&view.section, 60), text));
    }
    if view.open {
        message.rows = if view.alone { alone(view.place, view.can_hint) } else { led(view) };
    }
    message
}

fn led(view: &MockQuestion) -> Vec<Vec<Button>> {
    let Where { interview, turn, question } = view.place;
    let is_last = u16::from(question) + 1 >= u16::from(view.of);
    let next = if is_last { "Finish" } else { "Next" };
    let mut row = vec![first(interview, MockPress::Next(turn, question), next)];
    if view.follow_ups > 0 {
        row.push(press(interview, MockPress::FollowUp(turn, question), "Follow-up"));
    }
    if view.can_push_back {
        row.push(press(interview, MockPress::PushBack(turn, question), "Push back"));
    }
    if view.can_hint {
        row.push(press(interview, MockPress::Hint(turn, question), "Hint to candidate"));
    }
    row.push(press(interview, MockPress::Kit(turn, question), "Kit"));
    // The candidate's button stands apart from those of the interviewers.
    vec![row, vec![press(interview, MockPress::Answer(turn, question), "Answer in writing")]]
}

fn alone(place: Where, can_hint: bool) -> Vec<Vec<Button>> {
    let Where { interview, turn, question } = place;
    let mut row = vec![
        first(interview, MockPress::Answer(turn, question), "Answer"),
        press(interview, MockPress::Aloud(turn, question), "I answered aloud"),
    ];
    if can_hint {
        row.push(press(interview, MockPress::Hint(turn, question), "Hint"));
    }
    vec![row]
}

/// A text of the bank's or a member's as the body of a message.
fn body(text: &str) -> String {
    let mut most = TEXT;
    loop {
        let closed = contained(&clip(text.trim(), most));
        // Signs that are made plain take room.
        let over = units(&closed).saturating_sub(TEXT);
        if over == 0 {
            return if closed.trim().is_empty() { "…".to_owned() } else { closed };
        }
        most = most.saturating_sub(over);
    }
}

pub(super) fn hint(number: u8, text: &str) -> Message {
    framed(format!("Hint to question {number}"), body(text), color::QUESTION)
}

pub(super) fn more(place: Where, what: &str, text: &str, alone: bool) -> Message {
    let number = u16::from(place.question) + 1;
    let mut message = framed(format!("{what} question {number}"), body(text), color::QUESTION);
    if alone {
        message.rows = self::alone(place, false);
    }
    message
}

pub(super) fn answer(number: u8, candidate: MemberId, text: &str) -> Message {
    let text = if text.is_empty() {
        format!("{} deleted this answer.", who(candidate))
    } else {
        format!("{}:\n{}", who(candidate), body(text))
    };
    framed(format!("Answer to question {number}"), text, color::STATE)
}
