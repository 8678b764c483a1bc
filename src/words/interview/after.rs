//! What is said when an interview is over, when it is deleted, and when a member did something.

use super::say::{moment, press, who};
use crate::practice::ids::InterviewId;
use crate::practice::interview::MockPress;
use crate::practice::interview::state::Over;
use crate::practice::interview::view::Done;
use crate::words::{Message, color, framed};

pub(super) fn over(why: Over) -> Message {
    framed("The interview is over", reason(why), color::STATE)
}

/// The same at the beginning of a sentence.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

/// Why an interview is over without scorecards, as a sentence or two.
pub(super) fn reason(why: Over) -> String {
    match why {
        Over::Cancelled { by } => {
            format!("{} called it off. `/mock start` begins another one.", capital(&who(by)))
        }
        Over::NobodyCame => {
            "Not everybody came within ten minutes, so it does not take place. `/mock start` \
             begins another one."
                .to_owned()
        }
        Over::NoThread => {
            "Its thread could not be opened, or is gone. `/mock start` begins another one."
                .to_owned()
        }
        Over::Empty => {
            "It ended before a question was asked. `/mock start` begins another one.".to_owned()
        }
        Over::Deleted => "The candidate deleted it.".to_owned(),
    }
}

pub(super) fn delete_really(interview: InterviewId) -> Message {
    let text = "This deletes what was written and judged about you in this interview: all \
                scorecards, your answers, and its place in your history. If you are being \
                interviewed now, that ends. It cannot be undone, and files that somebody has saved \
                stay with them.";
    let mut message = framed("Delete it for good?", text, color::STATE);
    message.rows = vec![vec![press(interview, MockPress::DeleteForGood, "Delete it for good")]];
    message
}

pub(super) fn deleted() -> Message {
    framed(
        String::new(),
        "Deleted: the scorecards, your answers, and its place in your history.",
        color::STATE,
    )
}

pub(super) fn done(done: &Done) -> Message {
    let text = match done {
        Done::Joined => "You are in.".to_owned(),
        Done::Ended => "You ended the interview.".to_owned(),
        Done::Cancelled => "You called the interview off.".to_owned(),
        Done::Paused => "You paused the interview. `/mock resume` goes on.".to_owned(),
        Done::Resumed => "You let the interview go on.".to_owned(),
        Done::Swapped => "You swapped the roles.".to_owned(),
        Done::Sealed { until: None } => {
            "Sealed. All scorecards are in: they are opened in the thread.".to_owned()
        }
        Done::Sealed { until: Some(until) } => format!(
            "Sealed. The scorecards open in the thread when all are sealed, {} at the latest.",
            moment(*until)
        ),
    };
    framed(String::new(), text, color::STATE)
}
