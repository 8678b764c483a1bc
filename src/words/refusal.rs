//! No, and the way out.

use super::markup::contained;
use super::text::{clip, count, listed, one_line, quoted};
use super::{Message, color, framed};
use crate::practice::input::{Subject, Wanted};
use crate::practice::refusal::Refusal;

pub(super) fn message(refusal: &Refusal) -> Message {
    framed(String::new(), sentence(refusal), color::REFUSAL)
}

#[expect(clippy::too_many_lines, reason = "a sentence for each")]
fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownTopic { asked, nearest: Some(nearest) } => {
            format!("No topic is called {}. Did you mean {}?", quoted(asked), quoted(nearest))
        }
        Refusal::UnknownTopic { asked, nearest: None } => format!(
            "No topic is called {}. `/topics` lists them, and `any` takes any of them.",
            quoted(asked)
        ),
        Refusal::NothingFound { asked, nearest } => {
            let way_out = match nearest {
                Some(nearest) => format!("Did you mean {}?", quoted(nearest)),
                None => "`/topics` lists the topics, and `any` takes any of them.".to_owned(),
            };
            let asked = quoted(asked);
            format!("No topic is called {asked}, and no question has these words. {way_out}")
        }
        Refusal::NoQuestionFound { asked } => format!(
            "No question has the words {}. Fewer words find more; `/topics` lists the topics.",
            quoted(asked)
        ),
        Refusal::BadOption { option, given, expected } => {
            let expected = contained(&clip(&one_line(expected), 300));
            let (given, option) = (one_line(given), quoted(option));
            if given.is_empty() {
                format!("The option {option} is empty. It should be {expected}.")
            } else {
                let given = quoted(&given);
                format!("{given} does not fit the option {option}. It should be {expected}.")
            }
        }
        Refusal::Unknown { name } => format!(
            "I do not know {}; it may come from another version of me. `/help` lists what I can \
             do.",
            quoted(name)
        ),
        Refusal::NothingFits(wanted) => nothing_fits(wanted),
        Refusal::NothingFitsDaily(channel) => format!(
            "No question of the bank fits the question of the day of <#{channel}>. `/daily set \
             topics:` chooses other topics."
        ),
        Refusal::PostGone => {
            "I do not know this question any more. `/question` looks for it by its words, and \
             `/quiz` brings another one."
                .to_owned()
        }
        Refusal::OnlyInChannels => {
            "This works only in a channel of a server, not in a thread or a private chat. Please \
             run it there."
                .to_owned()
        }
        Refusal::NoDaily(channel) => {
            format!("<#{channel}> has no question of the day. `/daily set at:09:00` gives it one.")
        }
        Refusal::DailyNeedsTime => {
            "A new question of the day needs a time: `/daily set at:09:00`.".to_owned()
        }
        Refusal::ManagedInConfig(channel) => format!(
            "The question of the day of <#{channel}> is managed in the config file of the bot, \
             under `daily:`. Whoever runs the bot can change it there."
        ),
        Refusal::DailyDone(channel) => format!(
            "Today's question of the day of <#{channel}> was posted or tried already. `/daily \
             status` says how it went, and `/quiz` brings another question."
        ),
        Refusal::SkippedAlready { channel, next } => {
            let then = next.map_or_else(String::new, |next| {
                format!(" The one after it comes <t:{}:F>.", next.as_second())
            });
            format!(
                "The next question of the day of <#{channel}> is left out already.{then} `/daily \
                 resume` takes that back."
            )
        }
        Refusal::CannotSave => {
            "I cannot save anything at the moment, so I changed nothing. Please try again later; \
             if it lasts, tell whoever runs the bot to look at its log."
                .to_owned()
        }
        Refusal::NotSavedYet => {
            "I cannot save anything at the moment, so I cannot promise this. Please look again \
             later; if it lasts, tell whoever runs the bot to look at its log."
                .to_owned()
        }
        Refusal::UnknownPlan { .. }
        | Refusal::PlanLeftOut(_)
        | Refusal::PlanNeedsTwo
        | Refusal::SamePersonTwice(_)
        | Refusal::HasInterview { .. }
        | Refusal::TooManyInterviews(_)
        | Refusal::NothingFitsSection(_)
        | Refusal::NoInterviewHere
        | Refusal::InterviewGone
        | Refusal::OnlyInterviewers
        | Refusal::OnlyCandidate(_)
        | Refusal::OnlyParticipants
        | Refusal::NotAnyMore
        | Refusal::NotNow
        | Refusal::NoInterviewerHere
        | Refusal::CannotSwap
        | Refusal::CardIncomplete(_)
        | Refusal::CardSealed => super::interview::refusal(refusal),
        Refusal::Own(refusal) => super::own::refusal(refusal),
        Refusal::TooFast { wait } => {
            // Rounded up: who waits that long is not refused again.
            let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1);
            let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
            let wait = count(seconds, "second", "seconds");
            format!("That is faster than I let one person ask. Please try again in {wait}.")
        }
        Refusal::Busy => {
            "There is too much to do at the moment. Please try again in a minute.".to_owned()
        }
    }
}

fn nothing_fits(wanted: &Wanted) -> String {
    let mut parts: Vec<String> = Vec::new();
    match &wanted.subject {
        Subject::Any => {}
        Subject::Topic(topic) => parts.push(format!("topic {}", quoted(topic.as_str()))),
        Subject::Words { asked, .. } => parts.push(format!("the words {}", quoted(asked))),
    }
    if let Some(level) = wanted.level {
        parts.push(format!("level `{}`", level.as_str()));
    }
    if let Some(kind) = wanted.kind {
        parts.push(format!("kind `{}`", kind.as_str()));
    }
    if parts.is_empty() {
        return "There are no questions yet. Whoever runs the bot can add some to its bank."
            .to_owned();
    }
    format!("No question has {}. Leave out an option, or choose `topic:any`.", listed(&parts))
}
