//! Why something about interviews was turned down, and the way out.

use super::say::{short, who};
use super::status::left_out;
use crate::practice::refusal::Refusal;
use crate::words::text::{listed, quoted};

/// Only refusals of interviews; `words::refusal` has the others.
#[expect(clippy::too_many_lines, reason = "a sentence for each")]
pub(in crate::words) fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownPlan { asked, nearest: Some(nearest) } => {
            format!("No plan is called {}. Did you mean {}?", quoted(asked), quoted(nearest))
        }
        Refusal::UnknownPlan { asked, nearest: None } => {
            format!("No plan is called {}. `/mock plans` lists them.", quoted(asked))
        }
        Refusal::PlanLeftOut(plan) => format!(
            "{} `/mock plans` lists those that can be used. Whoever runs the bot finds in its log \
             how to mend this one.",
            left_out(plan)
        ),
        Refusal::PlanNeedsTwo => {
            "In this plan two people interview each other. Name exactly one other person, or \
             choose another plan: `/mock plans` lists them."
                .to_owned()
        }
        Refusal::SamePersonTwice(member) => {
            format!(
                "{} can take only one part in an interview. Name each person once.",
                who(*member)
            )
        }
        Refusal::HasInterview { member: _, thread: Some(thread) } => {
            format!("You have an interview that is not over, in <#{thread}>. `/mock end` ends it.")
        }
        Refusal::HasInterview { member, thread: None } => format!(
            "{} has an interview that is not over. Those who take part see it with `/mock status`, \
             and end it with `/mock end`.",
            who(*member)
        ),
        Refusal::TooManyInterviews(number) => format!(
            "{number} interviews that you asked for are not over. Seal your scorecards in their \
             threads; what is missing after a day is not waited for."
        ),
        Refusal::NothingFitsSection(section) => format!(
            "The bank has too few questions for the section **{}** of this plan. `/mock plans` \
             lists other plans.",
            short(section, 60)
        ),
        Refusal::NoInterviewHere => {
            "There is no interview here. Run this in its thread, or start one with `/mock start`."
                .to_owned()
        }
        Refusal::InterviewGone => {
            "I do not know this interview any more. `/mock history` shows those that you had."
                .to_owned()
        }
        Refusal::OnlyInterviewers => "Only those who interview can do that.".to_owned(),
        Refusal::OnlyCandidate(member) => {
            format!("Only the candidate can do that: {}.", who(*member))
        }
        Refusal::OnlyParticipants => {
            "Only those who take part in this interview can do that.".to_owned()
        }
        Refusal::NotAnyMore => {
            "Somebody was faster, or this belongs to an earlier question. The newest message has \
             the buttons that count."
                .to_owned()
        }
        Refusal::NotNow => {
            "That does not fit now. `/mock status` says how far the interview is.".to_owned()
        }
        Refusal::NoInterviewerHere => {
            "Nobody who interviews is here yet. It can begin when one of them has pressed **Join**."
                .to_owned()
        }
        Refusal::CannotSwap => {
            "Roles swap only where one person interviews one other, and only once.".to_owned()
        }
        Refusal::CardIncomplete(dimensions) => {
            let names: Vec<String> = dimensions
                .iter()
                .take(8)
                .map(|title| format!("**{}**", short(title, 40)))
                .collect();
            format!("Before you seal it, choose a band for {}.", listed(&names))
        }
        Refusal::CardSealed => {
            "You sealed your scorecard, and sealing is final. It opens when all are sealed."
                .to_owned()
        }
        Refusal::UnknownTopic { .. }
        | Refusal::NothingFound { .. }
        | Refusal::NoQuestionFound { .. }
        | Refusal::BadOption { .. }
        | Refusal::Unknown { .. }
        | Refusal::NothingFits(_)
        | Refusal::NothingFitsDaily(_)
        | Refusal::PostGone
        | Refusal::OnlyInChannels
        | Refusal::NoDaily(_)
        | Refusal::DailyNeedsTime
        | Refusal::ManagedInConfig(_)
        | Refusal::DailyDone(_)
        | Refusal::SkippedAlready { .. }
        | Refusal::Own(_)
        | Refusal::CannotSave
        | Refusal::NotSavedYet
        | Refusal::Busy
        | Refusal::TooFast { .. } => "That is not possible.".to_owned(),
    }
}
