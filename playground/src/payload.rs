//! The world's things as Discord's JSON, written by hand.
//!
//! serenity silently drops what lacks a field it insists on, so each event is
//! also parsed with serenity's types before it is sent (see `gateway::check`).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Id;
use crate::json::Json;
use crate::world::World;
use crate::world::model::{
    Attachment, Cause, Channel, ChannelKind, Member, Message, Role, Team, User,
};

/// The largest file a person may send, in bytes. Source: reference, "Uploading files".
const ATTACHMENT_LIMIT: u32 = 10 * 1024 * 1024;

/// A time as Discord writes it.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

pub(crate) fn user(user: &User, application_name: &str) -> Value {
    let name = if user.bot { application_name } else { &user.name };
    json!({
        "id": user.id,
        "username": name,
        "global_name": if user.bot { Value::Null } else { json!(user.name) },
        "discriminator": if user.bot { "0001" } else { "0" },
        "avatar": null,
        "bot": user.bot,
        "system": false,
        "mfa_enabled": false,
        "public_flags": 0,
        "flags": 0,
        "banner": null,
        "accent_color": user.color,
        "primary_guild": null,
        "locale": "en-US",
    })
}

impl World {
    pub(crate) fn user_json(&self, id: Id) -> Value {
        self.users.get(&id).map_or_else(
            || json!({"id": id, "username": "deleted", "discriminator": "0", "avatar": null}),
            |found| user(found, &self.application_name),
        )
    }

    pub(crate) fn member_json(&self, member: &Member) -> Value {
        let mut data = bare_member(member);
        data.set("user", self.user_json(member.user));
        data
    }

    pub(crate) fn guild_json(team: &Team) -> Value {
        let mut data = json!({
            "id": team.id,
            "name": team.name,
            "icon": null,
            "splash": null,
            "discovery_splash": null,
            "owner_id": team.owner,
            "afk_channel_id": null,
            "afk_timeout": 300,
            "widget_enabled": false,
            "widget_channel_id": null,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "roles": team.roles.iter().map(role).collect::<Vec<_>>(),
            "emojis": [],
            "features": [],
            "mfa_level": 0,
            "application_id": null,
            "system_channel_id": null,
            "system_channel_flags": 0,
            "rules_channel_id": null,
            "max_presences": null,
            "max_members": 500_000,
            "vanity_url_code": null,
            "description": null,
            "banner": null,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "public_updates_channel_id": null,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "approximate_member_count": team.members.len(),
            "approximate_presence_count": team.members.len(),
            "nsfw_level": 0,
            "region": "deprecated",
            "stickers": [],
            "premium_progress_bar_enabled": false,
            "safety_alerts_channel_id": null,
            "incidents_data": null,
            "home_header": null,
        });
        data.set("nsfw", json!(false));
        data
    }

