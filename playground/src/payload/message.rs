//! Messages and interactions as Discord's JSON.

use serde_json::{Value, json};

use super::{bare_member, emoji, time};
use crate::Id;
use crate::json::Json;
use crate::world::World;
use crate::world::model::{Attachment, Cause, Message};

/// The largest file a person may send, in bytes. Source: reference, "Uploading files".
const ATTACHMENT_LIMIT: u32 = 10 * 1024 * 1024;

impl World {
    /// A message as the bot gets it over REST.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let team = self.channels.get(&message.channel).and_then(|c| c.team);
        let mentions: Value = message.mentions.users.iter().map(|u| self.user_json(*u)).collect();
        let files: Value = message.attachments.iter().map(|a| attachment(message, a)).collect();
        let mut data = json!({
            "id": message.id,
            "channel_id": message.channel,
            "type": message.kind,
            "author": self.user_json(message.author),
            "content": message.content,
            "timestamp": time(message.created),
            "edited_timestamp": message.edited.map(time),
            "tts": false,
            "mention_everyone": message.mentions.everyone,
            "mentions": mentions,
            "mention_roles": message.mentions.roles,
            "attachments": files,
            "embeds": message.embeds,
            "components": message.components,
            "pinned": false,
            "flags": message.flags | if message.thinking { 128 } else { 0 },
        });
        if !message.reactions.is_empty() {
            data.set("reactions", self.reactions_json(message));
        }
        if let Some(nonce) = &message.nonce {
            data.set("nonce", nonce.clone());
        }
        if message.by_webhook {
            data.set("webhook_id", json!(self.application));
            data.set("application_id", json!(self.application));
        }
        if let Some(answered) = message.reply_to {
            let here = self.channels.get(&message.channel);
            let parent = here.and_then(|c| c.parent).filter(|_| message.kind == 21);
            let place = parent.unwrap_or(message.channel);
            let found = self.message_in(place, answered);
            let mut reference = json!({"type": 0, "message_id": answered, "channel_id": place});
            if let Some(team) = team {
                reference.set("guild_id", json!(team));
            }
            data.set("message_reference", reference);
            // One level only, as Discord does.
            data.set(
                "referenced_message",
                found.map_or(Value::Null, |m| {
                    self.message_json(&Message { reply_to: None, ..m.clone() })
                }),
            );
        }
        if let Some(cause) = &message.cause {
            data.set("interaction_metadata", self.cause_json(cause, message));
            if cause.kind == 2 {
                data.set(
                    "interaction",
                    json!({
                        "id": cause.interaction,
                        "type": cause.kind,
                        "name": cause.name,
                        "user": self.user_json(cause.user),
                    }),
                );
            }
        }
        if let Some(thread) = self.channels.get(&message.id) {
            data.set("thread", self.channel_json(thread));
        }
        if !self.sees_content && self.is_guarded(message) {
            hide_content(&mut data);
        }
        data
    }

    fn cause_json(&self, cause: &Cause, message: &Message) -> Value {
        let source = self.interactions.get(&cause.interaction).and_then(|i| i.source);
        let of_kind = |kind: u8| {
            let mut data = json!({
                "id": cause.interaction,
                "type": kind,
                "user": self.user_json(cause.user),
                "authorizing_integration_owners": self.owners_json(message.channel),
            });
            if kind == 2 {
                data.set("name", json!(cause.name));
                data.set("command_type", json!(1));
            }
            if kind == 3 {
                data.set("interacted_message_id", json!(source.unwrap_or(message.id)));
            }
            data
        };
        let mut data = of_kind(cause.kind);
        if cause.kind == 5 {
            // Of the two that open forms, the one that has no message is a command.
            let opened_by = if source.is_some() { 3 } else { 2 };
            data.set("triggering_interaction_metadata", of_kind(opened_by));
        }
        data
    }

    /// By whom the application was installed where `channel` is.
    pub(crate) fn owners_json(&self, channel: Id) -> Value {
        match self.channels.get(&channel).and_then(|c| c.team) {
            Some(team) => json!({"0": team}),
            None => json!({"0": "0"}),
        }
    }

    fn reactions_json(&self, message: &Message) -> Value {
        message
            .reactions
            .iter()
            .map(|reaction| {
                json!({
                    "count": reaction.users.len(),
                    "count_details": {"burst": 0, "normal": reaction.users.len()},
                    "me": reaction.users.contains(&self.application),
                    "me_burst": false,
                    "emoji": emoji(&reaction.emoji),
                    "burst_colors": [],
                })
            })
            .collect()
    }

    /// A message as an event, with what only events carry.
    pub(crate) fn message_event_json(&self, message: &Message) -> Value {
        let mut data = self.message_json(message);
        if let Some(team) = self.channels.get(&message.channel).and_then(|c| c.team) {
            data.set("guild_id", json!(team));
            if let Some(member) = self.member(team, message.author) {
                data.set("member", bare_member(member));
            }
        }
        data
    }

    /// What every interaction carries; `data` and `message` are the caller's.
    pub(crate) fn interaction_json(&self, id: Id, data: &Value) -> Value {
        let Some(interaction) = self.interactions.get(&id) else {
            return Value::Null;
        };
        let channel = self.channels.get(&interaction.channel);
        let team = channel.and_then(|c| c.team);
        let mut partial = channel.map(|c| self.channel_json(c)).unwrap_or_default();
        let may = |user| self.permissions(user, interaction.channel).bits().to_string();
        partial.set("permissions", json!(may(interaction.user)));
        let mut payload = json!({
            "id": interaction.id,
            "application_id": self.application,
            "type": interaction.kind,
            "data": data,
            "channel": partial,
            "channel_id": interaction.channel,
            "token": interaction.token,
            "version": 1,
            "app_permissions": may(self.application),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": self.owners_json(interaction.channel),
            "context": u8::from(team.is_none()),
            "attachment_size_limit": ATTACHMENT_LIMIT,
        });
        match team {
            Some(team) => {
                payload.set("guild_id", json!(team));
                payload.set("guild_locale", json!("en-US"));
                payload.set("guild", json!({"id": team, "locale": "en-US", "features": []}));
                if let Some(member) = self.member(team, interaction.user) {
                    let mut member = self.member_json(member);
                    member.set("permissions", json!(may(interaction.user)));
                    payload.set("member", member);
                }
            }
            None => payload.set("user", self.user_json(interaction.user)),
        }
        if let Some(source) = interaction.source.and_then(|m| self.message(m)) {
            payload.set("message", self.message_json(source));
        }
        payload
    }
}

fn attachment(message: &Message, file: &Attachment) -> Value {
    // Where Discord keeps files; the page has an address of its own for them.
    let url = format!(
        "https://cdn.discordapp.com/attachments/{}/{}/{}",
        message.channel, file.id, file.filename
    );
    let mut data = json!({
        "id": file.id,
        "filename": file.filename,
        "size": file.bytes.len(),
        "url": url,
        "proxy_url": url,
    });
    for (key, text) in [("content_type", &file.content_type), ("description", &file.description)] {
        if let Some(text) = text {
            data.set(key, json!(text));
        }
    }
    if message.is_ephemeral() {
        data.set("ephemeral", json!(true));
    }
    data
}

/// Empties what only those with the `MESSAGE_CONTENT` intent may read.
/// Source: gateway, "Message Content Intent".
pub(crate) fn hide_content(message: &mut Value) {
    message.set("content", json!(""));
    for part in ["embeds", "attachments", "components"] {
        message.set(part, json!([]));
    }
}
