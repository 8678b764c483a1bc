//! What a candidate has written that may speak for key points, for whoever ticks them: their own
//! words and what is odd about them, never a tick. It judges nothing.

use super::say::{lines, short};
use crate::bank::Question;
use crate::judge::State;
use crate::practice::own::{TypedPoint, TypedView};
use crate::words::limits::OPTIONS;
use crate::words::own::typed_words;
use crate::words::{Embed, Message, color, framed};

/// Characters of all quotes, and of all key points.
const MOST: usize = 1_900;
/// Characters of a key point.
const POINT: usize = 220;

/// The same for a candidate whom the bot interviews, with the key points.
pub(super) fn found(number: u8, question: &Question, evidence: Option<&TypedView>) -> Message {
    let title = format!("What I found in your answer to question {number}");
    let Some(found) = evidence.map(|found| self::evidence(question, found)) else {
        let text = "You wrote nothing that I could look at: what is said aloud I do not hear. Tick \
                    what you said.";
        return framed(title, text, color::STATE);
    };
    framed(title, with_points(&found.description, question), color::STATE)
}

/// The same for an interviewer who pasted what was said.
pub(super) fn heard(number: u8, question: &Question, evidence: &TypedView) -> Message {
    let title = format!("What I found in what you pasted to question {number}");
    let hint = "-# Found by comparing words: a hint, and often wrong. Only you see it; what you \
                pasted is not kept, and nothing is ticked by it.";
    let text = format!("{}\n\n{hint}", quotes(question, evidence));
    framed(title, with_points(&text, question), color::STATE)
}

fn with_points(text: &str, question: &Question) -> String {
    let points = question.key_points.iter().take(OPTIONS).zip(1_u8..);
    let points = points.map(|(point, number)| format!("{number}. {}", short(&point.point, POINT)));
    format!("{text}\n\n**Key points**\n{}", lines(&points.collect::<Vec<_>>(), MOST))
}

/// What was found in what the candidate has written.
pub(super) fn evidence(question: &Question, evidence: &TypedView) -> Embed {
    let found = quotes(question, evidence);
    let hint = "-# Found by comparing words: a hint, and often wrong. What was said aloud is not in \
                it, and nothing is ticked by it.";
    Embed {
        title: "In what the candidate wrote".to_owned(),
        description: format!("{found}\n\n{hint}"),
        color: color::STATE,
        ..Embed::default()
    }
}

fn quotes(question: &Question, evidence: &TypedView) -> String {
    let points = (1..).zip(evidence.points.iter().take(OPTIONS.min(question.key_points.len())));
    let found: Vec<String> = points.filter_map(|(number, point)| quoted(number, point)).collect();
    if found.is_empty() {
        "I found no words in it that speak for a key point.".to_owned()
    } else {
        lines(&found, MOST)
    }
}

/// The words that may speak for a key point, or against it.
fn quoted(number: usize, point: &TypedPoint) -> Option<String> {
    let words = typed_words(point.evidence.as_deref()?);
    let about = match (point.contradicted, point.state) {
        (true, _) => " perhaps the opposite:",
        (false, State::Covered) => "",
        (false, State::Unsure) => " perhaps:",
        (false, State::Missing) => return None,
    };
    (!words.is_empty()).then(|| format!("{number}.{about} “{words}”"))
}