    /// The team as a new session gets it: all channels, also those that are hidden
    /// from the bot, but only the threads that it can see.
    pub(crate) fn guild_create_json(&self, team: &Team) -> Value {
        let inside = |c: &&Channel| c.team == Some(team.id);
        let visible = |c: &&Channel| self.can_view(self.application, c.id);
        let mut data = Self::guild_json(team);
        let bot = team.members.get(&self.application);
        data.set("joined_at", json!(time(bot.map_or(self.now, |m| m.joined_at))));
        data.set("large", json!(false));
        data.set("unavailable", json!(false));
        data.set("member_count", json!(team.members.len()));
        data.set("voice_states", json!([]));
        data.set("members", bot.map(|m| self.member_json(m)).into_iter().collect());
        data.set(
            "channels",
            self.channels
                .values()
                .filter(inside)
                .filter(|c| c.kind == ChannelKind::Text)
                .map(|c| self.channel_json(c))
                .collect(),
        );
        data.set(
            "threads",
            self.channels
                .values()
                .filter(inside)
                .filter(visible)
                .filter(|c| c.thread.as_ref().is_some_and(|t| !t.archived))
                .map(|c| self.channel_json(c))
                .collect(),
        );
        data.set("presences", json!([]));
        data.set("stage_instances", json!([]));
        data.set("guild_scheduled_events", json!([]));
        data.set("soundboard_sounds", json!([]));
        data
    }

    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        let mut data = json!({
            "id": channel.id,
            "type": channel.kind.number(),
            "last_message_id": channel.last_message,
            "flags": 0,
        });
        if channel.kind == ChannelKind::Private {
            data.set("recipients", json!([self.user_json(channel.recipient.unwrap_or_default())]));
            return data;
        }
        data.set("guild_id", json!(channel.team));
        data.set("name", json!(channel.name));
        data.set("parent_id", json!(channel.parent));
        data.set("rate_limit_per_user", json!(channel.slow_mode));
        if let Some(thread) = &channel.thread {
            data.set("owner_id", json!(thread.owner));
            data.set("message_count", json!(thread.message_count));
            data.set("total_message_sent", json!(thread.message_count));
            data.set("member_count", json!(thread.members.len().min(50)));
            data.set(
                "thread_metadata",
                json!({
                    "archived": thread.archived,
                    "auto_archive_duration": thread.auto_archive_minutes,
                    "archive_timestamp": time(thread.archived_at),
                    "locked": thread.locked,
                    "create_timestamp": time(channel.id.time()),
                }),
            );
            if thread.members.contains(&self.application) {
                data.set("member", self.thread_member_json(channel.id, self.application));
            }
        } else {
            data.set("topic", json!(channel.topic));
            data.set("position", json!(channel.position));
            data.set("nsfw", json!(false));
            data.set(
                "permission_overwrites",
                channel
                    .overwrites
                    .iter()
                    .map(|o| {
                        json!({
                            "id": o.target,
                            "type": u8::from(o.member),
                            "allow": o.allow.bits().to_string(),
                            "deny": o.deny.bits().to_string(),
                        })
                    })
                    .collect(),
            );
        }
        data
    }

    pub(crate) fn thread_member_json(&self, thread: Id, user: Id) -> Value {
        json!({
            "id": thread,
            "user_id": user,
            "join_timestamp": time(self.now),
            "flags": 0,
        })
    }

    /// A message as the bot gets it over REST.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let team = self.channels.get(&message.channel).and_then(|c| c.team);
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
            "mentions": message.mentions.users.iter().map(|u| self.user_json(*u)).collect::<Vec<_>>(),
            "mention_roles": message.mentions.roles,
            "attachments": message.attachments.iter().map(|a| attachment(message, a)).collect::<Vec<_>>(),
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

/// A member without the person.
pub(crate) fn bare_member(member: &Member) -> Value {
    json!({
        "nick": member.nick,
        "avatar": null,
        "banner": null,
        "roles": member.roles,
        "joined_at": time(member.joined_at),
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": null,
    })
}

pub(crate) fn role(role: &Role) -> Value {
    json!({
        "id": role.id,
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": role.position,
        "permissions": role.permissions.bits().to_string(),
        "managed": role.managed,
        "mentionable": false,
        "flags": 0,
    })
}

/// An emoji: `💡`, or `name:id` for a team's own.
pub(crate) fn emoji(text: &str) -> Value {
    match text.split_once(':') {
        Some((name, id)) => json!({"id": id, "name": name, "animated": false}),
        None => json!({"id": null, "name": text}),
    }
}

fn attachment(message: &Message, file: &Attachment) -> Value {
    let url = format!("/attachments/{}/{}/{}", message.channel, file.id, file.filename);
    json!({
        "id": file.id,
        "filename": file.filename,
        "size": file.bytes.len(),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
        "description": file.description,
    })
}

/// Empties what only those with the `MESSAGE_CONTENT` intent may read.
/// Source: gateway, "Message Content Intent".
pub(crate) fn hide_content(message: &mut Value) {
    message.set("content", json!(""));
    for part in ["embeds", "attachments", "components"] {
        message.set(part, json!([]));
    }
}
