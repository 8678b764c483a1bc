//! What is said of a coach: what it would be sent before anything is, its opinion at a key point,
//! and what a member settled about it. Whatever it says is marked as the coach's.

use super::typed::own_words;
use super::{first, press, prompt};
use crate::bank::Question;
use crate::judge::{MOST_IN_DOUBT, Made, PointOpinion, State};
use crate::practice::own::{Coached, Flow, OwnPress, TypedPoint, TypedView};
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
        "The coach is a language model, {} at {}. It can look at what I cannot tell: whether you \
         made a point, or said the opposite of it.\n\n**It would be sent:** the question “{}”, {}, \
         and your answer as you typed it. Not your name, nor any id.\n**What becomes of it there** is up to whoever runs that server; I cannot take it \
         back.\n**What it says** is a hint with its mark on it, and often wrong. My own feedback \
         stands either way.\n\nOnce you agree, *Ask the coach* sends the same of other answers at \
         once, with {MOST_IN_DOUBT} key points at most, as long as it is this coach. `/me` and \
         **Settings** change that at any time.",
        name(&coach.model),
        name(&coach.address),
        prompt(question, 200),
        so_many(points, question.key_points.len()),
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

/// How many of the key points of a question.
fn so_many(points: usize, of: usize) -> String {
    match (points, of) {
        (1, 1) => "its key point".to_owned(),
        (points, of) if points >= of => format!("its {of} key points"),
        (points, of) => format!("{points} of its {of} key points"),
    }
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
pub(super) fn note(typed: &TypedView) -> Option<String> {
    match typed.coach {
        Coached::Nowhere | Coached::Offered => None,
        Coached::Asking => {
            Some("**The coach is reading your answer.** This may take a moment.".to_owned())
        }
        Coached::Silent => Some(
            "**The coach did not answer.** What I found stands. You can ask it again.".to_owned(),
        ),
        Coached::Spoke => {
            let looked = looked_at(&typed.points).unwrap_or_default();
            Some(format!(
                "{looked}-# “The coach” is a language model; it is often wrong, and you decide. It \
                 changes neither my hint nor the grade that I suggest."
            ))
        }
    }
}

/// Of how many key points that were found it thinks so too, or says nothing against it.
fn looked_at(points: &[TypedPoint]) -> Option<String> {
    let found = points.iter().filter(|point| is_found(point) && point.opinion.is_some());
    let agreed = found.filter(|point| opinion(point).is_none()).count();
    let points = count(agreed, "point", "points");
    (agreed > 0).then(|| {
        format!("**The coach** says nothing against {points} that I found in your answer.\n")
    })
}

/// Whether the judge found a key point, and the member said nothing about that.
fn is_found(point: &TypedPoint) -> bool {
    point.state == State::Covered && !point.is_said
}

/// What it thinks of a key point, with the words of the answer that show it. It tells nothing of
/// the key point itself. Where one was found it is told only if it speaks against that.
pub(super) fn opinion(point: &TypedPoint) -> Option<String> {
    let of = point.opinion.as_ref()?;
    let speaks_against = of.contradicted || of.made == Made::No;
    (speaks_against || !is_found(point)).then(|| line(of, point.evidence.as_deref()))
}

/// Its words of the answer, unless they stand in the line above.
fn line(of: &PointOpinion, above: Option<&str>) -> String {
    let thinks = match (of.contradicted, of.made) {
        (true, _) => "you may be saying the opposite here",
        (false, Made::Yes) => "you said this",
        (false, Made::No) => "I do not find this in your answer",
        (false, Made::Unclear) => "I cannot tell either",
    };
    let plain = |text: &str| one_line(text).trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let quote = of.quote.as_deref().filter(|quote| above.map(plain) != Some(plain(quote)));
    let words = quote.map(own_words).filter(|words| !words.is_empty());
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
