//! The world's things as Discord's JSON, written by hand.
//!
//! serenity silently drops what lacks a field it insists on, so each event is
//! also parsed with serenity's types before it is sent (see `gateway::check`).

mod message;

pub(crate) use message::hide_content;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Id;
use crate::json::Json;
use crate::world::World;
use crate::world::model::{Channel, ChannelKind, Member, Role, Team, User};

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
