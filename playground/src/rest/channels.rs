//! Channels: look, change, delete.

use serde_json::Value;
use serenity::model::Permissions;

use super::error::{ApiError, FormErrors};
use super::{Answer, Call, Reply};

use crate::json::Json;

pub(crate) fn get(call: &mut Call<'_>) -> Answer {
    let id = call.channel(Permissions::empty())?;
    reply(call, id)
}

fn reply(call: &Call<'_>, id: crate::Id) -> Answer {
    let world = &call.state.world;
    let channel = world.channel(id).ok_or_else(ApiError::unknown_channel)?;
    Ok(Reply::Json(world.channel_json(channel)))
}

pub(crate) fn typing(call: &mut Call<'_>) -> Answer {
    call.channel(Permissions::SEND_MESSAGES)?;
    Ok(Reply::Empty)
}

/// Name, topic, slow mode; of threads also archived, locked and duration.
pub(crate) fn change(call: &mut Call<'_>) -> Answer {
    let id = call.channel(Permissions::empty())?;
    let body = call.body.clone();
    let world = call.world();
    let channel = world.channel(id).ok_or_else(ApiError::unknown_channel)?;
    let may = world.permissions(world.bot(), id);
    let Some(thread) = &channel.thread else {
        if channel.team.is_none() {
            return Err(ApiError::wrong_channel_type());
        }
        if !may.contains(Permissions::MANAGE_CHANNELS) {
            return Err(ApiError::missing_permissions());
        }
        check(&body)?;
        world.change_channel(id, |c| apply(c, &body));
        return reply(call, id);
    };
    // Source: topic "Threads", "Editing and deleting threads".
    let manages = may.contains(Permissions::MANAGE_THREADS);
    let own = thread.owner == world.application;
    let only_managers = !body.at("locked").is_null() || !body.at("rate_limit_per_user").is_null();
    if !manages && (!own || only_managers) {
        return Err(ApiError::missing_permissions());
    }
    if thread.locked && !manages {
        return Err(ApiError::thread_locked());
    }
    let unarchives = body.at("archived") == false;
    if thread.archived && !unarchives {
        return Err(ApiError::archived());
    }
    check(&body)?;
    world.change_channel(id, |c| apply(c, &body));
    reply(call, id)
}

fn check(body: &Value) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    if let Some(name) = body.at("name").as_str() {
        errors.length("name", name, 1, 100);
    }
    if let Some(topic) = body.at("topic").as_str() {
        errors.length("topic", topic, 0, 1024);
    }
    auto_archive(&mut errors, body);
    if body.at("rate_limit_per_user").as_u64().is_some_and(|seconds| seconds > 21_600) {
        let message = "int value should be less than or equal to 21600.";
        errors.add("rate_limit_per_user", "NUMBER_TYPE_MAX", message);
    }
    errors.done()
}

/// Checks `auto_archive_duration`.
pub(crate) fn auto_archive(errors: &mut FormErrors, body: &Value) {
    let minutes = body.at("auto_archive_duration");
    let good = [60, 1440, 4320, 10_080].iter().any(|good| minutes == good);
    if !minutes.is_null() && !good {
        let message = "Value must be one of (60, 1440, 4320, 10080).";
        errors.add("auto_archive_duration", "BASE_TYPE_CHOICES", message);
    }
}

fn apply(channel: &mut crate::world::model::Channel, body: &Value) {
    let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
    if let Some(name) = body.at("name").as_str() {
        name.clone_into(&mut channel.name);
    }
    if let Some(topic) = body.at("topic").as_str() {
        channel.topic = Some(topic.to_owned());
    }
    if let Some(seconds) = number(body.at("rate_limit_per_user")) {
        channel.slow_mode = seconds;
    }
    if let Some(thread) = &mut channel.thread {
        thread.archived = body.at("archived").as_bool().unwrap_or(thread.archived);
        thread.locked = body.at("locked").as_bool().unwrap_or(thread.locked);
        if let Some(minutes) = number(body.at("auto_archive_duration")) {
            thread.auto_archive_minutes = minutes;
        }
    }
}

pub(crate) fn delete(call: &mut Call<'_>) -> Answer {
    let id = call.channel(Permissions::empty())?;
    let world = &call.state.world;
    let channel = world.channel(id).ok_or_else(ApiError::unknown_channel)?;
    let needed = if channel.kind.is_thread() {
        Permissions::MANAGE_THREADS
    } else {
        Permissions::MANAGE_CHANNELS
    };
    if channel.team.is_some() && !world.permissions(world.bot(), id).contains(needed) {
        return Err(ApiError::missing_permissions());
    }
    let answer = reply(call, id)?;
    let world = call.world();
    let bot = world.bot();
    if world.channel(id).is_some_and(|c| c.team.is_some()) {
        world.delete_channel(id, bot);
    }
    Ok(answer)
}
