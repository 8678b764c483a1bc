//! Payloads as Discord sends them, with every field that serenity insists on.

use serde_json::{Value, json};

/// A dispatch.
pub(crate) fn dispatch(number: u64, kind: &str, data: impl Into<Value>) -> Value {
    json!({ "op": 0, "s": number, "t": kind, "d": data.into() })
}

/// READY, with one team: 7. The bot is 1. Where the session would go on nobody listens.
pub(crate) fn ready() -> Value {
    ready_at("ws://127.0.0.1:1")
}

/// The same; the session goes on at this address.
pub(crate) fn ready_at(url: &str) -> Value {
    dispatch(
        1,
        "READY",
        json!({
            "v": 10, "session_id": "s", "resume_gateway_url": url,
            "user": { "id": "1", "username": "bot", "bot": true },
            "application": { "id": "2", "flags": 0 },
            "guilds": [{ "id": "7", "unavailable": true }],
        }),
    )
}

/// The team 7 with the channel 70 and the thread 71.
pub(crate) fn team() -> Value {
    let channel = |id: &str, kind: u64, parent: Option<&str>| {
        json!({ "id": id, "type": kind, "guild_id": "7", "name": "general", "position": 0,
                "permission_overwrites": [], "parent_id": parent })
    };
    let mut thread = channel("71", 11, Some("70"));
    thread["thread_metadata"] = json!({
        "archived": false, "auto_archive_duration": 1440, "locked": false,
        "archive_timestamp": "2026-11-22T09:00:00+00:00"
    });
    json!({
        "id": "7", "name": "Team", "owner_id": "9", "joined_at": "2026-11-22T09:00:00+00:00",
        "channels": [channel("70", 0, None)], "threads": [thread], "roles": [{
            "id": "7", "name": "@everyone", "color": 0, "colors": { "primary_color": 0 },
            "hoist": false, "managed": false, "mentionable": false, "permissions": "0",
            "position": 0
        }],
        "members": [], "presences": [], "voice_states": [], "stage_instances": [],
        "guild_scheduled_events": [], "emojis": [], "stickers": [], "features": [],
        "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "nsfw_level": 0, "verification_level": 0, "premium_tier": 0,
        "premium_progress_bar_enabled": false, "preferred_locale": "en-US",
        "system_channel_flags": 0, "large": false, "member_count": 2
    })
}

/// A person or bot.
fn user(id: u64, is_bot: bool) -> Value {
    json!({ "id": id.to_string(), "username": "somebody", "bot": is_bot })
}

fn member(id: u64, is_bot: bool) -> Value {
    json!({ "user": user(id, is_bot), "roles": [], "deaf": false, "mute": false, "flags": 0,
            "joined_at": "2026-11-22T09:00:00+00:00" })
}

/// An interaction of the member 9 in the channel 70 of the team 7.
pub(crate) fn interaction(id: u64, kind: u64, data: &Value) -> Value {
    json!({
        "id": id.to_string(), "application_id": "2", "type": kind, "data": data,
        "guild_id": "7", "channel_id": "70", "channel": { "id": "70", "type": 0 },
        "member": member(9, false), "token": format!("token-{id}"), "version": 1,
        "locale": "en-US", "entitlements": [], "attachment_size_limit": 10_485_760,
    })
}

/// The command `/quiz topic:…` of the member 9.
pub(crate) fn quiz(id: u64) -> Value {
    let options = json!([{ "name": "topic", "type": 3, "value": "any" }]);
    interaction(id, 2, &json!({ "id": "5", "name": "quiz", "type": 1, "options": options }))
}

/// A reaction to the message 700.
pub(crate) fn reaction(who: u64, is_bot: bool, in_team: bool) -> Value {
    let mut data = json!({
        "user_id": who.to_string(), "channel_id": "70", "message_id": "700",
        "emoji": { "id": null, "name": "💡" }, "burst": false, "type": 0,
    });
    if in_team {
        data["guild_id"] = json!("7");
        data["member"] = member(who, is_bot);
    }
    data
}

/// A button of the message 700, pressed by the member 9.
pub(crate) fn press(id: u64) -> Value {
    let mut press = interaction(id, 3, &json!({ "component_type": 2, "custom_id": "show:1" }));
    press["message"] = json!({
        "id": "700", "channel_id": "70", "author": user(1, true), "content": "", "embeds": [],
        "attachments": [], "mentions": [], "mention_roles": [], "mention_everyone": false,
        "pinned": false, "tts": false, "timestamp": "2026-11-22T09:00:00+00:00", "type": 0,
    });
    press
}

/// A menu of the message 700, from which the member 9 chose.
pub(crate) fn choice(id: u64, values: &[&str]) -> Value {
    let mut choice = press(id);
    choice["data"] = json!({ "component_type": 3, "custom_id": "tick:1", "values": values });
    choice
}

/// A form, sent by the member 9, with these fields; one of them may have come without a text.
pub(crate) fn submission(id: u64, fields: &[Option<&str>]) -> Value {
    let row = |(number, text): (usize, Option<&str>)| {
        let mut field = json!({ "type": 4, "id": 2, "custom_id": number.to_string() });
        if let Some(text) = text {
            field["value"] = json!(text);
        }
        json!({ "type": 1, "id": 1, "components": [field] })
    };
    let rows: Vec<Value> = fields.iter().copied().enumerate().map(row).collect();
    interaction(id, 5, &json!({ "custom_id": "answer:1", "components": rows }))
}

/// The same in the private chat 90 of the member 9.
pub(crate) fn in_private(mut interaction: Value) -> Value {
    interaction["channel"] = json!({ "id": "90", "type": 1 });
    interaction["channel_id"] = json!("90");
    interaction["user"] = interaction["member"]["user"].clone();
    for key in ["member", "guild_id"] {
        interaction.as_object_mut().expect("it is one").remove(key);
    }
    interaction
}

/// The same in the private thread 72, on a message that only the member 9 sees.
pub(crate) fn in_private_thread(mut interaction: Value) -> Value {
    interaction["channel"] = json!({
        "id": "72", "type": 12, "guild_id": "7", "parent_id": "70", "name": "talk",
        "thread_metadata": {
            "archived": false, "auto_archive_duration": 1440, "locked": false, "invitable": false,
            "archive_timestamp": "2026-11-22T09:00:00+00:00"
        }
    });
    interaction["channel_id"] = json!("72");
    if interaction.get("message").is_some() {
        interaction["message"]["channel_id"] = json!("72");
        interaction["message"]["flags"] = json!(64);
    }
    interaction
}
