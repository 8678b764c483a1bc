//! What the page shows: the world as JSON, seen by one member.
//!
//! It only looks. The shapes are the page's own (see `web/app.js`); embeds and
//! components stay as Discord's JSON.

use serde_json::{Value, json};
use serenity::model::Permissions;

use crate::Id;
use crate::json::Json;
use crate::world::World;
use crate::world::model::{Attachment, Cause, Channel, ChannelKind, Message, Modal, User};

/// How many of the newest messages of a channel are shown.
const SHOWN: usize = 200;
/// Discord's mark of a message that waits for the bot ("thinking…").
const LOADING: u64 = 1 << 7;
/// How many characters of a message are quoted above an answer to it.
const EXCERPT: usize = 90;

/// So many messages of a private chat can be counted as new.
const COUNTED: usize = 10;

/// Everything around the messages: the member `me`, the others, the channels, the
/// clock, and the commands that `me` may use in `channel`.
pub(super) fn view(world: &World, me: &User, channel: Option<Id>, online: bool) -> Value {
    let team = world.teams().find(|team| team.members.contains_key(&me.id));
    let members: Vec<Value> = team
        .into_iter()
        .flat_map(|team| team.members.keys())
        .filter_map(|&id| world.user(id))
        .map(|user| member(world, user, team.map(|t| t.id)))
        .collect();
    let place =
        channel.or_else(|| world.channels().find(|c| c.kind == ChannelKind::Text).map(|c| c.id));
    json!({
        "me": member(world, me, team.map(|t| t.id)),
        "team": team.map(|team| json!({ "id": team.id, "name": team.name })),
        "members": members,
        "channels": channels(world, me, team.map(|t| t.id)),
        "commands": place.map(|place| commands(world, me.id, place)).unwrap_or_default(),
        "now": world.now().to_string(),
        "zone": "UTC",
        "online": online,
    })
}

fn member(world: &World, user: &User, team: Option<Id>) -> Value {
    let nick = team.and_then(|team| world.member(team, user.id)).and_then(|m| m.nick.clone());
    let admin = team.is_some_and(|team| {
        !user.bot && world.team_permissions(user.id, team).contains(Permissions::ADMINISTRATOR)
    });
    json!({
        "id": user.id,
        "name": user.name,
        "nick": nick.or_else(|| user.bot.then(|| world.application_name.clone())),
        "admin": admin,
        "bot": user.bot,
        "color": user.color,
    })
}

/// The team's channels in their order, threads, and the private chat.
fn channels(world: &World, me: &User, team: Option<Id>) -> Vec<Value> {
    let mut shown: Vec<&Channel> = world
        .channels()
        .filter(|c| {
            if c.kind == ChannelKind::Private { c.recipient == Some(me.id) } else { c.team == team }
        })
        .filter(|c| world.can_view(me.id, c.id))
        .collect();
    shown.sort_by_key(|c| (c.team.is_none(), c.kind.is_thread(), c.position, c.id));
    shown
        .into_iter()
        .map(|c| {
            let last = world.messages(c.id).rev().find(|m| sees(m, me.id)).map(|m| m.id);
            let private = c.kind == ChannelKind::Private;
            let others = world.messages(c.id).rev().filter(|m| m.author != me.id);
            let fresh: Vec<Id> =
                others.filter(|m| private && sees(m, me.id)).take(COUNTED).map(|m| m.id).collect();
            json!({
                "id": c.id,
                "name": c.name,
                "kind": match c.kind {
                    ChannelKind::Text => "text",
                    ChannelKind::Thread | ChannelKind::PrivateThread => "thread",
                    ChannelKind::Private => "private",
                },
                "topic": c.topic,
                "parent": c.parent,
                "last": last,
                "fresh": private.then_some(fresh),
                "closed": private.then(|| world.is_closed(me.id)),
                "archived": c.thread.as_ref().is_some_and(|t| t.archived),
                "locked": c.thread.as_ref().is_some_and(|t| t.locked),
                "hidden": c.kind == ChannelKind::PrivateThread,
                "messages": c.thread.as_ref().map(|t| t.message_count),
            })
        })
        .collect()
}

fn sees(message: &Message, user: Id) -> bool {
    message.only_for.is_none_or(|only| only == user)
}

/// The newest messages of a channel that `me` sees, oldest first.
pub(super) fn messages(world: &World, me: Id, channel: Id) -> Vec<Value> {
    let visible = world.visible_messages(me, channel);
    let skip = visible.len().saturating_sub(SHOWN);
    visible.into_iter().skip(skip).map(|m| message(world, me, m)).collect()
}

