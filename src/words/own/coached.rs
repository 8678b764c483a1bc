//! What is said of a coach: what it would be sent before anything is, its opinion at a key point,
//! and what a member settled about it. Whatever it says is marked as the coach's.

use super::typed::own_words;
use super::{first, press, prompt};
use crate::bank::Question;
use crate::judge::{Made, PointOpinion};
use crate::practice::own::{Coached, Flow, OwnPress};
use crate::practice::rules::CoachRule;
use crate::words::text::{clip, count, one_line};
use crate::words::{Button, Message, color, framed};

/// Characters of an address and of the name of a model.
const NAME: usize = 300;

/// What would be sent where.
pub(super) fn asks_first(
    coach: &CoachRule,
    question: &Question,
    points: usize,
    (typed, flow): (u64, Flow),
) -> Message {
    let text = format!(
        "The coach is a language model, {} at {}. It can look at what I could not tell about your \
         answer to “{}”.\n\n**It would be sent:** the question, {}, and your answer as you typed \
         it. Not your name, nor any id.\n**What becomes of it there** is up to whoever runs that \
         server; I cannot take it back.\n**What it says** is a hint with its mark on it, and often \
         wrong. My own feedback stands either way.\n\nIf you send it, I do not ask you again as \
         long as it is this coach. `/me` and **Settings** change that at any time.",
        name(&coach.model),
        name(&coach.address),
        prompt(question, 200),
        count(points, "key point in doubt", "key points in doubt"),
    );
    let to = coach.name();
    let mut message = framed("Send your answer to the coach?", text, color::STATE);
    message.rows = vec![vec![
        first(OwnPress::CoachAgree(typed, flow, to), "Send it"),
        press(OwnPress::CoachLater(typed, flow), "Not now"),
        press(OwnPress::CoachNever(typed, flow, to), "Never"),
    ]];
    message
}

/// An address or a model as it is, in which nothing has a meaning.
fn name(text: &str) -> String {
    format!("`{}`", clip(&one_line(text).replace('`', "'"), NAME))
}

/// The button that asks it, where it can be asked. It stays while it is being asked: the answer
/// stands only under it.
pub(super) fn button(coach: Coached, typed: u64, flow: Flow) -> Option<Button> {
    match coach {
        Coached::Offered | Coached::Asking | Coached::Silent => {
            Some(press(OwnPress::Coach(typed, flow), "Ask the coach"))
        }
        Coached::Nowhere | Coached::Spoke => None,
    }
}

/// How it stands to the answer as a whole.
pub(super) fn note(coach: Coached) -> Option<&'static str> {
    match coach {
        Coached::Nowhere | Coached::Offered => None,
        Coached::Asking => Some("**The coach is reading your answer.** This may take a moment."),
        Coached::Silent => {
            Some("**The coach did not answer.** What I found stands. You can ask it again.")
        }
        Coached::Spoke => Some(
            "-# “The coach” is a language model; it is often wrong, and you decide. It changes \
             neither my hint nor the grade that I suggest.",
        ),
    }
}

/// What it thinks of a key point, with the words of the answer that show it. It tells nothing of
/// the key point itself.
pub(super) fn opinion(of: &PointOpinion) -> String {
    let thinks = match (of.contradicted, of.made) {
        (true, _) => "you may be saying the opposite here",
        (false, Made::Yes) => "you said this",
        (false, Made::No) => "I do not find this in your answer",
        (false, Made::Unclear) => "I cannot tell either",
    };
    let words = of.quote.as_deref().map(own_words).filter(|words| !words.is_empty());
    let words = words.map_or(String::new(), |words| format!(": *“{words}”*"));
    format!("\n  **The coach:** {thinks}{words}")
}

/// What a member settled about it.
pub(super) fn settled(coach: &CoachRule, agreed: Option<bool>) -> String {
    let where_to = format!("{} at {}", name(&coach.model), name(&coach.address));
    match agreed {
        Some(true) => {
            format!("**Coach:** when you ask {where_to} about a typed answer, it is sent at once")
        }
        Some(false) => format!("**Coach:** nothing of yours is ever sent to {where_to}"),
        None => format!(
            "**Coach:** before anything of yours is sent to {where_to}, I ask you; nothing was"
        ),
    }
}

/// The other thing that can be settled.
pub(super) fn switch(agreed: Option<bool>) -> Vec<Button> {
    let ask = press(OwnPress::CoachSetting(true), "Coach: ask me first");
    let never = press(OwnPress::CoachSetting(false), "Coach: never");
    match agreed {
        Some(true) => vec![ask, never],
        Some(false) => vec![ask],
        None => vec![never],
    }
}
