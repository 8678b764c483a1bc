//! Reactions: add, take away, list.

use serenity::model::Permissions;

use super::error::ApiError;
use super::{Answer, Call, Reply};
use crate::Id;

/// How many different emoji fit under one message (30010).
const MOST_EMOJI: usize = 20;

pub(crate) fn add(call: &mut Call<'_>) -> Answer {
    let (channel, message) = call.message(Permissions::READ_MESSAGE_HISTORY)?;
    let emoji = emoji(call)?;
    not_archived(call, channel)?;
    let world = call.world();
    let bot = world.bot();
    let may = world.permissions(bot, channel);
    let found = world.message_in(channel, message).ok_or_else(ApiError::unknown_message)?;
    let is_new = !found.reactions.iter().any(|r| r.emoji == emoji);
    // Only the first of an emoji needs the permission. Source: "Create Reaction".
    if is_new && !may.contains(Permissions::ADD_REACTIONS) {
        return Err(ApiError::missing_permissions());
    }
    if is_new && found.reactions.len() >= MOST_EMOJI {
        return Err(ApiError::too_many_reactions());
    }
    world.react(channel, message, bot, &emoji);
    Ok(Reply::Empty)
}

pub(crate) fn remove_own(call: &mut Call<'_>) -> Answer {
    let (channel, message) = call.message(Permissions::READ_MESSAGE_HISTORY)?;
    let emoji = emoji(call)?;
    not_archived(call, channel)?;
    let world = call.world();
    let bot = world.bot();
    take_away(call, channel, message, bot, &emoji)
}

pub(crate) fn remove(call: &mut Call<'_>) -> Answer {
    let needed = Permissions::READ_MESSAGE_HISTORY | Permissions::MANAGE_MESSAGES;
    let (channel, message) = call.message(needed)?;
    let emoji = emoji(call)?;
    let user = call.id("user")?;
    not_archived(call, channel)?;
    take_away(call, channel, message, user, &emoji)
}

fn take_away(call: &mut Call<'_>, channel: Id, message: Id, user: Id, emoji: &str) -> Answer {
    if call.world().unreact(channel, message, user, emoji) {
        Ok(Reply::Empty)
    } else {
        Err(ApiError::unknown_emoji())
    }
}

/// Who reacted, by id; `after` and `limit` page.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let (channel, message) = call.message(Permissions::READ_MESSAGE_HISTORY)?;
    let emoji = emoji(call)?;
    let limit = call.limit(25, 100)?;
    let after: Id = call.query("after").and_then(|id| id.parse().ok()).unwrap_or_default();
    let world = &call.state.world;
    let found = world.message_in(channel, message).ok_or_else(ApiError::unknown_message)?;
    let reaction = found.reactions.iter().find(|r| r.emoji == emoji);
    let mut users = reaction.map(|r| r.users.clone()).unwrap_or_default();
    users.sort_unstable();
    let page = users.into_iter().filter(|id| *id > after).take(limit);
    Ok(Reply::Json(page.map(|id| world.user_json(id)).collect()))
}

/// The emoji of the path; plain letters are none.
fn emoji(call: &Call<'_>) -> Result<String, ApiError> {
    let text = call.text("emoji");
    let own = text.split_once(':').is_some_and(|(_, id)| id.parse::<Id>().is_ok());
    let pictured = text.chars().any(|c| c >= '\u{203C}' || c == '©' || c == '®');
    if !own && pictured && !text.chars().any(|c| c.is_ascii_alphabetic()) {
        return Ok(text.to_owned());
    }
    // The local Discord's teams have no emoji of their own.
    Err(ApiError::unknown_emoji())
}

fn not_archived(call: &Call<'_>, channel: Id) -> Result<(), ApiError> {
    let thread = call.state.world.channel(channel).and_then(|c| c.thread.as_ref());
    if thread.is_some_and(|t| t.archived) { Err(ApiError::archived()) } else { Ok(()) }
}
