//! Threads: open, join, leave, list.

use serde_json::{Value, json};
use serenity::model::Permissions;

use super::channels::auto_archive;
use super::error::{ApiError, FormErrors};
use super::{Answer, Call, Reply};
use crate::Id;
use crate::json::Json;
use crate::world::model::{ChannelKind, Thread};
use crate::world::thread::NewThread;

pub(crate) fn from_message(call: &mut Call<'_>) -> Answer {
    let (channel, message) =
        call.message(Permissions::CREATE_PUBLIC_THREADS | Permissions::READ_MESSAGE_HISTORY)?;
    must_be_text(call, channel)?;
    if call.state.world.channel(message).is_some() {
        return Err(ApiError::thread_exists());
    }
    open(call, channel, Some(message), false)
}

pub(crate) fn create(call: &mut Call<'_>) -> Answer {
    // Without a type Discord makes a private one. Source: "Start Thread without Message".
    let kind = call.body.at("type").as_u64().unwrap_or(12);
    let (needed, private) = match kind {
        11 => (Permissions::CREATE_PUBLIC_THREADS, false),
        12 => (Permissions::CREATE_PRIVATE_THREADS, true),
        _ => {
            let message = "Value must be one of {10, 11, 12}.";
            return Err(FormErrors::one("type", "BASE_TYPE_CHOICES", message));
        }
    };
    must_be_text(call, call.channel(Permissions::empty())?)?;
    let channel = call.channel(needed)?;
    open(call, channel, None, private)
}

fn must_be_text(call: &Call<'_>, channel: Id) -> Result<(), ApiError> {
    let kind = call.state.world.channel(channel).map(|c| c.kind);
    if kind == Some(ChannelKind::Text) { Ok(()) } else { Err(ApiError::wrong_channel_type()) }
}

fn open(call: &mut Call<'_>, parent: Id, from: Option<Id>, private: bool) -> Answer {
    let body = call.body.clone();
    let mut errors = FormErrors::default();
    let name = body.text("name").trim();
    errors.length("name", name, 1, 100);
    auto_archive(&mut errors, &body);
    errors.done()?;
    let minutes = body.at("auto_archive_duration").as_u64().and_then(|m| u32::try_from(m).ok());
    let world = call.world();
    let id = world.make_thread(NewThread {
        parent,
        from,
        name: name.to_owned(),
        auto_archive_minutes: minutes.unwrap_or(1440),
        private,
        owner: world.bot(),
    });
    let channel = world.channel(id).ok_or_else(ApiError::unknown_channel)?;
    Ok(Reply::Status(201, world.channel_json(channel)))
}

/// The thread of the path, in which things may change.
fn thread(call: &Call<'_>, open: bool) -> Result<Id, ApiError> {
    let id = call.channel(Permissions::empty())?;
    let found = call.state.world.channel(id).and_then(|c| c.thread.as_ref());
    match found {
        None => Err(ApiError::wrong_channel_type()),
        Some(Thread { archived: true, .. }) if open => Err(ApiError::archived()),
        Some(_) => Ok(id),
    }
}

pub(crate) fn join(call: &mut Call<'_>) -> Answer {
    let id = thread(call, true)?;
    let world = call.world();
    let bot = world.bot();
    world.set_thread_member(id, bot, true);
    Ok(Reply::Empty)
}

pub(crate) fn leave(call: &mut Call<'_>) -> Answer {
    let id = thread(call, true)?;
    let world = call.world();
    let bot = world.bot();
    world.set_thread_member(id, bot, false);
    Ok(Reply::Empty)
}

pub(crate) fn add(call: &mut Call<'_>) -> Answer {
    let id = thread(call, true)?;
    let user = call.id("user")?;
    let world = call.world();
    let may = world.permissions(world.bot(), id);
    if !may.contains(Permissions::SEND_MESSAGES_IN_THREADS) {
        return Err(ApiError::missing_permissions());
    }
    let team = world.channel(id).and_then(|c| c.team).unwrap_or_default();
    world.member(team, user).ok_or_else(ApiError::unknown_member)?;
    world.add_to_thread(id, user, world.bot());
    Ok(Reply::Empty)
}

pub(crate) fn remove(call: &mut Call<'_>) -> Answer {
    let id = thread(call, true)?;
    let user = call.id("user")?;
    let world = call.world();
    let may = world.permissions(world.bot(), id);
    let found = world.channel(id).and_then(|c| c.thread.as_ref().map(|t| (c.kind, t.owner)));
    let own_private = found == Some((ChannelKind::PrivateThread, world.bot()));
    if !may.contains(Permissions::MANAGE_THREADS) && !own_private {
        return Err(ApiError::missing_permissions());
    }
    world.set_thread_member(id, user, false);
    Ok(Reply::Empty)
}

pub(crate) fn member(call: &mut Call<'_>) -> Answer {
    let id = thread(call, false)?;
    let user = match call.text("user") {
        "@me" => call.state.world.bot(),
        _ => call.id("user")?,
    };
    let world = &call.state.world;
    let inside = world.channel(id).and_then(|c| c.thread.as_ref());
    if inside.is_some_and(|t| t.members.contains(&user)) {
        Ok(Reply::Json(world.thread_member_json(id, user)))
    } else {
        Err(ApiError::unknown_member())
    }
}

pub(crate) fn members(call: &mut Call<'_>) -> Answer {
    let id = thread(call, false)?;
    // The list is for those with the members intent. Source: "List Thread Members".
    if !call.settings.privileged.contains(serenity::all::GatewayIntents::GUILD_MEMBERS) {
        return Err(ApiError::missing_access());
    }
    let world = &call.state.world;
    let inside = world.channel(id).and_then(|c| c.thread.as_ref());
    let members = inside.into_iter().flat_map(|t| &t.members);
    Ok(Reply::Json(members.map(|user| world.thread_member_json(id, *user)).collect()))
}

pub(crate) fn archived(call: &mut Call<'_>) -> Answer {
    let channel = call.channel(Permissions::READ_MESSAGE_HISTORY)?;
    let limit = call.limit(50, 100)?;
    let world = &call.state.world;
    let public = world.threads(channel).filter(|c| c.kind == ChannelKind::Thread);
    let mut found: Vec<_> =
        public.filter(|c| c.thread.as_ref().is_some_and(|t| t.archived)).collect();
    found.sort_by_key(|c| std::cmp::Reverse(c.thread.as_ref().map(|t| t.archived_at)));
    let more = found.len() > limit;
    found.truncate(limit);
    let threads: Value = found.into_iter().map(|c| world.channel_json(c)).collect();
    Ok(Reply::Json(json!({"threads": threads, "members": [], "has_more": more})))
}
