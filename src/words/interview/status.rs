//! How an interview stands, and which plans there are.

use std::sync::Arc;

use super::after::reason;
use super::say::{by, countdown, lines, moment, press, short, who};
use super::thread::{people, said, size, title};
use crate::plans::{LeftOut, Missing, Plan};
use crate::practice::effect::Failure;
use crate::practice::interview::MockPress;
use crate::practice::interview::state::{Stage, Thread};
use crate::practice::interview::view::StatusView;
use crate::words::text::{count, quoted};
use crate::words::{Message, color, framed};

/// The status, and what could not be opened in the thread.
pub(super) fn messages(view: &StatusView) -> Vec<Message> {
    let mut messages: Vec<Message> = view.opened.iter().map(super::opened::message).collect();
    messages.insert(0, status(view));
    messages
}

fn status(view: &StatusView) -> Message {
    let (asked, of) = view.questions;
    let mut text = format!(
        "{} is interviewed by {}.\n{}",
        who(view.candidate),
        by(&view.interviewers),
        stage(view),
    );
    if asked > 0 {
        let of = count(of.into(), "question", "questions");
        text = format!("{text}\nAsked: {asked} of {of}.");
    }
    if let Some(ends) = view.ends {
        text = format!("{text}\nPlanned end: {}.", moment(ends));
    }
    let mut fields = vec![("Where".to_owned(), place(&view.thread, view.here))];
    if !view.missing.is_empty() {
        fields.push(("Scorecards missing".to_owned(), people(&view.missing)));
    }
    if let Some(failure) = &view.trouble {
        fields.push(("What did not work".to_owned(), trouble(failure)));
    }
    let mut message = framed(format!("Interview: {}", title(&view.plan)), text, color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields = fields;
    }
    if let Some(interview) = view.delete {
        message.rows = vec![vec![press(interview, MockPress::Delete, "Delete everything")]];
    }
    message
}

fn stage(view: &StatusView) -> String {
    match view.stage {
        Stage::Lobby { until } => {
            format!("People gather; it is called off {}.", countdown(until))
        }
        Stage::Running => "It runs.".to_owned(),
        Stage::Paused { since, idle: true } => format!(
            "Paused {}, because nothing happened. `/mock resume` goes on.",
            countdown(since)
        ),
        Stage::Paused { since, idle: false } => {
            format!("Paused {}. `/mock resume` goes on.", countdown(since))
        }
        Stage::Judging { until } => format!(
            "The scorecards are being filled in. They open when all are sealed, {} at the latest.",
            moment(until)
        ),
        Stage::Opened { since } => format!("The scorecards opened {}.", countdown(since)),
        Stage::Over { since, why } => {
            format!("It ended {}. {}", countdown(since), reason(why))
        }
    }
}

fn place(thread: &Thread, here: bool) -> String {
    match thread {
        Thread::Open(_) if here => "Here.".to_owned(),
        Thread::Wanted(_) => "A thread is being opened.".to_owned(),
        Thread::Open(thread) => format!("<#{thread}>"),
        Thread::Refused(failure) => format!("There is no thread. {}", trouble(failure)),
        Thread::Lost(thread) => {
            format!("<#{thread}> is gone or closed; scorecards are shown here.")
        }
    }
}

fn trouble(failure: &Failure) -> String {
    match failure {
        Failure::NotAllowed => {
            "I am not allowed to: I need View Channel, Send Messages in Threads, Create Public and \
             Private Threads, Embed Links and Attach Files."
                .to_owned()
        }
        Failure::ChannelGone => "The channel is gone.".to_owned(),
        Failure::MessageGone => "A message was deleted.".to_owned(),
        Failure::NotHere => {
            "It takes no messages at the moment: it may be archived, locked or full.".to_owned()
        }
        Failure::Late => "Discord took an answer too late.".to_owned(),
        Failure::Refused { code, reason } => {
            format!("Discord refused it ({code}: {}).", said(reason))
        }
        Failure::Unavailable { reason } => {
            format!("Discord could not be reached ({}). I try again.", said(reason))
        }
    }
}

pub(super) fn plans(plans: &[Arc<Plan>], left_out: &[Arc<LeftOut>]) -> Message {
    let missing: Vec<String> = left_out.iter().map(|plan| self::left_out(plan)).collect();
    let missing = lines(&missing, 900);
    let text = if plans.is_empty() && left_out.is_empty() {
        "There are no plans yet. Whoever runs the bot can add some in `config/plans`.".to_owned()
    } else if plans.is_empty() {
        "There is no plan that can be used.".to_owned()
    } else {
        let entries: Vec<String> = plans.iter().map(|plan| entry(plan)).collect();
        format!("{}\n`/mock start plan:…` begins one.", lines(&entries, 2_900))
    };
    framed("Plans", format!("{text}\n\n{missing}").trim_end(), color::STATE)
}

/// Why a plan cannot be used.
pub(super) fn left_out(plan: &LeftOut) -> String {
    let title = short(&plan.title, 60);
    let Some(lack) = plan.lacks.first() else { return format!("**{title}** is left out.") };
    let section = short(&lack.section, 60);
    match &lack.what {
        Missing::Topic(topic) => {
            let topic = quoted(topic.as_str());
            format!(
                "**{title}** is left out: the bank has no topic {topic} for its section \
                 **{section}**."
            )
        }
        Missing::Questions => format!(
            "**{title}** is left out: the bank has too few questions for its section **{section}**."
        ),
    }
}

fn entry(plan: &Plan) -> String {
    let sections: Vec<String> = plan
        .sections
        .iter()
        .take(8)
        .map(|section| {
            let minutes = count(section.minutes.into(), "minute", "minutes");
            format!("{} ({minutes})", short(&section.title, 60))
        })
        .collect();
    let id = plan.id.as_str().replace('`', "'");
    format!(
        "**{}** (`{}`): {}\n{}\n-# {}\n",
        title(plan),
        super::say::plain(&id, 60),
        size(plan),
        short(&plan.about, 100),
        sections.join(" · "),
    )
}
