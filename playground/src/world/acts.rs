//! What happened, in order, in words without ids: the source of transcripts.

use jiff::Timestamp;

use super::World;
use super::model::{ChannelKind, Message};
use crate::Id;
use crate::json::Json;

/// One thing that somebody did.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub channel: Id,
    /// The message that it made, if it made one.
    pub message: Option<Id>,
    /// `bot → #prep  (embed) Question of the day`
    pub line: String,
    /// What is shown indented below.
    pub body: Vec<String>,
    /// Emoji that the author put under it at once, shown on its last line.
    pub marks: Vec<String>,
    /// The buttons, shown on its last line: `[Show me]`.
    pub buttons: String,
    /// Whether a transcript gave it out already.
    pub taken: bool,
}

impl World {
    /// Writes down that somebody did something without a text of its own.
    pub(crate) fn note(&mut self, channel: Id, user: Id, did: &str) {
        let line = format!("{} {did}", self.name_in(user, channel));
        self.acts.push(Act {
            at: self.now,
            channel,
            message: None,
            line,
            body: Vec::new(),
            marks: Vec::new(),
            buttons: String::new(),
            taken: false,
        });
    }

    /// Writes down that a message came (`→`) or how it reads now (`edits`).
    pub(crate) fn note_message(&mut self, message: &Message, arrow: &str) {
        let author = self.name_in(message.author, message.channel);
        let to = match message.only_for {
            Some(only) => format!("{} (only)", self.name_in(only, message.channel)),
            None => self.place(message.channel),
        };
        let mut body = readable(message);
        let first = if body.is_empty() { String::new() } else { body.remove(0) };
        let line = format!("{author} {arrow} {to}  {first}").trim_end().to_owned();
        let buttons = message.controls().iter().map(|c| control(c)).collect::<Vec<_>>().join(" ");
        self.acts.push(Act {
            at: self.now,
            channel: message.channel,
            message: Some(message.id),
            line,
            body,
            marks: Vec::new(),
            buttons,
            taken: false,
        });
    }

    /// Writes a reaction down: the author's own is shown with the message.
    pub(crate) fn note_reaction(&mut self, message: &Message, user: Id, emoji: &str) {
        if message.author == user {
            let written = self.acts.iter_mut().rev().find(|a| a.message == Some(message.id));
            if let Some(act) = written
                && !act.taken
            {
                act.marks.push(emoji.to_owned());
                return;
            }
        }
        self.note(message.channel, user, &format!("reacts {emoji}"));
    }

    /// A channel as people name it: `#prep`, `thread "Answer"`, `ann (private)`.
    pub(crate) fn place(&self, channel: Id) -> String {
        let Some(channel) = self.channels.get(&channel) else {
            return "?".to_owned();
        };
        match channel.kind {
            ChannelKind::Text => format!("#{}", channel.name),
            ChannelKind::Thread | ChannelKind::PrivateThread => {
                format!("thread \"{}\"", channel.name)
            }
            ChannelKind::Private => {
                let with = channel.recipient.unwrap_or_default();
                format!("{} (private)", self.display_name(with, None))
            }
        }
    }

    fn name_in(&self, user: Id, channel: Id) -> String {
        self.display_name(user, self.channels.get(&channel).and_then(|c| c.team))
    }
}

/// The lines of a message: content, then each embed.
fn readable(message: &Message) -> Vec<String> {
    let mut lines: Vec<String> = message.content.lines().map(str::to_owned).collect();
    for embed in &message.embeds {
        let mut of_embed = Vec::new();
        for part in ["title", "description"] {
            let text = embed.text(part);
            of_embed.extend(text.lines().map(str::to_owned));
        }
        for field in embed.list("fields") {
            let name = field.text("name");
            let value = field.text("value");
            let whole = format!("{name}: {value}");
            of_embed.extend(whole.lines().map(str::to_owned));
        }
        if let Some(text) = embed.at("footer").at("text").as_str() {
            of_embed.extend(text.lines().map(|line| format!("({line})")));
        }
        if let Some(first) = of_embed.first_mut() {
            first.insert_str(0, "(embed) ");
        }
        lines.extend(of_embed);
    }
    lines.extend(message.attachments.iter().map(|file| format!("(file) {}", file.filename)));
    if message.thinking {
        lines.push("(thinking)".to_owned());
    }
    lines
}

/// A button as `[label]`, struck out as `[label, off]`; a select as `[label ▾]`.
fn control(of: &serde_json::Value) -> String {
    let text = |key: &str| of.text(key).to_owned();
    let off = if of.at("disabled") == true { ", off" } else { "" };
    if of.at("type") == 2 {
        let face = of.at("label").as_str().or_else(|| of.at("emoji").at("name").as_str());
        format!("[{}{off}]", face.unwrap_or_default())
    } else {
        format!("[{} ▾{off}]", text("placeholder"))
    }
}
