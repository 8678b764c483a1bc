//! The things in the world, as plain data. They know no rules.

mod asked;

pub use asked::{Choice, Command, Field, Interaction, Modal, Outcome};

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;
use serenity::model::Permissions;

use crate::Id;
use crate::json::Json;

/// A person, or the bot, across all teams.
#[derive(Clone, Debug)]
pub struct User {
    /// Which person.
    pub id: Id,
    /// The unique name, lower case: `ann`.
    pub name: String,
    /// Whether it is the bot.
    pub bot: bool,
    /// The colour of the round picture, `0xRRGGBB`.
    pub color: u32,
}

/// A person's membership of one team.
#[derive(Clone, Debug)]
pub struct Member {
    /// The person.
    pub user: Id,
    /// The name shown in this team instead of the person's own.
    pub nick: Option<String>,
    /// Roles besides everyone's.
    pub roles: Vec<Id>,
    /// Since when.
    pub joined_at: Timestamp,
}

/// A named set of permissions.
#[derive(Clone, Debug)]
pub struct Role {
    /// Which role. Everyone's role has the id of its team.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it permits.
    pub permissions: Permissions,
    /// Its rank, 0 is everyone's.
    pub position: u32,
    /// Whether it belongs to a bot.
    pub managed: bool,
}

/// What Discord calls a guild or server.
#[derive(Clone, Debug)]
pub struct Team {
    /// Which team.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The member who may do everything.
    pub owner: Id,
    /// Roles, everyone's first.
    pub roles: Vec<Role>,
    /// Members by person.
    pub members: BTreeMap<Id, Member>,
}

/// What a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A text channel of a team.
    Text,
    /// A public thread in a text channel.
    Thread,
    /// A private thread in a text channel.
    PrivateThread,
    /// The private chat of one person and the bot.
    Private,
}

impl ChannelKind {
    /// Discord's number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Private => 1,
            Self::Thread => 11,
            Self::PrivateThread => 12,
        }
    }

    /// Whether it is a thread, public or private.
    pub const fn is_thread(self) -> bool {
        matches!(self, Self::Thread | Self::PrivateThread)
    }
}

/// What one role or member may or may not do in one channel.
#[derive(Clone, Copy, Debug)]
pub struct Overwrite {
    /// The role or the person.
    pub target: Id,
    /// Whether `target` is a person.
    pub member: bool,
    /// Permitted here.
    pub allow: Permissions,
    /// Forbidden here.
    pub deny: Permissions,
}

/// What only threads have.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Who made it.
    pub owner: Id,
    /// Whether it is put away.
    pub archived: bool,
    /// Whether only those who manage threads may bring it back.
    pub locked: bool,
    /// After how many quiet minutes it is put away: 60, 1440, 4320 or 10080.
    pub auto_archive_minutes: u32,
    /// When `archived` was last set.
    pub archived_at: Timestamp,
    /// Who joined.
    pub members: BTreeSet<Id>,
    /// How many messages it holds besides the first.
    pub message_count: u32,
}

/// A place for messages.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Which channel. A thread made from a message has that message's id.
    pub id: Id,
    /// Its team; none for a private chat.
    pub team: Option<Id>,
    /// What it is.
    pub kind: ChannelKind,
    /// Its name, without `#`. Empty for a private chat.
    pub name: String,
    /// What it is for.
    pub topic: Option<String>,
    /// A thread's channel.
    pub parent: Option<Id>,
    /// Exceptions to the roles' permissions.
    pub overwrites: Vec<Overwrite>,
    /// The other person of a private chat.
    pub recipient: Option<Id>,
    /// The newest message, also if it was deleted.
    pub last_message: Option<Id>,
    /// Seconds a person must wait between messages.
    pub slow_mode: u32,
    /// The rank in the list.
    pub position: u32,
    /// Present exactly for threads.
    pub thread: Option<Thread>,
}

/// One emoji under a message.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// The emoji as text, `💡` or `name:id`.
    pub emoji: String,
    /// Who added it, first come first.
    pub users: Vec<Id>,
}