fn message(world: &World, me: Id, message: &Message) -> Value {
    let quoted = message.reply_to.and_then(|id| world.message(id));
    let thread = world.channel(message.id).filter(|c| c.kind.is_thread());
    // The first message of a thread is empty and stands for the one it began from.
    let starter = message.kind == 21;
    let source = quoted.filter(|_| starter).unwrap_or(message);
    let attachments: Vec<Value> = source.attachments.iter().map(|a| file(source, a)).collect();
    json!({
        "id": message.id,
        "kind": message.kind,
        "author": message.author,
        "content": source.content,
        "mentions": source.mentions.users,
        "embeds": source.embeds,
        "attachments": attachments,
        "components": message.components,
        "reactions": reactions(me, message),
        "ephemeral": message.is_ephemeral(),
        "edited": source.edited.is_some(),
        "thread": thread.filter(|_| !starter).map(|t| json!({
            "id": t.id,
            "name": t.name,
            "messages": t.thread.as_ref().map(|t| t.message_count),
        })),
        "reference": quoted.filter(|_| !starter).map(|q| json!({
            "id": q.id,
            "author": q.author,
            "excerpt": excerpt(&q.text()),
        })),
        "interaction": message.cause.as_ref().and_then(caused),
        "flags": if message.thinking { message.flags | LOADING } else { message.flags },
        "at": message.created.to_string(),
    })
}

/// A file as the page asks for it (see [`super::file`]).
fn file(of: &Message, file: &Attachment) -> Value {
    json!({
        "id": file.id,
        "message": of.id,
        "filename": file.filename,
        "description": file.description,
        "size": file.bytes.len(),
        "picture": super::file::picture(file).is_some(),
    })
}

/// "ann used /quiz": shown for commands only.
fn caused(cause: &Cause) -> Option<Value> {
    (cause.kind == 2).then(|| json!({ "name": cause.name, "member": cause.user }))
}

fn reactions(me: Id, message: &Message) -> Vec<Value> {
    message
        .reactions
        .iter()
        .filter(|r| !r.users.is_empty())
        .map(|r| {
            json!({
                "emoji": r.emoji,
                "count": r.users.len(),
                "members": r.users,
                "me": r.users.contains(&me),
            })
        })
        .collect()
}

fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= EXCERPT {
        return line.to_owned();
    }
    line.chars().take(EXCERPT).chain(['…']).collect()
}

/// A form as the page fills it; `id` is what it is sent back with.
pub(super) fn modal(modal: &Modal) -> Value {
    json!({
        "id": modal.interaction,
        "title": modal.title,
        "custom_id": modal.custom_id,
        "components": modal.components,
    })
}

/// The commands a member may use in a channel, one entry for each subcommand,
/// named as it is typed: `daily set`.
pub(super) fn commands(world: &World, me: Id, channel: Id) -> Vec<Value> {
    let mut found = Vec::new();
    for command in world.commands_for(me, channel) {
        flatten(&command.json, command.name(), &mut found);
    }
    found.sort_by(|a, b| a.text("name").cmp(b.text("name")));
    found
}

/// Discord's kinds of options: 1 a subcommand, 2 a group of them, else a value.
fn flatten(command: &Value, name: &str, into: &mut Vec<Value>) {
    let options = command.list("options");
    let nested = |option: &&Value| matches!(option.at("type").as_u64(), Some(1 | 2));
    if options.iter().any(|option| nested(&option)) {
        for option in options.iter().filter(nested) {
            let sub = option.text("name");
            flatten(option, &format!("{name} {sub}"), into);
        }
        return;
    }
    into.push(json!({
        "name": name,
        "description": command.at("description"),
        "options": options.iter().map(option).collect::<Vec<_>>(),
    }));
}

fn option(option: &Value) -> Value {
    let kind = match option.at("type").as_u64() {
        Some(4) => "integer",
        Some(5) => "boolean",
        Some(6) => "user",
        Some(7) => "channel",
        Some(8) => "role",
        Some(9) => "mentionable",
        Some(10) => "number",
        Some(11) => "attachment",
        _ => "string",
    };
    json!({
        "name": option.at("name"),
        "description": option.at("description"),
        "kind": kind,
        "required": *option.at("required") == true,
        "choices": option.list("choices"),
        "autocomplete": *option.at("autocomplete") == true,
        "min": option.at("min_value"),
        "max": option.at("max_value"),
        "min_length": option.at("min_length"),
        "max_length": option.at("max_length"),
    })
}
