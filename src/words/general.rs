//! What the bot can do and what it is, and the zone of a member.

use std::fmt::Write as _;

use super::text::{clip, count, one_line};
use super::{Message, color, framed};
use crate::command::{COMMANDS, Command};
use crate::practice::rules::Zone;

/// So many topics are named; more would be a wall.
const TOPICS: usize = 40;

pub(super) fn zone(zone: &Zone, own: bool, changed: bool) -> Message {
    let name = zone.name();
    let text = match (changed, own) {
        (true, _) => format!("From now on your practice days are counted in **{name}**."),
        (false, true) => format!(
            "Your practice days are counted in **{name}**, as you chose. `/zone name:` changes it."
        ),
        (false, false) => format!(
            "Your practice days are counted in the team's zone, **{name}**. `/zone name:` sets \
             your own."
        ),
    };
    framed("Your time zone", text, color::STATE)
}

pub(super) fn help() -> Message {
    let mut text = String::from(
        "I post interview questions: think, say your answer aloud or write it here, then reveal \
         the model answer. I hold mock interviews, for one or for several, and bring back what you \
         missed.\n",
    );
    for command in COMMANDS {
        let _ = writeln!(text, "\n`{}`\n{}", command.usage(), command.description);
    }
    text.push_str("\n-# How one of them goes: `/help command:quiz`");
    framed("What I can do", text, color::STATE)
}

/// What one command does, with all its parts.
pub(super) fn help_for(name: &str) -> Message {
    let Some(command) = Command::named(name) else { return help() };
    let mut text = format!("{}\n", command.help);
    if !command.more.is_empty() {
        let _ = writeln!(text, "\n{}", command.more);
    }
    for sub in command.subs {
        let _ = writeln!(text, "\n`{}`\n{}", sub.usage(command.name), sub.description);
    }
    if command.subs.is_empty() {
        let _ = writeln!(text, "\n`{}`", command.usage());
        for option in command.options {
            let _ = writeln!(text, "- `{}`: {}", option.name, option.description);
        }
    }
    framed(format!("/{}", command.name), text.trim_end(), color::STATE)
}

pub(super) fn about(questions: usize, topics: &[(String, usize)]) -> Message {
    let mut names: Vec<String> = topics
        .iter()
        .take(TOPICS)
        .map(|(title, number)| format!("- {} ({number})", clip(&one_line(title), 60)))
        .collect();
    if topics.len() > TOPICS {
        names.push(format!("- and {} more", topics.len() - TOPICS));
    }
    let bank = format!(
        "{} in {}{}",
        count(questions, "question", "questions"),
        count(topics.len(), "topic", "topics"),
        if names.is_empty() { "." } else { ":" },
    );
    let mut lines = vec![
        "Mockingbird helps a team practice interviews together.".to_owned(),
        String::new(),
        bank,
    ];
    lines.extend(names);
    let mut message = framed("About Mockingbird", lines.join("\n"), color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields = vec![
            (
                "Privacy".to_owned(),
                "I do not read the chat. I see commands, buttons and reactions to my questions. \
                 Your results are shown to you alone; team-mates can see how long your streak is, \
                 and more only if you put yourself on the leaderboard. What the team did in a topic \
                 is told only where three or more did it. `/me` hands out and deletes all that I know \
                 about you."
                    .to_owned(),
            ),
            (
                "Where it runs".to_owned(),
                "On a machine of whoever set me up, and what I keep stays there. Free software, \
                 MIT or Apache-2.0."
                    .to_owned(),
            ),
        ];
        embed.footer = String::from(concat!("version ", env!("CARGO_PKG_VERSION")));
    }
    message
}
