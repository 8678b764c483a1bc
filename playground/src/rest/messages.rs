//! Messages of channels: list, look, write, change, delete.

use jiff::SignedDuration;
use serde_json::Value;
use serenity::model::Permissions;

use super::draft::{Draft, EPHEMERAL, reference};
use super::error::{ApiError, FormErrors};
use super::{Answer, Call, Reply};
use crate::Id;
use crate::world::World;
use crate::world::model::Message;

/// How long a nonce is remembered, in the world's time. Discord says "the past
/// few minutes".
const NONCE_WINDOW: SignedDuration = SignedDuration::from_mins(3);

/// Newest first; `before`, `after`, `around` and `limit` choose. Without the
/// permission to read the history there are none.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let channel = call.channel(Permissions::empty())?;
    let limit = call.limit(50, 100)?;
    let world = &call.state.world;
    if !world.permissions(world.bot(), channel).contains(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Reply::Json(Value::Array(Vec::new())));
    }
    let mark = |name: &str| call.query(name).and_then(|id| id.parse::<Id>().ok());
    let public = || world.messages(channel).filter(|m| !m.is_ephemeral());
    let mut page: Vec<&Message> = if let Some(around) = mark("around") {
        let before = public().rev().filter(|m| m.id < around).take(limit / 2);
        let mut page: Vec<_> = before.collect();
        let room = limit - page.len();
        page.extend(public().filter(|m| m.id >= around).take(room));
        page
    } else if let Some(after) = mark("after") {
        public().filter(|m| m.id > after).take(limit).collect()
    } else {
        let before = mark("before").unwrap_or(Id::new(u64::MAX));
        public().rev().filter(|m| m.id < before).take(limit).collect()
    };
    page.sort_by_key(|m| std::cmp::Reverse(m.id));
    Ok(Reply::Json(page.into_iter().map(|m| world.message_json(m)).collect()))
}

pub(crate) fn get(call: &mut Call<'_>) -> Answer {
    let (channel, id) = call.message(Permissions::READ_MESSAGE_HISTORY)?;
    reply(&call.state.world, channel, id)
}

fn reply(world: &World, channel: Id, id: Id) -> Answer {
    let message = world.message_in(channel, id).ok_or_else(ApiError::unknown_message)?;
    Ok(Reply::Json(world.message_json(message)))
}

pub(crate) fn create(call: &mut Call<'_>) -> Answer {
    let channel = call.channel(Permissions::empty())?;
    may_write(&call.state.world, channel)?;
    let draft = Draft::of(call)?;
    let reference = reference(&call.body);
    let world = call.world();
    let bot = world.bot();
    let may = world.permissions(bot, channel);
    if draft.has_embeds() && !may.contains(Permissions::EMBED_LINKS)
        || draft.has_files() && !may.contains(Permissions::ATTACH_FILES)
    {
        return Err(ApiError::missing_permissions());
    }
    if draft.enforce_nonce
        && let Some(nonce) = &draft.nonce
        && let Some(first) = same_nonce(world, nonce)
    {
        return Ok(Reply::Json(world.message_json(first)));
    }
    let mut message =
        Message { channel, author: bot, nonce: draft.nonce.clone(), ..Message::default() };
    let notifies = draft.allowed.replied_user;
    draft.apply(world, &mut message)?;
    message.flags &= !EPHEMERAL;
    if let Some((answered, must_exist)) = reference {
        answer_to(world, &mut message, answered, must_exist, notifies)?;
    }
    let id = world.post(message);
    reply(world, channel, id)
}

/// Whether the bot may write there: 50013, or 160005 in a locked thread; in a private chat 50278
/// without a common team, or 50007 where the other one takes no private messages.
fn may_write(world: &World, channel: Id) -> Result<(), ApiError> {
    if let Some(user) = world.channel(channel).and_then(|c| c.recipient) {
        if !world.teams().any(|team| team.members.contains_key(&user)) {
            return Err(ApiError::no_common_team());
        }
        if world.is_closed(user) {
            return Err(ApiError::cannot_message_user());
        }
    }
    let may = world.permissions(world.bot(), channel);
    let thread = world.channel(channel).and_then(|c| c.thread.as_ref());
    let needed = if thread.is_some() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    if !may.contains(needed) {
        return Err(ApiError::missing_permissions());
    }
    let locked = thread.is_some_and(|t| t.locked);
    if locked && !may.contains(Permissions::MANAGE_THREADS) {
        return Err(ApiError::thread_locked());
    }
    Ok(())
}

fn same_nonce<'a>(world: &'a World, nonce: &Value) -> Option<&'a Message> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let wanted = text(nonce);
    let fresh = |m: &&Message| world.now().duration_since(m.created) <= NONCE_WINDOW;
    let same = |m: &&Message| m.nonce.as_ref().is_some_and(|n| text(n) == wanted);
    world
        .messages
        .values()
        .flat_map(|of_channel| of_channel.values().rev().take_while(fresh))
        .filter(|m| m.author == world.bot())
        .filter(same)
        .min_by_key(|m| m.id)
}

fn answer_to(
    world: &World,
    message: &mut Message,
    answered: Id,
    must_exist: bool,
    notifies: bool,
) -> Result<(), ApiError> {
    let may = world.permissions(world.bot(), message.channel);
    if !may.contains(Permissions::READ_MESSAGE_HISTORY) {
        return Err(ApiError::no_history_for_reply());
    }
    let found = world.message_in(message.channel, answered).filter(|m| !m.is_ephemeral());
    let Some(found) = found else {
        if must_exist {
            let code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE";
            return Err(FormErrors::one("message_reference", code, "Unknown message"));
        }
        return Ok(());
    };
    message.kind = 19;
    message.reply_to = Some(answered);
    if notifies && !message.mentions.users.contains(&found.author) {
        message.mentions.users.push(found.author);
    }
    Ok(())
}

pub(crate) fn edit(call: &mut Call<'_>) -> Answer {
    let (channel, id) = call.message(Permissions::empty())?;
    let draft = Draft::of(call)?;
    let world = call.world();
    let thread = world.channel(channel).and_then(|c| c.thread.as_ref());
    if thread.is_some_and(|t| t.archived) {
        return Err(ApiError::archived());
    }
    let mut message = world.message_in(channel, id).ok_or_else(ApiError::unknown_message)?.clone();
    if message.author != world.bot() {
        return Err(ApiError::not_yours());
    }
    draft.apply(world, &mut message)?;
    message.flags &= !EPHEMERAL;
    replace(world, message);
    reply(world, channel, id)
}

/// Puts an edited message in the place of what it was.
pub(crate) fn replace(world: &mut World, message: Message) {
    let Message { channel, id, content, embeds, components, flags, mentions, attachments, .. } =
        message;
    world.edit(channel, id, |old| {
        old.content = content;
        old.embeds = embeds;
        old.components = components;
        old.flags = flags;
        old.mentions = mentions;
        old.attachments = attachments;
    });
}

pub(crate) fn delete(call: &mut Call<'_>) -> Answer {
    let (channel, id) = call.message(Permissions::empty())?;
    let world = call.world();
    let bot = world.bot();
    let found = world.message_in(channel, id).ok_or_else(ApiError::unknown_message)?;
    let may = world.permissions(bot, channel);
    if found.author != bot && !may.contains(Permissions::MANAGE_MESSAGES) {
        return Err(ApiError::missing_permissions());
    }
    world.delete_message(channel, id, bot);
    Ok(Reply::Empty)
}