/// The interaction that a message answers.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Which interaction.
    pub interaction: Id,
    /// Discord's number of its kind: 2 command, 3 component, 5 modal.
    pub kind: u8,
    /// The command as typed without options: `daily set`. Empty for others.
    pub name: String,
    /// Who caused it.
    pub user: Id,
}

/// A file that came with a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Which file.
    pub id: Id,
    /// Its name.
    pub filename: String,
    /// Its type as sent, such as `image/png`.
    pub content_type: Option<String>,
    /// Text for those who cannot see it.
    pub description: Option<String>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Who a message would notify.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Persons.
    pub users: Vec<Id>,
    /// Roles.
    pub roles: Vec<Id>,
    /// Everybody (`@everyone` or `@here`).
    pub everyone: bool,
}

impl Mentions {
    /// Whether nobody is notified.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.roles.is_empty() && !self.everyone
    }
}

/// A message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Which message.
    pub id: Id,
    /// Where it is.
    pub channel: Id,
    /// Who wrote it.
    pub author: Id,
    /// Discord's number of its kind: 0 plain, 1 somebody was added, 18 thread made, 19 reply,
    /// 20 answer to a command, 21 first message of a thread.
    pub kind: u8,
    /// Its text.
    pub content: String,
    /// Embeds, as Discord's JSON.
    pub embeds: Vec<Value>,
    /// Rows of buttons and selects, as Discord's JSON.
    pub components: Vec<Value>,
    /// The mark that its author gave it against doubles.
    pub nonce: Option<Value>,
    /// When it was written.
    pub created: Timestamp,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
    /// Discord's bits: 4 no embeds of links, 64 ephemeral, 4096 silent, 32 has a thread.
    pub flags: u64,
    /// Emoji under it, in the order of their first use.
    pub reactions: Vec<Reaction>,
    /// The message that it answers.
    pub reply_to: Option<Id>,
    /// The interaction that it answers.
    pub cause: Option<Cause>,
    /// The one member who sees it, for an ephemeral message.
    pub only_for: Option<Id>,
    /// Whom it notifies.
    pub mentions: Mentions,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Whether it is the empty place of a deferred answer ("thinking…").
    pub thinking: bool,
    /// Whether the bot wrote it through an interaction's token.
    pub by_webhook: bool,
}

impl Message {
    /// Whether only one member sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.only_for.is_some()
    }

    /// All that can be read: content, then of each embed author, title,
    /// description, fields and footer, one a line.
    pub fn text(&self) -> String {
        let mut parts = vec![self.content.clone()];
        for embed in &self.embeds {
            let mut add = |value: &Value| {
                if let Some(text) = value.as_str() {
                    parts.push(text.to_owned());
                }
            };
            add(embed.at("author").at("name"));
            add(embed.at("title"));
            add(embed.at("description"));
            for field in embed.list("fields") {
                add(field.at("name"));
                add(field.at("value"));
            }
            add(embed.at("footer").at("text"));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }

    /// All buttons and selects, in order, as Discord's JSON.
    pub fn controls(&self) -> Vec<&Value> {
        fn collect<'a>(of: &'a Value, into: &mut Vec<&'a Value>) {
            match of.at("components").as_array() {
                Some(children) => children.iter().for_each(|child| collect(child, into)),
                None => into.push(of),
            }
            if of.at("accessory").is_object() {
                collect(of.at("accessory"), into);
            }
        }
        let mut found = Vec::new();
        for row in &self.components {
            collect(row, &mut found);
        }
        found
    }

    /// The labels of its buttons, in order. A button without a label gives its emoji.
    pub fn buttons(&self) -> Vec<String> {
        self.controls()
            .into_iter()
            .filter(|control| control.at("type") == 2)
            .map(|button| {
                let face =
                    button.at("label").as_str().or_else(|| button.at("emoji").at("name").as_str());
                face.unwrap_or_default().to_owned()
            })
            .collect()
    }

    /// How many people, the bot included, added `emoji`.
    pub fn reaction_count(&self, emoji: &str) -> usize {
        self.reactions.iter().find(|r| r.emoji == emoji).map_or(0, |r| r.users.len())
    }
}
